//! The table plan of a session with rounds, to be printed and put up.

use crate::{
    html::{self, Page, words},
    limits::MAX_ROUNDS_ABREAST,
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
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

/// Writes the plan: a row a table, a column a round, and as many tables one below the other as the paper's width asks for.
pub fn table_plan_page(plan: &TablePlan) -> String {
    let zone = TimeZone::get(&plan.time_zone).unwrap_or(TimeZone::UTC);
    let mentors_sit = mentors_sit(&plan.rounds);
    let (sitting, moving) = if mentors_sit { ("mentors", "mentees") } else { ("mentees", "mentors") };
    html::render(
        Page::Tables,
        &json!({
            "title": words::title(&plan.session),
            "day": plan.rounds.first().map(|round| words::day(round.starts, &zone)),
            "time_zone": plan.time_zone,
            "rounds_words": words::count(plan.rounds.len(), "round"),
            "sitting": sitting,
            "sitting_title": words::title(sitting),
            "moving": moving,
            "bands": bands(&plan.rounds, mentors_sit, &zone),
        }),
    )
}

/// Tells whether the mentors sit: whoever has one table in all rounds sits.
fn mentors_sit(rounds: &[TableRound]) -> bool {
    let mut tables_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for date in rounds.iter().flat_map(|round| &round.dates) {
        tables_of.entry(&date.mentor).or_default().insert(date.table);
    }
    tables_of.values().all(|tables| tables.len() == 1)
}

/// The rounds in bands of at most [`MAX_ROUNDS_ABREAST`] and of about the same width; every band has every table.
fn bands(rounds: &[TableRound], mentors_sit: bool, zone: &TimeZone) -> Vec<Value> {
    let tables: BTreeSet<usize> = rounds.iter().flat_map(|round| &round.dates).map(|date| date.table).collect();
    let clock = |at: Timestamp| zone.to_datetime(at).strftime("%H:%M").to_string();
    let here = |round: &TableRound, table: usize| round.dates.iter().find(|date| date.table == table).cloned();
    let row = |table: &usize, band: &[TableRound]| {
        let sits = rounds.iter().find_map(|round| here(round, *table));
        let sits = sits.map(|date| if mentors_sit { date.mentor } else { date.mentee });
        let guest = |round: &TableRound| {
            here(round, *table).map_or(BREAK.into(), |date| if mentors_sit { date.mentee } else { date.mentor })
        };
        json!({ "table": table, "sits": sits, "guests": band.iter().map(guest).collect::<Vec<_>>() })
    };
    let mut found = Vec::new();
    let (mut rest, mut done) = (rounds, 0);
    while let (Some(first), left) = (rest.first(), rest.len().div_ceil(MAX_ROUNDS_ABREAST)) {
        let (band, others) = rest.split_at(rest.len().div_ceil(left));
        let last = done + band.len();
        let head = |(at, round): (usize, &TableRound)| {
            json!({ "name": format!("Round {}", done + at + 1),
                "time": format!("{} to {}", clock(round.starts), clock(round.ends)) })
        };
        let which = if band.len() == 1 { format!("Round {last}") } else { format!("Rounds {} to {last}", done + 1) };
        let ends = band.last().map_or(first.ends, |round| round.ends);
        found.push(json!({
            "caption": format!("{which}, {} to {}", clock(first.starts), clock(ends)),
            "rounds": band.iter().enumerate().map(head).collect::<Vec<_>>(),
            "tables": tables.iter().map(|table| row(table, band)).collect::<Vec<_>>(),
        }));
        (rest, done) = (others, last);
    }
    found
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
    fn many_rounds_stand_in_bands_of_about_the_same_width_with_every_table_in_each() {
        let start: Timestamp = "2026-07-01T09:00:00Z".parse().unwrap();
        let plan = |count: i64| {
            let one = |at: i64| {
                let starts = start + jiff::SignedDuration::from_mins(8 * at);
                let guests = [format!("Guest {at}"), format!("Other {at}")];
                round(&starts.to_string(), &[(1, "Amara", &guests[0]), (2, "Ben", &guests[1])])
            };
            (0..count).map(one).collect::<Vec<_>>()
        };
        for (count, widths) in
            [(0, vec![]), (1, vec![1]), (7, vec![7]), (8, vec![4, 4]), (19, vec![7, 6, 6]), (21, vec![7, 7, 7])]
        {
            let rounds = plan(count);
            let found = bands(&rounds, true, &TimeZone::UTC);
            let columns = |band: &Value| band["rounds"].as_array().unwrap().len();
            assert_eq!(found.iter().map(columns).collect::<Vec<_>>(), widths, "{count} rounds");
            let guests = |band: &Value| band["tables"][1]["guests"].as_array().unwrap().clone();
            let all: Vec<Value> = found.iter().flat_map(guests).collect();
            let expect: Vec<Value> = (0..count).map(|at| format!("Other {at}").into()).collect();
            assert_eq!(all, expect, "every round once, in order");
        }
        let zone = "Europe/London".into();
        let page = table_plan_page(&TablePlan { session: "speed-dating".into(), time_zone: zone, rounds: plan(19) });
        assert!(page.contains("<caption>Rounds 8 to 13, 10:56 to 11:42</caption>"), "{page}");
        assert!(page.contains("Round 19 <span class=\"when\">12:24 to 12:30</span>"), "{page}");
        assert_eq!(page.matches("<td>Ben</td>").count(), 3, "who sits is named in each band");
    }

    #[test]
    fn a_session_too_short_for_any_round_says_so() {
        let plan = TablePlan { session: "speed-dating".into(), time_zone: "Europe/London".into(), rounds: Vec::new() };
        let page = table_plan_page(&plan);
        assert!(page.contains("No round fits") && !page.contains("<table>"), "{page}");
    }
}
