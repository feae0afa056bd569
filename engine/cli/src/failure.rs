//! Why a command failed: a code, a sentence, a hint; and the exit status that goes with it.

use std::process::ExitCode;
use turnabout_template::FolderError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A folder could not be read as a template.
    #[error("{0}")]
    Folder(#[from] FolderError),
    /// A template has problems, which were printed.
    #[error("{path}: {errors} {}; nothing was run", if *errors == 1 { "error" } else { "errors" })]
    Template { path: String, errors: usize },
    /// What was asked for does not exist.
    #[error("{what}")]
    NotFound { what: String, hint: String },
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },
    /// A rehearsal could not begin.
    #[error("{0}")]
    Rehearse(#[from] turnabout_core::rehearse::RehearseError),
    /// Something of ours did not start.
    #[error("{0}")]
    Internal(String),
}

impl Failure {
    /// The stable code that `turnabout explain` knows.
    fn code(&self) -> &'static str {
        match self {
            Self::Folder(_) => "template::folder",
            Self::Template { .. } => "template::problems",
            Self::NotFound { .. } => "cli::not_found",
            Self::File { .. } => "cli::file",
            Self::Rehearse(_) => "rehearsal::start",
            Self::Internal(_) => "cli::internal",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Folder(FolderError::NotATemplate(_)) => {
                "Name the folder that holds programme.toml, for example workflows/ambulance.".into()
            }
            Self::Template { path, .. } => format!("Mend them and run: turnabout check {path}"),
            Self::NotFound { hint, .. } => hint.clone(),
            _ => return None,
        })
    }

    /// Prints it for a person.
    pub(crate) fn print(&self) {
        eprintln!("error[{}]: {self}", self.code());
        if let Some(hint) = self.hint() {
            eprintln!("  help: {hint}");
        }
    }

    /// 2 for what the caller can mend in the call, 1 for everything else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::NotFound { .. } | Self::Folder(_) | Self::File { .. } => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}
