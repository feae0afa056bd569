//! A folder with copies of shipped templates, in which both sides of a fork are edited.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Asserts how it ended, and that it said some things.
    pub(crate) fn with(self, code: i32, parts: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for part in parts {
            assert!(self.out.contains(part) || self.err.contains(part), "no '{part}' in {self:#?}");
        }
        self
    }

    /// The JSON on standard output.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

pub(crate) struct Workshop {
    home: TempDir,
}

impl Workshop {
    /// A copy of a template as it is shipped, with the modules that it shares.
    pub(crate) fn whole(template: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let workflows = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("workflows");
        for name in [template, "lib"] {
            copy(&workflows.join(name), &home.path().join("workflows").join(name));
        }
        Self { home }
    }

    /// The same with one rehearsal, where time is better spent on the merge.
    pub(crate) fn of(template: &str) -> Self {
        let workshop = Self::whole(template);
        let rehearsals = workshop.path(&format!("workflows/{template}/rehearsals"));
        for entry in fs::read_dir(rehearsals).unwrap() {
            let path = entry.unwrap().path();
            if !path.ends_with("steady.toml") {
                fs::remove_file(path).unwrap();
            }
        }
        workshop
    }

    /// The same with a fork called `acme`.
    pub(crate) fn forked(template: &str) -> Self {
        let workshop = Self::of(template);
        workshop.run(&["fork", &format!("workflows/{template}"), "acme"]).with(0, &["a fork of"]);
        workshop
    }

    /// Gives a template a component of its own, or another one, with its hash in the manifest. One of the standard plugins
    /// stands for it. Returns its bytes.
    pub(crate) fn bring(&self, template: &str, plugin: &str) -> Vec<u8> {
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("plugins/dist");
        let component = fs::read(dist.join(format!("{plugin}.wasm"))).unwrap();
        self.write(&format!("{template}/plugins/rule.wasm"), &component);
        let pin = format!("rule = \"{}\"", turnabout_sandbox::component_sha256(&component));
        let manifest = format!("{template}/programme.toml");
        let text = self.read(&manifest);
        let text = match text.lines().find(|line| line.starts_with("rule = ")) {
            Some(old) => text.replace(old, &pin),
            None => text.replace("[plugins]\n", &format!("[plugins]\n{pin}\n")),
        };
        self.write(&manifest, text);
        component
    }

    /// Resolves the one conflict of a file: this is what stands there now.
    pub(crate) fn choose(&self, path: &str, text: &str) {
        let marked = self.read(path);
        let (before, rest) = marked.split_once("<<<<<<<").unwrap();
        let (_, after) = rest.split_once(">>>>>>>").unwrap();
        let (_, after) = after.split_once('\n').unwrap();
        self.write(path, format!("{before}{text}\n{after}"));
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a piece of a file that has to be there once.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "'{from}' in {path}");
        self.write(path, text.replace(from, to));
    }

    pub(crate) fn append(&self, path: &str, text: &str) {
        self.write(path, self.read(path) + text);
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Every file below a folder with its content, hidden ones too.
    pub(crate) fn snapshot(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), &mut files);
        files
    }

    /// Runs the program in the workshop.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let own = std::env::current_exe().unwrap();
        let folder = own.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps");
        let binary = folder.join(format!("turnabout{}", std::env::consts::EXE_SUFFIX));
        assert!(binary.is_file(), "{} is not built: run `cargo build -p turnabout` first", binary.display());
        let mut command = Command::new(binary);
        command.args(arguments).current_dir(self.home.path()).stdin(Stdio::null());
        let output = command.env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!said.err.contains("panicked"), "{said:#?}");
        said
    }

    /// Takes the update.
    pub(crate) fn update(&self) -> Said {
        self.run(&["upstream", "update", "acme"])
    }

    /// Goes on with a merge that was resolved.
    pub(crate) fn go_on(&self) -> Said {
        self.run(&["upstream", "update", "acme", "--continue"])
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}
