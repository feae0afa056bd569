//! What somebody answers decides on what else is asked, and the server judges it again when it is handed in.

use crate::house::{AMARA, BEN, house, house_of};
use serde_json::{Value as Json, json};
use turnabout_core::ports::StoreTable;
use turnabout_model::ParticipantId;

const MEETING: &str = r#"
[[questions]]
name = "met"
type = "single"
text = "Have you met?"
choices = ["yes", "no"]
required = true

[[questions]]
name = "why"
type = "text"
text = "What kept you?"
relevant = "${met} = 'no'"
required = true
required_message = "Please say what kept you."

[[questions]]
name = "hours"
type = "integer"
text = "For how many hours?"
relevant = "${met} = 'yes'"
constraint = ". <= 24"
constraint_message = "A day has 24 hours."

[[questions]]
name = "minutes"
type = "calculate"
calculation = "${hours} * 60"
"#;

#[test]
fn what_is_asked_only_sometimes_is_required_only_then() {
    let house = house(MEETING);
    assert_eq!(house.wrong(AMARA, &json!({})), ["met: an answer is required"]);
    assert_eq!(house.wrong(AMARA, &json!({ "met": "no" })), ["why: Please say what kept you"]);
    assert_eq!(house.wrong(AMARA, &json!({ "met": "yes", "hours": 25 })), ["hours: A day has 24 hours"]);
    assert_eq!(house.rows(StoreTable::Responses), [], "what is refused is not kept");
    assert_eq!(house.wrong(AMARA, &json!({ "met": "no", "why": "A surge of work." })), [""; 0]);
    assert_eq!(house.wrong(BEN, &json!({ "met": "yes" })), [""; 0]);
}

#[test]
fn answers_to_what_is_no_longer_asked_are_not_kept_and_hinder_nobody() {
    let house = house(MEETING);
    // Ben typed a reason first, and hours that are none.
    house.answer(BEN, &json!({ "met": "no", "why": "A surge.", "hours": "many" })).unwrap();
    house.answer(AMARA, &json!({ "met": "yes", "why": "A surge.", "hours": 2, "minutes": 7 })).unwrap();
    let kept: Vec<Json> = house
        .rows(StoreTable::Responses)
        .iter()
        .map(|(_, row)| serde_json::from_str::<Json>(row).unwrap()["answers"].clone())
        .collect();
    assert_eq!(kept, [json!({ "hours": 2, "met": "yes", "minutes": 120 }), json!({ "met": "no", "why": "A surge." })]);
}

#[test]
fn a_form_tells_what_it_asks_without_keeping_anything() {
    let house = house(MEETING);
    let look = |answers: Json| {
        let answers = serde_json::from_value(answers).unwrap();
        house.engine.look_at_form(&house.run, crate::house::WAVE, &answers, None).unwrap()
    };
    let empty = look(json!({}));
    assert_eq!((empty.complete, empty.visible.as_slice()), (false, &["met".into()][..]));
    let met = look(json!({ "met": "yes", "hours": 3 }));
    assert!(met.complete);
    assert_eq!(met.visible, ["met", "hours"]);
    assert_eq!(met.computed["minutes"], json!(180));
    assert_eq!(house.rows(StoreTable::Responses).len() + house.rows(StoreTable::Drafts).len(), 0);
}

#[test]
fn the_ballot_of_the_police_takes_the_five_names_that_it_asks_for_and_no_more() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../workflows/police/surveys/election.toml");
    let election = std::fs::read_to_string(file).unwrap();
    let questions = election.find("[[questions]]").unwrap();
    assert!(election[..questions].contains("Name up to five"), "the text has changed: {election}");
    let house = house_of(7, &format!("mode = \"named\"\n\n{}", &election[questions..]));
    let elected = |names: Json| house.wrong(ParticipantId(8), &json!({ "choices": names }));
    let six = json!(["person-1", ["person-2", "person-3"], "person-4", "person-5", "person-6"]);
    assert_eq!(elected(six), ["choices: Name five mentors at most"]);
    assert_eq!(elected(json!(["person-1", ["person-2", "person-3"], "person-4", "person-5"])), [""; 0]);
}
