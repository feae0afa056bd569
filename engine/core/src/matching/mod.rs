//! Matching: rules score, vetoes and places hold, a solver chooses.
//!
//! ```text
//! candidates   who can be matched, and with how many      candidates.rs
//! columns      what rules see of them                     columns.rs
//! score        every rule's word on every pair            score.rs
//! solve        the plan's solver, pins, who waits first   solve.rs
//! explain      why a pair, and what each rule says        explain.rs
//! instead      what would be without it, or with it       instead.rs
//! rounds       speed dating: who meets whom when          rounds.rs
//! ```

mod candidates;
mod columns;
mod explain;
mod instead;
mod rounds;
mod score;
mod solve;
mod vetoes;

pub use columns::{Apart, HOST_COLUMNS, Side, kept_apart, sides};
pub use explain::{PairReview, RuleSays, review};
pub use instead::{Instead, Made, Moved};
pub use rounds::{Date, rounds};
pub use score::{Scores, score};

use crate::{decide::Context, ports::PluginError, run::Run};
use candidates::candidates;
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};
use turnabout_assignment::AssignmentError;
use turnabout_model::{
    MatchingPlan, ParticipantId, ProposalId, ProposedPair, Role, Unmatched, UnmatchedReason, WaveId,
};

/// Why nobody can be matched.
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
    /// A pair that was asked for can't be.
    #[error("{mentor} and {mentee} can't be a pair: {why}")]
    Pin {
        /// The mentor.
        mentor: ParticipantId,
        /// The mentee.
        mentee: ParticipantId,
        /// Why not.
        why: SmolStr,
    },
    /// The solver refused the problem.
    #[error("the pairs can't be found: {0}")]
    Solver(#[from] AssignmentError),
}

impl MatchError {
    /// The stable code that `turnabout explain` knows.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Plugin(error) => error.fault.code(),
            Self::UnknownPlugin(_) => "script::unknown_name",
            Self::NoBallot => "script::bad_argument",
            Self::TooMany { .. } => "matching::too_many",
            Self::Pin { .. } => "matching::pin",
            Self::Solver(_) => "matching::solver",
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Plugin(_) => "Mend or replace the plugin, or try again, and resume the run. No pair was made.",
            Self::UnknownPlugin(_) => "Add it to [plugins] with the sha256 of its component.",
            Self::NoBallot => "Pass #{ ballot: survey(...) }, or the name of the survey.",
            Self::TooMany { .. } => {
                "Match them in parts: pass match_pairs fewer people, for example a region at a time."
            }
            Self::Pin { .. } => {
                "Name a mentor and a mentee who are free; or leave the pin out, or change what stands against it."
            }
            Self::Solver(_) => "Look at the pins and at the number of places that people have.",
        }
    }
}

/// What is to be matched.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The plan.
    pub plan: &'a MatchingPlan,
    /// Among whom.
    pub people: &'a [ParticipantId],
    /// The ballot that the plan reads, if it reads one and it was sent.
    pub wave: Option<WaveId>,
    /// Mentors and mentees who must be pairs.
    pub pinned: &'a [(ParticipantId, ParticipantId)],
    /// Mentors and mentees who must not.
    pub forbidden: &'a [(ParticipantId, ParticipantId)],
}

/// A draft of pairs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The pairs with their scores, by mentor.
    pub pairs: Vec<ProposedPair>,
    /// Who is in no pair, and why.
    pub unmatched: Vec<Unmatched>,
}

/// Everybody who can be matched, with every rule's word on every pair.
pub(crate) struct Cohort {
    mentors: Side,
    mentees: Side,
    /// With how many each mentor and each mentee can still be paired.
    places: [Vec<u32>; 2],
    scores: Scores,
}

/// Proposes pairs among the people given. Whatever order they come in, the proposal is the same.
pub fn propose(run: &Run, context: Context<'_>, ask: &Ask<'_>) -> Result<Draft, MatchError> {
    let mut unmatched = Vec::new();
    let cohort = gather(run, context, ask, &mut unmatched)?;
    let matched = solve::solve(run, context, ask, &cohort)?;
    let Cohort { mentors, mentees, scores, .. } = &cohort;
    let mut draft = Draft { pairs: Vec::with_capacity(matched.len()), unmatched };
    for (mentor, mentee) in &matched {
        let score = scores.at(*mentor, *mentee).unwrap_or(0.0);
        draft.pairs.push(ProposedPair { mentor: mentors.ids[*mentor], mentee: mentees.ids[*mentee], score });
    }
    draft.pairs.sort_by_key(|pair| (pair.mentor, pair.mentee));
    let (of_mentors, of_mentees): (FxHashSet<usize>, FxHashSet<usize>) = matched.into_iter().unzip();
    for (row, id) in mentors.ids.iter().enumerate().filter(|(row, _)| !of_mentors.contains(row)) {
        let vetoed = (0..mentees.len()).all(|column| scores.at(row, column).is_none());
        let vetoed = vetoed && !mentees.is_empty();
        let by = vetoed.then(|| scores.vetoed_by(context, ask.plan, Role::Mentor, row)).transpose()?;
        draft.unmatched.push(left_over(*id, by));
    }
    for (column, id) in mentees.ids.iter().enumerate().filter(|(column, _)| !of_mentees.contains(column)) {
        let vetoed = (0..mentors.len()).all(|row| scores.at(row, column).is_none());
        let vetoed = vetoed && !mentors.is_empty();
        let by = vetoed.then(|| scores.vetoed_by(context, ask.plan, Role::Mentee, column)).transpose()?;
        draft.unmatched.push(left_over(*id, by));
    }
    Ok(draft)
}

fn gather(
    run: &Run,
    context: Context<'_>,
    ask: &Ask<'_>,
    unmatched: &mut Vec<Unmatched>,
) -> Result<Cohort, MatchError> {
    let mentors = candidates(run, context, ask, Role::Mentor, unmatched);
    let mentees = candidates(run, context, ask, Role::Mentee, unmatched);
    let most = context.limits.matching_side;
    for (role, people) in [(Role::Mentor, mentors.len()), (Role::Mentee, mentees.len())] {
        if people > most {
            return Err(MatchError::TooMany { role, people, most });
        }
    }
    let (mentor_ids, mentor_places): (Vec<_>, Vec<_>) = mentors.into_iter().unzip();
    let (mentee_ids, mentee_places): (Vec<_>, Vec<_>) = mentees.into_iter().unzip();
    let (mentors, mentees) = sides(run, context, &mentor_ids, &mentee_ids, ask.wave);
    let scores = score(context, ask.plan, &mentors, &mentees)?;
    Ok(Cohort { mentors, mentees, places: [mentor_places, mentee_places], scores })
}

/// Makes a proposal again, with pairs that must or must not be. The people are those whom it was about.
pub fn propose_again(
    run: &Run,
    context: Context<'_>,
    id: ProposalId,
    pinned: &[(ParticipantId, ParticipantId)],
    forbidden: &[(ParticipantId, ParticipantId)],
) -> Option<Result<Draft, MatchError>> {
    about(run, context, id)
        .map(|(plan, people, wave)| propose(run, context, &Ask { plan, people: &people, wave, pinned, forbidden }))
}

/// What a proposal was made of.
fn about<'a>(
    run: &Run,
    context: Context<'a>,
    id: ProposalId,
) -> Option<(&'a MatchingPlan, Vec<ParticipantId>, Option<WaveId>)> {
    let proposal = run.proposal(id)?;
    let plan = context.bundle.programme.matching.get(&proposal.plan)?;
    let paired = proposal.pairs.iter().flat_map(|pair| [pair.mentor, pair.mentee]);
    let mut people: Vec<_> = paired.chain(proposal.unmatched.iter().map(|left| left.participant)).collect();
    people.sort_unstable();
    people.dedup();
    Some((plan, crate::verbs::present(run, &people), proposal.wave))
}

fn left_over(participant: ParticipantId, vetoed_by: Option<Vec<SmolStr>>) -> Unmatched {
    let reason = vetoed_by.map_or(UnmatchedReason::NoPlaceLeft, |by| UnmatchedReason::Vetoed { by });
    Unmatched { participant, reason }
}

/// Where two people stand in a cohort, or why they can't be a pair.
fn place(cohort: &Cohort, mentor: ParticipantId, mentee: ParticipantId) -> Result<(usize, usize), MatchError> {
    let (mentors, mentees) = (&cohort.mentors, &cohort.mentees);
    let found = |(side, role): (&Side, Role), id: ParticipantId, other: &Side| match side.ids.binary_search(&id) {
        Ok(place) => Ok(place),
        Err(_) if other.ids.binary_search(&id).is_ok() => Err(format_smolstr!("{id} is no {role}")),
        Err(_) => Err(format_smolstr!("{id} can't be matched now")),
    };
    let row = found((mentors, Role::Mentor), mentor, mentees);
    let both = row.and_then(|row| Ok((row, found((mentees, Role::Mentee), mentee, mentors)?)));
    both.map_err(|why| MatchError::Pin { mentor, mentee, why })
}
