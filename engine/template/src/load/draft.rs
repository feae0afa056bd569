//! What of a bundle with errors can be rehearsed all the same, so that what only a rehearsal finds is told at once.

use crate::layout::{self, Place};
use std::collections::BTreeSet;
use turnabout_core::bundle::Bundle;
use turnabout_model::{Diagnostic, Severity};

/// A bundle whose errors stop no run: they lie in texts, surveys and rehearsals that can be read, or in what the audit says. A
/// rehearsal with an error of its own is left out. Otherwise why not, one clause.
pub(super) fn of(bundle: Option<Bundle>, found: &[Diagnostic]) -> Result<Bundle, String> {
    let errors = || found.iter().filter(|found| found.severity == Severity::Error);
    let mut broken = BTreeSet::new();
    for error in errors() {
        let Some(label) = error.labels.first() else { return Err(format!("of this: {}", error.message)) };
        let file = label.file.as_str();
        match layout::place(file) {
            Place::Message(_) | Place::Agreement(_) | Place::Survey(_) | Place::Words(_) | Place::Document => {}
            Place::Rehearsal(name) => drop(broken.insert(name)),
            Place::Manifest if ["audit::", "waiver::"].iter().any(|lint| error.code.starts_with(lint)) => {}
            Place::Manifest | Place::Script | Place::Plugin(_) | Place::Unknown => {
                return Err(format!("a run depends on what is wrong in {file}"));
            }
        }
    }
    let mut bundle = bundle.ok_or("the files make no programme")?;
    for path in bundle.files.keys() {
        let is_read = match layout::place(path) {
            Place::Survey(name) => bundle.surveys.contains_key(name),
            Place::Message(name) => bundle.messages.contains_key(name),
            Place::Agreement(name) => bundle.agreements.contains_key(name),
            _ => true,
        };
        if !is_read {
            return Err(format!("a run may need {path}, which can't be read as it is"));
        }
    }
    bundle.rehearsals.retain(|name, _| !broken.contains(name.as_str()));
    if bundle.rehearsals.is_empty() {
        return Err("there is no rehearsal that can be used as it is".into());
    }
    Ok(bundle)
}
