//! Many rehearsals, counted.

use super::{Measure, Spread, Summary};
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

/// In how many rehearsals an expectation was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpectationShare {
    /// The expectation's sentence.
    pub say: SmolStr,
    /// How many met it.
    pub met: usize,
    /// The seed of the first rehearsal that did not, to look at it.
    pub first_missed: Option<u64>,
}

/// What many rehearsals of one template came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ManyReport {
    /// The template's name.
    pub template: SmolStr,
    /// How many rehearsals.
    pub rehearsals: usize,
    /// The first seed and the last.
    pub seeds: Option<(u64, u64)>,
    /// The local date on which the first of them starts.
    pub starts: Option<Date>,
    /// How many came to their end.
    pub finished: usize,
    /// How many have a journey that is parked.
    pub parked: usize,
    /// How many kept every pair meeting monthly on average: at least one meeting for each full month that it lasted.
    pub monthly: usize,
    /// How many left no pair without a meeting for longer than eight weeks.
    pub never_silent: usize,
    /// How the measures are spread.
    pub spreads: Vec<Spread>,
    /// The expectations in order.
    pub expectations: Vec<ExpectationShare>,
}

impl ManyReport {
    /// Counts rehearsals of one template.
    pub fn of(summaries: &[Summary]) -> Self {
        let such = |is: &dyn Fn(&Summary) -> bool| summaries.iter().filter(|summary| is(summary)).count();
        let seeds = summaries.iter().map(|summary| summary.seed);
        Self {
            template: summaries.first().map(|summary| summary.template.clone()).unwrap_or_default(),
            rehearsals: summaries.len(),
            seeds: seeds.clone().min().zip(seeds.max()),
            starts: summaries.iter().map(|summary| summary.starts).min(),
            finished: such(&|summary| summary.finished),
            parked: such(&|summary| summary.parked > 0),
            monthly: such(&Summary::keeps_every_pair_monthly),
            never_silent: such(&|summary| summary.pairs > 0 && summary.pairs_at_risk == 0),
            spreads: spreads(summaries),
            expectations: expectations(summaries),
        }
    }
}

fn spreads(summaries: &[Summary]) -> Vec<Spread> {
    let spread = |measure, value: &dyn Fn(&Summary) -> Option<f64>| {
        Spread::of(measure, summaries.iter().filter_map(value).collect())
    };
    let spreads = [
        spread(Measure::Pairs, &|s| Some(s.pairs.into())),
        spread(Measure::Meetings, &|s| Some(s.meetings.into())),
        spread(Measure::MeetingsPerPairAndMonth, &Summary::meetings_per_pair_and_month),
        spread(Measure::FirstMeetingDay, &|s| Some(f64::from(s.starts.until(s.first_meeting?).ok()?.get_days()))),
        spread(Measure::Messages, &|s| Some(s.messages.into())),
        spread(Measure::Withdrawals, &|s| Some(s.withdrawals.into())),
    ];
    spreads.into_iter().flatten().collect()
}

fn expectations(summaries: &[Summary]) -> Vec<ExpectationShare> {
    // All rehearsals are of one plan, so the first has every expectation, in order.
    let Some(first) = summaries.first() else { return Vec::new() };
    let shares = first.expectations.iter().enumerate().map(|(place, kept)| {
        let met = |summary: &&Summary| summary.expectations.get(place).is_some_and(|kept| kept.met);
        ExpectationShare {
            say: kept.say.clone(),
            met: summaries.iter().filter(met).count(),
            first_missed: summaries.iter().find(|summary| !met(summary)).map(|summary| summary.seed),
        }
    });
    shares.collect()
}
