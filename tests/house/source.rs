//! Rust sources as these tests read them: trees of modules, and code apart from comments and texts.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The example that embeds the engine: a crate outside engine/, held to the same rules.
pub(crate) const EMBED: &str = "examples/embed";

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project").to_owned()
}

/// A path as a message shows it.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Every .rs file under a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A file of a tree of modules.
pub(crate) struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    text: String,
    /// It, or a module around it, is compiled for tests only.
    for_tests: bool,
}

impl Source {
    /// Its text before the tests at its end.
    pub(crate) fn before_tests(&self) -> &str {
        before_tests(&self.text)
    }
}

/// The files of a crate's library or binary that ship: without modules for tests.
pub(crate) fn shipped(name: &str) -> Vec<Source> {
    let sources = root().join("engine").join(name).join("src");
    let roots = ["lib.rs", "main.rs"].map(|file| sources.join(file)).into_iter().filter(|path| path.is_file());
    roots.flat_map(|path| tree(&path)).filter(|source| !source.for_tests).collect()
}

/// A root with all modules that it and they name.
pub(crate) fn tree(root: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    grow(root, root.parent().unwrap(), false, &mut found);
    found
}

fn grow(file: &Path, children: &Path, for_tests: bool, found: &mut Vec<Source>) {
    let text = fs::read_to_string(file).unwrap();
    for (name, only_tests) in modules(&text) {
        let (beside, inside) = (children.join(format!("{name}.rs")), children.join(&name).join("mod.rs"));
        if let Some(child) = [beside, inside].iter().find(|path| path.is_file()) {
            grow(child, &children.join(&name), for_tests || only_tests, found);
        }
    }
    found.push(Source { path: file.to_owned(), text, for_tests });
}

/// The modules in files of their own that a file names, and whether each is for tests only.
fn modules(text: &str) -> Vec<(String, bool)> {
    let code = code(text);
    let mut found = Vec::new();
    let mut only_tests = false;
    for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("#[") {
            only_tests |= line == "#[cfg(test)]";
            continue;
        }
        if let Some((before, name)) = line.strip_suffix(';').and_then(|line| line.split_once("mod "))
            && (before.is_empty() || before.starts_with("pub"))
        {
            found.push((name.trim().to_owned(), only_tests));
        }
        only_tests = false;
    }
    found
}

/// The text before `#[cfg(test)] mod tests {`.
pub(crate) fn before_tests(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim() == "#[cfg(test)]" {
            let mut below = text[at + line.len()..].lines().filter(|line| !line.trim_start().starts_with("#["));
            if below.next().is_some_and(|line| line.contains("mod ") && line.ends_with('{')) {
                return &text[..at];
            }
        }
        at += line.len();
    }
    text
}

/// The code alone: without comments, and with texts and characters emptied.
pub(crate) fn code(text: &str) -> String {
    split(text).0
}

/// What stands in the quotes of the text literals, escapes as written.
pub(crate) fn texts(text: &str) -> Vec<String> {
    split(text).1
}

/// Tells whether code names something: the name stands there as whole words.
pub(crate) fn names(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let rest = &code[at + name.len()..];
        !code[..at].ends_with(word) && (name.ends_with('!') || !rest.starts_with(word))
    })
}

fn split(text: &str) -> (String, Vec<String>) {
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some((open, hashes)) =
            raw(rest).filter(|_| !code.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            let close = format!("\"{}", "#".repeat(hashes));
            let end = rest[open..].find(&close).map_or(rest.len(), |at| open + at);
            texts.push(rest[open..end].to_owned());
            code.push_str("\"\"");
            (end + close.len()).min(rest.len())
        } else if next == '"' {
            let end = closing(&rest[1..]) + 1;
            texts.push(rest[1..end].to_owned());
            code.push_str("\"\"");
            (end + 1).min(rest.len())
        } else if let Some(length) = character(rest) {
            code.push_str("' '");
            length
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[length..];
    }
    (code, texts)
}

/// How long a comment in `/* */` is; they nest.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// If a raw text starts here: where its content does, and its number of hashes.
fn raw(text: &str) -> Option<(usize, usize)> {
    let after = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let content = after.trim_start_matches('#').strip_prefix('"')?;
    Some((text.len() - content.len(), after.len() - content.len() - 1))
}

/// Where the quote stands that ends a text.
fn closing(content: &str) -> usize {
    let mut escaped = false;
    for (at, c) in content.char_indices() {
        match c {
            '"' if !escaped => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    content.len()
}

/// How long the character in quotes is that starts here; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let content = text.strip_prefix('\'')?;
    if let Some(escape) = content.strip_prefix('\\') {
        return Some(2 + escape.char_indices().skip(1).find(|(_, c)| *c == '\'')?.0 + 1);
    }
    let first = content.chars().next()?;
    content[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}

#[test]
fn code_is_told_from_comments_and_texts() {
    let source = r##"use a::b; // std::fs "no"
let x = "std::\"net\""; /* y /* z */ "q" */ let r = r#"raw "in" it"#; let c = '"'; let e = '\''; fn f<'a>(s: &'a str) {}
let bytes = br"b\"; const fn for_(r: u8) {}"##;
    let (code, texts) = split(source);
    assert_eq!(texts, [r#"std::\"net\""#, "raw \"in\" it", "b\\"]);
    let expect = "use a::b; \nlet x = \"\";  let r = \"\"; let c = ' '; let e = ' '; fn f<'a>(s: &'a str) {}\n\
                  let bytes = \"\"; const fn for_(r: u8) {}";
    assert_eq!(code, expect);
}

#[test]
fn modules_and_tests_are_found() {
    let source = "//! mod not_this;\nmod one;\n#[cfg(test)]\nmod tests;\npub(crate) mod two;\nmod inline { }\n\
                  fn f() {}\n#[cfg(test)]\n#[allow(x)]\nmod more {\n}\n";
    let owned = |name: &str, tests| (name.to_owned(), tests);
    assert_eq!(modules(source), [owned("one", false), owned("tests", true), owned("two", false)]);
    assert!(before_tests(source).ends_with("fn f() {}\n"));
    assert!(names("use rhai::Engine", "rhai") && !names("use turnabout_rhai::x", "rhai"));
}
