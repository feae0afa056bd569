//! A whole programme over HTTP, once in one go and once with a restart between any two requests.

use crate::house::{House, PEOPLE, house};
use serde_json::{Value as Json, json};

type Step = Box<dyn Fn(&House, &str)>;

fn done(answer: crate::house::Answer) -> Json {
    assert!(matches!(answer.status, 200 | 201), "{answer:?}");
    answer.json
}

fn post(path: &'static str, body: Json) -> Step {
    Box::new(move |house, run| drop(done(house.post(&format!("{run}{path}"), body.clone()))))
}

fn clock(now: &'static str) -> Step {
    Box::new(move |house, _| drop(house.clock_to(now)))
}

fn steps() -> Vec<Step> {
    vec![
        Box::new(|house, run| {
            let people = house.send("POST", &format!("{run}/participants/import"), "text/csv", PEOPLE, &[]);
            assert_eq!(done(people)["added"].as_array().unwrap().len(), 4);
        }),
        post("/participants", json!({"role": "mentee", "name": "Eve Moss", "email": "eve@example.org"})),
        Box::new(|house, run| {
            let path = format!("{run}/participants/person-5/status");
            assert_eq!(done(house.put(&path, json!({"status": "declined"})))["status"], "declined");
        }),
        clock("2026-03-10T09:00:00Z"),
        post("/recruitments/volunteers/close", json!({})),
        post("/sessions/session-1/reschedule", json!({"starts": "2026-03-20T10:00:00Z"})),
        clock("2026-03-20T13:00:00Z"),
        post("/sessions/session-1/held", json!({"attended": ["person-1", "person-2", "person-3", "person-4"]})),
        post("/waves/wave-1/responses", json!({"participant": "person-3", "answers": {"mentors": ["person-2"]}})),
        post(
            "/waves/wave-1/responses",
            json!({"participant": "person-4", "answers": {"mentors": ["person-2", "person-1"]}}),
        ),
        post("/proposals/proposal-1/publish", json!({})),
        post(
            "/sessions",
            json!({"name": "training again", "audience": ["person-1"], "starts": "2026-03-27T10:00:00Z"}),
        ),
        post("/sessions/session-2/cancel", json!({"reason": "nobody needs it"})),
        post("/concerns", json!({"by": "person-1", "text": "I would rather not say it aloud"})),
        post("/concerns/concern-1/close", json!({})),
        clock("2026-04-01T12:00:00Z"),
        post("/meetings", json!({"pair": "pair-1", "on": "2026-03-30T10:00:00Z", "minutes": 50, "form": "video"})),
        post("/signals", json!({"name": "note", "key": "1", "payload": {"n": 1}})),
        post("/pairs/pair-2/end", json!({"reason": "moved away"})),
        Box::new(|house, run| {
            let tasks = done(house.get(&format!("{run}/tasks?open=true")));
            let task = tasks["items"][0]["id"].as_str().unwrap();
            done(house.post(&format!("{run}/tasks/{task}/close"), json!({"choice": "done"})));
        }),
    ]
}

/// The journal without the one thing that differs between two runs: their id.
fn journal(house: &House, run: &str) -> Vec<Json> {
    let mut journal = house.journal(run);
    journal[0]["event"]["run"] = Json::Null;
    journal
}

#[test]
fn a_run_that_is_restarted_between_any_two_requests_ends_with_the_same_journal() {
    let straight = house();
    let run = straight.start();
    for step in steps() {
        step(&straight, &run);
    }
    let shown = done(straight.get(&run));
    assert_eq!((&shown["status"], &shown["open_concerns"]), (&json!("finished"), &json!(0)), "{shown}");

    let mut broken = house();
    let again = broken.start();
    for step in steps() {
        broken.restart();
        step(&broken, &again);
    }
    assert_eq!(journal(&straight, &run), journal(&broken, &again));
    assert!(journal(&straight, &run).len() > 60);
}

#[test]
fn what_happened_can_be_looked_at_from_every_side() {
    let house = house();
    let run = house.start();
    for step in steps() {
        step(&house, &run);
    }
    let list = |path: &str| done(house.get(&format!("{run}/{path}")))["items"].as_array().unwrap().clone();
    assert_eq!(list("sessions")[0]["moved"], 1);
    assert_eq!(list("sessions")[0]["attended"].as_array().unwrap().len(), 4);
    assert_eq!(done(house.get(&format!("{run}/sessions/session-1")))["status"], "held");
    assert_eq!(list("waves")[0]["completed"], 2);
    let wave = done(house.get(&format!("{run}/waves/wave-1")));
    assert_eq!(wave["questions"][0]["answer"]["type"], "ranking");
    let proposal = done(house.get(&format!("{run}/proposals/proposal-1")));
    assert_eq!((proposal["pairs"].as_array().unwrap().len(), proposal["pairs"][0]["score"].as_f64()), (2, Some(0.0)));
    assert_eq!(list("proposals").len(), 1);
    assert_eq!(list("pairs")[0]["meetings"], 1);
    assert_eq!(list("meetings")[0]["minutes"], 50);
    assert_eq!(list("concerns"), [json!({"id": "concern-1", "raised": "2026-03-20T13:00:00Z", "open": false})]);
    assert_eq!(list("participants?role=mentee&status=accepted").len(), 2);
    assert_eq!(done(house.get(&format!("{run}/participants/person-1")))["name"], "Amara Diaz");
    let second = done(house.get(&format!("{run}/participants/person-2")));
    assert!(second["attributes"]["faith"].is_null() && second["consents"] == json!(["faith"]), "{second}");
    assert!(list("timeline?limit=500").iter().any(|item| item["text"] == "pair-1: person-1 mentors person-4."));
    assert!(
        list("outbox")
            .iter()
            .all(|item| item["to"].as_str().unwrap().starts_with("person-") || item["to"] == "contact")
    );
    let everything = ["", "/timeline?limit=500", "/journal?limit=500", "/outbox", "/concerns", "/waves/wave-1"];
    for path in everything {
        let text = house.get(&format!("{run}{path}")).text;
        for secret in ["rather not say", "Amara", "amara@"] {
            assert!(!text.contains(secret), "{path} shows '{secret}'");
        }
    }
    let metrics = house.get("/api/v1/metrics").text;
    assert!(metrics.contains("turnabout_runs{status=\"finished\"} 1\n"), "{metrics}");
    assert!(metrics.contains("turnabout_requests_total{status=\"2xx\"} "), "{metrics}");
    let template = done(house.get("/api/v1/templates/small"));
    assert_eq!(template["settings"][0]["default"], json!({"$period": "2 weeks"}));
    let by_hash = format!("/api/v1/templates/{}", template["hash"].as_str().unwrap());
    assert_eq!(done(house.get(&by_hash)), template);
    assert_eq!(done(house.get("/api/v1/templates"))["items"].as_array().unwrap().len(), 1);
}

#[test]
fn runs_are_listed_page_by_page_in_the_order_of_their_start() {
    let house = house();
    let started: Vec<String> = (0..5)
        .map(|hour| {
            house.clock_to(&format!("2026-03-02T1{hour}:00:00Z"));
            house.start().rsplit('/').next().unwrap().to_owned()
        })
        .collect();
    let (mut found, mut path) = (Vec::new(), "/api/v1/runs?limit=2".to_owned());
    loop {
        let page = done(house.get(&path));
        found.extend(page["items"].as_array().unwrap().iter().map(|run| run["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/runs?limit=2&after={next}"),
            None => break,
        }
    }
    assert_eq!(found, started);
}
