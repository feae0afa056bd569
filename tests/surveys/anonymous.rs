//! Anonymous answers: nothing that is stored tells whose they are.

use crate::house::{AMARA, BEN, form_of, handed_in, house};
use serde_json::json;
use std::collections::BTreeMap;
use turnabout_core::ports::StoreTable;
use turnabout_live::{DraftAsked, LiveError, Once};

const ANONYMOUS: &str = r#"
mode = "anonymous"

[[questions]]
name = "trust"
type = "likert"
text = "I can say what I think."
required = true
"#;

#[test]
fn an_anonymous_answer_is_stored_without_a_key_an_order_or_a_time() {
    let house = house(ANONYMOUS);
    house.answer(AMARA, &json!({ "trust": 2 })).unwrap();
    house.answer(BEN, &json!({ "trust": 5 })).unwrap();
    let rows = house.rows(StoreTable::Responses);
    assert_eq!(rows.len(), 2);
    for (key, value) in &rows {
        assert!(["{\"trust\":2}", "{\"trust\":5}"].contains(&value.as_str()), "only what was said: {value}");
        let prefix = house.run.as_str().len() + 1 + 4;
        assert_eq!(key.len(), prefix + 16, "the run, the wave, and a random number");
    }
    let twice = house.answer(AMARA, &json!({ "trust": 1 })).unwrap_err();
    assert_eq!(twice.to_string(), "wave-1 is already answered by this participant");
    assert_eq!(house.rows(StoreTable::Responses).len(), 2);
}

#[test]
fn a_repeated_request_is_known_without_a_trace_of_what_was_answered() {
    let house = house(ANONYMOUS);
    let once = |fingerprint: &str| Some(Once { key: "a-key".into(), fingerprint: fingerprint.into() });
    let send = |trust: u8, fingerprint: &str| {
        let request = handed_in(AMARA, &json!({ "trust": trust })).once(once(fingerprint));
        house.engine.submit(&house.run, request, |_| ())
    };
    assert!(!send(2, "a digest of person-1 and trust 2").unwrap().replayed);
    assert!(send(2, "a digest of person-1 and trust 2").unwrap().replayed);
    let rows = house.rows(StoreTable::Idempotency);
    assert!(rows.iter().all(|(_, row)| !row.contains("digest") && !row.contains("trust")), "{rows:?}");
    assert_eq!(house.rows(StoreTable::Responses).len(), 1);
}

#[test]
fn an_anonymous_survey_keeps_no_drafts() {
    let house = house(ANONYMOUS);
    let error =
        house.engine.save_draft(&house.run, form_of(AMARA), &BTreeMap::new(), DraftAsked::default()).unwrap_err();
    assert!(matches!(error, LiveError::AnonymousDraft), "{error}");
    assert_eq!(house.rows(StoreTable::Drafts), []);
}

#[test]
fn a_computed_moment_is_no_finer_than_the_day() {
    let house =
        house(&format!("{ANONYMOUS}\n[[questions]]\nname = \"when\"\ntype = \"calculate\"\ncalculation = \"now()\"\n"));
    house.answer(AMARA, &json!({ "trust": 2 })).unwrap();
    let (_, row) = &house.rows(StoreTable::Responses)[0];
    assert_eq!(row, "{\"trust\":2,\"when\":\"2026-03-02\"}");
}
