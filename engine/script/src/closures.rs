//! What the closures of a script say, wherever they stand: so that a branch is known again when its neighbours change.

use crate::{call::place, convert::to_value, outline};
use rhai::{Dynamic, Engine, FnPtr, OptimizationLevel};
use std::{collections::HashMap, sync::Arc};
use turnabout_core::replay::{BranchText, Captured, Written};
use turnabout_model::Position;

/// How much of a closure is shown to people, in characters.
const SHOWN: usize = 60;

/// The closures of a script and its modules, by the name that rhai gives them.
#[derive(Debug, Default)]
pub(crate) struct Closures(HashMap<String, Arc<BranchText>>);

impl Closures {
    /// Adds the closures of a file.
    ///
    /// The file is parsed once more, as it is written: what rhai has optimised no longer knows where its closures stand. Their
    /// names are the same, since they come from the parser.
    pub(crate) fn read(&mut self, engine: &mut Engine, (file, text): (&str, &str)) {
        engine.set_optimization_level(OptimizationLevel::None);
        let parsed = engine.compile(text);
        engine.set_optimization_level(OptimizationLevel::Simple);
        let Ok(ast) = parsed else { return };
        for (name, at, start) in outline::closures(&ast, text) {
            let (code, length) = code_of(&text[start..]);
            let shown = shown(&text[start..start + length]);
            self.0.insert(name, Arc::new(BranchText { code, shown, position: place(Some(file), at) }));
        }
    }

    /// A branch as it is given to a verb that was called at `at`.
    pub(crate) fn written(&self, body: &FnPtr, at: &Position) -> Written {
        let text = self.0.get(body.fn_name()).map_or_else(|| Arc::new(named(body.fn_name(), at)), Arc::clone);
        let captured = body.iter_curry().map(|captured| self.captured(captured)).collect();
        Written { text, captured }
    }

    fn captured(&self, captured: &Dynamic) -> Captured {
        let captured = captured.flatten_clone();
        if let Some(function) = captured.read_lock::<FnPtr>() {
            let name = function.fn_name();
            return Captured::Code(self.0.get(name).map_or_else(|| name.to_owned(), |text| text.code.clone()));
        }
        to_value(&captured).map_or_else(|_| Captured::Code(format!("{captured:?}")), Captured::Value)
    }
}

/// A function that is given by its name.
fn named(name: &str, at: &Position) -> BranchText {
    BranchText { code: name.to_owned(), shown: name.to_owned(), position: at.clone() }
}

/// A closure at the start of a text: its code without comments and white space, and how many bytes it takes.
fn code_of(text: &str) -> (String, usize) {
    let mut code = String::new();
    let (mut at, mut end, mut depth, mut bars) = (0, 0, 0_usize, 0);
    let mut block = None;
    let mut after_word = false;
    while let Some((piece, kind)) = next(&text[at..]) {
        at += piece.len();
        if kind == Kind::Nothing {
            continue;
        }
        if bars < 2 {
            bars += usize::from(piece == "|");
        } else {
            let in_block = *block.get_or_insert(piece == "{");
            match piece {
                "(" | "[" | "{" => depth += 1,
                "," | ";" | ")" | "]" | "}" if depth == 0 => break,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            if in_block && depth == 0 {
                code.push_str(piece);
                end = at;
                break;
            }
        }
        if after_word && kind == Kind::Word {
            code.push(' ');
        }
        after_word = kind == Kind::Word;
        code.push_str(piece);
        end = at;
    }
    (code, end)
}

/// What a piece of a script is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// White space or a comment.
    Nothing,
    /// A word or a number.
    Word,
    /// A text, or a mark of one character.
    Mark,
}

/// The first piece of a text.
fn next(text: &str) -> Option<(&str, Kind)> {
    let first = text.chars().next()?;
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let run = |of: &dyn Fn(char) -> bool| text.find(|c| !of(c)).unwrap_or(text.len());
    let (length, kind) = match first {
        c if c.is_whitespace() => (run(&char::is_whitespace), Kind::Nothing),
        c if word(c) => (run(&word), Kind::Word),
        '/' if text.starts_with("//") => (text.find('\n').unwrap_or(text.len()), Kind::Nothing),
        '/' if text.starts_with("/*") => (length_of_comment(text), Kind::Nothing),
        '"' | '\'' => (length_of_text(text, first), Kind::Mark),
        '`' => (length_of_template(text), Kind::Mark),
        '#' => (length_of_raw(text), Kind::Mark),
        c => (c.len_utf8(), Kind::Mark),
    };
    Some((&text[..length], kind))
}

/// Comments nest.
fn length_of_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn length_of_text(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == mark {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// A text in back quotes, with code in it between `${` and `}`.
fn length_of_template(text: &str) -> usize {
    let mut at = 1;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('`') {
            return at + 1;
        }
        if rest.starts_with("${") {
            at += 2;
            let mut depth = 1_usize;
            while let Some((piece, _)) = next(&text[at..]).filter(|_| depth > 0) {
                at += piece.len();
                match piece {
                    "{" | "#{" => depth += 1,
                    "}" => depth -= 1,
                    _ => {}
                }
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// A raw text, `#"..."#` with as many marks before as after it; else the mark alone.
fn length_of_raw(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('#').len();
    let Some(inside) = text[marks..].strip_prefix('"') else { return 1 };
    let end = format!("\"{}", &text[..marks]);
    inside.find(&end).map_or(text.len(), |at| marks + 1 + at + end.len())
}

/// How a closure begins, on one line.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    format!("{}...", line.chars().take(SHOWN - 3).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ScriptLimits, engine::build};
    use rhai::{Module, Scope, module_resolvers::StaticModuleResolver};
    use turnabout_core::verbs::Verbs;

    #[test]
    fn a_closure_is_its_code_as_far_as_it_goes() {
        for (text, code, rest) in [
            ("|| sleep(weeks(1)), || x", "||sleep(weeks(1))", ", || x"),
            ("||sleep( weeks(1) /* a, b */ ) ]", "||sleep(weeks(1))", " ]"),
            ("|n| { a(n); // }\n b }, c", "|n|{a(n);b}", ", c"),
            ("|a, b| a + b)", "|a,b|a+b", ")"),
            ("|| if x { 1 } else { 2 }, 3", "||if x{1}else{2}", ", 3"),
            ("|| say(\"a, ] \\\" b\", 'c'), 1", "||say(\"a, ] \\\" b\",'c')", ", 1"),
            ("|| say(`x ${f(\"}\", #{a: 1})} ]`), 1", "||say(`x ${f(\"}\", #{a: 1})} ]`)", ", 1"),
            ("|| say(#\"a\" ]\"#), 1", "||say(#\"a\" ]\"#)", ", 1"),
            ("|| each(all, \"f\")", "||each(all,\"f\")", ""),
        ] {
            let (read, length) = code_of(text);
            assert_eq!((read.as_str(), &text[length..]), (code, rest), "{text}");
        }
    }

    /// What the closures that `f` of a module gives say, as a running script has them.
    #[test]
    fn a_closure_of_a_module_is_known_when_it_runs_though_rhai_has_folded_its_list() {
        let text = "fn f() { let all = 1; [[|| 1, || 2 + 3, |n| n], [|| all + 1, || [ || 4 ]]] }";
        let (limits, verbs) = (ScriptLimits::standard(), Verbs::default());
        let mut engine = build(&limits, &verbs, StaticModuleResolver::new());
        let mut closures = Closures::default();
        closures.read(&mut engine, ("lib/x.rhai", text));
        let module = Module::eval_ast_as_new(Scope::new(), &engine.compile(text).unwrap(), &engine).unwrap();
        let mut resolver = StaticModuleResolver::new();
        resolver.insert("lib/x", module);
        let engine = build(&limits, &verbs, resolver);
        let all = engine.eval::<rhai::Array>("import \"lib/x\" as x; x::f()").unwrap();
        let flat = all.into_iter().flat_map(rhai::Dynamic::cast::<rhai::Array>);
        let written: Vec<Written> =
            flat.map(|one| closures.written(&one.cast::<FnPtr>(), &Position::default())).collect();
        let codes: Vec<&str> = written.iter().map(|one| one.text.code.as_str()).collect();
        assert_eq!(codes, ["||1", "||2+3", "|n|n", "||all+1", "||[||4]"]);
        assert_eq!(written[3].captured, [Captured::Value(turnabout_model::Value::Int(1))]);
        assert_eq!((written[3].text.position.file.as_str(), written[3].text.position.line), ("lib/x.rhai", 1));
    }

    #[test]
    fn whatever_stands_there_is_read_to_an_end() {
        for text in ["", "|", "||", "|| \"", "|| `${", "|| /*", "|| '", "|| #\"", "|| )", "|| }", "|a", "|| €", "`${{"]
        {
            let (_, length) = code_of(text);
            assert!(length <= text.len(), "{text}");
        }
    }

    #[test]
    fn a_long_closure_is_shown_by_its_beginning() {
        assert_eq!(shown("|| {\n    a();\n}"), "|| { a(); }");
        assert_eq!(shown(&"x".repeat(100)).len(), SHOWN);
    }
}
