//! Broken templates: what a designer reads about each mistake.

use super::load;
use crate::testing::{FakeMessages, FakeScripts, MANIFEST, REHEARSAL, SCRIPT, SURVEY, print, sound};
use insta::assert_snapshot;
use smol_str::SmolStr;

/// Loads the sound template with one file replaced and prints everything that is found.
pub(super) fn with(path: &str, text: &str) -> String {
    let mut files = sound();
    files.insert(SmolStr::new(path), text.as_bytes().to_vec());
    let found = match load(files.clone(), &FakeScripts, &FakeMessages) {
        Ok((_, notes)) => format!("loaded\n{}", print(&notes, &files)),
        Err(problems) => print(&problems, &files),
    };
    found.trim_end().to_owned()
}

/// The same with some texts of the manifest replaced.
pub(super) fn manifest(changes: &[(&str, &str)]) -> String {
    with("programme.toml", &changed(MANIFEST, changes))
}

/// A text with some texts in it replaced.
pub(super) fn changed(text: &str, changes: &[(&str, &str)]) -> String {
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
    assert_snapshot!(manifest(&[("length = \"6 months\"", "length = 6 months")]), @"
    error[toml::syntax] programme.toml can't be read here: string values must be quoted, expected literal string
      programme.toml:5:10 `6 months` this
      help: texts stand in quotes, a line is `key = value`, and a section starts with `[name]`
    ");
}

#[test]
fn mistyped_and_missing_keys_all_at_once() {
    assert_snapshot!(manifest(&[("summary", "sumary"), ("invitation = ", "invitaton = "), ("lasts = \"2 hours\"\n", "")]), @r#"
    error[toml::missing_key] programme.toml needs 'summary'
      programme.toml:1:1 `` is not there
      help: add a line such as `summary = "Six months of reverse mentoring for a police force"`
    error[toml::unknown_key] programme.toml has no key 'sumary'
      programme.toml:3:1 `sumary` unknown key
      help: did you mean 'summary'?
    error[toml::unknown_key] a session has no key 'invitaton'
      programme.toml:32:1 `invitaton` unknown key
      help: did you mean 'invitation'?
    error[toml::missing_key] a session needs 'lasts'
      programme.toml:35:11 `review` is not there
      help: add a line such as `lasts = "2 hours"`
    "#);
}

#[test]
fn wrong_kinds_of_value() {
    assert_snapshot!(manifest(&[("default = 6", "default = \"six\""), ("[\"mentor-skills\"]", "\"mentor-skills\""), ("\"4 weeks\"", "\"often\"")]), @r#"
    error[toml::bad_value] 'often' is not a length of time
      programme.toml:10:11 `\"often\"` this
      help: write for example '5 weeks', '1 month' or '90 minutes'
    error[toml::wrong_type] this is text, not a whole number
      programme.toml:15:11 `\"six\"` wrong kind of value
      help: write the number without quotes
    error[toml::wrong_type] this is text, not a list
      programme.toml:49:16 `\"mentor-skills\"` wrong kind of value
      help: write it in square brackets: ["one", "two"]
    "#);
}

#[test]
fn a_setting_outside_its_own_bounds() {
    assert_snapshot!(manifest(&[("default = 6", "default = 60")]), @"
    error[setting::default] the default does not fit: setting 'rounds' is 60; it must be from 1 to 12
      programme.toml:15:11 `60` outside its own bounds
      help: change the default or the bounds
    ");
    assert_snapshot!(manifest(&[("least = 1", "least = 20")]), @"
    error[setting::bounds] the least value of 'rounds' is more than the most
      programme.toml:16:9 `20` more than `most`
      help: exchange the two
    ");
}

#[test]
fn names_that_can_not_be_used() {
    assert_snapshot!(manifest(&[("name = \"harbour\"", "name = \"Harbour & Sons\""), ("[settings.rounds]", "[settings.Max-Rounds]"), ("[attributes.grade]", "[attributes.email]")]), @r#"
    error[toml::bad_value] 'Harbour & Sons' can't be a name here
      programme.toml:1:8 `\"Harbour & Sons\"` this
      help: use lower-case letters, digits and hyphens, a letter first, 60 at most: for example 'harbour-sons'
    error[toml::bad_name] 'Max-Rounds' can't be a name here, because scripts and messages write it after a dot
      programme.toml:13:11 `Max-Rounds` this name
      help: use lower-case letters, digits and _, a letter first: for example 'max_rounds'
    advice[template::unused] it seems that the setting 'Max-Rounds' changes nothing
      programme.toml:13:11 `Max-Rounds` never read
      help: read it in the script: settings().Max-Rounds, show it in a message, or remove it
    error[attribute::reserved] 'email' is a column of every list of people
      programme.toml:24:13 `email` taken
      help: choose another name, for example 'their_email'
    error[script::unknown_setting] there is no setting 'rounds'
      programme.rhai:2:27 `rounds` no such setting
      help: there is 'rhythm', 'Max-Rounds'
    error[setting::unknown] the template has no setting 'rounds'
      rehearsals/calm.toml:5:1 `rounds` unknown setting
      help: there is 'rhythm', 'Max-Rounds'
    error[rehearsal::unknown_attribute] the template has no attribute 'grade'
      rehearsals/calm.toml:15:16 `grade` unknown attribute
      help: there is 'topics', 'email'
    "#);
}

#[test]
fn messages_that_do_not_exist() {
    assert_snapshot!(manifest(&[("\"reminder\"", "\"remainder\"")]), @r#"
    error[message::missing] there is no message 'remainder'
      programme.toml:33:12 `\"remainder\"` no such message
      help: did you mean 'reminder'?
    advice[template::unused] it seems that nobody ever gets the message 'reminder'
      messages/reminder.hbs:1:1 `` never sent
      help: send it from the script: send("reminder", people), name it in the manifest, or remove it
    "#);
    assert_snapshot!(with("surveys/half-way.toml", &changed(SURVEY, &[("\"invitation\"", "\"please-answer\"")])), @r#"
    error[message::missing] there is no message 'please-answer'
      surveys/half-way.toml:3:14 `\"please-answer\"` no such message
      help: there is 'invitation', 'reminder', 'session-cancelled', 'session-moved'
    "#);
}

#[test]
fn a_message_shows_a_setting_that_does_not_exist() {
    assert_snapshot!(with("messages/reminder.hbs", "See you\nEvery {{settings.rythm}}"), @"
    error[message::unknown_setting] the template has no setting 'rythm'
      messages/reminder.hbs:2:18 `rythm` unknown setting
      help: did you mean 'rhythm'?
    ");
}

#[test]
fn a_day_that_does_not_exist() {
    assert_snapshot!(manifest(&[("\"14:00\"", "\"2 pm\""), ("licence", "time_zone = \"Europe/Lodnon\"\nlicence")]), @r#"
    error[toml::bad_value] there is no time zone 'Europe/Lodnon'
      programme.toml:6:13 `\"Europe/Lodnon\"` this
      help: did you mean 'Europe/London'?
    error[toml::bad_value] '2 pm' is not a time of day
      programme.toml:40:6 `\"2 pm\"` this
      help: write hours and minutes with two digits each, for example '09:30'
    "#);
}

#[test]
fn gates_name_sessions() {
    assert_snapshot!(manifest(&[("match_mentee = [\"mentor-skills\"]", "match_mentee = [\"mentee-skills\"]")]), @r#"
    error[gate::unknown_session] the diary has no session 'mentee-skills'
      programme.toml:50:17 `\"mentee-skills\"` nobody could pass this gate
      help: did you mean 'mentor-skills'?
    "#);
}

#[test]
fn matching_names_plugins_with_sound_hashes_and_weights() {
    assert_snapshot!(manifest(&[("\"shared-topics\"", "\"shared-topic\""), ("weight = 1.0", "weight = -1"), ("aaaa\"", "AAAA\"")]), @r#"
    error[toml::bad_value] 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' is not a SHA-256
      programme.toml:53:17 `\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaAAAA\"` this
      help: write the 64 digits 0-9 and a-f that `turnabout plugin build` prints for the component
    advice[plugin::unused] nothing uses the plugin 'shared-topics'
      programme.toml:53:17 `\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaAAAA\"` never used
      help: remove it, or name it in a rule of a [matching.NAME] section or as the `logic` of a survey
    error[matching::unknown_plugin] [plugins] has no 'shared-topic'
      programme.toml:57:21 `\"shared-topic\"` no such plugin
      help: did you mean 'shared-topics'?
    error[toml::out_of_bounds] this number has to be 0 or more
      programme.toml:57:46 `-1` out of bounds
      help: write a number 0 or more
    "#);
    assert_snapshot!(manifest(&[("weight = 1.0", "weight = inf")]), @"
    error[toml::out_of_bounds] a number here is infinite, no number at all or too large
      programme.toml:57:47 `inf` this
    ");
}

#[test]
fn a_reminder_before_its_invitation() {
    assert_snapshot!(manifest(&[("reminder = ", "remind_before = \"3 weeks\"\nreminder = ")]), @r#"
    loaded
    warning[session::early_reminder] the reminder of 'mentor-skills' (3 weeks before) comes no later than its invitation (2 weeks before)
      programme.toml:33:17 `\"3 weeks\"` too early
      help: remind later or invite earlier
    "#);
}

#[test]
fn survey_questions_and_choices() {
    let survey = changed(
        SURVEY,
        &[("\"form\"", "\"trust\""), ("[\"in person\", \"by video\"]", "[]"), ("\"likert\"", "\"lickert\"")],
    );
    assert_snapshot!(with("surveys/half-way.toml", &survey), @r#"
    error[toml::unknown_word] there is no such type
      surveys/half-way.toml:8:8 `\"lickert\"` unknown
      help: did you mean 'likert'?
    error[survey::duplicate_question] two questions are called 'trust'
      surveys/half-way.toml:12:8 `\"trust\"` the second
      surveys/half-way.toml:6:8 `\"trust\"` the first
      help: give each its own name: answers are kept by it
    error[toml::too_few] this list has 0 items
      surveys/half-way.toml:15:11 `[]` at least one is needed
    "#);
    let survey = changed(SURVEY, &[("\"by video\"", "\"in person\""), ("points = 5", "points = 50")]);
    assert_snapshot!(with("surveys/half-way.toml", &survey), @r#"
    error[toml::out_of_bounds] this number has to be from 2 to 11
      surveys/half-way.toml:9:10 `50` out of bounds
      help: write a number from 2 to 11
    error[survey::duplicate_choice] the choice 'in person' is there twice
      surveys/half-way.toml:15:25 `\"in person\"` again
      help: remove one of them
    "#);
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
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @r#"
    error[toml::bad_value] '5 October' is not a date
      rehearsals/calm.toml:2:10 `\"5 October\"` this
      help: write year-month-day, for example 2026-10-05
    error[setting::value] setting 'rounds' is 40; it must be from 1 to 12
      rehearsals/calm.toml:5:10 `40` this value
      help: write from 1 to 12
    error[setting::unknown] the template has no setting 'round'
      rehearsals/calm.toml:6:1 `round` unknown setting
      help: did you mean 'rounds'?
    error[rehearsal::unknown_attribute] the template has no attribute 'age'
      rehearsals/calm.toml:12:16 `age` unknown attribute
      help: there is 'topics', 'grade'
    error[rehearsal::pick] 4 different values can't be drawn from 3
      rehearsals/calm.toml:17:8 `4` too many
      help: add values to `from`, or pick fewer
    error[rehearsal::not_a_number] 'eight' is no number, and 'grade' holds numbers
      rehearsals/calm.toml:20:9 `\"eight\"` no number
      help: write for example "3"
    error[toml::out_of_bounds] this number has to be from 0 to 1
      rehearsals/calm.toml:23:17 `70` out of bounds
      help: write a number from 0 to 1
    error[toml::unknown_key] [personas] has no key 'attendence'
      rehearsals/calm.toml:24:1 `attendence` unknown key
      help: did you mean 'attendance'?
    "#);
}

#[test]
fn files_in_the_wrong_place_and_files_of_no_use() {
    assert_snapshot!(with("mesages/welcome.hbs", "hello"), @"
    loaded
    warning[template::unknown_file] 'mesages/welcome.hbs' is not read
      mesages/welcome.hbs:1:1 `` this file
      help: did you mean the folder messages/?
    ");
    assert_snapshot!(with("messages/welcome.txt", "hello"), @"
    loaded
    warning[template::unknown_file] 'messages/welcome.txt' is not read
      messages/welcome.txt:1:1 `` this file
      help: files in messages/ end in .hbs: name it messages/welcome.hbs
    ");
    assert_snapshot!(with("messages/welcome.hbs", "hello"), @r#"
    loaded
    advice[template::unused] it seems that nobody ever gets the message 'welcome'
      messages/welcome.hbs:1:1 `` never sent
      help: send it from the script: send("welcome", people), name it in the manifest, or remove it
    "#);
}

#[test]
fn scripts_and_messages_report_beside_the_rest() {
    let mut files = sound();
    files.insert("programme.rhai".into(), b"broken".to_vec());
    files.insert("messages/reminder.hbs".into(), Vec::new());
    files.insert("surveys/half-way.toml".into(), b"\xff".to_vec());
    let found = load(files.clone(), &FakeScripts, &FakeMessages).unwrap_err();
    files.remove("surveys/half-way.toml");
    assert_snapshot!(print(&found, &files), @r#"
    advice[template::unused] it seems that the setting 'rounds' changes nothing
      programme.toml:13:11 `rounds` never read
      help: read it in the script: settings().rounds, show it in a message, or remove it
    advice[template::unused] it seems that the session 'mentor-skills' is never held
      programme.toml:28:11 `mentor-skills` no script holds it
      help: hold it in the script: hold("mentor-skills", cohort().everyone), or remove it
    advice[template::unused] it seems that the session 'review' is never held
      programme.toml:35:11 `review` no script holds it
      help: hold it in the script: hold("review", cohort().everyone), or remove it
    advice[template::unused] it seems that the session 'celebration' is never held
      programme.toml:42:11 `celebration` no script holds it
      help: hold it in the script: hold("celebration", cohort().everyone), or remove it
    advice[template::unused] it seems that nobody ever signs the agreement 'ways'
      agreements/ways.hbs:1:1 `` no script asks for it
      help: have both sign it: agree("ways", pair), or remove it
    error[message::empty] the message is empty
      messages/reminder.hbs:1:1 `` here
    error[script::syntax] broken
      programme.rhai:1:1 `broken` here
    error[template::not_text] surveys/half-way.toml is not UTF-8 text
      surveys/half-way.toml:1:1 `` the first byte that can't be read
      help: save the file as UTF-8 in your editor
    "#);
}

#[test]
fn the_audit_says_what_the_field_would() {
    let bare = "name = \"bare\"\nversion = \"1\"\nsummary = \"s\"\npurpose = \"inclusion\"\nlength = \"1 month\"\nlicence = \"MIT\"\n";
    let mut files = sound();
    files.retain(|path, _| path.starts_with("programme"));
    files.insert("programme.toml".into(), bare.into());
    files.insert("programme.rhai".into(), b"fn programme(settings) {}".to_vec());
    let (_, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    assert_snapshot!(print(&notes, &files), @r#"
    advice[audit::no_opening] no session brings people together at the start
      programme.toml:1:8 `\"bare\"` the standard: purpose
      help: add a session of kind "engagement" where purpose and boundaries are agreed; or waive it with a reason in [[waivers]]
    warning[audit::no_training] nobody is trained or briefed
      programme.toml:1:8 `\"bare\"` the standard: training
      help: add a session of kind "training" for the mentors and one for the mentees; or waive it with a reason in [[waivers]]
    warning[audit::no_matching] the template has no plan for matching
      programme.toml:1:8 `\"bare\"` the standard: matching
      help: add a section [matching.NAME] with a solver and rules; or waive it with a reason in [[waivers]]
    warning[audit::no_unwinding] nothing happens when somebody withdraws
      programme.toml:1:8 `\"bare\"` the standard: matching
      help: add `fn on_withdrawn(participant)` to programme.rhai; or waive it with a reason in [[waivers]]
    warning[audit::no_evaluation] the programme measures, and never asks anybody how it went
      programme.toml:1:8 `\"bare\"` the standard: measurement
      help: add a confidential survey or a session of kind "focus-group", or set measures = false; or waive it with a reason in [[waivers]]
    advice[audit::no_review] no session reviews what was learned
      programme.toml:1:8 `\"bare\"` the standard: measurement
      help: add a session of kind "focus-group", "interview" or "review"; or waive it with a reason in [[waivers]]
    warning[audit::no_concern_handler] nothing happens when somebody raises a concern
      programme.toml:1:8 `\"bare\"` the standard: ethics
      help: add `fn on_concern(concern)` to programme.rhai; or waive it with a reason in [[waivers]]
    advice[audit::no_closing] no session closes the programme
      programme.toml:1:8 `\"bare\"` the standard: administration
      help: add a session of kind "celebration" or "closing"; or waive it with a reason in [[waivers]]
    advice[audit::never_rehearsed] no rehearsal says what must come out
      programme.toml:1:8 `\"bare\"` the standard: administration
      help: add rehearsals/NAME.toml with a cohort and `[[expect]]` sections; or waive it with a reason in [[waivers]]
    advice[audit::thin_purpose] the purpose is too short to be reviewed against
      programme.toml:4:11 `\"inclusion\"` the standard: purpose
      help: say what should be different afterwards, and for whom; or waive it with a reason in [[waivers]]
    "#);
}

#[test]
fn a_script_that_speaks_of_what_is_not_there() {
    let script = SCRIPT
        .replace("settings.rounds", "settings().ronuds")
        .replace("hold(\"review\"", "hold(\"reveiw \" + 2")
        .replace("survey(\"half-way\"", "suvrey(\"half-way\"");
    // Neither comments nor texts nor what a script defines itself are meant.
    let script = script + "fn own() { own(); let a = `own2(${1})`; \"settings.nothing\" } // sned(\"x\")\n";
    assert_snapshot!(with("programme.rhai", &script), @r#"
    advice[template::unused] it seems that the setting 'rounds' changes nothing
      programme.toml:13:11 `rounds` never read
      help: read it in the script: settings().rounds, show it in a message, or remove it
    advice[template::unused] it seems that the session 'review' is never held
      programme.toml:35:11 `review` no script holds it
      help: hold it in the script: hold("review", cohort().everyone), or remove it
    error[script::unknown_setting] there is no setting 'ronuds'
      programme.rhai:2:29 `ronuds` no such setting
      help: did you mean 'rounds'?
    error[script::unknown_name] there is no session 'reveiw'
      programme.rhai:3:38 `reveiw ` no such name
      help: did you mean 'review'?
    error[script::unknown_verb] there is no verb or function suvrey
      programme.rhai:3:101 `suvrey` no such verb
      help: did you mean 'survey'?
    "#);
}

#[test]
fn whoever_is_invited_hears_of_a_change() {
    let without = |gone: &[&str]| {
        let mut files = sound();
        files.retain(|path, _| !gone.contains(&path.as_str()));
        let (_, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
        print(&notes, &files)
    };
    assert_snapshot!(without(&["messages/session-moved.hbs", "messages/session-cancelled.hbs"]), @"
    advice[audit::silent_changes] nobody hears when a session is moved or called off
      programme.toml:28:2 `sessions` the standard: administration
      help: add messages/session-moved.hbs and messages/session-cancelled.hbs, which the engine sends by itself; or waive it with a reason in [[waivers]]
    ");
    assert_snapshot!(without(&["messages/session-moved.hbs"]), @"
    advice[audit::silent_changes] nobody hears when a session is moved
      programme.toml:28:2 `sessions` the standard: administration
      help: add messages/session-moved.hbs, which the engine sends by itself; or waive it with a reason in [[waivers]]
    ");
}

#[test]
fn waivers_silence_lints_and_nothing_else() {
    let waive = |lint: &str| format!("[[waivers]]\nlint = \"{lint}\"\nreason = \"because\"\n");
    let text = MANIFEST.replace("kind = \"celebration\"", "kind = \"party\"");
    assert_snapshot!(with("programme.toml", &text), @r#"
    loaded
    advice[audit::no_closing] no session closes the programme
      programme.toml:28:2 `sessions` the standard: administration
      help: add a session of kind "celebration" or "closing"; or waive it with a reason in [[waivers]]
    "#);
    assert_eq!(with("programme.toml", &(text.clone() + waive("audit::no_closing").as_str())), "loaded");
    assert_snapshot!(with("programme.toml", &(MANIFEST.to_owned() + waive("audit::no_closing").as_str())), @r#"
    loaded
    advice[waiver::unneeded] nothing needs this waiver: 'audit::no_closing' finds nothing here
      programme.toml:59:8 `\"audit::no_closing\"` this waiver
      help: remove it
    "#);
    assert_snapshot!(with("programme.toml", &(MANIFEST.to_owned() + waive("audit::no_closings").as_str())), @r#"
    error[waiver::unknown_lint] the audit has no lint 'audit::no_closings'
      programme.toml:59:8 `\"audit::no_closings\"` unknown lint
      help: did you mean 'audit::no_closing'?
    "#);
    // Without a script that compiles, nobody can say that a waiver is not needed.
    let mut files = sound();
    files.insert("programme.toml".into(), (MANIFEST.to_owned() + waive("audit::no_closing").as_str()).into_bytes());
    files.insert("programme.rhai".into(), SCRIPT.replace("fn programme", "broken").into_bytes());
    assert_eq!(load(files, &FakeScripts, &FakeMessages).unwrap_err().len(), 2);
}
