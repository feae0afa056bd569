//! What sessions and surveys are called to people.

use crate::verbs;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{SessionKind, Survey};

/// The titles of a template's sessions and surveys, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Titles {
    sessions: BTreeMap<SmolStr, String>,
    surveys: BTreeMap<SmolStr, String>,
}

impl Titles {
    /// The titles of a template. What follows a colon explains a session, and is left off where the rest still tells it
    /// from the others.
    pub fn of(sessions: &BTreeMap<SmolStr, SessionKind>, surveys: &BTreeMap<SmolStr, Survey>) -> Self {
        let alone = |short: &str| sessions.values().filter(|other| shortened(&other.title) == short).count() == 1;
        let short = |title: &str| {
            let short = shortened(title);
            if alone(short) { short.to_owned() } else { title.to_owned() }
        };
        Self {
            sessions: sessions.iter().map(|(name, session)| (name.clone(), short(&session.title))).collect(),
            surveys: surveys.iter().map(|(name, survey)| (name.clone(), survey.own_title().to_owned())).collect(),
        }
    }

    /// The title of a session by its name in the diary, with what a script put after it: `Group call 3`. One that has
    /// no title is called by its name.
    pub fn session(&self, name: &str) -> String {
        let diary = verbs::diary_name(name);
        let rest = name.strip_prefix(diary).unwrap_or_default();
        self.sessions.get(diary).map_or_else(|| name.to_owned(), |title| format!("{title}{rest}"))
    }

    /// The title of a survey; one that has none is called by its name.
    pub fn survey(&self, name: &str) -> String {
        self.surveys.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }
}

fn shortened(title: &str) -> &str {
    title.split_once(": ").map_or(title, |(short, _)| short)
}
