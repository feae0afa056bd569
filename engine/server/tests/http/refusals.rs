//! Bad input gets a clear answer and changes nothing.

use crate::house::{PEOPLE, house};
use serde_json::{Value as Json, json};

#[test]
fn every_bad_request_is_a_problem_with_a_code_and_a_hint() {
    let house = house();
    let run = house.start_with_people();
    let before = house.journal(&run);
    let nobody = "/api/v1/runs/run-00000000000000000000000000";
    let of = |path: &str| format!("{run}{path}");
    let json_of = |value: Json| ("application/json", value.to_string());
    let csv = |text: &str| ("text/csv", text.to_owned());
    let none = || ("", String::new());
    let table: Vec<(&str, String, (&str, String), u16, &str)> = vec![
        ("GET", nobody.into(), none(), 404, "live::no_run"),
        ("GET", format!("{nobody}/journal"), none(), 404, "live::no_run"),
        ("GET", format!("{nobody}/timeline"), none(), 404, "live::no_run"),
        ("GET", "/api/v1/runs/pair-3".into(), none(), 400, "request::id"),
        ("GET", of("/sessions/pair-3"), none(), 400, "request::id"),
        ("GET", of("/sessions/session-9"), none(), 404, "run::unknown"),
        ("GET", of("/participants/person-99"), none(), 404, "run::unknown"),
        ("GET", of("/participants?role=boss"), none(), 400, "request::query"),
        ("GET", of("/participants?colour=red"), none(), 400, "request::query"),
        ("GET", of("/journal?limit=0"), none(), 400, "request::query"),
        ("GET", of("/journal?limit=501"), none(), 400, "request::query"),
        ("GET", of("/journal?after=x"), none(), 400, "live::bad_cursor"),
        ("GET", "/api/v1/templates/large".into(), none(), 404, "live::no_template"),
        ("GET", "/api/v1/nothing".into(), none(), 404, "request::not_found"),
        ("GET", "/nothing".into(), none(), 404, "request::not_found"),
        ("DELETE", run.clone(), none(), 405, "request::method"),
        ("BREW", run.clone(), none(), 405, "request::method"),
        ("POST", "/api/v1/runs".into(), ("application/json", "{".into()), 400, "request::json"),
        ("POST", "/api/v1/runs".into(), ("application/json", "[1, 2".into()), 400, "request::json"),
        ("POST", "/api/v1/runs".into(), ("application/json", String::new()), 400, "request::json"),
        ("POST", "/api/v1/runs".into(), ("text/plain", "{}".into()), 415, "request::media_type"),
        ("POST", "/api/v1/runs".into(), ("", "{}".into()), 415, "request::media_type"),
        ("POST", "/api/v1/runs".into(), json_of(json!({"template": "small"})), 422, "live::missing"),
        (
            "POST",
            "/api/v1/runs".into(),
            json_of(json!({"template": "small", "client": "a", "colour": 1})),
            400,
            "request::json",
        ),
        ("POST", "/api/v1/runs".into(), json_of(json!({"template": "large", "client": "a"})), 404, "live::no_template"),
        ("POST", "/api/v1/runs".into(), json_of(json!({"template": "small", "client": " "})), 422, "live::length"),
        (
            "POST",
            "/api/v1/runs".into(),
            json_of(json!({"template": "small", "client": "a", "time_zone": "Mars/Base"})),
            422,
            "run::time_zone",
        ),
        (
            "POST",
            "/api/v1/runs".into(),
            json_of(json!({"template": "small", "client": "a", "settings": {"recruitment": 3}})),
            422,
            "run::setting",
        ),
        (
            "POST",
            "/api/v1/runs".into(),
            json_of(json!({"template": "small", "client": "a", "settings": {"colour": 3}})),
            422,
            "run::setting",
        ),
        ("POST", of("/participants/import"), csv(&PEOPLE.replace("mentor,Ben", "boss,Ben")), 422, "live::people"),
        ("POST", of("/participants/import"), csv(PEOPLE), 422, "live::people"),
        ("POST", of("/participants/import"), csv(&format!("{PEOPLE}{PEOPLE}")), 422, "live::people"),
        ("POST", of("/participants/import"), csv(""), 422, "live::people"),
        ("POST", of("/participants/import"), ("application/json", "[]".into()), 415, "request::media_type"),
        ("POST", of("/participants/import?status=withdrawn"), csv(PEOPLE), 422, "request::status"),
        (
            "POST",
            of("/participants"),
            json_of(json!({"role": "boss", "name": "A", "email": "a@b.org"})),
            400,
            "request::json",
        ),
        (
            "POST",
            of("/participants"),
            json_of(json!({"role": "mentor", "name": "A", "email": "ab"})),
            422,
            "live::people",
        ),
        (
            "POST",
            of("/participants"),
            json_of(json!({"role": "mentor", "name": "A", "email": "amara@example.org"})),
            409,
            "live::already_in",
        ),
        ("PUT", of("/participants/person-1/status"), json_of(json!({"status": "accepted"})), 409, "run::already_so"),
        ("PUT", of("/participants/person-1/status"), json_of(json!({"status": "withdrawn"})), 422, "request::status"),
        ("POST", of("/recruitments/nobody/close"), none(), 404, "run::unknown"),
        ("POST", of("/recruitments/volunteers/close"), json_of(json!({"x": 1})), 400, "request::body"),
        ("POST", of("/proposals/proposal-1/publish"), none(), 404, "run::unknown"),
        (
            "POST",
            of("/sessions"),
            json_of(json!({"name": "picnic", "audience": ["person-1"], "starts": "2026-06-02T14:00:00Z"})),
            404,
            "run::unknown",
        ),
        ("POST", of("/sessions/session-1/held"), json_of(json!({"attended": []})), 404, "run::unknown"),
        ("POST", of("/sessions/session-1/held"), json_of(json!({"attended": ["pair-1"]})), 400, "request::json"),
        (
            "POST",
            of("/sessions/session-1/reschedule"),
            json_of(json!({"starts": "2026-02-30T10:00:00Z"})),
            400,
            "request::json",
        ),
        (
            "POST",
            of("/meetings"),
            json_of(json!({"pair": "pair-1", "on": "yesterday", "minutes": 1, "form": "video"})),
            400,
            "request::json",
        ),
        (
            "POST",
            of("/waves/wave-1/responses"),
            json_of(json!({"participant": "person-3", "answers": {}})),
            404,
            "run::unknown",
        ),
        ("POST", of("/tasks/task-9/close"), json_of(json!({"choice": "done"})), 404, "run::unknown"),
        ("POST", of("/signals"), json_of(json!({"name": "", "key": "k"})), 422, "live::length"),
        (
            "POST",
            of("/signals"),
            json_of(json!({"name": "n", "key": "k", "pair": "pair-1", "participant": "person-1"})),
            400,
            "request::json",
        ),
        (
            "POST",
            of("/signals"),
            json_of(json!({"name": "n", "key": "k", "payload": "x".repeat(70_000)})),
            413,
            "run::too_large",
        ),
        ("POST", of("/concerns"), json_of(json!({"text": ""})), 422, "live::length"),
        ("POST", of("/concerns"), json_of(json!({"text": "x".repeat(10_001)})), 422, "live::length"),
        ("POST", of("/cancel"), json_of(json!({"reason": ""})), 422, "live::length"),
        ("POST", of("/resume"), json_of(json!({})), 409, "run::nothing_parked"),
        ("POST", of("/pause"), json_of(json!({"until": "2020-01-01"})), 422, "run::bad_time"),
        ("POST", of("/pause"), json_of(json!({"until": "soon"})), 400, "request::json"),
        ("POST", of("/pause"), json_of(json!({"until": "2099-01-01", "reason": " "})), 422, "live::length"),
        ("POST", of("/unpause"), json_of(json!({})), 409, "run::not_paused"),
    ];
    for (method, path, (kind, body), status, code) in table {
        let answer = house.send(method, &path, kind, &body, &[]);
        assert_eq!((answer.status, answer.json["code"].as_str()), (status, Some(code)), "{method} {path} {answer:?}");
        assert_eq!(answer.kind, "application/problem+json", "{method} {path}");
        assert_eq!(answer.json["status"], status);
        for field in ["type", "title", "detail", "hint"] {
            assert!(answer.json[field].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}: {field}");
        }
    }
    assert_eq!(house.journal(&run), before);
    assert_eq!(house.get("/api/v1/runs").json["items"].as_array().unwrap().len(), 1);
}

#[test]
fn every_row_and_every_answer_that_is_wrong_is_named() {
    let house = house();
    let run = house.start();
    let csv = PEOPLE.replace("mentor,Ben", "boss,Ben").replace("dev@example.org", "dev");
    let answer = house.send("POST", &format!("{run}/participants/import"), "text/csv", &csv, &[]);
    let errors = answer.json["errors"].as_array().unwrap();
    let places: Vec<_> = errors.iter().map(|error| error["where"].as_str().unwrap()).collect();
    assert_eq!(places, ["row 3, column 'role'", "row 5, column 'email'"]);

    let with_mark = format!("\u{feff}{PEOPLE}");
    let path = format!("{run}/participants/import");
    assert_eq!(house.send("POST", &path, "text/csv", &with_mark, &[]).status, 200);
    house.clock_to("2026-03-16T09:00:00Z");
    house.clock_to("2026-03-24T09:00:00Z");
    house.post(&format!("{run}/sessions/session-1/held"), json!({"attended": []}));
    let answers = json!({"participant": "person-3", "answers": {"mentors": ["person-3"], "colour": "red"}});
    let answer = house.post(&format!("{run}/waves/wave-1/responses"), answers);
    assert_eq!((answer.status, &answer.json["code"]), (422, &json!("live::answers")));
    assert_eq!(answer.json["errors"].as_array().unwrap().len(), 2, "{answer:?}");
}
