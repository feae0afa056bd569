//! A company that takes up a run under way: whatever waits for a person is planned anew, as the events that brought it
//! would have had it planned.

use super::{
    asking,
    personas::{Company, Plan},
};
use crate::run::Run;
use jiff::Timestamp;
use turnabout_model::{Event, ParticipantStatus, SessionStatus};

/// Plans what is open in a run. Nobody new applies.
pub(super) fn take_up(company: &mut Company, run: &Run, now: Timestamp) {
    company.in_time = true;
    for (participant, part) in &run.participants {
        if part.only_alumnus {
            continue;
        }
        if matches!(part.status, ParticipantStatus::Accepted | ParticipantStatus::Applied) {
            let (participant, role, status) = (*participant, part.role, part.status);
            company.react(run, now, &Event::ParticipantAdded { participant, role, status });
        }
    }
    for session in run.sessions.iter().filter(|session| session.status == SessionStatus::Planned) {
        // One that is over already waits for whoever records who came.
        if session.plan.ends <= now {
            let at = company.coordinator(now);
            company.plans.push(at, Plan::Hold(session.plan.session));
        } else {
            company.react(run, now, &Event::SessionPlanned { plan: session.plan.clone() });
        }
    }
    for task in run.tasks.iter().filter(|task| task.choice.is_none()) {
        let (id, kind, title, choices) = (task.id, task.kind, task.title.clone(), task.choices.clone());
        let (session, proposal) = (task.session, task.proposal);
        company.react(run, now, &Event::TaskOpened { task: id, kind, title, choices, session, proposal });
    }
    for errand in run.errands.iter().filter(|errand| run.wants(errand.id)) {
        let (id, verb, request) = (errand.id, errand.verb.clone(), errand.request.clone());
        company.react(run, now, &Event::ErrandSent { errand: id, verb, request });
    }
    for pair in run.pairs.iter().filter(|pair| pair.ended.is_none()) {
        let before = pair.last_met.unwrap_or(pair.formed).max(run.started);
        // A pair that rested in a pause is not behind with its rhythm, and not all such pairs meet at once after it.
        let before = before.checked_add(run.rested(before, now)).unwrap_or(before);
        company.plan_meeting(pair.id, before, now);
    }
    for wave in run.waves.iter().filter(|wave| wave.open) {
        asking::ask(company, run, now, wave.id);
    }
    for agreement in run.agreements.iter().filter(|agreement| agreement.open) {
        let (id, name, pair) = (agreement.id, agreement.name.clone(), agreement.pair);
        let (text, closes, signed) = (agreement.text.clone(), agreement.closes, Vec::new());
        company.react(run, now, &Event::AgreementOpened { agreement: id, name, pair, text, closes, signed });
    }
    for concern in run.concerns.iter().filter(|concern| concern.open) {
        company.react(run, now, &Event::ConcernRaised { concern: concern.id });
    }
}
