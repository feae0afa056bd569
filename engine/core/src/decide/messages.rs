//! Queueing messages: who gets one, and what it may speak of.

use super::Deciding;
use jiff::Timestamp;
use turnabout_model::{Event, ParticipantId, ParticipantStatus, Recipient, Value};

/// The messages that the engine sends by itself where a template has them.
pub const SENT_BY_THE_ENGINE: [&str; 11] = [
    "lessons",
    "paused",
    "unpaused",
    "cancelled",
    "application-received",
    "application-accepted",
    "application-waiting",
    "application-declined",
    "session-moved",
    "session-cancelled",
    "withdrawal-confirmed",
];

/// The functions that the engine calls when something happens, each with one argument, where a script has them.
pub const HANDLERS: [&str; 3] = ["on_concern", "on_pair_ended", "on_withdrawn"];

impl Deciding<'_> {
    /// Queues a message to each recipient once. People who have withdrawn get none.
    pub fn queue(&mut self, template: &str, to: &[Recipient], about: &Value) {
        self.queue_due(template, to, self.context.now, about);
    }

    /// Queues a message that was due at a moment, from which it ages.
    pub(super) fn queue_due(&mut self, template: &str, to: &[Recipient], due: Timestamp, about: &Value) {
        let stale_after = self.context.bundle.messages.get(template).and_then(|head| head.stale_after);
        let stale_at = stale_after.map(|period| period.after(due, &self.run.zone));
        let mut told: Vec<&Recipient> = Vec::with_capacity(to.len());
        for recipient in to {
            if told.contains(&recipient) || self.has_left(recipient) {
                continue;
            }
            told.push(recipient);
            let message = self.run.next_message();
            self.emit(Event::MessageQueued {
                message,
                template: template.into(),
                to: recipient.clone(),
                about: about.clone(),
                stale_at,
            });
        }
    }

    /// Queues a message that the engine sends by itself, if the template has it.
    pub(super) fn queue_if_any(&mut self, template: &str, to: &[ParticipantId], about: &Value) {
        if self.context.bundle.messages.contains_key(template) {
            let to: Vec<_> = to.iter().copied().map(Recipient::Participant).collect();
            self.queue(template, &to, about);
        }
    }

    /// Tells everyone who takes part, or waits to, and these, if the template has the message.
    pub(super) fn queue_to_all_if_any(&mut self, template: &str, also: &[ParticipantId], about: &Value) {
        let here = |status| {
            matches!(status, ParticipantStatus::Accepted | ParticipantStatus::Applied | ParticipantStatus::Waiting)
        };
        let people = self.run.participants.values().filter(|p| here(p.status)).map(|p| p.id);
        let people: Vec<_> = people.chain(also.iter().copied()).collect();
        self.queue_if_any(template, &people, about);
    }

    fn has_left(&self, recipient: &Recipient) -> bool {
        let Recipient::Participant(id) = recipient else { return false };
        self.run.participants.get(id).is_none_or(|p| p.status == ParticipantStatus::Withdrawn)
    }
}
