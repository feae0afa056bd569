//! Agreement: bars that part at the middle, and their table.

use super::{
    drawings::{Reach, diverging, look, sides},
    say,
};
use serde_json::{Value, json};
use turnabout_core::results::{Likert, Shown, Summary, ViewResult};

/// One row of bars: whom it is about, and what they said or why it is withheld.
pub(super) struct Row<'e> {
    /// Whom it is about.
    pub(super) who: String,
    /// What they said, or the sentence in its place.
    pub(super) found: Result<&'e Likert, String>,
}

/// What was agreed with, and how far.
pub(super) struct Statement<'e> {
    /// What was asked; nothing if the block's title says it.
    pub(super) asked: String,
    /// A row for each view.
    pub(super) rows: Vec<Row<'e>>,
}

/// The rows of an item's views.
pub(super) fn rows(views: &[ViewResult<Summary>]) -> Vec<Row<'_>> {
    let row = |view| {
        let view: &ViewResult<Summary> = view;
        let found = match &view.result {
            Shown::Shown(Summary::Likert(likert)) => Ok(likert),
            Shown::Shown(_) => return None,
            Shown::Withheld(why) => Err(why.sentence().to_owned()),
        };
        Some(Row { who: say::who(view), found })
    };
    views.iter().filter_map(row).collect()
}

/// The bars of statements on the same points, their key and their table.
pub(super) fn block(title: &str, statements: &[Statement<'_>], reach: Reach) -> Option<Value> {
    let all = || statements.iter().flat_map(|statement| &statement.rows);
    let first = all().find_map(|row| row.found.as_ref().ok())?;
    let points = first.points.len();
    let labels: Vec<&str> = first.points.iter().map(|point| point.label.as_str()).collect();
    let key = labels.iter().enumerate().map(|(at, label)| json!({ "look": look(points, at), "label": label }));
    let bars = statements.iter().map(|statement| {
        json!({ "asked": statement.asked,
            "rows": statement.rows.iter().map(|row| bar(row, statement, title, reach)).collect::<Vec<_>>() })
    });
    let cells = statements.iter().flat_map(|statement| {
        let shown = statement.rows.iter().filter_map(|row| Some((row, *row.found.as_ref().ok()?)));
        shown.enumerate().map(move |(at, (row, likert))| (statement, at > 0, row, likert))
    });
    let table = cells.map(|(statement, same, row, likert)| {
        let counts: Vec<Value> = likert.points.iter().map(|p| json!({ "label": p.label, "value": p.count })).collect();
        json!({ "asked": if statement.asked.is_empty() { title } else { &statement.asked }, "who": row.who,
            "same": same, "n": likert.n, "counts": counts, "mean": say::number(likert.mean), "median": say::number(likert.median),
            "sd": likert.sd.map_or("none".into(), say::number),
            "agree": format!("{} ({})", say::percent(likert.agree.share), say::between(likert.agree.ci95)) })
    });
    Some(json!({ "title": title, "key": key.collect::<Vec<_>>(), "bars": bars.collect::<Vec<_>>(), "labels": labels,
        "table": table.collect::<Vec<_>>() }))
}

fn bar(row: &Row<'_>, statement: &Statement<'_>, title: &str, reach: Reach) -> Value {
    match &row.found {
        Err(sentence) => json!({ "who": row.who, "held": sentence, "drawing": "", "less": "", "more": "" }),
        Ok(likert) => {
            let (less, more) = sides(likert);
            let asked = if statement.asked.is_empty() { title } else { &statement.asked };
            let counts: Vec<String> =
                likert.points.iter().map(|point| format!("{} {}", point.label, point.count)).collect();
            let label = format!("{asked}. {}, {} people: {}.", row.who, likert.n, counts.join(", "));
            json!({ "who": format!("{} ({})", row.who, likert.n), "held": "",
                "drawing": diverging(likert, reach, &label), "less": say::percent(less), "more": say::percent(more) })
        }
    }
}
