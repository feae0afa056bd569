//! The shipped templates: each loads without an error, and its rehearsals meet what they expect.

#![allow(clippy::unwrap_used)] // a test that cannot read what it needs has to fail

mod amended;
mod calendar;
mod case_studies;
mod evaluated;

use std::path::{Path, PathBuf};
use turnabout_core::{
    bundle::Bundle,
    limits::Limits,
    rehearse::{House, Rehearsed, rehearse, verdicts},
};
use turnabout_model::Severity;
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};

/// The folder of templates.
fn workflows() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project").join("workflows")
}

/// Every template's name.
fn templates() -> Vec<String> {
    let folders = std::fs::read_dir(workflows()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = folders
        .filter(|path| path.join("programme.toml").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn load(name: &str) -> Bundle {
    load_folder(&workflows().join(name))
}

fn load_folder(folder: &Path) -> Bundle {
    let name = folder.display();
    let files = turnabout_template::read_folder(folder).unwrap();
    let scripts = RhaiScripts::new(ScriptLimits::standard());
    match turnabout_template::load(files, &scripts, &MessageCheck) {
        Ok((bundle, notes)) => {
            let warnings: Vec<_> = notes.iter().filter(|note| note.severity > Severity::Advice).collect();
            assert!(warnings.is_empty(), "{name} has warnings: {warnings:#?}");
            bundle
        }
        Err(problems) => panic!("{name} does not load: {problems:#?}"),
    }
}

fn play(bundle: &Bundle, rehearsal: &str, seed: u64) -> Rehearsed {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    bundle.bring_components(&sandbox).unwrap();
    let house = House { rules: &sandbox, limits: Limits::standard() };
    rehearse(bundle, &bundle.rehearsals[rehearsal], seed, house).unwrap()
}

#[test]
fn every_template_meets_what_its_rehearsals_expect() {
    assert!(!templates().is_empty());
    for name in templates() {
        let bundle = load(&name);
        assert!(bundle.rehearsals.len() >= 2, "{name} has fewer than two rehearsals");
        for (rehearsal, plan) in &bundle.rehearsals {
            assert!(!plan.expect.is_empty(), "{name} / {rehearsal} expects nothing");
            let rehearsed = play(&bundle, rehearsal, plan.seed);
            for verdict in verdicts(&rehearsed, &plan.expect) {
                assert!(verdict.met, "{name} / {rehearsal}: {} ({})", verdict.say, verdict.found);
            }
        }
    }
}

/// The folders of the clients among the examples.
fn clients() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(workflows().parent().unwrap().join("examples")).unwrap();
    let clients: Vec<_> =
        folders.map(|entry| entry.unwrap().path()).filter(|p| p.join("client.toml").is_file()).collect();
    assert!(clients.len() >= 4, "{clients:?}");
    clients
}

/// Nothing that ships asks questions that are somebody else's.
#[test]
fn every_survey_that_ships_is_self_written() {
    let folders = templates().into_iter().map(|name| workflows().join(name)).chain(clients());
    for folder in folders {
        let bundle = load_folder(&folder);
        assert!(!bundle.surveys.is_empty(), "{}", folder.display());
        for (name, survey) in &bundle.surveys {
            let free = survey.licence.as_deref() == Some("CC0-1.0");
            let owner = survey.requires_permission || survey.attribution.is_some();
            assert!(free && !owner, "{} / {name}: {:?} {:?}", folder.display(), survey.licence, survey.attribution);
        }
    }
}

/// A client's folder is a template too: the one that it names, with the client's changes.
#[test]
fn every_tailored_client_meets_what_its_rehearsals_expect() {
    for client in clients() {
        let bundle = load_folder(&client);
        let name = &bundle.programme.name;
        for (rehearsal, plan) in &bundle.rehearsals {
            assert!(!plan.expect.is_empty(), "{name} / {rehearsal} expects nothing");
            let rehearsed = play(&bundle, rehearsal, plan.seed);
            for verdict in verdicts(&rehearsed, &plan.expect) {
                assert!(verdict.met, "{name} / {rehearsal}: {} ({})", verdict.say, verdict.found);
            }
        }
    }
}

#[test]
fn a_rehearsal_is_the_same_for_the_same_seed_and_differs_for_another() {
    for name in templates() {
        let bundle = load(&name);
        let first = bundle.rehearsals.keys().next().unwrap();
        let (one, again, other) = (play(&bundle, first, 7), play(&bundle, first, 7), play(&bundle, first, 8));
        assert_eq!(one.events, again.events, "{name}");
        assert_ne!(one.events, other.events, "{name}");
    }
}

#[test]
fn a_run_folds_again_from_its_journal_to_the_same_run() {
    for name in templates() {
        let bundle = load(&name);
        for rehearsal in bundle.rehearsals.keys() {
            let rehearsed = play(&bundle, rehearsal, 3);
            let mut run = turnabout_core::run::Run::default();
            for (at, event) in &rehearsed.events {
                // What is stored is what is read back: an event survives its own serialisation.
                let json = serde_json::to_string(event).unwrap();
                run.apply(*at, &serde_json::from_str(&json).unwrap());
            }
            assert_eq!(run, rehearsed.run, "{name} / {rehearsal}");
        }
    }
}

/// Writes the golden journal once per format: `TURNABOUT_WRITE_GOLDEN=1 cargo test -p turnabout-tests --test templates`.
#[test]
fn the_golden_journal_of_this_format_is_there() {
    let name = format!("golden/journal-format-{}.jsonl", turnabout_model::FORMAT);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("TURNABOUT_WRITE_GOLDEN").is_some() && !path.exists() {
        let rehearsed = play(&load("ambulance"), "hard-year", 11);
        let lines = (1_u64..).zip(rehearsed.events).map(|(version, (at, event))| {
            let entry = turnabout_model::Entry { format: turnabout_model::FORMAT, version, at, event };
            serde_json::to_string(&entry).unwrap()
        });
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    }
    assert!(path.exists(), "a new format needs a golden journal: set TURNABOUT_WRITE_GOLDEN=1 and commit the file");
}

#[test]
fn the_definitions_for_editors_are_what_the_engine_gives() {
    let kept = std::fs::read_to_string(workflows().join("api/turnabout.d.rhai")).unwrap();
    let same = kept == turnabout_script::definitions(&turnabout_core::verbs::Verbs::default());
    assert!(same, "run `turnabout definitions > workflows/api/turnabout.d.rhai` and commit it");
}
