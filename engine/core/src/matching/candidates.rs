//! Who can be matched, and with how many.

use super::Ask;
use crate::{decide::Context, run::Run, verbs::gate_missed};
use smol_str::SmolStr;
use turnabout_model::{ParticipantId, Role, Unmatched, UnmatchedReason};

/// More partners than this are a slip of the pen.
const MOST_PLACES: f64 = 50.0;

/// The people of one side who have a place left and have passed the gates, with their places, by id. Who has missed a
/// gate is added to `unmatched`.
pub(super) fn candidates(
    run: &Run,
    context: Context<'_>,
    ask: &Ask<'_>,
    role: Role,
    unmatched: &mut Vec<Unmatched>,
) -> Vec<(ParticipantId, u32)> {
    let gates = &context.bundle.programme.gates;
    let (asked, attribute) = match role {
        Role::Mentor => (&gates.match_mentor, ask.plan.mentor_places.as_ref()),
        Role::Mentee => (&gates.match_mentee, ask.plan.mentee_places.as_ref()),
    };
    let mut found = Vec::new();
    for id in ask.people.iter().filter(|id| run.participants.get(*id).is_some_and(|p| p.role == role)) {
        let taken = u32::try_from(run.pairs_of(*id).count()).unwrap_or(u32::MAX);
        let places = places(context, *id, attribute).saturating_sub(taken);
        if places == 0 {
            continue;
        }
        match gate_missed(run, *id, asked) {
            Some(session) => {
                unmatched.push(Unmatched { participant: *id, reason: UnmatchedReason::Gate { session } });
            }
            None => found.push((*id, places)),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// With how many somebody can be paired at once: what they said, or one.
fn places(context: Context<'_>, id: ParticipantId, attribute: Option<&SmolStr>) -> u32 {
    let said = attribute.and_then(|name| context.records.person(id)?.attributes.get(name)?.first()?.parse().ok());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to MOST_PLACES
    said.map_or(1, |places: f64| if places.is_nan() { 1 } else { places.clamp(0.0, MOST_PLACES) as u32 })
}

/// Tells whether somebody waits already: an earlier matching left them without a partner, or their pair has ended.
pub(super) fn waits(run: &Run, id: ParticipantId) -> bool {
    let ended = run.pairs.iter().any(|pair| pair.ended.is_some() && (pair.mentor == id || pair.mentee == id));
    let published = run.proposals.iter().filter(|proposal| proposal.published.is_some());
    ended || published.flat_map(|proposal| &proposal.unmatched).any(|left| left.participant == id)
}
