//! What becomes of a function's parameters: `hold_for_all(name, people)` hands its name on to `hold`, so whoever calls it with
//! a name that is not there is wrong, and not the module.

use super::takes::{Takes, of_verb};
use std::collections::BTreeMap;
use turnabout_core::ports::{Argument, Call, Function, Outline};

/// What each parameter of the functions has to be, where that is plain. A function is known by its place in the outline.
pub(super) struct Flows<'o> {
    outline: &'o Outline,
    takes: BTreeMap<(usize, usize), Takes>,
}

impl<'o> Flows<'o> {
    /// Follows parameters from verb to caller, however far.
    pub(super) fn of(outline: &'o Outline) -> Self {
        let mut flows = Self { outline, takes: BTreeMap::new() };
        // Every round finds at least one parameter more, or it is the last.
        loop {
            let before = flows.takes.len();
            for place in 0..outline.functions.len() {
                flows.follow(place);
            }
            if flows.takes.len() == before {
                return flows;
            }
        }
    }

    fn follow(&mut self, place: usize) {
        let function = &self.outline.functions[place];
        // Whoever asks what it was given takes several things.
        if function.calls.iter().any(|call| call.name == "type_of") {
            return;
        }
        for call in function.calls.iter().filter(|call| !call.method) {
            for (argument, takes) in call.arguments.iter().zip(self.taken(function, call)) {
                let Argument::Variable(name) = argument else { continue };
                let parameter = function.names.iter().position(|parameter| parameter == name);
                if let (Some(parameter), Some(takes)) = (parameter, takes.filter(|takes| *takes != Takes::Anything)) {
                    self.takes.entry((place, parameter)).or_insert(takes);
                }
            }
        }
    }

    /// What a call takes at each of its places, as far as that is known.
    pub(super) fn taken(&self, from: &Function, call: &Call) -> Vec<Option<Takes>> {
        if let Some(called) = self.called(from, call) {
            let places = 0..call.arguments.len();
            return places.map(|parameter| self.takes.get(&(called, parameter)).copied()).collect();
        }
        let takes = if call.module.is_none() && !self.is_own(from, call) { of_verb(&call.name) } else { None };
        takes.unwrap_or_default().iter().map(|takes| Some(*takes)).collect()
    }

    /// The function that is called.
    fn called(&self, from: &Function, call: &Call) -> Option<usize> {
        let file = self.file_of(from, call)?;
        self.outline.functions.iter().position(|function| {
            function.file == file && function.name == call.name && function.parameters == call.arguments.len()
        })
    }

    /// The functions that a call can mean by its name; nothing if it is a verb, or of a module that is not known.
    pub(super) fn candidates(&self, from: &Function, call: &Call) -> Option<Vec<&'o Function>> {
        let file = self.file_of(from, call)?;
        let of_file =
            self.outline.functions.iter().filter(|function| function.file == file && !function.name.is_empty());
        let all: Vec<&Function> = of_file.collect();
        (call.module.is_some() || self.is_own(from, call)).then_some(all)
    }

    fn is_own(&self, from: &Function, call: &Call) -> bool {
        self.outline.functions.iter().any(|function| function.file == from.file && function.name == call.name)
    }

    /// The file in which what is called stands.
    pub(super) fn file_of(&self, from: &Function, call: &Call) -> Option<String> {
        let Some(alias) = &call.module else { return Some(from.file.to_string()) };
        let imports = self.outline.imports.iter().find(|import| import.file == from.file && import.alias == *alias);
        let file = imports.map(|import| format!("{}.rhai", import.module))?;
        self.outline.functions.iter().any(|function| function.file == file).then_some(file)
    }
}
