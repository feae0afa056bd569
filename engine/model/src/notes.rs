//! Notes of a focus group, an interview or a review: what the group said, and what of it may be passed on.

use crate::{ParticipantId, SessionId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// What the facilitator wrote of a session. Kept beside the journal, never in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionNotes {
    /// The session.
    pub session: SessionId,
    /// Who agreed that notes are kept, and that what they said may be quoted.
    #[serde(default)]
    pub consented: BTreeSet<ParticipantId>,
    /// What was spoken about, under names that the facilitator gave: no words of anybody.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// What was said, word for word.
    #[serde(default)]
    pub quotes: Vec<Quote>,
    /// What the next programme should know, in the facilitator's words.
    #[serde(default)]
    pub learning: Vec<String>,
}

/// Something that a group spoke about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its coded name, the same wherever it comes up: `time to prepare`.
    pub name: SmolStr,
    /// How many people brought it up.
    pub mentions: u16,
}

/// Something that somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Who said it, if the facilitator knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ParticipantId>,
    /// Whether it may be passed on.
    #[serde(default)]
    pub released: bool,
    /// Whether it may be passed on with the name.
    #[serde(default)]
    pub named: bool,
}

impl SessionNotes {
    /// Empty notes of a session.
    pub fn of(session: SessionId) -> Self {
        let (consented, themes, quotes, learning) = <_>::default();
        Self { session, consented, themes, quotes, learning }
    }

    /// The quotes that may be passed on: released, and by nobody in particular or by somebody who agreed to be quoted.
    pub fn released(&self) -> impl Iterator<Item = &Quote> {
        let agreed = |quote: &&Quote| quote.by.is_none_or(|by| self.consented.contains(&by));
        self.quotes.iter().filter(|quote| quote.released).filter(agreed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_quote_is_passed_on_only_with_a_release_and_by_somebody_who_agreed() {
        let notes: SessionNotes = serde_json::from_value(json!({ "session": "session-4", "consented": ["person-1"],
            "quotes": [
                { "text": "agreed", "by": "person-1", "released": true },
                { "text": "nobody in particular", "released": true },
                { "text": "not released", "by": "person-1" },
                { "text": "never asked", "by": "person-2", "released": true, "named": true } ] }))
        .unwrap();
        let passed: Vec<&str> = notes.released().map(|quote| quote.text.as_str()).collect();
        assert_eq!(passed, ["agreed", "nobody in particular"]);
        assert_eq!(serde_json::from_value::<SessionNotes>(serde_json::to_value(&notes).unwrap()).unwrap(), notes);
    }
}
