//! Agreements: `agreements/NAME.hbs`, plain text with variables, one text for the two who sign it.
//!
//! ```text
//! +++
//! title = "How {{mentor.name}} and {{mentee.name}} work together"
//! invitation = "agreement"
//! +++
//! What we say stays between us.
//! ```
//!
//! An agreement is written as a message is. Since both read the same text, it shows no recipient, and what comes and goes
//! with the day a message leaves has no place in it: [`VARIABLES`] is the whole list.

use super::{
    check,
    data::{About, Contact, MessageData, ProgrammeFacts},
    file::{Front, Line},
};
use serde::Serialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use toml::de::DeValue;
use turnabout_model::{AgreementHead, Diagnostic, Value};

const EXAMPLE: &str =
    "an agreement starts with a line +++, then `title = \"...\"`, then another line +++, then the text";

/// Everything that an agreement can show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementData {
    /// The two who sign: `pair`, `mentor.name`, `mentee.name`.
    #[serde(flatten)]
    pub about: About,
    /// The programme: `programme.summary`, `programme.template`, `programme.organisation`.
    pub programme: ProgrammeFacts,
    /// Who runs it: `coordinator.name`, `coordinator.email`.
    pub coordinator: Contact,
    /// Whom to tell when something is wrong: `contact.name`, `contact.email`.
    pub contact: Contact,
    /// The settings of the run: `settings.NAME`.
    #[serde(serialize_with = "super::data::settings")]
    pub settings: BTreeMap<SmolStr, Value>,
}

impl From<MessageData> for AgreementData {
    fn from(data: MessageData) -> Self {
        let MessageData { about, programme, coordinator, contact, settings, .. } = data;
        Self { about, programme, coordinator, contact: contact.who, settings }
    }
}

/// The groups of variables that an agreement can show, `pair` among them.
pub(super) const VARIABLES: [&str; 7] = ["pair", "mentor", "mentee", "programme", "coordinator", "contact", "settings"];

/// An agreement that can be rendered.
pub(super) struct Parsed {
    pub head: AgreementHead,
    pub title: handlebars::Template,
    pub body: handlebars::Template,
}

/// Parses and checks an agreement, or reports every problem.
pub(super) fn parse(file: &str, text: &str) -> Result<Parsed, Vec<Diagnostic>> {
    let mut front = Front::read(file, text, "agreement", EXAMPLE)?;
    let (mut title, mut invitation) = (None, None);
    front.each(|front, key, value, at| match (key, value) {
        ("title", DeValue::String(text)) if text.trim().is_empty() || text.chars().any(char::is_control) => {
            front.wrong("agreement::title", "a title is one line that says something", &at.value, EXAMPLE);
        }
        ("title", DeValue::String(text)) => title = Some(front.line(text, &at.value)),
        ("invitation", DeValue::String(text)) => invitation = Some(SmolStr::new(text)),
        ("title" | "invitation", _) => {
            front.wrong("message::wrong_type", "this has to be text", &at.value, "put it in quotes: \"like this\"");
        }
        (other, _) => {
            let message = format!("an agreement has no key '{other}'");
            front.unknown_key(message, &at.key, "there is 'title' and 'invitation'");
        }
    });
    front.needs("title", "agreement::title", "the agreement has no title");
    if front.body().trim().is_empty() {
        let end = text.len();
        let empty = Diagnostic::error("agreement::empty", "the agreement says nothing");
        let help = "write what the two agree on: what stays between them, what they leave out, how they end it";
        let mut problems = front.into_problems();
        problems.push(empty.at(file, end..end, "the text is missing").help(help));
        return Err(problems);
    }
    let Some(Line { text: said, at, is_literal }) = title.filter(|_| front.is_sound()) else {
        return Err(front.into_problems());
    };
    let (title, body) = check::templates(file, text, (&said, at, is_literal), front.body_at, Some(&VARIABLES))?;
    let head = AgreementHead { title: said, invitation: invitation.unwrap_or(AgreementHead::INVITATION) };
    Ok(Parsed { head, title, body })
}
