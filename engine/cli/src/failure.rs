//! Why a command failed: a code, a sentence, a hint; and the exit status that goes with it.

use crate::{fork::ForkError, output::plain};
use std::{path::Path, process::ExitCode};
use turnabout_core::ports::StoreError;
use turnabout_live::LiveError;
use turnabout_model::RunId;
use turnabout_server::{Problem, ServeError};
use turnabout_template::{FolderError, people::RowError};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A folder could not be read as a template.
    #[error("{0}")]
    Folder(#[from] FolderError),
    /// A template has problems, which were printed.
    #[error("{path}: {errors} {}; nothing was run", if *errors == 1 { "error" } else { "errors" })]
    Template { path: String, errors: usize },
    /// The same, of a check: what was run of it in spite of them, or why nothing was.
    #[error("{path}: {}; {run}", count(*errors, "error"))]
    Checked { path: String, errors: usize, run: String },
    /// What was asked for does not exist.
    #[error("{what}")]
    NotFound { what: String, hint: String },
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },
    /// A rehearsal could not begin.
    #[error("{0}")]
    Rehearse(#[from] turnabout_core::rehearse::RehearseError),
    /// The live engine refused or failed.
    #[error("{0}")]
    Live(#[from] LiveError),
    /// The server did not serve.
    #[error("{0}")]
    Serve(#[from] ServeError),
    /// There is no operator's token.
    #[error("{0}")]
    Token(#[from] turnabout_server::TokenError),
    /// A server could not be asked.
    #[error("no server answers at {server}: {source}")]
    Unreachable { server: String, source: Box<ureq::Error> },
    /// Something answered that is no server of ours.
    #[error("what answers at {server} is no Turnabout server: {what}")]
    Answer { server: String, what: String },
    /// A server refused.
    #[error("{}", .0.detail)]
    Server(Box<Problem>),
    /// A list of people has errors.
    #[error("{path}: {}; nothing was changed", in_short(self.of_the_whole(), errors.len(), "in the list"))]
    People { path: String, errors: Vec<RowError> },
    /// A file of answers has errors.
    #[error("{path}: {}; nothing was worked out", in_short(self.of_the_whole(), problems.len(), "in the answers"))]
    Answers { path: String, problems: Vec<turnabout_statistics::Problem> },
    /// A workbook has errors.
    #[error("{path}: {}; nothing was written", in_short(self.of_the_whole(), errors.len(), "in the workbook"))]
    Workbook { path: String, errors: Vec<turnabout_xlsform::CellProblem> },
    /// A survey has problems, which were printed.
    #[error("{path}: {} in the survey; nothing was written", count(*errors, "error"))]
    Survey { path: String, errors: usize },
    /// A component has faults, which were printed.
    #[error("{path}: {} in the component; it can't be installed", count(*errors, "fault"))]
    Plugin { path: String, errors: usize },
    /// A run was started, and then the people were not taken in.
    #[error("{run} was started, and nobody was taken in: {source}")]
    HalfStarted { run: RunId, people: String, source: Box<Failure> },
    /// Nothing was done to a fork, or an update is not through.
    #[error("{0}")]
    Fork(Box<ForkError>),
    /// What was given can't be used.
    #[error("{what}")]
    Input { what: String, hint: String },
    /// Something of ours did not start.
    #[error("{0}")]
    Internal(String),
}

/// A number of things in words.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// What is wrong with a file: the one thing that is wrong with all of it, or how many are listed.
fn in_short(whole: Option<(&str, &str)>, errors: usize, place: &str) -> String {
    whole.map_or_else(|| format!("{} {place}", count(errors, "error")), |(what, _)| what.to_owned())
}

/// Begins a help line as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

impl From<ForkError> for Failure {
    fn from(error: ForkError) -> Self {
        Self::Fork(Box::new(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Live(error.into())
    }
}

impl Failure {
    /// What is wrong with a file as a whole and what to do, if that is all that is wrong: it is another kind of file.
    fn of_the_whole(&self) -> Option<(&str, &str)> {
        match self {
            Self::People { errors, .. } => match errors.as_slice() {
                [one] if one.row == 0 => Some((&one.what, &one.help)),
                _ => None,
            },
            Self::Answers { problems, .. } => match problems.as_slice() {
                [one] if one.row == 0 => Some((&one.what, &one.help)),
                _ => None,
            },
            Self::Workbook { errors, .. } => match errors.as_slice() {
                [one] if one.cell.is_none() => Some((&one.message, &one.help)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The stable code that `turnabout explain` knows.
    fn code(&self) -> &str {
        match self {
            Self::Folder(_) => "template::folder",
            Self::Template { .. } | Self::Checked { .. } => "template::problems",
            Self::NotFound { .. } => "cli::not_found",
            Self::File { .. } => "cli::file",
            Self::Rehearse(_) => "rehearsal::start",
            Self::Live(error) => error.code(),
            Self::Serve(_) => "cli::serve",
            Self::Token(_) => "cli::token",
            Self::Unreachable { .. } => "cli::unreachable",
            Self::Answer { .. } => "cli::answer",
            Self::Server(problem) => &problem.code,
            Self::People { .. } => "live::people",
            Self::Answers { .. } => "cli::answers",
            Self::Workbook { .. } => "cli::workbook",
            Self::Survey { .. } => "cli::survey",
            Self::Plugin { .. } => "cli::plugin",
            Self::HalfStarted { source, .. } => source.code(),
            Self::Fork(error) => error.code(),
            Self::Input { .. } => "cli::input",
            Self::Internal(_) => "cli::internal",
        }
    }

    /// What to do about it, if that is known.
    pub(crate) fn hint(&self) -> Option<String> {
        if let Some((_, help)) = self.of_the_whole() {
            return Some(sentence(help));
        }
        Some(match self {
            Self::Folder(error) => return folder_hint(error),
            Self::Template { path, .. } | Self::Checked { path, .. } => format!("Mend them and run: turnabout check {path}"),
            Self::NotFound { hint, .. } | Self::Input { hint, .. } => hint.clone(),
            Self::Live(LiveError::Store(StoreError::Locked { .. })) => {
                "Stop the other server, or name another folder with --data.".into()
            }
            Self::Fork(error) => error.hint(),
            Self::Live(error) => error.hint().into(),
            Self::Serve(ServeError::Listen { .. }) => {
                "Name another address with --listen, for example --listen 127.0.0.1:8090.".into()
            }
            Self::Unreachable { .. } => "Start one with: turnabout serve --template DIR, or `turnabout demo` to look \
                                         around; or name the address of one that runs with --server or TURNABOUT_SERVER."
                .into(),
            Self::Answer { .. } => "Name the address of a Turnabout server with --server or TURNABOUT_SERVER.".into(),
            Self::Server(problem) if problem.code == "request::token" => {
                "Name the server's own data folder with --data, or give its token with --token or TURNABOUT_TOKEN."
                    .into()
            }
            Self::Server(problem) => problem.hint.clone(),
            Self::People { .. } => "Mend the rows that are listed and try again.".into(),
            Self::Answers { .. } | Self::Workbook { .. } => "Mend the cells that are listed and try again.".into(),
            Self::Plugin { .. } => "Mend what is shown above, build it and check it again.".into(),
            Self::Survey { .. } => "Mend what is shown above and try again.".into(),
            Self::HalfStarted { run, people, .. } => {
                format!("Mend the list and run: turnabout people import {people} --run {run}")
            }
            _ => return None,
        })
    }

    /// Everything that is wrong, a line each, if it is more than one thing.
    fn items(&self) -> Vec<String> {
        if self.of_the_whole().is_some() {
            return Vec::new();
        }
        let of_server = |item: &turnabout_server::ProblemItem| format!("{}: {}; {}", item.at, item.what, item.help);
        match self {
            Self::Server(problem) => match problem.errors.as_slice() {
                // What is said already need not be said twice.
                [one] if problem.detail.contains(&one.what) && problem.detail.contains(&one.help) => Vec::new(),
                errors => errors.iter().map(of_server).collect(),
            },
            Self::People { errors, .. } => errors.iter().map(ToString::to_string).collect(),
            Self::Answers { problems, .. } => problems.iter().map(ToString::to_string).collect(),
            Self::Workbook { errors, .. } => errors.iter().map(ToString::to_string).collect(),
            Self::HalfStarted { source, .. } => source.items(),
            _ => Vec::new(),
        }
    }

    /// Prints it for a person.
    pub(crate) fn print(&self) {
        eprintln!("error[{}]: {}", self.code(), plain(&self.to_string()));
        for item in self.items() {
            eprintln!("  {}", plain(item.trim_start_matches([':', ' '])));
        }
        if let Some(hint) = self.hint() {
            eprintln!("  help: {}", plain(&hint));
        }
    }

    /// 2 for what the caller can mend in the call, 1 for everything else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::NotFound { .. }
            | Self::Input { .. }
            | Self::Folder(_)
            | Self::File { .. }
            | Self::Token(turnabout_server::TokenError::Weak)
            | Self::People { .. }
            | Self::Answers { .. }
            | Self::Workbook { .. }
            | Self::Plugin { .. }
            | Self::Survey { .. } => ExitCode::from(2),
            Self::Server(problem) if problem.status < 500 => ExitCode::from(2),
            Self::Fork(error) if error.is_input() => ExitCode::from(2),
            Self::HalfStarted { source, .. } => source.exit_code(),
            _ => ExitCode::FAILURE,
        }
    }
}

/// How many templates are named that lie in a folder.
const NAMED: usize = 5;

/// What to name instead of what can't be read as a template.
fn folder_hint(error: &FolderError) -> Option<String> {
    if let FolderError::Client { path, .. } = error {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Some(format!("See everything that is wrong, each underlined: turnabout check {}", folder.display()));
    }
    let is_one = |folder: &Path| ["programme.toml", "client.toml"].iter().any(|name| folder.join(name).is_file());
    match error {
        FolderError::NotAFolder(file) => {
            let own = file.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
            let folder = own.filter(|folder| is_one(folder));
            let hint = |folder: &Path| format!("Name the folder that it lies in: {}", folder.display());
            Some(folder.map_or_else(|| "Name a folder that holds programme.toml or client.toml.".into(), hint))
        }
        FolderError::NotATemplate(folder) => {
            let inside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            let mut inside: Vec<_> = inside.filter(|path| is_one(path)).collect();
            inside.sort();
            let above = folder.parent().filter(|above| is_one(above));
            let named: Vec<_> = inside.iter().take(NAMED).map(|path| path.display().to_string()).collect();
            Some(match (named.is_empty(), above) {
                (false, _) => format!("Name the template's own folder, for example {}", named.join(" or ")),
                (true, Some(above)) => format!("Name the template's own folder: {}", above.display()),
                (true, None) => "Name the folder that holds programme.toml, for example workflows/ambulance.".into(),
            })
        }
        _ => None,
    }
}
