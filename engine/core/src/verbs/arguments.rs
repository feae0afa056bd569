//! Reading a verb's arguments, with errors that say what was expected and what was found.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_model::{PairId, ParticipantId, Period, Recipient, Value};

/// Why a verb failed: the journey that asked is parked with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct VerbError {
    /// A stable code that `turnabout explain` knows.
    pub code: SmolStr,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl VerbError {
    /// An error with a code and a sentence.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A name that the template does not have, with those it has.
    pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a SmolStr>) -> Self {
        let known: Vec<_> = known.map(SmolStr::as_str).collect();
        let known = if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
        Self::new("script::unknown_name", format!("the template has no {what} '{name}'; {known}"))
    }
}

/// A verb's arguments.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'a> {
    verb: &'a str,
    values: &'a [Value],
}

impl<'a> Arguments<'a> {
    /// The arguments of a verb.
    pub fn new(verb: &'a str, values: &'a [Value]) -> Self {
        Self { verb, values }
    }

    fn wrong(&self, what: &str, expected: &str, found: &Value) -> VerbError {
        let message = format!("{}: {what} must be {expected}, not {}", self.verb, found.kind());
        VerbError::new("script::bad_argument", message)
    }

    /// The argument at a place, nothing if it is missing.
    pub fn at(&self, index: usize) -> &'a Value {
        self.values.get(index).unwrap_or(&Value::Null)
    }

    /// The text at a place.
    pub fn text(&self, index: usize, what: &str) -> Result<&'a str, VerbError> {
        let value = self.at(index);
        value.as_text().ok_or_else(|| self.wrong(what, "text", value))
    }

    /// An option of the map at a place; nothing if the map or the option is missing.
    pub fn option(&self, index: usize, name: &str) -> Result<Option<&'a Value>, VerbError> {
        match self.at(index) {
            Value::Null => Ok(None),
            Value::Map(options) => Ok(options.get(name).filter(|value| **value != Value::Null)),
            other => Err(self.wrong("the options", "a map such as #{ closes: days(5) }", other)),
        }
    }

    /// An option that is text.
    pub fn option_text(&self, index: usize, name: &str) -> Result<Option<&'a str>, VerbError> {
        let Some(value) = self.option(index, name)? else { return Ok(None) };
        value.as_text().map(Some).ok_or_else(|| self.wrong(name, "text", value))
    }

    /// Refuses options that the verb does not know.
    pub fn only(&self, index: usize, known: &[&str]) -> Result<(), VerbError> {
        if let Value::Map(options) = self.at(index)
            && let Some(stranger) = options.keys().find(|name| !known.contains(&name.as_str()))
        {
            let message = format!("{} has no option '{stranger}'", self.verb);
            return Err(
                VerbError::new("script::bad_argument", message).help(format!("Its options are {}.", known.join(", ")))
            );
        }
        Ok(())
    }

    /// A moment that lies a period after `now`, or that is given as such.
    pub fn moment(
        &self,
        value: &Value,
        what: &str,
        now: Timestamp,
        zone: &jiff::tz::TimeZone,
    ) -> Result<Timestamp, VerbError> {
        match value {
            Value::Period(period) if period.is_bounded() => Ok(period.after(now, zone)),
            Value::Instant(at) => Ok(*at),
            other => Err(self.wrong(what, "a period such as weeks(4), or a moment", other)),
        }
    }

    /// A period.
    pub fn period(&self, index: usize, what: &str) -> Result<Period, VerbError> {
        match self.at(index) {
            Value::Period(period) if period.is_bounded() => Ok(*period),
            other => Err(self.wrong(what, "a period such as weeks(4)", other)),
        }
    }

    /// The participants in a list of ids, an id, a pair or a cohort.
    pub fn people(&self, index: usize, what: &str) -> Result<Vec<ParticipantId>, VerbError> {
        let mut people = Vec::new();
        for recipient in self.recipients(index, what)? {
            match recipient {
                Recipient::Participant(id) => people.push(id),
                Recipient::Coordinator | Recipient::Sponsor | Recipient::Contact => {
                    return Err(self.wrong(what, "participants", self.at(index)));
                }
            }
        }
        Ok(people)
    }

    /// Whom a value means: ids, pairs, cohorts, and the words `coordinator`, `sponsor` and `contact`.
    pub fn recipients(&self, index: usize, what: &str) -> Result<Vec<Recipient>, VerbError> {
        let mut found = Vec::new();
        self.collect(self.at(index), what, &mut found)?;
        Ok(found)
    }

    fn collect(&self, value: &Value, what: &str, found: &mut Vec<Recipient>) -> Result<(), VerbError> {
        let expected = "people: a participant, a list of them, a pair or a cohort";
        match value {
            Value::Text(text) => found.push(match text.as_str() {
                "coordinator" => Recipient::Coordinator,
                "sponsor" => Recipient::Sponsor,
                "contact" => Recipient::Contact,
                id => Recipient::Participant(id.parse().map_err(|_| {
                    VerbError::new("script::bad_argument", format!("{}: '{id}' is nobody in this run", self.verb))
                        .help("Pass a participant, a pair, a cohort, or \"coordinator\", \"sponsor\" or \"contact\".")
                })?),
            }),
            Value::List(items) => {
                for item in items {
                    self.collect(item, what, found)?;
                }
            }
            Value::Map(fields) => {
                if let Some(everyone) = fields.get("everyone") {
                    self.collect(everyone, what, found)?;
                } else if let (Some(mentor), Some(mentee)) = (fields.get("mentor"), fields.get("mentee")) {
                    self.collect(mentor, what, found)?;
                    self.collect(mentee, what, found)?;
                } else {
                    return Err(self.wrong(what, expected, value));
                }
            }
            other => return Err(self.wrong(what, expected, other)),
        }
        Ok(())
    }

    /// The pair at a place: `#{id, mentor, mentee}`.
    pub fn pair(&self, index: usize) -> Result<PairId, VerbError> {
        let value = self.at(index);
        let what = if index == 0 { "the first argument" } else { "the pair" };
        pair_of(value).ok_or_else(|| self.wrong(what, "a pair", value))
    }
}

/// The pair that a value is, if it is one.
pub(super) fn pair_of(value: &Value) -> Option<PairId> {
    value.get("id").and_then(Value::as_text).and_then(|id| id.parse().ok())
}
