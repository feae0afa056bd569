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
    /// The store did not open, or stopped.
    #[error("{0}")]
    Store(#[from] turnabout_core::ports::StoreError),
    /// The live engine refused or failed.
    #[error("{0}")]
    Live(#[from] turnabout_live::LiveError),
    /// The server did not serve.
    #[error("{0}")]
    Serve(#[from] turnabout_server::ServeError),
    /// There is no operator's token.
    #[error("{0}")]
    Token(#[from] turnabout_server::TokenError),
    /// What was given can't be used.
    #[error("{what}")]
    Input { what: String, hint: String },
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
            Self::Store(turnabout_core::ports::StoreError::Locked { .. }) => "store::locked",
            Self::Store(_) => "store::failed",
            Self::Live(_) => "cli::live",
            Self::Serve(_) => "cli::serve",
            Self::Token(_) => "cli::token",
            Self::Input { .. } => "cli::input",
            Self::Internal(_) => "cli::internal",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Folder(FolderError::NotATemplate(_)) => {
                "Name the folder that holds programme.toml, for example workflows/ambulance.".into()
            }
            Self::Template { path, .. } => format!("Mend them and run: turnabout check {path}"),
            Self::NotFound { hint, .. } | Self::Input { hint, .. } => hint.clone(),
            Self::Store(turnabout_core::ports::StoreError::Locked { .. }) => {
                "Stop the other server, or name another folder with --data.".into()
            }
            Self::Serve(turnabout_server::ServeError::Listen { .. }) => {
                "Name another address with --listen, for example --listen 127.0.0.1:8090.".into()
            }
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
            Self::NotFound { .. } | Self::Input { .. } | Self::Folder(_) | Self::File { .. } => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}
