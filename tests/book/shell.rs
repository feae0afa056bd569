//! Walks a page: its commands in one shell, in their order, in a folder of their own.

use crate::{
    page::{Block, What, missing},
    project,
};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Mutex,
};

/// What the shell says between the blocks.
const MARK: &str = "::block ";
/// The port that the book speaks of.
const PORT: &str = "8080";

/// Walks a page's blocks and says what is wrong: `LINE: why`.
pub(crate) fn walk(blocks: &[Block]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    for part in ["workflows", "examples"] {
        copy(&project().join(part), &folder.path().join(part));
    }
    let port = free_port().to_string();
    let script = script(blocks, &port);
    let binary = binary();
    let path = std::env::join_paths(
        [binary.parent().unwrap().to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let output = Command::new("bash")
        .arg("-c")
        .arg(script)
        .current_dir(folder.path())
        .env("PATH", path.unwrap())
        .env("TURNABOUT_LISTEN", format!("127.0.0.1:{port}"))
        .env("TURNABOUT_SERVER", format!("http://127.0.0.1:{port}"))
        .env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"))
        // Whatever a machine asks others through, this it asks itself.
        .envs([("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1")])
        .env_remove("TURNABOUT_TOKEN")
        .env_remove("TURNABOUT_DATA")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let parts: Vec<(usize, &str)> = said
        .split(MARK)
        .skip(1)
        .filter_map(|part| part.split_once('\n'))
        .filter_map(|(line, text)| Some((line.parse().ok()?, text)))
        .collect();
    if !output.status.success() {
        let (line, text) = parts.last().copied().unwrap_or_default();
        return Some(format!("{line}: these commands end with {}:\n{text}", output.status));
    }
    for pair in blocks.windows(2) {
        let [commands, wanted] = pair else { continue };
        if wanted.what != What::Output {
            continue;
        }
        let text = parts.iter().find(|(line, _)| *line == commands.line).map(|(_, text)| *text).unwrap_or_default();
        let shown = wanted.text.replace(PORT, &port);
        if let Some(line) = missing(&shown, text) {
            return Some(format!("{}: the output has no line `{line}` in its place:\n{text}", wanted.line));
        }
    }
    None
}

/// A port that nobody listens on, and that no other page was given: pages are walked at the same time.
fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut given = GIVEN.lock().unwrap();
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if given.insert(port) {
            return port;
        }
    }
}

/// Runs the program in the project's folder.
pub(crate) fn turnabout(arguments: &[&str]) -> std::process::Output {
    Command::new(binary()).args(arguments).current_dir(project()).stdin(Stdio::null()).output().unwrap()
}

/// One shell script for the page.
fn script(blocks: &[Block], port: &str) -> String {
    let mut script = String::from("set -euo pipefail\nexec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
    // What a command wrote into a file before it failed is what says why.
    script.push_str("trap 'last=$(ls -t | head -1); [ ! -f \"$last\" ] || { echo \"$last ends with:\"; tail -c 3000 \"$last\"; }' ERR\n");
    for block in blocks {
        // A reader's machine is at rest, and this one may be busy with other pages: a server has longer to begin.
        let text = block.text.replace(PORT, port).replace("--retry 50 ", "--retry 600 ");
        match &block.what {
            What::Commands { fails: false } => {
                write!(script, "echo '{MARK}{}'\n{text}", block.line).unwrap();
            }
            What::Commands { fails: true } => {
                let (before, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
                write!(
                    script,
                    "echo '{MARK}{}'\n{before}\nif {last}; then echo 'this should fail'; exit 1; fi\n",
                    block.line
                )
                .unwrap();
            }
            What::File(path) => {
                write!(script, "mkdir -p \"$(dirname {path})\"\ncat > {path} <<'END'\n{text}END\n").unwrap();
            }
            What::Append(path) => write!(script, "cat >> {path} <<'END'\n{text}END\n").unwrap(),
            _ => {}
        }
    }
    script
}

/// The program: the one that the variable `TURNABOUT_BINARY` names, or else the one two folders above the test, which lies in
/// target/PROFILE/deps.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("TURNABOUT_BINARY") {
        return named.into();
    }
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps");
    let binary = folder.join("turnabout");
    assert!(binary.is_file(), "{} is not built: run `cargo build -p turnabout` first", binary.display());
    binary
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}
