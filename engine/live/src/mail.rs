//! Mail: the port through which messages leave.

use smol_str::SmolStr;

/// A message as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// An id that stays the same when the same message is delivered again, so that a mail server can tell.
    pub id: String,
    /// The recipient's name.
    pub to_name: String,
    /// The recipient's address.
    pub to_email: SmolStr,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Why a letter was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Try again later.
    #[error("not delivered for now: {0}")]
    Transient(String),
    /// It will never be delivered.
    #[error("can't be delivered: {0}")]
    Permanent(String),
}

/// Delivers letters. A call blocks until the letter was taken over or refused.
///
/// ```
/// # use std::{path::Path, sync::{Arc, Mutex, PoisonError}};
/// # use turnabout_core::limits::Limits;
/// # use turnabout_live::{Engine, LiveLimits, ManualClock, NewRun, Parts};
/// # use turnabout_model::ParticipantStatus;
/// # use turnabout_render::messages::MessageCheck;
/// # use turnabout_script::{RhaiScripts, ScriptLimits};
/// # use turnabout_store::MemoryStore;
/// # use turnabout_testkit::NoPlugins;
/// # let clock = ManualClock::at("2026-03-02T09:00:00Z".parse()?);
/// # let engine = Engine::new(Parts {
/// #     store: Arc::new(MemoryStore::new()),
/// #     rules: Arc::new(NoPlugins),
/// #     logics: Arc::new(NoPlugins),
/// #     scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
/// #     messages: Arc::new(MessageCheck),
/// #     clock: Arc::new(clock.clone()),
/// #     limits: Limits::standard(),
/// #     live: LiveLimits::standard(),
/// # })?;
/// # let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
/// # engine.install(turnabout_template::read_folder(&folder)?)?;
/// # let new = NewRun { template: "small".into(), client: "acme".into(), ..NewRun::default() };
/// # let run = engine.start(new, None, |decision| decision.after.run.id.clone())?.answer.expect("it has started");
/// # let people = "role,name,email,topics\nmentor,Amara Diaz,amara@example.org,careers\n";
/// # engine.import(&run, people.as_bytes(), ParticipantStatus::Accepted, None)?;
/// # engine.advance(&clock, "2026-03-20T09:00:00Z".parse()?)?;
/// use turnabout_live::{Letter, Letters, Mail, MailError};
///
/// /// A post room: letters lie in pigeonholes, and nothing leaves the house.
/// #[derive(Default)]
/// struct PostRoom(Mutex<Vec<Letter>>);
///
/// impl Mail for PostRoom {
///     fn send(&self, letter: Letter) -> Result<(), MailError> {
///         if !letter.to_email.ends_with("@example.org") {
///             return Err(MailError::Permanent(format!("{} is not of this house", letter.to_email)));
///         }
///         let mut lying = self.0.lock().unwrap_or_else(PoisonError::into_inner);
///         // A letter may come again under its id: it lies here once.
///         if lying.iter().all(|known| known.id != letter.id) {
///             lying.push(letter);
///         }
///         Ok(())
///     }
/// }
///
/// let room = PostRoom::default();
/// let delivered = engine.deliver(&room, &Letters::new())?;
/// let lying = room.0.lock().unwrap_or_else(PoisonError::into_inner);
/// assert_eq!((delivered.sent, delivered.failed), (lying.len(), 0));
/// assert!(lying.iter().all(|letter| letter.to_name == "Amara Diaz"));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait Mail: Send + Sync {
    /// Hands a letter over.
    fn send(&self, letter: Letter) -> Result<(), MailError>;
}

/// Writes a message out when it is sent, with the data of the person it goes to.
///
/// ```
/// # use std::{path::Path, sync::{Arc, Mutex, PoisonError}};
/// # use turnabout_core::limits::Limits;
/// # use turnabout_live::{Engine, LiveLimits, ManualClock, NewRun, Parts};
/// # use turnabout_model::ParticipantStatus;
/// # use turnabout_render::messages::MessageCheck;
/// # use turnabout_script::{RhaiScripts, ScriptLimits};
/// # use turnabout_store::MemoryStore;
/// # use turnabout_testkit::NoPlugins;
/// # let clock = ManualClock::at("2026-03-02T09:00:00Z".parse()?);
/// # let engine = Engine::new(Parts {
/// #     store: Arc::new(MemoryStore::new()),
/// #     rules: Arc::new(NoPlugins),
/// #     logics: Arc::new(NoPlugins),
/// #     scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
/// #     messages: Arc::new(MessageCheck),
/// #     clock: Arc::new(clock.clone()),
/// #     limits: Limits::standard(),
/// #     live: LiveLimits::standard(),
/// # })?;
/// # let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
/// # engine.install(turnabout_template::read_folder(&folder)?)?;
/// # let new = NewRun { template: "small".into(), client: "acme".into(), ..NewRun::default() };
/// # let run = engine.start(new, None, |decision| decision.after.run.id.clone())?.answer.expect("it has started");
/// # let people = "role,name,email,topics\nmentor,Amara Diaz,amara@example.org,careers\n";
/// # engine.import(&run, people.as_bytes(), ParticipantStatus::Accepted, None)?;
/// # engine.advance(&clock, "2026-03-20T09:00:00Z".parse()?)?;
/// # use turnabout_live::{Mail, MailError as NotSent};
/// # #[derive(Default)]
/// # struct PostRoom(Mutex<Vec<Letter>>);
/// # impl Mail for PostRoom {
/// #     fn send(&self, letter: Letter) -> Result<(), NotSent> {
/// #         self.0.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
/// #         Ok(())
/// #     }
/// # }
/// use turnabout_core::run::Message;
/// use turnabout_live::{Compose, Letter, Letters, MailError, Snapshot};
///
/// /// The engine's own letters, with what the house puts under each.
/// struct OnPaper(Letters);
///
/// impl Compose for OnPaper {
///     fn compose(&self, of: Snapshot<'_>, message: &Message) -> Result<Letter, MailError> {
///         let mut letter = self.0.compose(of, message)?;
///         letter.text.push_str("\n-- \nThe people team, room 12\n");
///         Ok(letter)
///     }
/// }
///
/// let room = PostRoom::default();
/// engine.deliver(&room, &OnPaper(Letters::new()))?;
/// let letters = room.0.lock().unwrap_or_else(PoisonError::into_inner);
/// assert!(!letters.is_empty() && letters.iter().all(|letter| letter.text.ends_with("room 12\n")));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait Compose: Send + Sync {
    /// Writes a message of a run, or says why it can't be written.
    fn compose(&self, of: crate::Snapshot<'_>, message: &turnabout_core::run::Message) -> Result<Letter, MailError>;
}
