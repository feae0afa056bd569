//! A plugin's folder: what it is, how it is built, what it has to answer.

pub(crate) mod answers;
mod build;
pub(crate) mod cases;
pub(crate) mod dev;
mod install;
pub(crate) mod native;
pub(crate) mod own;
mod rehearsing;
pub(crate) mod scaffold;
pub(crate) mod series;
mod sources;
pub(crate) mod watch;
pub(crate) mod without;

pub(crate) use crate::code_cache::sandbox;
pub(crate) use build::build;
pub(crate) use install::install;

use crate::failure::Failure;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The language a plugin is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// A small and fast component.
    Rust,
    /// A component with an interpreter: about 20 MB.
    Python,
    /// A component with an interpreter: about 2 MB.
    Js,
}

impl Language {
    /// Its name in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Python => "Python",
            Self::Js => "JavaScript",
        }
    }

    /// What to do in a new folder.
    pub(crate) fn first_steps(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["cargo test", "turnabout plugin build", "turnabout plugin test"],
            Self::Python => &[
                "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
                "turnabout plugin build",
                "turnabout plugin test",
            ],
            Self::Js => &["npm install", "turnabout plugin build", "turnabout plugin test"],
        }
    }
}

/// What a plugin is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// It scores pairs.
    Rule,
    /// It runs surveys.
    Logic,
}

impl Kind {
    /// Its name in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Rule => "matching rule",
            Self::Logic => "survey logic",
        }
    }

    /// Its world in the contract.
    pub(crate) fn world(self) -> &'static str {
        match self {
            Self::Rule => "rule-plugin",
            Self::Logic => "logic-plugin",
        }
    }
}

/// What `plugin.toml` says, as far as the tools need it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Manifest {
    /// Its id, the name of its component.
    pub(crate) id: String,
    /// Its version, which the component says too.
    #[serde(default)]
    pub(crate) version: Option<String>,
    /// What it is for.
    pub(crate) kind: Kind,
    /// What it is written in.
    pub(crate) language: Language,
}

/// A plugin's folder.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    pub(crate) manifest: Manifest,
}

impl Folder {
    /// Reads its `plugin.toml`.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let file = path.join("plugin.toml");
        let text = std::fs::read_to_string(&file)
            .map_err(|source| Failure::File { path: file.display().to_string(), source })?;
        let manifest: Manifest = toml::from_str(&text).map_err(|error| Failure::Input {
            what: format!("{} can't be used: {}", file.display(), error.message()),
            hint: "It needs id, kind (rule or logic) and language (rust, python or js).".into(),
        })?;
        let bad = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if manifest.id.is_empty() || manifest.id.contains(bad) {
            let what = format!("{}: the id '{}' is no name", file.display(), manifest.id);
            return Err(Failure::Input { what, hint: "Write small letters, digits and hyphens: same-site.".into() });
        }
        Ok(Self { path: path.into(), manifest })
    }

    /// Where its component is built.
    pub(crate) fn component(&self) -> PathBuf {
        self.path.join("dist").join(format!("{}.wasm", self.manifest.id))
    }
}

/// Whether a folder's component is built before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// It is taken as it is, with a note if its sources were changed since.
    AsItIs,
    /// It is built anew.
    Build,
}

impl First {
    /// What the option `--build` says.
    pub(crate) fn of(build: bool) -> Self {
        if build { Self::Build } else { Self::AsItIs }
    }
}

/// Reads a component: a file, or that of a folder that was built or is built now.
pub(crate) fn component(path: &Path, first: First) -> Result<(PathBuf, Vec<u8>), Failure> {
    let folder = if path.is_dir() { Some(Folder::read(path)?) } else { None };
    let file = folder.as_ref().map_or_else(|| path.to_owned(), Folder::component);
    if first == First::Build {
        let folder = folder.ok_or_else(|| Failure::Input {
            what: format!("{} is no folder of a plugin, and can't be built", path.display()),
            hint: "Name the folder with plugin.toml, or leave out --build.".into(),
        })?;
        return Ok((file, build(&folder)?));
    }
    match std::fs::read(&file) {
        Ok(bytes) => {
            if let Some(stale) = folder.and_then(|folder| sources::stale(&folder, &bytes)) {
                let stale = crate::output::plain(&stale);
                eprintln!("note: {stale}");
                eprintln!("  help: what follows is about the old component; build it now with --build");
            }
            Ok((file, bytes))
        }
        Err(source) if path.is_dir() && source.kind() == std::io::ErrorKind::NotFound => Err(Failure::Input {
            what: format!("{} is not there", file.display()),
            hint: format!("Build it first: turnabout plugin build {}", path.display()),
        }),
        Err(source) => Err(Failure::File { path: file.display().to_string(), source }),
    }
}
