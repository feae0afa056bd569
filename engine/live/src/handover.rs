//! What passes from a run that is over to the one that renews it: alumni, by their own consent, lessons and settings.

use crate::{Contacts, Engine, LiveError, NewRun, keys, loaded::Loaded, record::completed, rows};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{
    bundle::Bundle,
    ports::{RowChange, StoreTable},
    results,
    run::RunStatus,
};
use turnabout_model::{ParticipantId, ParticipantStatus, Person, RunId, Value};

/// What a run got from the one that it renews, and which one renews it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Handover {
    /// What the run before learned, in the words of those who held its sessions.
    #[serde(default)]
    pub lessons: Vec<String>,
    /// The run that renews this one; one at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed_by: Option<RunId>,
}

/// What a run that is over has to hand over.
#[derive(Debug)]
pub(crate) struct Estate {
    /// Who goes on as an alumnus, numbered for the new run.
    pub(crate) alumni: Vec<Person>,
    /// What was learned.
    pub(crate) lessons: Vec<String>,
}

impl Engine {
    /// Reads what a run got and who renews it.
    pub(crate) fn handover(&self, run: &RunId) -> Result<Handover, LiveError> {
        let lessons = self.store.get(StoreTable::Handovers, &keys::lessons(run))?;
        let lessons = lessons.map(|row| rows::read(&row, run.as_str(), "its lessons")).transpose()?;
        let successor = self.store.get(StoreTable::Handovers, &keys::successor(run))?;
        let renewed_by = successor.map(|row| rows::read(&row, run.as_str(), "its successor")).transpose()?;
        Ok(Handover { lessons: lessons.unwrap_or_default(), renewed_by })
    }

    /// What a run that is over and was not renewed yet has to hand over.
    pub(crate) fn estate(&self, id: &RunId, of: &Loaded) -> Result<Estate, LiveError> {
        if let Some(by) = &of.handover.renewed_by {
            return Err(LiveError::Renewed { run: id.clone(), by: by.clone() });
        }
        if !matches!(of.run.status(), RunStatus::Finished | RunStatus::Cancelled) {
            return Err(LiveError::NotOver(id.clone()));
        }
        let mut lessons = results::lessons(&of.run, &self.all_notes(id)?);
        lessons.truncate(self.live.lessons_per_run);
        Ok(Estate { alumni: alumni(of), lessons })
    }
}

/// Who completed the run, or stands by from one before it, and agreed to be contacted. Only what that needs comes over: a
/// role, a name and an address.
fn alumni(of: &Loaded) -> Vec<Person> {
    let stays = |id: ParticipantId| {
        completed(&of.run, id) || of.run.participants.get(&id).is_some_and(|p| p.status == ParticipantStatus::Alumnus)
    };
    let agreed = of.people.all().filter(|person| person.agreed_to_contact.is_some() && stays(person.id));
    let numbered = (1..).map(ParticipantId).zip(agreed);
    let carried = numbered.map(|(id, person)| Person {
        id,
        role: person.role,
        name: person.name.clone(),
        email: person.email.clone(),
        manager: None,
        attributes: BTreeMap::new(),
        consents: BTreeSet::new(),
        avoids: BTreeSet::new(),
        agreed_to_contact: person.agreed_to_contact,
    });
    carried.collect()
}

/// The rows of a handover beside the new run's journal.
pub(crate) fn rows_of(run: &RunId, before: &RunId, estate: &Estate) -> Vec<RowChange> {
    let mut changes = vec![
        rows::put(StoreTable::Handovers, keys::successor(before), run),
        rows::put(StoreTable::Handovers, keys::lessons(run), &estate.lessons),
    ];
    changes.extend(estate.alumni.iter().map(|p| rows::put(StoreTable::People, keys::person(run, p.id), p)));
    changes
}

/// Fills what a new run leaves open with what the run before had. What the run before left at its template's defaults
/// is left at those of the new template, and what the new template no longer asks for is left behind.
pub(crate) fn take_over(new: NewRun, before: &Loaded, bundle: &Bundle) -> NewRun {
    let Contacts { organisation, colour, coordinator, sponsor, contact, permissions: given } = new.contacts;
    let old = &before.contacts;
    let mut permissions = old.permissions.clone();
    permissions.extend(given);
    let mut settings = BTreeMap::new();
    if let Value::Map(had) = &*before.run.settings {
        let changed = had.iter().filter(|(name, value)| {
            let default = before.bundle.programme.settings.get(*name).map(turnabout_model::Setting::default_value);
            default.as_ref() != Some(value) && bundle.programme.settings.contains_key(*name)
        });
        settings.extend(changed.map(|(name, value)| (name.clone(), value.clone())));
    }
    if let Value::Map(given) = new.settings {
        settings.extend(given);
    }
    NewRun {
        client: if new.client.is_empty() { before.run.client.clone() } else { new.client },
        settings: Value::Map(settings),
        time_zone: new.time_zone.or_else(|| before.run.zone.iana_name().map(Into::into)),
        contacts: Contacts {
            organisation: organisation.or_else(|| old.organisation.clone()),
            colour: colour.or_else(|| old.colour.clone()),
            coordinator: coordinator.or_else(|| old.coordinator.clone()),
            sponsor: sponsor.or_else(|| old.sponsor.clone()),
            contact: contact.or_else(|| old.contact.clone()),
            permissions,
        },
        ..new
    }
}
