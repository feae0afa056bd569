//! A rehearsal in a few lines, for a terminal.

use crate::html::words;
use jiff::tz::TimeZone;
use turnabout_core::rehearse::Outcome;

/// Says what came out of a rehearsal: its dates and seed, who took part, what happened, what it took. Days are those of
/// `zone`.
pub fn in_short(outcome: &Outcome, zone: &TimeZone) -> [String; 4] {
    let day = |at| words::long(words::date(at, zone));
    let entries = usize::try_from(outcome.journal_entries).unwrap_or(usize::MAX);
    [
        format!("from {} to {}, seed {}", day(outcome.starts), day(outcome.ends), outcome.seed),
        [(outcome.mentors, "mentor"), (outcome.mentees, "mentee"), (outcome.pairs, "pair")].map(listed).join(", "),
        [(outcome.sessions.len(), "session"), (outcome.meetings, "meeting"), (outcome.messages, "message")]
            .map(listed)
            .join(", "),
        format!("{} in {}", words::entries(entries), words::count(outcome.journeys, "journey")),
    ]
}

fn listed((n, one): (usize, &str)) -> String {
    words::count(n, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_space_and_one_is_one() {
        let outcome = |starts: &str, n: usize| Outcome {
            template: "harbour".into(),
            seed: 7,
            status: "finished",
            starts: starts.parse().unwrap(),
            ends: "2027-03-05T10:00:00Z".parse().unwrap(),
            mentors: n,
            mentees: n,
            pairs: n,
            sessions: Vec::new(),
            agreements: n,
            meetings: n,
            first_meeting: None,
            messages: 1200 * n,
            stale: 0,
            messages_by_name: [].into(),
            waves: Vec::new(),
            stages: Vec::new(),
            withdrawals: 0,
            concerns: 0,
            journal_entries: u64::try_from(n).unwrap(),
            journeys: n,
            problems: Vec::new(),
        };
        let zone = TimeZone::UTC;
        assert_eq!(
            in_short(&outcome("2026-08-20T09:00:00Z", 1), &zone),
            [
                "from 20 August 2026 to 5 March 2027, seed 7",
                "1 mentor, 1 mentee, 1 pair",
                "0 sessions, 1 meeting, 1200 messages",
                "1 journal entry in 1 journey",
            ],
        );
        let [dates, people, _, journal] = in_short(&outcome("2026-01-05T09:00:00Z", 10), &zone);
        assert_eq!(dates, "from 5 January 2026 to 5 March 2027, seed 7");
        assert_eq!(
            (people.as_str(), journal.as_str()),
            ("10 mentors, 10 mentees, 10 pairs", "10 journal entries in 10 journeys")
        );
    }
}
