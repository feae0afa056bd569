//! `cohort()`: who takes part now. Also the gates that ask what somebody has been to.

use super::{Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::{decide::Deciding, run::Run};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use turnabout_model::{ParticipantId, ParticipantStatus, Role, Value};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "cohort",
        required: &[] as &[Parameter],
        optional: &[],
        label: None,
        immediate: false,
        returns: "a cohort: #{mentors, mentees, everyone, waiting}, lists of participants",
        about: "Says who takes part now: those accepted who have not withdrawn.",
    },
    decide,
};

#[allow(clippy::unnecessary_wraps)] // the signature of every verb
fn decide(d: &mut Deciding<'_>, _: &VerbCall<'_>) -> Result<Decided, VerbError> {
    Ok(Decided::Value(cohort_value(d.run())))
}

/// The cohort as scripts see it.
pub fn cohort_value(run: &Run) -> Value {
    let with = |role: Role| run.accepted(role).map(|p| Value::text(p.id)).collect::<Vec<_>>();
    let (mentors, mentees) = (with(Role::Mentor), with(Role::Mentee));
    let everyone: Vec<_> = mentors.iter().chain(&mentees).cloned().collect();
    let waiting = run
        .participants
        .values()
        .filter(|p| matches!(p.status, ParticipantStatus::Waiting | ParticipantStatus::Applied));
    let waiting: Vec<_> = waiting.map(|p| Value::text(p.id)).collect();
    Value::map([
        ("mentors", mentors.into()),
        ("mentees", mentees.into()),
        ("everyone", everyone.into()),
        ("waiting", waiting.into()),
    ])
}

/// The first of the named sessions that somebody has not been to.
pub fn gate_missed(run: &Run, participant: ParticipantId, asked: &[SmolStr]) -> Option<SmolStr> {
    let attended = run.participants.get(&participant).map(|p| &p.attended);
    asked.iter().find(|gate| !attended.is_some_and(|a| a.contains(*gate))).cloned()
}

/// Keeps those who take part now, each once, in the given order.
pub(crate) fn present(run: &Run, people: &[ParticipantId]) -> Vec<ParticipantId> {
    with_status(run, people, &[ParticipantStatus::Accepted])
}

/// Keeps those who can be invited to a session: those who take part now and alumni, each once, in the given order.
pub(crate) fn invited(run: &Run, people: &[ParticipantId]) -> Vec<ParticipantId> {
    with_status(run, people, &[ParticipantStatus::Accepted, ParticipantStatus::Alumnus])
}

fn with_status(run: &Run, people: &[ParticipantId], statuses: &[ParticipantStatus]) -> Vec<ParticipantId> {
    let mut seen = FxHashSet::default();
    let stands = |id: &&ParticipantId| run.participants.get(*id).is_some_and(|p| statuses.contains(&p.status));
    people.iter().filter(stands).filter(|id| seen.insert(**id)).copied().collect()
}
