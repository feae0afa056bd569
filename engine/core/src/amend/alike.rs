//! Journeys that stand in the way for one reason. Ten pairs that diverge at one step are one thing to mend.

use super::{Diverged, Judgement, UnclearBranch, Verdict, fix::MOST};
use smol_str::SmolStr;
use turnabout_model::{Address, JourneyId, Mapping, of_any};

/// Journeys of one function that stand in the way of an amendment at the same step, in the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Which, in order; never none.
    pub journeys: Vec<JourneyId>,
    /// Mappings with which each of them would continue, as was tried; empty if no journey's own do for all.
    pub fix: Vec<Mapping>,
}

/// Puts those together that stand in the way alike. `settles` tells whether a journey continues with mappings that are not its
/// own.
pub(super) fn find(journeys: &[Judgement], settles: impl Fn(JourneyId, &[Mapping]) -> bool) -> Vec<Alike> {
    let mut groups: Vec<Vec<&Judgement>> = Vec::new();
    for journey in journeys.iter().filter(|journey| journey.verdict.hinders()) {
        match groups.iter_mut().find(|group| is_same(group[0], journey)) {
            Some(group) => group.push(journey),
            None => groups.push(vec![journey]),
        }
    }
    let alike = |group: Vec<&Judgement>| Alike {
        journeys: group.iter().map(|journey| journey.journey).collect(),
        fix: common(&group, &settles),
    };
    groups.into_iter().map(alike).collect()
}

/// The mappings of one of them that do for all, the fewest that do.
fn common(group: &[&Judgement], settles: &impl Fn(JourneyId, &[Mapping]) -> bool) -> Vec<Mapping> {
    let mut candidates: Vec<&[Mapping]> = Vec::new();
    for journey in group {
        let own = own_fix(journey);
        if own.is_empty() {
            return Vec::new();
        }
        if !candidates.contains(&own) {
            candidates.push(own);
        }
    }
    candidates.sort_by_key(|fix| fix.len());
    let holds =
        |fix: &&&[Mapping]| group.iter().all(|journey| own_fix(journey) == **fix || settles(journey.journey, fix));
    candidates.iter().take(MOST).find(holds).map(|fix| fix.to_vec()).unwrap_or_default()
}

fn own_fix(journey: &Judgement) -> &[Mapping] {
    match &journey.verdict {
        Verdict::Diverges(at) => &at.fix,
        _ => &[],
    }
}

/// Whether two journeys stand in the way at the same step in the same way, whomever they are about.
fn is_same(one: &Judgement, other: &Judgement) -> bool {
    one.function == other.function
        && match (&one.verdict, &other.verdict) {
            (Verdict::Diverges(one), Verdict::Diverges(other)) => diverge_alike(one, other),
            (Verdict::Fails(one), Verdict::Fails(other)) => {
                one.code == other.code
                    && one.position == other.position
                    && of_any(&one.message) == of_any(&other.message)
            }
            _ => false,
        }
}

fn diverge_alike(one: &Diverged, other: &Diverged) -> bool {
    let late = |of: &Diverged| {
        of.late.as_ref().map(|late| {
            (late.steps.iter().map(step).collect::<Vec<_>>(), step(&late.after), (late.is_open, late.waits))
        })
    };
    step(&one.expected) == step(&other.expected)
        && one.expected_at == other.expected_at
        && one.found.as_ref().map(step) == other.found.as_ref().map(step)
        && one.found_at == other.found_at
        && late(one) == late(other)
        && one.branch.as_deref().map(branch) == other.branch.as_deref().map(branch)
}

/// A step as it is called, whomever it is about and whichever round it stands in.
fn step(address: &Address) -> (SmolStr, String, u32) {
    (address.verb.clone(), of_any(&address.label), address.nth)
}

/// A branch of which nobody can tell, and which ones it may be.
fn branch(unclear: &UnclearBranch) -> impl PartialEq {
    let may_be: Vec<(u32, String)> = unclear.may_be.iter().map(|(place, text)| (*place, text.code.clone())).collect();
    let waits = unclear.waits.as_ref().map(step);
    (step(&unclear.of), (unclear.branch, unclear.was.code.clone()), unclear.is_complete, waits, may_be)
}
