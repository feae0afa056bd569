//! Time in scripts: periods and moments. Pure arithmetic; what time it is comes only from the journaled verb `now`.

use crate::call::Call;
use jiff::Timestamp;
use rhai::{Engine, EvalAltResult, NativeCallContext};
use std::cmp::Ordering;
use turnabout_model::Period;

type Answer<T> = Result<T, Box<EvalAltResult>>;

fn bounded(period: Option<Period>) -> Answer<Period> {
    period.filter(|period| period.is_bounded()).ok_or_else(|| "a period can't be longer than a hundred years".into())
}

fn count(n: i64) -> Answer<i32> {
    i32::try_from(n).map_err(|_| "a period can't be longer than a hundred years".into())
}

fn seconds(n: i64, each: i64) -> Answer<Period> {
    bounded(n.checked_mul(each).map(Period::seconds))
}

/// Which of two periods is longer. A month has 28 to 31 days, a day 23 to 25 hours: where it depends on that, nobody can say.
fn compared(a: Period, b: Period) -> Answer<Ordering> {
    let months = i64::from(a.months) - i64::from(b.months);
    let days = i64::from(a.days) - i64::from(b.days);
    let seconds = a.seconds.saturating_sub(b.seconds);
    let span = |each_month: i64, each_day: i64| {
        let all = months.saturating_mul(each_month).saturating_add(days);
        all.saturating_mul(each_day).saturating_add(seconds)
    };
    let (hour, all) = (3600, [28, 31].into_iter().flat_map(|month| [23, 24, 25].map(|day| (month, day))));
    let mut found = all.map(|(month, day)| span(month, day * hour).cmp(&0));
    let first = found.next().unwrap_or(Ordering::Equal);
    if found.all(|other| other == first) {
        return Ok(first);
    }
    Err(format!("whether {a} is longer than {b} depends on the day: compare moments, as in now() + a > now() + b")
        .into())
}

/// Registers periods and moments.
pub(crate) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Period>("Period").register_type_with_name::<Timestamp>("Moment");
    engine
        .register_fn("months", |n: i64| bounded(Some(Period::months(count(n)?))))
        .register_fn("weeks", |n: i64| bounded(n.checked_mul(7).map(count).transpose()?.map(Period::days)))
        .register_fn("days", |n: i64| bounded(Some(Period::days(count(n)?))))
        .register_fn("hours", |n: i64| seconds(n, 3600))
        .register_fn("minutes", |n: i64| seconds(n, 60));
    engine
        .register_fn("+", |a: Period, b: Period| bounded(a.plus(b)))
        .register_fn("-", |a: Period, b: Period| bounded(a.plus(b.negated())))
        .register_fn("*", |a: Period, n: i64| bounded(u32::try_from(n).ok().and_then(|n| a.times(n))))
        .register_fn("*", |n: i64, a: Period| bounded(u32::try_from(n).ok().and_then(|n| a.times(n))))
        .register_fn("==", |a: Period, b: Period| a == b)
        .register_fn("!=", |a: Period, b: Period| a != b)
        .register_fn("<", |a: Period, b: Period| compared(a, b).map(Ordering::is_lt))
        .register_fn("<=", |a: Period, b: Period| compared(a, b).map(Ordering::is_le))
        .register_fn(">", |a: Period, b: Period| compared(a, b).map(Ordering::is_gt))
        .register_fn(">=", |a: Period, b: Period| compared(a, b).map(Ordering::is_ge))
        .register_fn("to_string", |a: &mut Period| a.to_string())
        .register_fn("to_debug", |a: &mut Period| a.to_string());
    engine
        .register_fn("+", |context: NativeCallContext<'_>, at: Timestamp, period: Period| -> Answer<Timestamp> {
            Ok(period.after(at, Call::of(&context)?.zone()))
        })
        .register_fn("-", |context: NativeCallContext<'_>, at: Timestamp, period: Period| -> Answer<Timestamp> {
            Ok(period.negated().after(at, Call::of(&context)?.zone()))
        })
        .register_fn("<", |a: Timestamp, b: Timestamp| a < b)
        .register_fn("<=", |a: Timestamp, b: Timestamp| a <= b)
        .register_fn(">", |a: Timestamp, b: Timestamp| a > b)
        .register_fn(">=", |a: Timestamp, b: Timestamp| a >= b)
        .register_fn("==", |a: Timestamp, b: Timestamp| a == b)
        .register_fn("!=", |a: Timestamp, b: Timestamp| a != b)
        .register_fn("to_string", |a: &mut Timestamp| a.to_string())
        .register_fn("to_debug", |a: &mut Timestamp| a.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_compared_where_the_calendar_does_not_matter() {
        for (a, b, expect) in [
            (Period::weeks(5), Period::days(35), Some(Ordering::Equal)),
            (Period::months(6), Period::weeks(5), Some(Ordering::Greater)),
            (Period::days(27), Period::months(1), Some(Ordering::Less)),
            (Period::days(30), Period::months(1), None),
            (Period::seconds(24 * 3600), Period::days(1), None),
            (Period::seconds(3600), Period::days(1), Some(Ordering::Less)),
        ] {
            assert_eq!(compared(a, b).ok(), expect, "{a} and {b}");
        }
    }
}
