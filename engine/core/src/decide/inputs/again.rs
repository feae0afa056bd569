//! Somebody has lost their letters: those about what still waits for them are sent again.

use crate::{
    decide::{Deciding, Refusal},
    run::{Message, Run},
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{ParticipantId, ParticipantStatus, Recipient, Value};

pub(super) fn send_again(d: &mut Deciding<'_>, participant: ParticipantId) -> Result<(), Refusal> {
    if super::people::find(d, participant)?.status == ParticipantStatus::Withdrawn {
        return Err(Refusal::Withdrawn(participant));
    }
    // One of a template that an amendment took away can't be written any more.
    let messages = &d.context.bundle.messages;
    let letters = last_letters(d.run, participant, |letter| messages.contains_key(&letter.template));
    if letters.is_empty() {
        return Err(Refusal::NothingWaits(participant));
    }
    // A letter that has not left yet comes by itself.
    let lost = letters.iter().filter(|letter| letter.outcome.is_some());
    let lost: Vec<(SmolStr, Value)> = lost.map(|letter| (letter.template.clone(), letter.about.clone())).collect();
    if lost.is_empty() {
        let what = format_smolstr!("every letter that could be sent again to {participant}");
        return Err(Refusal::AlreadySo { what, state: "on its way" });
    }
    for (template, about) in lost {
        d.queue(&template, &[Recipient::Participant(participant)], &about);
    }
    Ok(())
}

/// The last letter to somebody that can be written again about each survey that they can still answer and each agreement
/// that they can still sign.
fn last_letters(run: &Run, participant: ParticipantId, writable: impl Fn(&Message) -> bool) -> Vec<&Message> {
    let waves = run.waves.iter().filter(|wave| super::may_respond(run, wave.id, participant).is_ok());
    let agreements = run.agreements.iter().filter(|agreement| {
        agreement.open && agreement.between.contains(&participant) && !agreement.signed.contains(&participant)
    });
    let waves = waves.map(|wave| ("wave", format_smolstr!("{}", wave.id)));
    let agreements = agreements.map(|agreement| ("agreement", format_smolstr!("{}", agreement.id)));
    let to = Recipient::Participant(participant);
    let last = |(part, id): (&str, SmolStr)| {
        let about = |message: &&Message| message.about.get(part).and_then(Value::as_text) == Some(id.as_str());
        run.messages.iter().rev().filter(|message| message.to == to && writable(message)).find(about)
    };
    waves.chain(agreements).filter_map(last).collect()
}
