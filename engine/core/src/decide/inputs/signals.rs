//! Letters for the script.

use crate::{
    decide::{Deciding, Refusal},
    run::{Letter, WaitKey},
};
use smol_str::SmolStr;
use turnabout_model::{Event, SignalSubject, Value};

pub(super) fn receive(
    d: &mut Deciding<'_>,
    name: &SmolStr,
    subject: SignalSubject,
    key: &SmolStr,
    payload: &Value,
) -> Result<(), Refusal> {
    match subject {
        SignalSubject::Run => {}
        SignalSubject::Pair(id) => drop(d.run.pair(id).ok_or_else(|| Refusal::unknown(id))?),
        SignalSubject::Participant(id) => drop(super::people::find(d, id)?),
    }
    let limits = d.context.limits;
    let bytes = serde_json::to_vec(payload).map_or(usize::MAX, |json| json.len());
    if bytes > limits.payload_bytes {
        return Err(Refusal::TooLarge("the payload of a signal", limits.payload_bytes));
    }
    if payload.depth() > limits.payload_depth {
        return Err(Refusal::TooDeep("the payload of a signal", limits.payload_depth));
    }
    if d.run.mailbox.has_seen(name, subject, key) {
        // The same letter twice is one letter: the sender may have missed our answer.
        return Ok(());
    }
    if d.run.mailbox.from_outside() >= limits.letters_waiting {
        return Err(Refusal::MailboxFull(limits.letters_waiting));
    }
    post(d, Letter { name: name.clone(), subject, payload: payload.clone() }, key);
    d.review(&WaitKey::Signal(name.clone(), subject));
    Ok(())
}

/// Puts a letter into the mailbox.
pub(super) fn post(d: &mut Deciding<'_>, letter: Letter, key: &SmolStr) {
    let signal = d.run.mailbox.next_id();
    let Letter { name, subject, payload } = letter;
    d.emit(Event::SignalReceived { signal, name, subject, key: key.clone(), payload });
}
