//! The little of a rehearsal that a report on many needs.

use super::{PairStory, Risk, pairs::pairs};
use crate::html::words;
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;
use turnabout_core::{
    rehearse::{Outcome, Rehearsed, Verdict},
    run::RunStatus,
};

/// An expectation in one rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The expectation's sentence.
    pub say: SmolStr,
    /// Whether it was met.
    pub met: bool,
}

/// One rehearsal of many, in some hundred bytes: a thousand full ones would not fit in memory.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The template's name.
    pub template: SmolStr,
    /// The seed: it gives the whole rehearsal again.
    pub seed: u64,
    /// Whether the programme came to its end.
    pub finished: bool,
    /// The local date on which it started.
    pub starts: Date,
    /// The local date on which it ended, or stopped.
    pub ends: Date,
    /// How many pairs were formed.
    pub pairs: u32,
    /// How many of them met at least once for each full month that they lasted.
    pub monthly_pairs: u32,
    /// How many of them did not meet for longer than eight weeks, or never.
    pub pairs_at_risk: u32,
    /// How many meetings took place.
    pub meetings: u32,
    /// The months that all pairs lasted, together.
    pub pair_months: f64,
    /// The local date of the first meeting.
    pub first_meeting: Option<Date>,
    /// How many messages were sent.
    pub messages: u32,
    /// How many withdrew.
    pub withdrawals: u32,
    /// How many journeys are parked.
    pub parked: u32,
    /// The expectations in order.
    pub expectations: Box<[Kept]>,
}

impl Summary {
    /// Sums a rehearsal up.
    pub fn of(rehearsed: &Rehearsed, verdicts: &[Verdict]) -> Self {
        let Rehearsed { run, events, ended, .. } = rehearsed;
        let outcome = Outcome::of(rehearsed);
        let pairs = pairs(run, events, run.ended.unwrap_or(*ended));
        let such = |is: &dyn Fn(&PairStory) -> bool| small(pairs.iter().filter(|pair| is(pair)).count());
        Self {
            template: run.template.clone(),
            seed: run.seed,
            finished: run.status() == RunStatus::Finished,
            starts: words::date(outcome.starts, &run.zone),
            ends: words::date(outcome.ends, &run.zone),
            pairs: small(pairs.len()),
            monthly_pairs: such(&PairStory::monthly),
            pairs_at_risk: such(&|pair| matches!(pair.risk, Some(Risk::NeverMet | Risk::Silent))),
            meetings: small(outcome.meetings),
            pair_months: pairs.iter().map(PairStory::months).sum(),
            first_meeting: outcome.first_meeting.map(|at| words::date(at, &run.zone)),
            messages: small(outcome.messages),
            withdrawals: small(outcome.withdrawals),
            parked: small(outcome.problems.len()),
            expectations: verdicts.iter().map(|v| Kept { say: v.say.as_str().into(), met: v.met }).collect(),
        }
    }

    /// Tells whether there were pairs and every one met at least once for each full month that it lasted.
    pub fn keeps_every_pair_monthly(&self) -> bool {
        self.pairs > 0 && self.monthly_pairs == self.pairs
    }

    /// The meetings per pair and month, if any pair lasted at all.
    pub fn meetings_per_pair_and_month(&self) -> Option<f64> {
        (self.pair_months > 0.0).then(|| f64::from(self.meetings) / self.pair_months)
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
