//! Vetoes of a template that a client's own list of rules leaves out, in silence otherwise.

use crate::{
    document::{Document, Node},
    report::Report,
};
use toml::{Table, Value};
use turnabout_model::Diagnostic;

/// Warns, of a client's `changes.toml`, where its list of rules takes the place of the template's and leaves out a rule with
/// weight 0: that rule only vetoes.
pub(super) fn dropped(changes: &str, manifest: &Table) -> Vec<Diagnostic> {
    let mut report = Report::default();
    // What is no TOML is told by whoever lays the changes over the manifest.
    let document = Document::parse("changes.toml", changes, &mut Report::default());
    for (name, plan) in document.root().entries_of("matching") {
        let Some(rules) = plan.get("rules") else { continue };
        for plugin in vetoes(manifest, name) {
            let here = |rule: &Node<'_>| rule.text_of("plugin") == Some(plugin);
            if rules.items().iter().any(here) {
                continue;
            }
            let message =
                format!("the plan '{name}' of the template vetoes by '{plugin}', and this list leaves that out");
            report
                .push(rules.warning("client::veto_dropped", message, "takes the place of all its rules").help(format!(
                "add the rule '{plugin}' again, or leave `rules` out: [matching.{name}.retune.PLUGIN] changes one rule \
                 of the template, and [[matching.{name}.add]] adds one"
            )));
        }
    }
    report.finish()
}

/// The plugins by which a plan of the template only vetoes.
fn vetoes<'m>(manifest: &'m Table, plan: &str) -> Vec<&'m str> {
    let rules = manifest.get("matching").and_then(|plans| plans.get(plan)).and_then(|plan| plan.get("rules"));
    let zero = |rule: &&Value| match rule.get("weight") {
        Some(Value::Integer(weight)) => *weight == 0,
        Some(Value::Float(weight)) => weight.abs() < f64::EPSILON,
        _ => false,
    };
    let rules = rules.and_then(Value::as_array).into_iter().flatten().filter(zero);
    let mut plugins: Vec<&str> = rules.filter_map(|rule| rule.get("plugin").and_then(Value::as_str)).collect();
    plugins.sort_unstable();
    plugins.dedup();
    plugins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_veto_that_a_list_leaves_out_is_named() {
        let manifest = "[matching.lived]\nrules = [{ plugin = \"topics\", weight = 1.0 }, \
            { plugin = \"line\", weight = 0 }, { plugin = \"unlike\", weight = 0.0 }]\n";
        let found = |changes: &str| -> Vec<String> {
            let found = dropped(changes, &manifest.parse().unwrap());
            found.into_iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
        };
        let short = "[matching.lived]\nrules = [{ plugin = \"line\", weight = 1.0 }]\n";
        let expect =
            "client::veto_dropped the plan 'lived' of the template vetoes by 'unlike', and this list leaves that out";
        assert_eq!(found(short), [expect]);
        assert!(found("[matching.lived]\nsolver = \"elected\"\n").is_empty());
        assert!(found("[matching.ours]\nrules = []\n").is_empty());
        assert!(found("[matching.lived.retune.line]\nweight = 0.5\n").is_empty());
    }
}
