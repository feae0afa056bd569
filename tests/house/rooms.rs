//! A file is a room: it stays small, and none stands outside the house.

use crate::source::{EMBED, before_tests, files, relative, root, tree};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// How long a file may be before its tests.
const MOST_LINES: usize = 500;

#[test]
fn no_room_is_too_large() {
    let large: Vec<String> = ["engine", EMBED]
        .into_iter()
        .flat_map(|folder| files(&root().join(folder)))
        .map(|file| (before_tests(&fs::read_to_string(&file).unwrap()).lines().count(), file))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, file)| format!("{} has {lines} lines", relative(&file)))
        .collect();
    assert!(large.is_empty(), "at most {MOST_LINES} before the tests: {large:#?}");
}

/// Every root of a tree of modules under a folder: libraries, binaries, and test binaries that are folders.
fn roots(folder: &Path) -> Vec<PathBuf> {
    let named = |file: &Path, name: &str| file.file_name().is_some_and(|own| own == name);
    files(folder).into_iter().filter(|file| named(file, "main.rs") || named(file, "lib.rs")).collect()
}

#[test]
fn no_file_is_forgotten() {
    let mut forgotten = Vec::new();
    for folder in [root().join("engine"), root().join("tests"), root().join(EMBED)] {
        let known: BTreeSet<PathBuf> =
            roots(&folder).iter().flat_map(|root| tree(root)).map(|source| source.path).collect();
        forgotten.extend(files(&folder).into_iter().filter(|file| !known.contains(file) && !alone(file)));
    }
    let forgotten: Vec<String> = forgotten.iter().map(|file| relative(file)).collect();
    assert!(forgotten.is_empty(), "no `mod` names these, so that nothing in them is compiled: {forgotten:#?}");
}

/// Benches, examples, build scripts and the tests beside a crate's sources are compiled by themselves.
fn alone(file: &Path) -> bool {
    let parent = file.parent();
    let folder = parent.and_then(Path::file_name).and_then(|name| name.to_str());
    let crate_tests = || parent.and_then(Path::parent).is_some_and(|folder| folder.join("Cargo.toml").is_file());
    match folder {
        Some("benches" | "examples" | "bin") => true,
        Some("tests") => crate_tests(),
        _ => file.ends_with("build.rs"),
    }
}

#[test]
fn every_folder_of_tests_is_a_test_binary() {
    let manifest = fs::read_to_string(root().join("tests/Cargo.toml")).unwrap();
    // Tests that drive the binary belong to its package, which is how cargo knows to build it first.
    let binary = fs::read_to_string(root().join("engine/cli/Cargo.toml")).unwrap();
    for file in roots(&root().join("tests")).iter().filter(|file| file.ends_with("main.rs")) {
        let path = relative(file).replacen("tests/", "", 1);
        let named = manifest.contains(&format!("path = \"{path}\""))
            || binary.contains(&format!("path = \"../../tests/{path}\""));
        assert!(named, "neither tests/Cargo.toml nor engine/cli/Cargo.toml has a [[test]] for {path}");
    }
}
