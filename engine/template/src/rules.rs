//! What the rules of a template's plans say themselves of what the plans set: asked of the plugins, before anybody is matched.

use crate::{
    audit::ethics::{self, SPECIAL_WEIGHS, named_by},
    document::{Document, Node},
    report::Report,
    suggest,
};
use smol_str::SmolStr;
use turnabout_core::{
    bundle::Bundle,
    matching::HOST_COLUMNS,
    ports::{PluginFault, RuleDescription, Rules, ScoreRequest, Table},
};
use turnabout_model::{AttributeKind, Column, Diagnostic, RuleUse};

/// Asks every rule of a bundle whether it can use its settings, and looks whether the attributes that they name are there. A rule
/// that is not installed is passed by: who loads the bundle says so.
///
/// A rule that reads an attribute which nobody has finds everyone alike, and would say nothing for a whole year.
pub fn check_rules(bundle: &Bundle, rules: &(impl Rules + ?Sized)) -> Vec<Diagnostic> {
    let text = bundle.files.get("programme.toml").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let document = Document::parse("programme.toml", &text, &mut Report::default());
    let nobody = nobody(bundle);
    let mut found = Vec::new();
    for (name, plan) in &bundle.programme.matching {
        let written = document.root().get("matching").and_then(|plans| plans.get(name));
        let written = written.map(|plan| plan.items_of("rules")).unwrap_or_default();
        for (used, node) in plan.rules.iter().zip(written) {
            let Ok(plugin) = bundle.pinned(&used.plugin) else { continue };
            let Ok(description) = rules.describe(&plugin) else { continue };
            found.extend(weighs(bundle, used, &description, node));
            let unknown = unknown(bundle, used, &description, node);
            let is_known = unknown.is_empty();
            found.extend(unknown);
            let request =
                ScoreRequest { plugin: &plugin, settings: &used.settings, mentors: &nobody, mentees: &nobody };
            if is_known && let Err(error) = rules.score(request) {
                found.extend(refused(used, &error.fault, node));
            }
        }
    }
    found
}

/// The attributes that a rule's settings name and that the template does not have.
fn unknown(bundle: &Bundle, used: &RuleUse, description: &RuleDescription, node: Node<'_>) -> Vec<Diagnostic> {
    let reads = description.mentor_attributes.iter().chain(&description.mentee_attributes);
    let mut settings: Vec<&str> = reads.filter_map(|read| read.name.strip_prefix('{')?.strip_suffix('}')).collect();
    settings.sort_unstable();
    settings.dedup();
    let known = || bundle.programme.attributes.keys().map(SmolStr::as_str).chain(HOST_COLUMNS);
    let wrong = settings.into_iter().filter_map(|setting| {
        let name = used.settings.get(setting)?.as_str()?;
        if name.is_empty() || known().any(|known| known == name) {
            return None;
        }
        let place = node.get("settings").and_then(|settings| settings.get(setting)).unwrap_or(node);
        let message = format!("the rule '{}' reads '{name}', which is no attribute of this template", used.plugin);
        let help = suggest::help(name, known(), "declare it under [attributes]");
        Some(place.error("matching::unknown_attribute", message, "nobody has it").help(help))
    });
    wrong.collect()
}

/// A rule that weighs special-category data which its settings do not name: only its component says that it reads it. What they
/// name, the audit has seen.
fn weighs(bundle: &Bundle, used: &RuleUse, description: &RuleDescription, node: Node<'_>) -> Option<Diagnostic> {
    let programme = &bundle.programme;
    let waived = programme.waivers.iter().any(|waiver| waiver.lint == SPECIAL_WEIGHS);
    if waived || used.weight <= 0.0 || named_by(used, programme).is_some() {
        return None;
    }
    let special = |name: &&str| programme.attributes.get(*name).is_some_and(|attribute| attribute.special);
    let (message, help) = ethics::weighs(used, description.reads(&used.settings).find(special)?);
    let help = format!("{help}; or waive it with a reason in [[waivers]]");
    Some(node.warning(SPECIAL_WEIGHS, message, "the standard: ethics").help(help))
}

/// What a rule says to settings that it can't use. A host that is busy says nothing about them.
fn refused(used: &RuleUse, fault: &PluginFault, node: Node<'_>) -> Option<Diagnostic> {
    let place = node.get("settings").unwrap_or(node);
    let why = match fault {
        PluginFault::Declared(why) => why,
        PluginFault::Exception(_) => {
            let message = format!("the rule '{}' {fault}", used.plugin);
            let help =
                "it was asked with these settings about nobody, who may be all there is on a side: mend the plugin";
            return Some(place.error(fault.code(), message, "asked with this").help(help));
        }
        _ => return None,
    };
    let message = format!("the rule '{}' can't use what the plan sets: {why}", used.plugin);
    let help = "its documentation lists its settings; for those that come with Turnabout it is plugins/NAME/settings.schema.json";
    Some(place.error("matching::settings", message, "set here").help(help))
}

/// A side of a matching without anybody, with a column for each attribute.
fn nobody(bundle: &Bundle) -> Table {
    let columns = bundle.programme.attributes.iter().map(|(name, attribute)| {
        let column = match attribute.kind {
            AttributeKind::Number => Column::Number(Vec::new()),
            AttributeKind::Category => Column::Category(Vec::new()),
            AttributeKind::Set => Column::Set(Vec::new()),
        };
        (name.clone(), column)
    });
    Table { columns: columns.collect(), ..Table::default() }
}
