//! The server as a process, and a client for it.

use serde_json::{Value as Json, json};
use std::{
    cell::{Cell, RefCell},
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const TOKEN: &str = "a-token-for-the-tests";

/// Where the clock stands when a server is first started.
pub(crate) const BEGINNING: &str = "2026-01-05T09:00:00Z";

/// A running server.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// Kept open, so that the server can go on writing to it.
    stdout: BufReader<ChildStdout>,
    pub(crate) address: String,
}

/// When the server is killed and started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kills {
    Never,
    BeforeEveryWrite,
}

/// A server on a data folder, which outlives its processes, and a client.
#[derive(Debug)]
pub(crate) struct Server {
    folder: TempDir,
    template: PathBuf,
    process: RefCell<Process>,
    /// Where the test clock stands: a process that starts is told.
    now: RefCell<String>,
    kills: Kills,
    killed: Cell<usize>,
    client: Client,
}

/// Sends requests.
#[derive(Debug, Clone)]
pub(crate) struct Client(ureq::Agent);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) location: String,
    pub(crate) text: String,
    pub(crate) json: Json,
}

/// A file of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project").join(path)
}

/// The binary that was built in the profile of this test.
fn binary() -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).expect("tests lie in target/PROFILE/deps");
    let binary = profile.join("turnabout");
    assert!(binary.is_file(), "{} is missing: run `cargo build -p turnabout` first", binary.display());
    binary
}

impl Process {
    /// Starts the binary and waits until it listens.
    fn start(data: &Path, template: &Path, now: &str) -> Self {
        let mut command = Command::new(binary());
        command.env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
        command.arg("serve").arg("--data").arg(data).arg("--template").arg(template);
        command.args(["--listen", "127.0.0.1:0", "--test-clock", now, "--token", TOKEN]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self { child, stdout, address: String::new() };
        let mut said = String::new();
        while process.address.is_empty() {
            let mut line = String::new();
            let read = process.stdout.read_line(&mut line).unwrap();
            assert_ne!(read, 0, "the server ended before it listened: {said}");
            if let Some(address) = line.strip_prefix("Listening on ") {
                address.trim().clone_into(&mut process.address);
            }
            said.push_str(&line);
        }
        process
    }

    /// SIGKILL: nothing in it gets to run again.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, which is how it is told to stop.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Waits for its end, and says what it still printed.
    pub(crate) fn end(&mut self) -> (ExitStatus, String) {
        let mut said = String::new();
        while self.stdout.read_line(&mut said).unwrap() > 0 {}
        (self.child.wait().unwrap(), said)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// A server on an empty folder with the ambulance template.
    pub(crate) fn start(kills: Kills) -> Self {
        Self::start_with(kills, project("workflows/ambulance"))
    }

    /// A server on an empty folder with any template.
    pub(crate) fn start_with(kills: Kills, template: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = RefCell::new(Process::start(folder.path(), &template, BEGINNING));
        let now = RefCell::new(BEGINNING.to_owned());
        Self { folder, template, process, now, kills, killed: Cell::new(0), client: Client::new() }
    }

    /// Kills the process and starts another on the same folder, with the clock where it stood.
    pub(crate) fn kill_and_start(&self) {
        self.kill();
        self.start_again();
    }

    /// Kills the process.
    pub(crate) fn kill(&self) {
        self.process.borrow_mut().kill();
        self.killed.set(self.killed.get() + 1);
    }

    /// Starts a process in the place of one that has ended.
    pub(crate) fn start_again(&self) {
        let process = Process::start(self.folder.path(), &self.template, &self.now.borrow());
        *self.process.borrow_mut() = process;
    }

    /// The process itself.
    pub(crate) fn process(&self) -> std::cell::RefMut<'_, Process> {
        self.process.borrow_mut()
    }

    /// How often it was killed.
    pub(crate) fn times_killed(&self) -> usize {
        self.killed.get()
    }

    pub(crate) fn now(&self) -> String {
        self.now.borrow().clone()
    }

    /// While no process runs, time goes by.
    pub(crate) fn time_goes_by(&self, now: &str) {
        now.clone_into(&mut self.now.borrow_mut());
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.process.borrow().address)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.client.send("GET", &self.url(path), "", "", &[]).unwrap()
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Answer {
        self.write("POST", path, "application/json", &body.to_string())
    }

    /// Sends something that is to change something. This is where the server is killed, if it is to be.
    pub(crate) fn write(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        if self.kills == Kills::BeforeEveryWrite {
            self.kill_and_start();
        }
        self.client.send(method, &self.url(path), kind, body, &[]).unwrap()
    }

    /// Sends anything at all.
    pub(crate) fn send(&self, method: &str, path: &str, kind: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        self.client.send(method, &self.url(path), kind, body, headers).unwrap()
    }

    /// Moves the clock; whatever falls due on the way happens. Returns how often a run was woken.
    pub(crate) fn clock_to(&self, now: &str) -> u64 {
        let answer = self.post("/test/clock", &json!({ "now": now })).done();
        answer["now"].as_str().unwrap().clone_into(&mut self.now.borrow_mut());
        answer["woken"].as_u64().unwrap()
    }

    /// A list, all pages of it.
    pub(crate) fn list(&self, path: &str) -> Vec<Json> {
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = self.get(&format!("{path}{mark}limit=500{after}")).done();
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return items,
            }
        }
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .proxy(None)
            .build();
        Self(config.into())
    }

    /// Sends a request; an empty content type or header is left out, the token too.
    pub(crate) fn send(
        &self,
        method: &str,
        url: &str,
        kind: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Result<Answer, ureq::Error> {
        let token = format!("Bearer {TOKEN}");
        let mut all = vec![("content-type", kind), ("authorization", token.as_str())];
        all.retain(|(name, _)| !headers.iter().any(|(other, _)| other == name));
        all.extend(headers);
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        let mut response = match (method, body) {
            ("GET", "") => self.0.run(request.body(()).unwrap())?,
            _ => self.0.run(request.body(body.to_owned()).unwrap())?,
        };
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (kind, location) = (header("content-type"), header("location"));
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string()?;
        let json = serde_json::from_str(&text).unwrap_or(Json::Null);
        Ok(Answer { status, kind, location, text, json })
    }
}

impl Answer {
    /// What a request that has to succeed was answered.
    #[track_caller]
    pub(crate) fn done(self) -> Json {
        assert!(matches!(self.status, 200 | 201), "{} {}", self.status, self.text);
        self.json
    }

    /// That a request was refused, with which status and code.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.json["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.kind, "application/problem+json");
    }
}
