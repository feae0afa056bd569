//! What nobody waits for any more takes no effect, and what is late is not sent as if it were news.

use turnabout_core::{
    decide::Input,
    run::{JourneyStatus, RunStatus},
};
use turnabout_model::{
    JourneyId, MeetingForm, PairId, ParticipantId, ParticipantStatus, ProposalId, SessionId, SessionStatus,
    SignalSubject, Value, WaveId,
};
use turnabout_testkit::Play;

fn messages(play: &Play) -> Vec<&str> {
    play.run().messages.iter().map(|message| message.template.as_str()).collect()
}

#[test]
fn a_letter_is_not_taken_by_a_branch_that_has_lost_in_the_same_wake() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            race([ || together([ || repeat_until(days(9), |n| { signal("go"); }) ]), || now() ]);
            stage("took " + signal("go").key);
        }"#,
    );
    play.signal("go", "a");
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.stages(), ["took a"]);
}

#[test]
fn nobody_is_invited_by_a_branch_that_has_lost_in_the_same_wake() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            let everyone = cohort().everyone;
            race([ || together([ || hold("drop-in", everyone) ]), || now() ]);
            sleep(days(1));
        }"#,
    );
    play.until("2026-03-05T09:00:00Z");
    assert_eq!((messages(&play).len(), play.run().sessions.len()), (0, 0));
}

#[test]
fn a_session_that_lost_a_race_leaves_the_diary_unless_it_has_begun() {
    let script = |days: u32| {
        format!(
            r#"fn programme(settings) {{
                sleep(days(1));
                let mentors = cohort().mentors;
                race([ || hold("training", mentors), || sleep(days({days})) ]);
                sleep(weeks(8));
            }}"#
        )
    };
    let mut early = Play::of(&script(3));
    early.until("2026-04-01T09:00:00Z");
    assert_eq!(early.run().sessions[0].status, SessionStatus::Cancelled);
    assert_eq!(messages(&early), ["invitation", "invitation"], "nobody is reminded of it");
    assert!(early.run().tasks.is_empty(), "nobody is asked who came");

    let mut late = Play::of(&script(20));
    late.until("2026-04-01T09:00:00Z");
    late.must(&Input::HoldSession { session: SessionId(1), attended: Vec::new() });
    assert_eq!(late.run().sessions[0].status, SessionStatus::Held);
}

#[test]
fn a_reminder_is_for_a_session_that_is_still_to_come() {
    let script = r#"fn programme(settings) { sleep(days(1)); hold("training", cohort().mentors); }"#;
    let mut down = Play::of(script);
    down.until("2026-03-03T09:00:00Z");
    // It was to be held on the 17th; nobody was there from the 4th to the 18th.
    down.jump("2026-03-18T09:00:00Z");
    assert_eq!(messages(&down), ["invitation", "invitation"]);

    let mut moved = Play::of(script);
    moved.until("2026-03-03T09:00:00Z");
    let starts = "2026-03-02T15:00:00Z".parse().unwrap();
    moved.must(&Input::RescheduleSession { session: SessionId(1), starts });
    moved.until("2026-03-04T09:00:00Z");
    assert_eq!(messages(&moved), ["invitation", "invitation"], "it was yesterday");
    assert_eq!(moved.run().tasks[0].title, "Who came to 'training'?");
}

#[test]
fn rounds_that_an_outage_missed_cost_no_wakes() {
    let mut play = Play::of(
        r#"fn programme(settings) { every(hours(1), days(60), |n| { if n % 100 == 0 { stage("round " + n); } }); }"#,
    );
    play.until("2026-03-02T12:30:00Z");
    play.jump("2026-03-22T12:30:00Z");
    assert_eq!(play.parked(), None);
    play.restart();
    play.until("2026-06-01T09:00:00Z");
    assert_eq!((play.run().status(), play.stages().last()), (RunStatus::Finished, Some(&"round 1400")));
}

#[test]
fn a_script_that_ends_a_pair_ends_the_other_journeys_about_it() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            each(match_pairs("anyone", cohort(), #{ publish: "at-once" }), "pair_journey");
        }
        fn pair_journey(pair) { sleep(months(3)); send("nudge", pair); end_pair(pair, "completed"); stage("done"); }
        fn on_concern(concern) { end_pair(pairs()[0], "concern"); stage("ended"); }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    play.must(&Input::RaiseConcern);
    assert_eq!(play.run().journey(JourneyId(1)).unwrap().status, JourneyStatus::Cancelled);
    assert_eq!(play.stages(), ["ended"]);
    play.restart();
    play.until("2026-07-01T09:00:00Z");
    assert_eq!(play.stages(), ["ended", "done"], "the other pair's journey ended its own pair and went on");
    assert_eq!(messages(&play), ["nudge", "nudge"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn a_proposal_that_nobody_waits_for_is_not_published() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            race([ || match_pairs("anyone", cohort()), || sleep(weeks(1)) ]);
            sleep(weeks(8));
        }"#,
    );
    play.until("2026-03-20T09:00:00Z");
    let refused = play.input(&Input::PublishProposal { proposal: ProposalId(1) }).unwrap_err();
    assert_eq!(refused.code(), "run::no_longer_asked");
    assert!(play.run().pairs.is_empty());
}

#[test]
fn a_member_of_a_pair_keeps_their_place_until_the_pair_ends() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            match_pairs("anyone", cohort(), #{ publish: "at-once" });
            sleep(weeks(8));
        }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    let participant = play.run().pairs[0].mentor;
    let away = Input::SetStatus { participant, status: ParticipantStatus::Waiting };
    assert_eq!(play.input(&away).unwrap_err().code(), "run::in_pair");
    play.must(&Input::EndPair { pair: PairId(1), reason: "moved".into() });
    play.must(&away);
}

#[test]
fn whoever_was_asked_something_leaves_by_withdrawing_and_is_not_waited_for() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            survey("pulse", cohort().everyone, #{ closes: weeks(8) });
            stage("answered");
        }"#,
    );
    let participant = ParticipantId(1);
    let set = |status| Input::SetStatus { participant, status };
    // Before anything was sent, a slip of the pen is mended.
    play.must(&set(ParticipantStatus::Declined));
    play.must(&set(ParticipantStatus::Accepted));
    play.until("2026-03-03T09:00:00Z");
    let everybody = play.run().waves[0].audience.clone();
    assert!(everybody.contains(&participant));
    for status in [ParticipantStatus::Declined, ParticipantStatus::Waiting, ParticipantStatus::Applied] {
        assert_eq!(play.input(&set(status)).unwrap_err().code(), "run::takes_part");
    }
    for participant in everybody.into_iter().filter(|who| *who != participant) {
        play.must(&Input::Respond { wave: WaveId(1), participant });
    }
    assert_eq!(play.stages(), [""; 0]);
    play.must(&Input::Withdraw { participant });
    assert_eq!(play.stages(), ["answered"]);
}

#[test]
fn a_second_round_of_applications_under_one_name_can_be_closed() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            recruit("volunteers", #{ closes: weeks(2) });
            stage("first");
            recruit("volunteers", #{ closes: weeks(2) });
            stage("second");
        }"#,
    );
    let close = Input::CloseRecruitment { label: "volunteers".into() };
    play.must(&close);
    play.must(&close);
    assert_eq!(play.stages(), ["first", "second"]);
}

#[test]
fn a_signal_carries_only_what_can_be_read_back() {
    let mut play = Play::of(r#"fn programme(settings) { signal("go"); }"#);
    let nested = |depth: usize| (0..depth).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    let signal = |payload| Input::Signal { name: "go".into(), subject: SignalSubject::Run, key: "1".into(), payload };
    assert_eq!(play.input(&signal(nested(33))).unwrap_err().code(), "run::too_deep");
    play.must(&signal(nested(32)));
    play.restart();
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn meetings_that_no_script_asks_for_do_not_fill_the_mailbox() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            match_pairs("anyone", cohort(), #{ publish: "at-once" });
            signal("go");
        }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    let (on, form) = (play.now(), MeetingForm::Video);
    for minutes in 1..=20 {
        play.must(&Input::RecordMeeting { pair: PairId(1), on, minutes, form, took_place: true });
    }
    assert_eq!(play.run().mailbox.from_outside(), 0);
    play.must(&Input::EndPair { pair: PairId(1), reason: "moved".into() });
    play.restart();
    assert_eq!(play.run().mailbox.oldest("meeting", SignalSubject::Pair(PairId(1))), None);
}
