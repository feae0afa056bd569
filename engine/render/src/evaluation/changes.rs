//! What changed: sentences, intervals, tables.

use super::{
    drawings::{Reach, whisker},
    likert::{Row, Statement, block},
    say,
};
use crate::html::words;
use serde_json::{Value, json};
use turnabout_core::results::{ChangeResult, ChangeSummary, Evaluation, PairedChange, PairedSwitch, Shown, ViewResult};
use turnabout_model::WaveId;

/// The changes between each two waves that are compared.
pub(super) fn sections(evaluation: &Evaluation) -> Vec<Value> {
    let mut waves: Vec<(WaveId, WaveId)> =
        evaluation.changes.iter().map(|change| (change.first, change.last)).collect();
    waves.dedup();
    waves.into_iter().map(|(first, last)| section(evaluation, first, last)).collect()
}

fn section(evaluation: &Evaluation, first: WaveId, last: WaveId) -> Value {
    let such: Vec<&ChangeResult> =
        evaluation.changes.iter().filter(|change| (change.first, change.last) == (first, last)).collect();
    let title = |wave: WaveId| {
        evaluation.waves.iter().find(|of| of.wave == wave).map_or_else(|| wave.to_string(), |of| of.title.clone())
    };
    let named = |scale: bool| such.iter().copied().filter(move |change| change.scale == scale).collect::<Vec<_>>();
    let attrition = evaluation.attrition.iter().find(|entry| (entry.first, entry.last) == (first, last));
    let attrition = attrition.map(|entry| {
        format!(
            "{} were asked the first time, {} of them answered, and {} answered the last time too; {} withdrawn from the \
             programme since. What follows is about people who answered both times, and about nobody else.",
            words::count(entry.asked, "person").replace("persons", "people"),
            entry.answered_first,
            entry.answered_both,
            match entry.withdrawn {
                0 => "nobody has".into(),
                1 => "1 has".into(),
                more => format!("{more} have"),
            },
        )
    });
    let (scales, items) = (named(true), named(false));
    let sentences: Vec<String> = scales.iter().chain(&items).filter_map(|change| sentence(change)).collect();
    let few = if scales.is_empty() { sentences } else { sentences.into_iter().take(scales.len()).collect() };
    let reversed = items.iter().any(|change| change.reversed);
    let plots: Vec<Value> = [plot(&scales), plot(&items)].into_iter().flatten().collect();
    json!({
        "first": title(first), "last": title(last), "attrition": attrition, "sentences": few,
        "plots": plots, "reversed": reversed,
        "scales": table(&scales), "items": table(&items), "held": held(&such), "bars": bars(&items),
        "switches": switches(&such),
    })
}

fn name(change: &ChangeResult) -> String {
    if change.scale { say::heading(&change.name) } else { say::statement(&change.text, change.reversed) }
}

/// The change of everyone in a sentence.
fn sentence(change: &ChangeResult) -> Option<String> {
    let Some(ChangeSummary::Number(found)) = change.views.first()?.result.shown() else { return None };
    let PairedChange { mean_before, mean_after, mean_change, ci95, n_paired, .. } = &**found;
    let what = name(change);
    let [before, after] = [mean_before, mean_after].map(|mean| say::number(*mean));
    let stayed = before == after;
    let sure = match ci95 {
        Some([lower, upper]) if !stayed && *lower <= 0.0 && *upper >= 0.0 => {
            ": that can't be told from chance (95 % interval ".to_owned() + &say::interval(*ci95) + ")"
        }
        Some(_) => format!(" (95 % interval of the change {})", say::interval(*ci95)),
        None => String::new(),
    };
    let moved = match *mean_change {
        _ if stayed => format!("stayed at {before}"),
        change if change > 0.0 => format!("rose from {before} to {after}"),
        _ => format!("fell from {before} to {after}"),
    };
    Some(format!("{what} {moved} on average, for {n_paired} people{sure}."))
}

/// The changes on one axis: of those with the same range, for the ranges that most have.
fn plot(changes: &[&ChangeResult]) -> Option<Value> {
    let range = changes.iter().find_map(|change| change.range)?;
    let such: Vec<&&ChangeResult> = changes.iter().filter(|change| change.range == Some(range)).collect();
    let figure = |view: &ViewResult<ChangeSummary>| match view.result.shown() {
        Some(ChangeSummary::Number(found)) => Some((**found).clone()),
        _ => None,
    };
    // Scales are few; of the many statements everyone is drawn, and the parts stand in the table.
    let most_views = if such.iter().any(|change| change.scale) { usize::MAX } else { 1 };
    let shown = such.iter().flat_map(|change| change.views.iter().take(most_views)).filter_map(figure);
    let reach = |found: PairedChange| {
        found.ci95.map_or(0.0, |[lower, upper]| lower.abs().max(upper.abs())).max(found.mean_change.abs())
    };
    let most = shown.map(reach).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let most = (most * 2.0).ceil() / 2.0;
    let groups = such.iter().map(|change| {
        let rows: Vec<Value> = change
            .views
            .iter()
            .take(most_views)
            .map(|view| match (&view.result, figure(view)) {
                (Shown::Withheld(why), _) => {
                    json!({ "who": say::who(view), "held": why.sentence(), "drawing": "", "said": "" })
                }
                (_, None) => json!({ "who": say::who(view), "held": "No figure.", "drawing": "", "said": "" }),
                (_, Some(found)) => {
                    let said = format!("{} ({})", say::signed(found.mean_change), say::interval(found.ci95));
                    let who = say::who_and_how_many(view, found.n_paired);
                    let label = format!("{}, {who}: mean change {said}", name(change));
                    json!({ "who": who, "held": "", "said": said,
                        "drawing": whisker(found.mean_change, found.ci95, most, &label) })
                }
            })
            .collect();
        json!({ "asked": name(change), "rows": rows })
    });
    let scale = changes.iter().any(|change| change.scale);
    let reversed = such.iter().any(|change| change.reversed);
    Some(json!({ "title": if scale { "What changed" } else { "What changed, statement by statement" },
        "groups": groups.collect::<Vec<_>>(), "fewer": say::signed(-most), "more": say::signed(most),
        "reversed": reversed,
        "range": format!("{} to {}", words::number(range[0], 2), words::number(range[1], 2)) }))
}

fn table(changes: &[&ChangeResult]) -> Vec<Value> {
    let mut rows = Vec::new();
    for change in changes {
        let first = rows.len();
        for view in &change.views {
            let Some(ChangeSummary::Number(found)) = view.result.shown() else { continue };
            let alone = |n: Option<usize>| n.map_or_else(|| "not shown".into(), |n| n.to_string());
            let row = json!({
                "what": name(change), "who": say::who(view), "n": found.n_paired,
                "alone": format!("{}, {}", alone(found.n_before), alone(found.n_after)),
                "before": say::number(found.mean_before), "after": say::number(found.mean_after),
                "change": say::signed(found.mean_change), "interval": say::interval(found.ci95),
                "p": say::probability(found.wilcoxon_p),
                "rank": found.rank_biserial.map_or("none".into(), say::signed),
                "dz": found.d_z.map_or("none".into(), say::signed),
                "g": found.hedges_g.map_or("none".into(), say::signed)
            });
            let same = rows.len() > first;
            rows.push(say::belonging(row, same));
        }
    }
    rows
}

fn held(changes: &[&ChangeResult]) -> Vec<String> {
    let everyone = changes.iter().filter_map(|change| Some((change, say::withheld(change.views.first()?)?)));
    everyone.map(|(change, sentence)| format!("{}. {sentence}", name(change))).collect()
}

/// The answers of the same people before and after, for everyone.
fn bars(changes: &[&ChangeResult]) -> Vec<Value> {
    let spreads = |change: &&ChangeResult| match change.views.first()?.result.shown()? {
        ChangeSummary::Number(found) => Some((found.before.clone()?, found.after.clone()?)),
        ChangeSummary::Switch(_) => None,
    };
    let found: Vec<_> = changes.iter().filter_map(|change| Some((*change, spreads(change)?))).collect();
    let reach = Reach::of(found.iter().flat_map(|(_, (before, after))| [before, after]));
    let mut blocks: Vec<Value> = Vec::new();
    let mut at = 0;
    while let Some((first, _)) = found.get(at) {
        let alike =
            found[at..].iter().take_while(|(other, _)| other.question == first.question && first.question.is_some());
        let many = alike.count().max(1);
        let statements: Vec<Statement<'_>> = found[at..at + many]
            .iter()
            .map(|(change, (before, after))| Statement {
                asked: if change.question.is_some() {
                    say::statement(&change.text, change.reversed)
                } else {
                    String::new()
                },
                rows: vec![
                    Row { who: "Before".into(), found: Ok(before) },
                    Row { who: "After".into(), found: Ok(after) },
                ],
            })
            .collect();
        blocks.extend(block(first.question.as_ref().unwrap_or(&first.text), &statements, reach));
        at += many;
    }
    blocks
}

fn switches(changes: &[&ChangeResult]) -> Vec<Value> {
    let mut rows = Vec::new();
    for change in changes {
        let first = rows.len();
        for view in &change.views {
            let Some(ChangeSummary::Switch(found)) = view.result.shown() else { continue };
            let PairedSwitch { n_paired, choice, before, after, turned_to, turned_from, mcnemar_p, .. } = found;
            let row = json!({ "what": format!("{}: {choice}", change.text), "who": say::who(view), "n": n_paired,
                "before": say::percent(before.share), "after": say::percent(after.share),
                "turned": format!("{turned_to} to it, {turned_from} from it"), "p": say::probability(*mcnemar_p) });
            let same = rows.len() > first;
            rows.push(say::belonging(row, same));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: f64, after: f64, ci95: [f64; 2]) -> ChangeResult {
        let found = json!({ "kind": "number", "n_before": 14, "n_after": 13, "n_paired": 12, "mean_before": before,
            "mean_after": after, "mean_change": after - before, "ci95": ci95 });
        let view = json!({ "view": "everyone", "result": { "shown": found } });
        let change = json!({ "name": "understanding", "text": "I understand", "scale": true, "first": "wave-1",
            "last": "wave-2", "range": [1.0, 5.0], "views": [view] });
        serde_json::from_value(change).unwrap()
    }

    #[test]
    fn a_mean_rises_falls_or_stays() {
        for (before, after, ci95, expect) in [
            (
                3.0,
                3.5,
                [0.2, 0.8],
                "rose from 3.00 to 3.50 on average, for 12 people (95 % interval of the change +0.20 to +0.80).",
            ),
            (
                3.5,
                3.25,
                [-0.6, 0.1],
                "fell from 3.50 to 3.25 on average, for 12 people: that can't be told from chance (95 % interval \u{2212}0.60 to +0.10).",
            ),
            (
                3.456,
                3.464,
                [-0.3, 0.3],
                "stayed at 3.46 on average, for 12 people (95 % interval of the change \u{2212}0.30 to +0.30).",
            ),
        ] {
            assert_eq!(sentence(&change(before, after, ci95)).unwrap(), format!("Understanding {expect}"));
        }
    }

    #[test]
    fn a_chart_says_which_way_is_better_if_a_statement_is_worded_the_other_way() {
        let mut of_statement = change(3.0, 2.5, [-0.8, -0.2]);
        assert_eq!(plot(&[&of_statement]).unwrap()["reversed"], json!(false));
        (of_statement.scale, of_statement.reversed) = (false, true);
        assert_eq!(plot(&[&of_statement]).unwrap()["reversed"], json!(true));
    }
}
