//! Steps that the new script has before one that has happened. No mapping mends that, since they would have to be lived in the
//! past; whoever wrote them has to put them elsewhere.

use super::{branches, fix::MOST, places::Places};
use crate::{
    ports::{Argument, Call, Outline},
    replay::{Divergence, Found},
    seen::see,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{Address, Wait};

/// Steps that the new script has before one that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Those steps, in order.
    pub steps: Vec<Address>,
    /// The last step that has happened there: they can come after it.
    pub after: Address,
    /// Whether that is under way and has branches or rounds.
    pub is_open: bool,
    /// Whether the step that they stand before still waits.
    pub waits: bool,
}

/// The steps that are new before the one that a journey diverges at. Nothing, if it diverges for another reason.
///
/// They are let happen, with nothing for a value, and if the script then comes past the other one, they were all that was in
/// the way. Without names a step that has gone can look just like that, a later one being taken for it; so they have to be
/// new in the text of the script too.
pub(super) fn find(places: &Places<'_>, divergence: &Divergence) -> Option<Late> {
    let program = &*places.context.bundle.program;
    let added = added(places.old.program.outline(), program.outline());
    let (seen, mut memory) = branches::looked_at(places, &places.amendment.mappings, places.branches);
    let mut steps = Vec::new();
    let mut diverged = seen.divergence;
    while let Some(Divergence { step, found: Found::Asked(found), .. }) = diverged
        && step == divergence.step
        && steps.len() < MOST
        && added.iter().any(|call| asks_for(program.outline(), call, &found))
    {
        memory.pretend(places.context.now, &found);
        steps.push(found);
        let seen = see(places.trial, places.after, memory.clone(), program, places.context.when());
        if seen.look.places.contains_key(&divergence.step) {
            let last = places.after.memory.last_in(divergence.expected.within)?;
            let is_open = matches!(places.after.memory.waits(last), Some(Wait::Branches { .. }));
            let waits = places.after.memory.waits(divergence.step).is_some();
            return Some(Late { steps, after: places.after.memory.address(last)?.clone(), is_open, waits });
        }
        diverged = seen.divergence;
    }
    None
}

/// The calls that a script has more of than another.
fn added<'a>(old: &Outline, new: &'a Outline) -> Vec<&'a Call> {
    let mut known: Vec<&Call> = old.functions.iter().flat_map(|function| &function.calls).collect();
    let calls = new.functions.iter().flat_map(|function| &function.calls);
    let same = |one: &Call, other: &Call| {
        one.name == other.name && one.module == other.module && one.arguments == other.arguments
    };
    calls
        .filter(|call| match known.iter().position(|other| same(call, other)) {
            Some(place) => {
                known.swap_remove(place);
                false
            }
            None => true,
        })
        .collect()
}

/// Whether a call asks for a step, or calls a function that may.
fn asks_for(outline: &Outline, call: &Call, step: &Address) -> bool {
    if call.name == step.verb {
        return step.label.is_empty()
            || match call.arguments.first() {
                Some(Argument::Text(text)) if text.whole => text.text == step.label,
                Some(Argument::Text(text)) => step.label.starts_with(text.text.as_str()),
                _ => true,
            };
    }
    let (mut seen, mut next) = (BTreeSet::new(), vec![&call.name]);
    while let Some(name) = next.pop() {
        if !seen.insert(name) {
            continue;
        }
        let of_name = outline.functions.iter().filter(|function| function.name == *name);
        let called: Vec<&SmolStr> = of_name.flat_map(|function| &function.calls).map(|call| &call.name).collect();
        if called.iter().any(|called| **called == step.verb) {
            return true;
        }
        next.extend(called);
    }
    false
}
