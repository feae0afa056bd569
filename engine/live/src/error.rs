//! Why the live engine did not do what it was asked.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_core::{
    decide::Refusal,
    ports::{PluginError, StoreError},
};
use turnabout_model::{BundleHash, Diagnostic, ParticipantId, RunId, SettingError};
use turnabout_template::people::RowError;

/// What is wrong with one answer to a survey.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerProblem {
    /// The question.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub question: SmolStr,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub help: String,
    /// What kind of thing is wrong, for a page with words of its own.
    #[serde(default)]
    pub fault: AnswerFault,
}

/// What kind of thing is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnswerFault {
    /// It is missing.
    Missing,
    /// It does not fit its question: another type, out of bounds, none of the choices.
    #[default]
    Unfit,
    /// It is too long, or names too many.
    TooMuch,
    /// Choices share a place, which only people may.
    SharedPlace,
    /// It names somebody who does not take part, or not on the other side.
    NotThere,
    /// The survey's own condition on it is not met: what is wrong is in the survey's words.
    Condition,
}

/// Why the live engine did not do what it was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// There is no such run.
    #[error("there is no run {0}")]
    NoRun(RunId),
    /// There is already a run with that id.
    #[error("there is a run {0} already")]
    RunExists(RunId),
    /// Only a run that is over can be renewed.
    #[error("{0} is not over, so no run can renew it yet")]
    NotOver(RunId),
    /// A run is renewed once: its alumni and lessons lie with its successor.
    #[error("{run} was renewed by {by} already")]
    Renewed {
        /// The run that is over.
        run: RunId,
        /// The one that renews it.
        by: RunId,
    },
    /// A run like it is under way already, and it was to be alone.
    #[error("{run} is under way for {client} since {}: the same programme would run twice", since.strftime("%Y-%m-%d"))]
    UnderWay {
        /// The run that is under way.
        run: RunId,
        /// For whom.
        client: SmolStr,
        /// When it started.
        since: Timestamp,
    },
    /// The beginning of a hash fits several versions.
    #[error("'{name}' begins the hashes of several templates: {found}")]
    Ambiguous {
        /// What was asked for.
        name: SmolStr,
        /// The hashes that begin so, with their templates.
        found: String,
    },
    /// A run that renews none was started without something that it could have taken over.
    #[error("a run that renews no other is started with a {0}")]
    Missing(&'static str),
    /// A concern has nobody to go to.
    #[error("this run has no contact for concerns, so nobody would read it")]
    NobodyHears,
    /// The contact has more concerns before them than anybody can read.
    #[error("{0} concerns wait for the contact already, and no more are taken in")]
    ManyConcerns(usize),
    /// There is no such thing in the run.
    #[error("there is no {0} in this run")]
    NotInRun(SmolStr),
    /// No template of that name or hash is installed.
    #[error("no template '{name}' is installed; there is {known}")]
    NoTemplate {
        /// What was asked for.
        name: SmolStr,
        /// The names there are, or `none`.
        known: String,
    },
    /// A run pins a bundle that the store does not have.
    #[error("the bundle {0}, which the run pins, is not in the store")]
    NoBundle(BundleHash),
    /// A template has problems.
    #[error("the template can't be used: {}", first(.0))]
    Template(Vec<Diagnostic>),
    /// The core refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Answers that do not fit their survey.
    #[error("{} of the answers can't be taken", .0.len())]
    Answers(Vec<AnswerProblem>),
    /// A form whose answers are too many or too long.
    #[error("the answers have {found} bytes together, and {most} may be sent")]
    TooMuch {
        /// How many they may have.
        most: usize,
        /// How many they have.
        found: usize,
    },
    /// A draft of an anonymous form can't be kept without its author.
    #[error("this survey is anonymous, so answers can't be kept before they are handed in")]
    AnonymousDraft,
    /// Notes that can't be kept.
    #[error("the notes can't be kept: {}", .0.first().map(|problem| problem.what.as_str()).unwrap_or_default())]
    Notes(Vec<AnswerProblem>),
    /// Somebody else has written the notes since they were read.
    #[error("somebody has changed these notes: they are in version {version}, and you have seen {seen}")]
    NotesChanged {
        /// Which version there is.
        version: u32,
        /// Which one the writer had seen.
        seen: u32,
    },
    /// There is no draft, or not with that key.
    #[error("there is no draft with that key")]
    NoDraft,
    /// The logic of a survey did not do its part.
    #[error("the form can't be judged: {0}")]
    Plugin(#[from] PluginError),
    /// People who can't be taken in.
    #[error("the people can't be taken in: {}", in_short(.0))]
    People(Vec<RowError>),
    /// Somebody with that e-mail address takes part already.
    #[error("somebody with the e-mail address {email} is in this run already: {participant}")]
    AlreadyIn {
        /// The address.
        email: SmolStr,
        /// Who has it.
        participant: ParticipantId,
    },
    /// A text or name that is empty or beyond its limit.
    #[error("{what} must have 1 to {most} characters, and this has {found}")]
    Length {
        /// What it is.
        what: &'static str,
        /// How many it may have.
        most: usize,
        /// How many it has.
        found: usize,
    },
    /// An act that comes with a document was submitted as a bare input.
    #[error("{0} can't be submitted as a bare input: it comes with a document")]
    NeedsDocument(&'static str),
    /// A page was asked for with a cursor that no page gave.
    #[error("'{0}' is no cursor of this list")]
    BadCursor(SmolStr),
    /// An idempotency key that can't be one.
    #[error("an idempotency key has 1 to {0} visible ASCII characters")]
    BadKey(usize),
    /// A forecast goes on a number of times that makes no sense.
    #[error(
        "a run is forecast from 1 to {0} times at once, one that is amended half as often: more may exceed the time of a request"
    )]
    TooManyForecasts(u32),
    /// Surveys of other people's questions, and nobody says that their owner permits it.
    #[error("nothing says that the owner of the questions permits the survey {}", .0.join(", "))]
    Unpermitted(Vec<SmolStr>),
    /// A forecast took too long and was given up.
    #[error("the forecast was given up after {seconds} seconds: the run had gone on {made} of {times} times")]
    ForecastTooSlow {
        /// How many times the run had gone on; of an amendment, before or after it.
        made: u32,
        /// How many times were asked for.
        times: u32,
        /// How long a forecast may take.
        seconds: u64,
    },
    /// An idempotency key came before, with another request.
    #[error("the idempotency key '{0}' was used for another request")]
    KeyReused(SmolStr),
    /// Somebody has not completed the programme, so there is nothing to certify.
    #[error("{0} has not completed the programme: neither has a pair of theirs, nor is the run over with them in it")]
    NotCompleted(ParticipantId),
    /// A text of the template can't be written out for this run.
    #[error("{what} can't be written out: {why}")]
    Unwritten {
        /// What.
        what: SmolStr,
        /// Why not.
        why: String,
    },
    /// Others kept writing first.
    #[error("others kept changing {0}; it was decided {1} times and never written")]
    Contended(RunId, u32),
    /// What the store has of a run can't be read.
    #[error("the records of {run} can't be read: {what}")]
    Damaged {
        /// The run.
        run: SmolStr,
        /// What is wrong.
        what: String,
    },
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers: {0}")]
    Entropy(String),
}

fn first(diagnostics: &[Diagnostic]) -> String {
    diagnostics.first().map_or_else(String::new, |d| match d.labels.first() {
        Some(label) => format!("{}: {}", label.file, d.message),
        None => d.message.clone(),
    })
}

impl LiveError {
    /// The stable code that `turnabout explain` knows.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRun(_) => "live::no_run",
            Self::RunExists(_) => "live::run_exists",
            Self::NotOver(_) => "live::not_over",
            Self::Renewed { .. } => "live::renewed",
            Self::UnderWay { .. } => "live::under_way",
            Self::Ambiguous { .. } => "live::ambiguous",
            Self::Missing(_) => "live::missing",
            Self::NotInRun(_) => "run::unknown",
            Self::NobodyHears => "run::nobody_hears",
            Self::ManyConcerns(_) => "run::many_concerns",
            Self::NoTemplate { .. } => "live::no_template",
            Self::NoBundle(_) => "live::no_bundle",
            Self::Template(_) => "live::template",
            Self::Refused(refusal) => refusal.code(),
            Self::Answers(_) => "live::answers",
            Self::TooMuch { .. } => "live::too_much",
            Self::AnonymousDraft => "live::anonymous_draft",
            Self::Notes(_) => "live::notes",
            Self::NotesChanged { .. } => "live::notes_changed",
            Self::NoDraft => "live::no_draft",
            Self::Plugin(error) => error.fault.code(),
            Self::People(_) => "live::people",
            Self::AlreadyIn { .. } => "live::already_in",
            Self::Length { .. } => "live::length",
            Self::NeedsDocument(_) => "live::needs_document",
            Self::BadCursor(_) => "live::bad_cursor",
            Self::BadKey(_) => "live::bad_key",
            Self::TooManyForecasts(_) => "live::forecasts",
            Self::ForecastTooSlow { .. } => "live::forecast_too_slow",
            Self::Unpermitted(_) => "survey::no_permission",
            Self::KeyReused(_) => "live::key_reused",
            Self::NotCompleted(_) => "run::not_completed",
            Self::Unwritten { .. } => "live::unwritten",
            Self::Contended(..) => "live::contended",
            Self::Damaged { .. } => "live::damaged",
            Self::Store(error) => store_code(error),
            Self::Entropy(_) => "live::entropy",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoRun(_) => "List the runs and check the id.",
            Self::RunExists(_) => "Give the new run another id, or none.",
            Self::NotOver(_) => "Let it come to its end, or cancel it.",
            Self::Renewed { .. } => {
                "Go on in the successor: its alumni withdraw there, and it can be renewed in its turn."
            }
            Self::UnderWay { .. } => {
                "Go on with that one. To have a second one beside it, start it with --another (`another` in the API)."
            }
            Self::Ambiguous { .. } => "Write more of the hash.",
            Self::Missing(_) => "Name it, or the run that it renews.",
            Self::ManyConcerns(_) => "Write to the contact. They take in more once they have dealt with some.",
            Self::NobodyHears => "Tell the coordinator, or start the run with a contact for concerns.",
            Self::NotInRun(_) => "List what the run has and check the id.",
            Self::NoTemplate { .. } => "Install the template first, or name one that is there.",
            Self::NoBundle(_) => "Install the same version of the template again; the run then goes on.",
            Self::Template(_) => "Mend what is listed and check the template's folder with `turnabout check`.",
            Self::Refused(refusal) => refusal_hint(refusal),
            Self::Answers(_) => "Mend the answers that are listed; nothing was stored.",
            Self::TooMuch { .. } => "Shorten the longest answers.",
            Self::NotesChanged { .. } => "Read them again, put yours in, and send their version in If-Match.",
            Self::NoDraft => "Send the key that the first saving gave; whoever has lost it saves anew.",
            Self::Notes(_) => "Mend what is listed; nothing was stored.",
            Self::AnonymousDraft => "Keep them in the browser, and hand them in at once.",
            Self::Plugin(_) => {
                "What was to be handed in was not stored: keep it, and tell the coordinator, who finds the cause with `turnabout explain`."
            }
            Self::People(_) => "Mend the rows that are listed and import again; nobody was taken in.",
            Self::AlreadyIn { .. } => "Change that participant instead, or correct the address.",
            Self::Length { .. } => "Shorten it, or write something.",
            Self::NeedsDocument(_) => "Submit the act that carries the document.",
            Self::BadCursor(_) => "Pass the 'next' of the page before, or nothing for the first page.",
            Self::TooManyForecasts(_) => "Ask for a hundred; more say little more.",
            Self::Unpermitted(_) => {
                "Ask the owner, then say who agreed and when: as contacts.permissions.SURVEY (of an amendment: permissions.SURVEY), or under [permissions] in client.toml."
            }
            Self::ForecastTooSlow { .. } => "Ask for fewer, or again when the server has less to do.",
            Self::BadKey(_) => "Use for example a UUID.",
            Self::KeyReused(_) => "Use a new key for a new request; repeat a request only unchanged.",
            Self::NotCompleted(_) => "Wait until their pair has come to its end; who has left gets none.",
            Self::Unwritten { .. } => "Mend the text in the template, and check it with `turnabout check`.",
            Self::Contended(..) => "Nothing was written. Try again.",
            Self::Damaged { .. } => "Restore the run from a backup; other runs are not affected.",
            Self::Store(error) => store_hint(error),
            Self::Entropy(_) => "Check the machine's random number source.",
        }
    }

    /// Tells whether the store has stopped for good, so that the process has to end.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stopped(_)))
    }
}

/// The one thing that is wrong with a list of people, or how many rows and columns are.
fn in_short(errors: &[RowError]) -> String {
    match errors {
        [one] => one.to_string(),
        several => format!("{} errors in the list", several.len()),
    }
}

fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Conflict { .. } => "store::conflict",
        StoreError::RowExists { .. } => "store::row_exists",
        StoreError::Locked { .. } => "store::locked",
        StoreError::Damaged { .. } | StoreError::DamagedRow { .. } => "store::damaged",
        StoreError::Limit(_) => "store::limit",
        StoreError::Stopped(_) => "store::stopped",
    }
}

fn store_hint(error: &StoreError) -> &'static str {
    match error {
        StoreError::Conflict { .. } | StoreError::RowExists { .. } => "Nothing was written. Try again.",
        StoreError::Locked { .. } => "Stop the other process, or give this one a folder of its own.",
        StoreError::Damaged { .. } | StoreError::DamagedRow { .. } => {
            "The data on disk was changed or is damaged: restore it from a backup."
        }
        StoreError::Limit(_) => "Send less at once.",
        StoreError::Stopped(_) => "Look at the disk, then start the server again; what was acknowledged is there.",
    }
}

fn refusal_hint(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::AlreadyStarted | Refusal::NotStarted => "Look at the run's status first.",
        Refusal::Over(_) => "Start a new run that renews this one for what comes next.",
        Refusal::Unknown(_) => "List what the run has and check the id.",
        Refusal::Setting(SettingError::Unknown { .. }) => "Use one of the settings that the template has.",
        Refusal::Setting(_) => {
            "Write such a value. What each setting takes is in the template's programme.toml, and in GET /templates/TEMPLATE."
        }
        Refusal::TimeZone(_) => "Use a name of the IANA time zone database.",
        Refusal::NoProgramme => "Add `fn programme(settings)` to programme.rhai.",
        Refusal::TooManyParticipants(_) => "Start a second run for the others.",
        Refusal::Withdrawn(_) => "Add the person again to let them come back.",
        Refusal::AlreadySo { .. } => "Nothing needs to be done.",
        Refusal::NotInvited { .. } => "Name only people whom it is for.",
        Refusal::Gate { .. } => "Record the training first; without it the template does not let a pair meet.",
        Refusal::Unsigned { .. } => "Let both read and sign their agreement first.",
        Refusal::BadTime(_) => "Correct the time.",
        Refusal::NoSuchChoice { .. } => "Use one of the choices.",
        Refusal::MailboxFull(_) => "Wait until the script has taken some, or mend why it takes none.",
        Refusal::TooLarge(..) => "Send less: signals carry ids and small facts.",
        Refusal::Unkeepable(_) => "Send finite numbers, and no name that begins with $.",
        Refusal::NothingParked => "There is nothing to resume.",
        Refusal::NotPaused => "Nothing needs to be done: it goes on already.",
        Refusal::JournalFull(_) => "Cancel the run and start its successor.",
        Refusal::TooDeep(..) => "Send a plainer list or map: signals carry ids and small facts.",
        Refusal::RecordInstead => "Record who came, nobody if it did not take place, or cancel the session.",
        Refusal::NoLongerAsked(_) => "Nothing needs to be done; the script asks for another when it needs one.",
        Refusal::Outdated(_) => "Have it made again, of those who are free now, and publish that.",
        Refusal::Matching(error) => error.help(),
        Refusal::TooMany(..) => "Send fewer.",
        Refusal::Alumnus => "Note their consent in the run that they took part in, before it is renewed.",
        Refusal::NothingWaits(_) => {
            "Nothing needs to be sent. Look at the surveys and agreements of the run if you expected one."
        }
        Refusal::InPair(_) => "End the pair first, or let the person withdraw.",
        Refusal::TakesPart(_) => {
            "Let the person withdraw: nothing waits for them then, and nothing they were sent opens any more."
        }
        Refusal::Hindered(obstacle) => obstacle.help(),
        Refusal::WouldDiverge(_) => {
            "Nothing was changed. Look at it with --dry-run: it names the two steps and a mapping, if one mends it."
        }
        Refusal::PublishInstead => "Publish the proposal; the task closes by itself.",
    }
}
