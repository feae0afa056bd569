//! Judging: every journey under the new script, in memory.

use super::{
    Amendment, Diverged, Judged, Judgement, Verdict, checks,
    deadlines::{self, Before},
    fix, handlers, settings,
};
use crate::{
    bundle::Bundle,
    decide::{Context, Input, Refusal, Switch, decide, switch},
    ports::PROGRAMME,
    replay::{Asked, Divergence, Found},
    run::{Journey, Run, RunStatus},
    seen::see,
};
use rustc_hash::FxHashSet;
use turnabout_model::{Address, Event, JourneyCause, JourneyId, Mapping, MovedDeadline, Wait};

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
    };
    let mut trial = run.clone();
    trial.apply(context.now, &event);
    let ending = ending(run, amendment);
    let mut moved = Vec::new();
    let (mut resumed, mut woken) = (Vec::new(), Vec::new());
    let mut journeys = Vec::with_capacity(run.journeys.len());
    for (before, after) in run.journeys.iter().zip(&trial.journeys) {
        let judgement = if before.ended() {
            judgement(before, Verdict::Over)
        } else if ending.contains(&before.id) {
            judgement(before, Verdict::Ends)
        } else {
            let places = Places { run, trial: &trial, before, after, past, old, amendment, context, search };
            let (judgement, of_journey) = places.judge();
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
    let obstacles = checks::obstacles(run, &trial, amendment, past, context.bundle);
    let mut judged = Judged { journeys, obstacles, settings: change, after: None };
    if judged.obstacles.is_empty() && !judged.journeys.iter().any(|judgement| judgement.verdict.hinders()) {
        if let Event::BundleSwitched { deadlines, .. } = &mut event {
            *deadlines = moved;
        }
        try_switch(run, &Switch { event, resumed, woken }, context, &mut judged);
    }
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
fn ending(run: &Run, amendment: &Amendment) -> FxHashSet<JourneyId> {
    let mut ending = FxHashSet::default();
    // Children come after their parents.
    for journey in run.journeys.iter().filter(|journey| !journey.ended()) {
        let skipped = journey.memory.skipped_waiting(&journey.function, &amendment.mappings);
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

fn judgement(journey: &Journey, verdict: Verdict) -> Judgement {
    let pair = match &journey.cause {
        JourneyCause::Each { pair, .. } => *pair,
        JourneyCause::Programme | JourneyCause::Handler => None,
    };
    let (asks, deadlines) = (Vec::new(), Vec::new());
    Judgement { journey: journey.id, function: journey.function.clone(), pair, verdict, asks, deadlines }
}

/// One journey before and after the mappings.
pub(super) struct Places<'a> {
    pub(super) run: &'a Run,
    pub(super) trial: &'a Run,
    pub(super) before: &'a Journey,
    pub(super) after: &'a Journey,
    /// Every bundle that the run has pinned, `old` last.
    pub(super) past: &'a [&'a Bundle],
    pub(super) old: &'a Bundle,
    pub(super) amendment: &'a Amendment,
    pub(super) context: Context<'a>,
    pub(super) search: Search,
}

impl Places<'_> {
    fn judge(&self) -> (Judgement, Vec<MovedDeadline>) {
        let program = &*self.context.bundle.program;
        let seen = see(self.trial, self.after, self.after.memory.clone(), program, self.context.when());
        let parked = self.before.problem();
        if let Some(divergence) = &seen.divergence {
            let diverged = self.diverged(divergence);
            return (judgement(self.before, Verdict::Diverges(Box::new(diverged))), Vec::new());
        }
        if let Some(problem) = seen.problem {
            let verdict = if parked.is_some() { Verdict::StaysParked(problem) } else { Verdict::Fails(problem) };
            return (judgement(self.before, verdict), Vec::new());
        }
        let verdict = if parked.is_some() { Verdict::Mended } else { Verdict::Continues };
        let mut judgement = judgement(self.before, verdict);
        judgement.function = self.after.function.clone();
        judgement.asks = seen.asked.iter().filter_map(|asked| self.address_of(asked)).collect();
        if judgement.asks.is_empty() && seen.finished {
            let done = Address { within: None, verb: "return".into(), label: "".into(), nth: 0 };
            judgement.asks.push(done);
        }
        let (deadlines, moved) = deadlines::changed(&Before { places: self, waited: &seen.look.waited });
        judgement.deadlines = deadlines;
        (judgement, moved)
    }

    fn address_of(&self, asked: &Asked) -> Option<Address> {
        match asked {
            Asked::Take { address, .. } | Asked::Wait { address, .. } | Asked::Open { address, .. } => {
                Some(address.clone())
            }
            Asked::BranchDone { step, .. } | Asked::Close { step, .. } => self.after.memory.address(*step).cloned(),
        }
    }

    fn diverged(&self, divergence: &Divergence) -> Diverged {
        // Under the old script the same step stands where it was recorded.
        let mut mapped = self.before.memory.clone();
        let moved = mapped.map(&self.before.function, &self.amendment.mappings);
        let was = moved.iter().find(|(_, new)| *new == divergence.step).map_or(divergence.step, |(old, _)| *old);
        let look = see(self.run, self.before, self.before.memory.clone(), &*self.old.program, self.context.when()).look;
        Diverged {
            // By the name that the journal has: a mapping may call it otherwise.
            expected: self.before.memory.address(was).unwrap_or(&divergence.expected).clone(),
            expected_at: look.places.get(&was).cloned(),
            found: match &divergence.found {
                Found::Asked(address) | Found::Passed(address) => Some(address.clone()),
                Found::Returned => None,
            },
            found_at: divergence.position.clone(),
            fix: match self.search {
                Search::Fixes => fix::find(self),
                Search::Nothing => Vec::new(),
            },
        }
    }
}
