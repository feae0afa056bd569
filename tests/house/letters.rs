//! Letters are English ones: after the comma of "Dear ...," the first sentence begins with a capital.

use super::source::root;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The letters below a folder.
fn letters(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            letters(&path, found);
        } else if path.extension().is_some_and(|end| end == "hbs") {
            found.push(path);
        }
    }
}

/// The first letter after the salutation, if there is one.
fn first(text: &str) -> Option<char> {
    let (_, after) = text.split_once("\nDear ")?;
    let (_, after) = after.split_once(",\n")?;
    after.trim_start().chars().next()
}

#[test]
fn a_letter_begins_with_a_capital_after_its_salutation() {
    let mut found = Vec::new();
    for folder in ["workflows", "examples", "engine/cli/scaffold"] {
        letters(&root().join(folder), &mut found);
    }
    let small: Vec<_> =
        found.iter().filter(|path| first(&fs::read_to_string(path).unwrap()).is_some_and(char::is_lowercase)).collect();
    assert!(found.len() > 100, "the letters were not found");
    assert!(small.is_empty(), "begin these with a capital: {small:#?}");
}
