//! Ranked lists, with ties.

use crate::{
    lots,
    problem::Seat,
    validate::{AssignmentError, Side},
};

/// Whom somebody would have, best first. Places in one group are tied; whoever is in none is not acceptable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ballot {
    /// Groups of people of the other side, by their places in the input, from the most wanted on.
    pub groups: Vec<Vec<usize>>,
}

impl Ballot {
    /// A ballot without ties.
    pub fn strict(ranked: impl IntoIterator<Item = usize>) -> Self {
        Self { groups: ranked.into_iter().map(|place| vec![place]).collect() }
    }
}

/// One side's ballots, checked and ready to be asked.
pub(crate) struct Ranking {
    /// For each ballot who is on it, by place: place and group.
    known: Vec<Vec<(usize, usize)>>,
}

impl Ranking {
    pub(crate) fn new(side: Side, ballots: &[Ballot], people: usize, others: usize) -> Result<Self, AssignmentError> {
        if ballots.len() != people {
            return Err(AssignmentError::BallotCount { side, people, ballots: ballots.len() });
        }
        let known = ballots.iter().enumerate().map(|(person, ballot)| {
            let groups = ballot.groups.iter().enumerate();
            let mut known: Vec<(usize, usize)> =
                groups.flat_map(|(group, places)| places.iter().map(move |place| (*place, group))).collect();
            known.sort_unstable();
            if let Some((names, _)) = known.last().filter(|(place, _)| *place >= others) {
                return Err(AssignmentError::RankedUnknown { side, person, names: *names });
            }
            match known.windows(2).find(|two| two[0].0 == two[1].0) {
                Some(two) => Err(AssignmentError::RankedTwice { side, person, names: two[0].0 }),
                None => Ok(known),
            }
        });
        Ok(Self { known: known.collect::<Result<_, _>>()? })
    }

    /// The group in which somebody has somebody, from 0; nothing when they are not acceptable.
    pub(crate) fn group(&self, person: usize, other: usize) -> Option<usize> {
        let known = &self.known[person];
        known.binary_search_by_key(&other, |(place, _)| *place).ok().map(|at| known[at].1)
    }

    /// Whom somebody names, best first; lots decide within a group.
    pub(crate) fn named(&self, person: usize, lots: &[u64]) -> Vec<usize> {
        let mut named: Vec<(usize, u64, usize)> =
            self.known[person].iter().map(|(place, group)| (*group, lots[*place], *place)).collect();
        named.sort_unstable();
        named.into_iter().map(|(_, _, place)| place).collect()
    }

    /// Everyone whom somebody names, by place.
    pub(crate) fn known(&self, person: usize) -> impl Iterator<Item = usize> {
        self.known[person].iter().map(|(place, _)| *place)
    }
}

/// Everyone's lot.
///
/// Everybody breaks ties by the same lots: with a lottery of each person's own fewer people get what they want most.
/// Abdulkadiroglu, Pathak and Roth, "Strategy-proofness versus efficiency in matching with indifferences", 2009.
pub(crate) fn lots(seed: u64, side: Side, seats: &[Seat]) -> Vec<u64> {
    seats.iter().map(|seat| lots::lot(seed, side, seat.key)).collect()
}
