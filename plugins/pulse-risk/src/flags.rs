//! From check-ins to flags.

use crate::json::{CheckIn, CheckIns, Given, SILENT, Settings, Signal};
use serde::Serialize;
use std::collections::BTreeMap;
use turnabout_plugin_sdk::date::Moment;

/// What is a risk for a pair today.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Outcome {
    /// The flags, the oldest first; a code at most once.
    pub flags: Vec<Flag>,
}

/// A reason to look after a pair.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Flag {
    /// Since which day: that of the first check-in of those in a row; for `silent` that of the last check-in.
    pub since: String,
    /// Its code: a signal's, or `silent`.
    pub code: String,
}

/// Flags what the settings call a risk.
pub(crate) fn flags(settings: &Settings, given: &CheckIns) -> Result<Outcome, String> {
    let today = day(&given.context.today, "today")?;
    let mut last = (day(&given.context.started, "started")?, given.context.started.as_str());
    let mut dated = Vec::new();
    for check_in in &given.check_ins {
        let on = day(&check_in.date, "a check-in's date")?;
        // One of tomorrow is not known today.
        if on <= today {
            dated.push((on, check_in));
            if on > last.0 {
                last = (on, &check_in.date);
            }
        }
    }
    // Stable: of two on one day the later in the list is the later.
    dated.sort_by(|(one, _), (two, _)| one.total_cmp(two));
    let mut flags = Vec::new();
    for signal in &settings.signals {
        if let Some(since) = since(signal, dated.iter().map(|(_, check_in)| *check_in)) {
            flags.push(Flag { since: since.into(), code: signal.code.clone() });
        }
    }
    if today - last.0 > f64::from(settings.silent_after_days) {
        flags.push(Flag { since: last.1.into(), code: SILENT.into() });
    }
    flags.sort();
    Ok(Outcome { flags })
}

fn day(text: &str, what: &str) -> Result<f64, String> {
    let day = if text.len() == 10 { Moment::read(text, 0) } else { None };
    day.map(Moment::days).ok_or_else(|| [what, " is no date: write it as 2026-01-31"].concat())
}

/// What a person's check-ins showed so far.
#[derive(Default)]
struct Row<'a> {
    length: u32,
    since: &'a str,
    best: Option<f64>,
}

/// Since when a signal is there: the earliest of those whose last answers in a row show it.
fn since<'a>(signal: &Signal, check_ins: impl Iterator<Item = &'a CheckIn>) -> Option<&'a str> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for check_in in check_ins {
        let row = rows.entry(&check_in.by).or_default();
        let answer = check_in.answers.get(&signal.question).unwrap_or(&Given::Nothing);
        match shows(signal, answer, row.best) {
            // Who did not answer has neither confirmed nor taken back what was before.
            None => {}
            Some(false) => row.length = 0,
            Some(true) => {
                if row.length == 0 {
                    row.since = &check_in.date;
                }
                row.length = row.length.saturating_add(1);
            }
        }
        if let Given::Number(number) = answer {
            row.best = Some(row.best.map_or(*number, |best| best.max(*number)));
        }
    }
    // Dates in this form are in the order of their texts.
    rows.values().filter(|row| row.length >= signal.in_a_row).map(|row| row.since).min()
}

/// Whether an answer shows a signal; `None` if it is no answer that could.
fn shows(signal: &Signal, answer: &Given, best: Option<f64>) -> Option<bool> {
    match answer {
        Given::Code(code) if !signal.codes.is_empty() => Some(signal.codes.contains(code)),
        Given::Number(number) if signal.codes.is_empty() => Some(match (signal.at_most, signal.falls_by) {
            (Some(most), _) => *number <= most,
            (_, Some(by)) => best.is_some_and(|best| best - number >= by),
            _ => false,
        }),
        _ => None,
    }
}
