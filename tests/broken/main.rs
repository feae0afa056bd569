//! Broken templates, each a copy of a shipped one with a small edit, and what `turnabout check` says of it to a person.
//!
//! After a change of words: `INSTA_UPDATE=always cargo test -p turnabout-tests --test broken`, then read the snapshots as
//! somebody would who has just made that mistake.

#![allow(clippy::unwrap_used)] // a test that cannot run the program has to fail

mod cases;
mod forms;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// An edit: in a file, these words are replaced by those. With empty words the text is a new file; with none to replace
/// them the file is removed.
type Edit = (&'static str, &'static str, &'static str);

/// A shipped template in a folder of its own, edited.
struct Broken {
    home: TempDir,
    name: &'static str,
}

/// The project's folder.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project")
}

/// The program, which the workspace's build puts two folders above the test: target/PROFILE/deps/broken-HASH.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps");
    let binary = folder.join(format!("turnabout{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not built: run `cargo build -p turnabout` first", binary.display());
    binary
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

impl Broken {
    /// Copies a template with the shared modules beside it, and breaks it.
    fn new(name: &'static str, edits: &[Edit]) -> Self {
        let home = tempfile::tempdir().unwrap();
        for folder in [name, "lib"] {
            copy(&project().join("workflows").join(folder), &home.path().join(folder));
        }
        for (file, from, to) in edits {
            let path = home.path().join(name).join(file);
            if from.is_empty() {
                if to.is_empty() {
                    fs::remove_file(&path).unwrap();
                } else {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, to).unwrap();
                }
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{name}/{file} has no '{from}' any more: mend the case");
            fs::write(&path, text.replacen(from, to, 1)).unwrap();
        }
        Self { home, name }
    }

    /// What `turnabout check` says, errors and the summary, without what changes with every word of a template.
    fn said(&self, options: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(binary());
        command.arg("check").arg(self.name).args(options).current_dir(self.home.path()).stdin(Stdio::null());
        let output = command.env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}
