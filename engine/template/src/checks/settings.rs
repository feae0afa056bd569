//! Settings: their defaults within their own bounds, and values given for them.

use super::Sources;
use crate::{
    document::{self, Node},
    report::Report,
    shapes, suggest,
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Setting, SettingError, SettingKind, Value};

/// The settings that are sound in themselves, silently: what is wrong with the others is reported elsewhere.
pub(super) fn sound(manifest: Node<'_>) -> BTreeMap<&str, Setting> {
    let mut ignored = Report::default();
    let entries = manifest.entries_of("settings").into_iter();
    entries
        .filter_map(|(name, node)| {
            let sound = document::check(node, &shapes::SETTING, &mut ignored);
            sound.then(|| node.read(&mut ignored)).flatten().map(|setting: Setting| (name, setting))
        })
        .collect()
}

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for (name, node) in sources.manifest.entries_of("settings") {
        let Some(setting) = sources.settings.get(name) else { continue };
        if is_crossed(setting) {
            report.push(
                node.get("least")
                    .unwrap_or(node)
                    .error(
                        "setting::bounds",
                        format!("the least value of '{name}' is more than the most"),
                        "more than `most`",
                    )
                    .help("exchange the two"),
            );
        } else if let Err(error) = setting.accept(name, &setting.default_value()) {
            report.push(
                node.get("default")
                    .unwrap_or(node)
                    .error("setting::default", format!("the default does not fit: {error}"), "outside its own bounds")
                    .help("change the default or the bounds"),
            );
        }
    }
}

/// Tells whether no value at all can fit.
fn is_crossed(setting: &Setting) -> bool {
    match setting {
        SettingKind::Integer { least: Some(least), most: Some(most), .. } => least > most,
        SettingKind::Number { least: Some(least), most: Some(most), .. } => least > most,
        _ => false,
    }
}

/// Checks values given for settings and returns those that are accepted.
pub(crate) fn accept_all<'s>(
    given: Option<Node<'_>>,
    setting: impl Fn(&str) -> Option<&'s Setting>,
    known: &[&str],
    report: &mut Report,
) -> BTreeMap<SmolStr, Value> {
    let mut accepted = BTreeMap::new();
    for (name, node) in given.map(Node::entries).unwrap_or_default() {
        if !known.contains(&name) {
            report.push(
                node.key_error("setting::unknown", format!("the template has no setting '{name}'"), "unknown setting")
                    .help(suggest::help(name, known.iter().copied(), "this template has no settings")),
            );
            continue;
        }
        let value = node.json().and_then(|json| Value::try_from(json).ok());
        // A broken setting or an unreadable value has been reported where it stands.
        let (Some(setting), Some(value)) = (setting(name).filter(|setting| !is_crossed(setting)), value) else {
            continue;
        };
        match setting.accept(name, &value) {
            Ok(value) => {
                accepted.insert(name.into(), value);
            }
            Err(error) => {
                let help = match &error {
                    SettingError::Bounds { bounds, .. } => format!("write {bounds}"),
                    SettingError::Kind { expected, .. } => format!("write {expected}"),
                    SettingError::Unknown { known, .. } => format!("there is {known}"),
                };
                report.push(node.error("setting::value", error.to_string(), "this value").help(help));
            }
        }
    }
    accepted
}
