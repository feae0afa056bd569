//! Choices, rankings and numbers as tables: a column or a row for whom they are about.

use super::say;
use serde_json::{Value, json};
use turnabout_core::results::{Choices, Number, Ranking, Share, Shown, Summary, ViewResult};

/// The views of a question that are shown, with their sentences for those that are not.
fn shown<'v, T, F: 'v>(
    views: &'v [ViewResult<T>],
    of: impl Fn(&'v T) -> Option<&'v F>,
) -> (Vec<(&'v ViewResult<T>, &'v F)>, Vec<String>) {
    let such = views.iter().filter_map(|view| match &view.result {
        Shown::Shown(result) => Some((view, of(result)?)),
        Shown::Withheld(_) => None,
    });
    (such.collect(), views.iter().filter_map(say::withheld).collect())
}

/// `about` says how the cells are to be read.
fn table(about: &str, title: &str, who: &[String], rows: &[Value], held: &[String]) -> Value {
    json!({ "about": about, "numbers": about.is_empty(), "title": title, "who": who.iter().map(|who| json!({ "who": who })).collect::<Vec<_>>(), "rows": rows, "held": held,
        "any": !rows.is_empty() })
}

/// How many chose what: a row a choice, a column a view.
pub(super) fn choices(title: &str, views: &[ViewResult<Summary>]) -> Value {
    let (shown, held) =
        shown(views, |summary| if let Summary::Choices(choices) = summary { Some(choices) } else { None });
    let who: Vec<String> = shown.iter().map(|(view, choices)| say::who_and_how_many(view, choices.n)).collect();
    let several = shown.first().is_some_and(|(_, choices)| choices.several);
    let rows = transposed(
        &who,
        shown.iter().map(|(_, choices): &(_, &Choices)| {
            choices.choices.iter().map(|choice| (choice.label.clone(), cell(&choice.share))).collect()
        }),
    );
    let about = "How many people, their share and its interval of 95%";
    let about = if several { format!("{about}; several answers were possible") } else { about.to_owned() };
    table(&about, title, &who, &rows, &held)
}

fn cell(share: &Share) -> String {
    format!("{} ({}, {})", share.count, say::percent(share.share), say::between(share.ci95))
}

/// Where choices were put: a row a choice, a column a view.
pub(super) fn ranking(title: &str, views: &[ViewResult<Summary>]) -> Value {
    let (shown, held) =
        shown(views, |summary| if let Summary::Ranking(ranking) = summary { Some(ranking) } else { None });
    let who: Vec<String> = shown.iter().map(|(view, ranking)| say::who_and_how_many(view, ranking.n)).collect();
    let rows = transposed(
        &who,
        shown.iter().map(|(_, ranking): &(_, &Ranking)| {
            let said = |first: usize, rank: f64| format!("first for {first}, on average place {}", say::number(rank));
            ranking.choices.iter().map(|choice| (choice.label.clone(), said(choice.first, choice.mean_rank))).collect()
        }),
    );
    table("Where the choices were put", title, &who, &rows, &held)
}

/// Turns columns of labelled cells into rows.
fn transposed(who: &[String], columns: impl Iterator<Item = Vec<(String, String)>>) -> Vec<Value> {
    let columns: Vec<Vec<(String, String)>> = columns.collect();
    let Some(first) = columns.first() else { return Vec::new() };
    let rows = first.iter().enumerate().map(|(at, (label, _))| {
        let cells: Vec<Value> = columns
            .iter()
            .zip(who)
            .filter_map(|(column, who)| Some(json!({ "who": who, "value": column.get(at)?.1 })))
            .collect();
        json!({ "label": label, "cells": cells })
    });
    rows.collect()
}

/// A row of a table of numbers.
pub(super) fn number_row<T>(what: &str, view: &ViewResult<T>, number: &Number) -> Value {
    let ends = number.ci95.map(|[lower, upper]| format!("{} to {}", say::number(lower), say::number(upper)));
    json!({ "what": what, "who": say::who(view), "n": number.n, "mean": say::number(number.mean),
        "interval": ends.unwrap_or_else(|| "none".into()), "median": say::number(number.median),
        "sd": number.sd.map_or("none".into(), say::number), "alpha": number.alpha.map_or(String::new(), say::number) })
}

/// Numbers: a row a view.
pub(super) fn numbers(title: &str, views: &[ViewResult<Summary>]) -> Value {
    let (shown, held) = shown(views, |summary| if let Summary::Number(number) = summary { Some(number) } else { None });
    let rows: Vec<Value> = shown.iter().map(|(view, number)| number_row("", view, number)).collect();
    table("", title, &[], &rows, &held)
}
