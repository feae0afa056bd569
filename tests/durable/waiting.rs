//! Waiting for time, letters, sessions, surveys and decisions.

use turnabout_core::{decide::Input, run::RunStatus};
use turnabout_model::{Event, Recipient, SessionId, TaskId, WaveId};
use turnabout_testkit::Play;

fn messages(play: &Play) -> Vec<&str> {
    play.run().messages.iter().map(|message| message.template.as_str()).collect()
}

#[test]
fn a_sleep_ends_at_its_moment_and_survives_a_restart() {
    let mut play = Play::of(r#"fn programme(settings) { sleep(weeks(4)); stage("rested"); }"#);
    play.until("2026-03-30T07:59:59Z");
    assert_eq!(play.stages(), Vec::<&str>::new());
    play.restart();
    // Four weeks on the calendar of London: the clocks have gone forward, so it is still nine o'clock.
    play.until("2026-03-30T08:00:00Z");
    assert_eq!(play.stages(), ["rested"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn a_letter_that_comes_early_waits_and_is_taken_once() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            stage("first " + signal("go").key);
            stage("second " + signal("go").key);
        }"#,
    );
    play.signal("go", "a");
    play.signal("go", "a");
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.stages(), ["first a"], "the same key twice is one letter");
    play.restart();
    play.signal("go", "b");
    assert_eq!(play.stages(), ["first a", "second b"]);
}

#[test]
fn whoever_has_not_answered_is_reminded_once_before_a_survey_closes() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            survey("pulse", cohort().everyone, #{ closes: days(10) });
            survey("pulse 2", cohort().everyone, #{ closes: days(2) });
        }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    let people: Vec<_> = play.run().waves[0].audience.clone();
    play.must(&Input::Respond { wave: WaveId(1), participant: people[0] });
    let reminded = |play: &Play| {
        let reminders = play.run().messages.iter().filter(|message| message.template == "reminder");
        reminders.map(|message| message.to.clone()).collect::<Vec<_>>()
    };
    // Three days before the thirteenth.
    play.until("2026-03-10T08:59:59Z");
    assert_eq!(reminded(&play), []);
    play.restart();
    play.until("2026-03-10T09:00:00Z");
    let others: Vec<_> = people[1..].iter().copied().map(Recipient::Participant).collect();
    assert_eq!(reminded(&play), others, "who has answered is left alone");
    // The second closes before it could be reminded of.
    play.until("2026-03-20T09:00:00Z");
    assert_eq!(reminded(&play), others);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn a_session_is_planned_reminded_of_and_tells_the_script_who_came() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            let training = hold("training", cohort().mentors);
            stage(training.attended.len() + " came, " + training.missed.len() + " missed");
        }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(messages(&play), ["invitation", "invitation"]);
    let session = &play.run().sessions[0];
    assert_eq!(session.plan.starts.to_string(), "2026-03-17T10:00:00Z");
    let attended = vec![session.plan.audience[0]];
    play.until("2026-03-15T10:00:00Z");
    assert_eq!(messages(&play)[2..], ["reminder", "reminder"]);
    let early = play.input(&Input::HoldSession { session: SessionId(1), attended: attended.clone() });
    assert_eq!(early.unwrap_err().code(), "run::bad_time");
    play.until("2026-03-17T12:00:00Z");
    assert_eq!(play.run().tasks[0].title, "Who came to 'training'?");
    play.restart();
    play.must(&Input::HoldSession { session: SessionId(1), attended });
    assert_eq!(play.stages(), ["1 came, 1 missed"]);
    assert_eq!(play.run().tasks[0].choice.as_deref(), Some("recorded"));
}

#[test]
fn a_survey_closes_when_everyone_has_answered_or_its_time_is_up() {
    let script = r#"fn programme(settings) {
        sleep(days(1));
        let wave = survey("pulse", cohort().mentees, #{ closes: days(5) });
        stage(wave.completed + " of " + wave.invited);
    }"#;
    let mut play = Play::of(script);
    play.until("2026-03-03T09:00:00Z");
    let (wave, who) = (play.run().waves[0].id, play.run().waves[0].audience.clone());
    play.must(&Input::Respond { wave, participant: who[0] });
    let again = play.input(&Input::Respond { wave, participant: who[0] });
    assert_eq!(again.unwrap_err().code(), "run::already_so");
    play.must(&Input::Respond { wave, participant: who[1] });
    assert_eq!(play.stages(), ["2 of 2"]);

    let mut play = Play::of(script);
    play.until("2026-03-08T09:00:00Z");
    assert_eq!(play.stages(), ["0 of 2"]);
    let late = play.input(&Input::Respond { wave, participant: who[0] });
    assert_eq!(late.unwrap_err().code(), "run::over");
}

#[test]
fn a_decision_waits_for_a_person_and_takes_only_its_choices() {
    let mut play = Play::of(r#"fn programme(settings) { stage("chose " + task("Longer?", ["yes", "no"])); }"#);
    let task = TaskId(1);
    let wrong = play.input(&Input::CloseTask { task, choice: "maybe".into() }).unwrap_err();
    assert_eq!(wrong.to_string(), "'maybe' is not among the choices of task-1: yes, no");
    play.must(&Input::CloseTask { task, choice: "no".into() });
    assert_eq!(play.stages(), ["chose no"]);
}

#[test]
fn now_is_journaled_so_a_replay_gets_the_same() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            let began = now();
            sleep(days(2));
            if now() - days(2) == began { stage("two days later"); }
        }"#,
    );
    play.until("2026-03-04T09:00:00Z");
    assert_eq!(play.stages(), ["two days later"]);
}

#[test]
fn what_fell_due_during_an_outage_happens_in_due_order() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            together([
                || { sleep(days(3)); stage("three"); },
                || { sleep(days(1)); stage("one"); },
                || { sleep(days(2)); stage("two"); },
            ]);
        }"#,
    );
    let events = play.jump("2026-03-10T09:00:00Z");
    assert!(matches!(events.last(), Some(Event::RunFinished)));
    assert_eq!(play.stages(), ["one", "two", "three"]);
}

#[test]
fn the_coordinator_plans_a_session_that_the_script_did_not_ask_for() {
    let mut play = Play::of(r#"fn programme(settings) { sleep(months(2)); }"#);
    let audience: Vec<_> = play.run().participants.keys().copied().collect();
    let planned = |name: &str, starts: &str| Input::PlanSession {
        name: name.into(),
        audience: audience.clone(),
        starts: starts.parse().unwrap(),
    };
    let refused = play.input(&planned("picnic", "2026-03-20T10:00:00Z")).unwrap_err();
    assert_eq!(refused.code(), "run::unknown");
    assert_eq!(play.input(&planned("training extra", "2026-03-01T10:00:00Z")).unwrap_err().code(), "run::bad_time");
    play.must(&planned("training extra", "2026-03-20T10:00:00Z"));
    assert_eq!(messages(&play), ["invitation"; 4]);
    play.until("2026-03-20T13:00:00Z");
    play.must(&Input::HoldSession { session: SessionId(1), attended: audience[..1].to_vec() });
    assert!(play.run().participants[&audience[0]].attended.contains("training"), "it counts for the gates");
}
