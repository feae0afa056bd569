//! What of a script can ever run: the main function, the handlers, and all that they call or name.

use std::collections::BTreeSet;
use turnabout_core::{
    decide::HANDLERS,
    ports::{Argument, Call, Function, Outline, PROGRAMME},
};

/// The file that holds the main function.
pub(crate) const MAIN: &str = "programme.rhai";

/// The functions that can run, of all files.
pub(crate) struct Reach<'o> {
    /// In the order in which they were reached.
    pub functions: Vec<&'o Function>,
}

impl<'o> Reach<'o> {
    /// Follows every call from where the engine begins.
    pub(crate) fn of(outline: &'o Outline) -> Self {
        let begins = |function: &Function| {
            let name = function.name.as_str();
            let by_engine = function.parameters == 1 && (name == PROGRAMME || HANDLERS.contains(&name));
            name.is_empty() || (function.file == MAIN && by_engine)
        };
        let mut seen = BTreeSet::new();
        let mut next: Vec<usize> = (0..outline.functions.len()).filter(|at| begins(&outline.functions[*at])).collect();
        let mut functions = Vec::new();
        while let Some(at) = next.pop() {
            if !seen.insert(at) {
                continue;
            }
            let function = &outline.functions[at];
            functions.push(function);
            next.extend(
                (0..outline.functions.len()).filter(|other| leads_to(outline, function, &outline.functions[*other])),
            );
        }
        Self { functions }
    }

    /// Whether a function can run.
    pub(crate) fn has(&self, function: &Function) -> bool {
        self.functions.iter().any(|reached| std::ptr::eq(*reached, function))
    }

    /// Whether a text that can be come to is this name, or becomes it.
    pub(super) fn names(&self, name: &str) -> bool {
        self.functions.iter().flat_map(|function| &function.texts).any(|text| text.names(name))
    }

    /// Whether a field of this name is read.
    pub(super) fn reads(&self, field: &str) -> bool {
        self.functions.iter().any(|function| {
            // In brackets a field is a text: settings["length"].
            function.fields.contains(field) || function.texts.iter().any(|text| text.text == field)
        })
    }

    /// The calls of a verb, each with the file it stands in.
    pub(super) fn calls(&self, verb: &str) -> impl Iterator<Item = (&'o Function, &'o Call)> {
        let of = |function: &'o Function| function.calls.iter().map(move |call| (function, call));
        self.functions.iter().copied().flat_map(of).filter(move |(_, call)| call.name == verb && call.module.is_none())
    }
}

/// Whether a function calls another, or names it for `each`.
fn leads_to(outline: &Outline, from: &Function, to: &Function) -> bool {
    let calls = |call: &Call| {
        if call.name != to.name || call.arguments.len() != to.parameters {
            return false;
        }
        match &call.module {
            None => from.file == to.file,
            Some(alias) => outline.imports.iter().any(|import| {
                import.file == from.file
                    && import.alias == *alias
                    && to.file.strip_suffix(".rhai") == Some(import.module.as_str())
            }),
        }
    };
    let named = to.file == MAIN && from.texts.iter().any(|text| text.whole && text.text == to.name);
    from.calls.iter().any(calls) || named
}

/// The text that an argument is, if it stands there whole.
pub(crate) fn literal(argument: Option<&Argument>) -> Option<&str> {
    match argument {
        Some(Argument::Text(text)) if text.whole => Some(text.text.as_str()),
        _ => None,
    }
}
