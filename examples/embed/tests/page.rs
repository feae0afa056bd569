//! The page docs/src/how-to/embed.md: its command works as it stands there, in a folder that has nothing yet.

#![allow(clippy::unwrap_used, missing_docs)] // a test

use std::process::Command;

#[test]
fn the_command_of_the_book_prints_what_the_book_shows() {
    let page = include_str!("../../../docs/src/how-to/embed.md");
    assert!(page.contains("{{#include ../../../examples/embed/output.txt}}"), "the page shows other output");
    let typed =
        page.lines().find_map(|line| line.strip_prefix("cargo run -p embed -- ")).expect("the page has the command");

    let folder = tempfile::tempdir().unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_embed"))
        .args(typed.split_whitespace())
        .current_dir(folder.path())
        .output()
        .unwrap();

    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(String::from_utf8(said.stdout).unwrap(), include_str!("../output.txt"));
}
