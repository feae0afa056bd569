//! What many rehearsals came to, in sentences: the first thing that people read.

use super::{ExpectationShare, ManyReport, Measure, Spread, of_rehearsals};
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
            self.share(
                self.monthly,
                "gives every pair at least one meeting for each full month that it lasts",
                "give every pair at least one meeting for each full month that it lasts",
            ),
            self.share(
                self.never_silent,
                "keeps every pair meeting with no gap longer than eight weeks",
                "keep every pair meeting with no gap longer than eight weeks",
            ),
        ];
        if self.parked > 0 {
            sentences.push(self.share(self.parked, "has a journey that is parked", "have a journey that is parked"));
        }
        sentences.extend(self.spreads.iter().map(|spread| typically(spread, self.starts)));
        sentences.extend(self.on_expectations());
        sentences.extend(self.expectations.iter().filter_map(|share| self.missed(share)));
        sentences
    }

    fn share(&self, such: usize, one: &str, several: &str) -> String {
        let words = of_rehearsals(such, self.rehearsals);
        if such == 0 || such >= self.rehearsals {
            return format!("{words} {one}.");
        }
        format!("{words} ({}) {several}.", self.counted(such))
    }

    fn counted(&self, such: usize) -> String {
        format!("{} of {}", words::grouped(such), words::grouped(self.rehearsals))
    }

    fn on_expectations(&self) -> Option<String> {
        let all = self.expectations.len();
        let always = self.expectations.iter().filter(|share| share.met == self.rehearsals).count();
        (all > 0).then(|| match always {
            n if n == all => "Every expectation is met every time.".into(),
            n => {
                let are = if n == 1 { "is" } else { "are" };
                format!("{n} of {} {are} met every time.", words::count(all, "expectation"))
            }
        })
    }

    /// Names an expectation that was missed, with a seed that shows how.
    fn missed(&self, share: &ExpectationShare) -> Option<String> {
        let seed = share.first_missed?;
        let (often, first) = if share.met == 0 { ("Never", "for example") } else { ("Not always", "first missed") };
        Some(format!("{often} met: “{}” ({}; {first} with --seed {seed}).", share.say, self.counted(share.met)))
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
        Measure::MeetingsPerPairAndMonth if middle == "1" => {
            "A pair typically meets once a month, parts of months counted".into()
        }
        Measure::MeetingsPerPairAndMonth => {
            format!("A pair typically meets {middle} times a month, parts of months counted")
        }
        Measure::FirstMeetingDay => format!("The first meeting is typically on {middle}"),
        Measure::Messages => several("message is sent", "messages are sent"),
        Measure::Withdrawals if middle == "0" => "Typically nobody withdraws".into(),
        Measure::Withdrawals => several("person withdraws", "people withdraw"),
    };
    if say(p10) == say(p90) {
        return format!("{typical}.");
    }
    format!("{typical}; from {} to {} in the middle 80% of rehearsals.", say(p10), say(p90))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(rehearsals: usize, monthly: usize, met: &[usize]) -> ManyReport {
        let expectations = met.iter().enumerate().map(|(n, met)| ExpectationShare {
            say: ["Ten pairs are formed", "Nobody leaves"][n].into(),
            met: *met,
            first_missed: (*met < rehearsals).then_some(12),
        });
        ManyReport {
            template: "harbour".into(),
            rehearsals,
            seeds: Some((7, 1006)),
            starts: None,
            finished: rehearsals,
            parked: 0,
            monthly,
            never_silent: 0,
            spreads: Vec::new(),
            expectations: expectations.collect(),
        }
    }

    #[test]
    fn shares_are_percentages_with_their_counts() {
        let said = report(200, 10, &[]).sentences();
        assert_eq!(
            said,
            [
                "Every rehearsal comes to its end.",
                "5% of rehearsals (10 of 200) give every pair at least one meeting for each full month that it lasts.",
                "No rehearsal keeps every pair meeting with no gap longer than eight weeks.",
            ],
        );
    }

    #[test]
    fn an_expectation_that_is_missed_is_named_with_a_seed_that_shows_it() {
        for (met, expect) in [
            (&[1000, 1000][..], &["Every expectation is met every time."][..]),
            (
                &[998, 1000],
                &[
                    "1 of 2 expectations is met every time.",
                    "Not always met: “Ten pairs are formed” (998 of 1000; first missed with --seed 12).",
                ],
            ),
            (
                &[1000, 0],
                &[
                    "1 of 2 expectations is met every time.",
                    "Never met: “Nobody leaves” (0 of 1000; for example with --seed 12).",
                ],
            ),
        ] {
            assert_eq!(report(1000, 69, met).sentences()[3..], *expect);
        }
    }
}
