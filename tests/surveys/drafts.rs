//! Answers that are not handed in yet survive, and are gone when nobody needs them any more.

use crate::house::{AMARA, BEN, House, form_of, house};
use serde_json::{Value as Json, json};
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{
    DraftAsked, LiveError,
    views::{DraftView, WaveDetail},
};

const TWO: &str = r#"
[[questions]]
name = "trust"
type = "likert"
text = "I can say what I think."
required = true

[[questions]]
name = "more"
type = "text"
text = "What else, now that you said '${trust}'?"
"#;

fn save(house: &House, answers: Json) -> DraftView {
    let answers = serde_json::from_value(answers).unwrap();
    house.engine.save_draft(&house.run, form_of(AMARA), &answers, DraftAsked::default()).unwrap()
}

#[test]
fn somebody_who_comes_back_finds_the_answers_that_they_had_given() {
    let house = house(TWO);
    let saved = save(&house, json!({ "trust": 9, "more": "I was inter" }));
    assert!(!saved.form.complete);
    assert_eq!(saved.form.wrong[0].what, "that is no point of the scale");
    let found = house.engine.draft(&house.run, form_of(AMARA), &saved.key, None).unwrap();
    assert_eq!(found, saved.form, "also what can't be taken yet");

    let more = serde_json::from_value(json!({ "trust": 4, "more": "I was interrupted." })).unwrap();
    let key = DraftAsked { key: Some(&saved.key), ..DraftAsked::default() };
    let again = house.engine.save_draft(&house.run, form_of(AMARA), &more, key).unwrap();
    assert_eq!((&again.key, again.form.complete), (&saved.key, true));
}

#[test]
fn nobody_is_chased_who_has_left() {
    let house = house(TWO);
    let missing = || {
        let look = |of: turnabout_live::Snapshot<'_>| {
            let wave = &of.run.waves[0];
            WaveDetail::of(of.run, wave, of.survey_of(wave).unwrap(), None).missing
        };
        house.engine.read(&house.run, look).unwrap()
    };
    let asked = missing();
    assert!(asked.contains(&AMARA) && asked.contains(&BEN), "{asked:?}");
    house.engine.submit(&house.run, Input::Withdraw { participant: BEN }, |_| ()).unwrap();
    let left: Vec<_> = asked.into_iter().filter(|who| *who != BEN).collect();
    assert_eq!(missing(), left);
}

#[test]
fn a_draft_is_given_back_to_whoever_has_its_key_and_to_nobody_else() {
    let house = house(TWO);
    let saved = save(&house, json!({ "trust": 2, "more": "A secret." }));
    for (who, key) in [(AMARA, "0123456789abcdef"), (AMARA, ""), (BEN, saved.key.as_str())] {
        let refused = house.engine.draft(&house.run, form_of(who), key, None).unwrap_err();
        assert!(matches!(refused, LiveError::NoDraft), "{refused}");
    }
    let guessed = DraftAsked { key: Some("0123456789abcdef"), ..DraftAsked::default() };
    let refused = house.engine.save_draft(&house.run, form_of(AMARA), &std::collections::BTreeMap::new(), guessed);
    assert!(matches!(refused, Err(LiveError::NoDraft)));
    let rows = house.rows(StoreTable::Drafts);
    assert!(rows.iter().all(|(_, row)| !row.contains(&saved.key)), "the store has a digest of the key");
}

#[test]
fn a_draft_is_gone_once_it_is_handed_in() {
    let house = house(TWO);
    save(&house, json!({ "trust": 3 }));
    house.answer(AMARA, &json!({ "trust": 4 })).unwrap();
    assert_eq!(house.rows(StoreTable::Drafts), []);
    let again = house.engine.draft(&house.run, form_of(AMARA), "key", None).unwrap_err();
    assert_eq!(again.to_string(), "wave-1 is already answered by this participant");
}

#[test]
fn what_nobody_handed_in_is_deleted_when_the_wave_closes() {
    let house = house(TWO);
    save(&house, json!({ "trust": 3, "more": "never sent" }));
    assert_eq!(house.rows(StoreTable::Drafts).len(), 1);
    house.close();
    assert_eq!(house.rows(StoreTable::Drafts), []);
    let none = std::collections::BTreeMap::new();
    let late = house.engine.save_draft(&house.run, form_of(AMARA), &none, DraftAsked::default());
    assert_eq!(late.unwrap_err().to_string(), "wave-1 is already closed");
}

#[test]
fn a_form_without_end_is_refused() {
    let house = house(TWO);
    let answers = serde_json::from_value(json!({ "more": "x".repeat(300_000) })).unwrap();
    let error = house.engine.save_draft(&house.run, form_of(AMARA), &answers, DraftAsked::default()).unwrap_err();
    assert!(matches!(error, LiveError::TooMuch { most: 262_144, .. }), "{error}");
}
