//! What many rehearsals came to, in sentences: the first thing that people read.

use super::{ManyReport, Measure, Spread, in_ten};
use crate::html::words;
use jiff::{ToSpan, civil::Date};

impl ManyReport {
    /// Says what came out, a sentence a line.
    pub fn sentences(&self) -> Vec<String> {
        if self.rehearsals == 0 {
            return vec!["Nothing was rehearsed.".into()];
        }
        let mut sentences = vec![
            self.share(self.finished, "comes to its end", "come to their end"),
            self.share(self.monthly, "keeps every pair meeting monthly", "keep every pair meeting monthly"),
            self.share(
                self.never_silent,
                "keeps every pair meeting at least once in eight weeks",
                "keep every pair meeting at least once in eight weeks",
            ),
        ];
        if self.parked > 0 {
            sentences.push(self.share(self.parked, "has a journey that is parked", "have a journey that is parked"));
        }
        sentences.extend(self.spreads.iter().map(|spread| typically(spread, self.starts)));
        sentences.extend(self.on_expectations());
        sentences
    }

    fn share(&self, such: usize, one: &str, several: &str) -> String {
        let words = in_ten(such, self.rehearsals);
        let verb = if words.ends_with('s') { several } else { one };
        if such == 0 || such == self.rehearsals {
            return format!("{words} {verb}.");
        }
        format!("{words} {verb} ({} of {}).", words::grouped(such), words::grouped(self.rehearsals))
    }

    fn on_expectations(&self) -> Option<String> {
        let all = self.expectations.len();
        let always = self.expectations.iter().filter(|share| share.met == self.rehearsals).count();
        (all > 0).then(|| match always {
            n if n == all => "Every expectation is met every time.".into(),
            n => format!("{n} of {} are met every time.", words::count(all, "expectation")),
        })
    }
}

/// A measure's value in words.
pub(super) fn value(measure: Measure, value: f64, starts: Option<Date>) -> String {
    match measure {
        Measure::MeetingsPerPairAndMonth => words::number(value, 2),
        Measure::FirstMeetingDay => on(value, starts).map_or_else(|| format!("day {value:.0}"), words::long),
        _ => words::number(value, 0),
    }
}

/// The date so many days after the start.
pub(super) fn on(days: f64, starts: Option<Date>) -> Option<Date> {
    #[allow(clippy::cast_possible_truncation)] // it was a whole number of days
    let days = days.round() as i64;
    starts?.checked_add(days.days()).ok()
}

fn typically(spread: &Spread, starts: Option<Date>) -> String {
    let Spread { measure, p10, p50, p90, .. } = *spread;
    let say = |number: f64| value(measure, number, starts);
    let middle = say(p50);
    let several = |one: &str, many: &str| format!("Typically {middle} {}", if middle == "1" { one } else { many });
    let typical = match measure {
        Measure::Pairs => several("pair is formed", "pairs are formed"),
        Measure::Meetings => several("meeting takes place", "meetings take place"),
        Measure::MeetingsPerPairAndMonth => format!("A pair typically meets {middle} times a month"),
        Measure::FirstMeetingDay => format!("The first meeting is typically on {middle}"),
        Measure::Messages => several("message is sent", "messages are sent"),
        Measure::Withdrawals if middle == "0" => "Typically nobody withdraws".into(),
        Measure::Withdrawals => several("person withdraws", "people withdraw"),
    };
    if say(p10) == say(p90) {
        return format!("{typical}.");
    }
    format!("{typical}; from {} to {} in 8 of 10 rehearsals.", say(p10), say(p90))
}
