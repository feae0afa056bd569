//! Waivers: lints that do not apply to a template, each with its reason.

use super::{Evidence, Finding, Lint, lints};
use crate::{document::Node, report::Report, suggest};
use std::collections::BTreeSet;
use turnabout_model::{Diagnostic, Severity};

/// Checks the waivers and returns the lints they silence; without `found` the template was not judged.
pub(super) fn check<'e>(
    evidence: &'e Evidence<'_>,
    found: Option<&[(&Lint, Finding)]>,
    report: &mut Report,
) -> BTreeSet<&'e str> {
    let mut waived = BTreeSet::new();
    let nodes = evidence.manifest.items_of("waivers");
    for (waiver, node) in evidence.programme.waivers.iter().zip(nodes) {
        let code = waiver.lint.as_str();
        let at = node.get("lint").unwrap_or(node);
        if !lints().any(|lint| lint.code == code) {
            report.push(
                at.error("waiver::unknown_lint", format!("the audit has no lint '{code}'"), "unknown lint")
                    .help(suggest::help(code, lints().map(|lint| lint.code), "")),
            );
        } else if !waived.insert(code) {
            report.push(advice(at, "waiver::twice", format!("'{code}' is waived twice")));
        } else if evidence.program.is_some()
            && found.is_some_and(|found| !found.iter().any(|(lint, _)| lint.code == code))
        {
            // Without a compiled script the audit has not seen everything.
            report.push(advice(
                at,
                "waiver::unneeded",
                format!("nothing needs this waiver: '{code}' finds nothing here"),
            ));
        }
    }
    waived
}

fn advice(at: Node<'_>, code: &'static str, message: String) -> Diagnostic {
    Diagnostic { severity: Severity::Advice, ..at.warning(code, message, "this waiver").help("remove it") }
}
