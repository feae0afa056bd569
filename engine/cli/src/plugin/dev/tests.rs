//! Turns of the workshop with components that are there already in the place of a build.

use super::*;
use crate::plugin::{Kind, Language, scaffold};

const HOSTILE: &[u8] = include_bytes!("../../../../../plugins/dist/hostile.wasm");
const TOPICS: &[u8] = include_bytes!("../../../../../plugins/dist/topic-overlap.wasm");

/// A new plugin with the id of a rule that the broadcaster's plan names, and no cases but one that anything holds.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("turnabout-{name}-{}", std::process::id()));
    scaffold::write(&folder, "topic-overlap", Language::Rust, Kind::Rule).unwrap();
    for case in fs::read_dir(folder.join("cases")).unwrap() {
        fs::remove_file(case.unwrap().path()).unwrap();
    }
    case(&folder, "{ \"mentors\": [], \"mentees\": [], \"verdicts\": [] }");
    folder
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
