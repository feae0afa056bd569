//! What would be if a pair were not, or were, and how a pair of a draft came about.

use super::{
    Ask, Cohort, MatchError,
    solve::{self, Found, Pairs},
};
use crate::{decide::Context, run::Run};
use turnabout_model::{ParticipantId, SolverKind, WaveId};

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
    /// Who would get another choice of theirs than they have; nobody, if the plan reads no ballot.
    pub moved: Vec<Moved>,
}

/// Somebody who would get another choice of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub participant: ParticipantId,
    /// Which choice they have in the draft, from 1, equals sharing theirs; nothing for a partner whom they did not rank, or none.
    pub before: Option<u32>,
    /// Which choice they would have.
    pub after: Option<u32>,
}

/// How a pair of a draft came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The coordinator wants it.
    Pinned,
    /// By ballots.
    Chosen {
        /// Which choice the mentor is of the mentee, from 1.
        by_mentee: Option<u32>,
        /// Which choice the mentee is of the mentor, from 1.
        by_mentor: Option<u32>,
    },
    /// By score: the choices that the mentee made, if any, had no place left.
    Placed {
        /// Whether the mentee had ranked anybody.
        after_choices: bool,
    },
    /// By the greatest total of scores.
    BestTotal,
}

/// A pair that is looked at.
pub(super) struct Asked<'a> {
    pub(super) run: &'a Run,
    pub(super) context: Context<'a>,
    pub(super) ask: &'a Ask<'a>,
    pub(super) cohort: &'a Cohort,
    /// Its row and column.
    pub(super) at: (usize, usize),
    /// Whether the draft has it.
    pub(super) proposed: bool,
}

impl Asked<'_> {
    /// How the pair came about if it is one, and what would be instead. Nothing where what people say has changed since the
    /// draft was made: it is to be made again first.
    pub(super) fn look(&self) -> Result<(Option<Made>, Option<Instead>), MatchError> {
        let (pins, forbidden) = solve::wanted(self.ask, self.cohort)?;
        if pins.contains(&self.at) {
            // A pair that must be has no alternative.
            return Ok((self.proposed.then_some(Made::Pinned), None));
        }
        let (now, other) = match self.ask.plan.solver {
            SolverKind::Optimal => self.by_total(&pins, &forbidden)?,
            SolverKind::Elected | SolverKind::Stable => self.by_ballots(pins, forbidden)?,
        };
        if now.pairs.contains(&self.at) != self.proposed {
            return Ok((None, None));
        }
        let made = self.proposed.then(|| self.made(&now));
        Ok((made, other.map(|other| self.compared(&now.pairs, &other))))
    }

    /// What is by the greatest total, and what is then the best without the pair, or with it.
    fn by_total(
        &self,
        pins: &[(usize, usize)],
        forbidden: &[(usize, usize)],
    ) -> Result<(Found, Option<Pairs>), MatchError> {
        let seats = solve::seats(self.cohort);
        let problem = solve::problem(self.run, &self.cohort.scores, &seats, pins, forbidden);
        let optimum = solve::optimal(self.run, self.cohort, &problem)?;
        let (row, column) = self.at;
        let found = match (self.proposed, forbidden.contains(&self.at)) {
            (_, true) => None,
            (true, false) => Some(optimum.without(row, column)?),
            (false, false) => optimum.with(row, column)?,
        };
        let pairs = optimum.into_pairs();
        let other = found.map(|found| {
            let kept = pairs.iter().filter(|pair| !found.removed.contains(pair));
            kept.chain(&found.added).copied().collect()
        });
        Ok((Found { pairs, chosen: Vec::new() }, other))
    }

    /// What is by ballots, and what is with the pair forbidden, or pinned: solved again from scratch.
    fn by_ballots(&self, mut pins: Pairs, mut forbidden: Pairs) -> Result<(Found, Option<Pairs>), MatchError> {
        let solved = |pins: &[(usize, usize)], forbidden: &[(usize, usize)]| {
            solve::solve_with(self.run, self.context, self.ask, self.cohort, [pins, forbidden])
        };
        let now = solved(&pins, &forbidden)?;
        if forbidden.contains(&self.at) {
            return Ok((now, None));
        }
        if self.proposed {
            forbidden.push(self.at);
            forbidden.sort_unstable();
        } else if self.can_be_pinned(&pins) {
            pins.push(self.at);
        } else {
            return Ok((now, None));
        }
        let other = solved(&pins, &forbidden)?.pairs;
        Ok((now, Some(other)))
    }

    fn can_be_pinned(&self, pins: &[(usize, usize)]) -> bool {
        let (row, column) = self.at;
        let taken = [pins.iter().filter(|pin| pin.0 == row).count(), pins.iter().filter(|pin| pin.1 == column).count()];
        let places = [self.cohort.places[0][row] as usize, self.cohort.places[1][column] as usize];
        self.cohort.scores.at(row, column).is_some() && taken[0] < places[0] && taken[1] < places[1]
    }

    fn made(&self, now: &Found) -> Made {
        let (mentor, mentee) = (self.cohort.mentors.ids[self.at.0], self.cohort.mentees.ids[self.at.1]);
        let ballots = Ballots::of(self);
        match self.ask.plan.solver {
            SolverKind::Optimal => Made::BestTotal,
            _ if now.chosen.contains(&self.at) => {
                Made::Chosen { by_mentee: ballots.rank(mentee, mentor), by_mentor: ballots.rank(mentor, mentee) }
            }
            _ => Made::Placed { after_choices: ballots.has(mentee) },
        }
    }

    fn compared(&self, now: &[(usize, usize)], other: &[(usize, usize)]) -> Instead {
        let (mentors, mentees) = (&self.cohort.mentors.ids, &self.cohort.mentees.ids);
        let only = |these: &[(usize, usize)], those: &[(usize, usize)]| -> Pairs {
            let those: rustc_hash::FxHashSet<_> = those.iter().collect();
            let mut pairs: Pairs = these.iter().filter(|pair| !those.contains(pair)).copied().collect();
            pairs.sort_unstable();
            pairs
        };
        let (removed, added) = (only(now, other), only(other, now));
        let total = |pairs: &[(usize, usize)]| -> f64 {
            pairs.iter().filter_map(|(row, column)| self.cohort.scores.at(*row, *column)).sum()
        };
        // A float sum of millionths: rounded, so that nothing is not -0.000000001.
        let cost = ((total(&removed) - total(&added)) * 1e6).round() / 1e6;
        let named = |pairs: Pairs| -> Vec<_> {
            pairs.into_iter().map(|(row, column)| (mentors[row], mentees[column])).collect()
        };
        let count = |pairs: &[(usize, usize)]| i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        let pairs_lost = count(now) - count(other);
        let (added, removed) = (named(added), named(removed));
        let moved = Ballots::of(self).moved(&removed, &added);
        Instead { pairs_lost, cost, added, removed, moved }
    }
}

/// What people ranked, as they wrote it.
struct Ballots<'a> {
    context: Context<'a>,
    /// Nothing if the plan reads none, or what it reads has expired.
    wave: Option<WaveId>,
}

impl<'a> Ballots<'a> {
    fn of(asked: &Asked<'a>) -> Self {
        let reads = asked.ask.plan.solver != SolverKind::Optimal;
        let wave = if reads { solve::counting(asked.run, asked.context, asked.ask) } else { None };
        Self { context: asked.context, wave }
    }

    fn has(&self, id: ParticipantId) -> bool {
        self.wave.is_some_and(|wave| !self.context.records.ballot(wave, id).places.is_empty())
    }

    /// Which choice somebody is of somebody, from 1; equals share theirs.
    fn rank(&self, of: ParticipantId, whom: ParticipantId) -> Option<u32> {
        self.context.records.ballot(self.wave?, of).place_of(whom)
    }

    /// Who would get another choice than they have, by id: mentees, and mentors who ranked too.
    fn moved(
        &self,
        removed: &[(ParticipantId, ParticipantId)],
        added: &[(ParticipantId, ParticipantId)],
    ) -> Vec<Moved> {
        if self.wave.is_none() {
            return Vec::new();
        }
        let both = |pairs: &[(ParticipantId, ParticipantId)]| -> Vec<(ParticipantId, ParticipantId)> {
            pairs.iter().flat_map(|(mentor, mentee)| [(*mentor, *mentee), (*mentee, *mentor)]).collect()
        };
        let (gone, new) = (both(removed), both(added));
        let mut people: Vec<ParticipantId> = gone.iter().chain(&new).map(|(who, _)| *who).collect();
        people.sort_unstable();
        people.dedup();
        let best = |partners: &[(ParticipantId, ParticipantId)], who: ParticipantId| {
            partners.iter().filter(|(of, _)| *of == who).filter_map(|(_, partner)| self.rank(who, *partner)).min()
        };
        let moved = people.into_iter().map(|participant| Moved {
            participant,
            before: best(&gone, participant),
            after: best(&new, participant),
        });
        moved.filter(|moved| moved.before != moved.after).collect()
    }
}
