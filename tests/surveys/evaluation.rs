//! From answers to what may be shown of them: the gate stands between every reader and the store.

use crate::house::{House, house_of};
use serde_json::json;
use turnabout_core::{
    decide::Input,
    release::Withheld,
    results::{Evaluation, Shown, Summary},
};
use turnabout_live::LiveError;
use turnabout_model::{ParticipantId, Quote, SessionId, SessionNotes, Theme};
use turnabout_render::{
    Look,
    evaluation::{NamedLists, csv, html},
};

const TRUST: &str = r#"
threshold = 5
by = ["role"]

[[questions]]
name = "trust"
type = "likert"
text = "I can say what I think."

[[questions]]
name = "more"
type = "text"
text = "What else?"
"#;

/// The mentors up to a number and the mentees up to a number answer.
fn answered(each: u32, mentors: u32, mentees: u32) -> House {
    let house = house_of(usize::try_from(each).unwrap(), TRUST);
    for who in (1..=mentors).chain(each + 1..=each + mentees) {
        house.answer(ParticipantId(who), &json!({ "trust": 1 + who % 5, "more": format!("Word {who}.") })).unwrap();
    }
    house
}

fn views(evaluation: &Evaluation, item: usize) -> Vec<(&str, Option<Withheld>)> {
    let views = &evaluation.waves[0].items[item].views;
    let withheld = |shown: &Shown<Summary>| match shown {
        Shown::Shown(_) => None,
        Shown::Withheld(why) => Some(*why),
    };
    views.iter().map(|view| (view.view.as_str(), withheld(&view.result))).collect()
}

#[test]
fn nothing_is_shown_before_a_wave_has_closed() {
    let house = answered(6, 6, 5);
    let open = house.engine.evaluation(&house.run).unwrap();
    assert!(open.waves.iter().all(|wave| wave.items.is_empty()), "{open:?}");
    house.close();
    let closed = house.engine.evaluation(&house.run).unwrap();
    assert_eq!((closed.waves[0].invited, closed.waves[0].completed), (12, 11));
    assert_eq!(views(&closed, 0), [("everyone", None), ("role: mentor", None), ("role: mentee", None)]);
}

#[test]
fn a_side_too_small_to_be_shown_hides_the_other_too() {
    let house = answered(8, 8, 3);
    house.close();
    let evaluation = house.engine.evaluation(&house.run).unwrap();
    let expect = [
        ("everyone", None),
        // Everyone less the mentors would tell about three mentees.
        ("role: mentor", Some(Withheld::WouldIsolate)),
        ("role: mentee", Some(Withheld::TooFew)),
    ];
    assert_eq!(views(&evaluation, 0), expect);
    let (page, table) = (html(&evaluation, None, NamedLists::LeftOut, &Look::default()), csv(&evaluation));
    for said in [Withheld::TooFew, Withheld::WouldIsolate].map(Withheld::sentence) {
        assert!(page.contains(said), "the page says why: {said}");
    }
    assert!(table.contains("withheld"), "{table}");
    let names = (1..=16).map(|n| format!("person-{n}"));
    for id in names.chain(["Jo mentor".into(), "Jo mentee".into()]) {
        assert!(!page.contains(&format!(">{id}")) && !table.contains(&id), "{id} is named");
    }
}

#[test]
fn notes_are_kept_of_a_session_that_was_held_and_quote_only_who_agreed() {
    let house = house_of(2, TRUST);
    let plan = Input::PlanSession {
        name: "group".into(),
        audience: vec![ParticipantId(1), ParticipantId(2)],
        starts: "2026-03-05T10:00:00Z".parse().unwrap(),
    };
    house.engine.submit(&house.run, plan, |_| ()).unwrap();
    let quote =
        |by: u32| Quote { text: "We were heard.".into(), by: Some(ParticipantId(by)), released: true, named: false };
    let notes = SessionNotes {
        consented: [ParticipantId(1)].into(),
        themes: vec![Theme { name: "being heard".into(), mentions: 2 }],
        quotes: vec![quote(1)],
        learning: vec!["Begin with the drop-ins sooner.".into()],
        ..SessionNotes::of(SessionId(1))
    };
    let early = house.engine.keep_notes(&house.run, &notes, 0).unwrap_err();
    assert_eq!(early.to_string(), "the notes can't be kept: the session has not been held");

    house.engine.advance(&house.clock, "2026-03-05T16:00:00Z".parse().unwrap()).unwrap();
    let held = Input::HoldSession { session: SessionId(1), attended: vec![ParticipantId(1), ParticipantId(2)] };
    house.engine.submit(&house.run, held, |_| ()).unwrap();
    let never_asked = SessionNotes { quotes: vec![quote(2)], ..notes.clone() };
    let Err(LiveError::Notes(problems)) = house.engine.keep_notes(&house.run, &never_asked, 0) else { panic!() };
    assert_eq!(problems[0].what, "person-2 has not agreed to be quoted");

    let of_nobody = SessionNotes { quotes: vec![Quote { by: None, ..quote(1) }], ..notes.clone() };
    let Err(LiveError::Notes(problems)) = house.engine.keep_notes(&house.run, &of_nobody, 0) else { panic!() };
    assert_eq!(problems[0].what, "a quote without a speaker is released, and not everybody who came has agreed");

    let empty = Quote { text: " ".into(), ..quote(1) };
    let (quotes, learning) = (vec![quote(1), empty], vec!["x".repeat(100_000)]);
    let texts = SessionNotes { quotes, learning, ..notes.clone() };
    let Err(LiveError::Notes(problems)) = house.engine.keep_notes(&house.run, &texts, 0) else { panic!() };
    let told: Vec<_> =
        problems.iter().map(|one| (one.question.as_str(), one.what.as_str(), one.help.as_str())).collect();
    assert_eq!(told[0], ("quotes[1]", "quote 2 is empty", "write it, or leave it out"));
    assert!(told[1].0 == "learning[0]" && told[1].1.starts_with("learning point 1 has 100000 characters"), "{told:?}");
    assert_eq!(told.len(), 2);

    assert_eq!(house.engine.keep_notes(&house.run, &notes, 0).unwrap(), 1);
    assert_eq!(house.engine.notes(&house.run, SessionId(1)).unwrap(), (1, notes.clone()));
    let colleague = house.engine.keep_notes(&house.run, &SessionNotes { quotes: Vec::new(), ..notes.clone() }, 0);
    assert!(matches!(colleague, Err(LiveError::NotesChanged { version: 1, seen: 0 })), "nobody overwrites another's");
    let evaluation = house.engine.evaluation(&house.run).unwrap();
    assert_eq!(evaluation.quotes[0].text, "We were heard.");
    assert_eq!(evaluation.learning, ["Begin with the drop-ins sooner."]);
}
