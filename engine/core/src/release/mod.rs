//! Release: which results may be shown at all. Every page, export, API answer, report and message asks here.
//!
//! A result is about a set of people. It may be shown if the set has at least k members, and if no sum or difference of
//! results that are shown is about 1 to k - 1 people: "everyone" less "mentors" is a result about the mentees, and
//! "everyone" less two of three sites is one about the third. Views are judged in the order in which the survey plans
//! them, which is fixed when it opens, so that what is shown never depends on who asks or in which order.
//!
//! What people let be told under their names is shown whatever happens, so everything else is judged as if the reader had
//! taken the named ones out of it already: "everyone" less those who are known by name is a result too.
//!
//! Results over the same people are one for this purpose, however many there are of them: whoever has several can tell
//! no further people apart with them than with one.
//!
//! The rule is that of complementary suppression in statistical disclosure control: see Hundepool et al., *Statistical
//! Disclosure Control* (Wiley, 2012), chapter 4. It tries every view once, added or taken away; weights beyond that, as
//! somebody who solves the whole system of equations could use, are not tried.

mod isolate;

use isolate::Isolation;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// With more different sets of people for one variable than this, a view is not judged but withheld: the combinations
/// grow with the third power of three.
const MOST_SETS: usize = 12;

/// How a view comes to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// If the gate lets it.
    #[default]
    Judged,
    /// Whatever happens: each of these people agreed that their answer is told under their name.
    Given,
}

/// A result that somebody could look at: some variables over a set of respondents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What it is called, for example `everyone` or `role: mentor`.
    pub name: SmolStr,
    /// What it tells about: a question in a wave. A paired change tells about two.
    pub variables: BTreeSet<SmolStr>,
    /// Whose answers are in it. A number is one respondent, the same in every view.
    pub people: BTreeSet<u32>,
    /// How many people have to be in it: the survey's threshold, the higher one if it tells about two surveys.
    pub least: usize,
    /// How it comes to be shown.
    pub standing: Standing,
}

/// Why a view is withheld. It names no number: how many are missing would tell how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// Fewer than k people are in it.
    TooFew,
    /// With what else is shown, fewer than k people could be told apart.
    WouldIsolate,
    /// The same is asked again, and what has changed comes first: shown now, it could keep the change from being shown.
    AskedAgain,
}

impl Withheld {
    /// The sentence that takes the place of the result.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TooFew => "Not shown: too few people answered.",
            Self::WouldIsolate => "Not shown here: beside results that are shown it would tell about too few people.",
            Self::AskedAgain => "Not shown yet: the same is asked again, and both are shown together.",
        }
    }
}

/// What stands beside a view of a variable.
#[derive(Debug, Default)]
struct Beside {
    /// Whose answers are known under their names.
    known: BTreeSet<u32>,
    /// The different sets of people that are shown, without those who are known.
    shown: Vec<usize>,
    /// The highest threshold among them.
    least: usize,
}

/// Judges views in their order: an earlier one is never withheld for the sake of a later one. Given views count as shown
/// before all others.
pub fn release(views: &[View]) -> Vec<Result<(), Withheld>> {
    let mut variables: FxHashMap<&SmolStr, Beside> = FxHashMap::default();
    for view in views.iter().filter(|view| view.standing == Standing::Given) {
        for variable in &view.variables {
            variables.entry(variable).or_default().known.extend(&view.people);
        }
    }
    let mut isolation = Isolation::default();
    let mut verdicts = Vec::with_capacity(views.len());
    for view in views {
        verdicts.push(match view.standing {
            Standing::Given => Ok(()),
            Standing::Judged => judge(view, &mut variables, &mut isolation),
        });
    }
    verdicts
}

fn judge<'v>(
    view: &'v View,
    variables: &mut FxHashMap<&'v SmolStr, Beside>,
    isolation: &mut Isolation,
) -> Result<(), Withheld> {
    if view.people.is_empty() || view.people.len() < view.least {
        return Err(Withheld::TooFew);
    }
    let mut sets = Vec::with_capacity(view.variables.len());
    for variable in &view.variables {
        let beside = variables.entry(variable).or_default();
        let unknown: Vec<u32> = view.people.difference(&beside.known).copied().collect();
        // Whoever is known already is no secret.
        if unknown.is_empty() {
            continue;
        }
        let least = view.least.max(beside.least);
        if unknown.len() < least {
            return Err(Withheld::WouldIsolate);
        }
        let set = isolation.set(unknown);
        sets.push((variable, set));
        if beside.shown.contains(&set) {
            continue;
        }
        if beside.shown.len() >= MOST_SETS || isolation.isolates(least, set, &beside.shown) {
            return Err(Withheld::WouldIsolate);
        }
    }
    for (variable, set) in sets {
        let beside = variables.entry(variable).or_default();
        beside.least = beside.least.max(view.least);
        if !beside.shown.contains(&set) {
            beside.shown.push(set);
        }
    }
    Ok(())
}
