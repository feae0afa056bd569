//! Release: which results may be shown at all. Every page, export, API answer, report and message asks here.
//!
//! A result is about a set of people. It may be shown if the set has at least k members, and if no sum or difference of
//! results that are shown is about 1 to k - 1 people: "everyone" less "mentors" is a result about the mentees, and
//! "everyone" less two of three sites is one about the third. Views are judged in the order in which the survey plans
//! them, which is fixed when it opens, so that what is shown never depends on who asks or in which order.
//!
//! The rule is that of complementary suppression in statistical disclosure control: see Hundepool et al., *Statistical
//! Disclosure Control* (Wiley, 2012), chapter 4.

use rustc_hash::FxHashMap;
use serde::Serialize;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::Threshold;

#[cfg(test)]
mod tests;

/// More views of one variable than this are not judged: the combinations grow with the third power of three.
const MOST_VIEWS: usize = 12;

/// A result that somebody could look at: some variables over a set of respondents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What it is called, for example `everyone` or `role: mentor`.
    pub name: SmolStr,
    /// What it tells about: a question in a wave. A paired change tells about two.
    pub variables: BTreeSet<SmolStr>,
    /// Whose answers are in it. A number is one respondent, the same in every view.
    pub people: BTreeSet<u32>,
}

/// Why a view is withheld. It names no number: how many are missing would tell how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// Fewer than k people are in it.
    TooFew,
    /// With what else is shown, fewer than k people could be told apart.
    WouldIsolate,
}

impl Withheld {
    /// The sentence that takes the place of the result.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TooFew => "Not shown: too few people answered.",
            Self::WouldIsolate => "Not shown: together with other results it would tell about too few people.",
        }
    }
}

/// Judges views in their order: an earlier one is never withheld for the sake of a later one.
pub fn release(threshold: Threshold, views: &[View]) -> Vec<Result<(), Withheld>> {
    let least = threshold.people();
    let mut shown: Vec<&View> = Vec::new();
    let mut verdicts = Vec::with_capacity(views.len());
    for view in views {
        let verdict = judge(least, view, &shown);
        if verdict.is_ok() {
            shown.push(view);
        }
        verdicts.push(verdict);
    }
    verdicts
}

fn judge(least: usize, view: &View, shown: &[&View]) -> Result<(), Withheld> {
    if view.people.len() < least {
        return Err(Withheld::TooFew);
    }
    for variable in &view.variables {
        let beside: Vec<&View> = shown.iter().copied().filter(|other| other.variables.contains(variable)).collect();
        if beside.len() >= MOST_VIEWS || isolates(least, view, &beside) {
            return Err(Withheld::WouldIsolate);
        }
    }
    Ok(())
}

/// Tells whether any sum or difference of a view with others is about 1 to `least` - 1 people.
fn isolates(least: usize, view: &View, beside: &[&View]) -> bool {
    // People who are in the same views can't be told apart: they are counted together.
    let mut alike: FxHashMap<(bool, u32), usize> = FxHashMap::default();
    let everyone: BTreeSet<u32> = beside.iter().flat_map(|other| &other.people).chain(&view.people).copied().collect();
    for person in everyone {
        let among = beside.iter().enumerate().filter(|(_, other)| other.people.contains(&person));
        let among = among.fold(0, |bits, (index, _)| bits | 1 << index);
        *alike.entry((view.people.contains(&person), among)).or_insert(0) += 1;
    }
    let alike: Vec<((bool, u32), usize)> = alike.into_iter().collect();
    // Each other view is added, left out or taken away: every way to do so, as two sets of views.
    let all = (1_u32 << beside.len()) - 1;
    (0..=all).any(|added| {
        let free = all & !added;
        // Walks through the subsets of `free`.
        let mut taken = free;
        loop {
            if (1..least).contains(&told_apart(&alike, added, taken)) {
                return true;
            }
            if taken == 0 {
                return false;
            }
            taken = (taken - 1) & free;
        }
    })
}

/// How many people have any weight left when the view is combined with others.
fn told_apart(alike: &[((bool, u32), usize)], added: u32, taken: u32) -> usize {
    let weight =
        |inside: bool, among: u32| u32::from(inside) + (among & added).count_ones() != (among & taken).count_ones();
    alike.iter().filter(|((inside, among), _)| weight(*inside, *among)).map(|(_, count)| count).sum()
}
