//! Finding mappings with which a journey that diverges would continue. What is found was tried, and what keeps all that waits
//! is looked for before anything is let go.

use super::{
    Lost, UnclearBranch,
    branches::{self, FoundBranches},
    places::Places,
};
use crate::{
    replay::{Asked, Divergence, Found, Moves},
    seen::Seen,
};
use smol_str::SmolStr;
use turnabout_model::{Address, Mapping, StepKey, StepPattern, of_any};

/// How many mappings are tried one after the other.
pub(super) const MOST: usize = 8;

/// How many times a journey is evaluated to find them.
const TRIES: usize = 64;

/// Mappings with which the journey would continue, after those that are there already; empty if none were found, or if only a
/// person can say.
pub(super) fn find(places: &Places<'_>) -> Vec<Mapping> {
    for keeps in [true, false] {
        match (Search { places, keeps, tries: TRIES }).from(Vec::new()) {
            Outcome::Found(mappings) => return mappings,
            Outcome::Several => return Vec::new(),
            Outcome::Nothing => {}
        }
    }
    Vec::new()
}

/// What a search came to.
enum Outcome {
    /// These do.
    Found(Vec<Mapping>),
    /// More than one thing may be meant: that is for a person to know.
    Several,
    /// None do.
    Nothing,
}

/// One way through what may be meant.
struct Search<'s, 'p> {
    places: &'s Places<'p>,
    /// Whether nothing that waits may be let go.
    keeps: bool,
    tries: usize,
}

impl Search<'_, '_> {
    fn from(&mut self, mut extra: Vec<Mapping>) -> Outcome {
        while extra.len() < MOST && self.tries > 0 {
            self.tries -= 1;
            let (found, seen) = tried(self.places, &extra);
            if self.keeps && !let_go(self.places, &extra, &found).is_empty() {
                return Outcome::Nothing;
            }
            if let Some(unclear) = found.unclear {
                return self.place(&unclear, &extra);
            }
            let Some(divergence) = &seen.divergence else {
                return if seen.problem.is_none() { Outcome::Found(extra) } else { Outcome::Nothing };
            };
            let next = renamed(self.places, divergence, &extra).filter(|next| {
                let with = [&extra[..], std::slice::from_ref(next)].concat();
                tried(self.places, &with).1.divergence.as_ref() != Some(divergence)
            });
            extra.push(next.unwrap_or_else(|| skipped(self.places, divergence, &extra)));
        }
        Outcome::Nothing
    }

    /// Goes on from a branch of which nobody can tell what it is. If anything may be let go, that is a branch that goes no way
    /// of the new script, not even but for a name.
    fn place(&mut self, unclear: &UnclearBranch, extra: &[Mapping]) -> Outcome {
        if unclear.has_twin || unclear.is_complete {
            return Outcome::Several;
        }
        let with = |to: Option<u32>| [extra, &[unclear.mapping(to)]].concat();
        if self.keeps {
            let mut only = Outcome::Nothing;
            for (branch, _) in &unclear.may_be {
                match (self.from(with(Some(*branch))), &only) {
                    (Outcome::Nothing, _) => {}
                    (Outcome::Found(mappings), Outcome::Nothing) => only = Outcome::Found(mappings),
                    (Outcome::Found(_) | Outcome::Several, _) => return Outcome::Several,
                }
            }
            return only;
        }
        let all = self.places.mappings_and(extra);
        let mut but_for_a_name = Vec::new();
        for (branch, _) in &unclear.may_be {
            // One that goes its way, and still not all that waits could be kept: which of them is to go is not ours to say.
            let Some(divergence) = unclear.differs(self.places, &all, *branch) else { return Outcome::Several };
            if renamed(self.places, &divergence, extra).is_some() {
                but_for_a_name.push(*branch);
            }
        }
        match but_for_a_name[..] {
            [] => self.from(with(None)),
            [only] => self.from(with(Some(only))),
            _ => Outcome::Several,
        }
    }
}

/// Where the branches stand with more mappings, and what the new script does then.
fn tried(places: &Places<'_>, extra: &[Mapping]) -> (FoundBranches, Seen) {
    let all = places.mappings_and(extra);
    let found = branches::find(places, &all);
    let (seen, _) = branches::looked_at(places, &all, &found.moved);
    (found, seen)
}

/// The steps that wait and that mappings let go, those alone in which nothing else waits, in the order in which they began,
/// then by name.
fn let_go(places: &Places<'_>, extra: &[Mapping], found: &FoundBranches) -> Vec<StepKey> {
    let all = places.mappings_and(extra);
    let memory = &places.before.memory;
    let moves = Moves { function: &places.before.function, mappings: &all, branches: &found.moved };
    let mut steps: Vec<StepKey> = Vec::new();
    for outer in memory.skipped_waiting(moves) {
        let inside = memory.waiting_inside(outer);
        let leaves = inside.into_iter().chain([outer]).filter(|step| memory.waiting_inside(*step).is_empty());
        for step in leaves {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
    }
    steps.sort_by_cached_key(|step| (memory.began(*step), memory.address(*step).map(ToString::to_string), *step));
    steps
}

/// What waits and is let go by these mappings, and whether the new script asks for it anew.
pub(super) fn lost(places: &Places<'_>, fix: &[Mapping]) -> Vec<Lost> {
    let (found, seen) = tried(places, fix);
    let steps = let_go(places, fix, &found);
    let known = steps.iter().filter_map(|step| places.before.memory.address(*step));
    known.map(|step| Lost { step: step.clone(), is_asked_anew: asks_for(&seen, step) }).collect()
}

/// Whether a script asks for a new step of the same name, wherever it stands.
fn asks_for(seen: &Seen, step: &Address) -> bool {
    seen.asked.iter().any(|asked| match asked {
        Asked::Take { address, .. } | Asked::Wait { address, .. } | Asked::Open { address, .. } => {
            address.verb == step.verb && address.label == step.label
        }
        Asked::BranchDone { .. } | Asked::Close { .. } => false,
    })
}

/// A step of the same verb under another label: most likely the same step. And a `together` that is a `race` now, or the other way
/// round.
fn renamed(places: &Places<'_>, divergence: &Divergence, extra: &[Mapping]) -> Option<Mapping> {
    let Found::Asked(found) = &divergence.found else { return None };
    let expected = &divergence.expected;
    if expected.has_branches() && found.has_branches() {
        return of_other_kind(places, divergence, (&found.verb, extra));
    }
    if found.verb != expected.verb || found.label == expected.label || found.label.is_empty() {
        return None;
    }
    let (from, to) = stem(expected, found);
    let pattern = StepPattern { function: None, verb: Some(expected.verb.clone()), label: from, nth: None, key: None };
    Some(Mapping::Renamed { from: pattern, to })
}

/// A `together` that is a `race` now keeps what waits in its branches, unless one of them is complete: that would win at once.
fn of_other_kind(
    places: &Places<'_>,
    divergence: &Divergence,
    (verb, extra): (&SmolStr, &[Mapping]),
) -> Option<Mapping> {
    let expected = &divergence.expected;
    let old = old_key(places, divergence.step, extra);
    let lived = places.before.memory.branches_lived(old);
    if *verb == expected.verb || (verb == "race" && lived.iter().any(|(_, is_complete)| *is_complete)) {
        return None;
    }
    let from = StepPattern { nth: Some(expected.nth), ..StepPattern::like(&places.before.function, expected) };
    let renamed = |from: StepPattern| Mapping::Renamed { from, to: verb.clone() };
    let all = places.mappings_and(extra);
    let is_only = places.before.memory.meant(&places.before.function, &all, &renamed(from.clone())) == 1;
    Some(renamed(StepPattern { key: (!is_only).then_some(old), ..from }))
}

/// The key that a step has under the old script.
fn old_key(places: &Places<'_>, step: StepKey, extra: &[Mapping]) -> StepKey {
    let mut mapped = places.before.memory.clone();
    let all = places.mappings_and(extra);
    let found = branches::find(places, &all);
    let moved = mapped.map(Moves { function: &places.before.function, mappings: &all, branches: &found.moved });
    moved.iter().find(|(_, new)| *new == step).map_or(step, |(old, _)| *old)
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
    let all = places.mappings_and(extra);
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
        if !asks_for(&seen, expected) {
            return every;
        }
    }
    Mapping::Skipped { step: StepPattern { key: Some(old_key(places, divergence.step, extra)), ..like } }
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
