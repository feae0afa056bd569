//! Every message in order; the same message to several people at once is one sending.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_core::{
    rehearse::Titles,
    run::{Message, Run},
};
use turnabout_model::{PairId, Recipient, Role, SessionId, WaveId};

/// To whom a message went: how many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Addressees {
    /// Mentors.
    pub mentors: usize,
    /// Mentees.
    pub mentees: usize,
    /// The coordinator.
    pub coordinator: usize,
    /// The sponsor.
    pub sponsor: usize,
    /// The contact for concerns.
    pub contact: usize,
}

impl Addressees {
    /// How many together.
    pub fn total(self) -> usize {
        self.mentors + self.mentees + self.coordinator + self.sponsor + self.contact
    }

    fn add(&mut self, run: &Run, to: &Recipient) {
        match to {
            Recipient::Participant(id) => match run.participants.get(id).map(|participant| participant.role) {
                Some(Role::Mentor) => self.mentors += 1,
                Some(Role::Mentee) => self.mentees += 1,
                None => {}
            },
            Recipient::Coordinator => self.coordinator += 1,
            Recipient::Sponsor => self.sponsor += 1,
            Recipient::Contact => self.contact += 1,
        }
    }
}

/// One message to everybody who got it at the same moment about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// When.
    pub at: Timestamp,
    /// The name of the message.
    pub message: SmolStr,
    /// What it is about: the session, the survey or how many pairs.
    pub about: String,
    /// To whom.
    pub to: Addressees,
}

/// Groups the messages of a run, in the order in which they were queued.
pub(super) fn sendings(run: &Run, titles: &Titles) -> Vec<Sending> {
    let mut sendings: Vec<(Sending, Vec<PairId>)> = Vec::new();
    for message in &run.messages {
        let (about, pair) = subject(run, message, titles);
        // What is sent at one moment lies together, but each pair's journey sends in its turn.
        let now = sendings.iter().rposition(|(s, _)| s.at != message.queued).map_or(0, |before| before + 1);
        let same = sendings[now..]
            .iter_mut()
            .find(|(s, pairs)| s.message == message.template && s.about == about && pairs.is_empty() == pair.is_none());
        let (sending, pairs) = if let Some(same) = same {
            same
        } else {
            let (at, message) = (message.queued, message.template.clone());
            sendings.push((Sending { at, message, about, to: Addressees::default() }, Vec::new()));
            sendings.last_mut().expect("invariant: just pushed")
        };
        sending.to.add(run, &message.to);
        if let Some(pair) = pair.filter(|pair| !pairs.contains(pair)) {
            pairs.push(pair);
        }
    }
    let named = sendings.into_iter().map(|(sending, pairs)| match pairs.as_slice() {
        [] => sending,
        [pair] => Sending { about: pair.to_string(), ..sending },
        several => Sending { about: format!("{} pairs", several.len()), ..sending },
    });
    named.collect()
}

/// What a message is about: a session or survey by title, or a pair.
fn subject(run: &Run, message: &Message, titles: &Titles) -> (String, Option<PairId>) {
    let id = |name: &str| message.about.get(name).and_then(|value| value.as_text());
    if let Some(session) = id("session").and_then(|id| run.session(id.parse::<SessionId>().ok()?)) {
        return (titles.session(&session.plan.name), None);
    }
    if let Some(wave) = id("wave").and_then(|id| run.wave(id.parse::<WaveId>().ok()?)) {
        return (titles.survey(&wave.survey), None);
    }
    (String::new(), id("pair").and_then(|id| id.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;
    use turnabout_model::Value;

    #[test]
    fn one_message_to_several_people_at_once_is_one_sending() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        let (mentor, mentee, other) = (story.mentor(), story.mentee(), story.mentee());
        let about = |pair: &str| Value::map([("pair", Value::text(pair))]);
        let (first, second) = ("2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z");
        story.message(first, "introduction", Recipient::Participant(mentor), about("pair-1"));
        story.message(first, "thanks", Recipient::Participant(mentor), Value::Null);
        story.message(first, "introduction", Recipient::Participant(mentee), about("pair-1"));
        story.message(first, "introduction", Recipient::Participant(other), about("pair-2"));
        story.message(second, "introduction", Recipient::Participant(other), about("pair-2"));
        story.message(second, "concern-raised", Recipient::Contact, Value::Null);
        let told: Vec<_> = sendings(&story.run, &Titles::default())
            .into_iter()
            .map(|s| (s.message.to_string(), s.about, s.to.mentors, s.to.mentees, s.to.contact))
            .collect();
        assert_eq!(
            told,
            [
                ("introduction".to_owned(), "2 pairs".to_owned(), 1, 2, 0),
                ("thanks".to_owned(), String::new(), 1, 0, 0),
                ("introduction".to_owned(), "pair-2".to_owned(), 0, 1, 0),
                ("concern-raised".to_owned(), String::new(), 0, 0, 1),
            ],
        );
    }
}
