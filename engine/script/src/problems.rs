//! From rhai's errors to the house's own: a code, a sentence, a place and a way out.

use crate::{
    ScriptLimits,
    call::{OUT_OF_OPERATIONS, OUT_OF_TIME, place},
};
use rhai::{EvalAltResult, Position};
use turnabout_core::verbs::{COMPOSITES, HELPERS, VerbSpec, Verbs, specs};
use turnabout_model::Problem;

/// Turns the error that ended an evaluation into the problem for which its journey is parked.
pub(crate) fn problem(error: &EvalAltResult, limits: &ScriptLimits, own: &Verbs) -> Problem {
    let (error, file, at) = innermost(error, None, Position::NONE);
    let (code, message, help) = describe(error, limits, own);
    Problem { code: code.into(), message, position: Some(place(file, at)), help }
}

/// The error itself, without the calls around it, and the file it is in.
fn innermost<'a>(
    error: &'a EvalAltResult,
    file: Option<&'a str>,
    at: Position,
) -> (&'a EvalAltResult, Option<&'a str>, Position) {
    let here = error.position();
    let at = if here.is_none() { at } else { here };
    match error {
        EvalAltResult::ErrorInFunctionCall(_, source, inner, _) => {
            let file = if source.is_empty() { file } else { Some(source.as_str()) };
            innermost(inner, file, at)
        }
        EvalAltResult::ErrorInModule(_, inner, _) => innermost(inner, file, at),
        _ => (error, file, at),
    }
}

fn describe(error: &EvalAltResult, limits: &ScriptLimits, own: &Verbs) -> (&'static str, String, Option<String>) {
    use EvalAltResult as E;
    match error {
        E::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split([' ', '(']).next().unwrap_or(signature);
            let known = is_verb(name, own);
            let message = if known {
                format!("{signature} does not fit: {name} takes other arguments")
            } else {
                format!("there is no verb or function {signature}")
            };
            let help = if known { usage(name, own) } else { did_you_mean(name, own) };
            (if known { "script::bad_argument" } else { "script::unknown_verb" }, message, help)
        }
        E::ErrorTooManyOperations(_) => too_many_operations(limits),
        E::ErrorTerminated(token, _) if token.as_int() == Ok(OUT_OF_OPERATIONS) => too_many_operations(limits),
        E::ErrorTerminated(token, _) if token.as_int() == Ok(OUT_OF_TIME) => (
            "script::deadline",
            format!("the script worked for more than {} ms without waiting", limits.work_ms),
            Some("Look for a loop over very large lists or texts.".into()),
        ),
        E::ErrorStackOverflow(_) => (
            "script::too_deep",
            format!("functions call each other more than {} levels deep", limits.call_levels),
            Some("Look for a function that calls itself without end.".into()),
        ),
        E::ErrorDataTooLarge(what, _) => (
            "script::too_large",
            format!("{what} in the script is too large"),
            Some(format!(
                "A text may have {} bytes, a list {} items, a map {} fields.",
                limits.string_bytes, limits.list_items, limits.map_fields
            )),
        ),
        E::ErrorPropertyNotFound(name, _) => (
            "script::unknown_field",
            format!("there is no '{name}' here"),
            Some("Look for a typo; what a verb returns stands in workflows/api/turnabout.d.rhai.".into()),
        ),
        E::ErrorModuleNotFound(module, _) => ("script::unknown_module", format!("there is no module {module}"), None),
        E::ErrorRuntime(value, _) => {
            ("script::error", value.clone().into_string().unwrap_or_else(|_| value.to_string()), None)
        }
        other => {
            let mut plain = other.to_string();
            // The place is reported by itself.
            if let Some(cut) = plain.rfind(" (line ") {
                plain.truncate(cut);
            }
            ("script::error", plain, Some(way_out(other).into()))
        }
    }
}

/// What to look for where rhai has no more to say than what happened.
fn way_out(error: &EvalAltResult) -> &'static str {
    use EvalAltResult as E;
    match error {
        E::ErrorMismatchDataType(..) => {
            "Another kind of value is wanted here. Between two branches, || ... and || ..., a comma may be missing."
        }
        E::ErrorArrayBounds(..) | E::ErrorStringBounds(..) => {
            "Ask for the length with len() first; the first place is 0."
        }
        E::ErrorIndexingType(..) | E::ErrorIndexNotFound(..) => {
            "Only lists, texts and maps have something at a place: look at what stands before the bracket or dot."
        }
        E::ErrorArithmetic(..) => "Look at the numbers: one may be zero, or the result too large.",
        E::ErrorFor(..) => "A for goes through a list: look at what stands after in.",
        _ => "Look at the values that meet here, and at what a verb returns in workflows/api/turnabout.d.rhai.",
    }
}

fn too_many_operations(limits: &ScriptLimits) -> (&'static str, String, Option<String>) {
    (
        "script::too_many_operations",
        format!("the script ran for more than {} operations without waiting", limits.operations),
        Some("Look for a loop that never ends, or let it wait with sleep(days(1)).".into()),
    )
}

fn verbs(own: &Verbs) -> impl Iterator<Item = VerbSpec> {
    specs().copied().chain(own.specs())
}

fn names(own: &Verbs) -> impl Iterator<Item = &'static str> {
    verbs(own).map(|spec| spec.name).chain(COMPOSITES.iter().map(|composite| composite.name)).chain(HELPERS)
}

pub(crate) fn is_verb(name: &str, own: &Verbs) -> bool {
    names(own).any(|known| known == name)
}

fn usage(name: &str, own: &Verbs) -> Option<String> {
    let (required, optional) = verbs(own)
        .find(|spec| spec.name == name)
        .map(|spec| (spec.required, spec.optional))
        .or_else(|| COMPOSITES.iter().find(|c| c.name == name).map(|c| (c.required, &[] as &[_])))?;
    let mut parts: Vec<String> = required.iter().map(|p| p.name.to_owned()).collect();
    parts.extend(optional.iter().map(|p| format!("{}?", p.name)));
    let lines: Vec<String> = required.iter().chain(optional).map(|p| format!("{} is {}", p.name, p.holds)).collect();
    Some(format!("{name}({}): {}.", parts.join(", "), lines.join("; ")))
}

fn did_you_mean(name: &str, own: &Verbs) -> Option<String> {
    let best = names(own).map(|known| (strsim::jaro_winkler(name, known), known)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.75).then(|| format!("Did you mean {}?", best.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rhai::{
        Engine,
        packages::{Package as _, StandardPackage},
    };

    #[test]
    fn every_error_of_the_language_comes_with_a_way_out() {
        let mut engine = Engine::new_raw();
        StandardPackage::new().register_into_engine(&mut engine);
        for (script, expect) in [
            ("let a = [1]; if a { 1 }", "a comma may be missing"),
            ("[1, 2][5]", "len()"),
            ("let a = true; a[0]", "lists, texts and maps"),
            ("1 / 0", "one may be zero"),
            ("let a = 5; for n in a { }", "goes through a list"),
        ] {
            let error = engine.eval::<rhai::Dynamic>(script).unwrap_err();
            assert!(way_out(&error).contains(expect), "{script}: {error:?}");
        }
    }
}
