//! Ballots in which several people share a place, from the form to the review of a pair.

use crate::house::{House, house};
use serde_json::{Value as Json, json};

/// A run whose ballot is open: persons 1 and 2 are mentors, persons 3 and 4 mentees.
fn electing(house: &House) -> String {
    let run = house.start_with_people();
    house.clock_to("2026-03-16T09:00:00Z");
    house.clock_to("2026-03-24T09:00:00Z");
    assert_eq!(house.post(&format!("{run}/sessions/session-1/held"), json!({"attended": []})).status, 200);
    run
}

#[test]
fn two_mentees_put_two_mentors_in_one_place_and_both_get_their_first_choice() {
    let (upwards, downwards) = (["person-1", "person-2"], ["person-2", "person-1"]);
    for (one, other) in [(upwards, upwards), (upwards, downwards), (downwards, upwards)] {
        let mut house = house();
        let run = electing(&house);
        for (mentee, equals) in [("person-3", one), ("person-4", other)] {
            let ballot = json!({"participant": mentee, "answers": {"mentors": [equals]}});
            let answer = house.post(&format!("{run}/waves/wave-1/responses"), ballot);
            assert_eq!(answer.status, 201, "{answer:?}");
            // What is stored reads like what was said.
            house.restart();
        }
        let proposal = house.get(&format!("{run}/proposals/proposal-1")).json;
        let pairs = proposal["pairs"].as_array().unwrap();
        assert_eq!(pairs.len(), 2);
        for pair in pairs {
            let [mentor, mentee] = ["mentor", "mentee"].map(|side| pair[side].as_str().unwrap());
            let review = house.get(&format!("{run}/proposals/proposal-1/pairs/{mentor}/{mentee}")).json;
            assert_eq!(review["made"]["text"], "The mentor is the mentee's 1st choice.", "{review}");
        }
    }
}

#[test]
fn a_ballot_that_is_wrong_is_told_what_where_and_what_to_do() {
    let house = house();
    let run = electing(&house);
    let say = |mentors: Json| {
        let ballot = json!({"participant": "person-3", "answers": {"mentors": mentors}});
        let answer = house.post(&format!("{run}/waves/wave-1/responses"), ballot);
        assert_eq!((answer.status, &answer.json["code"]), (422, &json!("live::answers")), "{answer:?}");
        answer.json["errors"].to_string()
    };
    for (mentors, what) in [
        (json!(["person-1", []]), "place 2 is an empty list"),
        (json!([["person-1", ["person-2"]]]), "place 1 holds a list within its list"),
        (json!(["person-1", ["person-2", "person-1"]]), "person-1 is named twice, in place 1 and in place 2"),
    ] {
        let said = say(mentors);
        assert!(said.contains(what) && said.contains("wanted equally share a place"), "{said}");
    }
}

#[test]
fn a_draft_keeps_the_places_as_they_were_given() {
    let house = house();
    let run = electing(&house);
    let answers = json!({"mentors": [["person-2", "person-1"]]});
    let saved = house.put(&format!("{run}/waves/wave-1/drafts/person-3"), json!({"answers": answers}));
    assert_eq!((saved.status, &saved.json["complete"], &saved.json["answers"]), (200, &json!(true), &answers));
}
