//! Which branch of a new script each branch of an old one is, by what they say. Plain lists in, places out.
//!
//! What says the same in the same order is the same (a longest common subsequence), then what says the same elsewhere, then
//! what has the same code with other variables. A branch that is left over was edited if nothing else can be meant: the new
//! one stands where it stood, and no other comes in question. All else is for a person to say.

use crate::replay::Written;

/// What happened in a branch so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trace {
    /// Nothing.
    None,
    /// Steps, and it goes on.
    Open,
    /// It has its value.
    Complete,
}

/// What became of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is this one of the new script.
    Is(usize),
    /// It is no longer there, and nothing hangs on it, or it was said so.
    Gone,
    /// It may be any of those that are left over in the new script, or none.
    Unclear,
}

/// The two lists that are held against each other.
pub(super) struct Sides<'a> {
    pub(super) old: &'a [Written],
    pub(super) traces: &'a [Trace],
    pub(super) new: &'a [Written],
}

/// What became of each old branch. `said` is what a person said of them; `fits` tells whether the steps that an old branch
/// has are those that a new one asks for, and is asked only where nothing else tells.
pub(super) fn align(
    sides: &Sides<'_>,
    said: &[(usize, Option<usize>)],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<Fate> {
    let mut matching = Matching { sides, fates: vec![None; sides.old.len()], taken: vec![false; sides.new.len()] };
    for (from, to) in said {
        match to {
            Some(to) => matching.settle(*from, *to),
            None => matching.fates[*from] = Some(Fate::Gone),
        }
    }
    matching.same_in_order();
    matching.same_elsewhere();
    matching.same_code();
    matching.edited(fits);
    matching.rest()
}

struct Matching<'a> {
    sides: &'a Sides<'a>,
    fates: Vec<Option<Fate>>,
    taken: Vec<bool>,
}

impl Matching<'_> {
    fn settle(&mut self, old: usize, new: usize) {
        self.fates[old] = Some(Fate::Is(new));
        self.taken[new] = true;
    }

    fn open(&self) -> Vec<usize> {
        (0..self.fates.len()).filter(|old| self.fates[*old].is_none()).collect()
    }

    /// Those of them in which something happened.
    fn lived(&self) -> Vec<usize> {
        self.open().into_iter().filter(|old| self.sides.traces[*old] != Trace::None).collect()
    }

    fn free(&self) -> Vec<usize> {
        (0..self.taken.len()).filter(|new| !self.taken[*new]).collect()
    }

    fn is_same(&self, old: usize, new: usize) -> bool {
        is_same(&self.sides.old[old], &self.sides.new[new])
    }

    /// The longest list of branches that are on both sides in the same order.
    fn same_in_order(&mut self) {
        let (old, new) = (self.open(), self.free());
        let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
        for (i, from) in old.iter().enumerate().rev() {
            for (j, to) in new.iter().enumerate().rev() {
                longest[i][j] = if self.is_same(*from, *to) {
                    longest[i + 1][j + 1] + 1
                } else {
                    longest[i + 1][j].max(longest[i][j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < old.len() && j < new.len() {
            if self.is_same(old[i], new[j]) {
                self.settle(old[i], new[j]);
                (i, j) = (i + 1, j + 1);
            } else if longest[i + 1][j] >= longest[i][j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    fn same_elsewhere(&mut self) {
        for old in self.open() {
            if let Some(new) = self.free().into_iter().find(|new| self.is_same(old, *new)) {
                self.settle(old, new);
            }
        }
    }

    /// The same code that captured other variables: by those that are equal, as far as they tell; alone on both sides,
    /// whatever they are.
    fn same_code(&mut self) {
        let like = |old: usize, new: usize| {
            let (old, new) = (&self.sides.old[old], &self.sides.new[new]);
            (old.text.code == new.text.code).then(|| alike(old, new))
        };
        // As long as one more is found: what is found leaves fewer for the others.
        loop {
            let (old, new) = (self.open(), self.free());
            let best_new = |from: usize| only_best(new.iter().copied(), |to| like(from, to));
            let best_old = |to: usize| only_best(old.iter().copied(), |from| like(from, to));
            let mutual = old.iter().find_map(|from| {
                let to = best_new(*from)?;
                (best_old(to) == Some(*from)).then_some((*from, to))
            });
            let Some((from, to)) = mutual else { return };
            self.settle(from, to);
        }
    }

    /// Whether a new branch stands where an old one stood: between the same neighbours, or beside one of them.
    fn in_place(&self, old: usize, new: usize) -> bool {
        let place = |other: usize| match self.fates[other] {
            Some(Fate::Is(place)) => Some(place),
            _ => None,
        };
        let before = (0..old).rev().find_map(place);
        let after = (old + 1..self.fates.len()).find_map(place);
        let between = before.is_none_or(|before| before < new) && after.is_none_or(|after| new < after);
        let follows = old > 0 && place(old - 1).is_some_and(|before| before + 1 == new);
        let leads = old + 1 < self.fates.len() && place(old + 1).is_some_and(|after| new + 1 == after);
        between || follows || leads
    }

    fn edited(&mut self, fits: impl Fn(usize, usize) -> bool) {
        if self.edited_alone() {
            return;
        }
        let (old, new) = (self.lived(), self.free());
        if old.is_empty() || new.is_empty() {
            return;
        }
        let complete = |old: usize| self.sides.traces[old] == Trace::Complete;
        // Of a branch that is complete nothing is left that could be compared, but where it stood.
        let fits =
            |(old, new): &(usize, usize)| if complete(*old) { self.in_place(*old, *new) } else { fits(*old, *new) };
        let fitting: Vec<(usize, usize)> =
            old.iter().flat_map(|from| new.iter().map(|to| (*from, *to))).filter(fits).collect();
        let only = |(from, to): &(usize, usize)| {
            let rivals = fitting.iter().filter(|(other, another)| other == from || another == to).count();
            rivals == 1 && !complete(*from) && self.in_place(*from, *to)
        };
        let found: Vec<(usize, usize)> = fitting.iter().copied().filter(only).collect();
        for (from, to) in found {
            self.settle(from, to);
        }
        self.edited_alone();
    }

    /// One is left on each side, and it stands where it stood: it was edited.
    fn edited_alone(&mut self) -> bool {
        if let ([old], [new]) = (self.lived().as_slice(), self.free().as_slice())
            && self.in_place(*old, *new)
        {
            self.settle(*old, *new);
            return true;
        }
        false
    }

    fn rest(self) -> Vec<Fate> {
        let none_free = self.free().is_empty();
        let fate = |old: usize| {
            let twin = || {
                (0..self.sides.old.len())
                    .any(|other| other != old && is_same(&self.sides.old[old], &self.sides.old[other]))
            };
            match self.sides.traces[old] {
                Trace::None => Fate::Gone,
                // Its value goes with it; unless it might as well be another that is gone.
                Trace::Complete if none_free && !twin() => Fate::Gone,
                Trace::Complete | Trace::Open => Fate::Unclear,
            }
        };
        self.fates.iter().enumerate().map(|(old, known)| known.unwrap_or_else(|| fate(old))).collect()
    }
}

fn is_same(one: &Written, other: &Written) -> bool {
    one.text.code == other.text.code && one.captured.len() == alike(one, other)
}

/// How many captured variables are equal.
fn alike(one: &Written, other: &Written) -> usize {
    one.captured.iter().zip(&other.captured).filter(|(one, other)| one == other).count()
}

/// The one that scores more than every other.
fn only_best(of: impl Iterator<Item = usize>, score: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut shared = false;
    for one in of {
        let Some(own) = score(one) else { continue };
        match best {
            Some((_, most)) if own < most => {}
            Some((_, most)) if own == most => shared = true,
            _ => (best, shared) = (Some((one, own)), false),
        }
    }
    best.filter(|_| !shared).map(|(one, _)| one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::{BranchText, Captured};
    use std::sync::Arc;

    /// `a` is a branch with this code, `a1` one that captured 1.
    fn written(words: &str) -> Vec<Written> {
        let one = |word: &str| {
            let (code, captured) = word.split_at(1);
            let position = turnabout_model::Position::default();
            let text = Arc::new(BranchText { code: code.into(), shown: code.into(), position });
            let captured = captured.chars().map(|c| Captured::Code(c.into())).collect();
            Written { text, captured }
        };
        words.split_whitespace().map(one).collect()
    }

    fn traces(word: &str) -> Vec<Trace> {
        let one = |c| match c {
            'o' => Trace::Open,
            'c' => Trace::Complete,
            _ => Trace::None,
        };
        word.chars().map(one).collect()
    }

    /// A fate a letter: the new place, `x` for gone, `?` for unclear.
    fn aligned(old: &str, lived: &str, new: &str, fits: &[(usize, usize)]) -> String {
        said(old, lived, new, fits, &[])
    }

    fn said(old: &str, lived: &str, new: &str, fits: &[(usize, usize)], said: &[(usize, Option<usize>)]) -> String {
        let (old, new, traces) = (written(old), written(new), traces(lived));
        let sides = Sides { old: &old, traces: &traces, new: &new };
        let fates = align(&sides, said, |from, to| fits.contains(&(from, to)));
        let letter = |fate: &Fate| match fate {
            Fate::Is(place) => place.to_string(),
            Fate::Gone => "x".into(),
            Fate::Unclear => "?".into(),
        };
        fates.iter().map(letter).collect()
    }

    #[test]
    fn a_branch_is_known_by_what_it_says() {
        for (old, lived, new, expect) in [
            ("a b", "oo", "a b", "01"),
            ("a b", "oo", "z a b", "12"),
            ("a b", "oo", "a z b", "02"),
            ("a b", "oo", "a b z", "01"),
            ("a b", "oo", "b a", "10"),
            ("a b c", "oco", "c z a b", "230"),
            // Equal ones keep their order.
            ("s s", "oo", "s s s", "01"),
            ("s a s", "oco", "z s a s", "123"),
            // What waits is never let go in silence, what is complete goes with its value.
            ("a b", "oo", "b", "?0"),
            ("a b", "co", "b", "x0"),
            ("a b", ".o", "b", "x0"),
            // Of two that are equal nobody knows which is gone, if one is complete.
            ("s s", "oc", "s", "0?"),
            ("s s", "co", "s", "0?"),
            // The same code with other variables.
            ("f1 f2", "oo", "f3 f1 f2", "12"),
            ("f1x f2x", "oo", "f1y f2y", "01"),
            ("f1x f2x", "oo", "f2y f1y", "10"),
            ("f1", "o", "f2", "0"),
            ("a f1", "oo", "f2 a", "10"),
            ("f1 f2", "oo", "f3", "??"),
        ] {
            assert_eq!(aligned(old, lived, new, &[]), expect, "{old} ({lived}) -> {new}");
        }
    }

    #[test]
    fn an_edited_branch_is_taken_for_what_it_was_only_where_nothing_else_can_be_meant() {
        for (old, lived, new, fits, expect) in [
            // Alone on both sides in its place: whether it fits is for the replay to say.
            ("a b", "oo", "z b", &[][..], "01"),
            ("a b", "co", "z b", &[], "01"),
            ("a b c", "ooo", "a z c", &[], "012"),
            // Alone, and somewhere else: it may be gone, and the other one new.
            ("a b", "oo", "b z", &[(0, 1)], "?0"),
            ("a b", "co", "b z", &[], "?0"),
            // Two edited at once, told apart by their steps.
            ("a b", "oo", "y z", &[(0, 0), (1, 1)], "01"),
            ("a b", "oo", "y z", &[(0, 1), (1, 0)], "10"),
            ("a b", "oo", "y z", &[(0, 0), (0, 1), (1, 0), (1, 1)], "??"),
            ("a b", "oo", "y z", &[(0, 0)], "01"),
            ("a b", "oo", "y z", &[], "??"),
            // Edited, and one added.
            ("a b", "oo", "y z b", &[(0, 1)], "12"),
            ("a b", "oo", "y z b", &[(0, 0), (0, 1)], "?2"),
            ("a b", "oo", "y z b", &[], "?2"),
            ("a b", "co", "y z b", &[], "?2"),
            // Edited, and one gone.
            ("a b", "oo", "y", &[(0, 0)], "0?"),
            ("a b", "oo", "y", &[(0, 0), (1, 0)], "??"),
        ] {
            assert_eq!(aligned(old, lived, new, fits), expect, "{old} ({lived}) -> {new} {fits:?}");
        }
    }

    #[test]
    fn what_a_person_says_comes_first() {
        assert_eq!(said("a b", "oo", "a b", &[], &[(0, Some(1))]), "1?");
        assert_eq!(said("a b", "oo", "y z", &[], &[(0, Some(1)), (1, Some(0))]), "10");
        assert_eq!(said("a b", "oo", "y z", &[], &[(0, None), (1, Some(1))]), "x1");
        assert_eq!(said("a b", "oo", "y b", &[], &[(0, None)]), "x1");
    }
}
