//! How people have behaved so far: rates out of a run, with honest intervals, and draws of what they may be.

use super::{
    history::{Delay, History},
    rate::{MONTH_DAYS, Rate, Z, real},
    rhythm,
};
use crate::{rehearse::Draw, run::Run};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use turnabout_model::{ParticipantStatus, Period, Personas, SessionStatus};

/// How people have behaved in a run so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    /// How likely a person answers a survey: from closed waves.
    pub response: Rate,
    /// How likely an invited person comes to a session: from sessions that were held.
    pub attendance: Rate,
    /// How likely a planned session is called off.
    pub cancellation: Rate,
    /// How likely a person signs: from agreements that closed.
    pub signing: Rate,
    /// How often a pair meets in a month.
    pub meetings: Rate,
    /// How likely a participant withdraws in a month.
    pub withdrawal: Rate,
    /// How likely an application is declined.
    pub declined: Rate,
    /// How long an answer takes.
    pub answer_delay: Delay,
}

fn months(lasted: SignedDuration) -> f64 {
    lasted.as_secs_f64().max(0.0) / 86_400.0 / MONTH_DAYS
}

/// Counts how people have behaved, from the run as it stands and from what its journal tells besides. What nobody has had
/// occasion for is as the personas assume.
pub fn fit(run: &Run, history: &History, now: Timestamp, assumed: &Personas) -> Fitted {
    let closed = || run.waves.iter().filter(|wave| !wave.open);
    let held = || run.sessions.iter().filter(|session| session.status == SessionStatus::Held);
    let cancelled = run.sessions.iter().filter(|session| session.status == SessionStatus::Cancelled).count();
    let agreed = || run.agreements.iter().filter(|agreement| !agreement.open);
    let standing = |status| run.participants.values().filter(|p| p.status == status && !p.only_alumnus).count();
    let left = standing(ParticipantStatus::Withdrawn);
    // Whoever left was there for about half of the time.
    let there = real(standing(ParticipantStatus::Accepted)) + real(left) / 2.0;
    let every = assumed.meets_every;
    let by_month = MONTH_DAYS / days(every).max(1.0);
    Fitted {
        response: Rate::share(
            closed().map(|wave| wave.responded.len()).sum(),
            closed().map(|wave| wave.audience.len()).sum(),
            assumed.response_rate,
        ),
        attendance: Rate::share(
            held().map(|session| session.attended.len().min(session.plan.audience.len())).sum(),
            held().map(|session| session.plan.audience.len()).sum(),
            assumed.attendance,
        ),
        cancellation: Rate::share(cancelled, held().count() + cancelled, assumed.cancellation_rate),
        signing: Rate::share(
            agreed().map(|agreement| agreement.signed.len()).sum(),
            agreed().map(|agreement| agreement.between.len()).sum(),
            assumed.signs.unwrap_or(assumed.response_rate),
        ),
        meetings: rhythm::meetings(run, now, by_month),
        // People leave in a pause as well.
        withdrawal: Rate::monthly(left, there * months(now.duration_since(run.started)), assumed.withdrawal_rate),
        declined: Rate::share(history.declined, history.declined + history.taken, assumed.decline_rate),
        answer_delay: history.delay(run, now, days(assumed.response_delay)),
    }
}

fn days(period: Period) -> f64 {
    f64::from(period.months) * MONTH_DAYS + f64::from(period.days) + period_seconds(period) / 86_400.0
}

#[allow(clippy::cast_possible_truncation)] // between a minute and a year
fn seconds_of(days: f64) -> Period {
    Period::seconds((days * 86_400.0).clamp(60.0, 365.0 * 86_400.0) as i64)
}

#[allow(clippy::cast_precision_loss)] // seconds of a period are far below 2^52
fn period_seconds(period: Period) -> f64 {
    period.seconds as f64
}

impl Fitted {
    /// Personas as they may be: each rate is drawn from what is known of it after what was observed, under Jeffreys' prior
    /// (Jeffreys 1946, "An invariant form for the prior probability in estimation problems"): Beta(1/2, 1/2) for a share and
    /// Gamma(1/2, 0) for a number by month. Of a rhythm and of a delay the logarithm is drawn, around what was found. So forecasts differ by as much as the rates are unsure. What was never observed
    /// stays as it was assumed.
    pub fn draw(&self, assumed: &Personas, seed: u64) -> Personas {
        let mut draw = Draw::new(seed, 9);
        let mut share = |rate: &Rate| match rate.ci95 {
            Some(_) => beta(&mut draw, real(rate.part) + 0.5, real(rate.of - rate.part) + 0.5),
            None => rate.value,
        };
        let (response_rate, attendance) = (share(&self.response), share(&self.attendance));
        let (cancellation_rate, signs) = (share(&self.cancellation), share(&self.signing));
        let decline_rate = share(&self.declined);
        let mut monthly = |rate: &Rate| match rate.months() {
            Some(months) => gamma(&mut draw, real(rate.part) + 0.5) / months,
            None => rate.value,
        };
        let withdrawal = monthly(&self.withdrawal);
        let meetings = match self.meetings.ci95 {
            Some([lower, upper]) if self.meetings.part >= rhythm::FEW => {
                let half = (upper / lower).ln() / 2.0 / Z;
                self.meetings.value * (half * normal(&mut draw).clamp(-3.0, 3.0)).exp()
            }
            _ => monthly(&self.meetings),
        };
        // Nobody who never met is forecast never to meet: the longest rhythm is half a year.
        #[allow(clippy::cast_possible_truncation)] // between one hour and half a year
        let hours = (MONTH_DAYS * 24.0 / meetings.max(1.0 / 6.0)).max(1.0) as i64;
        let response_delay = match self.answer_delay.ci95 {
            Some(_) => seconds_of(self.answer_delay.draw(normal(&mut draw))),
            None => assumed.response_delay,
        };
        Personas {
            response_rate,
            response_delay,
            decline_rate,
            attendance,
            cancellation_rate,
            signs: Some(signs),
            meets_every: Period::seconds(hours * 3_600),
            // The rate has both in it already.
            slips: 0.0,
            meeting_jitter: assumed.meeting_jitter,
            withdrawal_rate: 1.0 - (-withdrawal).exp(),
            ..assumed.clone()
        }
    }
}

/// A draw from Beta(a, b): Gamma(a) / (Gamma(a) + Gamma(b)).
fn beta(draw: &mut Draw, a: f64, b: f64) -> f64 {
    let (one, other) = (gamma(draw, a), gamma(draw, b));
    if one + other > 0.0 { one / (one + other) } else { 0.5 }
}

/// A draw from Gamma(shape, 1) by rejection (Marsaglia and Tsang 2000, "A simple method for generating gamma variables", ACM
/// Transactions on Mathematical Software 26); below 1 by their own boost.
fn gamma(draw: &mut Draw, shape: f64) -> f64 {
    if shape < 1.0 {
        let boosted = gamma(draw, shape + 1.0);
        return boosted * draw.unit().max(f64::MIN_POSITIVE).powf(1.0 / shape);
    }
    let centre = shape - 1.0 / 3.0;
    let scale = 1.0 / (9.0 * centre).sqrt();
    // Each round is taken with more than 95 %: a thousand refused ones do not happen, and the mode is no bad answer.
    for _ in 0..1_000 {
        let normal = normal(draw);
        let cube = (1.0 + scale * normal).powi(3);
        let bar = (1.0 - draw.unit()).ln();
        if cube > 0.0 && bar < 0.5 * normal * normal + centre - centre * cube + centre * cube.ln() {
            return centre * cube;
        }
    }
    centre
}

/// A standard normal draw (Box and Muller 1958).
fn normal(draw: &mut Draw) -> f64 {
    let radius = (-2.0 * (1.0 - draw.unit()).ln()).sqrt();
    radius * (std::f64::consts::TAU * draw.unit()).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_was_observed_is_drawn_around_itself_and_the_more_is_known_the_closer() {
        let spread = |part: usize, of: usize| {
            let rate = Rate::share(part, of, 0.8);
            let fitted = Fitted {
                response: rate,
                attendance: rate,
                cancellation: rate,
                signing: rate,
                meetings: Rate::monthly(10, 10.0, 1.0),
                withdrawal: Rate::monthly(0, 10.0, 0.0),
                declined: rate,
                answer_delay: Delay { of: 0, days: 3.0, ci95: None, little: true },
            };
            let mut drawn: Vec<f64> =
                (0..400).map(|seed| fitted.draw(&Personas::default(), seed).response_rate).collect();
            drawn.sort_by(f64::total_cmp);
            (drawn[20], drawn[200], drawn[380])
        };
        let (low, middle, high) = spread(30, 100);
        assert!((middle - 0.3).abs() < 0.02 && low > 0.2 && high < 0.4, "{low} {middle} {high}");
        let (closer_low, _, closer_high) = spread(300, 1_000);
        assert!(closer_high - closer_low < (high - low) / 2.0);
    }

    #[test]
    fn nobody_has_left_yet_does_not_mean_that_nobody_will() {
        let none = Rate::share(0, 0, 0.8);
        let fitted = Fitted {
            response: none,
            attendance: none,
            cancellation: none,
            signing: none,
            meetings: Rate::monthly(10, 10.0, 1.0),
            withdrawal: Rate::monthly(0, 40.0, 0.0),
            declined: none,
            answer_delay: Delay { of: 0, days: 3.0, ci95: None, little: true },
        };
        let drawn = (0..400).map(|seed| fitted.draw(&Personas::default(), seed).withdrawal_rate);
        let mean = drawn.sum::<f64>() / 400.0;
        // Half a withdrawal in forty months is what Jeffreys' prior leaves open.
        assert!((0.009..0.016).contains(&mean), "{mean}");
    }

    #[test]
    fn a_rate_by_month_has_the_interval_of_the_tables() {
        // Exact 95 % limits of a Poisson count of 10: 4.795 and 18.390 (Ulm 1990).
        let rate = Rate::monthly(10, 1.0, 0.0);
        let [lower, upper] = rate.ci95.unwrap();
        assert!((lower - 4.795).abs() < 0.02 && (upper - 18.390).abs() < 0.05, "{lower} {upper}");
        assert_eq!(Rate::monthly(0, 10.0, 0.0).ci95.unwrap()[0].to_bits(), 0_f64.to_bits());
    }

    #[test]
    fn what_was_never_observed_is_assumed_and_says_so() {
        let rate = Rate::share(0, 0, 0.8);
        assert_eq!((rate.value, rate.ci95, rate.little), (0.8, None, true));
    }
}
