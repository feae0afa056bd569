//! Matching: rules score and veto, the engine weighs them, a solver finds pairs.

mod columns;
mod solve;

pub use columns::{Side, sides};

use crate::{
    decide::Context,
    ports::{PluginError, PluginRef, ScoreRequest},
    run::Run,
    verbs::gate_missed,
};
use smol_str::SmolStr;
use turnabout_model::{
    MatchingPlan, ParticipantId, ProposedPair, Role, SolverKind, Unmatched, UnmatchedReason, WaveId,
};

/// Why no proposal could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MatchError {
    /// A rule failed. Matching is closed on failure: no pair is made without every rule's word.
    #[error("{0}")]
    Plugin(#[from] PluginError),
    /// A plan names a rule that the manifest does not pin.
    #[error("the plan names the plugin '{0}', which the manifest does not list under [plugins]")]
    UnknownPlugin(SmolStr),
    /// A plan of ranked choices was asked for without a ballot.
    #[error("the plan pairs people by ranked choices, and no ballot was given")]
    NoBallot,
    /// More people than one matching may take.
    #[error("{people} {role}s are to be matched at once; at most {most} are possible")]
    TooMany {
        /// The side.
        role: Role,
        /// How many there are.
        people: usize,
        /// How many there may be.
        most: usize,
    },
}

impl MatchError {
    /// The stable code that `turnabout explain` knows.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Plugin(error) => error.fault.code(),
            Self::UnknownPlugin(_) => "script::unknown_name",
            Self::NoBallot => "script::bad_argument",
            Self::TooMany { .. } => "matching::too_many",
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Plugin(_) => "Mend or replace the plugin, or try again, and resume the run. No pair was made.",
            Self::UnknownPlugin(_) => "Add it to [plugins] with the sha256 of its component.",
            Self::NoBallot => "Pass #{ ballot: survey(...) }.",
            Self::TooMany { .. } => {
                "Match them in parts: pass match_pairs fewer people, for example a region at a time."
            }
        }
    }
}

/// A draft of pairs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The pairs with their scores, by mentor.
    pub pairs: Vec<ProposedPair>,
    /// Who is in no pair, and why.
    pub unmatched: Vec<Unmatched>,
}

/// The verdict on every mentor with every mentee: a weighted mean from 0 to 1, or nothing for a veto.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    mentees: usize,
    cells: Vec<Option<f64>>,
}

impl Scores {
    /// The score of a mentor's row with a mentee's column; nothing for a veto.
    pub fn at(&self, mentor: usize, mentee: usize) -> Option<f64> {
        self.cells[mentor * self.mentees + mentee]
    }
}

/// Proposes pairs among people who are in none and have passed the gates.
pub fn propose(
    run: &Run,
    context: Context<'_>,
    plan: &MatchingPlan,
    people: &[ParticipantId],
    wave: Option<WaveId>,
) -> Result<Draft, MatchError> {
    let mut unmatched = Vec::new();
    let mentors = candidates(run, context, people, Role::Mentor, &mut unmatched);
    let mentees = candidates(run, context, people, Role::Mentee, &mut unmatched);
    let most = context.limits.matching_side;
    for (role, people) in [(Role::Mentor, mentors.len()), (Role::Mentee, mentees.len())] {
        if people > most {
            return Err(MatchError::TooMany { role, people, most });
        }
    }
    let (mentors, mentees) = sides(run, context, &mentors, &mentees);
    let scores = score(context, plan, &mentors, &mentees)?;
    let matched = match plan.solver {
        SolverKind::Optimal => solve::optimal(mentors.len(), mentees.len(), |m, n| scores.at(m, n)),
        SolverKind::Elected => {
            let wave = wave.ok_or(MatchError::NoBallot)?;
            let ballots: Vec<Vec<usize>> =
                mentees.ids.iter().map(|mentee| ballot(context, wave, *mentee, &mentors)).collect();
            solve::elected(&ballots, mentors.len(), |m, n| scores.at(m, n))
        }
    };
    let mut draft = Draft { pairs: Vec::with_capacity(matched.len()), unmatched };
    for (mentor, mentee) in &matched {
        let score = scores.at(*mentor, *mentee).unwrap_or(0.0);
        draft.pairs.push(ProposedPair { mentor: mentors.ids[*mentor], mentee: mentees.ids[*mentee], score });
    }
    draft.pairs.sort_by_key(|pair| pair.mentor);
    for (row, id) in mentors.ids.iter().enumerate() {
        if !matched.iter().any(|(mentor, _)| *mentor == row) {
            let vetoed = (0..mentees.len()).all(|column| scores.at(row, column).is_none());
            draft.unmatched.push(left_over(*id, vetoed && !mentees.ids.is_empty()));
        }
    }
    for (column, id) in mentees.ids.iter().enumerate() {
        if !matched.iter().any(|(_, mentee)| *mentee == column) {
            let vetoed = (0..mentors.len()).all(|row| scores.at(row, column).is_none());
            draft.unmatched.push(left_over(*id, vetoed && !mentors.ids.is_empty()));
        }
    }
    Ok(draft)
}

fn left_over(participant: ParticipantId, vetoed: bool) -> Unmatched {
    let reason = if vetoed { UnmatchedReason::Vetoed } else { UnmatchedReason::NoPlaceLeft };
    Unmatched { participant, reason }
}

fn candidates(
    run: &Run,
    context: Context<'_>,
    people: &[ParticipantId],
    role: Role,
    unmatched: &mut Vec<Unmatched>,
) -> Vec<ParticipantId> {
    let gates = &context.bundle.programme.gates;
    let asked = match role {
        Role::Mentor => &gates.match_mentor,
        Role::Mentee => &gates.match_mentee,
    };
    let mut found = Vec::new();
    for id in people {
        let free = run.participants.get(id).is_some_and(|p| p.role == role) && run.pairs_of(*id).next().is_none();
        if !free {
            continue;
        }
        match gate_missed(run, *id, asked) {
            Some(session) => {
                unmatched.push(Unmatched { participant: *id, reason: UnmatchedReason::Gate { session } });
            }
            None => found.push(*id),
        }
    }
    // Whatever order the script passes people in, the proposal is the same.
    found.sort_unstable();
    found
}

/// A mentee's ranked mentors as rows, without those who are no candidates.
fn ballot(context: Context<'_>, wave: WaveId, mentee: ParticipantId, mentors: &Side) -> Vec<usize> {
    let ranked = context.records.ballot(wave, mentee);
    ranked.iter().filter_map(|mentor| mentors.ids.iter().position(|id| id == mentor)).collect()
}

/// Asks every rule of a plan and weighs what they say.
pub fn score(context: Context<'_>, plan: &MatchingPlan, mentors: &Side, mentees: &Side) -> Result<Scores, MatchError> {
    let columns = mentees.len();
    let cells = mentors.len() * columns;
    let mut totals = vec![0.0_f64; cells];
    let mut vetoed = vec![false; cells];
    let weights: f64 = plan.rules.iter().map(|rule| rule.weight).sum();
    for rule in &plan.rules {
        let sha256 = context.bundle.programme.plugins.get(&rule.plugin);
        let sha256 = sha256.ok_or_else(|| MatchError::UnknownPlugin(rule.plugin.clone()))?.clone();
        let plugin = PluginRef { id: rule.plugin.clone(), sha256 };
        let request = ScoreRequest {
            plugin: &plugin,
            settings: &rule.settings,
            mentors: &mentors.table,
            mentees: &mentees.table,
        };
        let block = context.rules.score(request)?;
        for (cell, (score, veto)) in block.scores.iter().zip(&block.vetoes).enumerate() {
            totals[cell] += rule.weight * f64::from(*score);
            vetoed[cell] |= *veto != 0;
        }
    }
    // Whatever the rules say, nobody is paired with someone in their reporting line.
    for row in 0..mentors.len() {
        for column in 0..columns {
            vetoed[row * columns + column] |= mentors.in_line_with(row, mentees, column);
        }
    }
    let cells = totals
        .into_iter()
        .zip(vetoed)
        .map(|(total, vetoed)| if vetoed { None } else { Some(if weights > 0.0 { total / weights } else { 0.0 }) });
    Ok(Scores { mentees: columns, cells: cells.collect() })
}
