//! Waivers: lints that do not apply to a template, each with its reason.

use super::{Evidence, Finding, Lint, ethics::SPECIAL_WEIGHS, lints};
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
            && !may_find_more(code, evidence)
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

/// Whether a lint may find something that the files alone do not show: what a rule reads whose settings do not name it, its
/// component says (`rules.rs`).
fn may_find_more(code: &str, evidence: &Evidence<'_>) -> bool {
    let mut rules = evidence.programme.matching.values().flat_map(|plan| &plan.rules);
    code == SPECIAL_WEIGHS
        && evidence.programme.attributes.values().any(|attribute| attribute.special)
        && rules.any(|rule| rule.weight > 0.0)
}

fn advice(at: Node<'_>, code: &'static str, message: String) -> Diagnostic {
    Diagnostic { severity: Severity::Advice, ..at.warning(code, message, "this waiver").help("remove it") }
}
