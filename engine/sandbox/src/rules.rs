//! The port: cuts a cohort into blocks, packs them, asks, and checks the answers.

use crate::contract::wit;
use crate::library::Sandbox;
use crate::pack::{Packed, Selection};
use crate::plugin::Rule;
use crate::usage::Usage;
use crate::verdicts::{check_block, check_reasons};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use turnabout_core::ports::{
    PluginError, PluginFault, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest,
};

impl Rules for Sandbox {
    fn describe(&self, plugin: &PluginRef) -> Result<RuleDescription, PluginError> {
        let rule = self.plugin(plugin)?;
        let described = rule.rule().map(|rule| rule.description.clone());
        described.map_err(|fault| named(plugin, fault))
    }

    fn score(&self, request: ScoreRequest<'_>) -> Result<ScoreBlock, PluginError> {
        let plugin = self.plugin(request.plugin)?;
        let most = self.machine.limits.pairs_per_call;
        plugin.rule().and_then(|rule| score(rule, request, most)).map_err(|fault| named(request.plugin, fault))
    }

    fn explain(&self, request: ScoreRequest<'_>, mentor: usize, mentee: usize) -> Result<Vec<Reason>, PluginError> {
        let plugin = self.plugin(request.plugin)?;
        let explained = plugin.rule().and_then(|rule| {
            let reasons = Asked::new(rule, request)?.explain(mentor, mentee)?;
            check_reasons(&reasons, &rule.description, &self.machine.limits)
        });
        explained.map_err(|fault| named(request.plugin, fault))
    }
}

fn named(plugin: &PluginRef, fault: PluginFault) -> PluginError {
    PluginError { plugin: plugin.id.clone(), fault }
}

/// A rule with everything that the calls about one request share.
struct Asked<'a> {
    rule: &'a Rule,
    settings: String,
    mentors: Selection<'a>,
    mentees: Selection<'a>,
}

impl<'a> Asked<'a> {
    fn new(rule: &'a Rule, request: ScoreRequest<'a>) -> Result<Self, PluginFault> {
        let ScoreRequest { settings, mentors, mentees, .. } = request;
        let description = &rule.description;
        Ok(Self {
            rule,
            settings: serde_json::to_string(settings).expect("invariant: a JSON object can be written"),
            mentors: Selection::new(mentors, &description.mentor_attributes, description, settings)?,
            mentees: Selection::new(mentees, &description.mentee_attributes, description, settings)?,
        })
    }

    /// Scores a block of mentors with all mentees, who are packed already, and says what that used.
    fn score(&self, rows: Range<usize>, mentees: &Packed<'_>) -> Result<(wit::Block, Usage), PluginFault> {
        let pairs = rows.len() * self.mentees.rows();
        let mentors = self.mentors.pack(rows);
        let (mentor_columns, mentee_columns) = (mentors.columns(), mentees.columns());
        let (block, usage) = self.rule.score(wit::Cohort {
            settings: &self.settings,
            mentors: wit::Table { rows: mentors.rows(), columns: &mentor_columns },
            mentees: wit::Table { rows: mentees.rows(), columns: &mentee_columns },
        })?;
        Ok((check_block(block, pairs, self.rule.description.reasons.len())?, usage))
    }

    /// Explains one pair: its mentor alone with all mentees, since a verdict may depend on those.
    fn explain(&self, mentor: usize, mentee: usize) -> Result<Vec<wit::Reason>, PluginFault> {
        let (mentors, mentees) = (self.mentors.rows(), self.mentees.rows());
        if mentor >= mentors || mentee >= mentees {
            let pair = format!("the pair {mentor}, {mentee} is not in a cohort of {mentors} by {mentees}");
            return Err(PluginFault::Declared(pair));
        }
        let mentors = self.mentors.pack(mentor..mentor + 1);
        let mentees = self.mentees.pack(0..mentees);
        let (mentor_columns, mentee_columns) = (mentors.columns(), mentees.columns());
        let cohort = wit::Cohort {
            settings: &self.settings,
            mentors: wit::Table { rows: mentors.rows(), columns: &mentor_columns },
            mentees: wit::Table { rows: mentees.rows(), columns: &mentee_columns },
        };
        self.rule.explain(cohort, 0, u32::try_from(mentee).unwrap_or(u32::MAX))
    }
}

/// Scores everyone, in blocks of at most so many pairs (or one row), on all cores if there are several.
///
/// A cohort without mentors still asks the rule, so that settings it can't use are found before people come.
fn score(rule: &Rule, request: ScoreRequest<'_>, pairs_per_call: usize) -> Result<ScoreBlock, PluginFault> {
    let asked = Asked::new(rule, request)?;
    let (mentors, mentees) = (asked.mentors.rows(), asked.mentees.rows());
    let packed = asked.mentees.pack(0..mentees);
    let rows = (pairs_per_call / mentees.max(1)).max(1);
    if mentors <= rows {
        let (wit::Block { scores, vetoes }, _) = asked.score(0..mentors, &packed)?;
        return Ok(ScoreBlock { mentees, scores, vetoes });
    }
    let mut scores = vec![0.0; mentors * mentees];
    let mut vetoes = vec![0; mentors * mentees];
    // The first block that fails speaks for all, whatever the threads do: blocks behind a failed one are not asked,
    // blocks before it are.
    let failed = AtomicUsize::new(usize::MAX);
    let outcomes: Vec<Result<(), PluginFault>> = scores
        .par_chunks_mut(rows * mentees)
        .zip(vetoes.par_chunks_mut(rows * mentees))
        .enumerate()
        .map(|(index, (scores, vetoes))| {
            if index > failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let first = index * rows;
            let (block, _) = asked.score(first..mentors.min(first + rows), &packed).inspect_err(|_| {
                failed.fetch_min(index, Ordering::Relaxed);
            })?;
            scores.copy_from_slice(&block.scores);
            vetoes.copy_from_slice(&block.vetoes);
            Ok(())
        })
        .collect();
    outcomes.into_iter().collect::<Result<(), PluginFault>>()?;
    Ok(ScoreBlock { mentees, scores, vetoes })
}

/// Scores everyone in the same blocks, one after another, and says what that used.
pub(crate) fn measure(rule: &Rule, request: ScoreRequest<'_>, pairs_per_call: usize) -> Result<Usage, PluginFault> {
    let asked = Asked::new(rule, request)?;
    let (mentors, mentees) = (asked.mentors.rows(), asked.mentees.rows());
    let packed = asked.mentees.pack(0..mentees);
    let rows = (pairs_per_call / mentees.max(1)).max(1);
    let mut usage = Usage::default();
    for first in (0..mentors).step_by(rows) {
        let (_, used) = asked.score(first..mentors.min(first + rows), &packed)?;
        usage = usage.and(used);
    }
    Ok(usage)
}
