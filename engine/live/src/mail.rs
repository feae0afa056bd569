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
pub trait Mail: Send + Sync {
    /// Hands a letter over.
    fn send(&self, letter: Letter) -> Result<(), MailError>;
}

/// Writes a message out when it is sent, with the data of the person it goes to.
pub trait Compose: Send + Sync {
    /// Writes a message of a run, or says why it can't be written.
    fn compose(&self, of: crate::Snapshot<'_>, message: &turnabout_core::run::Message) -> Result<Letter, MailError>;
}
