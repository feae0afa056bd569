//! Where a step stands: in its journey, its branch, and its place in the script.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;

/// The branch of a composite step that another step stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Within {
    /// The composite step: `together`, `race`, `repeat_until` or `every`.
    pub step: StepKey,
    /// Its branch or iteration, from 0.
    pub branch: u32,
}

/// The address of a durable step within its journey.
///
/// It counts occurrences of a label, not lines, so an added step does not shift its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The branch it stands in; nothing at the top of the journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// The verb, for example `hold`.
    pub verb: SmolStr,
    /// What the script calls it, for example `engagement-day`; empty for verbs without a label.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub label: SmolStr,
    /// How many steps with this verb and label came before it in the same branch.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nth: u32,
}

/// The verbs whose branches are written side by side in a list. Neither has a label.
pub const BRANCHED: [&str; 2] = ["together", "race"];

impl Address {
    /// Tells whether it is a `together` or a `race`.
    pub fn has_branches(&self) -> bool {
        BRANCHED.contains(&self.verb.as_str())
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature serde asks for
fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.verb)?;
        if !self.label.is_empty() {
            write!(f, "({})", self.label)?;
        }
        write!(f, "#{}", self.nth)
    }
}

/// A 64-bit key of an [`Address`] within its journey: the same in every process and on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepKey(pub u64);

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for StepKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StepKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(StepKey).map_err(serde::de::Error::custom)
    }
}

/// A place in a script: the file as the template names it, the line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    /// The file, for example `programme.rhai` or `lib/sessions`; empty if unknown.
    pub file: SmolStr,
    /// The line, from 1; 0 if unknown.
    pub line: u32,
    /// The column, from 1; 0 if unknown.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
