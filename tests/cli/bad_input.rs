//! Bad input to every command: a clear message, the right exit code, and nothing changed.

use crate::program::{project, turnabout};
use std::{fs, path::Path};

const RUN: &str = "run-01hz6vxk3t9q8w7e5r4ty2zm8n";

/// Runs each line of arguments and looks for its exit code and for parts of what it says on standard error.
fn check(cases: &[(&str, i32, &[&str])]) {
    for (line, code, parts) in cases {
        let arguments: Vec<&str> = line.split(' ').collect();
        let said = turnabout(&arguments);
        assert_eq!(said.code, Some(*code), "{line}: {said:?}");
        for part in *parts {
            assert!(said.err.contains(part), "{line}: no '{part}' in {}", said.err);
        }
        assert!(!said.err.contains("panicked"), "{line}: {}", said.err);
    }
}

#[test]
fn what_is_not_there_is_named_with_what_to_do() {
    let not_a_template: &[&str] = &["error[template::folder]", "programme.toml", "help: Name the folder"];
    check(&[
        ("check nowhere", 2, &["error[template::folder]", "nowhere"]),
        ("test nowhere", 2, &["error[template::folder]", "nowhere"]),
        ("rehearse nowhere", 2, &["error[template::folder]", "nowhere"]),
        ("check engine", 2, not_a_template),
        ("test engine", 2, not_a_template),
        ("rehearse engine", 2, not_a_template),
        ("people import nobody.csv --check --template workflows/ambulance", 2, &["error[cli::file]", "nobody.csv"]),
        ("people import examples/ambulance-trust/people.csv --check --template engine", 2, not_a_template),
        ("run start --template ambulance --client x --people nobody.csv", 2, &["error[cli::file]", "nobody.csv"]),
        ("run list --data nowhere", 2, &["error[cli::input]", "nowhere/token does not exist", "--token"]),
        ("rehearse workflows/ambulance --rehearsal stormy", 2, &["no rehearsal 'stormy'", "steady"]),
        ("fork nowhere acme", 2, &["error[template::folder]", "nowhere"]),
        ("client new acme --template nowhere", 2, &["error[template::folder]", "nowhere"]),
        ("upstream diff nowhere", 2, &["error[template::folder]", "nowhere"]),
        ("upstream update workflows/police", 2, &["error[upstream::not_a_fork]", "turnabout fork"]),
        ("new engine", 2, &["error[cli::input]", "engine is there already"]),
        ("explain no::such_code", 2, &["error[cli::not_found]", "no::such_code"]),
        ("explain divergence", 2, &["Did you mean", "script::divergence"]),
    ]);
}

#[test]
fn a_file_of_another_kind_is_said_in_one_sentence() {
    let home = tempfile::tempdir().unwrap();
    let picture = home.path().join("some.png");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let picture = picture.display();
    let of_people = "--check --template workflows/ambulance";
    for (line, part) in [
        (format!("check {picture}"), "some.png is a file"),
        ("check workflows/police/programme.toml".into(), "help: Name the folder that it lies in: workflows/police"),
        ("check workflows".into(), "help: Name the template's own folder, for example workflows/ambulance or "),
        ("check workflows/police/messages".into(), "help: Name the template's own folder: workflows/police"),
        (
            format!("people import workflows/police/programme.toml {of_people}"),
            "this is no list of people: its first row",
        ),
        (format!("people import {picture} {of_people}"), "this is no list of people: it is no text"),
        (format!("survey import {picture}"), "this is no .xlsx workbook"),
        (format!("survey analyse {picture}"), "is no plain text"),
    ] {
        let said = turnabout(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, Some(2), "{line}: {said:?}");
        assert!(said.err.contains(part), "{line}: no '{part}' in {}", said.err);
        assert_eq!(said.err.lines().count(), 2, "{line}: a sentence and what to do: {}", said.err);
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused_before_anything_is_done() {
    let of_a_run: &[&str] = &["'person-3' is not the id of a run: expected something like 'run-"];
    check(&[
        ("rehearse workflows/ambulance --times 0", 2, &["0 is not in 1..=1000000"]),
        ("rehearse workflows/ambulance --seed minus", 2, &["'minus'", "--seed"]),
        ("serve --listen nowhere", 2, &["'nowhere'", "--listen"]),
        ("completions tcsh", 2, &["possible values", "bash"]),
        ("run show person-3", 2, of_a_run),
        ("run journal person-3", 2, of_a_run),
        ("run resume person-3", 2, of_a_run),
        ("run pause person-3 --until 2026-09-01", 2, of_a_run),
        ("run pause run-01hz6vxk3t9q8w7e5r4ty2zm8n", 2, &["--until"]),
        ("run pause run-01hz6vxk3t9q8w7e5r4ty2zm8n --until 14/12/2026", 2, &["'14/12/2026'", "year-month-day"]),
        ("run unpause person-3", 2, of_a_run),
        ("run amend person-3 --to ambulance", 2, of_a_run),
        ("run amend --to ambulance", 2, &["<RUN>"]),
        ("run amend run-01hz6vxk3t9q8w7e5r4ty2zm8n --to x --rename drop-in", 2, &["STEP=LABEL"]),
        ("run amend run-01hz6vxk3t9q8w7e5r4ty2zm8n --to x --skip #", 2, &["names no step"]),
        ("run amend run-01hz6vxk3t9q8w7e5r4ty2zm8n --to x --deadline soon", 2, &["keep", "recompute"]),
        ("run cancel person-3 --reason x", 2, of_a_run),
        ("people import examples/ambulance-trust/people.csv --run person-3", 2, of_a_run),
        ("people import examples/ambulance-trust/people.csv", 2, &["--run"]),
        ("people import examples/ambulance-trust/people.csv --check", 2, &["--template"]),
        ("run start --template ambulance --client x --setting length", 2, &["KEY=VALUE"]),
        ("run list --server https://example.org", 2, &["does not speak TLS"]),
        ("run list --token short", 2, &["error[cli::token]", "16 visible"]),
    ]);
}

#[test]
fn a_server_that_does_not_answer_is_said_with_how_to_start_one() {
    // The port of a service that is of no use any more; one that was free a moment ago may be another test's by now.
    let there = "--server http://127.0.0.1:1 --token sixteen-letters!";
    let parts: &[&str] = &["error[cli::unreachable]", "no server answers at http://127.0.0.1:1", "turnabout serve"];
    let commands = [
        "run list".to_owned(),
        format!("run show {RUN}"),
        format!("run journal {RUN}"),
        format!("run resume {RUN}"),
        format!("run pause {RUN} --until 2026-09-01"),
        format!("run unpause {RUN}"),
        format!("run cancel {RUN} --reason x"),
        "run start --template ambulance --client x".to_owned(),
        format!("people import examples/ambulance-trust/people.csv --run {RUN}"),
    ];
    for command in commands {
        check(&[(&format!("{command} {there}"), 1, parts)]);
    }
}

#[test]
fn an_error_in_a_script_is_shown_underlined_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("workflows/ambulance");
    copy_folder(&project().join("workflows/ambulance"), &copy);
    copy_folder(&project().join("workflows/lib"), &folder.path().join("workflows/lib"));
    let script = copy.join("programme.rhai");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(&script, format!("{text}\nfn broken() {{\n    let x = ;\n}}\n")).unwrap();
    for command in ["check", "rehearse", "test"] {
        let said = turnabout(&[command, copy.to_str().unwrap()]);
        assert_eq!(said.code, Some(1), "{said:?}");
        let line = text.lines().count() + 3;
        assert!(said.err.contains(&format!("programme.rhai:{line}:")), "{}", said.err);
        assert!(said.err.contains("let x = ;") && said.err.contains("───"), "not underlined: {}", said.err);
        assert!(said.err.contains("error[template::problems]"), "{}", said.err);
    }
    let said = turnabout(&["check", "--json", copy.to_str().unwrap()]);
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &answer["ok"]), (Some(1), &false.into()), "{answer}");
    assert!(answer["templates"][0]["diagnostics"][0]["labels"][0]["file"].is_string(), "{answer}");
}

#[test]
fn a_script_that_fails_in_a_rehearsal_is_shown_underlined_where_it_is_parked() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("workflows/ambulance");
    copy_folder(&project().join("workflows/ambulance"), &copy);
    copy_folder(&project().join("workflows/lib"), &folder.path().join("workflows/lib"));
    let script = copy.join("programme.rhai");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(
        &script,
        text.replace("hold(\"engagement-day\", cohort.everyone", "hold(\"engagement-day\", cohort.everybody"),
    )
    .unwrap();
    for command in ["check", "rehearse", "test"] {
        let said = turnabout(&[command, copy.to_str().unwrap()]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("script::unknown_field"), "{}", said.err);
        assert!(said.err.contains("programme.rhai:18:") && said.err.contains("──"), "not underlined: {}", said.err);
        assert!(said.err.contains("there is no 'everybody' here"), "{}", said.err);
    }
}

#[test]
fn a_demonstration_that_cannot_begin_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let project = folder.path().to_str().unwrap();
    let said = turnabout(&["demo", "--prepare-only", "--project", project, "--data", data.to_str().unwrap()]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("error[cli::not_found]") && said.err.contains("own folder"), "{}", said.err);
    assert!(!data.exists(), "the data folder was not touched");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn a_list_of_people_is_checked_row_by_row_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let import = |csv: &str, more: &[&str]| {
        let file = folder.path().join("people.csv");
        fs::write(&file, csv).unwrap();
        let check = ["people", "import", file.to_str().unwrap(), "--check", "--template", "workflows/ambulance"];
        turnabout(&[&check, more].concat())
    };
    let header = "role,name,email,manager,topics,grade,site\n";
    let twice = format!("\u{feff}{header}{header}captain,Kit,not-an-address,,rotas,five,Fellgate\n");
    let said = import(&twice, &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
    assert!(said.err.contains("error[live::people]"), "{}", said.err);
    for place in
        ["row 2: this is a second header row", "row 3, column 'role'", "row 3, column 'email'", "row 3, column 'grade'"]
    {
        assert!(said.err.lines().any(|line| line.trim_start().starts_with(place)), "no '{place}' in {}", said.err);
    }
    let said = import(&twice, &["--json"]);
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &answer["ok"]), (Some(2), &false.into()));
    assert_eq!((&answer["errors"][0]["row"], &answer["errors"][0]["column"]), (&2.into(), &serde_json::Value::Null));

    let double = import("role,name,email,email\nmentor,A,a@b.example,a@b.example\n", &[]);
    assert_eq!(double.code, Some(2), "{double:?}");
    assert!(double.err.contains("column 'email'"), "{}", double.err);

    let sound = fs::read_to_string(project().join("examples/ambulance-trust/people.csv")).unwrap();
    let said = import(&format!("\u{feff}{sound}"), &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("10 mentors, 10 mentees"), "{}", said.out);
}

#[test]
fn a_report_that_cannot_be_written_is_said_with_its_path() {
    check(&[(
        "rehearse workflows/ambulance --report nowhere/at/all.html",
        2,
        &["error[cli::file]", "nowhere/at/all.html"],
    )]);
    assert!(!project().join("nowhere").exists());
}
