//! Two people sign before they meet; nobody waits for ever for a signature.

use std::collections::BTreeMap;
use turnabout_core::{decide::Input, run::RunStatus};
use turnabout_model::{AgreementId, Event, MeetingForm, PairId, ParticipantId, Recipient};
use turnabout_testkit::{Play, bundle};

/// Forms the first pair and lets a journey of its own ask the two to sign.
const PAIRS: &str = r#"
    fn programme(settings) {
        sleep(days(1));
        let matched = match_pairs("anyone", cohort());
        each([matched[0]], "pair_journey");
        stage("over");
    }
"#;

fn play(journey: &str) -> Play {
    let mut play = Play::of(&format!("{PAIRS} fn pair_journey(pair) {{ {journey} }}"));
    play.until("2026-03-03T09:00:00Z");
    let proposal = play.run().proposals[0].id;
    play.must(&Input::PublishProposal { proposal });
    play
}

const TELL: &str = r#"
    let agreed = agree("ways", pair);
    stage(agreed.signed.len() + " signed, complete " + agreed.complete + ", late " + agreed.timed_out);
"#;

fn sign(play: &mut Play, n: usize) {
    let (agreement, participant) = (AgreementId(1), two(play)[n]);
    play.must(&Input::Sign { agreement, participant });
}

fn two(play: &Play) -> [ParticipantId; 2] {
    let pair = &play.run().pairs[0];
    [pair.mentor, pair.mentee]
}

fn asked(play: &Play, message: &str) -> Vec<Recipient> {
    play.run().messages.iter().filter(|m| m.template == message).map(|m| m.to.clone()).collect()
}

#[test]
fn both_are_asked_and_the_script_goes_on_when_both_have_signed() {
    let mut play = play(TELL);
    assert_eq!(asked(&play, "agreement"), two(&play).map(Recipient::Participant));
    assert_eq!(play.run().unsigned_pairs(), 1);
    sign(&mut play, 1);
    assert_eq!(play.stages(), Vec::<&str>::new());
    play.restart();
    sign(&mut play, 0);
    assert_eq!(play.stages(), ["2 signed, complete true, late false", "over"]);
    assert_eq!(play.run().unsigned_pairs(), 0);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn an_agreement_closes_by_itself_and_says_who_has_signed() {
    let mut play = play(TELL);
    sign(&mut play, 0);
    play.until("2026-03-17T08:59:59Z");
    assert_eq!(play.stages(), Vec::<&str>::new());
    play.until("2026-03-17T09:00:00Z");
    assert_eq!(play.stages(), ["1 signed, complete false, late true", "over"]);
}

#[test]
fn only_the_two_sign_and_each_of_them_once() {
    let mut play = play(TELL);
    let pair = play.run().pairs[0].clone();
    let code = |play: &mut Play, agreement: u32, who: ParticipantId| {
        let agreement = AgreementId(agreement);
        play.input(&Input::Sign { agreement, participant: who }).unwrap_err().code()
    };
    let other = play.run().participants.keys().find(|who| **who != pair.mentor && **who != pair.mentee).copied();
    assert_eq!(code(&mut play, 1, other.unwrap()), "run::not_invited");
    assert_eq!(code(&mut play, 1, ParticipantId(4_000)), "run::unknown");
    assert_eq!(code(&mut play, 2, pair.mentor), "run::unknown");
    sign(&mut play, 0);
    assert_eq!(code(&mut play, 1, pair.mentor), "run::already_so");
}

#[test]
fn a_pair_that_ends_is_not_waited_for() {
    let journey = format!("together([|| {{ {TELL} }}, || {{ sleep(days(2)); end_pair(pair, \"moved\"); }}]);");
    let mut play = play(&journey);
    sign(&mut play, 0);
    play.until("2026-03-05T09:00:00Z");
    assert_eq!(play.stages()[0], "1 signed, complete false, late false", "its own journey hears of it");
    assert!(!play.run().agreements[0].open);
    let late = play.input(&Input::Sign { agreement: AgreementId(1), participant: two(&play)[1] });
    assert_eq!(late.unwrap_err().code(), "run::over");

    let mut play = self::play(TELL);
    play.must(&Input::Withdraw { participant: two(&play)[0] });
    assert!(!play.run().agreements[0].open, "the journey is cancelled, and nobody can sign any more");
    assert_eq!(play.stages(), ["over"]);
}

#[test]
fn who_has_signed_the_same_text_is_not_asked_again() {
    let journey = r#"
        agree("ways", pair, #{ closes: days(3) });
        let second = agree("ways", pair, #{ closes: days(3), message: "nudge" });
        stage(second.signed.len() + " after the second");
    "#;
    let mut play = play(journey);
    sign(&mut play, 0);
    play.until("2026-03-06T09:00:00Z");
    assert_eq!(asked(&play, "nudge"), [Recipient::Participant(two(&play)[1])]);
    assert_eq!(play.run().agreements[1].signed.len(), 1);
    let (agreement, participant) = (AgreementId(2), two(&play)[1]);
    play.must(&Input::Sign { agreement, participant });
    assert_eq!(play.stages(), ["2 after the second", "over"]);

    // Another text is another agreement: both sign again.
    let mut changed = self::play(journey);
    sign(&mut changed, 0);
    let mut bundle = changed.bundle().clone();
    bundle.agreements.get_mut("ways").unwrap().hash = turnabout_model::TextHash("01".into());
    changed.replace_bundle(bundle);
    changed.until("2026-03-06T09:00:00Z");
    assert_eq!(asked(&changed, "nudge").len(), 2);
}

#[test]
fn a_lost_race_closes_the_agreement() {
    let mut play = play(r#"race([|| agree("ways", pair), || sleep(days(1))]); stage("went on");"#);
    play.until("2026-03-04T09:00:00Z");
    assert_eq!(play.stages()[0], "went on");
    assert!(!play.run().agreements[0].open);
}

#[test]
fn a_meeting_counts_only_after_both_have_signed_where_the_template_asks_for_it() {
    let script = format!("{PAIRS} fn pair_journey(pair) {{ agree(\"ways\", pair); meeting(pair); }}");
    let mut bundle = bundle(&script);
    bundle.programme.gates.meet_signed = vec!["ways".into()];
    let mut play = Play::of_bundle(bundle);
    play.until("2026-03-03T09:00:00Z");
    let proposal = play.run().proposals[0].id;
    play.must(&Input::PublishProposal { proposal });
    play.until("2026-03-05T09:00:00Z");
    let met = |took_place| Input::RecordMeeting {
        pair: PairId(1),
        on: "2026-03-04T09:00:00Z".parse().unwrap(),
        minutes: if took_place { 60 } else { 0 },
        form: MeetingForm::Video,
        took_place,
    };
    sign(&mut play, 0);
    let refused = play.input(&met(true)).unwrap_err();
    assert_eq!(refused.code(), "run::unsigned");
    assert_eq!(
        refused.to_string(),
        "the two of pair-1 have not both signed 'ways', which the template asks for before a pair meets"
    );
    play.must(&met(false));
    sign(&mut play, 1);
    play.must(&met(true));
    assert_eq!(play.stages(), ["over"]);
}

#[test]
fn what_a_script_asks_for_wrongly_parks_its_journey_in_words() {
    for (call, code, words) in [
        (r#"agree("wais", pair)"#, "script::unknown_name", "the template has no agreement 'wais'; it has ways"),
        (r#"agree("ways", "pair-1")"#, "script::bad_argument", "agree: the pair must be a pair, not text"),
        (
            r#"agree("ways", #{ id: "pair-9", mentor: "person-1", mentee: "person-3" })"#,
            "script::bad_argument",
            "agree: this run has no pair-9",
        ),
        (r#"agree("ways", pair, #{ ends: days(2) })"#, "script::bad_argument", "agree has no option 'ends'"),
        (r#"agree("ways", pair, #{ closes: 3 })"#, "script::bad_argument", "agree: closes must be a period"),
        (r#"agree("ways", pair, #{ message: 3 })"#, "script::bad_argument", "agree: message must be text"),
        (r#"agree("ways", pair, #{ message: "no" })"#, "script::unknown_name", "the template has no message 'no'"),
    ] {
        let play = play(&format!("{call};"));
        let problem = play.parked().unwrap_or_else(|| panic!("{call} did not park"));
        assert_eq!(problem.code, code, "{call}");
        assert!(problem.message.starts_with(words), "{call}: {}", problem.message);
        assert!(play.run().agreements.is_empty(), "{call}");
    }
}

#[test]
fn the_events_of_an_agreement_hold_ids_and_read_as_they_were_written() {
    let mut play = play(r#"agree("ways", pair, #{ closes: days(3) }); agree("ways", pair);"#);
    sign(&mut play, 0);
    play.until("2026-03-06T09:00:00Z");
    play.must(&Input::Sign { agreement: AgreementId(2), participant: two(&play)[1] });
    let told: Vec<String> = play
        .journal()
        .iter()
        .map(|(_, event)| event)
        .filter(|event| serde_json::to_value(event).unwrap()["event"].as_str().unwrap().starts_with("agreement"))
        .map(|event| serde_json::to_string(event).unwrap())
        .collect();
    // Golden: what is in journals reads for ever.
    let golden = [
        r#"{"event":"agreement_opened","agreement":"agreement-1","name":"ways","pair":"pair-1","text":"00","closes":"2026-03-06T09:00:00Z"}"#,
        r#"{"event":"agreement_signed","agreement":"agreement-1","participant":"person-1"}"#,
        r#"{"event":"agreement_closed","agreement":"agreement-1"}"#,
        r#"{"event":"agreement_opened","agreement":"agreement-2","name":"ways","pair":"pair-1","text":"00","closes":"2026-03-20T09:00:00Z","signed":["person-1"]}"#,
        r#"{"event":"agreement_signed","agreement":"agreement-2","participant":"person-4"}"#,
        r#"{"event":"agreement_closed","agreement":"agreement-2"}"#,
    ];
    assert_eq!(told, golden);
    for line in golden {
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Event>(line).unwrap()).unwrap(), line);
    }
    let waits = play.journal().iter().find_map(|(_, event)| match event {
        Event::StepStarted { wait, address, .. } if address.verb == "agree" => Some(wait.clone()),
        _ => None,
    });
    let wait = serde_json::to_value(waits.unwrap()).unwrap();
    let expect = BTreeMap::from([("agreement", "agreement-1"), ("closes", "2026-03-06T09:00:00Z")]);
    assert_eq!(wait["agreement"], serde_json::to_value(expect).unwrap());
}
