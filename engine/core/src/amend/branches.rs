//! Where the branches of open `together`s and `race`s stand in the new script.
//!
//! A branch is addressed by its place in the list. So that one that is added before others doesn't take over what its
//! neighbour waits for, the old and the new script are looked at, and each branch that is under way is found again by what it
//! says (`align.rs`). Outer branches come first: an inner `together` is found only once its branch stands where it belongs.
//! Rounds of loops are no branches in this sense: they have no text of their own.

use super::{
    Obstacle,
    align::{Fate, Sides, Trace, align},
    places::Places,
};
use crate::{
    replay::{BranchText, Divergence, Look, Memory, Moves, Written},
    seen::{Seen, see},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{num::NonZeroU32, sync::Arc};
use turnabout_model::{Address, Mapping, MovedBranch, MovedBranches, Position, StepKey, StepPattern, Wait};

/// What whoever amends should know of a branch that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BranchNote {
    /// It stands elsewhere, says something else, or is gone.
    Known {
        /// The `together` or `race`.
        of: Address,
        /// Which branch it was, counted from 0.
        from: u32,
        /// What it said.
        was: Arc<BranchText>,
        /// Which one it is and what it says; nothing if it is gone.
        now: Option<(u32, Arc<BranchText>)>,
    },
    /// The old script no longer comes to this `together` or `race`: its branches are taken to stand where they stood.
    Unseen(Address),
}

/// A branch of which nobody can tell which one of the new script it is.
#[derive(Debug, Clone, PartialEq)]
pub struct UnclearBranch {
    /// The `together` or `race`.
    pub of: Address,
    /// Which one is meant by a mapping.
    pub pattern: StepPattern,
    /// Which branch, counted from 0.
    pub branch: u32,
    /// What it said.
    pub was: Arc<BranchText>,
    /// Whether it has returned.
    pub is_complete: bool,
    /// The first step that waits in it; nothing if it is complete, or parked.
    pub waits: Option<Address>,
    /// Where the old script has that step.
    pub waits_at: Option<Position>,
    /// Where the `together` or `race` stands in the new script.
    pub found_at: Position,
    /// Which branches of the new script it may be, counted from 0.
    pub may_be: Vec<(u32, Arc<BranchText>)>,
    /// Another branch said the same, so that either may be the one that is gone.
    pub(super) has_twin: bool,
    spot: Spot,
}

impl UnclearBranch {
    /// What a person says of it: which branch it is, counted from 0, or that it is gone.
    pub fn mapping(&self, to: Option<u32>) -> Mapping {
        Mapping::Branch { of: self.pattern.clone(), from: from_one(self.branch), to: to.map(from_one) }
    }

    /// Where the new script goes another way than the branch did, if it is that one.
    pub(super) fn differs(&self, places: &Places<'_>, mappings: &[Mapping], to: u32) -> Option<Divergence> {
        self.spot.differs(places, mappings, (self.branch, to))
    }
}

fn from_one(branch: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(branch)
}

/// What was found for one journey.
#[derive(Default)]
pub(super) struct FoundBranches {
    /// Branches that stand elsewhere.
    pub(super) moved: Vec<MovedBranches>,
    /// What is to be told of them.
    pub(super) notes: Vec<BranchNote>,
    /// The first of which nobody can tell. What comes after it was not looked for.
    pub(super) unclear: Option<Box<UnclearBranch>>,
    /// Mappings that name a branch that is not there.
    pub(super) wrong: Vec<Obstacle>,
}

/// One `together` or `race`, once those around it stand where they belong.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    old: StepKey,
    new: StepKey,
    branches: u32,
    moved: Vec<MovedBranches>,
}

impl Spot {
    /// Puts the steps of one branch into another place and nothing into the others, and says where the new script goes
    /// another way in it.
    fn differs(&self, places: &Places<'_>, mappings: &[Mapping], (from, to): (u32, u32)) -> Option<Divergence> {
        let only = (0..self.branches).map(|branch| MovedBranch { from: branch, to: (branch == from).then_some(to) });
        let only = MovedBranches { journey: places.before.id, step: self.old, branches: only.collect() };
        let moved = [&self.moved[..], &[only]].concat();
        let (seen, memory) = looked_at(places, mappings, &moved);
        let divergence = seen.divergence?;
        let within = memory.address(divergence.step)?.within?;
        (within.step == self.new && within.branch == to).then_some(divergence)
    }
}

/// The new script over what the journey remembers, once that is mapped.
pub(super) fn looked_at(places: &Places<'_>, mappings: &[Mapping], moved: &[MovedBranches]) -> (Seen, Memory) {
    let (memory, _) = mapped(places, mappings, moved);
    let program = &*places.context.bundle.program;
    (see(places.trial, places.after, memory.clone(), program, places.context.when()), memory)
}

/// What the journey remembers under the new script, with the old key of each step that has another one.
fn mapped(places: &Places<'_>, mappings: &[Mapping], moved: &[MovedBranches]) -> (Memory, FxHashMap<StepKey, StepKey>) {
    let mut memory = places.before.memory.clone();
    let keys = memory.map(Moves { function: &places.before.function, mappings, branches: moved });
    memory.seal();
    (memory, keys.into_iter().map(|(old, new)| (new, old)).collect())
}

/// Finds the branches of a journey again.
pub(super) fn find(places: &Places<'_>, mappings: &[Mapping]) -> FoundBranches {
    let mut found = FoundBranches::default();
    if !places.before.memory.waiting().any(|(_, address, _)| address.has_branches()) {
        return found;
    }
    let old = places.old_look();
    let mut settled = FxHashSet::default();
    loop {
        let (memory, old_keys) = mapped(places, mappings, &found.moved);
        let program = &*places.context.bundle.program;
        let seen = see(places.trial, places.after, memory.clone(), program, places.context.when());
        let mut moved_now = FxHashSet::default();
        for (new_key, new) in &seen.look.branches {
            let old_key = old_keys.get(new_key).copied().unwrap_or(*new_key);
            if settled.contains(&old_key) || stands_in(&memory, *new_key, &moved_now) {
                continue;
            }
            settled.insert(old_key);
            let branches = u32::try_from(new.len()).unwrap_or(u32::MAX);
            let spot = Spot { old: old_key, new: *new_key, branches, moved: found.moved.clone() };
            if settle(places, mappings, (&old, &seen.look), (spot, new), &mut found) {
                moved_now.insert(*new_key);
            }
            if found.unclear.is_some() {
                return found;
            }
        }
        if moved_now.is_empty() {
            return found;
        }
    }
}

/// Tells whether a step stands inside one of these, however deep.
fn stands_in(memory: &Memory, step: StepKey, any: &FxHashSet<StepKey>) -> bool {
    let mut within = memory.address(step).and_then(|address| address.within);
    while let Some(around) = within {
        if any.contains(&around.step) {
            return true;
        }
        within = memory.address(around.step).and_then(|address| address.within);
    }
    false
}

/// Settles where the branches of one `together` or `race` stand. Tells whether any stands elsewhere.
fn settle(
    places: &Places<'_>,
    mappings: &[Mapping],
    (old_look, new_look): (&Look, &Look),
    (mut spot, new): (Spot, &[Written]),
    found: &mut FoundBranches,
) -> bool {
    let memory = &places.before.memory;
    let Some(of) = memory.address(spot.old).cloned() else { return false };
    let Some((_, old)) = old_look.branches.iter().find(|(step, _)| *step == spot.old) else {
        found.notes.push(BranchNote::Unseen(of));
        return false;
    };
    let lived = memory.branches_lived(spot.old);
    let traces: Vec<Trace> = (0_u32..).zip(old).map(|(branch, _)| trace(&lived, branch)).collect();
    spot.branches = u32::try_from(old.len()).unwrap_or(u32::MAX);
    let said = said(places, mappings, (spot.old, &of), (old.len(), new.len()), found);
    let sides = Sides { old, traces: &traces, new };
    let fits = |from: usize, to: usize| spot.differs(places, mappings, (number(from), number(to))).is_none();
    let fates = align(&sides, &said, fits);
    if let Some(first) = fates.iter().position(|fate| *fate == Fate::Unclear) {
        let unclear = unclear((places, old_look, new_look), &sides, (&fates, first), (of, spot));
        found.unclear = Some(Box::new(unclear));
        return false;
    }
    let mut branches = Vec::new();
    for (from, fate) in fates.iter().enumerate() {
        let to = match fate {
            Fate::Is(to) => Some(*to),
            Fate::Gone | Fate::Unclear => None,
        };
        if traces[from] == Trace::None {
            continue;
        }
        if to != Some(from) {
            branches.push(MovedBranch { from: number(from), to: to.map(number) });
        }
        if to.is_none_or(|to| to != from || old[from].text.code != new[to].text.code) {
            let now = to.map(|to| (number(to), Arc::clone(&new[to].text)));
            let was = Arc::clone(&old[from].text);
            found.notes.push(BranchNote::Known { of: of.clone(), from: number(from), was, now });
        }
    }
    // What is left of branches that an earlier amendment took away must not become the value of one that is new.
    let beyond = lived.iter().filter(|(branch, _)| *branch as usize >= old.len());
    branches.extend(beyond.map(|(branch, _)| MovedBranch { from: *branch, to: None }));
    if branches.is_empty() {
        return false;
    }
    found.moved.push(MovedBranches { journey: places.before.id, step: spot.old, branches });
    true
}

fn number(branch: usize) -> u32 {
    u32::try_from(branch).unwrap_or(u32::MAX)
}

fn trace(lived: &[(u32, bool)], branch: u32) -> Trace {
    match lived.iter().find(|(known, _)| *known == branch) {
        Some((_, true)) => Trace::Complete,
        Some((_, false)) => Trace::Open,
        None => Trace::None,
    }
}

/// What was said of the branches of one `together` or `race`, as far as they are there.
fn said(
    places: &Places<'_>,
    mappings: &[Mapping],
    (step, address): (StepKey, &Address),
    (old, new): (usize, usize),
    found: &mut FoundBranches,
) -> Vec<(usize, Option<usize>)> {
    let mut said: Vec<(usize, Option<usize>)> = Vec::new();
    for mapping in mappings {
        let Mapping::Branch { of, from, to } = mapping else { continue };
        if !of.means(&places.before.function, step, address) {
            continue;
        }
        let index = |number: NonZeroU32| number.get() as usize - 1;
        let (from, to) = (index(*from), to.map(index));
        let twice = said.iter().any(|(known, place)| *known == from || (to.is_some() && *place == to));
        if from >= old || to.is_some_and(|to| to >= new) || twice {
            let mapping = smol_str::format_smolstr!("{mapping}");
            found.wrong.push(Obstacle::NoSuchBranch { mapping, of: smol_str::format_smolstr!("{address}"), old, new });
        } else {
            said.push((from, to));
        }
    }
    said
}

fn unclear(
    (places, old_look, new_look): (&Places<'_>, &Look, &Look),
    sides: &Sides<'_>,
    (fates, branch): (&[Fate], usize),
    (of, spot): (Address, Spot),
) -> UnclearBranch {
    let memory = &places.before.memory;
    let same = |other: usize| sides.old[other].text.code == sides.old[branch].text.code;
    let twins: Vec<usize> = (0..fates.len()).filter(|other| *other != branch && same(*other)).collect();
    let free = |new: usize| !fates.contains(&Fate::Is(new));
    let of_twin = |new: usize| twins.iter().any(|twin| fates[*twin] == Fate::Is(new));
    let may_be = (0..sides.new.len()).filter(|new| free(*new) || of_twin(*new));
    let inside = memory.waiting_in(spot.old, number(branch));
    let like_it = memory.waiting().filter(|(_, address, wait)| {
        matches!(wait, Wait::Branches { .. }) && address.verb == of.verb && address.nth == of.nth
    });
    let key = (like_it.count() > 1).then_some(spot.old);
    UnclearBranch {
        pattern: StepPattern { nth: Some(of.nth), key, ..StepPattern::like(&places.before.function, &of) },
        branch: number(branch),
        was: Arc::clone(&sides.old[branch].text),
        is_complete: sides.traces[branch] == Trace::Complete,
        waits: inside.and_then(|step| memory.address(step)).cloned(),
        waits_at: inside.and_then(|step| old_look.places.get(&step)).cloned(),
        found_at: new_look.places.get(&spot.new).cloned().unwrap_or_default(),
        may_be: may_be.map(|new| (number(new), Arc::clone(&sides.new[new].text))).collect(),
        has_twin: !twins.is_empty(),
        of,
        spot,
    }
}
