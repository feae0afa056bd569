//! Gates name sessions of the diary.

use super::Sources;
use crate::{report::Report, suggest};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let sessions = sources.names("sessions");
    for (_, gate) in sources.manifest.entries_of("gates") {
        for node in gate.items() {
            let Some(name) = node.text().filter(|name| !sessions.contains(name)) else { continue };
            report.push(
                node.error(
                    "gate::unknown_session",
                    format!("the diary has no session '{name}'"),
                    "nobody could pass this gate",
                )
                .help(suggest::help(
                    name,
                    sessions.iter().copied(),
                    &format!("add a section [sessions.{name}]"),
                )),
            );
        }
    }
}
