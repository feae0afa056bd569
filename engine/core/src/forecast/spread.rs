//! What many ways on have in common: figures as 10, 50 and 90 of a hundred forecasts have them.

use super::{
    Ask, Fitted, Month, Way, Week,
    calendar::{months, weeks},
};
use crate::run::Pause;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A figure in many forecasts: a tenth of them have no more than `p10`, half no more than `p50`, nine tenths no more than
/// `p90`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Figure<T> {
    /// A tenth have no more.
    pub p10: T,
    /// Half have no more.
    pub p50: T,
    /// Nine tenths have no more.
    pub p90: T,
}

/// The figure of a list; nothing of an empty one.
pub type Spread<T> = Option<Figure<T>>;

/// A survey that is open or still to come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wave {
    /// The survey.
    pub survey: SmolStr,
    /// The how-manieth sending of it, from 1.
    pub sending: usize,
    /// In how many of the forecasts it was sent.
    pub forecasts: usize,
    /// How many are asked.
    pub invited: Spread<usize>,
    /// How many answer.
    pub responses: Spread<usize>,
}

/// Where a run is going.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// From when.
    pub from: Timestamp,
    /// How many times it went on.
    pub times: u32,
    /// The seed.
    pub seed: u64,
    /// When the run ended, if it is over: then nothing is forecast.
    pub over: Option<Timestamp>,
    /// The pauses that it had so far, with the one that it is in.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// How people have behaved so far.
    pub fitted: Fitted,
    /// Whether any rate rests on little or nothing, so that the forecast rests on what was assumed.
    pub little_data: bool,
    /// In how many forecasts the programme came to its end.
    pub finished: usize,
    /// In how many forecasts a part of the script could not go on.
    pub parked: usize,
    /// When it ends, where it does.
    pub ends: Spread<Timestamp>,
    /// How many meetings there will have been, those of before too.
    pub meetings: Spread<usize>,
    /// How many pairs there will have been that did not end before their time.
    pub pairs: Spread<usize>,
    /// How many tasks a week the coordinator gets.
    pub tasks_per_week: Spread<f64>,
    /// Surveys that are open or still to come.
    pub waves: Vec<Wave>,
    /// The months of the run: what was held, what is planned, what is forecast.
    pub months: Vec<Month>,
    /// The weeks to come, from the first with a task to the last.
    pub weeks: Vec<Week>,
}

/// A sending in many ways on: its latest place among the waves, how many were asked, how many answered.
type Sent = (usize, Vec<usize>, Vec<usize>);

/// The figure of a list, each by the nearest rank.
pub(super) fn spread<T: Copy>(mut all: Vec<T>, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Spread<T> {
    all.sort_by(order);
    let rank = |percent: usize| all.get((all.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    Some(Figure { p10: rank(10)?, p50: rank(50)?, p90: rank(90)? })
}

impl Forecast {
    pub(super) fn of(ask: Ask<'_>, fitted: Fitted, ways: &[Way]) -> Self {
        let mut waves: BTreeMap<(SmolStr, usize), Sent> = BTreeMap::new();
        for (place, (survey, nth, invited, responses)) in ways.iter().flat_map(|way| way.waves.iter().enumerate()) {
            let (first, all, given) = waves.entry((survey.clone(), *nth)).or_default();
            // In the order in which they are sent, as far as the ways agree.
            *first = place.max(*first);
            all.push(*invited);
            given.push(*responses);
        }
        let mut waves: Vec<_> = waves.into_iter().collect();
        waves.sort_by_key(|(_, (place, ..))| *place);
        let rates = [&fitted.response, &fitted.attendance, &fitted.meetings, &fitted.withdrawal];
        let little_data = rates.iter().any(|rate| rate.little) || fitted.answer_delay.little;
        Self {
            from: ask.now,
            times: ask.times,
            seed: ask.seed,
            over: ask.run.ended,
            pauses: ask.run.pauses().cloned().collect(),
            little_data,
            fitted,
            finished: ways.iter().filter(|way| way.ended.is_some()).count(),
            parked: ways.iter().filter(|way| way.parked).count(),
            ends: spread(ways.iter().filter_map(|way| way.ended).collect(), Ord::cmp),
            meetings: spread(ways.iter().map(|way| way.meetings).collect(), Ord::cmp),
            pairs: spread(ways.iter().map(|way| way.pairs).collect(), Ord::cmp),
            months: if ask.run.is_over() { Vec::new() } else { months(ask, ways) },
            weeks: weeks(ways),
            tasks_per_week: spread(ways.iter().map(per_week).collect(), f64::total_cmp),
            waves: waves
                .into_iter()
                .map(|((survey, sending), (_, invited, responses))| Wave {
                    survey,
                    sending,
                    forecasts: invited.len(),
                    invited: spread(invited, Ord::cmp),
                    responses: spread(responses, Ord::cmp),
                })
                .collect(),
        }
    }
}

fn per_week(way: &Way) -> f64 {
    u32::try_from(way.tasks).map_or(f64::INFINITY, f64::from) / way.weeks.max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_what_so_many_of_a_hundred_have() {
        let figure = spread((1..=100).rev().collect(), Ord::cmp).unwrap();
        assert_eq!((figure.p10, figure.p50, figure.p90), (10, 50, 90));
        assert_eq!(spread(vec![7], Ord::cmp), Some(Figure { p10: 7, p50: 7, p90: 7 }));
        assert_eq!(spread(Vec::<u8>::new(), Ord::cmp), None);
    }
}
