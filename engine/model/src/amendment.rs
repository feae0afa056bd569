//! Amending a live run: what a coordinator says about steps that the new script calls otherwise or no longer has.

use crate::{Address, JourneyId, PairId, ParticipantId, StepKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{fmt, num::NonZeroU32, str::FromStr};

/// Which steps of a run are meant: `[function/]verb(label)[#nth]`, `[function/]verb@key` for one step exactly, or a word
/// alone.
///
/// A word alone means every step that the script calls so, or a verb without a label, such as `sleep`. A label of one word
/// means its numbered ones too: `drop-in` means `drop-in 2`, and `pair` and `person` mean whoever a step is about, as in
/// `meeting(pair)` for `meeting(pair-2)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StepPattern {
    /// Only in journeys of this function.
    pub function: Option<SmolStr>,
    /// Only steps of this verb.
    pub verb: Option<SmolStr>,
    /// What the script calls them.
    pub label: SmolStr,
    /// Only this occurrence in its branch, from 0.
    pub nth: Option<u32>,
    /// Only the step with this key.
    pub key: Option<StepKey>,
}

/// A text that names no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' names no step: write its label, such as drop-in, or verb(label), such as hold(drop-in)")]
pub struct StepPatternError(pub String);

impl StepPattern {
    /// Every step of a function with the verb and label of one.
    pub fn like(function: &str, address: &Address) -> Self {
        let (verb, label) = (Some(address.verb.clone()), address.label.clone());
        Self { function: Some(function.into()), verb, label, nth: None, key: None }
    }

    /// Tells whether a step of a journey's function is meant.
    pub fn means(&self, function: &str, key: StepKey, address: &Address) -> bool {
        self.key.is_none_or(|own| own == key)
            && self.function.as_ref().is_none_or(|own| own == function)
            && self.nth.is_none_or(|nth| nth == address.nth)
            && match &self.verb {
                Some(verb) => *verb == address.verb && self.rest_of(&address.label).is_some(),
                None if address.label.is_empty() => self.label == address.verb,
                None => self.rest_of(&address.label).is_some(),
            }
    }

    /// Tells whether a name of a verb's thing is meant wherever it stands: of `hold` for instance a kind of session.
    pub fn names(&self, verb: &str, name: &str) -> bool {
        let anywhere = self.function.is_none() && self.nth.is_none() && self.key.is_none() && !self.label.is_empty();
        anywhere && self.verb.as_ref().is_none_or(|own| own == verb) && self.label == name
    }

    /// What follows the label in one that is meant: nothing, or a space and the rest.
    fn rest_of<'l>(&self, label: &'l str) -> Option<&'l str> {
        let rest = label.strip_prefix(self.label.as_str())?;
        let numbered = rest.starts_with(' ') && !self.label.is_empty() && !self.label.contains(' ');
        let anybody = SUBJECTS.contains(&self.label.as_str()) && is_number(rest.strip_prefix('-').unwrap_or_default());
        (rest.is_empty() || numbered || anybody).then_some(rest)
    }

    /// The label that a renamed step gets.
    pub fn renamed(&self, label: &str, to: &str) -> SmolStr {
        smol_str::format_smolstr!("{to}{}", self.rest_of(label).unwrap_or_default())
    }
}

/// The words before the numbers of those whom a step may be about.
const SUBJECTS: [&str; 2] = [PairId::PREFIX, ParticipantId::PREFIX];

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Says of any pair and any person what a text says of certain ones: `meeting(pair-2)#0` becomes `meeting(pair)#0`.
///
/// What differs in nothing else is one thing that holds for several journeys.
pub fn of_any(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let word = rest.split(|c| !is_part(c)).next().unwrap_or_default();
        let subject = word.split_once('-').filter(|(subject, id)| SUBJECTS.contains(subject) && is_number(id));
        said.push_str(subject.map_or(word, |(subject, _)| subject));
        rest = &rest[word.len()..];
        let between = rest.find(is_part).unwrap_or(rest.len());
        said.push_str(&rest[..between]);
        rest = &rest[between..];
    }
    said
}

impl FromStr for StepPattern {
    type Err = StepPatternError;

    fn from_str(text: &str) -> Result<Self, StepPatternError> {
        let wrong = || StepPatternError(text.chars().take(80).collect());
        let text = text.trim();
        if text.len() > MOST_BYTES {
            return Err(wrong());
        }
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
        let (function, rest) = match text.split_once('/') {
            Some((function, rest)) if is_word(function) => (Some(SmolStr::from(function)), rest),
            _ => (None, text),
        };
        let (rest, key) = match rest.rsplit_once('@') {
            Some((rest, digits)) if digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
                (rest, Some(u64::from_str_radix(digits, 16).map(StepKey).map_err(|_| wrong())?))
            }
            _ => (rest, None),
        };
        let (rest, nth) = match rest.rsplit_once('#') {
            Some((rest, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                (rest, Some(digits.parse().map_err(|_| wrong())?))
            }
            _ => (rest, None),
        };
        let (verb, label) = match rest.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((verb, label)) if is_word(verb) => (Some(SmolStr::from(verb)), label),
            _ if (nth.is_some() || key.is_some()) && is_word(rest) => (Some(SmolStr::from(rest)), ""),
            _ => (None, rest),
        };
        if verb.is_none() && !label.contains(char::is_alphanumeric) {
            return Err(wrong());
        }
        Ok(Self { function, verb, label: label.trim().into(), nth, key })
    }
}

/// The longest text that names a step, in bytes.
const MOST_BYTES: usize = 500;

impl fmt::Display for StepPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(function) = &self.function {
            write!(f, "{function}/")?;
        }
        match (&self.verb, self.label.is_empty()) {
            (Some(verb), true) if self.nth.is_some() || self.key.is_some() => f.write_str(verb)?,
            (Some(verb), _) => write!(f, "{verb}({})", self.label)?,
            (None, _) => f.write_str(&self.label)?,
        }
        self.nth.map_or(Ok(()), |nth| write!(f, "#{nth}"))?;
        self.key.map_or(Ok(()), |key| write!(f, "@{key}"))
    }
}

impl TryFrom<String> for StepPattern {
    type Error = StepPatternError;

    fn try_from(text: String) -> Result<Self, StepPatternError> {
        text.parse()
    }
}

impl From<StepPattern> for String {
    fn from(pattern: StepPattern) -> String {
        pattern.to_string()
    }
}

/// What a coordinator says about steps that the new script calls otherwise or no longer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mapping {
    /// The new script calls them otherwise.
    Renamed {
        /// What they were called.
        from: StepPattern,
        /// Their new label.
        to: SmolStr,
    },
    /// The new script no longer has them. What waits is let go.
    Skipped {
        /// Which.
        step: StepPattern,
    },
    /// A branch of a `together` or `race` that is open is this one of the new script, or is no longer there.
    Branch {
        /// Which `together` or `race`.
        of: StepPattern,
        /// Which branch of it in the old script, counted from 1.
        from: NonZeroU32,
        /// Which branch that is in the new script, counted from 1; nothing if it is no longer there: what waits in it is let go.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<NonZeroU32>,
    },
}

impl Mapping {
    /// The steps that it means.
    pub fn pattern(&self) -> &StepPattern {
        match self {
            Self::Renamed { from, .. } => from,
            Self::Skipped { step } => step,
            Self::Branch { of, .. } => of,
        }
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renamed { from, to } => write!(f, "--rename \"{from}={to}\""),
            Self::Skipped { step } => write!(f, "--skip \"{step}\""),
            Self::Branch { of, from, to: Some(to) } => write!(f, "--branch \"{of}:{from}={to}\""),
            Self::Branch { of, from, to: None } => write!(f, "--branch \"{of}:{from}=gone\""),
        }
    }
}

/// Where the branches of one `together` or `race` of a journey stand under another script. Those that are not named stay where
/// they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedBranches {
    /// The journey.
    pub journey: JourneyId,
    /// The `together` or `race`, by its key before the mappings.
    pub step: StepKey,
    /// Which branch stands where.
    pub branches: Vec<MovedBranch>,
}

impl MovedBranches {
    /// Where a branch stands now: nowhere if it is gone.
    pub fn place_of(&self, branch: u32) -> Option<u32> {
        self.branches.iter().find(|moved| moved.from == branch).map_or(Some(branch), |moved| moved.to)
    }
}

/// One branch that stands elsewhere under another script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedBranch {
    /// Where it stood, counted from 0 as in a [`Within`](crate::Within).
    pub from: u32,
    /// Where it stands, counted from 0; nothing if it is no longer there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// A waiting step whose deadline an amendment moved, or holds where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedDeadline {
    /// The journey.
    pub journey: JourneyId,
    /// The step, by its key after the mappings.
    pub step: StepKey,
    /// When its waiting ends from now on.
    pub at: Timestamp,
    /// Of a survey with a reminder: when that goes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(verb: &str, label: &str, nth: u32) -> Address {
        Address { within: None, verb: verb.into(), label: label.into(), nth }
    }

    #[test]
    fn a_pattern_means_the_steps_that_it_says() {
        for (pattern, verb, label, nth, expect) in [
            ("drop-in", "hold", "drop-in", 0, true),
            ("drop-in", "hold", "drop-in 2", 0, true),
            ("drop-in", "hold", "drop-ins", 0, false),
            ("drop-in 1", "hold", "drop-in 12", 0, false),
            ("hold(drop-in)", "survey", "drop-in", 0, false),
            ("sleep", "sleep", "", 3, true),
            ("sleep", "hold", "sleep", 0, true),
            ("sleep#1", "sleep", "", 1, true),
            ("sleep#1", "sleep", "", 0, false),
            ("sleep()", "sleep", "", 7, true),
            ("sleep@0000000000000007", "sleep", "", 7, true),
            ("sleep@0000000000000008", "sleep", "", 7, false),
            ("programme/send(hello)", "send", "hello", 0, true),
            ("pair_journey/send(hello)", "send", "hello", 0, false),
            ("meeting(pair)", "meeting", "pair-2", 0, true),
            ("pair", "meeting", "pair-12", 0, true),
            ("payroll(person)", "payroll", "person-2", 0, true),
            ("meeting(pair)", "meeting", "pair-", 0, false),
            ("meeting(pair)", "meeting", "pair-two", 0, false),
            ("meeting(pair-1)", "meeting", "pair-12", 0, false),
            ("hold(day)", "hold", "day-2", 0, false),
        ] {
            let read: StepPattern = pattern.parse().unwrap();
            let means = read.means("programme", StepKey(7), &address(verb, label, nth));
            assert_eq!(means, expect, "{pattern} {verb}({label})#{nth}");
            assert_eq!(read.to_string().parse::<StepPattern>().unwrap(), read, "{pattern}");
        }
    }

    #[test]
    fn what_differs_in_the_pair_alone_is_said_of_any() {
        for (text, expect) in [
            ("the journal has meeting(pair-2)#0, without", "the journal has meeting(pair)#0, without"),
            ("person-12 and pair-3", "person and pair"),
            ("task(Call pair-7)", "task(Call pair)"),
            ("a pair-wise re-pair-1 pair-x-1, épair-1", "a pair-wise re-pair-1 pair-x-1, épair-1"),
            ("journey-2 – mentor-day-1", "journey-2 – mentor-day-1"),
            ("", ""),
        ] {
            assert_eq!(of_any(text), expect);
        }
    }

    #[test]
    fn a_text_that_names_nothing_is_refused() {
        for text in ["", "  ", "#", "#1", &"x".repeat(MOST_BYTES + 1)] {
            assert!(text.parse::<StepPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_numbered_label_keeps_its_number() {
        let pattern: StepPattern = "drop-in".parse().unwrap();
        assert_eq!(pattern.renamed("drop-in 2", "meet-up"), "meet-up 2");
        assert_eq!(pattern.renamed("drop-in", "meet-up"), "meet-up");
    }

    #[test]
    fn a_mapping_reads_back_from_a_journal() {
        let mapping = Mapping::Renamed { from: "hold(drop-in)".parse().unwrap(), to: "meet-up".into() };
        let json = serde_json::to_string(&mapping).unwrap();
        assert_eq!(json, r#"{"renamed":{"from":"hold(drop-in)","to":"meet-up"}}"#);
        assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
        let number = |n: u32| NonZeroU32::new(n).unwrap();
        for (to, text) in [
            (Some(2), r#"{"branch":{"of":"together#0","from":1,"to":2}}"#),
            (None, r#"{"branch":{"of":"together#0","from":1}}"#),
        ] {
            let mapping = Mapping::Branch { of: "together#0".parse().unwrap(), from: number(1), to: to.map(number) };
            assert_eq!(serde_json::to_string(&mapping).unwrap(), text);
            assert_eq!(serde_json::from_str::<Mapping>(text).unwrap(), mapping);
        }
        assert!(serde_json::from_str::<Mapping>(r#"{"branch":{"of":"together#0","from":0}}"#).is_err());
    }

    #[test]
    fn a_branch_that_is_not_named_stays_where_it_is() {
        let text = r#"{"journey":"journey-0","step":"00000000000000ff","branches":[{"from":0,"to":1},{"from":1}]}"#;
        let moved: MovedBranches = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&moved).unwrap(), text);
        assert_eq!([0, 1, 2].map(|branch| moved.place_of(branch)), [Some(1), None, Some(2)]);
    }
}
