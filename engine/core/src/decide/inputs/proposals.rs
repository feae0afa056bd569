//! The coordinator publishes pairs and decides tasks.

use crate::{
    decide::{Deciding, Refusal},
    matching,
    run::{Draft, Proposal, WaitKey},
    verbs,
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, ParticipantId, ProposalId, TaskId, TaskKind};

/// More pins than this are no pins but a matching by hand.
const MOST_PINS: usize = 10_000;

pub(super) fn revise(
    d: &mut Deciding<'_>,
    id: ProposalId,
    pinned: &[(ParticipantId, ParticipantId)],
    forbidden: &[(ParticipantId, ParticipantId)],
) -> Result<(), Refusal> {
    open(d, id)?;
    if pinned.len().max(forbidden.len()) > MOST_PINS {
        return Err(Refusal::TooMany("pairs to pin or to forbid", MOST_PINS));
    }
    let draft = matching::propose_again(d.run, d.context, id, pinned, forbidden);
    let draft = draft.ok_or_else(|| Refusal::unknown(id))?.map_err(|error| Refusal::Matching(Box::new(error)))?;
    let (pinned, forbidden) = (pinned.to_vec(), forbidden.to_vec());
    let matching::Draft { pairs, unmatched } = draft;
    d.emit(Event::ProposalRevised { proposal: id, pinned, forbidden, pairs, unmatched, draft: None });
    Ok(())
}

/// Takes an earlier draft up again as it was: nothing is asked or solved anew.
pub(super) fn take_up(d: &mut Deciding<'_>, id: ProposalId, number: u32) -> Result<(), Refusal> {
    let proposal = open(d, id)?;
    if number == proposal.number {
        return Err(Refusal::AlreadySo {
            what: format_smolstr!("draft {number} of {id}"),
            state: "the one that is open",
        });
    }
    let draft = proposal.draft(number);
    let draft = draft.ok_or_else(|| Refusal::Unknown(format_smolstr!("draft {number} of {id}")))?.clone();
    let Draft { pairs, unmatched, pinned, forbidden, .. } = draft;
    d.emit(Event::ProposalRevised { proposal: id, pinned, forbidden, pairs, unmatched, draft: Some(number) });
    Ok(())
}

/// A draft that waits to be published.
fn open<'d>(d: &'d Deciding<'_>, id: ProposalId) -> Result<&'d Proposal, Refusal> {
    let proposal = d.run.proposal(id).ok_or_else(|| Refusal::unknown(id))?;
    if proposal.published.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "published" });
    }
    if d.run.waits.on(&WaitKey::Proposal(id)).is_empty() {
        return Err(Refusal::NoLongerAsked(format_smolstr!("{id}")));
    }
    Ok(proposal)
}

pub(super) fn publish(d: &mut Deciding<'_>, id: ProposalId) -> Result<(), Refusal> {
    if verbs::is_outdated(d, open(d, id)?) {
        return Err(Refusal::Outdated(id));
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
