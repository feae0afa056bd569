//! Who is let in, what is too much, and what is there at all.

use crate::house::{Setup, TOKEN, house, house_with};
use serde_json::{Value as Json, json};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};
use turnabout_server::ServerLimits;

#[test]
fn every_operation_of_the_document_is_there_and_asks_for_the_token() {
    let house = house();
    let document = house.send("GET", "/api/v1/openapi.json", "", "", &[("authorization", "")]);
    assert_eq!((document.status, &*document.kind), (200, "application/json"));
    let mut operations = 0;
    for (path, item) in document.json["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations += 1;
            let concrete: Vec<_> = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
            let answer = house.send(&method.to_uppercase(), &concrete.join("/"), "", "", &[("authorization", "")]);
            let open = operation["security"] == json!([{}]);
            assert_eq!(answer.status, if open { 200 } else { 401 }, "{method} {path}");
            assert!(open || answer.json["code"] == "request::token", "{answer:?}");
            let inside = house.send(&method.to_uppercase(), &concrete.join("/"), "", "", &[]);
            let code = inside.json["code"].as_str().unwrap_or_default();
            assert!(!matches!(code, "request::not_found" | "request::method"), "{method} {path}: {inside:?}");
        }
    }
    assert!(operations > 35, "{operations}");
}

#[test]
fn only_the_whole_token_lets_anybody_in() {
    let house = house();
    for (header, status) in [
        (format!("Bearer {TOKEN}"), 200),
        (format!("bearer  {TOKEN} "), 200),
        (format!("Bearer {}", &TOKEN[1..]), 401),
        (format!("Bearer {TOKEN}x"), 401),
        (format!("Basic {TOKEN}"), 401),
        (TOKEN.to_owned(), 401),
        ("Bearer".to_owned(), 401),
    ] {
        let answer = house.send("GET", "/api/v1/runs", "", "", &[("authorization", &header)]);
        assert_eq!(answer.status, status, "{header}");
        assert!(!answer.text.contains(TOKEN));
    }
    let health = house.send("GET", "/api/v1/health", "", "", &[("authorization", "")]);
    assert_eq!((health.status, &health.json["status"]), (200, &json!("ok")));
}

#[test]
fn a_body_beyond_its_limit_gets_an_answer_and_not_a_closed_door() {
    let house = house();
    let run = house.start();
    for (path, kind, bytes, status) in [
        ("/api/v1/runs".to_owned(), "application/json", 10 << 20, 413),
        (format!("{run}/participants/import"), "text/csv", (8 << 20) + 1, 413),
        (format!("{run}/participants/import"), "application/json", 10 << 20, 415),
        (format!("{run}/recruitments/x/close"), "", 10 << 20, 413),
    ] {
        let answer = house.send("POST", &path, kind, &" ".repeat(bytes), &[]);
        assert_eq!(answer.status, status, "{path} {answer:?}");
    }
    // At its limit a body is read.
    let mut body = json!({"template": "small", "client": "acme", "another": true}).to_string();
    body.push_str(&" ".repeat(ServerLimits::standard().json_bytes - body.len()));
    assert_eq!(house.send("POST", "/api/v1/runs", "application/json", &body, &[]).status, 201);
    body.push(' ');
    assert_eq!(house.send("POST", "/api/v1/runs", "application/json", &body, &[]).status, 413);
}

#[test]
fn the_clock_is_there_only_for_tests() {
    let house = house_with(Setup { clock_by_route: false, ..Setup::default() });
    let answer = house.post("/test/clock", json!({"now": "2027-01-01T00:00:00Z"}));
    assert_eq!((answer.status, &answer.json["code"]), (404, &json!("request::not_found")));
    let document = house.get("/api/v1/openapi.json");
    assert!(!document.text.contains("/test/"));
}

#[test]
fn a_server_with_too_much_to_do_says_so() {
    let limits = ServerLimits {
        engine_calls: 0,
        turn_time: Duration::from_millis(10),
        stop_time: Duration::from_millis(10),
        ..ServerLimits::standard()
    };
    let house = house_with(Setup { limits, ..Setup::default() });
    let answer = house.get("/api/v1/runs");
    assert_eq!((answer.status, &answer.json["code"]), (503, &json!("server::busy")));
    assert_eq!(house.get("/api/v1/health").status, 200, "a busy server is a healthy one");
}

#[test]
fn a_request_that_never_ends_is_ended() {
    let limits = ServerLimits { request_time: Duration::from_millis(200), ..ServerLimits::standard() };
    let house = house_with(Setup { limits, ..Setup::default() });
    let mut stream = TcpStream::connect(house.server.as_ref().unwrap().address()).unwrap();
    let head = format!(
        "POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    let body: Json = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["code"], "server::timeout");
}
