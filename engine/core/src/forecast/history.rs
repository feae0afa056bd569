//! What only the journal tells: how long answers took, and what became of applications.

use super::rate::{LITTLE, Z};
use crate::run::Run;
use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use turnabout_model::{Event, ParticipantId, ParticipantStatus, WaveId};

/// What the journal of a run tells beside the run as it stands.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Applications that wait.
    applied: FxHashSet<ParticipantId>,
    /// How many applications were declined.
    pub(super) declined: usize,
    /// How many applications were accepted.
    pub(super) taken: usize,
    /// The waves that were answered, and when each answer came.
    answered: Vec<(WaveId, Timestamp)>,
}

impl History {
    /// Takes note of an entry of the journal; entries come in their order.
    pub fn note(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ParticipantAdded { participant, status: ParticipantStatus::Applied, .. } => {
                self.applied.insert(*participant);
            }
            Event::ParticipantStatusChanged { participant, status } => match status {
                ParticipantStatus::Declined if self.applied.remove(participant) => self.declined += 1,
                ParticipantStatus::Accepted if self.applied.remove(participant) => self.taken += 1,
                _ => {}
            },
            Event::ResponseReceived { wave, .. } => self.answered.push((*wave, at)),
            _ => {}
        }
    }

    /// How long answers take, pauses left out. `assumed` is the mean in days if nothing tells.
    pub(super) fn delay(&self, run: &Run, now: Timestamp, assumed: f64) -> Delay {
        let seen: Vec<(f64, f64)> = self
            .answered
            .iter()
            .filter_map(|(wave, at)| {
                let wave = run.wave(*wave)?;
                let taken = days(run.lasted(wave.opened, *at));
                // Until when an answer could come and be seen. Where everybody had answered, that is not when the last one did;
                // a pause that came later has not moved such a close.
                let everybody = wave.responded.len() == wave.audience.len();
                let left = wave.closed.filter(|_| everybody).map(|closed| wave.closes.duration_since(closed));
                let until = wave.closed.unwrap_or(now);
                let within = days(run.lasted(wave.opened, until)) + left.map_or(0.0, days);
                Some((taken, within.max(taken)))
            })
            .collect();
        Delay::fitted(&seen, assumed)
    }
}

fn days(lasted: SignedDuration) -> f64 {
    lasted.as_secs_f64().max(0.0) / 86_400.0
}

/// A mean delay as it was observed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Delay {
    /// How many answers tell it.
    pub of: usize,
    /// The mean, in days. What the template's rehearsal assumes if the answers do not tell it.
    pub days: f64,
    /// The interval of 95 %, in days; nothing if the answers do not tell it.
    pub ci95: Option<[f64; 2]>,
    /// Nothing or little was observed.
    pub little: bool,
}

impl Delay {
    /// The mean of an exponential delay from answers, each with how long it took and how long it could have taken and still
    /// be seen: who answers late is not seen, so the plain mean of those who are is too short. The likelihood is that of the
    /// exponential cut off on the right (Deemer and Votaw 1955, "Estimation of parameters of truncated or censored
    /// exponential distributions", Annals of Mathematical Statistics 26); the interval is that of the logarithm of the rate,
    /// from the observed information. Where answers come as late as early there is no such mean, and none is given.
    fn fitted(seen: &[(f64, f64)], assumed: f64) -> Self {
        let of = seen.len();
        let none = Self { of, days: assumed, ci95: None, little: true };
        // The slope of the likelihood falls as the rate grows: it has one root, if any.
        let slope = |rate: f64| seen.iter().map(|(took, within)| 1.0 / rate - took - tail(rate, *within)).sum::<f64>();
        let (mut low, mut high) = (1.0 / 365.0, 24.0 * 60.0);
        if of < 2 || slope(low) <= 0.0 || slope(high) >= 0.0 {
            return none;
        }
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if slope(middle) > 0.0 { low = middle } else { high = middle }
        }
        let rate = f64::midpoint(low, high);
        let information: f64 = seen.iter().map(|(_, within)| 1.0 / (rate * rate) - bend(rate, *within)).sum();
        if information <= 0.0 {
            return none;
        }
        let half = Z / (rate * information.sqrt());
        // An interval over more than two powers of ten tells nothing.
        if half > 100_f64.ln() / 2.0 {
            return none;
        }
        let days = 1.0 / rate;
        Self { of, days, ci95: Some([days * (-half).exp(), days * half.exp()]), little: of < LITTLE }
    }

    /// What it may be, for a draw from the standard normal.
    pub(super) fn draw(&self, normal: f64) -> f64 {
        let half = self.ci95.map_or(0.0, |[lower, upper]| (upper / lower).ln() / 2.0 / Z);
        self.days * (half * normal.clamp(-3.0, 3.0)).exp()
    }
}

/// What being cut off adds to the mean: `within / (e^(rate within) - 1)`.
fn tail(rate: f64, within: f64) -> f64 {
    if within > 0.0 { within / (rate * within).exp_m1() } else { 1.0 / rate }
}

/// What being cut off takes from the information.
fn bend(rate: f64, within: f64) -> f64 {
    let reach = rate * within;
    if within <= 0.0 {
        1.0 / (rate * rate)
    } else if reach > 500.0 {
        0.0
    } else {
        within * within * reach.exp() / reach.exp_m1().powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearse::Draw;

    #[test]
    fn the_mean_of_answers_that_were_cut_off_is_found_in_most_of_many_samples() {
        let mut inside = 0;
        for seed in 0..200 {
            let mut draw = Draw::new(seed, 0);
            let mut delay = || -(1.0 - draw.unit()).ln() * 3.0;
            // Nobody is seen who takes more than five days; the plain mean is about 1.7.
            let seen: Vec<_> = (0..200).map(|_| delay()).filter(|took| *took < 5.0).map(|took| (took, 5.0)).collect();
            let [lower, upper] = Delay::fitted(&seen, 9.0).ci95.unwrap();
            inside += usize::from(lower < 3.0 && 3.0 < upper);
        }
        assert!((180..=199).contains(&inside), "95 % of 200 are 190, and it was {inside}");
    }

    #[test]
    fn answers_that_do_not_tell_leave_it_as_it_was_assumed() {
        for seen in [&[][..], &[(1.0, 5.0)], &[(4.0, 5.0), (4.5, 5.0), (3.0, 5.0)], &[(0.0, 0.0), (0.0, 0.0)]] {
            let told = Delay::fitted(seen, 9.0);
            assert_eq!((told.days.to_bits(), told.ci95, told.little), (9_f64.to_bits(), None, true), "{seen:?}");
        }
    }

    #[test]
    fn only_applications_count_as_declined() {
        let mut history = History::default();
        let mut note = |event: Event| history.note(Timestamp::UNIX_EPOCH, &event);
        let role = turnabout_model::Role::Mentor;
        for (id, status) in
            [(1, ParticipantStatus::Applied), (2, ParticipantStatus::Applied), (3, ParticipantStatus::Accepted)]
        {
            note(Event::ParticipantAdded { participant: ParticipantId(id), role, status });
        }
        for (id, status) in
            [(1, ParticipantStatus::Declined), (2, ParticipantStatus::Accepted), (3, ParticipantStatus::Declined)]
        {
            note(Event::ParticipantStatusChanged { participant: ParticipantId(id), status });
        }
        assert_eq!((history.declined, history.taken), (1, 1));
    }
}
