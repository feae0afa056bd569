//! The post of a rehearsal with outages of mail: messages leave at once, or when mail leaves again.

use super::queue::Queue;
use crate::{decide::Input, run::Run};
use jiff::{Timestamp, tz::TimeZone};
use turnabout_model::{MailOutage, MessageId, MessageOutcome};

/// Messages on their way. Without an outage in its plan a rehearsal delivers nothing: whether a message was settled then
/// is no part of it.
#[derive(Debug, Default)]
pub(super) struct Post {
    planned: Vec<MailOutage>,
    /// From when until when no mail leaves.
    outages: Vec<(Timestamp, Timestamp)>,
    letters: Queue<MessageId>,
}

impl Post {
    /// The post of a rehearsal with these outages.
    pub(super) fn with(planned: &[MailOutage]) -> Self {
        Self { planned: planned.to_vec(), ..Self::default() }
    }

    /// The outages, as they were planned.
    pub(super) fn planned(&self) -> &[MailOutage] {
        &self.planned
    }

    /// Fixes the outages at the start of a run.
    pub(super) fn begin(&mut self, start: Timestamp, zone: &TimeZone) {
        let outage = |plan: &MailOutage| {
            let from = plan.from.after(start, zone);
            (from, plan.lasts.after(from, zone))
        };
        self.outages = self.planned.iter().map(outage).collect();
        self.outages.sort_unstable();
    }

    /// Takes a message.
    pub(super) fn take(&mut self, message: MessageId, now: Timestamp) {
        if self.outages.is_empty() {
            return;
        }
        // One outage may follow upon another.
        let leaves = self.outages.iter().fold(now, |at, (from, to)| if (*from..*to).contains(&at) { *to } else { at });
        self.letters.push(leaves, message);
    }

    /// When the next message leaves.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.letters.next_at()
    }

    /// What becomes of the next message: sent, or skipped because it is past its time. Nothing if somebody else has
    /// delivered it.
    pub(super) fn next(&mut self, run: &Run) -> Option<Input> {
        let (at, message) = self.letters.pop()?;
        let waiting = run.message(message).filter(|message| message.outcome.is_none())?;
        let stale = waiting.stale_at.is_some_and(|stale_at| stale_at < at);
        let outcome = if stale { MessageOutcome::Stale } else { MessageOutcome::Sent };
        Some(Input::SettleMessage { message, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_model::{Event, Period, Recipient, Value};

    #[test]
    fn what_is_written_while_no_mail_leaves_waits_and_what_is_too_old_by_then_is_skipped() {
        let day = |day: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * day);
        let outage = |from, lasts| MailOutage { from: Period::days(from), lasts: Period::days(lasts) };
        // The second outage begins as the first one ends.
        let mut post = Post::with(&[outage(14, 3), outage(7, 7)]);
        post.begin(day(0), &TimeZone::UTC);
        let mut run = Run::default();
        for (queued, stale) in [(6, None), (7, Some(9)), (8, Some(20)), (16, None), (17, None)] {
            let message = run.next_message();
            let template = "hello".into();
            let about = Value::Null;
            let to = Recipient::Coordinator;
            let event = Event::MessageQueued { message, template, to, about, stale_at: stale.map(day) };
            run.apply(day(queued), &event);
            post.take(message, day(queued));
        }
        let mut became = Vec::new();
        while let Some(at) = post.next_at() {
            let Some(Input::SettleMessage { message, outcome }) = post.next(&run) else { continue };
            became.push((message.0, at, outcome));
        }
        let (sent, stale) = (MessageOutcome::Sent, MessageOutcome::Stale);
        assert_eq!(
            became,
            [(1, day(6), sent), (2, day(17), stale), (3, day(17), sent), (4, day(17), sent), (5, day(17), sent)]
        );
    }

    #[test]
    fn without_an_outage_nothing_is_delivered() {
        let mut post = Post::with(&[]);
        post.begin(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        post.take(MessageId(1), Timestamp::UNIX_EPOCH);
        assert_eq!(post.next_at(), None);
    }
}
