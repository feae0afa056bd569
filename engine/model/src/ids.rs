//! Typed ids: a run's own things are numbered within the run, so a replay gives them the same ids again.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{fmt, str::FromStr};

/// An id that could not be read, with what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is not the id of a {kind}: expected something like '{example}'")]
pub struct IdError {
    /// The text that was given.
    pub found: String,
    /// What the id should have named, for example `session`.
    pub kind: &'static str,
    /// A well-formed example.
    pub example: &'static str,
}

macro_rules! numbered_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $example:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The word before the number.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "-{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "-"))
                    .filter(|digits| !digits.starts_with('+'))
                    .and_then(|digits| digits.parse().ok())
                    .map($name)
                    .ok_or_else(|| IdError { found: text.chars().take(64).collect(), kind: $prefix, example: $example })
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

numbered_ids! {
    /// A person's place in one run. Nothing resolves it once the person is erased.
    ParticipantId = "person", "person-12";
    /// A mentor and a mentee.
    PairId = "pair", "pair-3";
    /// Something in the diary for a group.
    SessionId = "session", "session-4";
    /// A pair's own conversation.
    MeetingId = "meeting", "meeting-7";
    /// One sending of a survey.
    WaveId = "wave", "wave-1";
    /// An agreement put before a pair to sign.
    AgreementId = "agreement", "agreement-2";
    /// A decision that waits for a person.
    TaskId = "task", "task-2";
    /// Something that a verb of the server's own wants done outside.
    ErrandId = "errand", "errand-5";
    /// One message to one recipient.
    MessageId = "message", "message-31";
    /// One thread of a run's script.
    JourneyId = "journey", "journey-0";
    /// Something that a participant said is wrong.
    ConcernId = "concern", "concern-1";
    /// A draft of pairs, to be reviewed and published.
    ProposalId = "proposal", "proposal-1";
    /// A letter in the durable mailbox.
    SignalId = "signal", "signal-9";
}

/// The id of a run, unique across the store: `run-` and 26 characters of Crockford's base 32.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RunId(SmolStr);

impl RunId {
    /// Builds an id from 128 random bits, drawn at the edge.
    #[allow(clippy::missing_panics_doc)] // five bits always fit
    pub fn from_bits(bits: u128) -> Self {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut text = String::from("run-");
        for place in (0..26).rev() {
            let digit = usize::try_from((bits >> (place * 5)) & 31).expect("invariant: five bits fit");
            text.push(char::from(DIGITS[digit]));
        }
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RunId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let well_formed = text.strip_prefix("run-").is_some_and(|digits| {
            digits.len() == 26
                && digits.bytes().all(|b| b.is_ascii_digit() || (b.is_ascii_lowercase() && !b"ilou".contains(&b)))
        });
        if well_formed {
            return Ok(Self(text.into()));
        }
        Err(IdError { found: text.chars().take(64).collect(), kind: "run", example: "run-01hz6vxk3t9q8w7e5r4ty2zm8n" })
    }
}

impl<'de> Deserialize<'de> for RunId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The content hash of a bundle: SHA-256 over its files, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BundleHash(pub SmolStr);

impl fmt::Display for BundleHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The content hash of a text that people sign: SHA-256 over its file in the template, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextHash(pub SmolStr);

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused_with_what_was_expected() {
        let error = "pair-3".parse::<SessionId>().unwrap_err();
        assert_eq!(error.to_string(), "'pair-3' is not the id of a session: expected something like 'session-4'");
        assert!("session--1".parse::<SessionId>().is_err());
        assert!("session-+1".parse::<SessionId>().is_err());
        assert!("run-3".parse::<RunId>().is_err());
    }

    #[test]
    fn a_run_id_reads_back() {
        for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let id = RunId::from_bits(bits);
            assert_eq!(id.as_str().parse::<RunId>().unwrap(), id);
        }
    }
}
