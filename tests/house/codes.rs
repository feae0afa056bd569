//! Every error code can be explained: what the sources say and what `turnabout explain` knows are the same codes.

use crate::{
    manifests::crates,
    source::{relative, root, shipped, texts},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};
use toml::Table;

const CATALOGUE: &str = "engine/cli/codes.toml";

/// Tells whether a whole text literal is a code such as `script::divergence`. Paths of Rust stand in no literal; the
/// names of trace targets do, and begin with the engine's.
fn is_code(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.split_once("::").is_some_and(|(area, name)| part(area) && part(name) && !area.starts_with("turnabout"))
}

/// The codes in the sources that ship, each with a file that has it.
fn in_sources() -> BTreeMap<String, String> {
    let sources = crates().into_iter().filter(|name| name != "testkit").flat_map(|name| shipped(&name));
    sources
        .flat_map(|source| {
            let file = relative(&source.path);
            texts(source.before_tests()).into_iter().filter(|text| is_code(text)).map(move |code| (code, file.clone()))
        })
        .collect()
}

fn catalogue() -> Table {
    fs::read_to_string(root().join(CATALOGUE)).unwrap().parse().unwrap()
}

#[test]
fn every_code_is_explained_and_no_explanation_is_left_over() {
    let said = in_sources();
    assert!(said.len() > 50, "the codes in the sources were not found");
    let explained: BTreeSet<String> = catalogue().keys().cloned().collect();
    let silent: Vec<_> = said.iter().filter(|(code, _)| !explained.contains(*code)).collect();
    let stale: Vec<_> = explained.iter().filter(|code| !said.contains_key(*code)).collect();
    assert!(silent.is_empty(), "explain these in {CATALOGUE}: {silent:#?}");
    assert!(stale.is_empty(), "no source has these codes of {CATALOGUE}: {stale:#?}");
}

#[test]
fn an_explanation_says_what_happened_and_what_to_do() {
    for (code, entry) in catalogue() {
        let entry = entry.as_table().unwrap_or_else(|| panic!("{code} is no section"));
        assert_eq!(entry.keys().collect::<Vec<_>>(), ["do", "means"], "{code}");
        for (key, value) in entry {
            let text = value.as_str().unwrap_or_default();
            assert!(!text.trim().is_empty(), "{code}: `{key}` says nothing");
            assert!(text.trim_end().ends_with(['.', '?']), "{code}: `{key}` ends in the middle");
        }
        // The list of all codes shows the first line alone.
        let first = entry["means"].as_str().unwrap().lines().next().unwrap();
        assert!(first.len() <= 100 && first.ends_with('.'), "{code}: the first line is no short sentence: {first}");
    }
}

#[test]
fn codes_are_told_from_other_texts() {
    for (text, expect) in [
        ("script::divergence", true),
        ("run::no_programme", true),
        ("turnabout::plugin", false),
        ("std::fs::read", false),
        ("a code such as run::over", false),
        ("Timestamp::now", false),
        ("run", false),
    ] {
        assert_eq!(is_code(text), expect, "{text}");
    }
}
