use super::{json as to_json, problems};
use serde_json::{Value, json};

/// A survey of one question beside three others.
fn with(question: Value) -> Value {
    json!({ "languages": ["en"], "questions": [
        { "name": "one", "type": "single", "choices": [{ "name": "yes" }, { "name": "no" }] },
        { "name": "many", "type": "multiple", "choices": [{ "name": "a" }, { "name": "b" }] },
        { "name": "age", "type": "integer" },
        { "name": "flag", "type": "calculate", "calculation": "${age} > 17" },
        { "name": "info", "type": "note" },
        question,
    ] })
}

fn found(survey: Value) -> Vec<String> {
    let text = |problem: form_logic::Problem| {
        let at = problem.at.map(|(from, to)| format!(" {from}-{to}")).unwrap_or_default();
        format!("{} {} {}{at}: {}", problem.question, problem.column.name(), problem.code.name(), problem.message)
    };
    problems(survey).into_iter().map(text).collect()
}

#[test]
fn every_mistake_is_found_with_its_place() {
    for (question, expect) in [
        (json!({ "type": "text", "relevant": "${age} >" }), "q relevant expression 8-8: a value is missing here"),
        (
            json!({ "type": "text", "relevant": "${agee} > 1" }),
            "q relevant unknown-name 0-7: there is no question 'agee'",
        ),
        (
            json!({ "type": "text", "required": "${info} = ''" }),
            "q required no-answer 0-7: 'info' is a note and has no answer: name a question inside or another one",
        ),
        (
            json!({ "type": "text", "relevant": "${one} = 'yess'" }),
            "q relevant unknown-choice 9-15: 'one' has no choice 'yess': it has yes, no",
        ),
        (
            json!({ "type": "text", "relevant": "not(selected(${many}, 'c'))" }),
            "q relevant unknown-choice 22-25: 'many' has no choice 'c': it has a, b",
        ),
        (
            json!({ "type": "text", "relevant": "${many} = 'a'" }),
            "q relevant type 0-7: 'many' may have several choices: ask with selected(${many}, 'a')",
        ),
        (
            json!({ "type": "text", "relevant": "selected(${age}, '1')" }),
            "q relevant type 9-15: 'age' has no choices: compare it with = instead",
        ),
        (
            json!({ "type": "text", "calculation": "${many} + 1" }),
            "q calculation type 0-7: 'many' is a list of choices and no number: use count-selected(${many})",
        ),
        (
            json!({ "type": "text", "relevant": "${one} > 1" }),
            "q relevant type 0-6: 'one' is a choice and no number: compare it with a choice's name",
        ),
        (
            json!({ "type": "text", "relevant": "${age} > 'old'" }),
            "q relevant type 9-14: 'old' is no number and no date: only those can be reckoned with and ordered",
        ),
        (
            json!({ "type": "text", "relevant": "${age} > 1 and ${flag}" }),
            "q relevant type 15-22: 'flag' is the text 'true' or 'false', and neither is empty: write ${flag} = 'true'",
        ),
        (
            json!({ "type": "text", "relevant": ". = 1" }),
            "q relevant misplaced 0-1: '.' is the answer, which isn't there yet: use it in constraint",
        ),
        (
            json!({ "type": "text", "constraint": "regex(., '[')" }),
            "q constraint expression 9-12: the regular expression can't be used: found unclosed character class",
        ),
        (
            json!({ "type": "text", "calculation": "format-date(today(), '%q')" }),
            "q calculation expression 21-25: after a % comes one of Y y m n b d e a H h M S 3",
        ),
        (
            json!({ "type": "text", "calculation": "jr:choice-name('yes', ${one})" }),
            "q calculation expression 22-28: the question must be in quotes: jr:choice-name(${q}, '${q}')",
        ),
        (
            json!({ "type": "text", "calculation": "jr:choice-name('yes', '${age}')" }),
            "q calculation type 22-30: 'age' has no choices whose label could be looked up",
        ),
        (
            json!({ "type": "text", "relevant": "${q} = 1" }),
            "q relevant cycle: 'q' needs its own answer: read other questions only",
        ),
        (
            json!({ "type": "text", "label": "Dear ${nobody}" }),
            "q label unknown-name: there is no question 'nobody' whose answer could be filled in",
        ),
        (
            json!({ "type": "text", "label": "Dear ${no one}" }),
            "q label expression: '${no one}' names no question: write ${name}",
        ),
        (
            json!({ "type": "text", "label": { "de": "Ja", "en": "Yes" } }),
            "q label untranslated: 'de' is not among the survey's languages",
        ),
        (json!({ "type": "single" }), "q choices missing: a question of choice needs choices"),
        (
            json!({ "type": "multiple", "choices": [{ "name": "a" }, { "name": "a" }] }),
            "q choices repeated: 'a' is there twice: the names of choices are unique in a question",
        ),
        (
            json!({ "type": "single", "choices": [{ "name": "a b" }] }),
            "q choices bad-name: 'a b' can't be the name of a choice: it must have no white space",
        ),
        (json!({ "type": "likert", "points": 1 }), "q points range: a Likert question has 2 to 11 points"),
        (
            json!({ "type": "text", "statements": [{ "name": "s" }] }),
            "q statements type: only a Likert question has statements",
        ),
        (json!({ "type": "calculate" }), "q calculation missing: a question of type calculate needs a calculation"),
        (
            json!({ "type": "group", "required": true }),
            "q required type: a note or a group has no answer that could be required",
        ),
        (
            json!({ "type": "note", "questions": [{ "name": "x", "type": "note" }] }),
            "q questions type: only a group has questions",
        ),
        (
            json!({ "type": "likert", "statements": [{ "name": "age" }] }),
            "age name repeated: another question or statement has this name: names are unique in a survey",
        ),
    ] {
        let mut question = question;
        question["name"] = json!("q");
        assert_eq!(found(with(question.clone())), [expect], "{question}");
    }
    let name = json!({ "name": "1st", "type": "note" });
    let expect =
        "1st name bad-name: '1st' can't be a name: begin with a letter or _, go on with letters, digits, _, - or .";
    assert_eq!(found(with(name)), [expect]);
}

#[test]
fn circles_are_named_in_full_wherever_they_run() {
    let question =
        |name: &str, column: &str, expression: &str| json!({ "name": name, "type": "integer", column: expression });
    let survey = json!({ "questions": [
        question("a", "calculation", "${b} + 1"),
        question("b", "relevant", "${c} > 0"),
        question("c", "calculation", "${a}"),
        question("after", "calculation", "${a}"),
        { "name": "g", "type": "group", "relevant": "${inside} = 1", "questions": [question("inside", "constraint", ". > 0")] },
        question("x", "relevant", "${y} = 1"),
        question("y", "relevant", "${x} = 1"),
    ] });
    assert_eq!(
        found(survey),
        [
            "a calculation cycle: these need each other: a needs b needs c needs a: let one of them read something else",
            "g relevant cycle: 'g' needs its own answer: read other questions only",
            "x relevant cycle: these need each other: x needs y needs x: let one of them read something else",
        ]
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let survey = json!({
        "questions": [
            { "name": "a", "type": "integer", "relevant": "${no} = 1", "constraint": ". >" },
            { "name": "b", "type": "text", "calculation": "lenght(${a})", "label": "${gone}" },
        ],
        "scales": [
            { "name": "s", "items": ["a", "b", "a", "c"], "reverse": ["a", "z"], "least": 9 },
            { "name": "s", "items": [] },
        ],
    });
    let places: Vec<String> = problems(survey)
        .iter()
        .map(|problem| format!("{} {} {}", problem.question, problem.column.name(), problem.code.name()))
        .collect();
    assert_eq!(
        places,
        [
            "a constraint expression",
            "b calculation expression",
            "a relevant unknown-name",
            "b label unknown-name",
            "s items type",
            "s items repeated",
            "s items unknown-name",
            "s reverse type",
            "s reverse unknown-name",
            "s least range",
            "s name repeated",
            "s items missing",
        ]
    );
}

#[test]
fn a_problem_is_written_as_json() {
    let problem = problems(with(json!({ "name": "q", "type": "text", "relevant": "${agee} > 1" }))).remove(0);
    assert_eq!(
        to_json(problem),
        json!({ "question": "q", "column": "relevant", "code": "unknown-name",
                "message": "there is no question 'agee'", "at": [0, 7] })
    );
}

#[test]
fn the_number_of_questions_is_bounded() {
    let question = |n: usize| json!({ "name": format!("q{n}"), "type": "note" });
    let survey = |count| json!({ "questions": (0..count).map(question).collect::<Vec<_>>() });
    assert!(problems(survey(1000)).is_empty());
    assert_eq!(
        problems(survey(1001))[0].message,
        "a survey has at most 1000 questions and statements, and this one has 1001"
    );
}

#[test]
fn an_imported_form_may_use_all_names_that_xlsform_allows() {
    let survey = json!({ "questions": [
        { "name": "größe.in-cm_2", "type": "decimal" },
        { "name": "_x", "type": "text", "relevant": "${größe.in-cm_2}-1 > 0" },
    ] });
    assert!(problems(survey).is_empty());
}
