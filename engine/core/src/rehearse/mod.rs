//! Rehearsal: the whole programme with invented people and a simulated clock, decided by the very same core.

mod answers;
mod asking;
mod attitude;
mod draw;
mod evaluated;
mod expect;
mod found;
mod happenings;
mod hours;
mod invent;
mod memory_stage;
mod not_done;
mod outcome;
mod paired;
mod personas;
mod post;
mod queue;
mod take_up;
mod titles;
mod tried;
mod words;

pub use answers::{Said, mend};
pub(crate) use draw::Draw;
pub use evaluated::{rehearse_answered, rehearse_evaluated};
pub use expect::{Verdict, verdicts};
pub use invent::{CastMember, invent, invent_alumni};
pub use memory_stage::MemoryStage;
pub use not_done::{NotDone, Ordered, Orders};
pub use outcome::{Outcome, SessionOutcome, WaveOutcome};
pub use paired::WhichPairs;
pub use personas::{Company, Told};
pub use titles::Titles;
pub use tried::try_handlers;

use crate::{
    bundle::Bundle,
    decide::{Input, Refusal, Renewal, StartRun},
    limits::Limits,
    ports::{PluginError, Rules},
    run::Run,
};
use jiff::{Timestamp, tz::TimeZone};
use smol_str::SmolStr;
use turnabout_model::{Event, PairId, ParticipantId, Period, Person, RehearsalPlan, Response, RunId, Value};

/// An input with the record that goes beside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// An input alone.
    Input(Input),
    /// A person applies, or is added by the coordinator.
    Apply(Box<CastMember>),
    /// Somebody answers a survey.
    Answer(Response),
    /// One of a pair declines the other, in private.
    Decline {
        /// The pair.
        pair: PairId,
        /// Who declines.
        by: ParticipantId,
    },
}

/// Where acts take effect: in memory for a rehearsal, in a real store for a demonstration.
pub trait Stage {
    /// What can go wrong with the stage itself, beside a refusal.
    type Error;

    /// The run as it stands.
    fn run(&self) -> &Run;

    /// Lets an act take effect at a moment. A refusal changes nothing.
    fn act(&mut self, at: Timestamp, act: &Act) -> Result<Result<Vec<Event>, Refusal>, Self::Error>;
}

/// Longer programmes are stopped: something in them never ends.
const LONGEST: Period = Period::months(60);

/// Lives a run forward until it is over, nothing more is to come, or `until` is reached. Gives the last moment.
pub fn live<S: Stage>(
    stage: &mut S,
    company: &mut Company,
    mut now: Timestamp,
    until: Option<Timestamp>,
) -> Result<Timestamp, S::Error> {
    let horizon = LONGEST.after(now, &TimeZone::UTC);
    let until = until.map_or(horizon, |until| until.min(horizon));
    while !stage.run().is_over() {
        let due = stage.run().next_due().map(|due| due.max(now));
        let acting = company.next_at().map(|at| at.max(now));
        let (at, act) = match (due, acting) {
            (None, None) => break,
            (Some(due), None) => (due, Act::Input(Input::Tick)),
            // What is due happens before anybody acts at the same moment.
            (Some(due), Some(acting)) if due <= acting => (due, Act::Input(Input::Tick)),
            (_, Some(acting)) if acting > until => break,
            (_, Some(acting)) => match company.next_act(stage.run()) {
                Some(act) => (acting, act),
                None => continue,
            },
        };
        if at > until {
            break;
        }
        now = at;
        match stage.act(at, &act)? {
            Ok(events) => {
                for event in &events {
                    company.react(stage.run(), at, event);
                }
            }
            // Time itself is refused: nothing can go on.
            Err(refusal) if act == Act::Input(Input::Tick) => {
                company.refused(at, &refusal);
                break;
            }
            Err(refusal) => company.refused(at, &refusal),
        }
    }
    if stage.run().is_over() {
        // What is still in the post arrives, and that is noted after the end.
        while let Some((at, letter)) = company.next_letter(stage.run()).filter(|(at, _)| *at <= until) {
            let Some(act) = letter else { continue };
            now = now.max(at);
            if let Err(refusal) = stage.act(now, &act)? {
                company.refused(now, &refusal);
            }
        }
    }
    Ok(now)
}

/// Why a rehearsal could not begin.
#[derive(Debug, thiserror::Error)]
pub enum RehearseError {
    /// The run could not be started.
    #[error("the run can't be started: {0}")]
    Start(#[from] Refusal),
    /// The start date is no date in the run's zone.
    #[error("'{0}' can't be used as a start: {1}")]
    Date(jiff::civil::Date, String),
    /// A survey's logic can't judge invented answers.
    #[error("invented answers to '{survey}' can't be judged: {why}")]
    Logic {
        /// The survey.
        survey: SmolStr,
        /// Why.
        why: PluginError,
    },
}

/// What a rehearsal needs beside its bundle and plan.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// The matching rules.
    pub rules: &'a dyn Rules,
    /// The limits.
    pub limits: Limits,
}

/// A rehearsal that is over: the run, everything that happened, and who took part.
#[derive(Debug)]
pub struct Rehearsed {
    /// The run at its end.
    pub run: Run,
    /// Every event with its moment, in order.
    pub events: Vec<(Timestamp, Event)>,
    /// The invented people.
    pub people: Vec<Person>,
    /// What sessions and surveys are called, for people to read.
    pub titles: Titles,
    /// The last moment.
    pub ended: Timestamp,
    /// What people tried and were refused, for the report.
    pub refusals: Vec<String>,
    /// The same as values, with their moments: the first hundred.
    pub refused: Vec<(Timestamp, Refusal)>,
    /// What the plan orders and what did not happen, in order of time.
    pub not_done: Vec<NotDone>,
}

/// Rehearses a whole programme. The same bundle, plan and seed give the same events.
pub fn rehearse(
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
    house: House<'_>,
) -> Result<Rehearsed, RehearseError> {
    lived(MemoryStage::new(bundle, house), bundle, plan, seed).map(|(rehearsed, _)| rehearsed)
}

/// Rehearses as [`rehearse`] does, and shows the run as it stands before every act. A matching happens within one act: whoever
/// changes what the rules answer in a rehearsal that is under way does it here, and no matching is decided by two.
pub fn rehearse_watched(
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
    house: House<'_>,
    before_act: &mut dyn FnMut(&Run),
) -> Result<Rehearsed, RehearseError> {
    lived(MemoryStage::new(bundle, house).watched_by(before_act), bundle, plan, seed).map(|(rehearsed, _)| rehearsed)
}

/// Lives a plan on a stage.
fn lived(
    stage: MemoryStage<'_>,
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
) -> Result<(Rehearsed, Vec<(Timestamp, Response)>), RehearseError> {
    let (mut stage, mut company, start) = begun(stage, bundle, plan, seed)?;
    let last = match live(&mut stage, &mut company, start, None) {
        Ok(last) => last,
        Err(never) => match never {},
    };
    Ok(ended(stage, company, bundle, last))
}

/// Starts a run of a plan on a stage: the run, its people and the moment.
fn begun<'a>(
    stage: MemoryStage<'a>,
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
) -> Result<(MemoryStage<'a>, Company, Timestamp), RehearseError> {
    let zone = TimeZone::get(&bundle.programme.time_zone).unwrap_or(TimeZone::UTC);
    let start = plan.starts.at(9, 0, 0, 0).to_zoned(zone.clone());
    let start = start.map_err(|error| RehearseError::Date(plan.starts, error.to_string()))?.timestamp();
    let cast = invent(&plan.cohort, &bundle.programme, seed);
    let alumni = invent_alumni(&plan.cohort, seed);
    let mut stage = stage.with_alumni(&alumni);
    let roles: Vec<_> = alumni.iter().map(|alumnus| alumnus.role).collect();
    // Whoever has alumni comes after a run that nobody rehearses.
    let renews = (!roles.is_empty()).then(|| Renewal { run: RunId::from_bits(!u128::from(seed)), alumni: roles });
    let settings = Value::Map(plan.settings.clone());
    let input = Input::Start(StartRun {
        run: RunId::from_bits(u128::from(seed)),
        client: "rehearsal".into(),
        settings,
        time_zone: None,
        seed,
        renews,
    });
    let company = Company::new(cast, plan.personas.clone(), bundle.surveys.clone(), zone, seed);
    let mut company = company.with_diary(&bundle.programme.diary).with_verbs(&bundle.verbs).living_through(plan);
    let events = match stage.act(start, &Act::Input(input)) {
        Ok(decided) => decided?,
        Err(never) => match never {},
    };
    for event in &events {
        company.react(stage.run(), start, event);
    }
    Ok((stage, company, start))
}

/// Takes a rehearsal off its stage when it is over, with what people answered if that was kept.
fn ended(
    mut stage: MemoryStage<'_>,
    company: Company,
    bundle: &Bundle,
    ended: Timestamp,
) -> (Rehearsed, Vec<(Timestamp, Response)>) {
    let responses = stage.take_answers();
    let (run, events, people) = stage.into_parts();
    let Told { refused, not_done } = company.into_told(&run);
    let refusals = refused.iter().map(|(_, refusal)| refusal.to_string()).collect();
    let titles = Titles::of(&bundle.programme.sessions, &bundle.surveys);
    (Rehearsed { run, events, people, titles, ended, refusals, refused, not_done }, responses)
}
