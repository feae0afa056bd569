//! Functions that nothing calls: handlers of what never happens, handlers that can't be called, and what is left over.

use super::{
    Sources,
    reach::{MAIN, Reach},
};
use crate::{report::Report, suggest};
use turnabout_core::{decide::HANDLERS, ports::PROGRAMME};
use turnabout_model::{Diagnostic, Severity};

pub(crate) fn check(sources: &Sources<'_>, report: &mut Report) {
    let Some(outline) = sources.outline else { return };
    let reach = Reach::of(outline);
    // Shared modules may have what this template does not need.
    for function in outline.functions.iter().filter(|function| function.file == MAIN && !reach.has(function)) {
        let name = function.name.as_str();
        let at = |found: Diagnostic, label: &str| found.at(MAIN, function.bytes.clone(), label);
        if HANDLERS.contains(&name) {
            let message = format!("{name} takes {} parameters, and is called with one", function.parameters);
            report.push(
                at(Diagnostic::error("script::handler_parameters", message), "never called like this")
                    .help(format!("write fn {name}({})", parameter(name))),
            );
        } else if name == PROGRAMME {
            // That it takes other than one parameter keeps it from compiling, and is said there.
        } else if name.starts_with("on_") {
            let help = match suggest::closest(name, HANDLERS) {
                Some(meant) => format!("did you mean '{meant}'? Else call it from the script"),
                None => format!("there is {}; else call it from the script", suggest::list(&HANDLERS)),
            };
            let message = format!("nothing ever calls {name}: no such thing happens in a run");
            let found = Diagnostic::warning("script::unknown_handler", message);
            report.push(at(found, "never called").help(help));
        } else {
            let found = Diagnostic::warning("script::never_called", format!("nothing calls {name}"));
            let found = Diagnostic { severity: Severity::Advice, ..found };
            report.push(at(found, "never called").help("remove it, or call it"));
        }
    }
}

/// What a handler's parameter is called.
fn parameter(handler: &str) -> &'static str {
    match handler {
        "on_withdrawn" => "leaver",
        "on_concern" => "concern",
        _ => "pair",
    }
}
