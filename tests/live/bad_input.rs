//! Whatever is sent to any operation of the document, the answer says what is wrong, and nothing changes.

use crate::{
    server::{Answer, Kills, Server},
    story::Story,
    writers::in_the_middle,
};
use serde_json::{Value as Json, json};

/// An operation as the document describes it.
struct Operation {
    method: String,
    /// With `{name}` where an id goes.
    path: String,
    /// Whether it takes an idempotency key.
    keyed: bool,
    id: String,
    /// The content type of its body, if it takes one.
    takes: Option<String>,
    query: Vec<String>,
}

/// What an operation is sent wrongly.
struct Attempt {
    what: &'static str,
    path: String,
    kind: String,
    body: String,
    headers: Vec<(&'static str, String)>,
    /// The statuses that it may be answered with.
    expect: &'static [u16],
    /// What the answer has to speak of.
    names: &'static str,
}

/// A run that is not there.
const NO_RUN: &str = "run-01kq8w5n7r3v9x2m4c6t8y0zab";

/// A session that is still to come, when `wave-2` is open: the survey half-way.
const PLANNED: &str = "session-9";

fn operations(server: &Server) -> Vec<Operation> {
    let document = server.send("GET", "/api/v1/openapi.json", "", "", &[("authorization", "")]).done();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let content = operation["requestBody"]["content"].as_object();
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let keyed = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
            let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                keyed,
                id: operation["operationId"].as_str().unwrap().to_owned(),
                takes: content.map(|content| content.keys().next().unwrap().clone()),
                query: query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect(),
            });
        }
    }
    assert!(found.len() > 30, "{}", found.len());
    found
}

impl Operation {
    fn writes(&self) -> bool {
        self.method != "GET"
    }

    fn is_open(&self) -> bool {
        matches!(self.id.as_str(), "health" | "openapi")
    }

    /// Its path with ids that are there, so that only what is wrong is wrong.
    fn path_in(&self, run: &str) -> String {
        let mut path = self.path.replace("{run}", run);
        for (name, id) in [
            ("template", "ambulance"),
            ("participant", "person-1"),
            ("label", "volunteers"),
            ("proposal", "proposal-1"),
            ("earlier", "proposal-1"),
            ("mentor", "person-1"),
            ("mentee", "person-11"),
            ("pair", "pair-1"),
            ("session", PLANNED),
            ("agreement", "agreement-1"),
            ("wave", "wave-2"),
            ("task", "task-1"),
            ("concern", "concern-1"),
        ] {
            path = path.replace(&format!("{{{name}}}"), id);
        }
        assert!(!path.contains('{'), "no id for {path}: add one here");
        path
    }

    /// A body that the operation takes.
    fn body(&self) -> String {
        let body = match self.id.as_str() {
            "start_run" => json!({"template": "ambulance", "client": "acme", "another": true}),
            "add_participant" => json!({"role": "mentor", "name": "Jo Late", "email": "jo@example.org"}),
            "import_participants" | "check_people" => {
                return "role,name,email\nmentor,Jo Late,jo@example.org\n".to_owned();
            }
            "set_participant_status" => json!({"status": "waiting"}),
            "amend_run" => json!({"template": "ambulance", "dry_run": true, "deadlines": "keep"}),
            "pause_run" => json!({"until": "2026-12-02"}),
            "resume_run" => json!({"journey": "journey-0"}),
            "cancel_run" | "end_pair" | "cancel_session" => json!({"reason": "no more money"}),
            "hold_session" => json!({"attended": ["person-1"]}),
            "reschedule_session" => json!({"starts": "2026-12-02T10:00:00Z"}),
            "plan_session" => {
                json!({"name": "group-call extra", "audience": ["person-1"], "starts": "2026-12-02T10:00:00Z"})
            }
            "record_meeting" => {
                json!({"pair": "pair-1", "on": "2026-02-11T10:00:00Z", "minutes": 5, "form": "video"})
            }
            "sign_agreement" => json!({"participant": "person-1"}),
            "respond" => json!({"participant": "person-1", "answers": {}}),
            "look_at_form" | "save_draft" => json!({"answers": {}}),
            "keep_alumni_consent" => json!({"given": true}),
            "keep_notes" => json!({"consented": ["person-1"], "learning": ["Begin sooner"]}),
            "decline_pair" => json!({"by": "person-1"}),
            "revise_proposal" => json!({"pin": [{"mentor": "person-1", "mentee": "person-11"}]}),
            "close_task" => json!({"choice": "done"}),
            "send_signal" => json!({"name": "note", "key": "1", "pair": "pair-1"}),
            "raise_concern" => json!({"by": "person-1", "text": "something"}),
            _ if self.takes.is_none() => return String::new(),
            other => panic!("no body for {other}: add one here"),
        };
        body.to_string()
    }

    fn attempt(&self, what: &'static str, path: String, expect: &'static [u16]) -> Attempt {
        let kind = self.takes.clone().unwrap_or_default();
        Attempt { what, path, kind, body: self.body(), headers: Vec::new(), expect, names: "" }
    }

    /// Everything that can be sent to it wrongly.
    fn attempts(&self, run: &str) -> Vec<Attempt> {
        let path = self.path_in(run);
        let attempt = |what, expect| self.attempt(what, path.clone(), expect);
        let mut all = Vec::new();
        if !self.is_open() {
            let token = |value: &str| vec![("authorization", value.to_owned())];
            all.push(Attempt { headers: token(""), ..attempt("no token", &[401]) });
            all.push(Attempt { headers: token("Bearer another-token-altogether"), ..attempt("a wrong token", &[401]) });
            all.push(Attempt { headers: token("Basic dXNlcjpwYXNz"), ..attempt("a password", &[401]) });
        }
        for (parameter, elsewhere) in self.other_ids(run) {
            all.push(Attempt { names: parameter, ..self.attempt("an id of another kind", elsewhere, &[400, 404]) });
        }
        if self.path.contains("{run}") {
            all.push(Attempt { names: NO_RUN, ..self.attempt("no such run", self.path_in(NO_RUN), &[404]) });
        }
        for name in &self.query {
            let wrong = format!("{path}?{name}=%00no-such-thing");
            all.push(self.attempt("a query that makes no sense", wrong, &[400]));
        }
        if !self.query.is_empty() {
            all.push(self.attempt("an unknown query", format!("{path}?colour=blue"), &[400]));
        }
        if self.writes() {
            all.extend(self.bad_bodies(&path));
        }
        all
    }

    /// Its path with one id after another replaced by that of another kind, and the name of the kind.
    fn other_ids(&self, run: &str) -> Vec<(&'static str, String)> {
        let kinds = [
            ("run", "pair-1"),
            ("participant", "pair-1"),
            ("proposal", "pair-1"),
            ("pair", "person-1"),
            ("session", "person-1"),
            ("agreement", "person-1"),
            ("wave", "person-1"),
            ("task", "person-1"),
            ("concern", "person-1"),
        ];
        let named = |kind: &str| format!("{{{kind}}}");
        let has = kinds.into_iter().filter(|(kind, _)| self.path.contains(&named(kind)));
        has.map(|(kind, id)| {
            let path = self.path.replace(&named(kind), id);
            let rest =
                Self { path, method: String::new(), id: String::new(), keyed: false, takes: None, query: vec![] };
            (if kind == "participant" { "person" } else { kind }, rest.path_in(run))
        })
        .collect()
    }

    fn bad_bodies(&self, path: &str) -> Vec<Attempt> {
        let attempt = |what, expect| self.attempt(what, path.to_owned(), expect);
        let large = format!("{{\"reason\": \"{}\"}}", "x".repeat(10 * 1024 * 1024));
        let mut all = vec![
            Attempt { body: large, ..attempt("10 MB", &[413]) },
            Attempt { body: "{\"a\": ".into(), ..attempt("JSON that ends too early", &[400, 422]) },
            Attempt { body: "\u{feff}\u{0}\u{1}".into(), ..attempt("no text at all", &[400, 422]) },
        ];
        if self.keyed {
            let headers = vec![("idempotency-key", "k".repeat(4_000))];
            all.push(Attempt { headers, ..attempt("a key without end", &[400, 422]) });
        }
        let Some(kind) = &self.takes else { return all };
        all.push(Attempt { kind: "application/xml".into(), ..attempt("another content type", &[415]) });
        all.push(Attempt { kind: String::new(), ..attempt("no content type", &[415]) });
        all.push(Attempt { body: String::new(), ..attempt("no body", &[400, 422]) });
        if kind != "application/json" {
            return all;
        }
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        all.push(Attempt { body: deep, ..attempt("a body without a bottom", &[400, 422]) });
        all.push(Attempt { body: "[1, 2]".into(), ..attempt("a list", &[400, 422]) });
        let whole: Json = serde_json::from_str(&self.body()).unwrap();
        let fields = whole.as_object().unwrap();
        let with = |name: &str, value: Json| {
            let mut changed = fields.clone();
            changed.insert(name.to_owned(), value);
            Json::Object(changed).to_string()
        };
        all.push(Attempt { body: with("colour", json!("blue")), ..attempt("an unknown field", &[400, 422]) });
        for (name, value) in fields {
            if name != "payload" {
                all.push(Attempt { body: with(name, json!({"no": [1]})), ..attempt("another type", &[400, 422]) });
            }
            // Arrays of ids and single ones.
            let one = value.as_array().map_or(value, |list| &list[0]);
            let wrap = |text: &str| if value.is_array() { json!([text]) } else { json!(text) };
            let text = one.as_str().unwrap_or_default();
            for kind in ["person", "pair", "journey"] {
                if text.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-')) {
                    let other = with(name, wrap("task-1"));
                    all.push(Attempt { body: other, names: kind, ..attempt("a field of another kind", &[400, 422]) });
                    let unknown = format!("{kind}-4000000");
                    all.push(Attempt { body: with(name, wrap(&unknown)), ..attempt("no such thing", &[404, 422]) });
                }
            }
            if text.ends_with('Z') {
                let never = with(name, json!("2026-02-30T10:00:00Z"));
                all.push(Attempt { body: never, ..attempt("a day that does not exist", &[400, 422]) });
            }
        }
        all
    }
}

/// A problem as the document promises it.
fn expect_problem(what: &str, answer: &Answer, attempt: &Attempt) {
    assert!(attempt.expect.contains(&answer.status), "{what}: {} {}", answer.status, answer.text);
    assert_eq!(answer.kind, "application/problem+json", "{what}");
    for field in ["type", "title", "detail", "code", "hint"] {
        let text = answer.json[field].as_str().unwrap_or_default();
        assert!(text.len() > 2, "{what}: no {field} in {}", answer.text);
    }
    assert_eq!(answer.json["status"], answer.status, "{what}");
    assert!(answer.text.len() < 10_000, "{what}: {} bytes of problem", answer.text.len());
    assert!(answer.json["detail"].as_str().unwrap().contains(attempt.names), "{what}: {}", answer.text);
}

#[test]
fn bad_input_to_any_operation_is_refused_in_words_and_changes_nothing() {
    let server = Server::start(Kills::Never);
    let story = in_the_middle(&server);
    story.post("/concerns", json!({"text": "for the operations on concerns"})).done();
    server.clock_to("2026-08-06T09:00:00Z");
    let sessions = story.list("/sessions");
    assert_eq!(sessions.iter().find(|one| one["status"] == "planned").unwrap()["id"], PLANNED);
    let (journal, runs) = (story.journal(), server.list("/api/v1/runs").len());
    let mut made = 0;
    let mut mistakes = Vec::new();
    let run = story.run.rsplit('/').next().unwrap();
    for operation in operations(&server) {
        for attempt in operation.attempts(run) {
            let what = format!("{} {} with {}", operation.method, attempt.path, attempt.what);
            // What was not read whole ends its connection: the next request must not be sent on it.
            let mut headers: Vec<(&str, &str)> =
                attempt.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            headers.push(("connection", "close"));
            let answer = server.send(&operation.method, &attempt.path, &attempt.kind, &attempt.body, &headers);
            // All that is wrong is told at once.
            let checked = std::panic::catch_unwind(|| expect_problem(&what, &answer, &attempt));
            if checked.is_err() {
                mistakes.push(format!("{what}: {} {:.300}", answer.status, answer.text));
            }
            made += 1;
        }
    }
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert!(made > 300, "{made}");
    assert_eq!(story.journal(), journal);
    assert_eq!(server.list("/api/v1/runs").len(), runs);
}

#[test]
fn every_body_that_the_document_shows_can_be_read() {
    let server = Server::start(Kills::Never);
    let document = server.send("GET", "/api/v1/openapi.json", "", "", &[]).done();
    let mut seen = 0;
    for operation in operations(&server) {
        if operation.takes.as_deref() != Some("application/json") {
            continue;
        }
        let described = &document["paths"][&operation.path][operation.method.to_lowercase()];
        let shape = described["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let example = document.pointer(shape.trim_start_matches('#')).unwrap()["example"].to_string();
        // A body that can't be read is refused before anybody looks for the run.
        let path = operation.path_in(NO_RUN);
        let headers = [("if-match", "\"1\"")];
        let answer = server.send(&operation.method, &path, "application/json", &example, &headers);
        assert!(matches!(answer.status, 201 | 404), "{} {path} with {example}: {}", operation.method, answer.text);
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn nothing_is_served_beside_the_document() {
    let server = Server::start(Kills::Never);
    let story = Story::begin(&server);
    let wrong = [
        ("GET", "/api/v1/nothing".to_owned(), 404),
        ("GET", "/../../etc/passwd".to_owned(), 404),
        ("DELETE", story.run.clone(), 405),
        ("PUT", "/api/v1/runs".to_owned(), 405),
        ("POST", "/api/v1/health".to_owned(), 405),
    ];
    for (method, path, status) in wrong {
        let answer = server.send(method, &path, "", "", &[]);
        assert_eq!((answer.status, answer.kind.as_str()), (status, "application/problem+json"), "{}", answer.text);
        assert!(answer.json["code"].is_string() && answer.json["hint"].is_string(), "{}", answer.text);
    }
    let long = format!("/api/v1/runs/{}", "x".repeat(20_000));
    assert!((400..500).contains(&server.get(&long).status));
}
