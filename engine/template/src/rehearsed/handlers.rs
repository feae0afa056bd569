//! Handlers that no rehearsal of the template's own runs: nothing is expected of what they do.

use super::{About, Played};
use turnabout_core::decide::HANDLERS;
use turnabout_model::{Diagnostic, JourneyCause, Severity};

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let ran = |handler: &str| {
        let journeys = played.iter().flat_map(|played| &played.rehearsed.run.journeys);
        journeys.into_iter().any(|journey| journey.cause == JourneyCause::Handler && journey.function == handler)
    };
    let never = HANDLERS.into_iter().filter(|handler| about.bundle.program.defines(handler, 1) && !ran(handler));
    let told = never.filter_map(|handler| {
        let functions = &about.bundle.program.outline().functions;
        let function = functions.iter().find(|function| function.name == handler && function.parameters == 1)?;
        let message = format!("no rehearsal of the template's own runs {handler}");
        let found = Diagnostic::warning("rehearsal::handler_never_run", message)
            .at(function.file.clone(), function.bytes.clone(), "only the check has tried it")
            .help(format!("let it happen in one, {}, and say with [[expect]] what must come of it", lets(handler)));
        Some(Diagnostic { severity: Severity::Advice, ..found })
    });
    told.collect()
}

/// What lets a handler run in a rehearsal.
fn lets(handler: &str) -> &'static str {
    match handler {
        "on_concern" => "as [[concerns]] with after = \"20 weeks\"",
        "on_withdrawn" => "as [[withdrawals]] with role = \"mentor\" and after = \"20 weeks\"",
        _ => "as [[declines]] with role = \"mentee\" and after = \"20 weeks\"",
    }
}
