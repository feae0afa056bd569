//! The coordinator publishes pairs and decides tasks.

use crate::{
    decide::{Deciding, Refusal},
    run::WaitKey,
    verbs,
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, ProposalId, TaskId, TaskKind};

pub(super) fn publish(d: &mut Deciding<'_>, id: ProposalId) -> Result<(), Refusal> {
    let proposal = d.run.proposal(id).ok_or_else(|| Refusal::unknown(id))?;
    if proposal.published.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "published" });
    }
    if d.run.waits.on(&WaitKey::Proposal(id)).is_empty() {
        return Err(Refusal::NoLongerAsked(format_smolstr!("{id}")));
    }
    verbs::publish(d, id);
    let review = d.run.tasks.iter().find(|t| t.proposal == Some(id) && t.choice.is_none()).map(|t| t.id);
    if let Some(task) = review {
        d.emit(Event::TaskClosed { task, choice: "published".into() });
    }
    d.review(&WaitKey::Proposal(id));
    Ok(())
}

pub(super) fn close_task(d: &mut Deciding<'_>, id: TaskId, choice: &SmolStr) -> Result<(), Refusal> {
    let task = d.run.task(id).ok_or_else(|| Refusal::unknown(id))?;
    if task.choice.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "decided" });
    }
    match task.kind {
        TaskKind::ReviewProposal => return Err(Refusal::PublishInstead),
        TaskKind::RecordAttendance => return Err(Refusal::RecordInstead),
        TaskKind::Decide => {
            if !task.choices.is_empty() && !task.choices.contains(choice) {
                let choices: Vec<_> = task.choices.iter().map(SmolStr::as_str).collect();
                return Err(Refusal::NoSuchChoice {
                    task: format_smolstr!("{id}"),
                    choice: choice.clone(),
                    choices: choices.join(", ").into(),
                });
            }
        }
    }
    d.emit(Event::TaskClosed { task: id, choice: choice.clone() });
    d.review(&WaitKey::Task(id));
    Ok(())
}
