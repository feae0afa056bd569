//! The messages of one bundle, compiled: one book serves all its runs.

use super::{AgreementData, MessageData, agreement, check, engine, links, write::Bounded};
use crate::limits::{MAX_BODY_BYTES, MAX_SUBJECT_CHARS};
use handlebars::{Handlebars, RenderErrorReason};
use serde::Serialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{AgreementHead, Diagnostic, MessageHead};

/// The messages of one bundle, compiled.
#[derive(Debug)]
pub struct MessageBook {
    heads: BTreeMap<SmolStr, MessageHead>,
    agreements: BTreeMap<SmolStr, AgreementHead>,
    registry: Handlebars<'static>,
}

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject: one line.
    pub subject: String,
    /// The body: plain text.
    pub body: String,
}

/// Why a message could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The bundle has no message of that name.
    #[error("the template has no message '{0}'")]
    Unknown(SmolStr),
    /// The bundle has no agreement of that name.
    #[error("the template has no agreement '{0}'")]
    UnknownAgreement(SmolStr),
    /// The message shows something that it is not about.
    #[error(
        "the message '{message}' shows {variable}, which is not known here; put it between {{{{#if}}}} and {{{{/if}}}}"
    )]
    Missing {
        /// The message.
        message: SmolStr,
        /// The variable, if handlebars names it.
        variable: String,
    },
    /// A value brought a line break into the subject.
    #[error("the subject of '{0}' has a line break in it")]
    SubjectBreak(SmolStr),
    /// The subject is too long.
    #[error("the subject of '{0}' is longer than {MAX_SUBJECT_CHARS} characters")]
    SubjectTooLong(SmolStr),
    /// The body is too long.
    #[error("the message '{0}' is longer than {MAX_BODY_BYTES} bytes")]
    TooLong(SmolStr),
    /// A value brought a link that is not `https`.
    #[error("the message '{message}' has a link that is not https: {link}")]
    Link {
        /// The message.
        message: SmolStr,
        /// The link's start.
        link: String,
    },
    /// Something else, in the words of the renderer.
    #[error("the message '{message}' can't be rendered: {why}")]
    Failed {
        /// The message.
        message: SmolStr,
        /// What the renderer says.
        why: String,
    },
}

impl MessageBook {
    /// Compiles the messages among a template's files, or reports every problem of all of them.
    pub fn compile(files: &TemplateFiles) -> Result<Self, Vec<Diagnostic>> {
        let mut book = Self { heads: BTreeMap::new(), agreements: BTreeMap::new(), registry: engine::registry() };
        let mut problems = Vec::new();
        for (path, bytes) in files {
            let Some((folder, name)) = path.strip_suffix(".hbs").and_then(|path| path.split_once('/')) else {
                continue;
            };
            if !["messages", "agreements"].contains(&folder) {
                continue;
            }
            let Ok(text) = std::str::from_utf8(bytes) else {
                problems.push(Diagnostic::error("message::not_text", format!("{path} is not UTF-8 text")));
                continue;
            };
            if folder == "agreements" {
                match agreement::parse(path, text) {
                    Ok(parsed) => {
                        book.registry.register_template(&title_of(name), parsed.title);
                        book.registry.register_template(&agreed_in(name), parsed.body);
                        book.agreements.insert(name.into(), parsed.head);
                    }
                    Err(found) => problems.extend(found),
                }
                continue;
            }
            match check::parse(path, text) {
                Ok(parsed) => {
                    book.registry.register_template(&subject_of(name), parsed.subject);
                    book.registry.register_template(&body_of(name), parsed.body);
                    book.heads.insert(name.into(), parsed.head);
                }
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(book) } else { Err(problems) }
    }

    /// The front matter of an agreement.
    pub fn agreement_head(&self, name: &str) -> Option<&AgreementHead> {
        self.agreements.get(name)
    }

    /// The front matter of a message.
    pub fn head(&self, name: &str) -> Option<&MessageHead> {
        self.heads.get(name)
    }

    /// The names of the messages, in order.
    pub fn names(&self) -> impl Iterator<Item = &SmolStr> {
        self.heads.keys()
    }

    /// Renders a message. The same message and data give the same text.
    pub fn render(&self, name: &str, data: &MessageData) -> Result<Rendered, RenderError> {
        if !self.heads.contains_key(name) {
            return Err(RenderError::Unknown(name.into()));
        }
        let subject = self.text(name, &subject_of(name), data)?;
        // A header with a line break is two headers.
        if subject.chars().any(char::is_control) {
            return Err(RenderError::SubjectBreak(name.into()));
        }
        if subject.chars().count() > MAX_SUBJECT_CHARS {
            return Err(RenderError::SubjectTooLong(name.into()));
        }
        let body = self.text(name, &body_of(name), data)?;
        for text in [&subject, &body] {
            // The engine's own links are trusted: on one's own machine they are http.
            let text = data.own_links().fold(text.clone(), |text, link| text.replace(link, ""));
            plain_links(name, &text)?;
        }
        Ok(Rendered { subject, body })
    }

    /// Renders an agreement: its title as the subject, its text as the body.
    pub fn agreement(&self, name: &str, data: &AgreementData) -> Result<Rendered, RenderError> {
        if !self.agreements.contains_key(name) {
            return Err(RenderError::UnknownAgreement(name.into()));
        }
        let subject = self.text(name, &title_of(name), data)?;
        let body = self.text(name, &agreed_in(name), data)?;
        plain_links(name, &subject)?;
        plain_links(name, &body)?;
        Ok(Rendered { subject, body })
    }

    fn text(&self, name: &str, template: &str, data: &impl Serialize) -> Result<String, RenderError> {
        let mut text = Bounded::new(MAX_BODY_BYTES);
        match self.registry.render_to_write(template, data, &mut text) {
            Ok(()) => Ok(text.text()),
            Err(_) if text.full => Err(RenderError::TooLong(name.into())),
            Err(error) => Err(match error.reason() {
                RenderErrorReason::MissingVariable(variable) => RenderError::Missing {
                    message: name.into(),
                    variable: variable.as_ref().map_or("something".into(), |variable| format!("'{variable}'")),
                },
                // A test such as `eq` over something that is not there.
                RenderErrorReason::ParamNotFoundForIndex(..) => {
                    RenderError::Missing { message: name.into(), variable: "something in a condition".into() }
                }
                reason => RenderError::Failed { message: name.into(), why: reason.to_string() },
            }),
        }
    }
}

fn plain_links(name: &str, text: &str) -> Result<(), RenderError> {
    let Some(bad) = links::find_bad(text) else { return Ok(()) };
    let link = text[bad.start..].split_whitespace().next().unwrap_or_default().chars().take(60).collect();
    Err(RenderError::Link { message: name.into(), link })
}

// No message's name has a space, so that these names are apart.
fn subject_of(name: &str) -> String {
    format!("{name} subject")
}

fn body_of(name: &str) -> String {
    format!("{name} body")
}

fn title_of(name: &str) -> String {
    format!("{name} title")
}

fn agreed_in(name: &str) -> String {
    format!("{name} agreement")
}
