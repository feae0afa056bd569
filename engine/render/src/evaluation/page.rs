//! The page.

use super::{changes, waves};
use crate::{
    Look,
    html::{self, Page, words},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use turnabout_core::results::{Activity, Evaluation, Story};

/// Whether the page lists who asked for something by name. They agreed that those hear of it who can give it to them,
/// and not that every reader does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedLists {
    /// The names are there.
    Told,
    /// The page says that there are some, and no name.
    LeftOut,
}

/// Writes an evaluation as a page of its own: no script, nothing fetched, one file to mail or print. `made` is the day
/// it is about, if that is to be said.
pub fn html(evaluation: &Evaluation, made: Option<Date>, names: NamedLists, look: &Look) -> String {
    html::render_for(look, Page::Evaluation, &view(evaluation, made, names, look))
}

fn view(evaluation: &Evaluation, made: Option<Date>, names: NamedLists, look: &Look) -> Value {
    let programme = words::title(&evaluation.template);
    // A rehearsal is nobody's, unless it is one of a client's own programme.
    let client = if evaluation.invented { &evaluation.template } else { &evaluation.client };
    let client = if client.is_empty() { programme.clone() } else { look.title(client) };
    let told = if evaluation.invented { "what the evaluation will look like" } else { "what came of it" };
    let title = format!("{client}: {told}");
    // What the heading has said already is not said again.
    let programme = Some(programme).filter(|programme| !programme.eq_ignore_ascii_case(&client));
    let words = [evaluation.stories.len(), evaluation.quotes.len(), evaluation.learning.len()];
    let told = names == NamedLists::Told && !evaluation.named.is_empty();
    json!({
        "title": title,
        "purpose": evaluation.purpose,
        "programme": programme,
        "terms": programme.is_some() || made.is_some(),
        "made": made.map(words::long),
        "invented": evaluation.invented,
        "words": words.iter().any(|said| *said > 0),
        "measures": evaluation.measures,
        "facts": evaluation.activity.as_ref().map(|activity| facts(evaluation, activity)).unwrap_or_default(),
        "changes": changes::sections(evaluation),
        "waves": evaluation.waves.iter().map(waves::wave).collect::<Vec<_>>(),
        "activity": evaluation.activity.as_ref().map(activity),
        "themes": evaluation.themes.iter().map(|theme| json!({
            "kind": words::title(&theme.kind), "theme": words::capital(&theme.theme),
            "mentions": theme.mentions.map_or_else(|| "too few to say".into(), |n| n.to_string()),
        })).collect::<Vec<_>>(),
        "stories": evaluation.stories.iter().map(story).collect::<Vec<_>>(),
        "quotes": evaluation.quotes.iter().map(story).collect::<Vec<_>>(),
        "learning": evaluation.learning,
        "told": told,
        "left_out": !told && !evaluation.named.is_empty(),
        "named": if told { json!(evaluation.named) } else { json!([]) },
    })
}

fn story(story: &Story) -> Value {
    json!({ "text": story.text, "name": story.name })
}

fn facts(evaluation: &Evaluation, activity: &Activity) -> Vec<Value> {
    let answered: usize = evaluation.waves.iter().map(|wave| wave.completed).sum();
    let fact = |n: usize, one: &str, many: &str| json!({ "value": words::grouped(n), "name": if n == 1 { one } else { many } });
    vec![
        fact(activity.pairs_formed, "pair", "pairs"),
        fact(activity.meetings, "meeting of pairs", "meetings of pairs"),
        fact(activity.sessions.len(), "session held", "sessions held"),
        // What people answer under their names, such as a ballot, is no part of an evaluation.
        fact(answered, "survey answered, named ones not counted", "surveys answered, named ones not counted"),
    ]
}

fn activity(activity: &Activity) -> Value {
    let Activity { pairs_formed, pairs_completed, pairs_ended_early, pairs_going_on, meetings, sessions } = activity;
    let formed = match pairs_formed {
        1 => "1 pair was formed".into(),
        more => format!("{more} pairs were formed"),
    };
    let met = if *meetings == 1 { "once".into() } else { format!("{} times", words::grouped(*meetings)) };
    let pairs = if *pairs_formed == 0 {
        "No pair has been formed yet.".into()
    } else {
        format!(
            "{formed}: {pairs_completed} came to their end, {pairs_ended_early} ended before, {pairs_going_on} go on. \
             Together they met {met}."
        )
    };
    let sessions = sessions.iter().map(|session| {
        json!({ "title": session.title, "kind": words::title(&session.kind), "invited": session.invited,
            "attended": session.attended })
    });
    json!({ "pairs": pairs, "sessions": sessions.collect::<Vec<_>>() })
}
