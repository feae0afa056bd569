//! Gates name sessions of the diary, and agreements.

use super::Sources;
use crate::{report::Report, suggest};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let sessions = sources.names("sessions");
    let agreements: Vec<&str> = sources.agreements.iter().copied().collect();
    for (gate, names) in sources.manifest.entries_of("gates") {
        let signed = gate == "meet_signed";
        let known = if signed { &agreements } else { &sessions };
        for node in names.items() {
            let Some(name) = node.text().filter(|name| !known.contains(name)) else { continue };
            let (code, message, otherwise) = if signed {
                let otherwise = format!("write agreements/{name}.hbs");
                ("gate::unknown_agreement", format!("the template has no agreement '{name}'"), otherwise)
            } else {
                let otherwise = format!("add a section [sessions.{name}]");
                ("gate::unknown_session", format!("the diary has no session '{name}'"), otherwise)
            };
            let help = suggest::help(name, known.iter().copied(), &otherwise);
            report.push(node.error(code, message, "nobody could pass this gate").help(help));
        }
    }
}
