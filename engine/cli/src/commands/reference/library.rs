//! The page of the shared library: what the doc comments of its modules say, with a call out of a template.

use crate::failure::Failure;
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const HEAD: &str = "# The shared library

Modules in `workflows/lib` that templates share. They are script like a template's own, built from [verbs](verbs.md) alone. A
script imports one by its path, and calls its functions by the name that it gives it:

```rhai
import \"lib/lots\" as lots;

fn programme(settings) {
    let cohort = recruit(\"volunteers\", #{ closes: weeks(3) });
    hold(\"focus-group\", lots::draw(cohort.everyone, 8));
}
```

The modules are a part of the template's bundle: a run keeps those that it began with. `turnabout new` copies them into the folder `lib`
of the new template, where you can change them.
";

/// A function with what its comment says.
struct Function {
    call: String,
    name: String,
    says: String,
    /// What it sends, holds and asks to sign, by name.
    names: Vec<String>,
}

/// Every module of a folder with its functions, and where one of these templates calls it.
pub(super) fn page(folder: &Path, templates: &[PathBuf]) -> Result<String, Failure> {
    let scripts: Vec<(String, String)> = templates
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok((name, read(&path.join("programme.rhai"))?))
        })
        .collect::<Result<_, Failure>>()?;
    let mut page = String::from(HEAD);
    for path in modules(folder)? {
        let text = read(&path)?;
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let about = text.lines().next().unwrap_or_default().trim_start_matches('/').trim();
        tell(&mut page, &module, about, &functions(&text), &scripts).expect("invariant: a string takes all");
    }
    Ok(page)
}

fn tell(
    page: &mut String,
    module: &str,
    about: &str,
    functions: &[Function],
    scripts: &[(String, String)],
) -> std::fmt::Result {
    write!(page, "\n## lib/{module}\n\n{about}\n")?;
    for function in functions {
        write!(page, "\n### {}\n\n`{module}::{}`\n\n{}\n", function.name, function.call, function.says)?;
        if !function.names.is_empty() {
            write!(page, "\nThe template has to have {}.\n", function.names.join(", "))?;
        }
        let used = scripts.iter().find_map(|(name, text)| Some((name, called(text, module, &function.name)?)));
        if let Some((template, call)) = used {
            write!(page, "\nAs in `{template}`: `{call}`\n")?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Internal(format!("{}: {error}", path.display())))
}

fn modules(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::Internal(format!("{}: {error}", folder.display())))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "rhai"))
        .collect();
    found.sort();
    Ok(found)
}

/// The functions of a module that have a comment: the others are its own affair.
fn functions(text: &str) -> Vec<Function> {
    let mut found: Vec<Function> = Vec::new();
    let mut says: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("///") {
            says.push(said.trim());
            continue;
        }
        let head = line.strip_prefix("fn ").and_then(|rest| rest.split_once(" {"));
        match head {
            Some((call, _)) if !says.is_empty() => {
                let name = call.split('(').next().unwrap_or(call).to_owned();
                found.push(Function { call: call.to_owned(), name, says: says.join(" "), names: Vec::new() });
            }
            _ => {
                if let Some(function) = found.last_mut() {
                    for name in needed(line) {
                        if !function.names.contains(&name) {
                            function.names.push(name);
                        }
                    }
                }
            }
        }
        says.clear();
    }
    found
}

/// What a line of script names that a template has to have.
fn needed(line: &str) -> impl Iterator<Item = String> {
    let named = |mark: &'static str, what: &'static str| {
        let rest = line.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        rest.map(move |name| format!("the {what} `{name}`"))
    };
    named("send(\"", "message").chain(named("message: \"", "message")).chain(named("hold(\"", "session"))
}

/// The first call of a module's function in a script, on one line.
fn called(script: &str, module: &str, function: &str) -> Option<String> {
    let import = format!("import \"lib/{module}\" as ");
    let alias = script.lines().find_map(|line| line.strip_prefix(&import)?.strip_suffix(';'))?;
    let start = script.find(&format!("{alias}::{function}("))?;
    let mut depth = 0_i32;
    let end = script[start..].char_indices().find_map(|(at, letter)| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        (depth == 0 && letter == ')').then_some(at)
    })?;
    Some(script[start..=start + end].split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_module_is_told_by_its_comments_and_by_who_calls_it() {
    let module =
        "// Lots.\n\n/// Draws some.\n/// At most all.\nfn draw(items, count) {\n    send(\"drawn\", items);\n}\n";
    let found = functions(module);
    let [Function { call, says, names, .. }] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!((call.as_str(), says.as_str()), ("draw(items, count)", "Draws some. At most all."));
    assert_eq!(names.as_slice(), ["the message `drawn`"]);
    let script = "import \"lib/lots\" as by_lot;\nhold(\"a\", by_lot::draw(cohort().everyone,\n    8));\n";
    assert_eq!(called(script, "lots", "draw").as_deref(), Some("by_lot::draw(cohort().everyone, 8)"));
    assert_eq!(called(script, "pairs", "draw"), None);
}
