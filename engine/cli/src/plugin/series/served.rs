//! What a component did in a series of rehearsals, and how the next one differs.

use crate::failure::count;
use smol_str::SmolStr;
use std::ops::AddAssign;

/// Over how many rehearsals, with the same seeds, two components are compared.
const COMPARED: usize = 10;

/// What came of some matchings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Figures {
    /// How many matchings asked the plugin.
    pub(super) matchings: usize,
    /// The pairs they proposed.
    pub(super) pairs: usize,
    /// The sum of the pairs' scores, each from 0 to 1.
    pub(super) score: f64,
    /// Who was left over.
    pub(super) unmatched: usize,
    /// How often the plugin failed; a matching in which it does makes no pair.
    pub(super) failures: usize,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.matchings += other.matchings;
        self.pairs += other.pairs;
        self.score += other.score;
        self.unmatched += other.unmatched;
        self.failures += other.failures;
    }
}

impl Figures {
    /// What a developer looks at: a name, and the figure as it is shown.
    fn shown(&self) -> [(&'static str, String); 4] {
        [
            ("pairs a matching", per(self.pairs, self.matchings)),
            (
                "mean score",
                if self.pairs == 0 { "none".into() } else { format!("{:.3}", self.score / real(self.pairs)) },
            ),
            ("unmatched a matching", per(self.unmatched, self.matchings)),
            ("failures", self.failures.to_string()),
        ]
    }
}

/// What a component did while it was in use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Served {
    /// The first digits of its hash.
    short: SmolStr,
    /// How many rehearsals ended with it.
    pub(super) rehearsals: usize,
    /// All its matchings.
    pub(super) all: Figures,
    /// Those of the first rehearsals that were its alone, by seed.
    by_seed: Vec<Figures>,
}

impl Served {
    pub(super) fn new(short: SmolStr) -> Self {
        Self { short, rehearsals: 0, all: Figures::default(), by_seed: Vec::new() }
    }

    /// Adds a part of a rehearsal.
    pub(super) fn add(&mut self, figures: Figures) {
        self.rehearsals += 1;
        self.all += figures;
    }

    /// Adds a rehearsal that was its alone, the next seed's.
    pub(super) fn add_whole(&mut self, figures: Figures) {
        self.add(figures);
        if self.by_seed.len() < COMPARED {
            self.by_seed.push(figures);
        }
    }

    /// What it did, in one line.
    pub(super) fn line(&self) -> String {
        let figures: Vec<String> = self.all.shown().iter().map(|(name, figure)| format!("{name} {figure}")).collect();
        let (rehearsals, matchings) = (count(self.rehearsals, "rehearsal"), matchings(self.all.matchings));
        format!("{} served {rehearsals}, {matchings}: {}", self.short, figures.join(", "))
    }

    /// How it differs from the one before, over the same seeds, as soon as it has had those. Nothing until then.
    pub(super) fn compared(&self, before: &Self) -> Option<String> {
        let seeds = before.by_seed.len();
        if self.by_seed.len() < seeds.max(1) {
            return None;
        }
        if seeds == 0 {
            return Some(self.line());
        }
        let [new, old] = [self, before].map(|served| {
            let mut sum = Figures::default();
            served.by_seed[..seeds].iter().for_each(|figures| sum += *figures);
            sum.shown()
        });
        let changes = new.iter().zip(&old).map(|((name, new), (_, old))| {
            if new == old { format!("{name} {new} as before") } else { format!("{name} {new}, was {old}") }
        });
        let changes: Vec<String> = changes.collect();
        let over = if seeds == 1 { "seed 1".into() } else { format!("seeds 1 to {seeds}") };
        Some(format!("{} against {} over {over}: {}", self.short, before.short, changes.join("; ")))
    }
}

/// So many matchings, in words.
pub(super) fn matchings(number: usize) -> String {
    count(number, "matching")
}

fn per(number: usize, matchings: usize) -> String {
    if matchings == 0 { "none".into() } else { format!("{:.1}", real(number) / real(matchings)) }
}

#[allow(clippy::cast_precision_loss)] // counts of people are far below 2^52
fn real(number: usize) -> f64 {
    number as f64
}
