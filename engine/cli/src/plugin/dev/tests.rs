//! Turns of the workshop with components that are there already in the place of a build.

use super::*;
use crate::plugin::{Kind, Language, scaffold};

const HOSTILE: &[u8] = include_bytes!("../../../../../plugins/dist/hostile.wasm");
const TOPICS: &[u8] = include_bytes!("../../../../../plugins/dist/topic-overlap.wasm");

/// A new plugin with the id of a rule that the broadcaster's plan names, and no cases but one that anything holds.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("turnabout-{name}-{}", std::process::id()));
    scaffold::write(&folder, "topic-overlap", Language::Rust, Kind::Rule).unwrap();
    forget_cases(&folder);
    case(&folder, "{ \"mentors\": [], \"mentees\": [], \"verdicts\": [] }");
    folder
}

fn forget_cases(folder: &Path) {
    for case in fs::read_dir(folder.join("cases")).unwrap() {
        fs::remove_file(case.unwrap().path()).unwrap();
    }
}

fn case(folder: &Path, text: &str) {
    fs::write(folder.join("cases/own.json"), text).unwrap();
}

/// What the tools of a language do: they write a component, and it is read.
fn gives(component: &'static [u8]) -> impl FnMut(&Folder) -> Result<Vec<u8>, Failure> {
    move |folder| {
        fs::create_dir_all(folder.path.join("dist")).unwrap();
        fs::write(folder.component(), component).unwrap();
        Ok(component.to_vec())
    }
}

fn breaks(_: &Folder) -> Result<Vec<u8>, Failure> {
    Err(Failure::Input { what: "cargo failed".into(), hint: "Mend what the compiler says.".into() })
}

fn has(turn: &Turn, part: &str) -> bool {
    turn.lines.iter().any(|line| line.contains(part))
}

#[test]
fn a_new_component_takes_the_place_of_the_old_in_a_rehearsal_and_the_pairs_that_change_are_named() {
    let folder = folder("dev-swap");
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/broadcaster");
    let files = || turnabout_template::read_folder(&client).unwrap();
    let untouched = files();
    let mut workshop = Workshop::new(&folder, Some(&client));

    let turn = workshop.turn(&mut gives(TOPICS));
    assert!(turn.sound && has(&turn, "nothing changed"), "the client has this one already: {turn:#?}");

    let turn = workshop.turn(&mut gives(HOSTILE));
    assert!(has(&turn, "built") && has(&turn, "(new), 1 case held"), "{turn:#?}");
    assert!(has(&turn, "new pair: ") && has(&turn, "no longer: "), "it scores everyone alike: {turn:#?}");

    let turn = workshop.turn(&mut gives(HOSTILE));
    assert!(has(&turn, "the same as before") && has(&turn, "nothing changed"), "{turn:#?}");
    assert_eq!(files(), untouched, "nothing is written into the client's folder");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_build_that_breaks_or_is_refused_leaves_the_last_good_component_in_use() {
    let folder = folder("dev-keep");
    let mut workshop = Workshop::new(&folder, None);
    let turn = workshop.turn(&mut breaks);
    assert!(!turn.sound && has(&turn, "cargo failed") && has(&turn, "no good component yet"), "{turn:#?}");

    assert!(workshop.turn(&mut gives(TOPICS)).sound);
    let own = Folder::read(&folder).unwrap().component();
    for build in [&mut breaks as Build<'_>, &mut gives(b"\0asm\x01\0\0\0"), &mut gives(b"(component)")] {
        let turn = workshop.turn(build);
        assert!(!turn.sound && has(&turn, "the last good component stays in use"), "{turn:#?}");
        assert_eq!(fs::read(&own).unwrap(), TOPICS, "and lies in dist");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_case_that_fails_is_told_and_a_case_that_is_mended_is_asked_again() {
    let folder = folder("dev-cases");
    let mut workshop = Workshop::new(&folder, None);
    case(&folder, r#"{ "mentors": [{}], "mentees": [{}], "verdicts": [[0.25]] }"#);
    let turn = workshop.turn(&mut gives(HOSTILE));
    assert!(!turn.sound && has(&turn, "FAILED  own.json") && has(&turn, "0.5, and the case says 0.25"), "{turn:#?}");
    case(&folder, r#"{ "mentors": [{}], "mentees": [{}], "verdicts": [[0.5]] }"#);
    assert!(workshop.turn(&mut gives(HOSTILE)).sound);
    fs::remove_file(folder.join("plugin.toml")).unwrap();
    let turn = workshop.turn(&mut gives(HOSTILE));
    assert!(!turn.sound && has(&turn, "plugin.toml"), "{turn:#?}");
    fs::remove_dir_all(&folder).unwrap();
}

const FORM_LOGIC: &[u8] = include_bytes!("../../../../../plugins/dist/form-logic.wasm");

#[test]
fn of_a_logic_it_is_told_which_answers_of_the_rehearsal_count_now() {
    let folder = std::env::temp_dir().join(format!("turnabout-dev-logic-{}", std::process::id()));
    scaffold::write(&folder, "form-logic", Language::Rust, Kind::Logic).unwrap();
    forget_cases(&folder);
    case(
        &folder,
        r#"{ "survey": { "name": "s", "default_language": "en", "languages": ["en"],
            "questions": [{ "name": "why", "type": "text", "label": "Why?" }] },
            "given": { "answers": {}, "context": { "today": "2026-01-05", "language": "en" } },
            "outcome": { "visible": ["why"], "required": [], "wrong": [], "computed": {}, "labels": { "why": "Why?" },
            "answers": {}, "scores": {} } }"#,
    );
    let target = folder.join("template");
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows/tpc-foundations");
    for (path, bytes) in turnabout_template::read_folder(&template).unwrap() {
        let file = target.join(path.as_str());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let mut workshop = Workshop::new(&folder, Some(&target));

    let turn = workshop.turn(&mut gives(FORM_LOGIC));
    assert!(has(&turn, "nothing changed"), "the template has this one already: {turn:#?}");

    // What a component says of another form is what another component would say of this one.
    let survey = target.join("surveys/half-way.toml");
    let text = fs::read_to_string(&survey).unwrap();
    let narrower = text.replace("name = \"needed\"", "name = \"needed\"\nrelevant = \"${value} <= 2\"");
    assert_ne!(narrower, text);
    fs::write(&survey, narrower).unwrap();
    let turn = workshop.turn(&mut gives(FORM_LOGIC));
    let told = turn.lines.iter().find(|line| line.starts_with("half-way, needed: ")).unwrap();
    let numbers: Vec<u32> = told.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert!(matches!(numbers[..], [now, before] if now < before), "{told}");
    let others = turn.lines.iter().filter(|line| line.contains(" count, ")).count();
    assert_eq!(others, 1, "no other question: {turn:#?}");
    fs::remove_dir_all(&folder).unwrap();
}
