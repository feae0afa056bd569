//! The plan's solver over a cohort: pins, places, and who waits first.

use super::{Ask, Cohort, MatchError, Scores, Side, candidates::waits, place};
use crate::{decide::Context, run::Run};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use turnabout_assignment::{
    self as assignment, Ballot, BallotProblem, MILLIONTHS, Matrix, Optimum, Problem, Seat, VETO,
};
use turnabout_model::{ParticipantId, SolverKind, WaveId};

/// Pairs of rows and columns.
pub(super) type Pairs = Vec<(usize, usize)>;

/// What a solver found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// All pairs.
    pub(super) pairs: Pairs,
    /// Those of them that somebody chose; the others were pinned or placed by score.
    pub(super) chosen: Pairs,
}

/// Finds the pairs of rows (mentors) and columns (mentees).
pub(super) fn solve(run: &Run, context: Context<'_>, ask: &Ask<'_>, cohort: &Cohort) -> Result<Pairs, MatchError> {
    let (pins, forbidden) = wanted(ask, cohort)?;
    Ok(solve_with(run, context, ask, cohort, [&pins, &forbidden])?.pairs)
}

/// Finds the pairs with pins and bans, both as rows and columns; the pins must be possible together.
pub(super) fn solve_with(
    run: &Run,
    context: Context<'_>,
    ask: &Ask<'_>,
    cohort: &Cohort,
    [pins, forbidden]: [&[(usize, usize)]; 2],
) -> Result<Found, MatchError> {
    let seats = seats(cohort);
    let problem = problem(run, &cohort.scores, &seats, pins, forbidden);
    match ask.plan.solver {
        SolverKind::Optimal => Ok(Found { pairs: optimal(run, cohort, &problem)?.into_pairs(), chosen: Vec::new() }),
        SolverKind::Elected => {
            let wave = counting(run, context, ask);
            let choices = ballots(context, wave, &cohort.mentees, &cohort.mentors);
            // A mentor who ranks too decides whom to keep; otherwise whoever waits, and then the better score, is kept.
            let ranked = ballots(context, wave, &cohort.mentors, &cohort.mentees);
            let waiting_first = waiting_first(run, cohort)?;
            let scores = waiting_first.as_ref().unwrap_or(problem.scores);
            let elected = assignment::elected(&Problem { scores, ..problem }, &choices, &ranked)?;
            Ok(Found { pairs: elected.pairs(), chosen: elected.chosen })
        }
        SolverKind::Stable => stable(context, counting(run, context, ask), cohort, &problem),
    }
}

/// The ballot, if its choices still count: those of a survey that closed too long ago have expired.
pub(super) fn counting(run: &Run, context: Context<'_>, ask: &Ask<'_>) -> Option<WaveId> {
    let wave = run.wave(ask.wave?)?;
    let closed = wave.closed.unwrap_or(wave.closes);
    let expired = ask.plan.choices_last.is_some_and(|last| {
        // In a pause nothing ages.
        let rested = run.rested(closed, context.now);
        let ends = last.after(closed, &run.zone);
        ends.checked_add(rested).unwrap_or(ends) < context.now
    });
    (!expired).then_some(wave.id)
}

/// The optimum among those in which as many of the waiting as possible have a place.
pub(super) fn optimal(run: &Run, cohort: &Cohort, problem: &Problem<'_>) -> Result<Optimum, MatchError> {
    let waiting_first = waiting_first(run, cohort)?;
    let scores = waiting_first.as_ref().unwrap_or(problem.scores);
    Ok(assignment::optimal(&Problem { scores, ..*problem })?)
}

/// The scores with those first who wait, if some wait and others do not.
///
/// Somebody who waits counts for more than all scores together, so scores count in coarser steps then: with 50 places a
/// hundredth of a percent each, with 5,000 one percent.
fn waiting_first(run: &Run, cohort: &Cohort) -> Result<Option<Matrix>, MatchError> {
    let waiting = |side: &Side| side.ids.iter().map(|id| waits(run, *id)).collect::<Vec<_>>();
    let (mentors, mentees) = (waiting(&cohort.mentors), waiting(&cohort.mentees));
    // Where everybody waits, or nobody does, nobody comes before anybody else.
    let some = |waiting: &[bool]| waiting.contains(&true) && waiting.contains(&false);
    if !some(&mentors) && !some(&mentees) {
        return Ok(None);
    }
    let places = |side: usize| cohort.places[side].iter().map(|places| *places as usize).sum::<usize>();
    let most = u32::try_from(places(0).min(places(1))).unwrap_or(u32::MAX).saturating_add(1);
    let step = MILLIONTHS / most.saturating_mul(2).saturating_add(1);
    let mut cells = Vec::with_capacity(mentors.len() * mentees.len());
    for (mentor, first) in mentors.iter().enumerate() {
        for (mentee, second) in mentees.iter().enumerate() {
            cells.push(cohort.scores.matrix.at(mentor, mentee).map_or(VETO, |score| {
                let score = u64::from(score) * u64::from(step) / u64::from(MILLIONTHS);
                (u32::from(*first) + u32::from(*second)) * most * step + u32::try_from(score).unwrap_or(step)
            }));
        }
    }
    Ok(Some(Matrix::from_millionths(mentors.len(), mentees.len(), cells)?))
}

/// Pairs by both sides' ballots; pins come first and take places.
fn stable(
    context: Context<'_>,
    wave: Option<WaveId>,
    cohort: &Cohort,
    problem: &Problem<'_>,
) -> Result<Found, MatchError> {
    let mut seats = [problem.mentors.to_vec(), problem.mentees.to_vec()];
    for (mentor, mentee) in problem.pins {
        seats[0][*mentor].capacity = seats[0][*mentor].capacity.saturating_sub(1);
        seats[1][*mentee].capacity = seats[1][*mentee].capacity.saturating_sub(1);
    }
    let struck = |pair: &(usize, usize)| problem.pins.contains(pair) || problem.forbidden.contains(pair);
    let vetoes = Matrix::from_fn(cohort.mentors.len(), cohort.mentees.len(), |mentor, mentee| {
        cohort.scores.at(mentor, mentee).filter(|_| !struck(&(mentor, mentee)))
    })?;
    let chosen = assignment::stable(&BallotProblem {
        mentors: &seats[0],
        mentees: &seats[1],
        mentor_ballots: &ballots(context, wave, &cohort.mentors, &cohort.mentees),
        mentee_ballots: &ballots(context, wave, &cohort.mentees, &cohort.mentors),
        vetoes: Some(&vetoes),
        // The senior asks: in reverse mentoring the junior chooses among those who do.
        proposing: assignment::Side::Mentee,
        seed: problem.seed,
    })?;
    Ok(Found { pairs: [&chosen[..], problem.pins].concat(), chosen })
}

/// The cohort as the solvers see it.
pub(super) fn problem<'a>(
    run: &Run,
    scores: &'a Scores,
    seats: &'a [Vec<Seat>; 2],
    pins: &'a [(usize, usize)],
    forbidden: &'a [(usize, usize)],
) -> Problem<'a> {
    Problem { scores: &scores.matrix, mentors: &seats[0], mentees: &seats[1], pins, forbidden, seed: run.seed }
}

/// Everybody's seat: who they are and how many places they have.
pub(super) fn seats(cohort: &Cohort) -> [Vec<Seat>; 2] {
    let of = |side: &Side, places: &[u32]| {
        let seat = |(id, capacity): (&ParticipantId, &u32)| Seat { key: id.0.into(), capacity: *capacity };
        side.ids.iter().zip(places).map(seat).collect()
    };
    [of(&cohort.mentors, &cohort.places[0]), of(&cohort.mentees, &cohort.places[1])]
}

fn pins(ask: &Ask<'_>, cohort: &Cohort) -> Result<Pairs, MatchError> {
    let mut left = cohort.places.clone();
    let mut pins = Vec::with_capacity(ask.pinned.len());
    for (mentor, mentee) in ask.pinned {
        let refused = |why: &str| MatchError::Pin { mentor: *mentor, mentee: *mentee, why: SmolStr::new(why) };
        let (row, column) = place(cohort, *mentor, *mentee)?;
        if ask.forbidden.contains(&(*mentor, *mentee)) {
            return Err(refused("the same pair is forbidden"));
        }
        if cohort.scores.at(row, column).is_none() {
            return Err(refused("a rule of the plan vetoes it"));
        }
        if pins.contains(&(row, column)) {
            continue;
        }
        if left[0][row] == 0 || left[1][column] == 0 {
            return Err(refused("one of them has no place left for it"));
        }
        left[0][row] -= 1;
        left[1][column] -= 1;
        pins.push((row, column));
    }
    Ok(pins)
}

/// Forbidden pairs, of those who can be matched at all.
fn forbidden(ask: &Ask<'_>, cohort: &Cohort) -> Pairs {
    let mut pairs: Pairs =
        ask.forbidden.iter().filter_map(|(mentor, mentee)| place(cohort, *mentor, *mentee).ok()).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whom each of one side ranked, as rows of the other, those in one place together; nobody, if no ballot counts.
fn ballots(context: Context<'_>, wave: Option<WaveId>, side: &Side, others: &Side) -> Vec<Ballot> {
    let ballot = |id: &ParticipantId| {
        let said = wave.map(|wave| context.records.ballot(wave, *id)).unwrap_or_default();
        let mut known: FxHashSet<usize> = FxHashSet::default();
        // Several questions may ask for people: somebody's first place counts.
        let groups = said.places.iter().map(|place| {
            let rows = place.iter().filter_map(|other| others.ids.binary_search(other).ok());
            rows.filter(|row| known.insert(*row)).collect::<Vec<_>>()
        });
        Ballot { groups: groups.filter(|group| !group.is_empty()).collect() }
    };
    side.ids.iter().map(ballot).collect()
}

/// What the coordinator wants of a proposal, as rows and columns.
pub(super) fn wanted(ask: &Ask<'_>, cohort: &Cohort) -> Result<(Pairs, Pairs), MatchError> {
    Ok((pins(ask, cohort)?, forbidden(ask, cohort)))
}
