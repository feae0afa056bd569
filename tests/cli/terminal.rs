//! What is asked at a terminal, driven through one: `script` of util-linux gives the program a pseudo-terminal.

#![cfg(target_os = "linux")] // elsewhere `script` takes other arguments

use crate::program::{binary, turnabout};
use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
};

/// Runs a command at a terminal, types these lines, and returns the exit code and all that the terminal showed.
fn at_a_terminal(home: &Path, arguments: &str, typed: &[&str]) -> (Option<i32>, String) {
    let line = format!("'{}' {arguments}", binary().display());
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux is there");
    let mut keys = child.stdin.take().unwrap();
    keys.write_all((typed.join("\n") + "\n").as_bytes()).unwrap();
    let mut shown = String::new();
    child.stdout.take().unwrap().read_to_string(&mut shown).unwrap();
    let code = child.wait().unwrap().code();
    // Only now: a terminal whose keyboard is gone would end the questions.
    drop(keys);
    (code, shown)
}

#[test]
fn a_new_template_is_asked_for_at_a_terminal_and_passes_its_check() {
    let home = tempfile::tempdir().unwrap();
    let typed = ["apprentices", "the board", "soon", "9 months", "", "They \"listen\".", "perhaps", "anonymous"];
    let (code, shown) = at_a_terminal(home.path(), "new first", &typed);
    assert_eq!(code, Some(0), "{shown}");
    for (question, times) in [
        ("Who mentors? [junior colleagues]", 1),
        ("Whom do they mentor? [senior leaders]", 1),
        ("How long do pairs meet? [6 months]", 2),
        ("What is it, in one sentence? [For 9 months, apprentices mentor the board.]", 1),
        ("Why do you run it?", 1),
        ("A survey at the end: confidential, anonymous or none? [confidential]", 2),
        ("first: a template that is sound", 1),
    ] {
        assert_eq!(shown.matches(question).count(), times, "'{question}' in {shown}");
    }
    let manifest = fs::read_to_string(home.path().join("first/programme.toml")).unwrap();
    for line in [
        "summary = \"For 9 months, apprentices mentor the board.\"",
        "purpose = \"They \\\"listen\\\".\"",
        "length = \"9 months\"",
    ] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    let survey = fs::read_to_string(home.path().join("first/surveys/looking-back.toml")).unwrap();
    assert!(survey.contains("mode = \"anonymous\""), "{survey}");
    let said = turnabout(&["check", "--deny", "warnings", &home.path().join("first").display().to_string()]);
    assert_eq!(said.code, Some(0), "{said:?}");
}

#[test]
fn what_is_given_is_not_asked_and_an_empty_line_takes_the_default() {
    let home = tempfile::tempdir().unwrap();
    let given = "new first --mentors nurses --length '1 year' --survey none --summary One. --purpose Two.";
    let (code, shown) = at_a_terminal(home.path(), given, &[""]);
    assert_eq!(code, Some(0), "{shown}");
    assert_eq!(shown.matches('?').count(), 1, "one question: {shown}");
    assert!(!home.path().join("first/surveys").exists());
    let said = turnabout(&["check", &home.path().join("first").display().to_string()]);
    assert_eq!(said.code, Some(0), "{said:?}");
}
