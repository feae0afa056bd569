//! Calls of functions that are not there, or that take another number of arguments.

use super::{At, flows::Flows, takes};
use crate::suggest;
use turnabout_core::ports::Function;
use turnabout_model::Diagnostic;

pub(super) fn check(at: At<'_>, flows: &Flows<'_>) -> Vec<Diagnostic> {
    match flows.candidates(at.function, at.call) {
        Some(all) => function(at, &all),
        None => verb(at).into_iter().collect(),
    }
}

/// A function of the script's own or of a module.
fn function(at: At<'_>, all: &[&Function]) -> Vec<Diagnostic> {
    let call = at.call;
    let named: Vec<&&Function> = all.iter().filter(|function| function.name == call.name).collect();
    let given = call.arguments.len();
    if named.iter().any(|function| function.parameters == given) {
        return Vec::new();
    }
    let module = call.module.as_ref().map(|alias| format!("{alias}::")).unwrap_or_default();
    let found = match named.first() {
        None => {
            let file = all.first().map_or_else(|| at.function.file.clone(), |function| function.file.clone());
            let message = format!("{file} has no function {}", call.name);
            let help = suggest::help(&call.name, all.iter().map(|function| function.name.as_str()), "it has none");
            at.error("script::unknown_function", message, call.bytes.clone(), help)
        }
        Some(function) => {
            let takes = function.parameters;
            let message = format!("{module}{} takes {}, and is given {given}", call.name, arguments(takes));
            let help = format!("write {module}{}({})", call.name, function.names.join(", "));
            at.error("script::bad_argument", message, call.bytes.clone(), help)
        }
    };
    vec![found]
}

/// A verb of the engine's.
fn verb(at: At<'_>) -> Option<Diagnostic> {
    let call = at.call;
    if call.module.is_some() {
        return None;
    }
    let (required, optional) = takes::named(&call.name)?;
    let (least, given) = (required.len(), call.arguments.len());
    let most = least + optional.len();
    if (least..=most).contains(&given) {
        return None;
    }
    let takes = if least == most { arguments(least) } else { format!("{least} to {most} arguments") };
    let message = format!("{} takes {takes}, and is given {given}", call.name);
    let names = required.iter().map(|name| (*name).to_owned()).chain(optional.iter().map(|name| format!("{name}?")));
    let help = format!("write {}({})", call.name, names.collect::<Vec<_>>().join(", "));
    Some(at.error("script::bad_argument", message, call.bytes.clone(), help))
}

fn arguments(count: usize) -> String {
    match count {
        0 => "no argument".into(),
        1 => "1 argument".into(),
        _ => format!("{count} arguments"),
    }
}
