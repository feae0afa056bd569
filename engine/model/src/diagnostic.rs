//! What is wrong with a template or an input, where, and what to do.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::ops::Range;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It works, and there is something better.
    Advice,
    /// It works, and will probably hurt someone.
    Warning,
    /// It does not work.
    Error,
}

/// A piece of source text that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file, as the template names it.
    pub file: SmolStr,
    /// The bytes of it to underline.
    pub bytes: Range<usize>,
    /// What to write under them.
    pub text: String,
}

/// One problem: a stable code, what is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable code that `turnabout explain` knows, for example `script::unknown_verb`.
    pub code: SmolStr,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error with a code and a sentence.
    pub fn error(code: impl Into<SmolStr>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code: code.into(), message: message.into(), labels: Vec::new(), help: None }
    }

    /// A warning with a code and a sentence.
    pub fn warning(code: impl Into<SmolStr>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Adds the text to underline.
    #[must_use]
    pub fn at(mut self, file: impl Into<SmolStr>, bytes: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { file: file.into(), bytes, text: text.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
