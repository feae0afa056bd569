//! How often a pair meets, from the times between meetings: pairs keep a rhythm, which says more than how many there were.

use super::rate::{MONTH_DAYS, Rate, real};
use crate::run::{Pair, Run};
use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;
use turnabout_model::PairId;
use turnabout_statistics::mean;

/// With fewer meetings than this the times between them tell nothing of how much they differ.
pub(super) const FEW: usize = 10;

/// So many groups of pairs are left out in turn, at most.
const GROUPS: usize = 40;

/// Pairs of which fewer are left out one by one say too little of how much pairs differ.
const FEWEST_PAIRS: usize = 5;

/// A time without a meeting, in days, pauses left out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gap {
    days: f64,
    /// Whether a meeting ended it, or it still goes on.
    over: bool,
}

/// How often a pair meets in a month; `assumed` if nothing tells.
///
/// With enough meetings the rate is that of one by the mean time between two. That time is the area under the product-limit
/// estimate over the gaps of all pairs, those that still go on cut off on the right (Peña, Strawderman and Hollander 2001,
/// "Nonparametric estimation with recurrent event data", Journal of the American Statistical Association 96). Where the longest
/// still goes on, nobody knows its end: the estimate lies in the middle between one that ends now (Efron 1967, "The two sample
/// problem with censored data", Fifth Berkeley Symposium) and one with an exponential tail (Brown, Hollander and Korwar 1974,
/// in "Reliability and biometry"), and the interval spans those of both. An interval is Student's of its logarithm over the
/// jackknife's pseudo-values, groups of pairs left out in turn (Tukey 1958; Miller 1974, "The jackknife: a review", Biometrika
/// 61): so pairs may differ among each other. Meetings by the time that passed would be too few, since every pair is between
/// two meetings, and a Poisson interval too wide, since meetings that keep a rhythm vary by less.
///
/// With few meetings it is meetings by time, with the interval of a Poisson rate.
pub(super) fn meetings(run: &Run, now: Timestamp, assumed: f64) -> Rate {
    let mut met: FxHashMap<PairId, Vec<Timestamp>> = FxHashMap::default();
    for meeting in run.meetings.iter().filter(|meeting| meeting.took_place) {
        met.entry(meeting.pair).or_default().push(meeting.on);
    }
    let of = |pair: &Pair| gaps(run, pair, met.remove(&pair.id).unwrap_or_default(), now);
    let pairs: Vec<Vec<Gap>> = run.pairs.iter().map(of).collect();
    let met = pairs.iter().flatten().filter(|gap| gap.over).count();
    let together: f64 = pairs.iter().flatten().map(|gap| gap.days).sum();
    let counted = Rate::monthly(met, together / MONTH_DAYS, assumed);
    match (counted.ci95, by_rhythm(&pairs)) {
        (Some(_), Some((value, ci95))) if met >= FEW => Rate { value, ci95: Some(ci95), ..counted },
        _ => counted,
    }
}

/// The times without a meeting of a pair. When a pair ended is not kept: it counts until its last meeting.
fn gaps(run: &Run, pair: &Pair, mut met: Vec<Timestamp>, now: Timestamp) -> Vec<Gap> {
    met.sort_unstable();
    let mut before = pair.formed;
    let mut gap = |until: Timestamp, over: bool| {
        let days = days(run.lasted(before, until));
        before = before.max(until);
        Gap { days, over }
    };
    let mut gaps: Vec<Gap> = met.into_iter().map(|on| gap(on, true)).collect();
    if pair.ended.is_none() {
        gaps.push(gap(now, false));
    }
    gaps
}

fn days(lasted: SignedDuration) -> f64 {
    lasted.as_secs_f64().max(0.0) / 86_400.0
}

/// How a gap ends that is longer than all that are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Now.
    Ends,
    /// At the rate at which gaps have ended so far.
    Exponential,
}

/// The rate by month with its interval of 95 %; nothing if there are too few pairs, or their gaps do not tell it.
fn by_rhythm(pairs: &[Vec<Gap>]) -> Option<(f64, [f64; 2])> {
    let (short, half) = log_mean(pairs, Tail::Ends)?;
    let (long, other) = log_mean(pairs, Tail::Exponential)?;
    let by_month = |log: f64| MONTH_DAYS / log.exp();
    let (shortest, longest) = ((short - half).min(long - other), (short + half).max(long + other));
    Some((by_month(f64::midpoint(short, long)), [by_month(longest), by_month(shortest)]))
}

/// The logarithm of the mean gap in days, and half of its interval of 95 %.
fn log_mean(pairs: &[Vec<Gap>], tail: Tail) -> Option<(f64, f64)> {
    let pairs: Vec<&Vec<Gap>> = pairs.iter().filter(|gaps| !gaps.is_empty()).collect();
    if pairs.len() < FEWEST_PAIRS {
        return None;
    }
    let groups = pairs.len().min(GROUPS);
    let log = |without: Option<usize>| {
        let kept = pairs.iter().enumerate().filter(|(place, _)| Some(place % groups) != without);
        mean_gap(kept.flat_map(|(_, gaps)| gaps.iter().copied()).collect(), tail).map(f64::ln)
    };
    let all = log(None)?;
    let pseudo = |group| Some(real(groups) * all - real(groups - 1) * log(Some(group))?);
    let pseudo: Vec<f64> = (0..groups).map(pseudo).collect::<Option<_>>()?;
    let interval = mean(&pseudo).ok()?.ci95?;
    Some((all, (interval.upper - interval.lower) / 2.0))
}

/// The mean of gaps some of which still go on, in days; nothing if none is over or they take no time.
fn mean_gap(mut gaps: Vec<Gap>, tail: Tail) -> Option<f64> {
    // Of two that are as long, the one that is over comes first.
    gaps.sort_unstable_by(|one, two| one.days.total_cmp(&two.days).then(two.over.cmp(&one.over)));
    let (mut left, mut lasting, mut reached, mut area) = (gaps.len(), 1.0, 0.0, 0.0);
    for gap in &gaps {
        area += lasting * (gap.days - reached);
        reached = gap.days;
        if gap.over {
            lasting *= 1.0 - 1.0 / real(left);
        }
        left -= 1;
    }
    if lasting >= 1.0 {
        return None;
    }
    if lasting > 0.0 && tail == Tail::Exponential {
        area += lasting * reached / -f64::ln(lasting);
    }
    (area > 0.0).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_gaps_is_found_whether_or_not_the_last_are_over() {
        let over = |days: f64| Gap { days, over: true };
        let open = |days: f64| Gap { days, over: false };
        for (gaps, expect) in [
            (vec![], None),
            (vec![open(9.0)], None),
            (vec![over(0.0), over(0.0)], None),
            (vec![over(20.0), over(40.0)], Some(30.0)),
            // A gap that has only begun tells nothing.
            (vec![over(20.0), over(40.0), open(5.0)], Some(30.0)),
            // One of which half is over: after the first it lasts 20 more.
            (vec![over(20.0), open(30.0), over(40.0)], Some(20.0 + 2.0 / 3.0 * 20.0)),
            // An exponential tail: a half is left after 20 days.
            (vec![over(10.0), open(20.0)], Some(10.0 + 0.5 * 10.0 + 0.5 * 20.0 / 2_f64.ln())),
        ] {
            let found = mean_gap(gaps.clone(), Tail::Exponential);
            let near = |found: f64| expect.is_some_and(|expect: f64| (found - expect).abs() < 1e-9);
            assert!(found.map_or(expect.is_none(), near), "{gaps:?}: {found:?} is not {expect:?}");
        }
        assert_eq!(mean_gap(vec![over(10.0), open(20.0)], Tail::Ends), Some(15.0));
    }

    #[test]
    fn pairs_that_do_not_differ_at_all_or_are_few_have_no_interval_of_their_own() {
        let pair = |days: f64| vec![Gap { days, over: true }, Gap { days, over: true }];
        assert_eq!(by_rhythm(&[pair(20.0), pair(30.0), pair(40.0), pair(30.0)]), None);
        assert_eq!(by_rhythm(&vec![pair(30.0); 8]), None);
        let (rate, [lower, upper]) = by_rhythm(&[pair(20.0), pair(30.0), pair(40.0), pair(25.0), pair(35.0)]).unwrap();
        assert!((rate - MONTH_DAYS / 30.0).abs() < 1e-9 && lower < rate && rate < upper, "{lower} {rate} {upper}");
    }
}
