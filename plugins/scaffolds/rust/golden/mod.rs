//! Golden cases: JSON files that say what a plugin answers. `turnabout plugin test` asks the built component the same ones,
//! and holds its answers against these.

#![allow(dead_code, reason = "a plugin is a rule or a logic, and this file serves both")]

use serde_json::{Map, Value, json};
use std::{io::Write as _, path::PathBuf};
use turnabout_plugin_sdk::testing::{People, check_survey, evaluate};
use turnabout_plugin_sdk::{Logic, LogicFailure, Rule, Verdict};

/// How far a score may lie from the one that a case has: what is lost between decimal digits and 32 bits.
const NEAR: f64 = 1e-6;

/// Asks a rule every case of a folder, `cases` beside the manifest: `golden::rule::<MyRule>(env!("CARGO_MANIFEST_DIR"))`.
///
/// # Panics
///
/// Panics if the rule answers otherwise, naming the file; or if there is no case.
pub fn rule<R: Rule>(manifest_folder: &str) {
    for (name, case) in cases(manifest_folder) {
        rule_case::<R>(&name, &case);
    }
}

/// Asks a logic every case of a folder, `cases` beside the manifest: `golden::logic::<MyLogic>(env!("CARGO_MANIFEST_DIR"))`.
///
/// # Panics
///
/// Panics if the logic answers otherwise, naming the file; or if there is no case.
pub fn logic<L: Logic>(manifest_folder: &str) {
    for (name, case) in cases(manifest_folder) {
        logic_case::<L>(&name, &case);
    }
}

fn cases(manifest_folder: &str) -> Vec<(String, Value)> {
    let folder = PathBuf::from(manifest_folder).join("cases");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    assert!(!files.is_empty(), "{} has no cases: write one as a .json file", folder.display());
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let case = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name} is no JSON: {error}"));
        (name, case)
    };
    files.iter().map(read).collect()
}

fn rule_case<R: Rule>(name: &str, case: &Value) {
    let settings = case.get("settings").map_or_else(|| "{}".into(), Value::to_string);
    let people = people(name, case);
    let scored = people.score::<R>(&settings);
    tell(name, || rule_answers::<R>(case, &people, &settings));
    if let Some(expected) = case.get("failure").and_then(Value::as_str) {
        let failure = scored.expect_err(&format!("{name}: a failure was expected"));
        assert!(failure.message().contains(expected), "{name}: it says '{failure}'");
        return;
    }
    let verdicts = scored.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let expected = case["verdicts"].as_array().unwrap_or_else(|| panic!("{name} has no verdicts"));
    assert_eq!(verdicts.len(), expected.len(), "{name}: a row of verdicts for every mentor");
    for (mentor, (row, expected)) in verdicts.iter().zip(expected).enumerate() {
        let expected = expected.as_array().unwrap_or_else(|| panic!("{name}: a row of verdicts is a list"));
        assert_eq!(row.len(), expected.len(), "{name}: a verdict for every mentee");
        for (mentee, (verdict, expected)) in row.iter().zip(expected).enumerate() {
            let fits = match verdict {
                Verdict::Score(score) => expected.as_f64().is_some_and(|it| (f64::from(*score) - it).abs() <= NEAR),
                Verdict::Veto(code) => expected.as_str() == Some(code),
            };
            assert!(fits, "{name}: mentor {mentor} and mentee {mentee}: {verdict:?}, not {expected}");
        }
    }
    for explained in case.get("reasons").and_then(Value::as_array).into_iter().flatten() {
        let row = |side: &str| u32::try_from(explained[side].as_u64().unwrap_or_default()).unwrap_or_default();
        let (mentor, mentee) = (row("mentor"), row("mentee"));
        let given = people.explain::<R>(&settings, mentor, mentee).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let expected = explained["gives"].as_object().unwrap_or_else(|| panic!("{name}: a reason has no 'gives'"));
        let fits = given.len() == expected.len()
            && given.iter().all(|(code, weight)| {
                expected.get(*code).and_then(Value::as_f64).is_some_and(|it| (f64::from(*weight) - it).abs() <= NEAR)
            });
        assert!(fits, "{name}: mentor {mentor} and mentee {mentee}: {given:?}");
    }
}

/// The people of a case: a list of objects on each side, of numbers, words and lists of words.
fn people(name: &str, case: &Value) -> People {
    let rows = |side: &str| case[side].as_array().unwrap_or_else(|| panic!("{name} has no {side}"));
    let (mentors, mentees) = (rows("mentors"), rows("mentees"));
    let count = |rows: &[Value]| u32::try_from(rows.len()).expect("a case has few people");
    let mut people = People::new(count(mentors), count(mentees));
    for (of_mentors, rows) in [(true, mentors), (false, mentees)] {
        let mut attributes: Vec<&String> = rows.iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
        attributes.sort();
        attributes.dedup();
        for attribute in attributes {
            let values: Vec<&Value> = rows.iter().map(|row| &row[attribute.as_str()]).collect();
            people = column(people, of_mentors, attribute, &values);
        }
    }
    people
}

fn column(people: People, of_mentors: bool, attribute: &str, values: &[&Value]) -> People {
    if values.iter().any(|value| value.is_number()) {
        let rows: Vec<Option<f64>> = values.iter().map(|value| value.as_f64()).collect();
        return if of_mentors { people.mentor_numbers(attribute, &rows) } else { people.mentee_numbers(attribute, &rows) };
    }
    if values.iter().any(|value| value.is_array()) {
        let words = |value: &&Value| -> Vec<String> {
            let words = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            words.map(str::to_owned).collect()
        };
        let owned: Vec<Vec<String>> = values.iter().map(words).collect();
        let borrowed: Vec<Vec<&str>> = owned.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = borrowed.iter().map(Vec::as_slice).collect();
        return if of_mentors { people.mentor_sets(attribute, &rows) } else { people.mentee_sets(attribute, &rows) };
    }
    let rows: Vec<&str> = values.iter().map(|value| value.as_str().unwrap_or_default()).collect();
    if of_mentors { people.mentor_words(attribute, &rows) } else { people.mentee_words(attribute, &rows) }
}

fn logic_case<L: Logic>(name: &str, case: &Value) {
    let survey = case["survey"].to_string();
    tell(name, || logic_answers::<L>(case, &survey));
    let json = |text: String| -> Value { serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")) };
    if let Some(expected) = case.get("problems") {
        let problems = json(check_survey::<L>(&survey).unwrap_or_else(|failure| panic!("{name}: {failure}")));
        assert_eq!(&problems, expected, "{name}: what is wrong with the survey");
    }
    let judged = || evaluate::<L>(&survey, &case["given"].to_string());
    if let Some(expected) = case.get("failure").and_then(Value::as_str) {
        let failure = judged().expect_err(&format!("{name}: a failure was expected"));
        assert!(failure.message.contains(expected), "{name}: it says '{failure}'");
    } else if let Some(expected) = case.get("outcome") {
        let outcome = json(judged().unwrap_or_else(|failure| panic!("{name}: {failure}")));
        assert_eq!(&outcome, expected, "{name}: what follows from the answers");
    }
}

/// Writes down what a case was answered, a line of JSON, where `turnabout plugin test` asks for it: it holds the component's
/// answers against these bit for bit, and a case alone has decimal digits.
fn tell(name: &str, answers: impl Fn() -> Value) {
    let Some(file) = std::env::var_os("TURNABOUT_ANSWERS") else { return };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).expect("the file for the answers");
    writeln!(file, "{}", json!({ "case": name, "answers": answers() })).expect("the file for the answers");
}

/// A score is the number of its 32 bits, a veto its code.
fn rule_answers<R: Rule>(case: &Value, people: &People, settings: &str) -> Value {
    let verdicts = match people.score::<R>(settings) {
        Err(failure) => return json!({ "failure": failure.message() }),
        Ok(verdicts) => verdicts,
    };
    let bits = |verdict: &Verdict| match verdict {
        Verdict::Score(score) => json!(score.to_bits()),
        Verdict::Veto(code) => json!(code),
    };
    let verdicts: Vec<Value> = verdicts.iter().flatten().map(bits).collect();
    let why = |explained: &Value| {
        let row = |side: &str| u32::try_from(explained[side].as_u64().unwrap_or_default()).unwrap_or_default();
        match people.explain::<R>(settings, row("mentor"), row("mentee")) {
            Ok(given) => given.iter().map(|(code, weight)| json!([code, weight.to_bits()])).collect(),
            Err(failure) => json!(failure.message()),
        }
    };
    let reasons: Vec<Value> = case.get("reasons").and_then(Value::as_array).into_iter().flatten().map(why).collect();
    json!({ "verdicts": verdicts, "reasons": reasons })
}

/// What a logic says is a text, and kept as it is.
fn logic_answers<L: Logic>(case: &Value, survey: &str) -> Value {
    let said = |answer: Result<String, LogicFailure>| match answer {
        Ok(text) => text,
        Err(failure) if failure.question.is_empty() => failure.message,
        Err(failure) => format!("{}: {}", failure.question, failure.message),
    };
    let mut answers = Map::new();
    if case.get("problems").is_some() {
        answers.insert("problems".into(), said(check_survey::<L>(survey)).into());
    }
    if case.get("failure").is_some() || case.get("outcome").is_some() {
        answers.insert("outcome".into(), said(evaluate::<L>(survey, &case["given"].to_string())).into());
    }
    Value::Object(answers)
}
