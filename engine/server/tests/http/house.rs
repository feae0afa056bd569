//! A server on a free port over a store in a temporary folder, and a client.

use serde_json::Value as Json;
use std::{path::Path, sync::Arc};
use tempfile::TempDir;
use turnabout_core::limits::Limits;
use turnabout_live::{Engine, LiveLimits, ManualClock, Parts};
use turnabout_render::messages::MessageCheck;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_server::{Running, ServerLimits, ServerOptions, Token};
use turnabout_store::SledStore;
use turnabout_testkit::NoPlugins;

pub(crate) const TOKEN: &str = "a-token-for-the-tests";

pub(crate) const PEOPLE: &str = "role,name,email,manager,topics,faith,consent\n\
    mentor,Amara Diaz,amara@example.org,,night shifts;careers,,\n\
    mentor,Ben Okoro,ben@example.org,,careers,none,faith\n\
    mentee,Clara Vance,clara@example.org,,careers,,\n\
    mentee,Dev Rao,dev@example.org,,night shifts,,\n";

/// How a server of a test differs from the usual one.
pub(crate) struct Setup {
    pub(crate) limits: ServerLimits,
    /// Whether the clock moves through the test route; else the workers run and the test moves it.
    pub(crate) clock_by_route: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self { limits: ServerLimits::standard(), clock_by_route: true }
    }
}

/// A server and a client for it.
pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) clock: ManualClock,
    pub(crate) server: Option<Running>,
    agent: ureq::Agent,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) location: String,
    pub(crate) policy: String,
    pub(crate) text: String,
    pub(crate) json: Json,
}

/// A server with the small template, on a Monday morning.
pub(crate) fn house() -> House {
    house_with(Setup::default())
}

pub(crate) fn house_with(setup: Setup) -> House {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::at("2026-03-02T09:00:00Z".parse().unwrap());
    let server = Some(serve(folder.path(), &clock, &setup));
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    House { folder, clock, server, agent: config.into() }
}

fn serve(folder: &Path, clock: &ManualClock, setup: &Setup) -> Running {
    let parts = Parts {
        store: Arc::new(SledStore::open(folder).unwrap()),
        rules: Arc::new(NoPlugins),
        logics: Arc::new(NoPlugins),
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(clock.clone()),
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    };
    let engine = Engine::new(parts).unwrap();
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../live/tests/small");
    engine.install(turnabout_template::read_folder(&template).unwrap()).unwrap();
    let options = ServerOptions {
        limits: setup.limits,
        test_clock: setup.clock_by_route.then(|| clock.clone()),
        ..ServerOptions::new("127.0.0.1:0".parse().unwrap(), Token::new(TOKEN).unwrap())
    };
    Running::start(Arc::new(engine), options).unwrap()
}

impl House {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.as_ref().unwrap().address())
    }

    /// Stops the server and starts it again over the same folder.
    pub(crate) fn restart(&mut self) {
        self.server.take().unwrap().stop().unwrap();
        self.server = Some(serve(self.folder.path(), &self.clock, &Setup::default()));
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(self.url(path)).header("authorization", format!("Bearer {TOKEN}"));
        Answer::read(request.call().unwrap())
    }

    pub(crate) fn post(&self, path: &str, body: Json) -> Answer {
        self.send("POST", path, "application/json", &body.to_string(), &[])
    }

    pub(crate) fn put(&self, path: &str, body: Json) -> Answer {
        self.send("PUT", path, "application/json", &body.to_string(), &[])
    }

    /// Sends a body of any kind with any further headers; an empty value takes the token away.
    pub(crate) fn send(&self, method: &str, path: &str, kind: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(self.url(path));
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        if !headers.iter().any(|(name, _)| *name == "authorization") {
            request = request.header("authorization", format!("Bearer {TOKEN}"));
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let config = self.agent.configure_request(request.body(body.to_owned()).unwrap());
        Answer::read(self.agent.run(config.allow_non_standard_methods(true).build()).unwrap())
    }

    /// Starts a run and returns its path.
    pub(crate) fn start(&self) -> String {
        let answer = self.post(
            "/api/v1/runs",
            serde_json::json!({
                "template": "small", "client": "acme", "another": true, "seed": 7,
                "contacts": {"contact": {"name": "Noor Hale", "email": "noor@example.org"}},
            }),
        );
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.location
    }

    /// Starts a run with four people in it.
    pub(crate) fn start_with_people(&self) -> String {
        let run = self.start();
        let answer = self.send("POST", &format!("{run}/participants/import"), "text/csv", PEOPLE, &[]);
        assert_eq!(answer.status, 200, "{answer:?}");
        run
    }

    /// Moves the clock.
    pub(crate) fn clock_to(&self, now: &str) -> Answer {
        let answer = self.post("/test/clock", serde_json::json!({ "now": now }));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer
    }

    /// The journal of a run, all pages of it.
    pub(crate) fn journal(&self, run: &str) -> Vec<Json> {
        let (mut entries, mut after) = (Vec::new(), "0".to_owned());
        loop {
            let page = self.get(&format!("{run}/journal?limit=7&after={after}"));
            assert_eq!(page.status, 200, "{page:?}");
            entries.extend(page.json["items"].as_array().unwrap().iter().cloned());
            match page.json["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => return entries,
            }
        }
    }
}

impl Answer {
    fn read(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (kind, location) = (header("content-type"), header("location"));
        let policy = header("content-security-policy");
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string().unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Json::Null);
        Self { status, kind, location, policy, text, json }
    }
}

impl House {
    /// A server over the folder of one that was stopped.
    pub(crate) fn reopened(mut self) -> House {
        self.server = Some(serve(self.folder.path(), &self.clock, &Setup::default()));
        self
    }
}
