//! What an amendment must not take away: things that the run still holds, and promises that were made to people.

use super::Amendment;
use crate::{bundle::Bundle, replay::Moves, run::Run};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{JourneyId, Mapping, MovedBranches, SurveyMode};

/// What stands in the way of an amendment, beside journeys that would not continue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // the messages say what each field holds
pub enum Obstacle {
    #[error("the new bundle shows results of the survey '{survey}' from {now} people on, and people were told {was}")]
    LowerThreshold { survey: SmolStr, was: usize, now: usize },
    #[error("the new bundle tells whose answers to the survey '{survey}' are whose, and people were told otherwise")]
    LessPrivate { survey: SmolStr },
    #[error("the new bundle measures, and people were told that nothing is measured")]
    Measures,
    #[error("the new bundle has no message '{message}', which {waiting} unsent messages are written with")]
    NoMessage { message: SmolStr, waiting: usize },
    #[error(
        "the new bundle has no message '{message}', and an open wave of the survey '{survey}' is still to be reminded of with it"
    )]
    NoReminder { message: SmolStr, survey: SmolStr },
    #[error("the new bundle's diary has no '{diary}', and a session of that kind is planned")]
    NoSession { diary: SmolStr },
    #[error("the new bundle has no matching plan '{plan}', and a draft of pairs of that plan waits to be published")]
    NoPlan { plan: SmolStr },
    #[error("no step of this run is called '{mapping}', so there is nothing to map")]
    NothingMapped { mapping: SmolStr },
    #[error(
        "{mapping} names a branch that is not there, or one twice: {of} has {old} in the old script and {new} in the new one"
    )]
    NoSuchBranch { mapping: SmolStr, of: SmolStr, old: usize, new: usize },
    #[error("{handler} of the new script stops {}{when}: {why}{at}", if *.at_once { "as soon as " } else { "some time after " })]
    HandlerStops { handler: SmolStr, when: &'static str, at_once: bool, why: String, at: String },
}

impl Obstacle {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::LowerThreshold { .. } => {
                "Put the threshold back; a new survey under a name of its own may have another."
            }
            Self::LessPrivate { .. } => "Put the survey's mode back, or ask in a new survey under a name of its own.",
            Self::Measures => "Leave the manifest's `measures` false; a programme that measures is another run.",
            Self::NoReminder { .. } => "Keep the message in the template, or wait until they are reminded.",
            Self::NoMessage { .. } => "Keep the message in the template, or wait until they are sent.",
            Self::NoSession { .. } => {
                "Keep it in the manifest's diary, rename it with --rename OLD=NEW, or skip the step that planned it."
            }
            Self::NoPlan { .. } => "Publish the draft first, or keep the plan.",
            Self::NothingMapped { .. } => "Look at the steps that the dry run names; write them as verb(label).",
            Self::NoSuchBranch { .. } => "Count the branches from 1, as they stand in the list; name each once.",
            Self::HandlerStops { .. } => {
                "Mend it in the template, check that with `turnabout check`, and amend to what comes of it."
            }
        }
    }
}

/// Everything that stands in the way, once the mappings were applied to `after`.
pub(super) fn obstacles(
    before: &Run,
    after: &Run,
    amendment: &Amendment,
    branches: &FxHashMap<JourneyId, Vec<MovedBranches>>,
    (past, new): (&[&Bundle], &Bundle),
) -> Vec<Obstacle> {
    let mut found = promises(past, new, &amendment.mappings);
    if new.programme.measures && past.iter().any(|old| !old.programme.measures) {
        found.push(Obstacle::Measures);
    }
    let skipped_or_held = after.sessions.iter().filter(|session| {
        session.status == turnabout_model::SessionStatus::Planned
            && !skips_session(before, (amendment, branches), session.plan.session)
    });
    let missing: BTreeSet<&SmolStr> = skipped_or_held
        .map(|session| &session.plan.diary)
        .filter(|diary| !new.programme.sessions.contains_key(*diary))
        .collect();
    found.extend(missing.into_iter().map(|diary| Obstacle::NoSession { diary: diary.clone() }));
    let drafts = after.proposals.iter().filter(|draft| draft.published.is_none());
    let drafts = drafts.filter(|draft| !after.waits.on(&crate::run::WaitKey::Proposal(draft.id)).is_empty());
    let missing: BTreeSet<&SmolStr> =
        drafts.map(|draft| &draft.plan).filter(|plan| !new.programme.matching.contains_key(*plan)).collect();
    found.extend(missing.into_iter().map(|plan| Obstacle::NoPlan { plan: plan.clone() }));
    let unsent = after.messages.iter().filter(|message| message.outcome.is_none());
    let unsent: Vec<&SmolStr> =
        unsent.map(|message| &message.template).filter(|name| !new.messages.contains_key(*name)).collect();
    for message in unsent.iter().copied().collect::<BTreeSet<_>>() {
        let waiting = unsent.iter().filter(|other| **other == message).count();
        found.push(Obstacle::NoMessage { message: message.clone(), waiting });
    }
    let to_remind = after.waits.alarms().filter_map(|(_, alarm)| match alarm {
        crate::run::Alarm::RemindWave(wave) => after.wave(wave).filter(|wave| wave.open),
        _ => None,
    });
    for wave in to_remind {
        let message = wave.reminder.as_ref().filter(|message| !new.messages.contains_key(*message));
        found.extend(
            message.map(|message| Obstacle::NoReminder { message: message.clone(), survey: wave.survey.clone() }),
        );
    }
    for (place, mapping) in amendment.mappings.iter().enumerate() {
        let open = before.journeys.iter().filter(|journey| !journey.ended());
        let mut meant =
            open.map(|journey| journey.memory.meant(&journey.function, &amendment.mappings[..place], mapping) > 0);
        let things = matches!(mapping, Mapping::Renamed { from, .. }
            if before.sessions.iter().any(|session| from.names("hold", &session.plan.diary)));
        if !meant.any(|meant| meant) && !things {
            let mapping = smol_str::format_smolstr!("{}", mapping.pattern());
            found.push(Obstacle::NothingMapped { mapping });
        }
    }
    found
}

/// Tells whether the step that waits for a session is skipped, so that the session is called off.
fn skips_session(
    run: &Run,
    (amendment, branches): (&Amendment, &FxHashMap<JourneyId, Vec<MovedBranches>>),
    session: turnabout_model::SessionId,
) -> bool {
    run.waits.on(&crate::run::WaitKey::Session(session)).into_iter().any(|(journey, step)| {
        run.journey(journey).is_some_and(|journey| {
            let branches = branches.get(&journey.id).map_or(&[][..], Vec::as_slice);
            let by = Moves { function: &journey.function, mappings: &amendment.mappings, branches };
            journey.memory.skipped_waiting(by).contains(&step)
        })
    })
}

/// What people were told about their answers holds for every later wave of the same survey: nothing may be lowered, whatever
/// bundle of the run said it, nor by giving the survey another name.
fn promises(past: &[&Bundle], new: &Bundle, mappings: &[Mapping]) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for (name, survey) in &new.surveys {
        // Backwards, since one mapping may take up what another has renamed.
        let mut names = BTreeSet::from([name.clone()]);
        for mapping in mappings.iter().rev() {
            if let Mapping::Renamed { from, to } = mapping
                && names.contains(to)
            {
                names.insert(from.label.clone());
            }
        }
        let told: Vec<_> = past.iter().flat_map(|old| names.iter().filter_map(|name| old.surveys.get(name))).collect();
        let most = told.iter().map(|told| told.threshold).max().filter(|most| survey.threshold < *most);
        if let Some(most) = most {
            let (was, now) = (most.people(), survey.threshold.people());
            found.push(Obstacle::LowerThreshold { survey: name.clone(), was, now });
        }
        if told.iter().any(|told| privacy(told.mode) > privacy(survey.mode)) {
            found.push(Obstacle::LessPrivate { survey: name.clone() });
        }
    }
    found
}

fn privacy(mode: SurveyMode) -> u8 {
    match mode {
        SurveyMode::Named => 0,
        SurveyMode::Confidential => 1,
        SurveyMode::Anonymous => 2,
    }
}
