//! What is wrong with a client is shown in the file that somebody wrote.

use crate::program::turnabout;
use serde_json::Value;
use std::{fs, path::Path};

/// A template and a client of it, in a folder of their own.
fn workshop() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).display().to_string();
    for arguments in [vec!["new", &at("first")], vec!["client", "new", &at("acme"), "--template", &at("first")]] {
        let said = turnabout(&arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    home
}

fn write(home: &Path, file: &str, text: &str) {
    let path = home.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn add(home: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(home.join(file)).unwrap();
    assert!(text.contains(from), "{file}: {text}");
    fs::write(home.join(file), text.replacen(from, to, 1)).unwrap();
}

/// What is found, as code, file, line and the text there.
fn found(home: &Path) -> Vec<(String, String, String)> {
    let said = turnabout(&["check", "--json", "--no-rehearsal", &home.join("acme").display().to_string()]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let found = answer["templates"][0]["diagnostics"].as_array().unwrap();
    let place = |found: &Value| {
        let label = &found["labels"][0];
        let path = label["path"].as_str().unwrap_or_else(|| panic!("it lies nowhere: {found}"));
        let text = fs::read_to_string(path).unwrap();
        let line = usize::try_from(label["start"]["line"].as_u64().unwrap()).unwrap();
        let written = text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
        (found["code"].as_str().unwrap().to_owned(), label["file"].as_str().unwrap().to_owned(), written)
    };
    found.iter().map(place).collect()
}

#[test]
fn an_error_is_shown_in_the_file_and_line_that_the_client_wrote() {
    let home = workshop();
    let home = home.path();
    add(home, "acme/client.toml", "[settings]\n", "[settings]\npatience = \"often\"\npatient = \"3 weeks\"\n");
    let changes = "[sessions.celebration]\ntitel = \"Ours\"\n[matching.topics]\nsolver = \"best\"\nrules = [\n    { plugin = \"topic-overlp\", weight = 1.0 },\n]\n";
    write(home, "acme/changes.toml", changes);
    let survey = "threshold = 3\n[[add]]\nname = \"ours\"\ntext = \"Ours?\"\ntype = \"txt\"\nafter = \"nothere\"\n";
    write(home, "acme/surveys/looking-back.toml", survey);
    let found = found(home);
    for (code, file, line) in [
        ("toml::bad_value", "client.toml", "patience = \"often\""),
        ("setting::unknown", "client.toml", "patient = \"3 weeks\""),
        ("toml::unknown_key", "changes.toml", "titel = \"Ours\""),
        ("toml::unknown_word", "changes.toml", "solver = \"best\""),
        ("matching::unknown_plugin", "changes.toml", "{ plugin = \"topic-overlp\", weight = 1.0 },"),
        ("toml::out_of_bounds", "surveys/looking-back.toml", "threshold = 3"),
        ("toml::unknown_word", "surveys/looking-back.toml", "type = \"txt\""),
        ("client::misplaced", "surveys/looking-back.toml", "after = \"nothere\""),
    ] {
        let here =
            |one: &&(String, String, String)| (one.0.as_str(), one.1.as_str(), one.2.as_str()) == (code, file, line);
        assert_eq!(found.iter().filter(here).count(), 1, "{code} in {file} at {line}: {found:#?}");
    }
    for twice in [("setting::never_read", ""), ("toml::unknown_key", "after = \"nothere\"")] {
        assert!(
            !found.iter().any(|(code, _, line)| code == twice.0 && line.contains(twice.1)),
            "said twice: {found:#?}"
        );
    }
}

#[test]
fn a_retuned_rule_is_shown_where_the_client_retunes_it_and_a_lost_veto_where_it_lists_its_own() {
    let home = workshop();
    let home = home.path();
    let changes = "[matching.topics.retune.topic-overlap]\nweight = -1.0\n\
        [[matching.topics.add]]\nplugin = \"topic-overlp\"\nweight = 1.0\n";
    write(home, "acme/changes.toml", changes);
    let wrong = found(home);
    for (code, line) in
        [("toml::out_of_bounds", "weight = -1.0"), ("matching::unknown_plugin", "plugin = \"topic-overlp\"")]
    {
        let here = |one: &(String, String, String)| {
            (one.0.as_str(), one.1.as_str(), one.2.as_str()) == (code, "changes.toml", line)
        };
        assert!(wrong.iter().any(here), "{code} at {line}: {wrong:#?}");
    }
    write(home, "acme/changes.toml", "[matching.topics]\nrules = [{ plugin = \"topic-overlap\", weight = 1.0 }]\n");
    let lost: Vec<_> = found(home).into_iter().filter(|one| one.0 == "client::veto_dropped").collect();
    let [(_, file, line)] = &lost[..] else { panic!("{lost:#?}") };
    assert!(file == "changes.toml" && line.starts_with("rules = ["), "{lost:#?}");
}

#[test]
fn what_the_template_has_wrong_is_shown_in_the_template() {
    let home = workshop();
    let home = home.path();
    add(home, "first/programme.toml", "lasts = \"7 hours\"", "lasts = \"7 hoours\"");
    add(home, "first/messages/welcome.hbs", "{{recipient.name}}", "{{reciever.name}}");
    add(home, "first/surveys/looking-back.toml", "points = 5", "points = 500");
    write(
        home,
        "acme/surveys/looking-back.toml",
        "[[add]]\nname = \"ours\"\ntext = \"Ours?\"\ntype = \"text\"\nafter = \"pair\"\n",
    );
    let found = found(home);
    let has = |file: &str, line: &str| found.iter().any(|one| one.1.ends_with(file) && one.2.contains(line));
    for (file, line) in [
        ("first/programme.toml", "lasts = \"7 hoours\""),
        ("first/messages/welcome.hbs", "{{reciever.name}}"),
        ("first/surveys/looking-back.toml", "points = 500"),
    ] {
        assert!(has(file, line), "{file} {line}: {found:#?}");
    }
}

#[test]
fn a_template_that_is_no_toml_is_shown_where_it_is_and_no_setting_is_called_unknown() {
    let home = workshop();
    let home = home.path();
    add(home, "acme/client.toml", "[settings]\n", "[settings]\npatience = \"4 weeks\"\n");
    add(home, "first/programme.toml", "length = \"6 months\"", "length = 6 months");
    let found = found(home);
    let syntax = |one: &&(String, String, String)| one.0 == "toml::syntax" && one.2 == "length = 6 months";
    assert!(found.iter().filter(syntax).all(|one| one.1.ends_with("first/programme.toml")), "{found:#?}");
    assert!(found.iter().any(|one| syntax(&one)), "{found:#?}");
    assert!(!found.iter().any(|(code, ..)| code == "setting::unknown"), "{found:#?}");
}

#[test]
fn a_file_with_a_misspelt_name_is_told_the_name_that_the_template_has() {
    let home = workshop();
    let home = home.path();
    write(home, "acme/messages/welcom.hbs", "+++\nsubject = \"Hello\"\n+++\nDear {{recipient.name}},\n\nWelcome.\n");
    write(home, "acme/messages/harvest.hbs", "+++\nsubject = \"Hello\"\n+++\nDear {{recipient.name}},\n\nWelcome.\n");
    let acme = home.join("acme").display().to_string();
    let said = turnabout(&["check", &acme, "--no-rehearsal"]);
    assert_eq!(said.code, Some(0), "a warning: {said:?}");
    for part in
        ["messages/welcom.hbs", "did you mean messages/welcome.hbs?", "messages/harvest.hbs", "name it in changes.toml"]
    {
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    assert!(!said.err.contains("send it from the script"), "a client has no script: {}", said.err);
    // A survey without questions lies over nothing: one error, and not one for everything that a survey needs.
    write(home, "acme/surveys/loking-back.toml", "[[add]]\nname = \"ours\"\ntext = \"Ours?\"\ntype = \"text\"\n");
    let said = turnabout(&["check", &acme, "--no-rehearsal"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("did you mean surveys/looking-back.toml?"), "{}", said.err);
    assert!(said.err.contains("acme: 1 error;"), "{}", said.err);
}

/// What `check --json` says of the client, with its exit status.
fn checked(home: &Path) -> (Option<i32>, Value) {
    let said = turnabout(&["check", "--json", "--no-rehearsal", &home.join("acme").display().to_string()]);
    let mut answer: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    (said.code, answer["templates"][0].take())
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line_and_hides_nothing_else() {
    let home = workshop();
    let home = home.path();
    write(home, "acme/changes.toml", "summary = \"Ours\"\nlength = 6 months\n");
    let acme = home.join("acme").display().to_string();
    for arguments in [vec!["check", &acme], vec!["check", &acme, "--no-rehearsal"]] {
        let said = turnabout(&arguments);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("changes.toml:2:"), "{}", said.err);
    }
    // Whoever wants to work with it, and not to check it, is told so and sent there.
    let said = turnabout(&["test", &acme]);
    assert_eq!(said.code, Some(2), "{said:?}");
    for part in ["changes.toml can't be used: in line 2, ", &format!("turnabout check {acme}")] {
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    add(home, "acme/client.toml", "[settings]\n", "[settings]\npatient = \"3 weeks\"\n");
    write(
        home,
        "acme/changes.toml",
        "summary = \"Ours\"\nsummary = \"Mine\"\n[sessions.celebration]\ntitel = \"Ours\"\n",
    );
    let found = found(home);
    for (code, file, line) in [
        ("toml::syntax", "changes.toml", "summary = \"Mine\""),
        ("toml::unknown_key", "changes.toml", "titel = \"Ours\""),
        ("setting::unknown", "client.toml", "patient = \"3 weeks\""),
    ] {
        let expect = (code.to_owned(), file.to_owned(), line.to_owned());
        assert_eq!(found.iter().filter(|one| **one == expect).count(), 1, "{expect:?} in {found:#?}");
    }
    let (code, answer) = checked(home);
    assert_eq!((code, &answer["hash"]), (Some(1), &Value::Null), "{answer}");
    let twice =
        |found: &Value| found["message"].as_str().is_some_and(|said| said.contains("the key 'summary' is there twice"));
    assert!(answer["diagnostics"].as_array().unwrap().iter().any(twice), "{answer}");
}

#[test]
fn a_rule_that_is_not_there_is_underlined_and_hides_nothing_else() {
    let home = workshop();
    let home = home.path();
    let changes = "[matching.topics.retune.topic-overlapp]\nweight = 2.0\n\
        [matching.topics.retune.topic-overlap]\nweight = -1.0\n[matching.pairs.retune.topic-overlap]\nweight = 1.0\n\
        [sessions.celebration]\ntitel = \"Ours\"\n";
    write(home, "acme/changes.toml", changes);
    let found = found(home);
    let mut errors: Vec<_> = found.iter().filter(|one| one.1 == "changes.toml").collect();
    errors.sort();
    let errors: Vec<(&str, &str)> = errors.into_iter().map(|(code, _, line)| (code.as_str(), line.as_str())).collect();
    assert_eq!(
        errors,
        [
            ("client::retune", "[matching.pairs.retune.topic-overlap]"),
            ("client::retune", "[matching.topics.retune.topic-overlapp]"),
            ("toml::out_of_bounds", "weight = -1.0"),
            ("toml::unknown_key", "titel = \"Ours\""),
        ]
    );
    let acme = home.join("acme").display().to_string();
    let said = turnabout(&["check", &acme]);
    assert_eq!(said.code, Some(1), "{said:?}");
    for part in ["did you mean 'topic-overlap'?", "no rehearsal was run: a run depends on what is wrong"] {
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    // Nothing is run or served of it, as though the rule had not been meant.
    let said = turnabout(&["rehearse", &acme]);
    assert!(said.code == Some(2) && said.err.contains("; 1 further"), "{said:?}");
    // Nor is there a bundle where it is all that is wrong.
    write(home, "acme/changes.toml", "[matching.topics.retune.topic-overlapp]\nweight = 2.0\n");
    let (code, answer) = checked(home);
    assert_eq!((code, &answer["hash"], &answer["errors"]), (Some(1), &Value::Null, &1.into()), "{answer}");
}

#[test]
fn what_stands_in_the_wrong_file_is_sent_to_the_right_one() {
    let home = workshop();
    let home = home.path();
    write(home, "acme/changes.toml", "[settings]\npatience = \"3 months\"\n[brand]\norganisation = \"Ours\"\n");
    let (code, answer) = checked(home);
    assert_eq!(code, Some(1), "{answer}");
    let errors: Vec<&Value> =
        answer["diagnostics"].as_array().unwrap().iter().filter(|found| found["severity"] == "error").collect();
    let codes: Vec<&Value> = errors.iter().map(|found| &found["code"]).collect();
    assert_eq!(codes, ["client::wrong_file", "client::wrong_file"], "and nothing that follows from them: {errors:#?}");
    let help = |n: usize| errors[n]["help"].as_str().unwrap();
    assert!(help(0).contains("write `patience = \"3 months\"` below [settings] in client.toml"), "{}", help(0));
    assert!(help(1).contains("move it to client.toml"), "{}", help(1));

    fs::remove_file(home.join("acme/changes.toml")).unwrap();
    let text = fs::read_to_string(home.join("acme/client.toml")).unwrap();
    write(home, "acme/client.toml", &format!("summary = \"Ours\"\n{text}"));
    let (_, answer) = checked(home);
    let of_summary = |found: &&Value| found["message"].as_str().is_some_and(|said| said.contains("'summary'"));
    let found = answer["diagnostics"].as_array().unwrap().iter().find(of_summary).unwrap();
    assert!(found["help"].as_str().unwrap().starts_with("it belongs in changes.toml"), "{found}");
}

#[test]
fn a_client_without_a_template_and_a_folder_that_is_none_are_in_the_json_too() {
    let home = workshop();
    let home = home.path();
    add(home, "acme/client.toml", "template = \"../first\"", "template = \"../frist\"");
    let (code, answer) = checked(home);
    let found = &answer["diagnostics"].as_array().unwrap()[..];
    let error = found.iter().find(|found| found["severity"] == "error").unwrap();
    assert_eq!((code, &error["code"]), (Some(2), &"template::folder".into()), "{answer}");
    assert_eq!((&error["labels"][0]["file"], &error["labels"][0]["start"]["line"]), (&"client.toml".into(), &3.into()));

    add(home, "acme/client.toml", "template = ", "# template = ");
    let (code, answer) = checked(home);
    let error = answer["diagnostics"].as_array().unwrap().iter().find(|found| found["severity"] == "error").unwrap();
    assert_eq!((code, &error["code"]), (Some(1), &"toml::missing_key".into()), "{answer}");

    let (nowhere, first) = (home.join("nowhere").display().to_string(), home.join("first").display().to_string());
    let said = turnabout(&["check", "--json", "--no-rehearsal", &nowhere, &first]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &answer["ok"]), (Some(2), &false.into()));
    let [none, sound] = &answer["templates"].as_array().unwrap()[..] else { panic!("{answer}") };
    assert_eq!((&none["diagnostics"][0]["code"], &none["ok"]), (&"template::folder".into(), &false.into()));
    assert_eq!((&sound["template"], &sound["ok"]), (&"first".into(), &true.into()));
}

#[test]
fn a_number_that_is_none_hides_nothing_else() {
    let home = workshop();
    let home = home.path();
    write(home, "acme/changes.toml", "[sessions.celebration]\ntitel = \"Ours\"\nlasts = 1.\n");
    let codes: Vec<String> = found(home).into_iter().map(|(code, ..)| code).collect();
    for code in ["toml::syntax", "toml::unknown_key"] {
        assert!(codes.iter().any(|found| found == code), "no {code} in {codes:?}");
    }
    // What is missing may be what can't be read.
    add(home, "acme/client.toml", "template = \"../first\"", "template = ../first");
    let said = turnabout(&["test", &home.join("acme").display().to_string()]);
    assert!(said.code == Some(2) && said.err.contains("in line "), "{said:?}");
    assert!(!said.err.contains("names no template"), "{said:?}");
}

#[test]
fn a_contact_that_nobody_has_named_yet_is_a_warning_until_somebody_is() {
    let home = workshop();
    let home = home.path();
    let named = |home: &Path| -> Vec<String> {
        found(home).into_iter().filter(|one| one.0 == "client::stand_in").map(|(_, _, line)| line).collect()
    };
    let lines = named(home);
    let parts: Vec<&str> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(parts, ["coordinator", "sponsor", "contact"], "{lines:?}");
    let acme = home.join("acme").display().to_string();
    let said = turnabout(&["check", &acme, "--no-rehearsal", "--deny", "warnings"]);
    assert!(said.code == Some(1) && said.err.contains("nobody reads the coordinator's address"), "{said:?}");
    for (from, to) in [("The coordinator", "Sam Reed"), ("sponsor@", "kit.moor@"), ("contact@", "ife@")] {
        add(home, "acme/client.toml", from, to);
    }
    let [left] = named(home).try_into().unwrap();
    assert!(left.contains("Sam Reed"), "a name alone brings no letter to anybody: {left}");
    add(home, "acme/client.toml", "coordinator@", "sam.reed@");
    assert!(named(home).is_empty(), "an address at acme.example is nobody's business: {:?}", named(home));
}

#[test]
fn words_are_shown_in_the_file_of_whoever_wrote_them() {
    let home = workshop();
    let home = home.path();
    add(home, "first/surveys/looking-back.toml", "\nlicence", "\nlanguages = [\"en\", \"cy\"]\nlicence");
    write(home, "first/words/cy.toml", "save = \"Cadw\"\nuntil = \"Tan {then}\"\n");
    write(home, "acme/words/cy.toml", "hand_in = \"Cyflwyno\"\nsavee = \"Cadw\"\n");
    let found = found(home);
    for (code, file, line) in [
        ("words::unknown_phrase", "words/cy.toml", "savee = \"Cadw\""),
        ("words::unknown_place", "../first/words/cy.toml", "until = \"Tan {then}\""),
        ("words::untranslated", "words/cy.toml", "hand_in = \"Cyflwyno\""),
    ] {
        let expect = (code.to_owned(), file.to_owned(), line.to_owned());
        assert!(found.contains(&expect), "no {expect:?} in {found:#?}");
    }
    // What is filled in is what people would read: the client's words over the template's.
    let acme = home.join("acme").display().to_string();
    let said = turnabout(&["survey", "words", "cy", "--template", &acme]);
    for line in
        ["hand_in = \"Cyflwyno\"", "save = \"Cadw\"", "# English: Save and come back later", "# \"savee\" = \"Cadw\""]
    {
        assert!(said.code == Some(0) && said.out.lines().any(|found| found == line), "no {line} in {said:?}");
    }
}

#[test]
fn words_to_translate_replace_nothing_unless_told_to() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("words/cy.toml").display().to_string();
    let to_file = ["survey", "words", "cy", "--to", &file];
    assert_eq!(turnabout(&to_file).code, Some(0));
    let again = turnabout(&to_file);
    assert!(again.code == Some(2) && again.err.contains("is there already"), "{again:?}");
    assert_eq!(turnabout(&[&to_file[..], &["--force"]].concat()).code, Some(0));
    let other = turnabout(&["survey", "words", "../cy"]);
    assert!(other.code == Some(2) && other.err.contains("can't be a language"), "{other:?}");
}
