//! The rates of a forecast, in words: what was seen, how sure it is, and from how much.

use crate::html::words;
use serde_json::{Value, json};
use turnabout_core::forecast::{Delay, Fitted, Rate};

/// A row for each rate.
pub(super) fn rates(fitted: &Fitted) -> Vec<Value> {
    let Fitted { response, attendance, cancellation, signing, meetings, withdrawal, declined, answer_delay } = fitted;
    vec![
        share("A person answers a survey", response, "asked"),
        delay("An answer takes", answer_delay),
        share("A person comes to a session", attendance, "invited"),
        share("A session is called off", cancellation, "session"),
        share("A person signs an agreement", signing, "asked"),
        monthly("A pair meets", meetings, "meeting"),
        monthly("A participant withdraws", withdrawal, "withdrawal"),
        share("An application is declined", declined, "application"),
    ]
}

fn share(what: &str, rate: &Rate, one: &str) -> Value {
    let percent = |share: f64| format!("{}%", words::number(share * 100.0, 0));
    let of = if ["asked", "invited"].contains(&one) {
        format!("{} of {} {one}", words::grouped(rate.part), words::grouped(rate.of))
    } else {
        format!("{} of {}", words::grouped(rate.part), words::count(rate.of, one))
    };
    row(what, &percent(rate.value), rate.ci95.map(|ends| ends.map(percent)), &of, rate.little)
}

fn monthly(what: &str, rate: &Rate, one: &str) -> Value {
    let times = |rate: f64| words::number(rate, 2);
    let months = if rate.of == 0 { "less than a month".into() } else { words::count(rate.of, "month") };
    let of = format!("{} in {months} together", words::count(rate.part, one));
    row(what, &format!("{} a month", times(rate.value)), rate.ci95.map(|ends| ends.map(times)), &of, rate.little)
}

fn delay(what: &str, delay: &Delay) -> Value {
    let days = |days: f64| words::number(days, 1);
    let value = format!("{} days", days(delay.days));
    row(what, &value, delay.ci95.map(|ends| ends.map(days)), &words::count(delay.of, "answer"), delay.little)
}

fn row(what: &str, value: &str, ends: Option<[String; 2]>, of: &str, little: bool) -> Value {
    let assumed = ends.is_none();
    json!({
        "what": what,
        "value": value,
        "interval": ends.map_or_else(|| "none".into(), |[lower, upper]| format!("{lower} to {upper}")),
        "of": of,
        "assumed": assumed,
        "little": little && !assumed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_in_less_than_a_month_is_told_beside_what_is_assumed() {
        let rate = Rate { part: 1, of: 0, value: 0.02, ci95: None, little: true };
        let row = monthly("A participant withdraws", &rate, "withdrawal");
        assert_eq!(row["of"], "1 withdrawal in less than a month together");
        assert_eq!(row["assumed"], true);
    }
}
