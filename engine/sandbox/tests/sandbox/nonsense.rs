//! Logics that answer, and answer nonsense: each is refused at its step with what is wrong, though no limit is touched.

use serde_json::{Value as Json, json};
use std::{fmt::Write as _, sync::LazyLock};
use turnabout_core::ports::PluginKind;
use turnabout_sandbox::{Inspection, Limits, Sandbox, Step};

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::new(Limits::standard()).unwrap());

/// A logic that says the same whatever it is asked.
fn saying(problems: &Json, outcome: &Json) -> Inspection {
    parrot(problems, Ok(outcome))
}

/// The same, or a failure with this sentence in place of an outcome.
fn parrot(problems: &Json, outcome: Result<&Json, &str>) -> Inspection {
    const HEAP: usize = 60_000;
    let texts = [
        r#"{"id":"parrot","version":"1.0.0"}"#.into(),
        problems.to_string(),
        outcome.map_or_else(str::to_owned, Json::to_string),
    ];
    let mut data = String::new();
    // A text lies at 1024, 2048 and 4096; what is returned is where, with how long it is.
    for (index, (text, place)) in texts.iter().zip([1024_u32, 2048, 4096]).enumerate() {
        let quoted = |bytes: &[u8]| {
            bytes.iter().fold(String::new(), |mut quoted, byte| {
                write!(quoted, "\\{byte:02x}").unwrap();
                quoted
            })
        };
        let length = u32::try_from(text.len()).unwrap();
        let words: &[u32] = match index {
            0 => &[place, length],
            2 if outcome.is_err() => &[1, place, length, place, 0],
            _ => &[0, place, length],
        };
        let words: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        for (at, bytes) in [(64 + index * 64, quoted(&words)), (place as usize, quoted(text.as_bytes()))] {
            write!(data, "(data (i32.const {at}) \"{bytes}\")").unwrap();
        }
    }
    let answer = "(result (result string (error $failure)))";
    let text = format!(
        r#"(component
        (core module $module
            (memory (export "memory") 2)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const {HEAP}))
            (func (export "describe") (result i32) (i32.const 64))
            (func (export "check") (param i32 i32) (result i32) (i32.const 128))
            (func (export "evaluate") (param i32 i32 i32 i32) (result i32) (i32.const 192))
            {data})
        (core instance $core (instantiate $module))
        (alias core export $core "memory" (core memory $memory))
        (alias core export $core "realloc" (core func $realloc))
        (type $failure (record (field "message" string) (field "question" string)))
        (func $describe (result string)
            (canon lift (core func $core "describe") (memory (core memory $memory)) (realloc (core func $realloc))))
        (func $check (param "survey" string) {answer}
            (canon lift (core func $core "check") (memory (core memory $memory)) (realloc (core func $realloc))))
        (func $evaluate (param "survey" string) (param "answers" string) {answer}
            (canon lift (core func $core "evaluate") (memory (core memory $memory)) (realloc (core func $realloc))))
        (component $logic
            (type $record (record (field "message" string) (field "question" string)))
            (import "type-failure" (type $failure (eq $record)))
            (import "describe" (func $describe (result string)))
            (import "check" (func $check (param "survey" string) {answer}))
            (import "evaluate" (func $evaluate (param "survey" string) (param "answers" string) {answer}))
            (export $said "failure" (type $record))
            (export "describe" (func $describe) (func (result string)))
            (export "check" (func $check)
                (func (param "survey" string) (result (result string (error $said)))))
            (export "evaluate" (func $evaluate)
                (func (param "survey" string) (param "answers" string) (result (result string (error $said))))))
        (instance $logic (instantiate $logic (with "type-failure" (type $failure)) (with "describe" (func $describe))
            (with "check" (func $check)) (with "evaluate" (func $evaluate))))
        (export "turnabout:plugin/logic@1.0.0" (instance $logic)))"#
    );
    SANDBOX.inspect(&wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// An outcome with some members of its own.
fn outcome(own: &Json) -> Json {
    let mut whole = json!({ "visible": ["met"], "required": [], "wrong": [], "computed": {}, "labels": {}, "answers": {}, "scores": {} });
    whole.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    whole
}

#[test]
fn a_logic_that_says_little_and_nothing_false_is_sound() {
    let found = saying(&json!([]), &outcome(&json!({})));
    assert_eq!((found.kind, found.complaints), (Some(PluginKind::Logic), vec![]));
}

#[test]
fn what_a_logic_answers_is_held_against_the_survey_it_is_asked_about() {
    let every = ["met", "met_why", "hours", "topics", "heard", "safe", "next"];
    let wrong = |name: &&str| json!({ "name": name, "code": "no", "message": "No." });
    for (own, said) in [
        (json!({ "visible": ["met", "nothere"] }), "speaks of 'nothere', which the survey does not ask"),
        (json!({ "visible": ["met", "hours", "met"] }), "'met' is twice in 'visible'"),
        (json!({ "required": ["hours", "hours"] }), "'hours' is twice in 'required'"),
        (json!({ "required": ["thanks"] }), "it requires 'thanks', which nobody can answer"),
        (json!({ "wrong": every.iter().map(wrong).collect::<Vec<_>>() }), "it finds every question wrong"),
        (
            json!({ "required": every, "wrong": every.iter().map(wrong).collect::<Vec<_>>() }),
            "it finds every answer of a whole form wrong",
        ),
        (
            json!({ "wrong": [{ "name": "met", "code": "no", "message": "" }] }),
            "finds 'met' wrong, and does not say why",
        ),
        (json!({ "computed": { "minutes": [120] } }), "what it computed for 'minutes' is no single value"),
        (json!({ "computed": { "hours": 3 } }), "it computes 'hours', which the survey does not ask it to"),
        (json!({ "labels": { "nothere": "A" } }), "it speaks of 'nothere', which the survey does not ask"),
        (json!({ "labels": { "met/maybe": "Maybe" } }), "it labels 'met/maybe', and the survey has no such choice"),
        (json!({ "answers": { "hours": 2 } }), "it keeps an answer to 'hours', which it does not show"),
        (json!({ "scores": { "nothere": 2 } }), "it scores 'nothere', and the survey has no such scale"),
        (json!({ "scores": { "climate": "high" } }), "its score of 'climate' is no number"),
        (json!({ "visible": "met" }), "its JSON has another shape"),
    ] {
        let found = saying(&json!([]), &outcome(&own));
        let steps: Vec<Step> = found.complaints.iter().map(|complaint| complaint.step).collect();
        assert_eq!(steps, [Step::Answers], "{own}: {:?}", found.complaints);
        assert!(found.complaints[0].what.contains(said), "{own}: {:?}", found.complaints);
    }
}

#[test]
fn problems_that_a_logic_sees_are_about_questions_of_the_survey_and_say_something() {
    let problem = |question: &str, message: &str| json!([{ "question": question, "code": "odd", "message": message }]);
    for (problems, said) in [
        (problem("nothere", "Odd."), "its check speaks of 'nothere', which the survey does not ask"),
        (problem("met", " "), "its check gives the problem 'odd' without a message"),
        (json!({ "problems": [] }), "its JSON has another shape"),
    ] {
        let found = saying(&problems, &outcome(&json!({})));
        assert!(found.complaints.iter().any(|complaint| complaint.what.contains(said)), "{:?}", found.complaints);
    }
    assert!(saying(&problem("met", "Odd."), &outcome(&json!({}))).is_sound());
}

#[test]
fn an_exception_is_told_as_one_and_a_failure_of_its_own_is_an_answer() {
    let found = parrot(&json!([]), Err("ZeroDivisionError: division by zero (app.py:12, in evaluate)"));
    let complaint = &found.complaints[0];
    assert_eq!((complaint.step, complaint.code), (Step::Answers, "plugin::exception"));
    let what = "it raised an exception in its own code: ZeroDivisionError: division by zero (app.py:12, in evaluate)";
    assert_eq!(complaint.what, what);
    assert!(complaint.help.starts_with("catch it or mend what it says"), "{}", complaint.help);
    assert_eq!(parrot(&json!([]), Err("the survey has no question 'trust'")).complaints, []);
}
