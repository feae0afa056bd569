//! The audit: the programme against the field's practice, as named lints that a template can waive with a reason.
//!
//! The six groups are the core standards of EMCC's International Standards for Mentoring and Coaching Programmes
//! (ISMCP). A lint judges only what a template shows; what people do with it, no file can tell. `[[waivers]]` silences a
//! lint with a reason; an unknown lint there is an error, a waiver that nothing needs is advice.

mod administration;
pub(crate) mod ethics;
mod matching;
mod measurement;
mod purpose;
mod training;
mod waivers;

use crate::{checks::MAIN, document::Node, report::Report};
use smol_str::SmolStr;
use std::{collections::BTreeMap, fmt, ops::Range};
use turnabout_core::{bundle::Agreement, ports::Program};
use turnabout_model::{Diagnostic, Label, MessageHead, Programme, RehearsalPlan, SessionKind, Severity, Survey};

/// One of the six core standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Clarity of purpose.
    Purpose,
    /// Training and briefing of both roles.
    Training,
    /// Selection and matching, with a way to unwind.
    Matching,
    /// Measurement and review, or a reasoned refusal.
    Measurement,
    /// Ethics, confidentiality and a contact outside.
    Ethics,
    /// Administration: reminders, support, records, closing.
    Administration,
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Purpose => "purpose",
            Self::Training => "training",
            Self::Matching => "matching",
            Self::Measurement => "measurement",
            Self::Ethics => "ethics",
            Self::Administration => "administration",
        })
    }
}

/// A lint of the audit.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// Its code, which a waiver names.
    pub code: &'static str,
    /// The standard it stands for.
    pub standard: Standard,
    /// Advice or a warning, never an error.
    pub severity: Severity,
    /// What it looks for, and why, in a sentence or two.
    pub why: &'static str,
    /// Looks at a template.
    pub(crate) find: fn(&Evidence<'_>) -> Option<Finding>,
}

/// Every lint, standard by standard.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    [purpose::LINTS, training::LINTS, matching::LINTS, measurement::LINTS, ethics::LINTS, administration::LINTS]
        .into_iter()
        .flatten()
}

/// What the audit sees of a template.
pub(crate) struct Evidence<'t> {
    /// The manifest as written, for places.
    pub manifest: Node<'t>,
    /// The manifest as read.
    pub programme: &'t Programme,
    /// The compiled script, unless it does not compile.
    pub program: Option<&'t dyn Program>,
    /// The surveys that can be read.
    pub surveys: &'t BTreeMap<SmolStr, Survey>,
    /// The messages that can be read.
    pub messages: &'t BTreeMap<SmolStr, MessageHead>,
    /// The agreements that can be read.
    pub agreements: &'t BTreeMap<SmolStr, Agreement>,
    /// The rehearsals that can be read.
    pub rehearsals: &'t BTreeMap<SmolStr, RehearsalPlan>,
}

impl Evidence<'_> {
    /// The sessions of one of these kinds, by name.
    fn sessions_of(&self, kinds: &[&str]) -> impl Iterator<Item = (&SmolStr, &SessionKind)> {
        self.programme.sessions.iter().filter(move |(_, session)| kinds.contains(&session.kind.as_str()))
    }

    /// Whether the script has a handler; a script that does not compile gets the benefit of the doubt.
    fn handles(&self, function: &str, parameters: usize) -> bool {
        self.program.is_none_or(|program| program.defines(function, parameters))
    }

    /// Whether a handler of the script does anything at all, as far as it can be read.
    fn does_something(&self, handler: &str) -> bool {
        let functions = self.program.map(|program| program.outline().functions.as_slice()).unwrap_or_default();
        let mut own = functions.iter().filter(|function| function.file == MAIN && function.name == handler);
        own.next().is_none_or(|function| !function.calls.is_empty())
    }

    /// The bytes of a key of the manifest, or of a section of it; its first line if there is none.
    fn place(&self, path: &[&str]) -> Range<usize> {
        let mut node = self.manifest;
        for key in path {
            let Some(next) = node.get(key) else { break };
            node = next;
        }
        if node.key_span() == (0..0) {
            return self.manifest.get("name").map_or(0..0, Node::span);
        }
        node.span()
    }
}

/// What a lint found.
pub(crate) struct Finding {
    /// What is missing, in a sentence.
    message: String,
    /// The bytes of the manifest to underline.
    at: Range<usize>,
    /// What to do.
    help: String,
}

impl Finding {
    fn new(message: impl Into<String>, at: Range<usize>, help: impl Into<String>) -> Self {
        Self { message: message.into(), at, help: help.into() }
    }
}

/// Audits a template. One that has errors is not judged: a mistyped name would look like a missing practice.
pub(crate) fn check(evidence: &Evidence<'_>, sound: bool, report: &mut Report) {
    let found = sound.then(|| {
        let found = lints().filter_map(|lint| (lint.find)(evidence).map(|finding| (lint, finding)));
        found.collect::<Vec<(&Lint, Finding)>>()
    });
    let waived = waivers::check(evidence, found.as_deref(), report);
    for (lint, finding) in found.unwrap_or_default() {
        if waived.contains(lint.code) {
            continue;
        }
        report.push(Diagnostic {
            severity: lint.severity,
            code: SmolStr::new_static(lint.code),
            message: finding.message,
            labels: vec![Label {
                file: evidence.manifest.file().clone(),
                bytes: finding.at,
                text: format!("the standard: {}", lint.standard),
            }],
            help: Some(format!("{}; or waive it with a reason in [[waivers]]", finding.help)),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_has_a_code_of_its_own_and_every_standard_has_lints() {
        let codes: std::collections::BTreeSet<_> = lints().map(|lint| lint.code).collect();
        assert_eq!(codes.len(), lints().count());
        for lint in lints() {
            assert!(lint.code.starts_with("audit::") && lint.severity < Severity::Error, "{}", lint.code);
            assert!(lint.why.ends_with('.'), "{}", lint.code);
        }
    }
}
