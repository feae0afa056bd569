//! Every rule's word on every pair.

use super::{
    Apart, MatchError, Side,
    vetoes::{Veto, Vetoes},
};
use crate::{
    decide::Context,
    ports::{PluginRef, RuleDescription, ScoreRequest},
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_assignment::{MILLIONTHS, Matrix};
use turnabout_model::{MatchingPlan, Role, RuleUse};

/// The verdict on every mentor with every mentee: a weighted mean from 0 to 1 in millionths, or a veto.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    pub(super) matrix: Matrix,
    vetoes: Vetoes,
}

impl Scores {
    /// What vetoes somebody's partners, as `RULE/REASON` or `same-line`. Words of people against each other are not among
    /// it, neither the engine's nor those of a rule that reads the column `avoid`, and no rule that reads what somebody gave by
    /// consent: the journal keeps this.
    pub(super) fn vetoed_by(
        &self,
        context: Context<'_>,
        plan: &MatchingPlan,
        side: Role,
        place: usize,
    ) -> Result<Vec<SmolStr>, MatchError> {
        let mut named = Vec::new();
        for veto in self.vetoes.of(side, place) {
            let Veto::Rule(number, code) = veto else {
                named.push(SmolStr::new_static("same-line"));
                continue;
            };
            let Some(rule) = plan.rules.get(number) else { continue };
            let description = context.rules.describe(&pinned(context, rule)?)?;
            let reason = description.reasons.get(usize::from(code).saturating_sub(1));
            let private = || {
                reads_by_consent(context, rule, &description)
                    || description.reads(&rule.settings).any(|name| name == "avoid")
            };
            if let Some((code, _)) = reason.filter(|_| !private()) {
                named.push(format_smolstr!("{}/{code}", rule.plugin));
            }
        }
        named.sort_unstable();
        named.dedup();
        Ok(named)
    }

    /// The score of a pair from 0 to 1, or nothing for a veto.
    pub fn at(&self, mentor: usize, mentee: usize) -> Option<f64> {
        self.matrix.at(mentor, mentee).map(|millionths| f64::from(millionths) / f64::from(MILLIONTHS))
    }
}

/// Whether a rule reads a special-category attribute, itself or by a setting: nobody is told what it finds.
pub(super) fn reads_by_consent(context: Context<'_>, rule: &RuleUse, description: &RuleDescription) -> bool {
    let attributes = &context.bundle.programme.attributes;
    description.reads(&rule.settings).any(|name| attributes.get(name).is_some_and(|known| known.special))
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
    let mut struck = vec![false; cells];
    let mut vetoes = Vetoes::new(mentors.len(), columns);
    let weights: f64 = plan.rules.iter().map(|rule| rule.weight).sum();
    for (number, rule) in plan.rules.iter().enumerate() {
        let plugin = pinned(context, rule)?;
        let (settings, mentors, mentees) = (&rule.settings, &mentors.table, &mentees.table);
        let block = context.rules.score(ScoreRequest { plugin: &plugin, settings, mentors, mentees })?;
        for (cell, (score, veto)) in block.scores.iter().zip(&block.vetoes).enumerate() {
            totals[cell] += rule.weight * f64::from(*score);
            if *veto != 0 {
                struck[cell] = true;
                vetoes.note((cell / columns, cell % columns), Veto::Rule(number, *veto));
            }
        }
    }
    // Whatever the rules say, nobody is paired with someone in their reporting line, or whom they asked not to have.
    for row in 0..mentors.len() {
        for column in 0..columns {
            let apart = mentors.apart(row, mentees, column);
            struck[row * columns + column] |= apart.is_some();
            if apart == Some(Apart::SameLine) {
                vetoes.note((row, column), Veto::SameLine);
            }
        }
    }
    let matrix = Matrix::from_fn(mentors.len(), columns, |row, column| {
        let cell = row * columns + column;
        let score = if weights > 0.0 { (totals[cell] / weights).clamp(0.0, 1.0) } else { 0.0 };
        (!struck[cell]).then_some(score)
    })?;
    Ok(Scores { matrix, vetoes })
}
