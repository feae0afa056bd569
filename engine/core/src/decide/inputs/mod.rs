//! One room an input: what it is checked against, and which events it means.

mod again;
mod agreements;
mod concerns;
mod errands;
mod meetings;
mod pausing;
mod people;
mod proposals;
mod sessions;
mod signals;
mod start;
mod steering;
mod surveys;
mod tick;

pub use pausing::LONGEST_PAUSE_WEEKS;
pub(crate) use start::effective_settings;
pub use surveys::may_respond;

use super::{Deciding, Input, Refusal};
use crate::run::RunStatus;

/// Takes an input: refuses it and changes nothing, or emits what it means.
pub(super) fn take(d: &mut Deciding<'_>, input: &Input) -> Result<(), Refusal> {
    // What has happened may be noted after the end, and in a full journal.
    let notes = matches!(input, Input::SettleMessage { .. } | Input::CloseConcern { .. });
    match (d.run.status(), input) {
        (RunStatus::New, Input::Start(start)) => return start::start(d, start),
        (RunStatus::New, _) => return Err(Refusal::NotStarted),
        (_, Input::Start(_)) => return Err(Refusal::AlreadyStarted),
        (RunStatus::Finished | RunStatus::Cancelled, Input::Tick) => return Ok(()),
        (RunStatus::Finished, _) if !notes => return Err(Refusal::Over("finished")),
        (RunStatus::Cancelled, _) if !notes => return Err(Refusal::Over("cancelled")),
        _ => {}
    }
    let full = d.context.limits.entries_per_run;
    if d.run.version >= full && !notes && !matches!(input, Input::Cancel { .. }) {
        return Err(Refusal::JournalFull(full));
    }
    match input {
        Input::Start(_) => Err(Refusal::AlreadyStarted),
        Input::CloseConcern { concern } => concerns::close(d, *concern),
        Input::SettleMessage { message, outcome } => steering::settle(d, *message, *outcome),
        Input::AddParticipant { role, status } => people::add(d, *role, *status),
        Input::SetStatus { participant, status } => people::set_status(d, *participant, *status),
        Input::CloseRecruitment { label } => people::close_recruitment(d, label),
        Input::Withdraw { participant } => people::withdraw(d, *participant),
        Input::SendAgain { participant } => again::send_again(d, *participant),
        Input::Tick => {
            tick::tick(d);
            Ok(())
        }
        Input::PlanSession { name, audience, starts } => sessions::plan(d, name, audience, *starts),
        Input::HoldSession { session, attended } => sessions::hold(d, *session, attended),
        Input::RescheduleSession { session, starts } => sessions::reschedule(d, *session, *starts),
        Input::CancelSession { session, reason } => sessions::cancel(d, *session, reason),
        Input::RecordMeeting { pair, on, minutes, form, took_place } => meetings::record(
            d,
            &meetings::Record { pair: *pair, on: *on, minutes: *minutes, form: *form, took_place: *took_place },
        ),
        Input::EndPair { pair, reason } => meetings::end_pair(d, *pair, reason),
        Input::ReviseProposal { proposal, pinned, forbidden } => proposals::revise(d, *proposal, pinned, forbidden),
        Input::TakeUpDraft { proposal, draft } => proposals::take_up(d, *proposal, *draft),
        Input::PublishProposal { proposal } => proposals::publish(d, *proposal),
        Input::Respond { wave, participant } => surveys::respond(d, *wave, *participant),
        Input::Sign { agreement, participant } => agreements::sign(d, *agreement, *participant),
        Input::CloseTask { task, choice } => proposals::close_task(d, *task, choice),
        Input::CompleteErrand { errand, answer } => errands::complete(d, *errand, answer),
        Input::Signal { name, subject, key, payload } => signals::receive(d, name, *subject, key, payload),
        Input::RaiseConcern => {
            concerns::raise(d);
            Ok(())
        }
        Input::Resume { journey } => steering::resume(d, *journey),
        Input::Pause { until, reason } => pausing::pause(d, *until, reason.as_ref()),
        Input::Unpause => pausing::unpause(d),
        Input::Cancel { reason } => {
            steering::cancel(d, reason);
            Ok(())
        }
    }
}
