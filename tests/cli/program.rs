//! Runs the program and reads what it said.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The project's folder.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project")
}

/// The program, which the workspace's build puts two folders above the test: target/PROFILE/deps/cli-HASH.
pub(crate) fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps");
    let binary = folder.join(format!("turnabout{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not built: run `cargo build -p turnabout` first", binary.display());
    binary
}

/// The program in the project's folder, without what the tester's own shell sets.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).current_dir(project()).stdin(Stdio::null());
    for name in ["TURNABOUT_SERVER", "TURNABOUT_TOKEN", "TURNABOUT_DATA", "TURNABOUT_LISTEN", "RUST_LOG"] {
        command.env_remove(name);
    }
    // What is compiled once serves all tests, and the tester's own folder is left as it is.
    command.env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
    command
}

/// Runs a command to its end.
pub(crate) fn turnabout(arguments: &[&str]) -> Said {
    turnabout_with(arguments, &[])
}

/// Runs a command to its end, with these in its environment.
pub(crate) fn turnabout_with(arguments: &[&str], environment: &[(&str, &str)]) -> Said {
    let output = command(arguments).envs(environment.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Said {
    /// The JSON on standard output of a command that went well.
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A server of its own process, over a folder of its own.
pub(crate) struct Served {
    pub(crate) data: TempDir,
    pub(crate) url: String,
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Served {
    /// Starts a server with the ambulance template and waits until it listens.
    pub(crate) fn start() -> Self {
        Self::with(&["workflows/ambulance"])
    }

    /// Starts a server with these templates, installed one after the other, and waits until it listens.
    pub(crate) fn with(templates: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().to_str().unwrap();
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", folder];
        let templates: Vec<&str> = templates.iter().flat_map(|template| ["--template", *template]).collect();
        let mut child = command(&[&serve[..], &templates].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let url = loop {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
            if let Some(url) = line.strip_prefix("Listening on ") {
                break url.trim().to_owned();
            }
        };
        Self { data, url, child, out }
    }

    /// Runs a command against it.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Said {
        let data = self.data.path().to_str().unwrap();
        turnabout(&[arguments, &["--server", &self.url, "--data", data]].concat())
    }

    /// What its API answers to a request that changes nothing, by the path after `/api/v1`.
    pub(crate) fn get(&self, path: &str) -> String {
        let request = Self::agent().get(format!("{}/api/v1{path}", self.url));
        request.header("authorization", self.bearer()).call().unwrap().body_mut().read_to_string().unwrap()
    }

    /// Sends its API a request without a body.
    pub(crate) fn post(&self, path: &str) {
        let request = Self::agent().post(format!("{}/api/v1{path}", self.url));
        request.header("authorization", self.bearer()).send_empty().unwrap();
    }

    /// Asks it itself, whatever this machine asks others through.
    fn agent() -> ureq::Agent {
        ureq::Agent::config_builder().proxy(None).build().into()
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", std::fs::read_to_string(self.data.path().join("token")).unwrap().trim())
    }

    /// Tells it to stop, as an operating system does, and returns its exit code and what it still said.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
