//! Pairs by who is in them, as an expectation names them after `pairs:`.

use super::Rehearsed;
use turnabout_model::{ParticipantId, Person, Role};

/// Which pairs an expectation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichPairs<'a> {
    /// All of them: `pairs`.
    All,
    /// Those in which one side has a value: `pairs:mentor.gender=man`. A set has every value that it holds.
    With {
        /// Whose value it is.
        role: Role,
        /// The attribute's name.
        attribute: &'a str,
        /// The value, as the cohort has it.
        value: &'a str,
    },
    /// Those in which both have the same value: `pairs:alike.ethnicity`. Two sets are alike if they share a value.
    Alike {
        /// The attribute's name.
        attribute: &'a str,
    },
}

impl<'a> WhichPairs<'a> {
    /// Reads what follows the colon of `pairs:`; nothing means all. `None` if it is neither `mentor.ATTRIBUTE=VALUE`,
    /// `mentee.ATTRIBUTE=VALUE` nor `alike.ATTRIBUTE`.
    pub fn read(name: &'a str) -> Option<Self> {
        if name.is_empty() {
            return Some(Self::All);
        }
        let (whose, of) = name.split_once('.')?;
        let with = |role| {
            let (attribute, value) = of.split_once('=')?;
            let named = !attribute.is_empty() && !value.is_empty();
            named.then_some(Self::With { role, attribute, value })
        };
        match whose {
            "mentor" => with(Role::Mentor),
            "mentee" => with(Role::Mentee),
            "alike" if !of.is_empty() && !of.contains('=') => Some(Self::Alike { attribute: of }),
            _ => None,
        }
    }

    /// Whether a pair of these two is one of them. Nobody is alike to somebody of whom nothing is known.
    pub(super) fn include(self, rehearsed: &Rehearsed, mentor: ParticipantId, mentee: ParticipantId) -> bool {
        let values = |id, attribute: &str| {
            let person = rehearsed.people.iter().find(|person: &&Person| person.id == id);
            person.and_then(|person| person.attributes.get(attribute)).map_or(&[][..], Vec::as_slice)
        };
        match self {
            Self::All => true,
            Self::With { role, attribute, value } => {
                let whose = if role == Role::Mentor { mentor } else { mentee };
                values(whose, attribute).iter().any(|held| held == value)
            }
            Self::Alike { attribute } => {
                let of_mentee = values(mentee, attribute);
                values(mentor, attribute).iter().any(|held| of_mentee.contains(held))
            }
        }
    }

    /// What sets them apart, after the word `pair` or `pairs`: ` with “man” as the mentor's gender`.
    pub(super) fn told(self) -> String {
        match self {
            Self::All => String::new(),
            Self::With { role, attribute, value } => {
                format!(" with “{value}” as the {role}'s {}", attribute.replace(['-', '_'], " "))
            }
            Self::Alike { attribute } => format!(" alike in {}", attribute.replace(['-', '_'], " ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_named_by_one_side_or_by_what_both_have() {
        let with = |role, attribute, value| Some(WhichPairs::With { role, attribute, value });
        for (name, read) in [
            ("", Some(WhichPairs::All)),
            ("mentor.gender=man", with(Role::Mentor, "gender", "man")),
            ("mentee.role_in_organisation=Board = top", with(Role::Mentee, "role_in_organisation", "Board = top")),
            ("alike.ethnicity", Some(WhichPairs::Alike { attribute: "ethnicity" })),
            ("mentor.gender", None),
            ("mentor.gender=", None),
            ("mentor.=man", None),
            ("alike.", None),
            ("alike.ethnicity=Indian", None),
            ("sponsor.gender=man", None),
            ("gender=man", None),
        ] {
            assert_eq!(WhichPairs::read(name), read, "{name}");
        }
    }
}
