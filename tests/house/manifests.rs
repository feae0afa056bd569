//! The manifests of the house, and the reasons in the root's.

use crate::source::root;
use std::{collections::BTreeSet, fs, path::Path};
use toml::{Table, Value};

/// The crates under engine/, by folder.
pub(crate) fn crates() -> Vec<String> {
    let folders = fs::read_dir(root().join("engine")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = folders
        .filter(|path| path.join("Cargo.toml").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 10, "the crates under engine/ were not found: {names:?}");
    names
}

/// What a manifest's crate is built from: its dependencies, and with `tests` also what its tests and benches take.
/// Sections for one platform count.
pub(crate) fn dependencies(manifest: &Path, tests: bool) -> BTreeSet<String> {
    read(&fs::read_to_string(manifest).unwrap(), tests)
}

fn read(manifest: &str, tests: bool) -> BTreeSet<String> {
    let table: Table = manifest.parse().unwrap();
    let mut found = BTreeSet::new();
    gather(&table, tests, &mut found);
    for platform in table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values) {
        gather(platform.as_table().unwrap(), tests, &mut found);
    }
    found
}

fn gather(table: &Table, tests: bool, found: &mut BTreeSet<String>) {
    let sections = ["dependencies", "build-dependencies", "dev-dependencies"];
    for section in sections.iter().take(if tests { 3 } else { 2 }) {
        for (name, entry) in table.get(*section).and_then(Value::as_table).into_iter().flatten() {
            // `other = { package = "rhai" }` is rhai all the same.
            let package = entry.get("package").and_then(Value::as_str).unwrap_or(name);
            found.insert(package.to_owned());
        }
    }
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = text.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let lines = section.lines().filter(|line| line.contains('=') && !line.trim_start().starts_with('#'));
    let outside: Vec<&str> = lines.filter(|line| !line.contains("path = ")).collect();
    assert!(outside.len() > 20, "the dependencies were not found");
    let silent: Vec<&&str> = outside
        .iter()
        .filter(|line| line.rsplit_once(" # ").is_none_or(|(_, reason)| reason.trim().len() < 5))
        .collect();
    assert!(silent.is_empty(), "write the reason at the end of the line, after a #: {silent:#?}");
}

#[test]
fn dependencies_of_tests_and_platforms_are_told_apart() {
    let manifest = "[dependencies]\na = '1'\n[dev-dependencies]\nb = '1'\n[target.'cfg(unix)'.dependencies]\n\
                    c = { version = '1', package = 'd' }\n";
    let names = |tests| read(manifest, tests).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!((names(false).as_str(), names(true).as_str()), ("a d", "a b d"));
}
