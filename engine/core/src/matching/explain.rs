//! Why two people are a pair or are not, and what would be instead.

use super::{Apart, Ask, Cohort, MatchError, about, gather, place, score::pinned, solve};
use crate::{
    decide::Context,
    ports::{PluginRef, ScoreRequest},
    run::Run,
};
use smol_str::SmolStr;
use turnabout_assignment::Alternative;
use turnabout_model::{ParticipantId, ProposalId, RuleUse, SolverKind};

/// A rule's word on a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSays {
    /// The rule's id in the manifest.
    pub rule: SmolStr,
    /// How much its score counts.
    pub weight: f64,
    /// Its score from 0 to 1, or nothing for a veto.
    pub score: Option<f64>,
    /// Its reasons: a code, a sentence, and how much it added.
    pub reasons: Vec<(SmolStr, String, f64)>,
}

/// What would be if a pair were not, or were.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// How many pairs fewer there would be.
    pub pairs_lost: i64,
    /// How much lower the sum of all scores would be.
    pub cost: f64,
    /// The pairs that would be new.
    pub added: Vec<(ParticipantId, ParticipantId)>,
    /// The pairs that would be gone.
    pub removed: Vec<(ParticipantId, ParticipantId)>,
}

/// Everything that can be said about two people in a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct PairReview {
    /// Whether they are a pair of the draft.
    pub proposed: bool,
    /// Their score from 0 to 1; nothing if something stands against them.
    pub score: Option<f64>,
    /// What the engine itself has against them, whatever the rules say: a code and a sentence.
    pub against: Option<(&'static str, &'static str)>,
    /// What each rule says.
    pub rules: Vec<RuleSays>,
    /// The best draft without them if they are a pair of it, else the best with them. Nothing if there is none, or if
    /// the plan follows ballots and not scores.
    pub instead: Option<Instead>,
}

/// Says why two people are a pair of a draft or are not. Nothing if there is no such proposal.
pub fn review(
    run: &Run,
    context: Context<'_>,
    id: ProposalId,
    mentor: ParticipantId,
    mentee: ParticipantId,
) -> Option<Result<PairReview, MatchError>> {
    let proposal = run.proposal(id)?;
    let (plan, people, wave) = about(run, context, id)?;
    let ask = Ask { plan, people: &people, wave, pinned: &proposal.pinned, forbidden: &proposal.forbidden };
    Some(gather(run, context, &ask, &mut Vec::new()).and_then(|cohort| {
        let at = place(&cohort, mentor, mentee)?;
        let rules = plan.rules.iter().map(|rule| says(context, &cohort, rule, at)).collect::<Result<_, _>>()?;
        let proposed = proposal.pairs.iter().any(|pair| pair.mentor == mentor && pair.mentee == mentee);
        let score = cohort.scores.at(at.0, at.1);
        let instead = match plan.solver {
            SolverKind::Optimal => instead(run, &ask, &cohort, at, proposed)?,
            SolverKind::Elected | SolverKind::Stable => None,
        };
        let against = against(&cohort, at);
        Ok(PairReview { proposed, score, against, rules, instead })
    }))
}

fn against(cohort: &Cohort, (row, column): (usize, usize)) -> Option<(&'static str, &'static str)> {
    cohort.mentors.apart(row, &cohort.mentees, column).map(|apart| match apart {
        Apart::SameLine => ("same-line", "One of them is in the other's line of management."),
        // It does not say whose word it was.
        Apart::NotTogether => ("not-together", "They are not to be paired."),
    })
}

fn says(
    context: Context<'_>,
    cohort: &Cohort,
    rule: &RuleUse,
    (row, column): (usize, usize),
) -> Result<RuleSays, MatchError> {
    let plugin: PluginRef = pinned(context, rule)?;
    let texts = context.rules.describe(&plugin)?.reasons;
    let (mentors, mentees) = (&cohort.mentors.table, &cohort.mentees.table);
    let request = ScoreRequest { plugin: &plugin, settings: &rule.settings, mentors, mentees };
    let block = context.rules.score(request)?;
    let cell = row * block.mentees + column;
    let vetoed = block.vetoes.get(cell).is_some_and(|veto| *veto != 0);
    let reasons = context.rules.explain(request, row, column)?.into_iter().map(|reason| {
        let text = texts.iter().find(|(code, _)| *code == reason.code).map(|(_, text)| text.clone());
        (reason.code, text.unwrap_or_default(), f64::from(reason.weight))
    });
    Ok(RuleSays {
        rule: rule.plugin.clone(),
        weight: rule.weight,
        score: block.scores.get(cell).filter(|_| !vetoed).map(|score| f64::from(*score)),
        reasons: reasons.collect(),
    })
}

fn instead(
    run: &Run,
    ask: &Ask<'_>,
    cohort: &Cohort,
    (row, column): (usize, usize),
    proposed: bool,
) -> Result<Option<Instead>, MatchError> {
    let (pins, forbidden) = solve::wanted(ask, cohort)?;
    // A pair that must be or must not has no alternative.
    if pins.contains(&(row, column)) || forbidden.contains(&(row, column)) {
        return Ok(None);
    }
    let seats = solve::seats(cohort);
    let problem = solve::problem(run, &cohort.scores, &seats, &pins, &forbidden);
    let optimum = solve::optimal(run, cohort, &problem)?;
    let found = match (proposed, optimum.pairs().contains(&(row, column))) {
        (true, true) => Some(optimum.without(row, column)?),
        (false, false) => optimum.with(row, column)?,
        // What people say has changed since the draft was made: it is to be made again first.
        _ => None,
    };
    let total = |pairs: &[(usize, usize)]| -> f64 {
        pairs.iter().filter_map(|(row, column)| cohort.scores.at(*row, *column)).sum()
    };
    let named = |pairs: Vec<(usize, usize)>| {
        pairs.into_iter().map(|(row, column)| (cohort.mentors.ids[row], cohort.mentees.ids[column])).collect()
    };
    Ok(found.map(|Alternative { pairs_lost, added, removed, .. }| {
        // A float sum of millionths: rounded, so that nothing is not -0.000000001.
        let cost = ((total(&removed) - total(&added)) * 1e6).round() / 1e6;
        Instead { pairs_lost, cost, added: named(added), removed: named(removed) }
    }))
}
