//! Answers that are not handed in yet survive, and are gone when nobody needs them any more.

use crate::house::{AMARA, BEN, House, form_of, house};
use serde_json::{Value as Json, json};
use turnabout_core::ports::StoreTable;
use turnabout_live::{LiveError, views::FormView};

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

fn save(house: &House, answers: Json) -> FormView {
    let answers = serde_json::from_value(answers).unwrap();
    house.engine.save_draft(&house.run, form_of(AMARA), &answers, None).unwrap()
}

#[test]
fn somebody_who_comes_back_finds_the_answers_that_they_had_given() {
    let house = house(TWO);
    let saved = save(&house, json!({ "trust": 9, "more": "I was inter" }));
    assert!(!saved.complete);
    assert_eq!(saved.wrong[0].what, "that is no point of the scale");
    let found = house.engine.draft(&house.run, form_of(AMARA), None).unwrap();
    assert_eq!(found, saved, "also what can't be taken yet");
    let others = house.engine.draft(&house.run, form_of(BEN), None).unwrap();
    assert!(others.answers.is_empty(), "nobody sees another's");
}

#[test]
fn a_draft_is_gone_once_it_is_handed_in() {
    let house = house(TWO);
    save(&house, json!({ "trust": 3 }));
    house.answer(AMARA, &json!({ "trust": 4 })).unwrap();
    assert_eq!(house.rows(StoreTable::Drafts), []);
    let again = house.engine.draft(&house.run, form_of(AMARA), None).unwrap_err();
    assert_eq!(again.to_string(), "wave-1 is already answered by this participant");
}

#[test]
fn what_nobody_handed_in_is_deleted_when_the_wave_closes() {
    let house = house(TWO);
    save(&house, json!({ "trust": 3, "more": "never sent" }));
    assert_eq!(house.rows(StoreTable::Drafts).len(), 1);
    house.close();
    assert_eq!(house.rows(StoreTable::Drafts), []);
    let late = house.engine.save_draft(&house.run, form_of(AMARA), &std::collections::BTreeMap::new(), None);
    assert_eq!(late.unwrap_err().to_string(), "wave-1 is already closed");
}

#[test]
fn a_form_without_end_is_refused() {
    let house = house(TWO);
    let answers = serde_json::from_value(json!({ "more": "x".repeat(300_000) })).unwrap();
    let error = house.engine.save_draft(&house.run, form_of(AMARA), &answers, None).unwrap_err();
    assert!(matches!(error, LiveError::TooMuch { most: 262_144, .. }), "{error}");
}
