//! The messages of a template: `messages/NAME.hbs`, plain text with variables.
//!
//! ```text
//! +++
//! subject = "{{session.title}}: {{session.starts}}"
//! stale_after = "1 day"
//! +++
//! Dear {{recipient.name}},
//!
//! {{#if (eq recipient.role "mentor")}}You lead the conversation.{{else}}You listen.{{/if}}
//! ```
//!
//! The variables are those of [`MessageData`]. Beside them a message has `{{#if}}`, `{{#unless}}`, `{{else}}`, the tests
//! `eq`, `ne`, `and`, `or`, `not` within a condition, and comments `{{! so }}`. Everything else of handlebars is refused
//! when the message is checked: partials, raw output, loops and helpers that look around. Output is plain text and is not
//! escaped.

mod agreement;
mod book;
mod check;
mod data;
mod engine;
mod file;
mod links;
mod record;
mod variables;
mod write;

pub use agreement::AgreementData;
pub use book::{MessageBook, RenderError, Rendered};
pub use check::MessageCheck;
pub use data::{
    About, AgreementFacts, Contact, Listener, MessageData, PauseFacts, Person, ProgrammeFacts, SessionFacts,
    SurveyFacts, lessons, moment,
};
pub use variables::variables;

pub use record::{RecordFacts, TookPart};

#[cfg(test)]
mod tests;
