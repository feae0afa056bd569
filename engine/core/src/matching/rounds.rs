//! Speed dating: who meets whom in which round, so that as many as time allows meet, and everybody about as often.

use turnabout_model::ParticipantId;

/// One conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Where they sit, from 1. Whoever is fewer in number moves on; the others keep their table.
    pub table: usize,
    /// The junior.
    pub mentor: ParticipantId,
    /// The senior.
    pub mentee: ParticipantId,
}

/// Plans rounds between mentors and mentees; at most `rounds`, fewer if everybody has met everybody.
///
/// The side with more people keeps its tables. Those of the other side begin evenly spread around them and all move one
/// table on after each round: nobody meets anybody twice, and after r rounds two people of one side have had the same
/// number of conversations, or one more. Pairs that `keep_apart` names are left out; both then have a break.
pub fn rounds(
    mentors: &[ParticipantId],
    mentees: &[ParticipantId],
    rounds: usize,
    keep_apart: impl Fn(ParticipantId, ParticipantId) -> bool,
) -> Vec<Vec<Date>> {
    let mentors_sit = mentors.len() >= mentees.len();
    let (sitting, moving) = if mentors_sit { (mentors, mentees) } else { (mentees, mentors) };
    if moving.is_empty() {
        return Vec::new();
    }
    let round = |round: usize| {
        let dates = moving.iter().enumerate().filter_map(|(place, moves)| {
            let begins = place * sitting.len() / moving.len();
            let seat = (begins + round) % sitting.len();
            let (mentor, mentee) = if mentors_sit { (sitting[seat], *moves) } else { (*moves, sitting[seat]) };
            (!keep_apart(mentor, mentee)).then_some(Date { table: seat + 1, mentor, mentee })
        });
        let mut dates: Vec<Date> = dates.collect();
        dates.sort_by_key(|date| date.table);
        dates
    };
    (0..rounds.min(sitting.len())).map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn people(from: u32, count: u32) -> Vec<ParticipantId> {
        (from..from + count).map(ParticipantId).collect()
    }

    proptest! {
        #[test]
        fn nobody_meets_twice_or_two_at_once_and_all_meet_about_as_often(
            mentors in 0..30_u32, mentees in 0..30_u32, most in 0..40_usize,
        ) {
            let (mentors, mentees) = (people(1, mentors), people(100, mentees));
            let plan = rounds(&mentors, &mentees, most, |_, _| false);
            let mut met = BTreeMap::new();
            for (round, dates) in plan.iter().enumerate() {
                for date in dates {
                    for who in [date.mentor, date.mentee] {
                        let of: &mut Vec<(usize, usize)> = met.entry(who).or_default();
                        prop_assert!(of.iter().all(|(other, _)| *other != round), "{who} has two dates in round {round}");
                        of.push((round, date.table));
                    }
                }
                let mut tables: Vec<_> = dates.iter().map(|date| date.table).collect();
                tables.dedup();
                prop_assert_eq!(tables.len(), dates.len());
            }
            let mut pairs: Vec<_> = plan.iter().flatten().map(|date| (date.mentor, date.mentee)).collect();
            pairs.sort_unstable();
            let all = pairs.len();
            pairs.dedup();
            prop_assert_eq!(pairs.len(), all);
            for side in [&mentors, &mentees] {
                let counts = || side.iter().map(|who| met.get(who).map_or(0, Vec::len));
                let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
                prop_assert!(most - least <= 1, "{least} to {most}");
            }
            if most >= mentors.len().max(mentees.len()) {
                prop_assert_eq!(all, mentors.len() * mentees.len(), "with time enough everybody meets everybody");
            }
        }
    }

    proptest! {
        #[test]
        fn whoever_is_kept_apart_never_meets_and_loses_nobody_else(
            mentors in 1..20_u32, mentees in 1..20_u32, most in 1..25_usize,
            apart in prop::collection::btree_set((1..20_u32, 100..120_u32), 0..40),
        ) {
            let (mentors, mentees) = (people(1, mentors), people(100, mentees));
            let is_apart = |mentor: ParticipantId, mentee: ParticipantId| apart.contains(&(mentor.0, mentee.0));
            let free = rounds(&mentors, &mentees, most, |_, _| false);
            let kept: Vec<Vec<Date>> = free
                .iter()
                .map(|round| round.iter().copied().filter(|date| !is_apart(date.mentor, date.mentee)).collect())
                .collect();
            prop_assert_eq!(rounds(&mentors, &mentees, most, is_apart), kept, "two who are kept apart have a break, and nobody else");
        }
    }
}
