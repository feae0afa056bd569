//! What somebody did in a programme, for a certificate: their own record, and nobody else's.

use crate::html::words;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

/// What somebody did in a programme: figures and dates, and nothing that anybody said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TookPart {
    /// The sessions they came to, with their titles, in the order of time.
    pub sessions: Vec<(String, Timestamp)>,
    /// How long the training among them was, in minutes.
    pub training_minutes: u32,
    /// How many meetings their pairs reported.
    pub meetings: usize,
    /// The first session or meeting, and the last.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// A record in a message, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordFacts {
    /// The day of the first session or meeting; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The day of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// How many months lie between the two, in whole months: at least 1, or 0 if there was neither.
    pub months: String,
    /// Hours of training, with one decimal at most.
    pub training_hours: String,
    /// How many meetings were reported.
    pub meetings: String,
    /// The sessions, a line each, those of one title together; absent if they came to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions: Option<String>,
}

/// A month in seconds, as reports count it: 30.44 days.
const MONTH: f64 = 30.44 * 86_400.0;

impl TookPart {
    /// Puts it into words, in the run's time zone.
    pub fn facts(&self, zone: &TimeZone) -> RecordFacts {
        let day = |at: Timestamp| words::long(words::date(at, zone));
        let lines = self.lines(zone);
        RecordFacts {
            first: self.span.map(|(first, _)| day(first)),
            last: self.span.map(|(_, last)| day(last)),
            months: words::number(self.months(), 0),
            training_hours: words::hours(f64::from(self.training_minutes)),
            meetings: self.meetings.to_string(),
            sessions: (!lines.is_empty()).then(|| lines.join("\n")),
        }
    }

    fn months(&self) -> f64 {
        let months = |(first, last): (Timestamp, Timestamp)| last.duration_since(first).as_secs_f64() / MONTH;
        self.span.map_or(0.0, |span| months(span).round().max(1.0))
    }

    /// The sessions, a line a title: `Group call: 3 March 2026 and 14 April 2026`, or how often and from when until when.
    pub fn lines(&self, zone: &TimeZone) -> Vec<String> {
        let mut titles: Vec<&str> = Vec::new();
        for (title, _) in &self.sessions {
            if !titles.contains(&title.as_str()) {
                titles.push(title);
            }
        }
        let day = |at: &Timestamp| words::long(words::date(*at, zone));
        let line = |title: &str| {
            let days: Vec<String> = self.sessions.iter().filter(|(t, _)| t == title).map(|(_, at)| day(at)).collect();
            match days.as_slice() {
                [first, .., last] if days.len() > 2 => format!("{title}: {} times, {first} to {last}", days.len()),
                days => format!("{title}: {}", days.join(" and ")),
            }
        };
        titles.into_iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_told_in_days_hours_and_months() {
        let at = |day: &str| format!("{day}T10:00:00Z").parse::<Timestamp>().unwrap();
        let call = |day: &str| ("Group call".to_owned(), at(day));
        let took_part = TookPart {
            sessions: vec![
                ("Mentor training".into(), at("2026-03-04")),
                call("2026-05-05"),
                ("Celebration".into(), at("2026-12-18")),
                call("2026-06-16"),
                call("2026-07-28"),
            ],
            training_minutes: 630,
            meetings: 9,
            span: Some((at("2026-03-04"), at("2026-12-18"))),
        };
        let facts = took_part.facts(&TimeZone::UTC);
        assert_eq!((facts.months.as_str(), facts.training_hours.as_str(), facts.meetings.as_str()), ("9", "10.5", "9"));
        assert_eq!(facts.first.as_deref(), Some("4 March 2026"));
        assert_eq!(
            facts.sessions.as_deref(),
            Some(
                "Mentor training: 4 March 2026\nGroup call: 3 times, 5 May 2026 to 28 July 2026\nCelebration: 18 December 2026"
            )
        );
        let nothing = TookPart::default().facts(&TimeZone::UTC);
        assert_eq!((nothing.months.as_str(), nothing.first, nothing.sessions), ("0", None, None));
    }
}
