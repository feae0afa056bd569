//! Forecasts: a live run goes on in memory from where it stands, with personas fitted from how its people have behaved.
//!
//! Each forecast draws its rates anew from what is known of them, so the spread has both kinds of doubt in it: how people
//! happen to act, and how little is known of how likely they do. Nothing is ever written.

mod calendar;
mod fit;
mod history;
mod rate;
mod rhythm;
mod spread;

pub use calendar::{Month, Week};
pub use fit::{Fitted, fit};
pub use history::{Delay, History};
pub use rate::Rate;
pub use spread::{Figure, Forecast, Spread, Wave};

use crate::{
    bundle::Bundle,
    decide::Records,
    rehearse::{Company, House, MemoryStage, live},
    run::Run,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use turnabout_model::{Event, Personas};

/// What a forecast is made of.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The run as it stands.
    pub run: &'a Run,
    /// The bundle that it goes on under.
    pub bundle: &'a Bundle,
    /// What its journal tells besides.
    pub history: &'a History,
    /// What happened just now, at its amendment: tasks among it count as to come.
    pub at_once: &'a [Event],
    /// Its people, for rules that look at them. Nothing of them gets out.
    pub records: &'a dyn Records,
    /// Rules and limits.
    pub house: House<'a>,
    /// From when.
    pub now: Timestamp,
    /// How many times it goes on.
    pub times: u32,
    /// The same seed gives the same forecast.
    pub seed: u64,
    /// Asked before each way on: whether there is time for it. The core has no clock.
    pub has_time: &'a dyn Fn() -> bool,
}

/// There was no time for all the ways on that a forecast asked for. A forecast of fewer would be another one, so there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there was time for {made} of {times} ways on")]
pub struct OutOfTime {
    /// How many there was time for.
    pub made: u32,
    /// How many were asked for.
    pub times: u32,
}

/// One way on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    /// When the run was over, if it was.
    pub(crate) ended: Option<Timestamp>,
    /// How many meetings there were in all.
    pub(crate) meetings: usize,
    /// How many pairs there were in all that did not end before their time.
    pub(crate) pairs: usize,
    /// What was asked from now on or is open: the survey, which sending of it, how many were asked and how many answered.
    pub(crate) waves: Vec<(smol_str::SmolStr, usize, usize, usize)>,
    /// How many tasks were opened for the coordinator.
    pub(crate) tasks: usize,
    /// How many weeks it went on.
    pub(crate) weeks: f64,
    /// Whether a part of the script could not go on.
    pub(crate) parked: bool,
    /// When meetings, sessions and tasks to come are.
    pub(crate) days: calendar::Days,
}

/// How the people of a run behave: what was counted, and what is assumed of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour {
    assumed: Personas,
    fitted: Fitted,
}

impl Behaviour {
    /// How they have behaved so far.
    pub fn of(ask: Ask<'_>) -> Self {
        let assumed = assumed(ask.bundle);
        Self { fitted: fit(ask.run, ask.history, ask.now, &assumed), assumed }
    }
}

/// Where a run goes as it stands, and where it goes once it is amended: from the same seeds, with the same behaviour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// As it stands.
    pub before: Forecast,
    /// Amended.
    pub after: Forecast,
}

/// Forecasts a run. The same run, bundle, moment and seed give the same forecast, or none if there was no time for it.
pub fn forecast(ask: Ask<'_>) -> Result<Forecast, OutOfTime> {
    forecast_as(ask, &Behaviour::of(ask))
}

/// Forecasts a run as it stands and as `after` has it, with the behaviour of its people as it stands.
pub fn compare(before: Ask<'_>, after: Ask<'_>) -> Result<Compared, OutOfTime> {
    let behaviour = Behaviour::of(before);
    Ok(Compared { before: forecast_as(before, &behaviour)?, after: forecast_as(after, &behaviour)? })
}

fn forecast_as(ask: Ask<'_>, behaviour: &Behaviour) -> Result<Forecast, OutOfTime> {
    let Behaviour { assumed, fitted } = behaviour;
    let mut ways = Vec::new();
    if !ask.run.is_over() {
        for number in 0..ask.times {
            if !(ask.has_time)() {
                return Err(OutOfTime { made: number, times: ask.times });
            }
            let seed = ask.seed.wrapping_add(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            ways.push(one(ask, fitted.draw(assumed, seed), seed));
        }
    }
    Ok(Forecast::of(ask, fitted.clone(), &ways))
}

/// How people behave before anything is known of them: as in the template's first rehearsal.
fn assumed(bundle: &Bundle) -> Personas {
    bundle.usual_rehearsal().map_or_else(Personas::default, |(_, plan)| plan.personas.clone())
}

/// Lets the run go on once.
fn one(ask: Ask<'_>, personas: Personas, seed: u64) -> Way {
    let mut stage = MemoryStage::new(ask.bundle, ask.house).going_on(ask.run.clone(), ask.records);
    let mut company = Company::new(Vec::new(), personas, ask.bundle.surveys.clone(), ask.run.zone.clone(), seed);
    company = company.with_diary(&ask.bundle.programme.diary).with_verbs(&ask.bundle.verbs);
    company.take_up(ask.run, ask.now);
    let last = match live(&mut stage, &mut company, ask.now, None) {
        Ok(last) => last,
        Err(never) => match never {},
    };
    let (run, lived, _) = stage.into_parts();
    let at_once = ask.at_once.iter().map(|event| (ask.now, event.clone()));
    let events: Vec<(Timestamp, Event)> = at_once.chain(lived).collect();
    let tasks = events.iter().filter(|(_, event)| matches!(event, Event::TaskOpened { .. })).count();
    let kept = |pair: &&crate::run::Pair| pair.ended.as_deref().is_none_or(|reason| reason == "completed");
    let went_on = last.duration_since(ask.now).max(SignedDuration::from_hours(24));
    let waves = run.waves.iter().enumerate().filter(|(place, wave)| {
        *place >= ask.run.waves.len() || ask.run.wave(wave.id).is_some_and(|before| before.open)
    });
    let waves = waves.map(|(place, wave)| {
        let nth = run.waves[..place].iter().filter(|other| other.survey == wave.survey).count() + 1;
        (wave.survey.clone(), nth, wave.audience.len(), wave.responded.len())
    });
    let days = calendar::Days::of(ask, &run, &events);
    Way {
        days,
        ended: run.ended,
        meetings: run.meetings.iter().filter(|meeting| meeting.took_place).count(),
        pairs: run.pairs.iter().filter(kept).count(),
        waves: waves.collect(),
        tasks,
        weeks: went_on.as_secs_f64() / (7.0 * 86_400.0),
        parked: run.journeys.iter().any(|journey| journey.problem().is_some()),
    }
}
