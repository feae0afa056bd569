//! Pairs that no two people would leave for each other.

use crate::{
    ballots::{Ballot, Ranking, lots},
    deferred::{Wanted, deferred},
    matrix::Matrix,
    problem::{Seat, places},
    validate::{self, AssignmentError, Side},
};

/// People and their ballots on both sides.
#[derive(Debug, Clone, Copy)]
pub struct BallotProblem<'a> {
    /// The mentors.
    pub mentors: &'a [Seat],
    /// The mentees.
    pub mentees: &'a [Seat],
    /// A ballot of mentees for each mentor.
    pub mentor_ballots: &'a [Ballot],
    /// A ballot of mentors for each mentee.
    pub mentee_ballots: &'a [Ballot],
    /// Strikes vetoed pairs from the ballots; the scores are not looked at.
    pub vetoes: Option<&'a Matrix>,
    /// The side that asks. Of all stable results it gets the best for everyone on it, when nobody is tied.
    pub proposing: Side,
    /// Breaks ties: the same seed, the same pairs.
    pub seed: u64,
}

impl BallotProblem<'_> {
    fn check(&self) -> Result<[Ranking; 2], AssignmentError> {
        validate::check_seats(Side::Mentor, self.vetoes.map_or(self.mentors.len(), Matrix::mentors), self.mentors)?;
        validate::check_seats(Side::Mentee, self.vetoes.map_or(self.mentees.len(), Matrix::mentees), self.mentees)?;
        let (mentors, mentees) = (self.mentors.len(), self.mentees.len());
        Ok([
            Ranking::new(Side::Mentor, self.mentor_ballots, mentors, mentees)?,
            Ranking::new(Side::Mentee, self.mentee_ballots, mentees, mentors)?,
        ])
    }

    /// Tells whether no veto strikes a pair.
    fn allows(&self, mentor: usize, mentee: usize) -> bool {
        self.vetoes.is_none_or(|vetoes| vetoes.at(mentor, mentee).is_some())
    }
}

/// Pairs people by their ballots so that no mentor and mentee would both rather have each other, by mentor and mentee.
///
/// Both sides may have several places. A pair is made only of two who name each other. Where somebody has ties, lots
/// decide; the result is then weakly stable: nobody would leave for somebody whom they want just as much.
///
/// # Errors
/// When the problem is none: see [`AssignmentError`].
pub fn stable(problem: &BallotProblem<'_>) -> Result<Vec<(usize, usize)>, AssignmentError> {
    let [mentors, mentees] = problem.check()?;
    let mentor_lots = lots(problem.seed, Side::Mentor, problem.mentors);
    let mentee_lots = lots(problem.seed, Side::Mentee, problem.mentees);
    let mentor_places = places(problem.mentors, problem.mentees.len());
    let mentee_places = places(problem.mentees, problem.mentors.len());
    let mut pairs: Vec<(usize, usize)> = match problem.proposing {
        Side::Mentee => {
            let lists: Vec<Vec<usize>> =
                (0..problem.mentees.len()).map(|mentee| mentees.named(mentee, &mentor_lots)).collect();
            let wanted = |mentor: usize, mentee: usize| -> Option<Wanted> {
                let group = mentors.group(mentor, mentee).filter(|_| problem.allows(mentor, mentee))?;
                Some((group, 0, mentee_lots[mentee]))
            };
            let pairs = deferred(&lists, &mentee_places, &mentor_places, wanted);
            pairs.into_iter().map(|(mentee, mentor)| (mentor, mentee)).collect()
        }
        Side::Mentor => {
            let lists: Vec<Vec<usize>> =
                (0..problem.mentors.len()).map(|mentor| mentors.named(mentor, &mentee_lots)).collect();
            let wanted = |mentee: usize, mentor: usize| -> Option<Wanted> {
                let group = mentees.group(mentee, mentor).filter(|_| problem.allows(mentor, mentee))?;
                Some((group, 0, mentor_lots[mentor]))
            };
            deferred(&lists, &mentor_places, &mentee_places, wanted)
        }
    };
    pairs.sort_unstable();
    Ok(pairs)
}

/// The pairs who would both rather have each other than what they got, by mentor and mentee.
///
/// Two block a result when they name each other, no veto stands between them, they are not paired, and each has an empty
/// place or a partner whom they want strictly less. Pairs that the ballots do not allow count as partners wanted least.
///
/// # Errors
/// When the problem is none, or a pair names somebody who is not there.
pub fn blocking_pairs(
    problem: &BallotProblem<'_>,
    pairs: &[(usize, usize)],
) -> Result<Vec<(usize, usize)>, AssignmentError> {
    let [mentors, mentees] = problem.check()?;
    let mut held = [vec![Vec::new(); problem.mentors.len()], vec![Vec::new(); problem.mentees.len()]];
    for (mentor, mentee) in pairs.iter().copied() {
        if mentor >= problem.mentors.len() || mentee >= problem.mentees.len() {
            return Err(AssignmentError::NoSuchPair { mentor, mentee });
        }
        let group = |group: Option<usize>| group.filter(|_| problem.allows(mentor, mentee)).unwrap_or(usize::MAX);
        held[0][mentor].push((mentee, group(mentors.group(mentor, mentee))));
        held[1][mentee].push((mentor, group(mentees.group(mentee, mentor))));
    }
    let all_places = [places(problem.mentors, problem.mentees.len()), places(problem.mentees, problem.mentors.len())];
    let would = |held: &[(usize, usize)], places: usize, group: usize| {
        places > 0 && (held.len() < places || held.iter().any(|(_, kept)| *kept > group))
    };
    let mut blocking = Vec::new();
    for mentor in 0..problem.mentors.len() {
        for mentee in mentors.known(mentor) {
            let groups = (mentors.group(mentor, mentee), mentees.group(mentee, mentor));
            let (Some(wants), Some(wanted)) = groups else { continue };
            if problem.allows(mentor, mentee)
                && !held[0][mentor].iter().any(|(partner, _)| *partner == mentee)
                && would(&held[0][mentor], all_places[0][mentor], wants)
                && would(&held[1][mentee], all_places[1][mentee], wanted)
            {
                blocking.push((mentor, mentee));
            }
        }
    }
    Ok(blocking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_that_asks_gets_its_best() {
        // Each side wants the other way round: both results are stable.
        let seats = [Seat::one(10), Seat::one(11)];
        let mentor_ballots = [Ballot::strict([0, 1]), Ballot::strict([1, 0])];
        let mentee_ballots = [Ballot::strict([1, 0]), Ballot::strict([0, 1])];
        for (proposing, expect) in [(Side::Mentor, [(0, 0), (1, 1)]), (Side::Mentee, [(0, 1), (1, 0)])] {
            let problem = BallotProblem {
                mentors: &seats,
                mentees: &seats,
                mentor_ballots: &mentor_ballots,
                mentee_ballots: &mentee_ballots,
                vetoes: None,
                proposing,
                seed: 0,
            };
            let pairs = stable(&problem).unwrap();
            assert_eq!(pairs, expect, "{proposing}");
            assert_eq!(blocking_pairs(&problem, &pairs), Ok(vec![]));
            // Without these pairs, everybody would.
            assert_eq!(blocking_pairs(&problem, &[]).unwrap().len(), 4);
        }
    }

    #[test]
    fn a_bad_ballot_is_named() {
        let seats = [Seat::one(10)];
        let good = [Ballot::strict([0])];
        let check = |ballots: &[Ballot], expect: &str| {
            let problem = BallotProblem {
                mentors: &seats,
                mentees: &seats,
                mentor_ballots: &good,
                mentee_ballots: ballots,
                vetoes: None,
                proposing: Side::Mentee,
                seed: 0,
            };
            assert_eq!(stable(&problem).unwrap_err().to_string(), expect);
        };
        check(&[Ballot::strict([3])], "the ballot of mentee 0 names mentor 3, who is not there");
        check(&[Ballot::strict([0, 0])], "the ballot of mentee 0 names mentor 0 twice");
        check(&[], "there are 1 mentees and 0 ballots of theirs");
    }
}
