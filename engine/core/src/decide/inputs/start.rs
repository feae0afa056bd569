//! Launching a run.

use crate::{
    decide::{Deciding, Refusal, StartRun},
    ports::PROGRAMME,
};
use jiff::tz::TimeZone;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Event, JourneyCause, ParticipantStatus, Programme, Recipient, SettingError, Value};

/// The message in which the coordinator reads what the cohort before learned.
const LESSONS: &str = "lessons";

pub(super) fn start(d: &mut Deciding<'_>, start: &StartRun) -> Result<(), Refusal> {
    let bundle = d.context.bundle;
    if !bundle.program.defines(&PROGRAMME, 1) {
        return Err(Refusal::NoProgramme);
    }
    let settings = effective_settings(&bundle.programme, &start.settings)?;
    let time_zone = start.time_zone.clone().unwrap_or_else(|| bundle.programme.time_zone.clone());
    if TimeZone::get(&time_zone).is_err() {
        return Err(Refusal::TimeZone(time_zone));
    }
    let alumni = start.renews.as_ref().map(|renewal| &*renewal.alumni).unwrap_or_default();
    let most = d.context.limits.participants;
    if alumni.len() > most {
        return Err(Refusal::TooManyParticipants(most));
    }
    d.emit(Event::RunStarted {
        run: start.run.clone(),
        bundle: bundle.hash.clone(),
        template: bundle.programme.name.clone(),
        template_version: bundle.programme.version.clone(),
        client: start.client.clone(),
        settings: settings.clone(),
        time_zone,
        seed: start.seed,
        renews: start.renews.as_ref().map(|renewal| renewal.run.clone()),
    });
    // Before the script first runs, so that it can count on them.
    for role in alumni {
        let participant = d.run.next_participant();
        d.emit(Event::ParticipantAdded { participant, role: *role, status: ParticipantStatus::Alumnus });
    }
    if start.renews.is_some() && bundle.messages.contains_key(LESSONS) {
        d.queue(LESSONS, &[Recipient::Coordinator], &Value::Null);
    }
    d.start_journey(&PROGRAMME, vec![settings], JourneyCause::Programme);
    Ok(())
}

/// The template's defaults with a client's values over them, each checked.
pub(crate) fn effective_settings(programme: &Programme, given: &Value) -> Result<Value, SettingError> {
    let mut settings: BTreeMap<SmolStr, Value> =
        programme.settings.iter().map(|(name, setting)| (name.clone(), setting.default_value())).collect();
    if let Value::Map(given) = given {
        for (name, value) in given {
            let Some(setting) = programme.settings.get(name) else {
                let known: Vec<_> = programme.settings.keys().map(SmolStr::as_str).collect();
                return Err(SettingError::Unknown { name: name.clone(), known: known.join(", ") });
            };
            settings.insert(name.clone(), setting.accept(name, value)?);
        }
    }
    Ok(Value::Map(settings))
}
