//! The same findings for programs: `check --json`, several templates at once, and what fails a check.

use super::{Broken, binary, project};
use serde_json::Value;
use std::process::{Command, Stdio};

fn json(broken: &Broken, options: &[&str]) -> (Option<i32>, Value) {
    let (code, out, _) = broken.said(&[&["--json"], options].concat());
    (code, serde_json::from_str(&out).unwrap())
}

#[test]
fn a_problem_has_its_bytes_line_and_column_and_where_the_file_lies() {
    let broken =
        Broken::new("police", &[("messages/welcome.hbs", "This is what", "On {{session.starts}}. This is what")]);
    let (code, answer) = json(&broken, &[]);
    assert_eq!(
        (code, &answer["form"], &answer["ok"], &answer["denies"]),
        (Some(1), &1.into(), &false.into(), &"error".into())
    );
    let template = &answer["templates"][0];
    assert_eq!(
        (&template["path"], &template["errors"], &template["template"]),
        (&"police".into(), &1.into(), &Value::Null)
    );
    let found = &template["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"]), (&"message::not_about".into(), &"error".into()));
    assert!(found["help"].as_str().unwrap().contains("{{#if session}}"), "{found}");
    let files: Vec<_> =
        found["labels"].as_array().unwrap().iter().map(|label| label["path"].as_str().unwrap()).collect();
    assert_eq!(files, ["police/messages/welcome.hbs", "police/programme.rhai"]);
    for (label, word) in found["labels"].as_array().unwrap().iter().zip(["session.starts", "send"]) {
        let text = std::fs::read_to_string(broken.home.path().join(label["path"].as_str().unwrap())).unwrap();
        let number = |end: &str, what: &str| usize::try_from(label[end][what].as_u64().unwrap()).unwrap();
        assert_eq!(&text[number("start", "byte")..number("end", "byte")], word);
        let line = text.lines().nth(number("start", "line") - 1).unwrap();
        let rest: String = line.chars().skip(number("start", "column") - 1).collect();
        assert!(rest.starts_with(word), "{rest}");
    }
}

#[test]
fn warnings_fail_a_check_where_they_are_denied() {
    let broken = Broken::new(
        "police",
        &[("programme.rhai", "|| survey(\"baseline\", cohort.everyone, #{ closes: days(10) })", "|| sleep(days(10))")],
    );
    for (options, code) in
        [(vec![], 0), (vec!["--deny", "warnings"], 1), (vec!["--deny", "warnings", "--no-rehearsal"], 1)]
    {
        let (ended, answer) = json(&broken, &options);
        assert_eq!((ended, &answer["ok"]), (Some(code), &(code == 0).into()), "{options:?}");
        assert_eq!(answer["templates"][0]["warnings"], 1, "{answer}");
        assert_eq!(answer["templates"][0]["rehearsed"].is_null(), options.contains(&"--no-rehearsal"));
    }
}

/// Every template and client that ships, at once: not a warning among them, and what is waived says why.
#[test]
fn what_ships_is_sound_and_says_what_it_waives() {
    let mut paths: Vec<String> = Vec::new();
    for folder in ["workflows", "examples"] {
        let entries = std::fs::read_dir(project().join(folder)).unwrap();
        paths.extend(entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap())));
    }
    paths.sort();
    let mut command = Command::new(binary());
    command.args(["check", "--json", "--deny", "warnings"]).args(&paths).current_dir(project()).stdin(Stdio::null());
    let output = command.env("TURNABOUT_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache")).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{answer:#}");
    let templates = answer["templates"].as_array().unwrap();
    assert_eq!(templates.len(), 8, "{paths:?}");
    let waived: Vec<_> = templates.iter().flat_map(|template| template["waived"].as_array().unwrap()).collect();
    assert!(
        !waived.is_empty() && waived.iter().all(|waiver| waiver["reason"].as_str().unwrap().len() > 20),
        "{waived:?}"
    );
    // The manifest of a client is put together, and lies nowhere.
    let client = templates.iter().find(|template| template["path"] == "examples/ambulance-trust").unwrap();
    assert_eq!(client["template"], "fellmarch-ambulance");
}

#[test]
fn a_lint_is_explained_with_its_standard_and_how_it_is_waived() {
    let output = Command::new(binary()).args(["explain", "audit::no_training"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for words in ["the standard of training", "What to do:", "[[waivers]]\nlint = \"audit::no_training\""] {
        assert!(said.contains(words), "{said}");
    }
}
