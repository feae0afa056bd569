//! A run that renews another: its alumni are there from the first moment, and in no cohort.

use turnabout_core::decide::{Input, Refusal};
use turnabout_model::{Event, ParticipantId, ParticipantStatus, Recipient, Role, SessionId};
use turnabout_testkit::Play;

const ALUMNI: [Role; 2] = [Role::Mentee, Role::Mentor];

fn alumnus(number: u32) -> ParticipantId {
    ParticipantId(number)
}

fn told(play: &Play, template: &str) -> Vec<Recipient> {
    play.run().messages.iter().filter(|m| m.template == template).map(|m| m.to.clone()).collect()
}

#[test]
fn alumni_are_there_when_the_script_first_runs_and_after_a_restart() {
    let mut play = Play::renewing(
        r#"fn programme(settings) {
            send("hello", alumni());
            sleep(days(1));
            stage(alumni().len() + " of " + cohort().everyone.len());
        }"#,
        &ALUMNI,
    );
    assert_eq!(told(&play, "hello"), [alumnus(1), alumnus(2)].map(Recipient::Participant));
    assert_eq!(
        told(&play, "lessons"),
        [Recipient::Coordinator],
        "the coordinator reads what was learned, first of all"
    );
    play.restart();
    assert_eq!(play.run().renews, Some(turnabout_model::RunId::from_bits(2)));
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.stages(), ["2 of 4"]);
}

#[test]
fn a_run_that_renews_none_has_no_alumni_and_hears_of_no_lessons() {
    let play = Play::of(
        r#"fn programme(settings) { stage("alumni: " + alumni().len()); send("hello", alumni()); sleep(days(1)); }"#,
    );
    assert_eq!(play.stages(), ["alumni: 0"]);
    assert!(play.run().messages.is_empty() && play.run().renews.is_none());
    let started = serde_json::to_value(&play.journal()[0].1).unwrap();
    assert!(started.get("renews").is_none(), "its first entry is as it always was: {started}");
}

#[test]
fn alumni_come_to_sessions_and_are_neither_surveyed_nor_matched_nor_chased() {
    let mut play = Play::renewing(
        r#"fn programme(settings) {
            sleep(days(1));
            let everyone = cohort().everyone + alumni();
            let open = hold("drop-in", everyone);
            stage("missed: " + open.missed.len());
            let pairs = match_pairs("anyone", everyone, #{ publish: "at-once" });
            stage("pairs: " + pairs.len());
            survey("pulse", everyone);
        }"#,
        &ALUMNI,
    );
    play.until("2026-03-20T09:00:00Z");
    let invited = play.run().session(SessionId(1)).unwrap().plan.audience.clone();
    assert_eq!(invited.len(), 6);
    play.must(&Input::HoldSession { session: SessionId(1), attended: vec![alumnus(1), ParticipantId(3)] });
    // Three of the cohort did not come; that an alumnus did not is nobody's business.
    assert_eq!(play.stages(), ["missed: 3", "pairs: 2"]);
    let audience = &play.run().waves[0].audience;
    assert_eq!(audience.len(), 4, "{audience:?}");
    assert!(play.run().pairs.iter().all(|pair| pair.partner_of(alumnus(1)).or(pair.partner_of(alumnus(2))).is_none()));
}

#[test]
fn alumni_who_are_invited_hear_that_the_run_is_cancelled() {
    let cancelled = |script: &str| {
        let mut play = Play::renewing(script, &ALUMNI);
        play.until("2026-03-03T09:00:00Z");
        play.must(&Input::Cancel { reason: "budget".into() });
        told(&play, "cancelled")
    };
    let alumni = [alumnus(1), alumnus(2)].map(Recipient::Participant);
    let told =
        cancelled(r#"fn programme(settings) { sleep(days(1)); hold("drop-in", cohort().everyone + alumni()); }"#);
    assert!(told.len() == 6 && alumni.iter().all(|one| told.contains(one)), "{told:?}");
    let told = cancelled(r#"fn programme(settings) { sleep(days(1)); hold("drop-in", cohort().everyone); }"#);
    assert!(told.len() == 4 && alumni.iter().all(|one| !told.contains(one)), "{told:?}");
}

#[test]
fn an_alumnus_can_leave_or_take_part_again_and_nobody_else_is_made_one() {
    let mut play = Play::renewing(
        r#"fn programme(settings) { sleep(days(30)); stage("alumni: " + alumni().len()); send("nudge", alumni()); }
           fn on_withdrawn(leaver) { stage("the cohort lost somebody"); }"#,
        &ALUMNI,
    );
    play.must(&Input::Withdraw { participant: alumnus(1) });
    assert_eq!(play.input(&Input::Withdraw { participant: alumnus(1) }), Err(Refusal::Withdrawn(alumnus(1))));
    let alumni = ParticipantStatus::Alumnus;
    let made = play.input(&Input::SetStatus { participant: ParticipantId(3), status: alumni });
    assert_eq!(made, Err(Refusal::Alumnus));
    assert_eq!(play.input(&Input::AddParticipant { role: Role::Mentor, status: alumni }), Err(Refusal::Alumnus));
    play.must(&Input::SetStatus { participant: alumnus(2), status: ParticipantStatus::Accepted });
    assert_eq!(play.run().accepted(Role::Mentor).count(), 3);
    play.restart();
    play.until("2026-04-02T09:00:00Z");
    assert_eq!(play.stages(), ["alumni: 0"], "no handler runs for an alumnus who leaves");
    assert_eq!(told(&play, "nudge"), []);
    let left =
        |event: &Event| matches!(event, Event::ParticipantStatusChanged { participant, .. } if participant.0 == 1);
    assert!(play.journal().iter().any(|(_, event)| left(event)));
}
