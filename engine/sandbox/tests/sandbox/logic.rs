//! The logic of surveys, asked through the port.

use serde_json::{Value as Json, json};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::ports::{
    Asking, JudgeRequest, Judgement, Logics, PluginError, PluginFault, PluginRef, Rules, WrongAnswer,
};
use turnabout_model::Survey;
use turnabout_sandbox::{Sandbox, standard_plugins};

fn standard(id: &str) -> PluginRef {
    let plugin = standard_plugins().iter().find(|plugin| plugin.id == id).unwrap();
    PluginRef { id: id.into(), sha256: plugin.sha256.clone() }
}

fn survey(questions: &Json) -> Survey {
    serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": questions })).unwrap()
}

fn asked_when_it_matters() -> Survey {
    survey(&json!([
        { "name": "met", "type": "single", "text": "?", "choices": ["yes", "no"], "required": true },
        { "name": "why", "type": "text", "text": "Why not?", "relevant": "${met} = 'no'", "required": true },
        { "name": "hours", "type": "integer", "text": "?", "constraint": ". <= 24", "constraint_message": "A day has 24" },
        { "name": "minutes", "type": "calculate", "calculation": "${hours} * 60" },
        { "name": "sum", "type": "note", "text": "That is ${minutes} minutes." },
    ]))
}

fn judge(survey: &Survey, answers: Json) -> Result<Judgement, PluginError> {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let answers: BTreeMap<SmolStr, Json> = serde_json::from_value(answers).unwrap();
    let asking =
        Asking { today: "2026-01-31".into(), now: "2026-01-31T09:30:00.000+00:00".into(), language: "en".into() };
    let plugin = standard("form-logic");
    sandbox.judge(JudgeRequest { plugin: &plugin, name: "s", survey, answers: &answers, asking: &asking })
}

#[test]
fn a_question_is_asked_when_an_earlier_answer_makes_it_matter() {
    let survey = asked_when_it_matters();
    let yes = judge(&survey, json!({ "met": "yes", "why": "typed before", "hours": 2 })).unwrap();
    assert_eq!(yes.visible, ["met", "hours", "sum"]);
    assert_eq!(yes.answered, ["hours", "met", "minutes"], "what is not asked does not count");
    assert_eq!((yes.required.as_slice(), yes.wrong.as_slice()), (&["met".into()][..], &[][..]));
    assert_eq!((&yes.computed["minutes"], yes.labels["sum"].as_str()), (&json!(120), "That is 120 minutes."));

    let no = judge(&survey, json!({ "met": "no", "hours": 25 })).unwrap();
    assert_eq!(no.required, ["met", "why"]);
    let wrong: Vec<(&str, &str)> = no.wrong.iter().map(|w| (w.name.as_str(), w.code.as_str())).collect();
    assert_eq!(wrong, [("why", "required"), ("hours", "constraint")]);
    let said = WrongAnswer { name: "hours".into(), code: "constraint".into(), message: "A day has 24".into() };
    assert_eq!(no.wrong[1], said);
}

#[test]
fn people_who_share_a_place_are_one_list_to_a_logic_and_kept_as_they_were_given() {
    let survey = survey(&json!([
        { "name": "met", "type": "single", "text": "?", "choices": ["yes", "no"] },
        { "name": "wanted", "type": "ranking", "text": "?", "relevant": "${met} = 'yes'",
          "constraint": "count-selected(.) <= 3", "constraint_message": "Three at most" },
        { "name": "many", "type": "calculate", "calculation": "count-selected(${wanted})" },
        { "name": "first", "type": "calculate", "calculation": "selected-at(${wanted}, 1)" },
        { "name": "why", "type": "text", "text": "?", "relevant": "selected(${wanted}, 'person-3')" },
    ]));
    let settled = |answers: &Json| {
        let judgement = judge(&survey, answers.clone()).unwrap();
        let mut kept: BTreeMap<SmolStr, Json> = serde_json::from_value(answers.clone()).unwrap();
        judgement.settle(&mut kept);
        (json!(kept), judgement)
    };
    let given = json!({ "met": "yes", "wanted": ["person-1", ["person-3", "person-2"]], "why": "They know." });
    let (kept, judgement) = settled(&given);
    assert_eq!((&judgement.wrong[..], &judgement.computed["many"]), (&[][..], &json!(3)));
    assert_eq!(judgement.computed["first"], "person-3");
    assert_eq!((&kept["wanted"], &kept["why"]), (&given["wanted"], &given["why"]));

    let four = json!({ "met": "yes", "wanted": [["person-1", "person-2"], ["person-4", "person-5"]] });
    assert_eq!(settled(&four).1.wrong[0].message, "Three at most");

    let hidden = json!({ "met": "no", "wanted": [["person-3", "person-2"]], "why": "They know." });
    let (kept, judgement) = settled(&hidden);
    assert_eq!((&kept["wanted"], &kept["why"], &judgement.computed["many"]), (&Json::Null, &Json::Null, &json!(0)));
}

#[test]
fn a_mistake_in_an_expression_is_told_with_its_place() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let survey = survey(&json!([
        { "name": "met", "type": "single", "text": "?", "choices": ["yes", "no"] },
        { "name": "why", "type": "text", "text": "?", "relevant": "${met} = 'nope'" },
        { "name": "how", "type": "text", "text": "?", "relevant": "uper(${met}" },
    ]));
    let logic = standard("form-logic");
    let problems = Logics::check(&sandbox, &logic, "s", &survey).unwrap();
    let found: Vec<_> = problems.iter().map(|p| (p.question.as_str(), p.column.as_str(), p.code.as_str())).collect();
    assert_eq!(found, [("how", "relevant", "expression"), ("why", "relevant", "unknown-choice")]);
    assert!(problems.iter().all(|problem| problem.at.is_some()), "{problems:?}");
    assert_eq!(Logics::check(&sandbox, &logic, "s", &asked_when_it_matters()).unwrap(), []);
}

#[test]
fn a_rule_is_no_logic_and_a_logic_no_rule() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let rule = Logics::check(&sandbox, &standard("topic-overlap"), "s", &asked_when_it_matters()).unwrap_err();
    assert_eq!(
        rule.to_string(),
        "plugin 'topic-overlap' does not keep the contract: it is a matching rule, and the logic of a survey is asked for"
    );
    let logic = Rules::describe(&sandbox, &standard("form-logic")).unwrap_err();
    assert!(matches!(&logic.fault, PluginFault::Contract(said) if said.contains("a matching rule is asked for")));
}

#[test]
fn a_logic_that_answers_in_another_shape_is_refused_with_its_name() {
    // Settings and check-ins are what it takes; a survey is none of them.
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let answers = BTreeMap::new();
    let asking = Asking { today: "2026-01-31".into(), now: String::new(), language: "en".into() };
    let (plugin, survey) = (standard("pulse-risk"), asked_when_it_matters());
    let request = JudgeRequest { plugin: &plugin, name: "s", survey: &survey, answers: &answers, asking: &asking };
    let error = sandbox.judge(request).unwrap_err();
    assert_eq!(error.plugin, "pulse-risk");
    assert!(matches!(error.fault, PluginFault::Declared(_) | PluginFault::BadOutput(_)), "{error}");
}
