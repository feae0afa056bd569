//! Compiling a template's scripts, and evaluating a compiled one.

use crate::{
    ScriptLimits,
    call::{Call, Known, is_suspension},
    closures::Closures,
    convert::to_dynamic,
    engine::{MAIN, build, within_limits},
    names,
    outline::{self, loops::Loop},
    problems,
};
use rhai::{
    AST, CallFnOptions, Dynamic, Engine, EvalAltResult, Module, ParseError, ParseErrorType, Scope,
    module_resolvers::StaticModuleResolver,
};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};
use turnabout_core::{
    bundle::Scripts,
    ports::{Outline, Program, ScriptCall, ScriptEnd, SharedProgram},
    replay::{Answer, Replay},
    verbs::Verbs,
};
use turnabout_model::Diagnostic;

/// Compiles Rhai scripts under one set of limits.
#[derive(Debug, Clone)]
pub struct RhaiScripts {
    limits: ScriptLimits,
    verbs: Verbs,
}

impl RhaiScripts {
    /// A compiler whose programs run under these limits.
    pub fn new(limits: ScriptLimits) -> Self {
        Self { limits, verbs: Verbs::default() }
    }

    /// Lets scripts call verbs beside the engine's.
    #[must_use]
    pub fn with_verbs(mut self, verbs: Verbs) -> Self {
        self.verbs = verbs;
        self
    }

    /// Compiles the shared modules, each under its path without the ending: `import "lib/sessions" as sessions;`.
    fn modules(
        &self,
        files: &BTreeMap<SmolStr, String>,
        found: &mut Found,
        problems: &mut Vec<Diagnostic>,
    ) -> StaticModuleResolver {
        let mut resolver = StaticModuleResolver::new();
        for (path, text) in files.iter().filter(|(path, _)| *path != MAIN) {
            // A module sees the modules that come before it by name.
            let mut engine = build(&self.limits, &self.verbs, resolver.clone());
            let Some(mut ast) = self.parse(&engine, path, text, problems) else { continue };
            ast.set_source(path.as_str());
            self.read(&mut engine, &ast, (path, text), found);
            match Module::eval_ast_as_new(Scope::new(), &ast, &engine) {
                Ok(module) => resolver.insert(path.trim_end_matches(".rhai"), module),
                Err(error) => problems.push(runtime_diagnostic(&error, path, text, self)),
            }
        }
        resolver
    }

    /// Reads a file that was compiled.
    fn read(&self, engine: &mut Engine, ast: &AST, (path, text): (&str, &str), found: &mut Found) {
        note_arities(ast, &mut found.arities);
        found.closures.read(engine, (path, text));
        outline::read(ast, path, text, &mut found.outline);
        found.loops.extend(outline::loops::read(ast, path, text, |name| problems::is_verb(name, &self.verbs)));
    }

    fn parse(&self, engine: &Engine, path: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Option<AST> {
        if text.len() > self.limits.script_bytes {
            let message =
                format!("the script has {} bytes; at most {} are allowed", text.len(), self.limits.script_bytes);
            problems.push(Diagnostic::error("script::too_large", message).at(path, 0..0, "this file"));
            return None;
        }
        match engine.compile(text) {
            Ok(ast) => Some(ast),
            Err(error) => {
                let at = bytes_at(text, error.position());
                problems.push(unreadable(&error, (path, text), at));
                None
            }
        }
    }
}

/// What to say of a script that can't be read.
fn unreadable(error: &ParseError, (path, text): (&str, &str), at: Range<usize>) -> Diagnostic {
    match error.err_type() {
        ParseErrorType::VariableUndefined(name) => {
            Diagnostic::error("script::unknown_variable", format!("there is no variable {name}"))
                .at(path, at.clone(), "not known here")
                .help(names::help(
                    name,
                    &names::variables(text, at.start),
                    "let it be something first: let NAME = ...;",
                ))
        }
        ParseErrorType::ModuleUndefined(name) => {
            Diagnostic::error("script::unknown_module", format!("nothing is imported as {name}"))
                .at(path, at, "not imported")
                .help(names::help(
                    name,
                    &names::aliases(text),
                    &format!("import it above: import \"lib/{name}\" as {name};"),
                ))
        }
        kind => Diagnostic::error("script::syntax", kind.to_string())
            .at(path, at, "here")
            .help("look here and just before: a bracket that is not closed, a comma or a semicolon that is missing"),
    }
}

/// What to say of imports of modules that are not there: one for each, with the nearest that is.
fn missing_modules(files: &BTreeMap<SmolStr, String>, problems: &mut [Diagnostic]) {
    let known: Vec<&str> =
        files.keys().filter(|path| *path != MAIN).map(|path| path.trim_end_matches(".rhai")).collect();
    for problem in
        problems.iter_mut().filter(|problem| problem.code == "script::unknown_module" && problem.help.is_none())
    {
        let Some(label) = problem.labels.first_mut() else { continue };
        let text = files.get(&label.file).map(String::as_str).unwrap_or_default();
        let named = text.get(label.bytes.start..).and_then(|rest| rest.split('"').nth(1)).unwrap_or_default();
        label.bytes.end = (label.bytes.start + named.len() + 2).min(text.len());
        problem.help = Some(names::help(named, &known, "put the module beside the template, as lib/NAME.rhai"));
    }
}

impl Scripts for RhaiScripts {
    fn compile(&self, files: &BTreeMap<SmolStr, String>) -> Result<SharedProgram, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut found = Found::default();
        let modules = self.modules(files, &mut found, &mut problems);
        let mut engine = build(&self.limits, &self.verbs, modules);
        let Some(text) = files.get(MAIN) else {
            problems.push(Diagnostic::error("script::missing", format!("the template has no {MAIN}")));
            return Err(problems);
        };
        let Some(mut ast) = self.parse(&engine, MAIN, text, &mut problems) else { return Err(problems) };
        ast.set_source(MAIN);
        self.read(&mut engine, &ast, (MAIN, text), &mut found);
        // The top of the script runs on every wake, so it must be free of verbs: it is tried here without a journal.
        if let Err(error) = within_limits(&self.limits, || engine.eval_ast::<Dynamic>(&ast)) {
            problems.push(runtime_diagnostic(&error, MAIN, text, self));
        }
        let functions: HashSet<(String, usize)> =
            ast.iter_functions().map(|function| (function.name.to_owned(), function.params.len())).collect();
        if !functions.contains(&("programme".to_owned(), 1)) {
            problems.push(
                Diagnostic::error("script::no_programme", "the script has no function programme(settings)")
                    .at(MAIN, 0..0, "in this file")
                    .help("Start with fn programme(settings) { ... }."),
            );
        }
        if problems.is_empty() {
            let (limits, verbs) = (self.limits, self.verbs.clone());
            let lines = function_lines(text);
            let Found { arities, closures, outline, loops } = found;
            let known = Arc::new(Known { arities, closures });
            return Ok(Arc::new(RhaiProgram { engine, ast, functions, lines, known, outline, loops, limits, verbs }));
        }
        missing_modules(files, &mut problems);
        Err(problems)
    }

    fn verbs(&self) -> Verbs {
        self.verbs.clone()
    }
}

/// The line on which each function of a script begins.
fn function_lines(text: &str) -> HashMap<String, u32> {
    let named = (1_u32..).zip(text.lines()).filter_map(|(number, line)| {
        let rest = line.trim_start().trim_start_matches("private ").strip_prefix("fn ")?;
        Some((rest.split('(').next()?.trim().to_owned(), number))
    });
    named.collect()
}

/// What was found in the files of a script before any of it runs.
#[derive(Default)]
struct Found {
    arities: HashMap<String, usize>,
    closures: Closures,
    outline: Outline,
    loops: Vec<Loop>,
}

fn note_arities(ast: &AST, arities: &mut HashMap<String, usize>) {
    for function in ast.iter_functions() {
        arities.insert(function.name.to_owned(), function.params.len());
    }
}

fn runtime_diagnostic(error: &EvalAltResult, path: &str, text: &str, under: &RhaiScripts) -> Diagnostic {
    let problem = problems::problem(error, &under.limits, &under.verbs);
    let at = problem.position.map_or(0..0, |position| {
        bytes_at(
            text,
            rhai::Position::new(
                position.line.try_into().unwrap_or(u16::MAX).max(1),
                position.column.try_into().unwrap_or(0),
            ),
        )
    });
    let diagnostic = Diagnostic::error(problem.code, problem.message).at(path, at, "here");
    match problem.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The bytes of the word at a position, for underlining.
fn bytes_at(text: &str, at: rhai::Position) -> std::ops::Range<usize> {
    let Some(line) = at.line() else { return text.len()..text.len() };
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let column = at.position().unwrap_or(1).saturating_sub(1);
    let offset = rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset);
    let begin = start + offset;
    let word: usize = text[begin..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
    begin..(begin + word.max(1)).min(text.len())
}

/// A compiled script.
struct RhaiProgram {
    engine: Engine,
    ast: AST,
    functions: HashSet<(String, usize)>,
    /// The line on which each function begins, for problems that no call has a place for.
    lines: HashMap<String, u32>,
    known: Arc<Known>,
    outline: Outline,
    /// Where an evaluation may have been that ran into a limit.
    loops: Vec<Loop>,
    limits: ScriptLimits,
    verbs: Verbs,
}

impl std::fmt::Debug for RhaiProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RhaiProgram").field("functions", &self.functions.len()).finish_non_exhaustive()
    }
}

impl Program for RhaiProgram {
    fn defines(&self, function: &str, parameters: usize) -> bool {
        self.functions.contains(&(function.to_owned(), parameters))
    }

    fn outline(&self) -> &Outline {
        &self.outline
    }

    fn run(&self, call: ScriptCall<'_>, replay: Replay) -> (Replay, ScriptEnd) {
        let arguments: Vec<Dynamic> = call.arguments.iter().map(to_dynamic).collect();
        let carried =
            Call::new(replay, Arc::clone(call.settings), call.run_started, call.zone.clone(), Arc::clone(&self.known));
        let options = CallFnOptions::new().with_tag(carried.clone());
        let result = within_limits(&self.limits, || {
            self.engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &self.ast, call.function, arguments)
        });
        let mut replay = carried.into_replay();
        let end =
            match result {
                Ok(returned) => self.finish(&call, &mut replay, &returned),
                Err(error) if is_suspension(&error) => ScriptEnd::Suspended,
                Err(error) => ScriptEnd::Failed(Box::new(replay.problem().cloned().unwrap_or_else(|| {
                    self.placed(problems::problem(&error, &self.limits, &self.verbs), call.function)
                }))),
            };
        (replay, end)
    }
}

impl RhaiProgram {
    /// A problem with the place that it most likely has, where rhai tells none: of a limit that ends an evaluation.
    fn placed(&self, mut problem: turnabout_model::Problem, function: &str) -> turnabout_model::Problem {
        if problem.position.as_ref().is_none_or(|at| at.line == 0) {
            problem.position = Some(match outline::loops::likely(&self.loops, &self.outline, function) {
                Some((file, at)) => crate::call::place(Some(file), at),
                None => turnabout_model::Position {
                    file: MAIN.into(),
                    line: self.lines.get(function).copied().unwrap_or(0),
                    column: 1,
                },
            });
        }
        problem
    }

    /// The function returned: it must have come past everything the journal has, and its value must be plain data.
    fn finish(&self, call: &ScriptCall<'_>, replay: &mut Replay, returned: &Dynamic) -> ScriptEnd {
        let position = turnabout_model::Position {
            file: MAIN.into(),
            line: self.lines.get(call.function).copied().unwrap_or(0),
            column: 1,
        };
        let failed = |code: &str, message: String| {
            let position = Some(position.clone());
            ScriptEnd::Failed(Box::new(turnabout_model::Problem { code: code.into(), message, position, help: None }))
        };
        if replay.finish(&position) == Answer::Stop
            && let Some(problem) = replay.problem()
        {
            return ScriptEnd::Failed(Box::new(problem.clone()));
        }
        match crate::convert::to_value(returned) {
            Ok(value) => ScriptEnd::Finished(value),
            Err(why) => {
                failed("script::bad_return", format!("{} returns a value that can't be kept: {why}", call.function))
            }
        }
    }
}
