//! Time in scripts: periods and moments. Pure arithmetic; what time it is comes only from the journaled verb `now`.

use crate::call::Call;
use jiff::Timestamp;
use rhai::{Engine, EvalAltResult, NativeCallContext};
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
