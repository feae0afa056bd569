//! Agreements: the message that asks to sign one exists, and can say which.

use super::Sources;
use crate::{report::Report, suggest};
use turnabout_model::Diagnostic;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for (name, agreement) in sources.agreement_heads {
        let invitation = agreement.head.invitation.as_str();
        if sources.messages.contains(invitation) {
            continue;
        }
        let file = format!("agreements/{name}.hbs");
        let text = sources.texts.get(file.as_str()).copied().unwrap_or_default();
        // It stands in the front matter, unless it is the one that goes without saying.
        let at = text.find(&format!("\"{invitation}\"")).map_or(0..0, |start| start..start + invitation.len() + 2);
        report.push(
            Diagnostic::error("message::missing", format!("there is no message '{invitation}'"))
                .at(file, at, "no message asks people to sign this")
                .help(suggest::help(
                    invitation,
                    sources.messages.iter().copied(),
                    &format!("write messages/{invitation}.hbs"),
                )),
        );
    }
}
