//! Every limit of the core, in one place.

use turnabout_model::Value;

/// Limits on what one run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New steps that one wake of one journey may ask for.
    pub asked_per_wake: usize,
    /// Wakes of one journey that one input may lead to.
    pub wakes_per_input: u32,
    /// Steps of one journey, over its life.
    pub steps_per_journey: u64,
    /// Journeys of one run.
    pub journeys_per_run: usize,
    /// Entries of one run's journal.
    pub entries_per_run: u64,
    /// Entries after which the run warns.
    pub entries_warning: u64,
    /// Letters that wait in the mailbox.
    pub letters_waiting: usize,
    /// Participants of one run, on both sides together.
    pub participants: usize,
    /// Bytes of what a signal carries, as JSON.
    pub payload_bytes: usize,
    /// Lists and maps inside each other in what a signal carries. JSON readers stop at 127 all told.
    pub payload_depth: usize,
    /// Mappings of one amendment.
    pub mappings: usize,
    /// Characters of the label that a mapping gives a step.
    pub label_chars: usize,
    /// People on either side of one matching: the solver takes the third power of it.
    pub matching_side: usize,
}

impl Limits {
    /// The limits that a server runs with.
    pub const fn standard() -> Self {
        Self {
            asked_per_wake: 1_000,
            wakes_per_input: 200,
            steps_per_journey: 5_000,
            journeys_per_run: 20_000,
            entries_per_run: 1_000_000,
            entries_warning: 200_000,
            letters_waiting: 10_000,
            participants: 20_000,
            payload_bytes: 64 * 1024,
            payload_depth: 32,
            mappings: 200,
            label_chars: 200,
            matching_side: 5_000,
        }
    }
}

/// Why a value from outside can't be kept in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It has more bytes than may be.
    #[error("it is too large: at most {0} bytes")]
    TooLarge(usize),
    /// Its lists and maps lie too deep in each other.
    #[error("it is nested too deep: at most {0} lists or maps inside each other")]
    TooDeep(usize),
    /// It reads back as something else: a number that is none, or a name that begins with `$`.
    #[error("it does not read back as it was written")]
    Unkeepable,
}

impl Limits {
    /// Refuses what a journal can't keep: what Rust code hands over was in no JSON before.
    pub fn keeps(&self, value: &Value) -> Result<(), Misfit> {
        if value.depth() > self.payload_depth {
            return Err(Misfit::TooDeep(self.payload_depth));
        }
        let json = serde_json::to_vec(value).map_err(|_| Misfit::Unkeepable)?;
        if json.len() > self.payload_bytes {
            return Err(Misfit::TooLarge(self.payload_bytes));
        }
        match serde_json::from_slice::<Value>(&json) {
            Ok(read) if read == *value => Ok(()),
            _ => Err(Misfit::Unkeepable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_would_read_back_as_another_is_not_kept() {
        let limits = Limits::standard();
        let nested = (0..40).fold(Value::Null, |inner, _| vec![inner].into());
        for (value, expect) in [
            (Value::map([("done", true.into()), ("share", 0.1.into())]), Ok(())),
            (Value::Float(f64::NAN), Err(Misfit::Unkeepable)),
            (Value::Float(f64::INFINITY), Err(Misfit::Unkeepable)),
            (Value::map([("$mine", 1_i64.into())]), Err(Misfit::Unkeepable)),
            (Value::map([("$period", "P5W".into())]), Err(Misfit::Unkeepable)),
            (nested, Err(Misfit::TooDeep(32))),
            (Value::from("x".repeat(64 * 1024)), Err(Misfit::TooLarge(64 * 1024))),
        ] {
            assert_eq!(limits.keeps(&value), expect, "{}", value.kind());
        }
    }
}
