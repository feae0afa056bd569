//! Expectations of rehearsals say one thing each, about things that exist.

use super::Sources;
use crate::{document::Node, report::Report, suggest};
use std::collections::BTreeSet;
use turnabout_core::rehearse::WhichPairs;
use turnabout_model::Role;

/// What can be counted or ordered without a name.
const BARE: [(&str, &str); 11] = [
    ("stale", "messages that were too old when mail left again, and were skipped"),
    ("unsent", "messages that never left"),
    ("agreements", "agreements that both of a pair have signed"),
    ("pairs", "pairs that were formed, those that ended too"),
    ("meetings", "meetings of pairs that took place"),
    ("concerns", "concerns that were raised"),
    ("withdrawals", "people who left"),
    ("declines", "pairs that one of the two declined"),
    ("parked", "parts of the script that could not go on: 0 is what a rehearsal expects"),
    ("matching", "proposals of pairs that were made"),
    ("finished", "1 if the programme came to its end"),
];
/// What is followed by a colon and a name.
const NAMED: [(&str, &str); 8] = [
    ("sent:", "messages of that name that left"),
    ("stale:", "messages of that name that were skipped"),
    ("session:", "sessions of that name that were held: `session:drop-in` counts all of them, `session:drop-in 2` one"),
    ("sessions:", "sessions of that kind that were held, such as `sessions:training`"),
    ("message:", "messages of that name that were to be sent, one for each recipient"),
    ("survey:", "sendings of that survey"),
    ("agreement:", "agreements of that name that both of a pair have signed"),
    ("pairs:", "pairs by who is in them, in one of three forms"),
];
/// The forms of `pairs:`, each with what it counts.
const PAIRS: [(&str, &str); 3] = [
    ("pairs:mentor.ATTRIBUTE=VALUE", "pairs whose mentor has this value, or holds it in a set"),
    ("pairs:mentee.ATTRIBUTE=VALUE", "pairs whose mentee has this value, or holds it in a set"),
    ("pairs:alike.ATTRIBUTE", "pairs in which both have the same value, or share one of a set"),
];

/// Everything that a rehearsal can count, as it is written, with what it is.
pub(crate) fn countable() -> impl Iterator<Item = (String, &'static str)> {
    let name = |thing: &str| if thing == "sessions:" { "KIND" } else { "NAME" };
    let named = NAMED.iter().filter(|(thing, _)| *thing != "pairs:");
    let named = named.map(move |(thing, says)| (format!("{thing}{}", name(thing)), *says));
    BARE.iter().chain(&PAIRS).map(|(thing, says)| ((*thing).to_owned(), *says)).chain(named)
}

fn words(things: &'static [(&'static str, &'static str)]) -> impl Iterator<Item = &'static str> {
    things.iter().map(|(thing, _)| *thing)
}

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for rehearsal in sources.rehearsals.values() {
        for expectation in rehearsal.items_of("expect") {
            form(expectation, report);
            for thing in expectation.get("count").into_iter().chain(expectation.items_of("order")) {
                match thing.text().and_then(|thing| thing.strip_prefix("pairs:")) {
                    Some(which) => drawn(sources, *rehearsal, (thing, which), report),
                    None => exists(sources, thing, report),
                }
                delivered(*rehearsal, thing, report);
            }
        }
    }
}

fn form(expectation: Node<'_>, report: &mut Report) {
    let bound = |name| expectation.get(name);
    let (is, at_least, at_most) = (bound("is"), bound("at_least"), bound("at_most"));
    let bounded = is.or(at_least).or(at_most);
    let mut wrong = |node: Node<'_>, message: &str, help: &str| {
        report.push(node.error("rehearsal::expectation", message, "here").help(help));
    };
    match (expectation.get("count"), expectation.get("order")) {
        (None, None) => wrong(
            expectation,
            "this expectation says nothing that could be checked",
            "add `count = \"pairs\"` with `is`, `at_least` or `at_most`, or `order = [\"session:training\", \"matching\"]`",
        ),
        (Some(_), Some(order)) => {
            wrong(order, "an expectation has either a count or an order", "write two expectations");
        }
        (Some(count), None) if bounded.is_none() => {
            wrong(count, "this count is compared with nothing", "add `is`, `at_least` or `at_most`");
        }
        (None, Some(order)) => {
            if order.items().len() < 2 {
                wrong(order, "an order needs two things", "name what comes first and what comes later");
            }
            if let Some(window) = bound("after").or(bound("before")) {
                wrong(window, "an order is of the whole time", "remove it, or write an expectation with `count`");
            }
            if let Some(bound) = bounded {
                wrong(bound, "an order has no bound", "remove it, or write an expectation with `count`");
            }
        }
        (Some(_), None) => {}
    }
    if let (Some(is), Some(_)) = (is, at_least.or(at_most)) {
        wrong(is, "'is' leaves nothing to 'at_least' and 'at_most'", "keep 'is' or the others");
    }
    if let (Some(least), Some(most)) = (at_least.and_then(Node::integer), at_most.and_then(Node::integer))
        && least > most
    {
        wrong(expectation, "'at_least' is more than 'at_most'", "exchange the two");
    }
}

/// Whether messages leave is known only where a rehearsal delivers them.
fn delivered(rehearsal: Node<'_>, thing: Node<'_>, report: &mut Report) {
    let what = thing.text().map(|thing| thing.split(':').next().unwrap_or(thing));
    if what.is_some_and(|what| ["sent", "stale", "unsent"].contains(&what))
        && rehearsal.items_of("mail_outages").is_empty()
    {
        report.push(
            thing
                .error("rehearsal::expectation", "this rehearsal delivers no messages", "nothing is sent or skipped")
                .help("add a section [[mail_outages]], or count `message:NAME`, which is queued"),
        );
    }
}

fn exists(sources: &Sources<'_>, node: Node<'_>, report: &mut Report) {
    let Some(thing) = node.text() else { return };
    let Some((kind, name)) = thing.split_once(':') else {
        if !words(&BARE).any(|known| known == thing) {
            report.push(
                node.error(
                    "rehearsal::unknown_thing",
                    format!("'{thing}' is nothing that a rehearsal counts"),
                    "unknown",
                )
                .help(suggest::help(thing, words(&BARE).chain(words(&NAMED)), "")),
            );
        }
        return;
    };
    let (what, known): (_, Vec<&str>) = match kind {
        "session" => ("session", sources.names("sessions")),
        "sessions" => {
            let sessions = sources.manifest.entries_of("sessions");
            ("kind of session", sessions.into_iter().filter_map(|(_, session)| session.text_of("kind")).collect())
        }
        "message" | "sent" | "stale" => ("message", sources.messages.iter().copied().collect()),
        "agreement" => ("agreement", sources.agreements.iter().copied().collect()),
        "survey" => ("survey", sources.surveys.keys().copied().collect()),
        _ => {
            report.push(
                node.error(
                    "rehearsal::unknown_thing",
                    format!("'{kind}:' is nothing that a rehearsal counts"),
                    "unknown",
                )
                .help(suggest::help(&format!("{kind}:"), words(&NAMED), "")),
            );
            return;
        }
    };
    let plain = if kind == "session" { diary_name(name) } else { name };
    if !known.contains(&plain) && !known.contains(&name) {
        report.push(
            node.error("rehearsal::unknown_thing", format!("there is no {what} '{name}'"), "does not exist")
                .help(suggest::help(plain, known.iter().copied(), &format!("the template has no {what} at all"))),
        );
    }
}

/// Which pairs are counted is told by attributes that the template declares, and by values that this rehearsal draws: of
/// others there is never one, and an expectation of none could not fail.
fn drawn(sources: &Sources<'_>, rehearsal: Node<'_>, (node, which): (Node<'_>, &str), report: &mut Report) {
    const CODE: &str = "rehearsal::unknown_thing";
    let (roles, attribute, value) = match WhichPairs::read(which) {
        Some(WhichPairs::With { role, attribute, value }) => (&[role][..], attribute, Some(value)),
        Some(WhichPairs::Alike { attribute }) => (&[Role::Mentor, Role::Mentee][..], attribute, None),
        Some(WhichPairs::All) | None => {
            let forms = PAIRS.map(|(form, _)| format!("\"{form}\"")).join(", ");
            report.push(
                node.error(CODE, format!("'{which}' does not say which pairs are counted"), "unknown")
                    .help(format!("write one of {forms}")),
            );
            return;
        }
    };
    let declared = sources.names("attributes");
    if !declared.contains(&attribute) {
        let help = suggest::help(attribute, declared.iter().copied(), "the template has no attribute at all");
        let what = format!("the template has no attribute '{attribute}'");
        report.push(node.error(CODE, what, "does not exist").help(help));
        return;
    }
    for role in roles {
        let recipe = rehearsal.get("cohort").and_then(|cohort| cohort.get(&role.to_string()));
        let values = recipe.and_then(|recipe| recipe.get(attribute)).map(|recipe| recipe.items_of("from"));
        let values: BTreeSet<_> = values.into_iter().flatten().filter_map(Node::text).collect();
        let absent = format!("add a section [cohort.{role}.{attribute}]");
        if values.is_empty() {
            let what = format!("no {role} of this rehearsal has the attribute '{attribute}'");
            report.push(node.error(CODE, what, "never drawn").help(absent));
        } else if let Some(value) = value.filter(|value| !values.contains(value)) {
            let what = format!("no {role} of this rehearsal has '{value}' as their {attribute}");
            report.push(node.error(CODE, what, "never drawn").help(suggest::help(value, values, &absent)));
        }
    }
}

/// The diary's name of a session that a script names with more words: `drop-in` for `drop-in 2`.
fn diary_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
