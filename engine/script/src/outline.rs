//! Reading a script without running it: which verbs it calls with what, which texts and fields it names.
//!
//! The only room that looks into rhai's syntax tree, whose types rhai does not promise to keep.

pub(crate) mod loops;

use rhai::{AST, ASTNode, Array, Dynamic, Expr, FnCallExpr, FnPtr, ImmutableString, Map, Position, Stmt};
use smol_str::SmolStr;
use std::{collections::BTreeSet, ops::Range};
use turnabout_core::ports::{Argument, Call, Function, Import, Outline, Text};

/// Adds what a file says to an outline.
pub(crate) fn read(ast: &AST, file: &str, text: &str, outline: &mut Outline) {
    let lines = Lines::of(text);
    let mut functions = functions(ast, file, text);
    let mut imports = Vec::new();
    ast.walk(&mut |path| {
        // What has no place was put there by rhai itself.
        let Some((node, Some(at))) = path.last().map(|node| (node, lines.byte(node.position()))) else { return true };
        let around = functions.partition_point(|function| function.bytes.start <= at).max(1);
        let function = &mut functions[around - 1];
        match node {
            ASTNode::Expr(expression) => note(expression, path, &lines, function),
            ASTNode::Stmt(Stmt::FnCall(called, place)) => note_call(called, *place, &lines, function),
            ASTNode::Stmt(Stmt::Import(imported, _)) => {
                if let (Expr::StringConstant(module, _), alias) = &**imported {
                    let (module, alias) = (SmolStr::new(module.as_str()), SmolStr::new(alias.name.as_str()));
                    imports.push(Import { file: file.into(), module, alias });
                }
            }
            _ => {}
        }
        true
    });
    for function in &mut functions {
        function.calls.sort_by_key(|call| call.bytes.start);
    }
    outline.functions.extend(functions);
    outline.imports.extend(imports);
}

/// The closures of a file that was parsed as it is written, by the name that rhai gives them, with the place and the byte at
/// which each begins.
pub(crate) fn closures(ast: &AST, text: &str) -> Vec<(String, Position, usize)> {
    let lines = Lines::of(text);
    let mut found = Vec::new();
    ast.walk(&mut |path| {
        if let Some(ASTNode::Expr(Expr::DynamicConstant(value, at))) = path.last()
            && let Some(closure) = value.read_lock::<FnPtr>()
            && let Some(start) = lines.byte(*at)
        {
            found.push((closure.fn_name().to_owned(), *at, start));
        }
        true
    });
    found
}

/// The functions in the order of the text, before them what stands outside. rhai keeps no place of a name.
fn functions(ast: &AST, file: &str, text: &str) -> Vec<Function> {
    let known: Vec<(&str, Vec<&str>)> = ast.iter_functions().map(|known| (known.name, known.params)).collect();
    let empty = |name: &str, parameters: &[&str], bytes: Range<usize>| Function {
        file: file.into(),
        name: name.into(),
        parameters: parameters.len(),
        names: parameters.iter().map(SmolStr::new).collect(),
        bytes,
        calls: Vec::new(),
        texts: BTreeSet::new(),
        fields: BTreeSet::new(),
    };
    let mut functions = vec![empty("", &[], 0..0)];
    let mut at = 0;
    // What is written in a comment or a string is no function. The places stay as they are.
    let text = &code_of(text);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start().trim_start_matches("private ").trim_start();
        if let Some(rest) = code.strip_prefix("fn ").map(str::trim_start) {
            let start = at + line.len() - rest.len();
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let name = &rest[..end];
            let parameters = rest[end..].split(')').next().unwrap_or_default().matches(',').count();
            // A function may be written for several numbers of parameters: the nearest is meant.
            let written = if rest[end..].trim_start_matches(['(', ' ']).starts_with(')') { 0 } else { parameters + 1 };
            let of_name = known.iter().filter(|(known, _)| *known == name);
            if let Some((_, parameters)) = of_name.min_by_key(|(_, known)| known.len().abs_diff(written)) {
                functions.push(empty(name, parameters, start..start + name.len()));
            }
        }
        at += line.len();
    }
    functions
}

/// A script with every byte of a comment or a string made a space, but for the ends of lines.
fn code_of(text: &str) -> String {
    /// What a byte stands in.
    enum In {
        Code,
        Line,
        /// Block comments nest.
        Block(usize),
        Text(u8),
    }
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let (mut at, mut inside) = (0, In::Code);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let mut width = 1;
        let mut blank = !matches!(inside, In::Code);
        inside = match (inside, byte, next) {
            (In::Code, b'/', Some(b'/')) => In::Line,
            (In::Code, b'/', Some(b'*')) => {
                (width, blank) = (2, true);
                In::Block(1)
            }
            (In::Code, b'"' | b'`', _) => In::Text(byte),
            (In::Line, b'\n', _) => In::Code,
            (In::Block(depth), b'/', Some(b'*')) => {
                width = 2;
                In::Block(depth + 1)
            }
            (In::Block(depth), b'*', Some(b'/')) => {
                width = 2;
                if depth == 1 { In::Code } else { In::Block(depth - 1) }
            }
            (In::Text(mark), b'\\', Some(_)) if mark == b'"' => {
                width = 2;
                In::Text(mark)
            }
            (In::Text(mark), _, _) if byte == mark => In::Code,
            (same, _, _) => same,
        };
        if blank {
            for byte in code.iter_mut().skip(at).take(width).filter(|byte| **byte != b'\n') {
                *byte = b' ';
            }
        }
        at += width;
    }
    // Whole characters were made spaces, byte by byte.
    String::from_utf8(code).unwrap_or_else(|_| text.to_owned())
}

fn note(expression: &Expr, path: &[ASTNode<'_>], lines: &Lines<'_>, function: &mut Function) {
    match expression {
        Expr::FnCall(called, at) | Expr::MethodCall(called, at) => note_call(called, *at, lines, function),
        Expr::StringConstant(said, _) => {
            let outer = path.len().checked_sub(2).and_then(|outer| path.get(outer));
            function.texts.insert(Text { text: said.as_str().into(), whole: !goes_on(outer) });
        }
        Expr::DynamicConstant(value, _) => note_texts(value, function),
        Expr::Property(property, _) => drop(function.fields.insert(property.2.as_str().into())),
        _ => {}
    }
}

/// Whether more is put behind a text that stands in an expression.
fn goes_on(outer: Option<&ASTNode<'_>>) -> bool {
    match outer {
        Some(ASTNode::Expr(Expr::InterpolatedString(..))) => true,
        Some(ASTNode::Expr(Expr::FnCall(called, _))) => is_sum(called),
        _ => false,
    }
}

fn is_sum(called: &FnCallExpr) -> bool {
    called.is_operator_call() && called.name == "+"
}

fn note_call(called: &FnCallExpr, at: Position, lines: &Lines<'_>, function: &mut Function) {
    if called.is_operator_call() {
        return;
    }
    let Some(start) = lines.byte(at) else { return };
    let module = called.namespace.path.first().map(|module| SmolStr::new(module.as_str()));
    let name = called.name.as_str();
    // Of a call in a module rhai keeps the place of the module.
    let rest = lines.text.get(start..).unwrap_or_default();
    // What rhai calls by itself, such as `curry` for a closure, does not stand there at all.
    let Some(offset) = rest.split('(').next().and_then(|before| before.rfind(name)) else { return };
    let start = start + offset;
    let arguments = called.args.iter().map(argument).collect();
    let given = called.args.iter().map(|given| lines.first_word(given.start_position())).collect();
    let method = lines.text[..start].trim_end().ends_with('.');
    let bytes = start..start + name.len();
    function.calls.push(Call { name: name.into(), module, method, arguments, given, bytes });
}

/// The texts within a constant list or map.
fn note_texts(value: &Dynamic, function: &mut Function) {
    if let Some(text) = value.read_lock::<ImmutableString>() {
        function.texts.insert(Text { text: text.as_str().into(), whole: true });
    } else if let Some(items) = value.read_lock::<Array>() {
        items.iter().for_each(|item| note_texts(item, function));
    } else if let Some(fields) = value.read_lock::<Map>() {
        fields.values().for_each(|field| note_texts(field, function));
    }
}

fn argument(expression: &Expr) -> Argument {
    let text = |text: &str, whole| Argument::Text(Text { text: text.into(), whole });
    match expression {
        Expr::StringConstant(said, _) => text(said, true),
        Expr::InterpolatedString(parts, _) => match parts.first() {
            Some(Expr::StringConstant(said, _)) => text(said, false),
            _ => Argument::Unknown,
        },
        Expr::FnCall(called, _) if is_sum(called) => match called.args.first().map(argument) {
            Some(Argument::Text(begins)) => Argument::Text(Text { whole: false, ..begins }),
            // A list and a list are a list, whatever they hold.
            _ => Argument::Unknown,
        },
        Expr::FnCall(called, _) if is_range(called) => Argument::Range,
        Expr::FnCall(called, _) if !called.is_operator_call() => match (called.name.as_str(), called.args.first()) {
            ("months" | "weeks" | "days" | "hours" | "minutes", Some(Expr::IntegerConstant(count, _))) => {
                Argument::Period(*count)
            }
            (name, _) => Argument::Returned(name.into()),
        },
        Expr::IntegerConstant(number, _) => Argument::Int(*number),
        Expr::FloatConstant(..) => Argument::Float,
        Expr::BoolConstant(..) => Argument::Bool,
        Expr::Array(items, _) => Argument::List(items.iter().map(argument).collect()),
        Expr::Variable(variable, ..) if variable.2.path.is_empty() => Argument::Variable(variable.1.as_str().into()),
        Expr::Map(fields, _) => {
            Argument::Map(fields.0.iter().map(|(name, value)| (name.name.as_str().into(), argument(value))).collect())
        }
        Expr::DynamicConstant(value, _) => constant(value),
        Expr::Dot(both, ..) => match &both.rhs {
            Expr::Property(property, _) => Argument::Field(property.2.as_str().into()),
            further @ Expr::Dot(..) => argument(further),
            _ => Argument::Unknown,
        },
        _ => Argument::Unknown,
    }
}

fn is_range(called: &FnCallExpr) -> bool {
    called.is_operator_call() && matches!(called.name.as_str(), ".." | "..=")
}

fn constant(value: &Dynamic) -> Argument {
    if let Ok(number) = value.as_int() {
        return Argument::Int(number);
    }
    if value.is_float() || value.is_bool() {
        return if value.is_bool() { Argument::Bool } else { Argument::Float };
    }
    if value.is::<std::ops::Range<i64>>() || value.is::<std::ops::RangeInclusive<i64>>() {
        return Argument::Range;
    }
    if let Some(items) = value.read_lock::<Array>() {
        return Argument::List(items.iter().map(constant).collect());
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Argument::Text(Text { text: text.as_str().into(), whole: true });
    }
    match value.read_lock::<Map>() {
        Some(fields) => {
            Argument::Map(fields.iter().map(|(name, value)| (name.as_str().into(), constant(value))).collect())
        }
        None => Argument::Unknown,
    }
}

/// Where lines begin, so that a place is found without counting from the top each time.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The bytes of the word, number or text that begins at a place; the start of the file if there is none.
    fn first_word(&self, at: Position) -> Range<usize> {
        let Some(start) = self.byte(at) else { return 0..0 };
        let rest = &self.text[start..];
        let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '`'));
        let length = if let Some(mark) = mark {
            rest[1..].find(mark).map_or(rest.len(), |end| end + 2)
        } else {
            let sign = usize::from(rest.starts_with('-'));
            let word = rest[sign..].find(|c: char| !c.is_alphanumeric() && c != '_');
            (sign + word.unwrap_or(rest.len() - sign)).max(rest.chars().next().map_or(0, char::len_utf8))
        };
        start..start + length
    }

    fn byte(&self, at: Position) -> Option<usize> {
        let start = *self.starts.get(at.line()?.checked_sub(1)?)?;
        let column = at.position().unwrap_or(1).saturating_sub(1);
        let rest = self.text.get(start..)?;
        // Characters are counted only where they are not bytes: a line may be as long as a script.
        if rest.as_bytes().get(..column).is_some_and(<[u8]>::is_ascii) {
            return Some(start + column);
        }
        Some(start + rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RhaiScripts, ScriptLimits};
    use turnabout_core::bundle::Scripts as _;

    #[test]
    fn what_is_in_a_comment_or_a_string_is_no_code() {
        let text = "a /* b /* c */ d */ e // f \"\n\"g \\\" h\" i `j\nk` 'l'\n";
        let code = code_of(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), "a e / \" i ` 'l'");
    }

    const SCRIPT: &str = r#"import "lib/own" as own;
// fn not_me(a) {}
fn programme(settings) {
    let due = days(3);
    together([
        || hold("drop-in " + settings.rounds, cohort().everyone),
        || each(pairs(), "pair_journey"),
    ]);
    own::tell_all("news", cohort().mentors);
    send("thanks", "sponsor", #{ session: due, note: "x" });
}

fn pair_journey(pair) {
    send(`hello ${pair.id}`, pair.mentee, #{ kind: "first" });
}
"#;

    fn outline() -> Outline {
        let own = "fn tell_all(message, people) { send(message, people); }";
        let files = [("programme.rhai", SCRIPT), ("lib/own.rhai", own)];
        let files = files.map(|(path, text)| (path.into(), text.to_owned())).into();
        RhaiScripts::new(ScriptLimits::standard()).compile(&files).unwrap().outline().clone()
    }

    #[test]
    fn functions_have_their_calls_closures_included() {
        let outline = outline();
        let told: Vec<String> = outline
            .functions
            .iter()
            .map(|f| {
                format!(
                    "{}/{}/{}: {:?}",
                    f.file,
                    f.name,
                    f.parameters,
                    f.calls.iter().map(|c| c.name.as_str()).collect::<Vec<_>>()
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "lib/own.rhai//0: []",
                "lib/own.rhai/tell_all/2: [\"send\"]",
                "programme.rhai//0: []",
                "programme.rhai/programme/1: [\"days\", \"together\", \"hold\", \"cohort\", \"each\", \"pairs\", \"tell_all\", \"cohort\", \"send\"]",
                "programme.rhai/pair_journey/1: [\"send\"]",
            ]
        );
        assert_eq!(
            outline.imports,
            [Import { file: "programme.rhai".into(), module: "lib/own".into(), alias: "own".into() }]
        );
    }

    #[test]
    fn what_a_call_is_given_is_known_as_far_as_it_is_written() {
        let outline = outline();
        let calls: Vec<&Call> = outline.functions.iter().flat_map(|f| &f.calls).collect();
        let given = |name: &str| {
            calls.iter().filter(|call| call.name == name).map(|call| call.arguments.clone()).collect::<Vec<_>>()
        };
        let text = |text: &str, whole| Argument::Text(Text { text: text.into(), whole });
        assert_eq!(given("hold"), [vec![text("drop-in ", false), Argument::Field("everyone".into())]]);
        assert_eq!(given("tell_all"), [vec![text("news", true), Argument::Field("mentors".into())]]);
        assert_eq!(given("each"), [vec![Argument::Returned("pairs".into()), text("pair_journey", true)]]);
        let sent = given("send");
        assert_eq!(sent[0], [Argument::Variable("message".into()), Argument::Variable("people".into())]);
        let about =
            Argument::Map(vec![("session".into(), Argument::Variable("due".into())), ("note".into(), text("x", true))]);
        assert_eq!(sent[1], [text("thanks", true), text("sponsor", true), about]);
        let about = Argument::Map(vec![("kind".into(), text("first", true))]);
        assert_eq!(sent[2], [text("hello ", false), Argument::Field("mentee".into()), about]);
    }

    #[test]
    fn places_texts_and_fields_are_those_of_the_file() {
        let outline = outline();
        for function in &outline.functions {
            let text = if function.file == "programme.rhai" { SCRIPT } else { continue };
            assert_eq!(&text[function.bytes.clone()], function.name);
            for call in &function.calls {
                assert_eq!(&text[call.bytes.clone()], call.name);
            }
        }
        let programme = outline.functions.iter().find(|f| f.name == "programme").unwrap();
        assert!(programme.fields.contains("rounds") && programme.fields.contains("everyone"), "{programme:?}");
        assert!(programme.texts.contains(&Text { text: "pair_journey".into(), whole: true }));
        let names = |name: &str| programme.texts.iter().any(|text| text.names(name));
        assert!(names("drop-in") && names("thanks") && !names("thank"));
    }
}
