//! `Idempotency-Key`: a request is safe to repeat.

use crate::house::{House, PEOPLE, house};
use serde_json::json;

fn start(house: &House, key: &str, client: &str) -> crate::house::Answer {
    let body = json!({"template": "small", "client": client}).to_string();
    house.send("POST", "/api/v1/runs", "application/json", &body, &[("idempotency-key", key)])
}

#[test]
fn the_same_request_with_the_same_key_takes_effect_once() {
    let mut house = house();
    let first = start(&house, "6f1c", "acme");
    house.restart();
    let second = start(&house, "6f1c", "acme");
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!((&first.json, &first.location), (&second.json, &second.location));
    let other = start(&house, "6f1c", "another");
    assert_eq!((other.status, &other.json["code"]), (422, &json!("live::key_reused")));
    assert_eq!(house.get("/api/v1/runs").json["items"].as_array().unwrap().len(), 1);
    let bad = start(&house, &"k".repeat(201), "acme");
    assert_eq!((bad.status, &bad.json["code"]), (400, &json!("live::bad_key")));
}

#[test]
fn a_list_imported_twice_with_one_key_takes_people_in_once() {
    let house = house();
    let run = house.start();
    let path = format!("{run}/participants/import");
    let import = || house.send("POST", &path, "text/csv; charset=utf-8", PEOPLE, &[("idempotency-key", "k")]);
    let (first, second) = (import(), import());
    assert_eq!((first.status, &first.json), (200, &second.json));
    assert_eq!(house.get(&format!("{run}/participants")).json["items"].as_array().unwrap().len(), 4);
}

#[test]
fn many_at_the_same_time_take_effect_once() {
    let house = house();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| start(&house, "same", "acme"))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.json["id"] == answers[0].json["id"]));
    assert_eq!(house.get("/api/v1/runs").json["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_second_run_of_the_same_programme_is_refused_until_another_is_asked_for() {
    let house = house();
    let first = start(&house, "1", "acme");
    let again = start(&house, "2", "acme");
    assert_eq!((again.status, &again.json["code"]), (409, &json!("live::under_way")));
    let run = first.json["id"].as_str().unwrap();
    assert!(again.json["detail"].as_str().unwrap().contains(run), "{again:?}");
    let body = json!({"template": "small", "client": "acme", "another": true}).to_string();
    assert_eq!(house.send("POST", "/api/v1/runs", "application/json", &body, &[]).status, 201);
}
