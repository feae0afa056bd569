//! Seeded draws. The generator's stream is specified, so a seed means the same for ever.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use turnabout_model::Period;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A seeded stream of draws.
#[derive(Debug, Clone)]
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    /// A stream of its own for each purpose, so that one more draw here does not shift another there.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(purpose);
        Self(generator)
    }

    /// The stream of one thing of a kind: a person, a pair. Kinds that are added later shift none of them.
    pub(super) fn of(seed: u64, kind: &str, thing: u32) -> Self {
        Self::new(seed, xxh3_64_with_seed(kind.as_bytes(), thing.into()))
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // 53 bits fit a double exactly
        let numerator = (self.0.next_u64() >> 11) as f64;
        numerator / 9_007_199_254_740_992.0
    }

    /// True with a probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number that is normally distributed, nearly: the sum of twelve draws less six has mean 0 and standard deviation 1,
    /// and unlike logarithms and cosines it is the same on every machine.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A whole number below `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        #[allow(clippy::cast_possible_truncation)] // the remainder is below `end`
        let drawn = (self.0.next_u64() % end.max(1) as u64) as usize;
        drawn
    }

    /// Shuffles in place.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A moment after `from`: the delay is exponential with this mean, at least a minute and at most four means.
    pub(super) fn after(&mut self, from: Timestamp, mean: Period, zone: &TimeZone) -> Timestamp {
        let share = (-(1.0 - self.unit()).ln()).min(4.0);
        scaled(from, mean, share, zone)
    }

    /// A moment between `from` and `until`: the delay is exponential with this mean, and less than what lies between.
    pub(super) fn before(&mut self, from: Timestamp, mean: Period, until: Timestamp, zone: &TimeZone) -> Timestamp {
        let within = done_by(from, until, mean, zone);
        scaled(from, mean, -(1.0 - self.unit() * within).ln(), zone)
    }

    /// How likely something still happens that has not: with `rate` it happens between the first and the last moment, after
    /// a delay as of [`Self::before`], and it is the second moment now (Bayes' rule).
    pub(super) fn still(
        rate: f64,
        mean: Period,
        (from, now, until): (Timestamp, Timestamp, Timestamp),
        zone: &TimeZone,
    ) -> f64 {
        let all = done_by(from, until, mean, zone);
        let by_now = if all > 0.0 { (done_by(from, now, mean, zone) / all).clamp(0.0, 1.0) } else { 1.0 };
        let left = 1.0 - rate * by_now;
        if left > 0.0 { rate * (1.0 - by_now) / left } else { 0.0 }
    }

    /// A moment after `from`: the period, stretched or shortened by up to `jitter` of itself.
    pub(super) fn about(&mut self, from: Timestamp, period: Period, jitter: f64, zone: &TimeZone) -> Timestamp {
        let share = 1.0 + jitter * (2.0 * self.unit() - 1.0);
        scaled(from, period, share, zone)
    }

    /// A moment at which something with a monthly probability first happens; nothing within ten years.
    pub(super) fn first(&mut self, from: Timestamp, monthly: f64) -> Option<Timestamp> {
        let drawn = -(1.0 - self.unit()).ln();
        if monthly <= 0.0 {
            return None;
        }
        let months = drawn / -(1.0 - monthly.min(0.999_999)).ln();
        (months < 120.0).then(|| from + SignedDuration::from_secs_f64(months * 30.44 * 86_400.0))
    }
}

/// How likely an exponential delay of this mean is over by a moment.
fn done_by(from: Timestamp, by: Timestamp, mean: Period, zone: &TimeZone) -> f64 {
    let mean = scaled(from, mean, 1.0, zone).duration_since(from).as_secs_f64();
    1.0 - (-by.duration_since(from).as_secs_f64().max(0.0) / mean).exp()
}

/// A share of a period after a moment, by the clock, to the minute.
fn scaled(from: Timestamp, period: Period, share: f64, zone: &TimeZone) -> Timestamp {
    let whole = if period.months == 0 {
        SignedDuration::from_secs(i64::from(period.days) * 86_400 + period.seconds)
    } else {
        period.after(from, zone).duration_since(from)
    };
    let minutes = (whole.as_secs_f64() * share / 60.0).round().max(1.0);
    from.checked_add(SignedDuration::from_secs_f64(minutes * 60.0)).unwrap_or(Timestamp::MAX)
}
