//! Messages wait until they were sent, or are no longer worth it.

use crate::house::{House, at, house};
use std::sync::Mutex;
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{Clock as _, Delivered, Letter, Letters, Mail, MailError};
use turnabout_model::{MessageOutcome, RunId};

/// A mail server that answers as it is told, then takes everything.
#[derive(Default)]
struct Post {
    answers: Mutex<Vec<MailError>>,
    taken: Mutex<Vec<Letter>>,
}

impl Mail for Post {
    fn send(&self, letter: Letter) -> Result<(), MailError> {
        if let Some(error) = self.answers.lock().unwrap().pop() {
            return Err(error);
        }
        self.taken.lock().unwrap().push(letter);
        Ok(())
    }
}

fn welcomed() -> (House, RunId) {
    let house = house();
    let run = house.start_with_people();
    house.engine.submit(&run, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    (house, run)
}

#[test]
fn messages_are_written_when_they_are_sent_and_settled_after() {
    let (house, run) = welcomed();
    // Four welcomes and four invitations.
    let page = house.engine.pending(&run, 0, 5).unwrap();
    assert_eq!((page.items.len(), page.next.as_deref()), (5, Some("5")));
    assert_eq!(house.engine.pending(&run, 5, 5).unwrap().items.len(), 3);
    let pending = page.items;
    assert_eq!((&*pending[0].template, &*pending[0].to), ("welcome", "person-1"));
    let post = Post::default();
    let delivered = house.engine.deliver(&post, &Letters::new()).unwrap();
    assert_eq!(delivered, Delivered { sent: 8, ..Delivered::default() });
    let taken = post.taken.into_inner().unwrap();
    assert_eq!((&*taken[0].to_email, &*taken[0].subject), ("amara@example.org", "Welcome"));
    assert_eq!(taken[0].text.trim(), "Dear Amara Diaz");
    assert_eq!(taken[4].subject, "Training");
    assert_eq!(taken[0].id, format!("{run}.message-1"));
    assert_eq!(house.rows(StoreTable::Outbox), 0);
    assert_eq!(house.engine.deliver(&Post::default(), &Letters::new()).unwrap(), Delivered::default());
}

#[test]
fn a_message_past_its_time_is_never_sent() {
    let (house, run) = welcomed();
    house.clock.advance_to(at("2026-03-10T09:00:00Z"));
    let post = Post::default();
    let delivered = house.engine.deliver(&post, &Letters::new()).unwrap();
    assert_eq!((delivered.stale, delivered.sent), (4, 4));
    assert!(post.taken.into_inner().unwrap().iter().all(|letter| letter.subject == "Training"));
    let outcome = house.engine.read(&run, |of| of.run.messages[0].outcome).unwrap();
    assert_eq!(outcome, Some(MessageOutcome::Stale));
}

#[test]
fn a_busy_mail_server_is_tried_again_later_and_a_refusal_is_final() {
    let (house, run) = welcomed();
    let post = Post::default();
    let busy = || MailError::Transient("busy".into());
    *post.answers.lock().unwrap() = vec![busy(), MailError::Permanent("no such mailbox".into())];
    let first = house.engine.deliver(&post, &Letters::new()).unwrap();
    assert_eq!(first, Delivered { sent: 6, failed: 1, put_off: 1, stale: 0 });
    let pending = house.engine.pending(&run, 0, 10).unwrap().items;
    assert_eq!((pending[0].deliveries, pending[0].problem.as_deref()), (1, Some("busy")));
    assert_eq!(house.engine.deliver(&post, &Letters::new()).unwrap(), Delivered::default(), "it waits");
    // After a restart it still waits, and then goes out.
    let again = house.restarted();
    assert_eq!(again.engine.deliver(&post, &Letters::new()).unwrap(), Delivered::default());
    again.clock.advance_to(at("2026-03-02T09:00:30Z"));
    assert_eq!(again.engine.deliver(&post, &Letters::new()).unwrap().sent, 1);
    let outcomes = again.engine.read(&run, |of| of.run.messages.iter().map(|m| m.outcome).collect::<Vec<_>>()).unwrap();
    assert_eq!(outcomes.iter().filter(|o| **o == Some(MessageOutcome::Failed)).count(), 1);
}

#[test]
fn a_message_that_nobody_takes_fails_in_the_end() {
    let (house, _) = welcomed();
    let post = Post::default();
    *post.answers.lock().unwrap() = (0..1_000).map(|_| MailError::Transient("busy".into())).collect();
    let mut failed = 0;
    for _ in 0..40 {
        failed += house.engine.deliver(&post, &Letters::new()).unwrap().failed;
        let later = house.clock.now() + jiff::SignedDuration::from_hours(6);
        house.clock.advance_to(later);
    }
    assert!(failed > 0, "{failed}");
    assert_eq!(house.rows(StoreTable::Outbox), 0);
}

#[test]
fn a_run_that_cannot_be_read_does_not_keep_the_mail_of_others_back() {
    let (house, _) = welcomed();
    // A second run whose journal is damaged, with a message that is past its time and one that is not.
    let damaged = house.start_with_people();
    house.engine.submit(&damaged, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    house.damage(&damaged);
    let again = house.restarted();
    again.clock.advance_to(at("2026-03-10T09:00:00Z"));
    let delivered = again.engine.deliver(&Post::default(), &Letters::new()).unwrap();
    assert_eq!((delivered.stale, delivered.sent), (4, 4));
}

#[test]
fn a_stop_is_heeded_between_two_messages() {
    let (house, _) = welcomed();
    let post = Post::default();
    let still = || post.taken.lock().unwrap().len() < 3;
    let delivered = house.engine.deliver_while(&still, &post, &Letters::new()).unwrap();
    assert_eq!(delivered.sent, 3);
}
