//! The names that stand in a script, for whoever mistyped one.

use std::collections::BTreeSet;

/// The variables, parameters and constants that are named before a place, in the function that it stands in and above all
/// functions. Blocks are not told apart: a near name of another block helps too.
pub(crate) fn variables(text: &str, at: usize) -> Vec<&str> {
    let before = text.get(..at).unwrap_or(text);
    let top = before.find("\nfn ").map_or(before, |first| &before[..first]);
    let own = before.rfind("\nfn ").map_or("", |last| &before[last..]);
    let found: BTreeSet<&str> = [top, own].into_iter().flat_map(named).collect();
    found.into_iter().collect()
}

/// The names under which modules are imported.
pub(crate) fn aliases(text: &str) -> Vec<&str> {
    let imports = text.lines().filter(|line| line.trim_start().starts_with("import "));
    let aliases = imports.filter_map(|line| line.split(" as ").nth(1));
    aliases.map(|rest| word(rest.trim_start())).filter(|name| !name.is_empty()).collect()
}

/// What was probably meant, or what there is.
pub(crate) fn help(word: &str, known: &[&str], none: &str) -> String {
    let near = known.iter().map(|name| (strsim::jaro_winkler(word, name), *name)).max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((likeness, name)) if likeness > 0.8 => format!("did you mean {name}?"),
        Some(_) => format!("there is {}", known.join(", ")),
        None => none.to_owned(),
    }
}

/// What is named by `let`, `const`, `for`, a function or a closure.
fn named(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for keyword in ["let ", "const ", "for "] {
        found.extend(text.match_indices(keyword).map(|(at, _)| word(text[at + keyword.len()..].trim_start())));
    }
    for (at, _) in text.match_indices("fn ") {
        let parameters = text[at..].split_once('(').and_then(|(_, rest)| rest.split_once(')'));
        found.extend(parameters.into_iter().flat_map(|(inside, _)| inside.split(',')).map(|one| word(one.trim())));
    }
    // Every second stroke closes a list of parameters.
    let strokes: Vec<&str> = text.split('|').collect();
    for inside in strokes.iter().skip(1).step_by(2).filter(|inside| inside.len() < 60 && !inside.contains('\n')) {
        found.extend(inside.split(',').map(|one| word(one.trim())));
    }
    found.retain(|name| !name.is_empty());
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_before_the_place_in_the_same_function() {
        let text = "import \"lib/a\" as first;\nconst TOP = 1;\nfn one(a, b) { let gone = 1; }\nfn two(c) {\n    let matched = 2;\n    \
                    every(x, |n, m| n);\n    mached\n    let later = 3;\n}\n";
        let at = text.find("mached").unwrap();
        let names = variables(text, at);
        for name in ["TOP", "c", "matched", "n", "m"] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        assert!(!names.contains(&"gone") && !names.contains(&"later"), "{names:?}");
        assert_eq!(help("mached", &names, ""), "did you mean matched?");
        assert_eq!(aliases(text), ["first"]);
    }
}
