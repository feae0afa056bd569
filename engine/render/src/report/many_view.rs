//! The page of many rehearsals: sentences, percentiles, histograms.

use super::{ManyReport, Measure, Spread, charts, sentences::value, shares::percent};
use crate::{
    Look,
    html::{self, Page, words},
};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Writes the report of many rehearsals as a page of its own.
pub fn many_report(report: &ManyReport, look: &Look) -> String {
    html::render_for(look, Page::Many, &view(report, look))
}

fn view(report: &ManyReport, look: &Look) -> Value {
    let times = words::count(report.rehearsals, "rehearsal");
    json!({
        "title": format!("{times} of {}", look.title(&report.template)),
        "times": times,
        "template": report.template,
        "seeds": match report.seeds {
            None => "no seed".into(),
            Some((first, last)) if first == last => format!("seed {first}"),
            Some((first, last)) => format!("seeds {first} to {last}"),
        },
        "starts": report.starts.map_or("no date".into(), words::long),
        "sentences": report.sentences(),
        "expectations": report.expectations.iter().map(|share| json!({
            "say": share.say,
            "met": words::grouped(share.met),
            "of": words::grouped(report.rehearsals),
            "share": percent(share.met, report.rehearsals),
            "always": share.met == report.rehearsals,
            "seed": share.first_missed.map_or("none".into(), |seed| format!("seed {seed}")),
        })).collect::<Vec<_>>(),
        "spreads": report.spreads.iter().map(|spread| spread_view(spread, report)).collect::<Vec<_>>(),
    })
}

fn spread_view(spread: &Spread, report: &ManyReport) -> Value {
    let Spread { measure, least, p10, p50, p90, most, .. } = *spread;
    let starts = report.starts;
    let say = |number| value(measure, number, starts);
    let said = format!(
        "{}: half of the rehearsals have {} or less; 10% have {} or less, 90% have {} or less.",
        measure.title(),
        say(p50),
        say(p10),
        say(p90),
    );
    let said = if measure == Measure::FirstMeetingDay {
        format!(
            "{}: by {} in half of the rehearsals, by {} in 10% of them, by {} in 90%.",
            measure.title(),
            say(p50),
            say(p10),
            say(p90),
        )
    } else {
        said
    };
    let short: Vec<String> = spread.bars.iter().map(|bar| bar_name(measure, bar.from, bar.to, starts, true)).collect();
    json!({
        "name": measure.title(),
        "only": only(spread.rehearsals, report.rehearsals),
        "least": say(least), "p10": say(p10), "p50": say(p50), "p90": say(p90), "most": say(most),
        "drawing": charts::histogram(spread, &short, &said),
        "bars": spread.bars.iter().map(|bar| json!({
            "name": bar_name(measure, bar.from, bar.to, starts, false),
            "rehearsals": words::grouped(bar.rehearsals),
            "share": percent(bar.rehearsals, spread.rehearsals),
        })).collect::<Vec<_>>(),
    })
}

/// Says how many rehearsals have a value at all, unless all of them have.
fn only(such: usize, of: usize) -> String {
    match such {
        all if all == of => String::new(),
        1 => "Only 1 rehearsal has this value.".into(),
        some => format!("Only {} have this value.", words::count(some, "rehearsal")),
    }
}

/// The values of a bar: in full for a table, or the first of them for a drawing.
fn bar_name(measure: Measure, from: f64, to: f64, starts: Option<Date>, short: bool) -> String {
    let first = value(measure, from, starts);
    if measure == Measure::FirstMeetingDay && short {
        return starts
            .and_then(|starts| super::sentences::on(from, Some(starts)))
            .map_or(first, |date| date.strftime("%-d %b").to_string());
    }
    if short || (measure.whole() && to - from <= 1.0) {
        return first;
    }
    if measure.whole() {
        format!("{first} to {}", value(measure, to - 1.0, starts))
    } else {
        format!("{first} to under {}", value(measure, to, starts))
    }
}
