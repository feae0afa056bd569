//! Every rule's word on every pair.

use super::{MatchError, Side};
use crate::{
    decide::Context,
    ports::{PluginRef, ScoreRequest},
};
use turnabout_assignment::{MILLIONTHS, Matrix};
use turnabout_model::{MatchingPlan, RuleUse};

/// The verdict on every mentor with every mentee: a weighted mean from 0 to 1 in millionths, or a veto.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores(pub(super) Matrix);

impl Scores {
    /// The score of a pair from 0 to 1, or nothing for a veto.
    pub fn at(&self, mentor: usize, mentee: usize) -> Option<f64> {
        self.0.at(mentor, mentee).map(|millionths| f64::from(millionths) / f64::from(MILLIONTHS))
    }
}

/// The plugin of a rule as the manifest pins it.
pub(super) fn pinned(context: Context<'_>, rule: &RuleUse) -> Result<PluginRef, MatchError> {
    context.bundle.pinned(&rule.plugin).map_err(|_| MatchError::UnknownPlugin(rule.plugin.clone()))
}

/// Asks every rule of a plan and weighs what they say.
pub fn score(context: Context<'_>, plan: &MatchingPlan, mentors: &Side, mentees: &Side) -> Result<Scores, MatchError> {
    let columns = mentees.len();
    let cells = mentors.len() * columns;
    let mut totals = vec![0.0_f64; cells];
    let mut vetoed = vec![false; cells];
    let weights: f64 = plan.rules.iter().map(|rule| rule.weight).sum();
    for rule in &plan.rules {
        let plugin = pinned(context, rule)?;
        let (settings, mentors, mentees) = (&rule.settings, &mentors.table, &mentees.table);
        let block = context.rules.score(ScoreRequest { plugin: &plugin, settings, mentors, mentees })?;
        for (cell, (score, veto)) in block.scores.iter().zip(&block.vetoes).enumerate() {
            totals[cell] += rule.weight * f64::from(*score);
            vetoed[cell] |= *veto != 0;
        }
    }
    // Whatever the rules say, nobody is paired with someone in their reporting line, or whom they asked not to have.
    for row in 0..mentors.len() {
        for column in 0..columns {
            vetoed[row * columns + column] |= mentors.apart(row, mentees, column).is_some();
        }
    }
    let matrix = Matrix::from_fn(mentors.len(), columns, |row, column| {
        let cell = row * columns + column;
        let score = if weights > 0.0 { (totals[cell] / weights).clamp(0.0, 1.0) } else { 0.0 };
        (!vetoed[cell]).then_some(score)
    })?;
    Ok(Scores(matrix))
}
