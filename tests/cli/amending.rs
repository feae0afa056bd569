//! `turnabout run amend`: from the command line, against a server that has two versions of a template.

use crate::program::{Served, project};
use std::{fs, path::Path};

/// The shipped template under a folder of its own, with one file edited. What it imports lies beside it.
fn edited(folder: &Path, file: &str, edits: &[(&str, &str)]) -> String {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let (path, name) = {
                let entry = entry.unwrap();
                (entry.path(), entry.file_name())
            };
            if path.is_dir() {
                copy(&path, &to.join(name));
            } else {
                fs::copy(&path, to.join(name)).unwrap();
            }
        }
    }
    let workflows = project().join("workflows");
    let plugins = project().join("plugins/dist");
    if plugins.is_dir() {
        copy(&plugins, &folder.join("plugins/dist"));
    }
    for name in ["lib", "ambulance"] {
        copy(&workflows.join(name), &folder.join("workflows").join(name));
    }
    let path = folder.join("workflows/ambulance").join(file);
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    fs::write(&path, text).unwrap();
    folder.join("workflows/ambulance").display().to_string()
}

#[test]
fn a_run_is_looked_at_and_amended_from_the_command_line() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let wrong = edited(folders[0].path(), "programme.rhai", &[("    stage(\"Recruiting\");\n", "")]);
    let longer = edited(
        folders[1].path(),
        "programme.rhai",
        &[("    stage(\"Engagement\");", "    stage(\"Getting to know each other\");")],
    );
    let server = Served::with(&["workflows/ambulance", &wrong, &longer]);
    let templates = server.ask(&["run", "start", "--template", "ambulance", "--client", "Later", "--json"]).json();
    let latest = templates["bundle"].as_str().unwrap().to_owned();
    let hashes = fs_hashes(&server);
    let old = hashes.iter().find(|hash| **hash != latest).unwrap();
    let started = server.ask(&["run", "start", "--template", &hashes[2], "--client", "Fellmarch", "--json"]).json();
    let run = started["id"].as_str().unwrap();
    assert_ne!((old, started["bundle"].as_str().unwrap()), (old, latest.as_str()));

    // The version that has lost a step diverges, and says how it could be mapped.
    let said = server.ask(&["run", "amend", run, "--to", &hashes[1], "--dry-run"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("programme: 1 diverges (journey-0)"), "{}", said.out);
    assert!(
        said.err.contains("stage(Recruiting)#0") && said.err.contains("the old script has it here"),
        "{}",
        said.err
    );
    assert!(said.err.contains("--skip \"programme/stage(Recruiting)\""), "{}", said.err);
    let refused = server.ask(&["run", "amend", run, "--to", &hashes[1]]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.out.contains("Nothing was changed."), "{}", refused.out);

    let all = server.ask(&["run", "amend", "--all", "ambulance", "--to", &hashes[1]]);
    assert_eq!(all.code, Some(1), "{all:?}");
    assert!(all.out.contains("2 of 2 runs would not continue"), "{}", all.out);

    // The one whose later steps changed continues.
    let dry = server.ask(&["run", "amend", run, "--to", "ambulance", "--dry-run", "--times", "3"]);
    assert_eq!(dry.code, Some(0), "{dry:?}");
    assert!(dry.out.contains("programme: 1 continues (journey-0)") && dry.out.contains("dry run"), "{}", dry.out);
    assert!(dry.out.contains("AS IT STANDS") && dry.out.contains("meetings in all"), "{}", dry.out);
    let json = server.ask(&["run", "amend", run, "--to", "ambulance", "--dry-run", "--json", "--times", "3"]).json();
    assert_eq!(json["forecast"]["before"]["times"], 3);
    assert_eq!(json["forecast"]["after"]["seed"], json["forecast"]["before"]["seed"]);
    let without = server.ask(&["run", "amend", run, "--to", "ambulance", "--dry-run", "--times", "0", "--json"]).json();
    assert_eq!(without.get("forecast"), None);
    assert_eq!((&json["clean"], &json["to"]), (&true.into(), &latest.as_str().into()));
    let shown = server.ask(&["run", "show", run, "--json"]).json();
    assert_eq!(shown["bundle"], started["bundle"], "nothing was changed");

    let misspelt = server.ask(&["run", "amend", run, "--to", "ambulance", "--setting", "patiense=6 weeks"]);
    assert!(misspelt.code == Some(2) && misspelt.err.contains("no setting 'patiense'; it has "), "{misspelt:?}");
    assert!(misspelt.err.contains("patience") && !misspelt.err.contains("Show the template"), "{}", misspelt.err);
    let done = server.ask(&["run", "amend", run, "--to", "ambulance", "--setting", "patience=6 weeks"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("Amended.") && done.out.contains("setting patience (changed)"), "{}", done.out);
    let shown = server.ask(&["run", "show", run, "--json"]).json();
    assert_eq!(shown["bundle"], latest.as_str());
    let mapped = server.ask(&["run", "amend", run, "--to", &hashes[1], "--skip", "stage(Recruiting)"]);
    assert_eq!(mapped.code, Some(0), "{mapped:?}");
    let journal = server.ask(&["run", "journal", run, "--json"]).json();
    let switches = journal["items"].as_array().unwrap().iter().filter(|e| e["event"]["event"] == "bundle_switched");
    assert_eq!(switches.count(), 2);
    // Where a run stands says what it pins and what it went through, and each hash can be named by its beginning.
    let shown = server.ask(&["run", "show", run]).out;
    let before = started["bundle"].as_str().unwrap();
    assert!(shown.contains(&format!("version 1.0.0 of the template, content hash {}", hashes[1])), "{shown}");
    assert_eq!(shown.matches("  amended ").count(), 2, "{shown}");
    assert!(shown.contains("    setting patience: 6 weeks, before 5 weeks"), "{shown}");
    // An amendment of a setting alone names no hash twice.
    let alone = server.ask(&["run", "amend", run, "--to", &hashes[1], "--setting", "patience=3 weeks"]);
    assert_eq!(alone.code, Some(0), "{alone:?}");
    let last = server.ask(&["run", "show", run]).out;
    assert!(
        last.contains(&format!(
            "ambulance 1.0.0 as before, {}\n    setting patience: 3 weeks, before 6 weeks",
            hashes[1]
        )),
        "{last}"
    );
    assert_eq!(last.matches("    setting ").count(), 2, "{last}");
    assert!(
        shown.contains(&format!("from ambulance 1.0.0 {before}")) && shown.contains(&format!("to {latest}")),
        "{shown}"
    );
    let again = server.ask(&["run", "amend", run, "--to", &latest[..12], "--dry-run", "--times", "0", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&again.out).unwrap()["to"], latest.as_str(), "{again:?}");
    let short = server.ask(&["run", "amend", run, "--to", &latest[..4], "--dry-run"]);
    assert!(short.err.contains("error[live::no_template]"), "{short:?}");
}

#[test]
fn a_branch_of_a_shipped_template_that_is_added_first_takes_nothing_of_its_neighbour() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let day = "        || hold(\"engagement-day\", cohort.everyone),\n";
    let of_mentors = "        || hold(\"engagement-day\", cohort.mentors),\n";
    let first = edited(folders[0].path(), "programme.rhai", &[(day, &format!("{of_mentors}{day}"))]);
    let without = edited(folders[1].path(), "programme.rhai", &[(day, "")]);
    let server = Served::with(&["workflows/ambulance", &first, &without]);
    let hashes = fs_hashes(&server);
    let examples = project().join("examples/ambulance-trust");
    let people = examples.join("people.csv").display().to_string();
    let start = ["run", "start", "--template", &hashes[2], "--client", "Fellmarch", "--people", &people, "--json"];
    let run = server.ask(&start).json()["id"].as_str().unwrap().to_owned();
    server.post(&format!("/runs/{run}/recruitments/volunteers/close"));
    let sessions = || {
        let journal = server.ask(&["run", "journal", &run, "--json"]).json();
        let events: Vec<serde_json::Value> =
            journal["items"].as_array().unwrap().iter().map(|entry| entry["event"].clone()).collect();
        let planned = |kind: &str| events.iter().filter(|event| event["event"] == kind).count();
        (planned("session_planned"), planned("session_cancelled"))
    };
    assert_eq!(sessions(), (1, 0));

    // Both days go by one name, and the one that is in the diary stays with its branch.
    let dry = server.ask(&["run", "amend", &run, "--to", &hashes[1], "--dry-run", "--times", "3"]);
    assert_eq!(dry.code, Some(0), "{dry:?}");
    let moved = "branch 1 of together#0 is branch 2 now: || hold(\"engagement-day\", cohort.everyone)";
    assert!(dry.out.contains(moved) && dry.out.contains("asks at once for hold(engagement-day)#0"), "{}", dry.out);
    assert!(!dry.out.contains("deadline of"), "{}", dry.out);
    let done = server.ask(&["run", "amend", &run, "--to", &hashes[1]]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(sessions(), (2, 0));

    // One that is gone while it waits is named, with what to say of it.
    let said = server.ask(&["run", "amend", &run, "--to", &hashes[0]]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let words = said.err.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    for part in [
        "branch 1 of together#0, || hold(\"engagement-day\", cohort.mentors), waits in hold(engagement-day)#0",
        "--branch \"programme/together#0:1=gone\"",
    ] {
        assert!(words.contains(part), "{part}: {}", said.err);
    }
    let gone = ["--branch", "together#0:1=gone", "--branch", "together#0:2=gone"];
    let done = server.ask(&[&["run", "amend", &run, "--to", &hashes[0]][..], &gone].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(sessions(), (2, 2));
}

#[test]
fn a_run_is_forecast_from_the_command_line() {
    let server = Served::start();
    let started = server.ask(&["run", "start", "--template", "ambulance", "--client", "Fellmarch", "--json"]).json();
    let run = started["id"].as_str().unwrap();
    let said = server.ask(&["run", "forecast", run, "--times", "5"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for line in ["nothing seen yet", "5 forecasts from", "the end: "] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    let page = server.data.path().join("forecast.html");
    let json =
        server.ask(&["run", "forecast", run, "--times", "5", "--json", "--report", page.to_str().unwrap()]).json();
    assert_eq!((&json["times"], &json["over"]), (&5.into(), &serde_json::Value::Null));
    let page = fs::read_to_string(page).unwrap();
    for part in
        ["A forecast with invented behaviour", "Forecast for Fellmarch", "Assumed", "How people have behaved so far"]
    {
        assert!(page.contains(part), "{part}");
    }
    server.ask(&["run", "cancel", run, "--reason", "No budget"]);
    let over = server.ask(&["run", "forecast", run, "--times", "5"]);
    assert!(over.out.contains("The run is over since"), "{over:?}");
}

/// The hashes of what is installed, the latest first: ambulance is listed by version, the latest first.
fn fs_hashes(server: &Served) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(&server.get("/templates")).unwrap();
    let items = list.as_array().or_else(|| list["items"].as_array()).unwrap();
    items.iter().map(|item| item["hash"].as_str().unwrap().to_owned()).collect()
}
