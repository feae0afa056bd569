//! Who left, and whether those who lost a partner found another.

use jiff::Timestamp;
use turnabout_core::run::Run;
use turnabout_model::{Event, PairId, ParticipantId, ParticipantStatus, Role};

/// Somebody who withdrew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaver {
    /// Who.
    pub id: ParticipantId,
    /// Mentor or mentee.
    pub role: Role,
    /// When.
    pub at: Timestamp,
    /// The pairs that this ended.
    pub ended: Vec<PairId>,
    /// The pairs that their partners are in since.
    pub found: Vec<PairId>,
}

/// Everybody who withdrew, in order.
pub(super) fn leavers(run: &Run, events: &[(Timestamp, Event)]) -> Vec<Leaver> {
    let left = events.iter().filter_map(|(at, event)| match event {
        Event::ParticipantStatusChanged { participant, status: ParticipantStatus::Withdrawn } => {
            Some((*at, *participant))
        }
        _ => None,
    });
    left.filter_map(|(at, id)| {
        let role = run.participants.get(&id)?.role;
        let now_ended = |pair: PairId| {
            let mut ends = events.iter().filter(|(when, _)| *when == at);
            ends.any(|(_, event)| matches!(event, Event::PairEnded { pair: ended, .. } if *ended == pair))
        };
        let lost: Vec<_> = run.pairs.iter().filter(|p| (p.mentor == id || p.mentee == id) && now_ended(p.id)).collect();
        let partners = lost.iter().map(|pair| if pair.mentor == id { pair.mentee } else { pair.mentor });
        let found = partners.filter_map(|partner| {
            run.pairs.iter().find(|p| p.formed >= at && (p.mentor == partner || p.mentee == partner))
        });
        let found = found.map(|pair| pair.id).collect();
        Some(Leaver { id, role, at, ended: lost.iter().map(|pair| pair.id).collect(), found })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;

    #[test]
    fn a_leaver_is_told_with_the_pair_that_ended_and_the_one_that_followed() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        let (first, second, mentee) = (story.mentor(), story.mentor(), story.mentee());
        let pair = story.pair("2026-02-01T10:00:00Z", first, mentee);
        story.withdraw(first, "2026-03-01T10:00:00Z");
        story.end_pair(pair, "2026-03-01T10:00:00Z", "withdrawn");
        let next = story.pair("2026-03-09T10:00:00Z", second, mentee);
        let at = "2026-03-01T10:00:00Z".parse().unwrap();
        let expect = Leaver { id: first, role: Role::Mentor, at, ended: vec![pair], found: vec![next] };
        assert_eq!(leavers(&story.run, &story.events), [expect]);
    }
}
