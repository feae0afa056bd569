//! The table plan of a session with rounds, to be printed and put up.

use crate::html::{self, Page, words};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// A session's rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePlan {
    /// The session's name in the diary.
    pub session: SmolStr,
    /// The IANA time zone of the times.
    pub time_zone: SmolStr,
    /// The rounds in order.
    pub rounds: Vec<TableRound>,
}

/// A round.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRound {
    /// When it starts.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// The conversations.
    pub dates: Vec<TableDate>,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDate {
    /// Where, from 1.
    pub table: usize,
    /// The junior's name.
    pub mentor: String,
    /// The senior's name.
    pub mentee: String,
}

/// What stands at a table in a round in which nobody comes.
const BREAK: &str = "break";

/// Writes the plan: a row a table, a column a round.
pub fn table_plan_page(plan: &TablePlan) -> String {
    let zone = TimeZone::get(&plan.time_zone).unwrap_or(TimeZone::UTC);
    let clock = |at: Timestamp| zone.to_datetime(at).strftime("%H:%M").to_string();
    let dates = || plan.rounds.iter().flat_map(|round| &round.dates);
    // Whoever has one table in all rounds sits.
    let mut tables_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for date in dates() {
        tables_of.entry(&date.mentor).or_default().insert(date.table);
    }
    let mentors_sit = tables_of.values().all(|tables| tables.len() == 1);
    let (sitting, moving) = if mentors_sit { ("mentors", "mentees") } else { ("mentees", "mentors") };
    let tables: BTreeSet<usize> = dates().map(|date| date.table).collect();
    let rows: Vec<_> = tables
        .into_iter()
        .map(|table| {
            let here = |round: &TableRound| round.dates.iter().find(|date| date.table == table).cloned();
            let sits = plan.rounds.iter().find_map(here);
            let sits = sits.map(|date| if mentors_sit { date.mentor } else { date.mentee });
            let guest = |round: &TableRound| {
                here(round).map_or(BREAK.into(), |date| if mentors_sit { date.mentee } else { date.mentor })
            };
            json!({ "table": table, "sits": sits, "guests": plan.rounds.iter().map(guest).collect::<Vec<_>>() })
        })
        .collect();
    let time = |round: &TableRound| format!("{} to {}", clock(round.starts), clock(round.ends));
    html::render(
        Page::Tables,
        &json!({
            "title": words::title(&plan.session),
            "day": plan.rounds.first().map_or_else(|| "No round fits".into(), |round| words::day(round.starts, &zone)),
            "time_zone": plan.time_zone,
            "rounds_words": words::count(plan.rounds.len(), "round"),
            "sitting": sitting,
            "sitting_title": words::title(sitting),
            "moving": moving,
            "times": plan.rounds.iter().map(time).collect::<Vec<_>>(),
            "tables": rows,
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(starts: &str, dates: &[(usize, &str, &str)]) -> TableRound {
        let starts: Timestamp = starts.parse().unwrap();
        let date = |(table, mentor, mentee): &(usize, &str, &str)| TableDate {
            table: *table,
            mentor: (*mentor).into(),
            mentee: (*mentee).into(),
        };
        let ends = starts + jiff::SignedDuration::from_mins(6);
        TableRound { starts, ends, dates: dates.iter().map(date).collect() }
    }

    #[test]
    fn a_row_a_table_and_a_column_a_round() {
        let rounds = vec![
            round("2026-07-01T09:00:00Z", &[(1, "Amara", "Clara"), (2, "Ben", "<b>Dev</b>")]),
            round("2026-07-01T09:08:00Z", &[(2, "Ben", "Clara")]),
        ];
        let plan = TablePlan { session: "speed-dating".into(), time_zone: "Europe/London".into(), rounds };
        let page = table_plan_page(&plan);
        assert!(page.contains("<td>Amara</td><td>Clara</td><td>break</td>"), "{page}");
        assert!(page.contains("<td>Ben</td><td>&lt;b&gt;Dev&lt;/b&gt;</td><td>Clara</td>"), "{page}");
        assert!(page.contains("10:08 to 10:14") && page.contains("mentors keep their table"), "{page}");
    }

    #[test]
    fn a_session_too_short_for_any_round_says_so() {
        let plan = TablePlan { session: "speed-dating".into(), time_zone: "Europe/London".into(), rounds: Vec::new() };
        assert!(table_plan_page(&plan).contains("No round fits"));
    }
}
