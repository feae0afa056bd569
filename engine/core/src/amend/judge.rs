//! Judging: every journey under the new script, in memory.

use super::{
    Amendment, Judged, Judgement, Verdict, alike, branches::FoundBranches, checks, fix, handlers, places::Base,
    settings,
};
use crate::{
    bundle::Bundle,
    decide::{Context, Input, Refusal, Switch, decide, switch},
    ports::PROGRAMME,
    replay::Moves,
    run::{Journey, Run, RunStatus, by_journey},
};
use rustc_hash::{FxHashMap, FxHashSet};
use turnabout_model::{Event, JourneyCause, JourneyId, Mapping, MovedBranches, Wait};

/// What is looked for where a journey would diverge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Mappings with which it would continue: dozens of evaluations a journey, for somebody who wants to know.
    Fixes,
    /// Nothing: somebody waits with the run's lock.
    Nothing,
}

/// Judges what an amendment would mean for a run. `past` has every bundle that the run has pinned, the present one last;
/// `context` has the new one. The run is not changed.
///
/// Refused are a run that has not begun or is over, settings that the new manifest does not take, and a switch to the same
/// bundle that changes nothing.
pub fn judge(run: &Run, amendment: &Amendment, past: &[&Bundle], context: Context<'_>) -> Result<Judged, Refusal> {
    judge_for(run, amendment, past, (context, Search::Fixes))
}

pub(super) fn judge_for(
    run: &Run,
    amendment: &Amendment,
    past: &[&Bundle],
    (context, search): (Context<'_>, Search),
) -> Result<Judged, Refusal> {
    match run.status() {
        RunStatus::New => return Err(Refusal::NotStarted),
        RunStatus::Finished => return Err(Refusal::Over("finished")),
        RunStatus::Cancelled => return Err(Refusal::Over("cancelled")),
        RunStatus::Running | RunStatus::NeedsAttention => {}
    }
    if run.version >= context.limits.entries_per_run {
        return Err(Refusal::JournalFull(context.limits.entries_per_run));
    }
    let limits = context.limits;
    if amendment.mappings.len() > limits.mappings {
        return Err(Refusal::TooMany("mappings", limits.mappings));
    }
    let too_long = |mapping: &Mapping| {
        matches!(mapping, Mapping::Renamed { to, .. }
            if to.trim().is_empty() || to.chars().count() > limits.label_chars)
    };
    if amendment.mappings.iter().any(too_long) {
        return Err(Refusal::TooLarge("the label that a mapping gives, if it is not empty,", limits.label_chars));
    }
    if !context.bundle.program.defines(&PROGRAMME, 1) {
        return Err(Refusal::NoProgramme);
    }
    let (Some(from), Some(old)) = (run.bundle.clone(), past.last().copied()) else { return Err(Refusal::NotStarted) };
    let programme = &context.bundle.programme;
    let (now, change) = settings::change((&run.settings, &old.programme, programme), &amendment.settings)?;
    let idle = amendment.mappings.is_empty() && amendment.deadlines == super::Deadlines::Keep;
    if from == context.bundle.hash && idle && now == *run.settings {
        return Err(Refusal::AlreadySo { what: "this run".into(), state: "under that bundle" });
    }
    let mut event = Event::BundleSwitched {
        from,
        to: context.bundle.hash.clone(),
        mappings: amendment.mappings.clone(),
        settings: now,
        template: programme.name.clone(),
        template_version: programme.version.clone(),
        deadlines: Vec::new(),
        branches: Vec::new(),
    };
    let mut trial = run.clone();
    trial.apply(context.now, &event);
    let base = Base { run, past, old, amendment, context, search };
    let found: Vec<FoundBranches> =
        run.journeys.iter().zip(&trial.journeys).map(|(before, after)| base.find(&trial, before, after)).collect();
    let moved_branches: Vec<MovedBranches> = found.iter().flat_map(|found| found.moved.iter().cloned()).collect();
    if let Event::BundleSwitched { branches, .. } = &mut event {
        branches.clone_from(&moved_branches);
    }
    // Branches that move take what they hold along: to other keys.
    if !moved_branches.is_empty() {
        trial = run.clone();
        trial.apply(context.now, &event);
    }
    let of_journeys = by_journey(&moved_branches);
    let ending = ending(run, amendment, &of_journeys);
    let mut moved = Vec::new();
    let (mut resumed, mut woken) = (Vec::new(), Vec::new());
    let mut journeys = Vec::with_capacity(run.journeys.len());
    for ((before, after), found) in run.journeys.iter().zip(&trial.journeys).zip(&found) {
        let judgement = if before.ended() {
            judgement(before, Verdict::Over)
        } else if ending.contains(&before.id) {
            judgement(before, Verdict::Ends)
        } else {
            let (mut judgement, of_journey) = base.places(&trial, (before, after), &found.moved).judge(found);
            judgement.branches.clone_from(&found.notes);
            moved.extend(of_journey);
            judgement
        };
        match judgement.verdict {
            Verdict::Mended => resumed.push(before.id),
            Verdict::Continues if !judgement.asks.is_empty() => woken.push(before.id),
            _ => {}
        }
        journeys.push(judgement);
    }
    let mut obstacles = checks::obstacles(run, &trial, amendment, &of_journeys, (past, context.bundle));
    for wrong in found.iter().flat_map(|found| &found.wrong) {
        if !obstacles.contains(wrong) {
            obstacles.push(wrong.clone());
        }
    }
    let (alike, settings) = (Vec::new(), change);
    let mut judged = Judged { journeys, alike, obstacles, settings, branches: moved_branches, after: None };
    if judged.obstacles.is_empty() && !judged.journeys.iter().any(|judgement| judgement.verdict.hinders()) {
        if let Event::BundleSwitched { deadlines, .. } = &mut event {
            *deadlines = moved;
        }
        try_switch(run, &Switch { event, resumed, woken }, context, &mut judged);
    }
    judged.alike = alike::find(&judged.journeys, |journey, mappings| {
        let known = run.journeys.iter().zip(&trial.journeys).zip(&found).find(|((before, _), _)| before.id == journey);
        known.is_some_and(|((before, after), found)| {
            fix::settles(&base.places(&trial, (before, after), &found.moved), mappings)
        })
    });
    Ok(judged)
}

/// Makes the switch on a copy: what the new script asks for at once may fail, and must not be found out afterwards.
fn try_switch(run: &Run, by: &Switch, context: Context<'_>, judged: &mut Judged) {
    let mut after = run.clone();
    let events = switch(&mut after, by, context);
    // In a pause nobody is woken: what the new script asks for shows when it is over.
    let mut going_on = after.clone();
    let later = match &after.paused {
        Some(_) => decide(&mut going_on, &Input::Unpause, context).unwrap_or_default(),
        None => Vec::new(),
    };
    let mut failed = false;
    for event in events.iter().chain(&later) {
        let Event::JourneyParked { journey, problem } = event else { continue };
        let known = judged.journeys.iter_mut().find(|judgement| judgement.journey == *journey);
        match known {
            Some(known) if by.resumed.contains(journey) => known.verdict = Verdict::StaysParked(problem.clone()),
            Some(known) => {
                failed = true;
                known.verdict = Verdict::Fails(problem.clone());
            }
            None => {
                failed = true;
                if let Some(begun) = going_on.journey(*journey) {
                    judged.journeys.push(judgement(begun, Verdict::Fails(problem.clone())));
                }
            }
        }
    }
    if failed {
        return;
    }
    // A handler that stops can't be mended by a mapping, and whoever needs it would be the first to find out.
    judged.obstacles.extend(handlers::broken(&going_on, context));
    judged.after = judged.obstacles.is_empty().then_some((after, events));
}

/// The journeys that end because the step that waits for them is skipped.
fn ending(
    run: &Run,
    amendment: &Amendment,
    branches: &FxHashMap<JourneyId, Vec<MovedBranches>>,
) -> FxHashSet<JourneyId> {
    let mut ending = FxHashSet::default();
    // Children come after their parents.
    for journey in run.journeys.iter().filter(|journey| !journey.ended()) {
        let branches = branches.get(&journey.id).map_or(&[][..], Vec::as_slice);
        let by = Moves { function: &journey.function, mappings: &amendment.mappings, branches };
        let skipped = journey.memory.skipped_waiting(by);
        let inside = skipped.iter().flat_map(|step| journey.memory.waiting_inside(*step)).collect::<Vec<_>>();
        let all = ending.contains(&journey.id);
        for (step, _, wait) in journey.memory.waiting() {
            if let Wait::Children(children) = wait
                && (all || skipped.contains(&step) || inside.contains(&step))
            {
                ending.extend(children.iter().copied());
            }
        }
    }
    ending
}

pub(super) fn judgement(journey: &Journey, verdict: Verdict) -> Judgement {
    let pair = match &journey.cause {
        JourneyCause::Each { pair, .. } => *pair,
        JourneyCause::Programme | JourneyCause::Handler => None,
    };
    let (asks, deadlines, branches) = (Vec::new(), Vec::new(), Vec::new());
    Judgement { journey: journey.id, function: journey.function.clone(), pair, verdict, asks, deadlines, branches }
}
