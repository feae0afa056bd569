//! Rehearsals that do not come to their end by themselves: something in them waits for what nobody does.

use super::{About, Played, in_rehearsals};
use std::ops::Range;
use turnabout_core::{ports::Outline, rehearse::Rehearsed};
use turnabout_model::{Address, Diagnostic, Wait};

/// What journeys wait for: their functions, and the steps.
type Waits<'r> = Vec<(&'r str, &'r Address)>;

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let stalls = |played: &&Played<'_>| {
        let run = &played.rehearsed.run;
        // A parked journey is what keeps it from its end, and is said where it stopped.
        !run.is_over() && run.journeys.iter().all(|journey| journey.problem().is_none()) && may_end(played)
    };
    // What keeps several from their end is one mistake.
    let mut found: Vec<(&Played<'_>, Waits<'_>, Vec<&str>)> = Vec::new();
    for played in played.iter().filter(stalls) {
        let waits = waiting(played.rehearsed);
        match found.iter_mut().find(|(_, known, _)| same(known, &waits)) {
            Some((_, _, names)) => names.push(played.name),
            None => found.push((played, waits, vec![played.name])),
        }
    }
    found.iter().map(|(played, waits, names)| told(about, played, waits, names)).collect()
}

fn same(known: &[(&str, &Address)], other: &[(&str, &Address)]) -> bool {
    known.len() == other.len() && known.iter().zip(other).all(|(one, other)| is_same(one, other))
}

fn is_same((function, address): &(&str, &Address), (other, of): &(&str, &Address)) -> bool {
    function == other && (&address.verb, &address.label) == (&of.verb, &of.label)
}

/// A rehearsal may be about just that.
fn may_end(played: &Played<'_>) -> bool {
    let never = |count: Option<&str>, is: Option<u64>| count == Some("finished") && is == Some(0);
    !played.plan.expect.iter().any(|expected| never(expected.count.as_deref(), expected.is))
}

fn told(about: About<'_>, played: &Played<'_>, waits: &[(&str, &Address)], names: &[&str]) -> Diagnostic {
    let day = played.rehearsed.ended.to_zoned(played.rehearsed.run.zone.clone()).strftime("%-d %B %Y").to_string();
    let where_found = in_rehearsals(names);
    let message = format!("the programme does not come to its end {where_found}: nothing happens after {day}");
    let mut found = Diagnostic::warning("rehearsal::stalled", message);
    for (function, address) in waits {
        if let Some((file, bytes)) = place(about.bundle.program.outline(), function, address) {
            let label = if address.label.is_empty() { String::new() } else { format!(" for '{}'", address.label) };
            found = found.at(file, bytes, format!("{function} waits here{label}"));
        }
    }
    if found.labels.is_empty() {
        let file = format!("rehearsals/{}.toml", played.name);
        let line = about.text(&file).find("summary").map_or(0..0, |at| at..at + "summary".len());
        found = found.at(file, line, "this rehearsal");
    }
    found.help(
        "give the wait an end, as in race([|| ..., || sleep(weeks(4))]), or let the rehearsal do what it waits for",
    )
}

/// The innermost steps that wait, each once, with the function: at most three.
fn waiting(rehearsed: &Rehearsed) -> Vec<(&str, &Address)> {
    let open = rehearsed.run.journeys.iter().filter(|journey| !journey.ended());
    let steps = open.flat_map(|journey| {
        let inner = |wait: &Wait| !matches!(wait, Wait::Branches { .. } | Wait::Children(_));
        let waits = journey.memory.waiting().filter(move |(_, _, wait)| inner(wait));
        waits.map(|(_, address, _)| (journey.function.as_str(), address))
    });
    let mut found: Vec<(&str, &Address)> = Vec::new();
    for (function, address) in steps {
        if !found.iter().any(|known| is_same(known, &(function, address))) {
            found.push((function, address));
        }
    }
    // In an order that does not depend on how a journey keeps its steps.
    found.sort_by_key(|(function, address)| (*function, address.verb.clone(), address.label.clone()));
    found.truncate(3);
    found
}

/// Where a function calls the verb, with the same label if it has one.
fn place(outline: &Outline, function: &str, address: &Address) -> Option<(smol_str::SmolStr, Range<usize>)> {
    let of = outline.functions.iter().filter(|one| one.name == function);
    let calls = of.flat_map(|one| one.calls.iter().map(move |call| (one, call)));
    let mut calls = calls.filter(|(_, call)| call.name == address.verb);
    let labelled = |call: &turnabout_core::ports::Call| {
        crate::checks::literal(call.arguments.first()).is_none_or(|label| label == address.label)
    };
    let (one, call) = calls.find(|(_, call)| labelled(call))?;
    Some((one.file.clone(), call.bytes.clone()))
}
