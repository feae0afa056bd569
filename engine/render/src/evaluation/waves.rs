//! What each survey found.

use super::{
    drawings::Reach,
    figures,
    likert::{Statement, block, rows},
    say,
};
use crate::html::words;
use serde_json::{Value, json};
use turnabout_core::results::{ItemResult, Shown, Summary, WaveResult};

/// A survey as the page shows it.
pub(super) fn wave(wave: &WaveResult) -> Value {
    let mut blocks = Vec::new();
    let reach = Reach::of(wave.items.iter().flat_map(|item| &item.views).filter_map(|view| match &view.result {
        Shown::Shown(Summary::Likert(likert)) => Some(likert),
        _ => None,
    }));
    // Questions of which nothing is shown stand together under the one sentence that says why.
    let (mut at, mut silent) = (0, Vec::<(String, Vec<String>)>::new());
    while let Some(item) = wave.items.get(at) {
        let alike =
            wave.items[at..].iter().take_while(|other| other.question == item.question && item.question.is_some());
        let many = alike.count().max(1);
        let items = &wave.items[at..at + many];
        at += many;
        if items.iter().flat_map(|item| &item.views).any(|view| view.result.shown().is_some()) {
            blocks.push(of_items(items, reach));
            continue;
        }
        let (title, why) = (item.question.as_ref().unwrap_or(&item.text), item.views.first().and_then(say::withheld));
        let why = why.unwrap_or_default();
        match silent.iter_mut().find(|(known, _)| *known == why) {
            Some((_, titles)) => titles.push(title.clone()),
            None => silent.push((why, vec![title.clone()])),
        }
    }
    let scales: Vec<Value> = wave
        .scales
        .iter()
        .flat_map(|scale| {
            let title = say::heading(&scale.name);
            let rows = scale
                .views
                .iter()
                .filter_map(move |view| Some(figures::number_row(&title, view, view.result.shown()?)));
            rows.enumerate().map(|(at, row)| say::belonging(row, at > 0))
        })
        .collect();
    json!({ "id": wave.wave, "title": wave.title, "purpose": wave.purpose, "open": wave.open,
        "answered": format!("{} of {} answered.", words::grouped(wave.completed), words::count(wave.invited, "person").replace("persons", "people")),
        "silent": silent.iter().map(|(why, titles)| json!({ "why": why, "titles": titles })).collect::<Vec<_>>(),
        "threshold": wave.threshold, "blocks": blocks, "scales": scales })
}

/// The statements of one question, or a question by itself.
fn of_items(items: &[ItemResult], reach: Reach) -> Value {
    let Some(first) = items.first() else { return Value::Null };
    let title = first.question.as_ref().unwrap_or(&first.text);
    let mut held: Vec<String> = Vec::new();
    let mut drawn = Value::Null;
    let mut tables = Vec::new();
    let mut comments = Value::Null;
    let figure = items.iter().flat_map(|item| &item.views).find_map(|view| view.result.shown());
    match figure {
        None => {}
        Some(Summary::Likert(_)) => {
            let asked = |item: &ItemResult| match item.question {
                Some(_) => say::statement(&item.text, item.reversed),
                None => String::new(),
            };
            let statements: Vec<Statement<'_>> =
                items.iter().map(|item| Statement { asked: asked(item), rows: rows(&item.views) }).collect();
            drawn = block(title, &statements, reach).unwrap_or(Value::Null);
        }
        Some(Summary::Comments { n, comments: list }) => {
            comments = json!({ "n": words::count(*n, "person").replace("persons", "people"), "list": list });
        }
        Some(Summary::Dates { n }) => held.push(format!("{n} gave a date.")),
        Some(Summary::Choices(_)) => tables.extend(items.iter().map(|item| figures::choices(&item.text, &item.views))),
        Some(Summary::Ranking(_)) => tables.extend(items.iter().map(|item| figures::ranking(&item.text, &item.views))),
        Some(Summary::Number(_)) => tables.extend(items.iter().map(|item| figures::numbers(&item.text, &item.views))),
    }
    let conditional = first.conditional;
    json!({ "title": title, "conditional": conditional, "held": held, "drawn": !drawn.is_null(),
        "drawn_list": if drawn.is_null() { json!([]) } else { json!([drawn]) }, "tables": tables, "comments": comments })
}
