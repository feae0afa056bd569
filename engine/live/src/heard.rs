//! What people said is wrong, for the contact alone.

use crate::{
    Engine, LiveError, keys,
    loaded::Loaded,
    rows::{self, ConcernRow},
};
use jiff::{Timestamp, tz::TimeZone};
use turnabout_core::ports::StoreTable;
use turnabout_model::{ConcernId, RunId};
use turnabout_render::Look;

/// The concerns of a run as the contact reads them.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Those that nobody has dealt with yet, the oldest first.
    pub open: Vec<HeardConcern>,
    /// How many have been dealt with.
    pub closed: usize,
    /// The zone of its dates.
    pub zone: TimeZone,
    /// Whose programme it is.
    pub look: Look,
}

/// A concern with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardConcern {
    /// Which one.
    pub id: ConcernId,
    /// When it was raised.
    pub raised: Timestamp,
    /// Who raised it, with name and address, if they said so and have not been erased.
    pub by: Option<String>,
    /// What is wrong, in their words.
    pub text: String,
}

impl Engine {
    /// The e-mail address of who hears the concerns of a run.
    pub fn hears(&self, run: &RunId) -> Result<Option<smol_str::SmolStr>, LiveError> {
        self.read(run, |of| of.contacts.contact.as_ref().map(|contact| contact.email.clone()))
    }

    /// What people said is wrong. Nobody but the contact may be shown this.
    pub fn heard(&self, run: &RunId) -> Result<Heard, LiveError> {
        self.with_run(run, |engine, loaded| {
            let mut open = Vec::new();
            for concern in loaded.run.concerns.iter().filter(|concern| concern.open) {
                let Some(value) = engine.store.get(StoreTable::Concerns, &keys::concern(run, concern.id))? else {
                    continue;
                };
                open.push(words(loaded, rows::read(&value, run.as_str(), "a concern")?));
            }
            let closed = loaded.run.concerns.iter().filter(|concern| !concern.open).count();
            Ok(Heard { open, closed, zone: loaded.run.zone.clone(), look: loaded.contacts.look() })
        })
    }
}

fn words(loaded: &Loaded, row: ConcernRow) -> HeardConcern {
    let by = row.by.and_then(|by| loaded.people.get(by));
    HeardConcern {
        id: row.concern,
        raised: row.raised,
        by: by.map(|person| format!("{} ({})", person.name, person.email)),
        text: row.text,
    }
}
