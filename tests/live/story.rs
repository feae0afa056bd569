//! What stories are made of: a run that is told over HTTP, and what can be asked of it.

use crate::server::{Answer, Server, project};
use serde_json::{Value as Json, json};

/// A run that is told.
#[derive(Debug)]
pub(crate) struct Story<'a> {
    pub(crate) server: &'a Server,
    /// The path of the run.
    pub(crate) run: String,
}

impl<'a> Story<'a> {
    /// Starts a run of the server's template and takes people in from CSV.
    pub(crate) fn start(server: &'a Server, run: &Json, people: &str) -> Self {
        let started = server.post("/api/v1/runs", run);
        assert_eq!(started.status, 201, "{}", started.text);
        let story = Self { server, run: started.location };
        let added = server.write("POST", &story.at("/participants/import"), "text/csv", people).done();
        assert_eq!(added["added"].as_array().unwrap().len(), people.trim().lines().count() - 1, "{added}");
        story
    }
}

/// What the steps are made of.
impl Story<'_> {
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.run)
    }

    #[allow(clippy::needless_pass_by_value)] // its many calls read better without an &
    pub(crate) fn post(&self, path: &str, body: Json) -> Answer {
        self.server.post(&self.at(path), &body)
    }

    pub(crate) fn list(&self, path: &str) -> Vec<Json> {
        self.server.list(&self.at(path))
    }

    pub(crate) fn clock_to(&self, now: &str) {
        self.server.clock_to(now);
    }

    pub(crate) fn stage(&self) -> String {
        let shown = self.server.get(&self.run).done();
        shown["stages"].as_array().unwrap().last().unwrap()["stage"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn expect_stage(&self, stage: &str) {
        assert_eq!(self.stage(), stage, "at {}", self.server.now());
    }

    pub(crate) fn person(&self, name: &str) -> String {
        let everyone = self.list("/participants");
        id(everyone.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("no {name}")))
    }

    /// The sessions that are to come, the next first.
    fn to_come(&self) -> Vec<Json> {
        let mut sessions: Vec<Json> =
            self.list("/sessions").into_iter().filter(|session| session["status"] == "planned").collect();
        sessions.sort_by_key(|session| session["ends"].as_str().unwrap().to_owned());
        sessions
    }

    pub(crate) fn next_session(&self) -> Option<Json> {
        self.to_come().into_iter().next()
    }

    pub(crate) fn planned(&self, name: &str) -> Json {
        let to_come = self.to_come();
        to_come
            .iter()
            .find(|session| session["name"] == name)
            .unwrap_or_else(|| panic!("no {name} in {to_come:?}"))
            .clone()
    }

    /// Waits until a session is over and notes that everybody came, but for these.
    pub(crate) fn hold(&self, session: &Json, but: &[&str]) {
        self.clock_to(session["ends"].as_str().unwrap());
        let but: Vec<String> = but.iter().map(|name| self.person(name)).collect();
        let invited = session["audience"].as_array().unwrap();
        let attended: Vec<&Json> = invited.iter().filter(|who| !but.iter().any(|other| *who == other)).collect();
        let held = self.post(&format!("/sessions/{}/held", id(session)), json!({ "attended": attended })).done();
        assert_eq!(held["status"], "held");
    }

    /// Whoever has been asked to sign an agreement does.
    pub(crate) fn everybody_signs(&self) {
        for agreement in self.list("/agreements").iter().filter(|agreement| agreement["open"] == true) {
            for who in agreement["missing"].as_array().unwrap() {
                let at = format!("/agreements/{}/signatures", id(agreement));
                self.post(&at, json!({ "participant": who })).done();
            }
        }
    }

    pub(crate) fn open_task(&self, kind: &str) -> String {
        let tasks = self.list("/tasks?open=true");
        id(tasks.iter().find(|task| task["kind"] == kind).unwrap_or_else(|| panic!("no task {kind} in {tasks:?}")))
    }

    /// The journal, a line an entry, without the one thing that differs between two runs: their id.
    pub(crate) fn journal(&self) -> Vec<String> {
        let own = self.run.rsplit('/').next().unwrap();
        self.list("/journal").iter().map(|entry| entry.to_string().replace(own, "RUN")).collect()
    }
}

/// The id of a thing.
pub(crate) fn id(thing: &Json) -> String {
    thing["id"].as_str().unwrap_or_else(|| panic!("no id: {thing}")).to_owned()
}

/// Compares two journals and shows where they part.
#[track_caller]
pub(crate) fn expect_same(one: &[String], other: &[String]) {
    for (number, (one, other)) in one.iter().zip(other).enumerate() {
        assert_eq!(one, other, "entry {number}");
    }
    assert_eq!(one.len(), other.len());
}

/// What the file of a client among the examples says a run is started with, as `turnabout run start --client-file` sends it.
pub(crate) fn client_run(client: &str) -> Json {
    let path = project(&format!("examples/{client}/client.toml"));
    let file: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let person = |who: &str| json!({"name": file[who]["name"].as_str(), "email": file[who]["email"].as_str()});
    let settings =
        file["settings"].as_table().unwrap().iter().map(|(name, value)| (name.clone(), json!(value.as_str())));
    json!({
        "template": file["name"].as_str(), "client": file["name"].as_str(), "seed": 9,
        "settings": settings.collect::<serde_json::Map<_, _>>(),
        "contacts": {"coordinator": person("coordinator"), "sponsor": person("sponsor"), "contact": person("contact")},
    })
}
