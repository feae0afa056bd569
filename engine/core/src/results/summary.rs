//! Figures about a set of people, as plain data. Every share is 0 to 1, every interval one of 95 %.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// What a question, over some people, comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Summary {
    /// Agreement on points.
    Likert(Likert),
    /// One choice, or several.
    Choices(Choices),
    /// Choices in order.
    Ranking(Ranking),
    /// Numbers.
    Number(Number),
    /// Dates: how many gave one.
    Dates {
        /// How many answered.
        n: usize,
    },
    /// What people wrote, in an order that has nothing to do with who wrote it.
    Comments {
        /// How many answered.
        n: usize,
        /// The comments, without white space around them.
        comments: Vec<String>,
    },
}

impl Summary {
    /// How many people answered.
    pub fn n(&self) -> usize {
        match self {
            Self::Likert(likert) => likert.n,
            Self::Choices(choices) => choices.n,
            Self::Ranking(ranking) => ranking.n,
            Self::Number(number) => number.n,
            Self::Dates { n } | Self::Comments { n, .. } => *n,
        }
    }
}

/// A count of people, its share, and Wilson's interval for the share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// The share of those who answered.
    pub share: f64,
    /// Wilson's interval: lower end, upper end.
    pub ci95: [f64; 2],
}

/// How many chose a point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PointShare {
    /// The point, 1 the least agreement.
    pub point: i32,
    /// What it is called; its number if it has no label.
    pub label: String,
    /// How many.
    pub count: usize,
    /// The share of those who answered.
    pub share: f64,
}

/// The distribution of agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Likert {
    /// How many answered.
    pub n: usize,
    /// Every point from the lowest, those that nobody chose included.
    pub points: Vec<PointShare>,
    /// The mean, in points.
    pub mean: f64,
    /// The middle answer.
    pub median: f64,
    /// The sample standard deviation, in points.
    pub sd: Option<f64>,
    /// Those above the middle of the points.
    pub agree: Share,
}

/// How many chose what. With several choices shares come to more than 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// How many answered.
    pub n: usize,
    /// Whether people could choose several.
    pub several: bool,
    /// Every choice, in the survey's order.
    pub choices: Vec<ChoiceShare>,
}

/// How many chose one choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceShare {
    /// Its name in answers.
    pub name: SmolStr,
    /// What it is called.
    pub label: String,
    /// How many.
    #[serde(flatten)]
    pub share: Share,
}

/// Choices in order of preference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// How many answered.
    pub n: usize,
    /// Every choice, in the survey's order.
    pub choices: Vec<Ranked>,
}

/// Where a choice was put.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// Its name in answers.
    pub name: SmolStr,
    /// What it is called.
    pub label: String,
    /// How many put it first.
    pub first: usize,
    /// The mean place, 1 the most wanted. Choices that somebody did not put in order share the mean of the places left,
    /// so that it is about everybody who answered.
    pub mean_rank: f64,
}

/// Numbers. No least and no greatest: they are single people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// How many answered.
    pub n: usize,
    /// The mean.
    pub mean: f64,
    /// The middle number.
    pub median: f64,
    /// The sample standard deviation.
    pub sd: Option<f64>,
    /// Student's interval for the mean; none if all are the same.
    pub ci95: Option<[f64; 2]>,
    /// Of a scale: Cronbach's alpha, if everybody here answered every item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<f64>,
}

/// What changed for the people who answered both times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ChangeSummary {
    /// Of agreement, numbers or a scale.
    Number(Box<PairedChange>),
    /// Of a choice between two.
    Switch(PairedSwitch),
}

impl ChangeSummary {
    /// How many people answered both times.
    pub fn n_paired(&self) -> usize {
        match self {
            Self::Number(change) => change.n_paired,
            Self::Switch(switch) => switch.n_paired,
        }
    }
}

/// The change of numbers. Everything but `n_before` and `n_after` is about the same people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairedChange {
    /// How many answered before, if that result is shown by itself.
    pub n_before: Option<usize>,
    /// How many answered after, if that result is shown by itself.
    pub n_after: Option<usize>,
    /// How many answered both times.
    pub n_paired: usize,
    /// Their mean before.
    pub mean_before: f64,
    /// Their mean after.
    pub mean_after: f64,
    /// The mean of after minus before.
    pub mean_change: f64,
    /// Student's interval for it.
    pub ci95: Option<[f64; 2]>,
    /// The two-sided p of Wilcoxon's signed-rank test.
    pub wilcoxon_p: Option<f64>,
    /// How p was found.
    pub method: Option<SmolStr>,
    /// (T+ - T-) / (T+ + T-), from -1 to 1.
    pub rank_biserial: Option<f64>,
    /// The mean change in standard deviations of the change.
    pub d_z: Option<f64>,
    /// `d_z` corrected for the bias of small samples.
    pub hedges_g: Option<f64>,
    /// Why a figure has no answer, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<SmolStr, String>,
    /// Of agreement: how their answers were spread before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Likert>,
    /// And after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Likert>,
}

/// The change of a choice between two. Everything but `n_before` and `n_after` is about the same people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairedSwitch {
    /// How many answered before, if that result is shown by itself.
    pub n_before: Option<usize>,
    /// How many answered after, if that result is shown by itself.
    pub n_after: Option<usize>,
    /// How many answered both times.
    pub n_paired: usize,
    /// The choice that is counted: the first of the two.
    pub choice: String,
    /// Who chose it before.
    pub before: Share,
    /// Who chose it after.
    pub after: Share,
    /// How many turned to it.
    pub turned_to: usize,
    /// How many turned from it.
    pub turned_from: usize,
    /// The two-sided p of `McNemar`'s test; none if nobody turned.
    pub mcnemar_p: Option<f64>,
    /// How p was found.
    pub method: Option<SmolStr>,
}
