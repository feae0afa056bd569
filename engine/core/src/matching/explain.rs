//! Why two people are a pair or are not, and what would be instead.

use super::{
    Apart, Ask, Cohort, MatchError, about, gather,
    instead::{Asked, Instead, Made},
    place,
    score::{pinned, reads_by_consent},
};
use crate::{
    decide::Context,
    ports::{PluginRef, ScoreRequest},
    run::Run,
};
use smol_str::SmolStr;
use turnabout_model::{ParticipantId, ProposalId, RuleUse};

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

/// Everything that can be said about two people in a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct PairReview {
    /// Whether they are a pair of the draft.
    pub proposed: bool,
    /// Their score from 0 to 1; nothing if something stands against them.
    pub score: Option<f64>,
    /// What the engine itself has against them, whatever the rules say: a code and a sentence.
    pub against: Option<(&'static str, &'static str)>,
    /// What each rule says, but for those that read what people gave by consent.
    pub rules: Vec<RuleSays>,
    /// How they became a pair of the draft. Nothing if they are none, or if what people say has changed since.
    pub made: Option<Made>,
    /// The draft without them if they are a pair of it, else the one with them. Nothing if there is none.
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
        let says = plan.rules.iter().map(|rule| says(context, &cohort, rule, at)).collect::<Result<Vec<_>, _>>()?;
        // Who is alike in what, or is not, would tell what they gave by consent: of such a rule there is no word but that the
        // two are not to be paired, as if one of them had said so.
        let (hidden, shown): (Vec<_>, Vec<_>) = says.into_iter().partition(|(_, by_consent)| *by_consent);
        let vetoed = hidden.iter().any(|(says, _)| says.score.is_none());
        let rules = shown.into_iter().map(|(says, _)| says).collect();
        let proposed = proposal.pairs.iter().any(|pair| pair.mentor == mentor && pair.mentee == mentee);
        let score = cohort.scores.at(at.0, at.1);
        let (made, instead) = Asked { run, context, ask: &ask, cohort: &cohort, at, proposed }.look()?;
        let against = against(&cohort, at).or_else(|| vetoed.then_some(NOT_TOGETHER));
        Ok(PairReview { proposed, score, against, rules, made, instead })
    }))
}

/// It does not say whose word it was.
const NOT_TOGETHER: (&str, &str) = ("not-together", "They are not to be paired.");

fn against(cohort: &Cohort, (row, column): (usize, usize)) -> Option<(&'static str, &'static str)> {
    cohort.mentors.apart(row, &cohort.mentees, column).map(|apart| match apart {
        Apart::SameLine => ("same-line", "One of them is in the other's line of management."),
        Apart::NotTogether => NOT_TOGETHER,
    })
}

/// What a rule says, and whether it reads what people gave by consent.
fn says(
    context: Context<'_>,
    cohort: &Cohort,
    rule: &RuleUse,
    (row, column): (usize, usize),
) -> Result<(RuleSays, bool), MatchError> {
    let plugin: PluginRef = pinned(context, rule)?;
    let description = context.rules.describe(&plugin)?;
    let by_consent = reads_by_consent(context, rule, &description);
    let texts = description.reasons;
    // A rule is asked in blocks of mentors, so that its word on one does not depend on who else is in a block.
    let (mentor, mentees) = (cohort.mentors.table.row(row), &cohort.mentees.table);
    let request = ScoreRequest { plugin: &plugin, settings: &rule.settings, mentors: &mentor, mentees };
    let block = context.rules.score(request)?;
    let vetoed = block.vetoes.get(column).is_some_and(|veto| *veto != 0);
    let reasons = context.rules.explain(request, 0, column)?.into_iter().map(|reason| {
        let text = texts.iter().find(|(code, _)| *code == reason.code).map(|(_, text)| text.clone());
        (reason.code, text.unwrap_or_default(), f64::from(reason.weight))
    });
    let says = RuleSays {
        rule: rule.plugin.clone(),
        weight: rule.weight,
        score: block.scores.get(column).filter(|_| !vetoed).map(|score| f64::from(*score)),
        reasons: reasons.collect(),
    };
    Ok((says, by_consent))
}
