//! Finding mappings with which a journey that diverges would continue. What is found was tried.

use super::{
    UnclearBranch,
    branches::{self, FoundBranches},
    places::Places,
};
use crate::{
    replay::{Asked, Divergence, Found, Moves},
    seen::Seen,
};
use smol_str::SmolStr;
use turnabout_model::{Address, Mapping, StepPattern, of_any};

/// How many mappings are tried one after the other.
pub(super) const MOST: usize = 8;

/// Mappings with which the journey would continue, after those that are there already; empty if none were found.
pub(super) fn find(places: &Places<'_>) -> Vec<Mapping> {
    let mut extra: Vec<Mapping> = Vec::new();
    for _ in 0..MOST {
        let (found, seen) = tried(places, &extra);
        if let Some(unclear) = found.unclear {
            let Some(next) = placed(places, &unclear, &extra) else { return Vec::new() };
            extra.push(next);
            continue;
        }
        let Some(divergence) = &seen.divergence else {
            return if seen.problem.is_none() { extra } else { Vec::new() };
        };
        let next = renamed(divergence).filter(|next| {
            let with = [&extra[..], std::slice::from_ref(next)].concat();
            tried(places, &with).1.divergence.as_ref() != Some(divergence)
        });
        extra.push(next.unwrap_or_else(|| skipped(places, divergence, &extra)));
    }
    Vec::new()
}

/// Where the branches stand with more mappings, and what the new script does then.
fn tried(places: &Places<'_>, extra: &[Mapping]) -> (FoundBranches, Seen) {
    let all = [&places.amendment.mappings[..], extra].concat();
    let found = branches::find(places, &all);
    let (seen, _) = branches::looked_at(places, &all, &found.moved);
    (found, seen)
}

/// What a branch is of which nobody can tell: gone, if no branch of the new script goes its way; one that goes its way but for
/// a name, if there is only one. Nothing is said where it may be one of several: that is for a person to know.
fn placed(places: &Places<'_>, unclear: &UnclearBranch, extra: &[Mapping]) -> Option<Mapping> {
    if unclear.has_twin || unclear.is_complete {
        return None;
    }
    let all = [&places.amendment.mappings[..], extra].concat();
    let mut but_for_a_name = Vec::new();
    for (branch, _) in &unclear.may_be {
        if renamed(&unclear.differs(places, &all, *branch)?).is_some() {
            but_for_a_name.push(*branch);
        }
    }
    match but_for_a_name[..] {
        [] => Some(unclear.mapping(None)),
        [only] => Some(unclear.mapping(Some(only))),
        _ => None,
    }
}

/// A step of the same verb under another label: most likely the same step.
fn renamed(divergence: &Divergence) -> Option<Mapping> {
    let Found::Asked(found) = &divergence.found else { return None };
    let expected = &divergence.expected;
    if found.verb != expected.verb || found.label == expected.label || found.label.is_empty() {
        return None;
    }
    let (from, to) = stem(expected, found);
    let pattern = StepPattern { function: None, verb: Some(expected.verb.clone()), label: from, nth: None, key: None };
    Some(Mapping::Renamed { from: pattern, to })
}

/// `drop-in 2` that is called `meet-up 2` now: `drop-in` is called `meet-up`.
fn stem(expected: &Address, found: &Address) -> (SmolStr, SmolStr) {
    match (expected.label.split_once(' '), found.label.split_once(' ')) {
        (Some((from, rest)), Some((to, other))) if rest == other => (from.into(), to.into()),
        _ => (expected.label.clone(), found.label.clone()),
    }
}

/// A step that the new script no longer has: told from all others by as little as possible, so that what is said of one journey
/// holds for others like it; or all of its kind in the function, unless the script goes on to ask for another of them.
fn skipped(places: &Places<'_>, divergence: &Divergence, extra: &[Mapping]) -> Mapping {
    let expected = &divergence.expected;
    let function = &places.before.function;
    let all = [&places.amendment.mappings[..], extra].concat();
    let like = StepPattern::like(function, expected);
    let of_any = of_anybody(&expected.label).map(|label| StepPattern { label, ..like.clone() });
    let labelled = (!expected.label.is_empty()).then(|| like.clone());
    let counted = StepPattern { nth: Some(expected.nth), ..like.clone() };
    for step in of_any.into_iter().chain(labelled).chain([counted]) {
        let only = Mapping::Skipped { step };
        if places.before.memory.meant(function, &all, &only) == 1 {
            return only;
        }
    }
    if !expected.label.is_empty() {
        let every = Mapping::Skipped { step: like.clone() };
        let (_, seen) = tried(places, &[extra, std::slice::from_ref(&every)].concat());
        let again = seen.asked.iter().any(|asked| match asked {
            Asked::Take { address, .. } | Asked::Wait { address, .. } | Asked::Open { address, .. } => {
                address.verb == expected.verb && address.label == expected.label
            }
            Asked::BranchDone { .. } | Asked::Close { .. } => false,
        });
        if !again {
            return every;
        }
    }
    let mut mapped = places.before.memory.clone();
    let found = branches::find(places, &all);
    let moved = mapped.map(Moves { function, mappings: &all, branches: &found.moved });
    let key = moved.iter().find(|(_, new)| *new == divergence.step).map_or(divergence.step, |(old, _)| *old);
    Mapping::Skipped { step: StepPattern { key: Some(key), ..like } }
}

/// A label that means whoever a step is about: `pair` of `pair-2`, and the word before it if there is one.
fn of_anybody(label: &str) -> Option<SmolStr> {
    let (word, subject) = label.split_once(' ').unwrap_or(("", label));
    let any = of_any(subject);
    let is_subject = any != subject && !any.contains(|c: char| !c.is_alphabetic());
    is_subject.then(|| if word.is_empty() { any.into() } else { word.into() })
}

/// Tells whether a journey continues with these mappings after those that are there already.
pub(super) fn settles(places: &Places<'_>, extra: &[Mapping]) -> bool {
    let (found, seen) = tried(places, extra);
    found.unclear.is_none() && seen.divergence.is_none() && seen.problem.is_none()
}
