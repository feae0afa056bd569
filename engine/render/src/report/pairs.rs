//! How each pair fared: meetings, the longest gap between them, and which pairs are at risk.

use jiff::{SignedDuration, Timestamp};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::run::{Pair, Proposal, Run};
use turnabout_model::{Event, PairId, ParticipantId};

/// A pair is at risk when it does not meet for longer than this many days at any time: eight weeks, pauses left out.
pub const SILENCE_DAYS: u32 = 56;

/// Why a pair is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// It did not meet at all.
    NeverMet,
    /// It did not meet for longer than [`SILENCE_DAYS`].
    Silent,
}

/// A pair from beginning to end.
#[derive(Debug, Clone, PartialEq)]
pub struct PairStory {
    /// Which one.
    pub id: PairId,
    /// The junior.
    pub mentor: ParticipantId,
    /// The senior.
    pub mentee: ParticipantId,
    /// What the rules said of it when it was proposed, 0 to 1; nothing if nobody proposed it.
    pub score: Option<f64>,
    /// When it was formed.
    pub formed: Timestamp,
    /// When and why it ended, if it did.
    pub ended: Option<(Timestamp, SmolStr)>,
    /// The last moment that counts: its end, or the end of the rehearsal.
    pub until: Timestamp,
    /// The meetings that took place.
    pub meetings: u32,
    /// The longest time without a meeting, in whole days, from its forming to its end. Days of a pause do not count: nobody is
    /// expected to meet.
    pub longest_gap_days: u32,
    /// How long it lasted, pauses left out.
    pub lasted: SignedDuration,
    /// Whether it is at risk.
    pub risk: Option<Risk>,
}

impl PairStory {
    /// How long it lasted, in months of 30.44 days, pauses left out.
    pub fn months(&self) -> f64 {
        self.lasted.as_secs_f64() / (30.44 * 86_400.0)
    }

    /// Tells whether it met at least once for each full month that it lasted.
    pub fn monthly(&self) -> bool {
        f64::from(self.meetings) >= self.months().floor()
    }
}

/// Tells the story of every pair, in order of id.
pub(super) fn pairs(run: &Run, events: &[(Timestamp, Event)], until: Timestamp) -> Vec<PairStory> {
    let mut met: BTreeMap<PairId, Vec<Timestamp>> = BTreeMap::new();
    for meeting in run.meetings.iter().filter(|meeting| meeting.took_place) {
        met.entry(meeting.pair).or_default().push(meeting.on);
    }
    let ends: BTreeMap<PairId, Timestamp> = events
        .iter()
        .filter_map(|(at, event)| match event {
            Event::PairEnded { pair, .. } => Some((*pair, *at)),
            _ => None,
        })
        .collect();
    let stories = run.pairs.iter().map(|pair| {
        let met = met.remove(&pair.id).unwrap_or_default();
        let until = ends.get(&pair.id).copied().unwrap_or(until);
        let longest_gap_days = longest_gap(run, pair.formed, &met, until);
        PairStory {
            id: pair.id,
            mentor: pair.mentor,
            mentee: pair.mentee,
            score: score(run, pair),
            formed: pair.formed,
            ended: pair.ended.clone().map(|reason| (until, reason)),
            until,
            meetings: u32::try_from(met.len()).unwrap_or(u32::MAX),
            longest_gap_days,
            lasted: run.lasted(pair.formed, until),
            risk: match (met.len(), longest_gap_days) {
                (0, _) => Some(Risk::NeverMet),
                (_, days) if days > SILENCE_DAYS => Some(Risk::Silent),
                _ => None,
            },
        }
    });
    stories.collect()
}

fn score(run: &Run, pair: &Pair) -> Option<f64> {
    let of = |proposal: &&Proposal| proposal.published.as_ref().is_some_and(|formed| formed.contains(&pair.id));
    let proposed = run.proposals.iter().find(of)?.pairs.iter();
    proposed.filter(|p| (p.mentor, p.mentee) == (pair.mentor, pair.mentee)).map(|proposed| proposed.score).next()
}

/// The longest time without a meeting between two moments, in whole days, pauses left out.
fn longest_gap(run: &Run, from: Timestamp, met: &[Timestamp], until: Timestamp) -> u32 {
    let mut moments: Vec<Timestamp> = met.iter().copied().chain([until]).collect();
    moments.sort_unstable();
    let mut before = from;
    let mut longest = SignedDuration::ZERO;
    for moment in moments {
        longest = longest.max(run.lasted(before, moment));
        before = before.max(moment);
    }
    u32::try_from(longest.as_hours() / 24).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;

    #[test]
    fn the_longest_gap_counts_both_ends() {
        let day = |day: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day);
        for (met, expect) in [
            (vec![], 100),
            (vec![10], 90),
            (vec![10, 40, 60], 40),
            (vec![60, 40, 10], 40),
            (vec![70, 100], 70),
            // Noted after the pair ended: the time until then was a gap all the same.
            (vec![10, 120], 90),
        ] {
            let met: Vec<Timestamp> = met.iter().map(|n| day(*n)).collect();
            assert_eq!(longest_gap(&Run::default(), day(0), &met, day(100)), expect, "{met:?}");
        }
    }

    #[test]
    fn a_pair_is_at_risk_when_it_is_silent_for_more_than_eight_weeks() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        let (mentor, mentee) = (story.mentor(), story.mentee());
        let steady = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        story.meeting(steady, "2026-02-20T10:00:00Z", 60);
        story.meeting(steady, "2026-03-20T10:00:00Z", 60);
        story.end_pair(steady, "2026-04-10T10:00:00Z", "completed");
        let silent = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        story.meeting(silent, "2026-04-01T10:00:00Z", 60);
        let never = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        let pairs = pairs(&story.run, &story.events, "2026-04-20T10:00:00Z".parse().unwrap());
        let told: Vec<_> = pairs.iter().map(|pair| (pair.id, pair.longest_gap_days, pair.risk)).collect();
        assert_eq!(told, [(steady, 28, None), (silent, 59, Some(Risk::Silent)), (never, 78, Some(Risk::NeverMet))],);
        assert_eq!(pairs[0].ended.as_ref().map(|(_, reason)| reason.as_str()), Some("completed"));
        assert!(pairs[0].monthly() && !pairs[1].monthly());
    }

    #[test]
    fn days_of_a_pause_are_no_silence() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        let (mentor, mentee) = (story.mentor(), story.mentee());
        let pair = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        story.meeting(pair, "2026-03-02T09:00:00Z", 60);
        story.pause("2026-03-03T09:00:00Z", "2026-05-03T09:00:00Z");
        let now = |story: &Story, at: &str| {
            let told = pairs(&story.run, &story.events, at.parse().unwrap()).remove(0);
            (told.longest_gap_days, told.risk, told.monthly())
        };
        assert_eq!(now(&story, "2026-05-02T09:00:00Z"), (28, None, true), "nothing counts in a pause");
        story.unpause("2026-05-03T09:00:00Z");
        // The day after: it met two days ago, as it were, and a month and a day have passed of its time.
        assert_eq!(now(&story, "2026-05-04T09:00:00Z"), (28, None, true));
        assert_eq!(now(&story, "2026-06-27T09:00:00Z"), (56, None, false));
        assert_eq!(now(&story, "2026-06-28T09:00:00Z"), (57, Some(Risk::Silent), false));
        // A meeting in the pause divides what is left of the gap and nothing else.
        story.meeting(pair, "2026-04-01T09:00:00Z", 60);
        assert_eq!(now(&story, "2026-06-28T09:00:00Z"), (56, None, true));
    }
}
