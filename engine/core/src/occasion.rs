//! On which occasion a message is sent: what is known of whom it goes to and what it is about, before anybody sends it.

use smol_str::SmolStr;
use std::{collections::BTreeMap, ops::Range};

/// A part of what a message can show that not every message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The pair, with the names of its mentor and mentee.
    Pair,
    /// The session.
    Session,
    /// The survey.
    Survey,
    /// The agreement.
    Agreement,
    /// The pause of the run.
    Pause,
    /// What the recipient did, if they take part.
    Record,
    /// What the run before learned, for the coordinator.
    Lessons,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Pair, Self::Session, Self::Survey, Self::Agreement, Self::Pause, Self::Record, Self::Lessons];

    /// What a message is about by that name among the ids and dates that are kept with it; nothing for what hangs on the recipient.
    pub fn id_name(self) -> Option<&'static str> {
        match self {
            Self::Pair => Some("pair"),
            Self::Session => Some("session"),
            Self::Survey => Some("wave"),
            Self::Agreement => Some("agreement"),
            Self::Pause => Some("pause"),
            Self::Record | Self::Lessons => None,
        }
    }
}

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    There,
    /// It is not.
    Absent,
    /// Only a run knows.
    Unknown,
}

/// What is known of one sending of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The recipient's role, `mentor`, `mentee`, `coordinator`, `sponsor` or `contact`, if it is known.
    pub role: Option<SmolStr>,
    /// What it is about.
    pub parts: BTreeMap<Part, Presence>,
}

impl Occasion {
    /// A message to a recipient about these parts and no others. A role that is not known is that of somebody who takes part.
    pub fn about(role: Option<SmolStr>, parts: &[Part]) -> Self {
        let takes_part = role.as_deref().is_none_or(|role| ["mentor", "mentee"].contains(&role));
        let presence = |part: Part| match part {
            Part::Record if takes_part => Presence::There,
            // There are none in a run that renews no other.
            Part::Lessons if role.as_deref() == Some("coordinator") => Presence::Unknown,
            _ if parts.contains(&part) => Presence::There,
            _ => Presence::Absent,
        };
        let parts = Part::ALL.into_iter().map(|part| (part, presence(part))).collect();
        Self { role, parts }
    }

    /// Says of a part whether it is there.
    #[must_use]
    pub fn with(mut self, part: Part, presence: Presence) -> Self {
        self.parts.insert(part, presence);
        self
    }

    /// Whether a part is there.
    pub fn presence(&self, part: Part) -> Presence {
        self.parts.get(&part).copied().unwrap_or(Presence::Unknown)
    }
}

/// Something that a message shows and does not have on an occasion: it would not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The variable, for example `session.starts`.
    pub variable: SmolStr,
    /// Its bytes in the message's file.
    pub bytes: Range<usize>,
    /// Whether it is always missing; else by a condition that only a run can decide.
    pub always: bool,
}
