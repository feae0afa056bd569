//! Forecasts: a live run goes on in memory from where it stands, with personas fitted from how its people have behaved.
//!
//! Each forecast draws its rates anew from what is known of them, so the spread has both kinds of doubt in it: how people
//! happen to act, and how little is known of how likely they do. Nothing is ever written.

mod fit;
mod spread;

pub use fit::{Fitted, Rate, fit};
pub use spread::{Figure, Forecast, Spread, Wave};

use crate::{
    bundle::Bundle,
    decide::Records,
    rehearse::{Company, House, MemoryStage, live},
    run::Run,
};
use jiff::{SignedDuration, Timestamp};
use turnabout_model::{Event, Personas};

/// What a forecast is made of.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The run as it stands.
    pub run: &'a Run,
    /// The bundle that it goes on under.
    pub bundle: &'a Bundle,
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
}

/// Forecasts a run. The same run, bundle, moment and seed give the same forecast.
pub fn forecast(ask: Ask<'_>) -> Forecast {
    let assumed = assumed(ask.bundle);
    let fitted = fit(ask.run, ask.now, &assumed);
    let mut ways = Vec::new();
    if !ask.run.is_over() {
        for number in 0..u64::from(ask.times) {
            let seed = ask.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            ways.push(one(ask, fitted.draw(&assumed, seed), seed));
        }
    }
    Forecast::of(ask, fitted, &ways)
}

/// How people behave before anything is known of them: as in the template's first rehearsal.
fn assumed(bundle: &Bundle) -> Personas {
    bundle.rehearsals.values().next().map_or_else(Personas::default, |plan| plan.personas.clone())
}

/// Lets the run go on once.
fn one(ask: Ask<'_>, personas: Personas, seed: u64) -> Way {
    let mut stage = MemoryStage::new(ask.bundle, ask.house).going_on(ask.run.clone(), ask.records);
    let mut company = Company::new(Vec::new(), personas, ask.bundle.surveys.clone(), ask.run.zone.clone(), seed);
    company.take_up(ask.run, ask.now);
    let last = match live(&mut stage, &mut company, ask.now, None) {
        Ok(last) => last,
        Err(never) => match never {},
    };
    let (run, events, _) = stage.into_parts();
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
    Way {
        ended: run.ended,
        meetings: run.meetings.iter().filter(|meeting| meeting.took_place).count(),
        pairs: run.pairs.iter().filter(kept).count(),
        waves: waves.collect(),
        tasks,
        weeks: went_on.as_secs_f64() / (7.0 * 86_400.0),
        parked: run.journeys.iter().any(|journey| journey.problem().is_some()),
    }
}
