use super::{json as to_json, outcome, outcome_in};
use serde_json::{Value, json};

fn wrong(outcome: &form_logic::Outcome) -> Vec<(&str, &str, &str)> {
    outcome.wrong.iter().map(|wrong| (wrong.name.as_str(), wrong.code, wrong.message.as_str())).collect()
}

fn consent() -> Value {
    json!({ "questions": [
        { "name": "consent", "type": "single", "required": true, "choices": [{ "name": "yes" }, { "name": "no" }] },
        { "name": "about", "type": "group", "relevant": "${consent} = 'yes'", "questions": [
            { "name": "age", "type": "integer", "required": "${consent} = 'yes'", "constraint": ". >= 16 and . < 100",
              "constraint_message": "You wrote ${age}: it must be 16 to 99." },
            { "name": "adult", "type": "note", "relevant": "${age} >= 18", "label": "You are ${age}." },
        ] },
        { "name": "why", "type": "text", "relevant": "${consent} = 'no'" },
    ] })
}

#[test]
fn what_is_not_relevant_is_hidden_with_all_that_is_in_it() {
    let hidden = outcome(consent(), json!({ "consent": "no", "age": 30, "why": "time" }));
    assert_eq!(hidden.visible, ["consent", "why"]);
    assert_eq!(to_json(&hidden.answers), json!({ "consent": "no", "why": "time" }), "the hidden age is cleared");
    let shown = outcome(consent(), json!({ "consent": "yes", "age": 30, "why": "time" }));
    assert_eq!(shown.visible, ["consent", "about", "age", "adult"]);
    assert_eq!(shown.required, ["consent", "age"]);
    assert_eq!(shown.labels["adult"], "You are 30.");
    assert!(shown.wrong.is_empty());
}

#[test]
fn nothing_wrong_is_said_of_what_is_hidden() {
    assert_eq!(wrong(&outcome(consent(), json!({}))), [("consent", "required", "An answer is required.")]);
    let outcome = outcome(consent(), json!({ "consent": "no", "age": 3 }));
    assert!(outcome.wrong.is_empty());
}

#[test]
fn a_constraint_says_its_message_with_answers_filled_in() {
    let outcome = outcome(consent(), json!({ "consent": "yes", "age": 12 }));
    assert_eq!(wrong(&outcome), [("age", "constraint", "You wrote 12: it must be 16 to 99.")]);
    assert_eq!(to_json(&outcome.answers["age"]), json!(12), "what is wrong is kept");
}

#[test]
fn calculations_wait_for_what_they_read() {
    let survey = json!({ "questions": [
        { "name": "last", "type": "calculate", "calculation": "${middle} * 2" },
        { "name": "middle", "type": "calculate", "calculation": "${first} + 1" },
        { "name": "first", "type": "integer" },
        { "name": "big", "type": "text", "relevant": "${last} > 10" },
        { "name": "shown", "type": "integer", "calculation": "${first} * 10" },
    ] });
    let five = outcome(survey.clone(), json!({ "first": 5, "last": 999, "shown": 1, "big": "x" }));
    assert_eq!(to_json(&five.computed), json!({ "last": 12, "middle": 6, "shown": 50 }));
    assert_eq!(to_json(&five.answers), json!({ "first": 5, "last": 12, "middle": 6, "shown": 50, "big": "x" }));
    assert_eq!(five.visible, ["first", "big", "shown"], "a calculation is not shown, a question with one is");
    let none = outcome(survey, json!({ "big": "x" }));
    assert_eq!(to_json(&none.computed), json!({ "last": null, "middle": null, "shown": null }));
    assert_eq!(to_json(&none.answers), json!({}));
}

#[test]
fn a_chain_of_hidden_questions_falls_together() {
    let question = |n: usize| {
        let relevant = if n == 0 { String::new() } else { format!("${{q{}}} = 'a'", n - 1) };
        json!({ "name": format!("q{n}"), "type": "text", "relevant": relevant })
    };
    let survey = json!({ "questions": (0..900).rev().map(question).collect::<Vec<_>>() });
    let mut answers: Value = (0..900).map(|n| (format!("q{n}"), json!("a"))).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(outcome(survey.clone(), answers.clone()).visible.len(), 900);
    answers["q0"] = json!("b");
    assert_eq!(outcome(survey, answers).visible, ["q0"]);
}

#[test]
fn once_keeps_what_was_computed_before() {
    let survey = json!({ "questions": [{ "name": "begun", "type": "calculate", "calculation": "once(today())" }] });
    assert_eq!(to_json(outcome(survey.clone(), json!({})).computed), json!({ "begun": "2026-01-31" }));
    let before = json!({ "begun": "2025-12-24" });
    assert_eq!(to_json(outcome(survey, before.clone()).computed), before);
}

#[test]
fn answers_are_read_as_their_questions_want_them() {
    let choices = json!([{ "name": "a" }, { "name": "b" }, { "name": "c" }]);
    let survey = |kind: &str| match kind {
        "single" | "multiple" | "ranking" => {
            json!({ "questions": [{ "name": "q", "type": kind, "choices": choices }] })
        }
        _ => json!({ "questions": [{ "name": "q", "type": kind }] }),
    };
    for (kind, given, expect) in [
        ("integer", json!("12"), json!(12)),
        ("integer", json!(-3), json!(-3)),
        ("integer", json!(2.5), json!("type")),
        ("integer", json!("x"), json!("type")),
        ("integer", json!(["1"]), json!("type")),
        ("decimal", json!("2.5"), json!(2.5)),
        ("decimal", json!("2,5"), json!("type")),
        ("likert", json!("5"), json!(5)),
        ("likert", json!(6), json!("range")),
        ("likert", json!(0), json!("range")),
        ("date", json!(" 2026-01-31 "), json!("2026-01-31")),
        ("date", json!("31.1.2026"), json!("type")),
        ("date", json!("2026-01-31T10:00"), json!("type")),
        ("single", json!("a"), json!("a")),
        ("single", json!("d"), json!("choice")),
        ("multiple", json!(["b", "a", "b"]), json!(["b", "a"])),
        ("multiple", json!("a  c"), json!(["a", "c"])),
        ("multiple", json!(["a", "d"]), json!("choice")),
        ("ranking", json!(["c", "a"]), json!(["c", "a"])),
        ("ranking", json!(["c", "c"]), json!("repeat")),
        ("text", json!(" two words "), json!(" two words ")),
        ("text", json!("  \n"), json!(null)),
        ("text", json!(7), json!("7")),
        ("text", json!(true), json!("type")),
        ("text", json!("x".repeat(20_001)), json!("length")),
        ("note", json!("x"), json!(null)),
    ] {
        let outcome = outcome(survey(kind), json!({ "q": given }));
        let code = outcome.wrong.first().map(|wrong| wrong.code);
        let read = code.map_or_else(|| to_json(outcome.answers.get("q")), |code| json!(code));
        assert_eq!(read, expect, "{kind} {given}");
    }
}

#[test]
fn an_unreadable_answer_is_empty_to_everything_else() {
    let survey = json!({ "questions": [
        { "name": "age", "type": "integer", "required": true },
        { "name": "sum", "type": "calculate", "calculation": "coalesce(${age}, 'none')" },
    ] });
    let outcome = outcome(survey, json!({ "age": "old", "gone": 1 }));
    assert_eq!(wrong(&outcome), [("age", "type", "Write a whole number.")]);
    assert_eq!(to_json(outcome.answers), json!({ "sum": "none" }), "an answer to no question is dropped");
}

#[test]
fn statements_have_answers_of_their_own() {
    let survey = json!({
        "questions": [
            { "name": "show", "type": "single", "choices": [{ "name": "yes" }, { "name": "no" }] },
            { "name": "trust", "type": "likert", "points": 7, "required": true, "relevant": "${show} = 'yes'",
              "label": "How much do you agree?",
              "statements": [{ "name": "t1", "label": "I am heard" }, { "name": "t2", "label": "I hold back" }, { "name": "t3" }] },
            { "name": "low", "type": "note", "relevant": "${t1} <= 2", "label": "Thank you for saying so." },
        ],
        "scales": [
            { "name": "mean", "items": ["t1", "t2", "t3"], "reverse": ["t2"] },
            { "name": "least", "items": ["t1", "t2", "t3"], "reverse": ["t2"], "least": 2 },
            { "name": "sum", "items": ["t1", "t2", "t3"], "reverse": ["t2"], "score": "sum", "least": 2 },
        ],
    });
    let all = outcome(survey.clone(), json!({ "show": "yes", "t1": 2, "t2": 3, "t3": 7 }));
    assert_eq!(all.visible, ["show", "trust", "t1", "t2", "t3", "low"]);
    assert_eq!(all.required, ["t1", "t2", "t3"]);
    assert_eq!(to_json(&all.scores), json!({ "least": 14.0 / 3.0, "mean": 14.0 / 3.0, "sum": 14.0 }));
    let some = outcome(survey.clone(), json!({ "show": "yes", "t1": 2, "t2": 3 }));
    assert_eq!(to_json(&some.scores), json!({ "least": 3.5, "mean": null, "sum": 10.5 }));
    assert_eq!(wrong(&some), [("t3", "required", "An answer is required.")]);
    let hidden = outcome(survey, json!({ "show": "no", "t1": 2, "t2": 3, "t3": 7 }));
    assert_eq!(hidden.visible, ["show"]);
    assert_eq!(to_json(&hidden.scores), json!({ "least": null, "mean": null, "sum": null }));
}

#[test]
fn texts_are_in_the_language_asked_for_and_filled() {
    let survey = json!({ "default_language": "en", "languages": ["en", "de"], "questions": [
        { "name": "topics", "type": "multiple", "label": { "en": "Topics?", "de": "Themen?" },
          "choices": [{ "name": "race", "label": { "en": "Race", "de": "Herkunft" } },
                      { "name": "age", "label": { "en": "Age", "de": "Alter" } }] },
        { "name": "first", "type": "single", "label": { "en": "Of ${topics}: which first?", "de": "Von ${topics}: was zuerst?" },
          "choices": [{ "name": "x", "label": { "en": "All of ${topics}", "de": "Alle: ${topics}" } }, { "name": "y" }] },
        { "name": "named", "type": "calculate", "calculation": "jr:choice-name(selected-at(${topics}, 1), '${topics}')" },
    ] });
    let answers = json!({ "topics": ["race", "age"] });
    let german = outcome_in(survey.clone(), answers.clone(), "de");
    assert_eq!(german.labels["first"], "Von Herkunft, Alter: was zuerst?");
    assert_eq!(german.labels["first/x"], "Alle: Herkunft, Alter");
    assert_eq!(to_json(&german.computed), json!({ "named": "Alter" }));
    assert_eq!(outcome_in(survey.clone(), answers.clone(), "").labels["topics"], "Topics?");
    assert_eq!(outcome_in(survey, answers, "fr").labels["topics"], "Topics?", "the default language is next");
}

#[test]
fn a_pattern_from_an_answer_can_fail() {
    let survey = super::survey(json!({ "questions": [
        { "name": "pattern", "type": "text" },
        { "name": "q", "type": "text", "relevant": "regex('x', ${pattern})" },
    ] }));
    let form = form_logic::Form::new(&survey).expect("a form");
    let answers = serde_json::from_value(json!({ "answers": { "pattern": "(" } })).expect("answers");
    let failure = form.evaluate(&answers).expect_err("no pattern");
    assert_eq!(
        failure.to_string(),
        "q, relevant: at byte 11: the regular expression can't be used: found open group without closing ')'"
    );
}
