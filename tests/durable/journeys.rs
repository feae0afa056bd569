//! Journeys of their own: each, handlers, cancellation, withdrawal.

use turnabout_core::{
    decide::Input,
    run::{JourneyStatus, RunStatus},
};
use turnabout_model::{Event, JourneyId, ParticipantId, Recipient, Value};
use turnabout_testkit::Play;

const PAIRS: &str = r#"
    fn programme(settings) {
        sleep(days(1));
        let pairs = match_pairs("anyone", cohort(), #{ publish: "at-once" });
        let ends = each(pairs, "pair_journey");
        stage(ends.filter(|end| type_of(end) == "map").len() + " cancelled");
    }
    fn pair_journey(pair) {
        send("hello", pair);
        sleep(months(6));
        return pair.id;
    }
    fn on_withdrawn(leaver) { send("nudge", leaver.partners); stage("handled " + leaver.role); }
    fn on_concern(concern) { send("hello", "contact"); }
"#;

#[test]
fn each_item_has_a_journey_of_its_own() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.run().journeys.len(), 3);
    assert_eq!(play.run().messages.len(), 4, "both members of both pairs are introduced");
    play.restart();
    play.until("2026-10-01T09:00:00Z");
    assert_eq!(play.stages(), ["0 cancelled"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn a_withdrawal_ends_the_pair_its_journey_and_reaches_the_handler() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-03T09:00:00Z");
    let leaver = play.run().pairs[0].mentor;
    play.must(&Input::Withdraw { participant: leaver });
    assert_eq!(play.run().pairs[0].ended.as_deref(), Some("withdrawal"));
    assert_eq!(play.run().journey(JourneyId(1)).unwrap().status, JourneyStatus::Cancelled);
    assert_eq!(play.stages(), ["handled mentor"]);
    let order: Vec<_> = play
        .journal()
        .iter()
        .filter_map(|(_, event)| match event {
            Event::JourneyCancelling { .. } => Some("cancelling"),
            Event::JourneyCancelled { .. } => Some("cancelled"),
            _ => None,
        })
        .collect();
    assert_eq!(order, ["cancelling", "cancelled"]);
    play.restart();
    play.until("2026-10-01T09:00:00Z");
    assert_eq!(play.stages(), ["handled mentor", "1 cancelled"]);
}

#[test]
fn a_cancelled_run_ends_its_children_first_and_takes_nothing_more() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-03T09:00:00Z");
    play.must(&Input::Cancel { reason: "budget".into() });
    let order: Vec<_> = play
        .journal()
        .iter()
        .filter_map(|(_, event)| match event {
            Event::JourneyCancelling { journey } => Some(format!("cancelling {journey}")),
            Event::JourneyCancelled { journey } => Some(format!("cancelled {journey}")),
            _ => None,
        })
        .collect();
    assert_eq!(
        order,
        [
            "cancelling journey-0",
            "cancelling journey-1",
            "cancelled journey-1",
            "cancelling journey-2",
            "cancelled journey-2",
            "cancelled journey-0"
        ]
    );
    assert_eq!(play.run().status(), RunStatus::Cancelled);
    assert_eq!(play.input(&Input::RaiseConcern).unwrap_err().code(), "run::over");
    assert_eq!(play.run().next_due(), None);
}

#[test]
fn everybody_in_a_run_hears_that_it_ends_early_and_nobody_why() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-03T09:00:00Z");
    play.must(&Input::Withdraw { participant: ParticipantId(1) });
    play.must(&Input::Cancel { reason: "budget".into() });
    let told: Vec<_> = play.run().messages.iter().filter(|message| message.template == "cancelled").collect();
    let everybody_else = play.run().participants.keys().filter(|id| **id != ParticipantId(1));
    let to: Vec<_> = told.iter().map(|message| message.to.clone()).collect();
    assert_eq!(to, everybody_else.map(|id| Recipient::Participant(*id)).collect::<Vec<_>>());
    assert!(told.iter().all(|message| message.about == Value::Null));
}

#[test]
fn a_concern_reaches_the_contact_and_the_journal_knows_only_that_there_is_one() {
    let mut play = Play::of(PAIRS);
    play.must(&Input::RaiseConcern);
    assert_eq!(play.run().messages[0].to, turnabout_model::Recipient::Contact);
    assert_eq!(play.run().concerns.len(), 1);
}
