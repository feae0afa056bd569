//! Broken templates: what a designer reads about each mistake.

use super::load;
use crate::testing::{FakeMessages, FakeScripts, MANIFEST, REHEARSAL, SCRIPT, SURVEY, print, sound};
use insta::assert_snapshot;
use smol_str::SmolStr;

/// Loads the sound template with one file replaced and prints everything that is found.
fn with(path: &str, text: &str) -> String {
    let mut files = sound();
    files.insert(SmolStr::new(path), text.as_bytes().to_vec());
    let found = match load(files.clone(), &FakeScripts, &FakeMessages) {
        Ok((_, notes)) => format!("loaded\n{}", print(&notes, &files)),
        Err(problems) => print(&problems, &files),
    };
    found.trim_end().to_owned()
}

/// The same with some texts of the manifest replaced.
fn manifest(changes: &[(&str, &str)]) -> String {
    with("programme.toml", &changed(MANIFEST, changes))
}

fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn a_sound_template_loads_without_a_word() {
    let files = sound();
    let (bundle, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    assert_eq!(print(&notes, &files), "");
    assert_eq!(bundle.hash, crate::content_hash(&files));
    assert_eq!(bundle.programme.sessions.len(), 3);
    assert_eq!(bundle.surveys["half-way"].questions.len(), 2);
    assert_eq!(bundle.rehearsals["calm"].expect.len(), 2);
    assert_eq!(bundle.messages["reminder"].subject, "See you soon");
    assert_eq!(*bundle.files, files);
}

#[test]
fn text_without_quotes() {
    assert_snapshot!(manifest(&[("length = \"6 months\"", "length = 6 months")]), @"");
}

#[test]
fn mistyped_and_missing_keys_all_at_once() {
    assert_snapshot!(manifest(&[("summary", "sumary"), ("invitation = ", "invitaton = "), ("lasts = \"2 hours\"\n", "")]), @"");
}

#[test]
fn wrong_kinds_of_value() {
    assert_snapshot!(manifest(&[("default = 6", "default = \"six\""), ("[\"mentor-skills\"]", "\"mentor-skills\""), ("\"4 weeks\"", "\"often\"")]), @"");
}

#[test]
fn a_setting_outside_its_own_bounds() {
    assert_snapshot!(manifest(&[("default = 6", "default = 60")]), @"");
    assert_snapshot!(manifest(&[("least = 1", "least = 20")]), @"");
}

#[test]
fn names_that_can_not_be_used() {
    assert_snapshot!(manifest(&[("name = \"harbour\"", "name = \"Harbour & Sons\""), ("[settings.rounds]", "[settings.Max-Rounds]"), ("[attributes.grade]", "[attributes.email]")]), @"");
}

#[test]
fn messages_that_do_not_exist() {
    assert_snapshot!(manifest(&[("\"reminder\"", "\"remainder\"")]), @"");
    assert_snapshot!(with("surveys/half-way.toml", &changed(SURVEY, &[("\"invitation\"", "\"please-answer\"")])), @"");
}

#[test]
fn a_message_shows_a_setting_that_does_not_exist() {
    assert_snapshot!(with("messages/reminder.hbs", "See you\nEvery {{settings.rythm}}"), @"");
}

#[test]
fn a_day_that_does_not_exist() {
    assert_snapshot!(manifest(&[("\"14:00\"", "\"2 pm\""), ("licence", "time_zone = \"Europe/Lodnon\"\nlicence")]), @"");
}

#[test]
fn gates_name_sessions() {
    assert_snapshot!(manifest(&[("match_mentee = [\"mentor-skills\"]", "match_mentee = [\"mentee-skills\"]")]), @"");
}

#[test]
fn matching_names_plugins_with_sound_hashes_and_weights() {
    assert_snapshot!(manifest(&[("\"shared-topics\"", "\"shared-topic\""), ("weight = 1.0", "weight = -1"), ("aaaa\"", "AAAA\"")]), @"");
    assert_snapshot!(manifest(&[("weight = 1.0", "weight = inf")]), @"");
}

#[test]
fn a_reminder_before_its_invitation() {
    assert_snapshot!(manifest(&[("reminder = ", "remind_before = \"3 weeks\"\nreminder = ")]), @"");
}

#[test]
fn survey_questions_and_choices() {
    let survey = changed(
        SURVEY,
        &[("\"form\"", "\"trust\""), ("[\"in person\", \"by video\"]", "[]"), ("\"likert\"", "\"lickert\"")],
    );
    assert_snapshot!(with("surveys/half-way.toml", &survey), @"");
    let survey = changed(SURVEY, &[("\"by video\"", "\"in person\""), ("points = 5", "points = 50")]);
    assert_snapshot!(with("surveys/half-way.toml", &survey), @"");
}

#[test]
fn rehearsals_set_what_there_is() {
    let rehearsal = changed(
        REHEARSAL,
        &[
            ("rounds = 4", "rounds = 40\nround = 4"),
            ("pick = 2", "pick = 4"),
            ("[\"8\", \"9\"]", "[\"eight\"]"),
            ("response_rate = 0.7", "response_rate = 70\nattendence = 1"),
            ("[cohort.mentor.topics]", "[cohort.mentor.age]\nfrom = [\"20\"]\n\n[cohort.mentor.topics]"),
            ("starts = 2026-10-05", "starts = \"5 October\""),
        ],
    );
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @"");
}

#[test]
fn expectations_say_one_thing_about_what_exists() {
    let rehearsal = changed(
        REHEARSAL,
        &[("is = 8\n", ""), ("session:mentor-skills", "session:mentor-skill"), ("\"matching\"", "\"matchings\"")],
    );
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @"");
    let rehearsal = changed(
        REHEARSAL,
        &[
            ("is = 8", "order = [\"pairs\"]"),
            ("session:mentor-skills\", \"matching", "session:review 2"),
            ("count = \"pairs\"", "count = \"surveys:x\""),
        ],
    );
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @"");
}

#[test]
fn files_in_the_wrong_place_and_files_of_no_use() {
    assert_snapshot!(with("mesages/welcome.hbs", "hello"), @"");
    assert_snapshot!(with("messages/welcome.txt", "hello"), @"");
    assert_snapshot!(with("messages/welcome.hbs", "hello"), @"");
}

#[test]
fn scripts_and_messages_report_beside_the_rest() {
    let mut files = sound();
    files.insert("programme.rhai".into(), b"broken".to_vec());
    files.insert("messages/reminder.hbs".into(), Vec::new());
    files.insert("surveys/half-way.toml".into(), b"\xff".to_vec());
    let found = load(files.clone(), &FakeScripts, &FakeMessages).unwrap_err();
    files.remove("surveys/half-way.toml");
    assert_snapshot!(print(&found, &files), @"");
}

#[test]
fn the_audit_says_what_the_field_would() {
    let bare = "name = \"bare\"\nversion = \"1\"\nsummary = \"s\"\npurpose = \"inclusion\"\nlength = \"1 month\"\nlicence = \"MIT\"\n";
    let mut files = sound();
    files.retain(|path, _| path.starts_with("programme"));
    files.insert("programme.toml".into(), bare.into());
    files.insert("programme.rhai".into(), b"fn programme(settings) {}".to_vec());
    let (_, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    assert_snapshot!(print(&notes, &files), @"");
}

#[test]
fn waivers_silence_lints_and_nothing_else() {
    let waive = |lint: &str| format!("[[waivers]]\nlint = \"{lint}\"\nreason = \"because\"\n");
    let text = MANIFEST.replace("kind = \"celebration\"", "kind = \"party\"");
    assert_snapshot!(with("programme.toml", &text), @"");
    assert_eq!(with("programme.toml", &(text.clone() + &waive("audit::no_closing"))), "loaded");
    assert_snapshot!(with("programme.toml", &(MANIFEST.to_owned() + &waive("audit::no_closing"))), @"");
    assert_snapshot!(with("programme.toml", &(MANIFEST.to_owned() + &waive("audit::no_closings"))), @"");
    // Without a script that compiles, nobody can say that a waiver is not needed.
    let mut files = sound();
    files.insert("programme.toml".into(), (MANIFEST.to_owned() + &waive("audit::no_closing")).into_bytes());
    files.insert("programme.rhai".into(), SCRIPT.replace("fn programme", "broken").into_bytes());
    assert_eq!(load(files, &FakeScripts, &FakeMessages).unwrap_err().len(), 1);
}
