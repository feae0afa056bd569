//! The logic of surveys: JSON to a component and back, with every name that comes back held against the survey.

use crate::contract::{LogicPlugin, LogicPluginPre, wit_logic};
use crate::fault::{clip, contract};
use crate::gate::Gated;
use crate::inspect::Identity;
use crate::library::Sandbox;
use crate::store::{State, Work};
use crate::usage::Usage;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json, json};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::ports::{
    Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, PluginError, PluginFault, PluginRef, WrongAnswer,
};
use turnabout_model::Survey;
use wasmtime::Store;

/// The logic of surveys.
pub(crate) struct Logic {
    gated: Gated,
    pre: LogicPluginPre<State>,
}

impl Logic {
    pub(crate) fn new(gated: Gated) -> Result<Self, PluginFault> {
        let pre = LogicPluginPre::new(gated.linked()).map_err(|error| gated.bad_shape(&error))?;
        let logic = Self { gated, pre };
        let said = logic.describe_again()?;
        let said: Json = serde_json::from_str(&said)
            .map_err(|error| contract(format!("what it says of itself is not JSON: {error}")))?;
        match said.get("id").and_then(Json::as_str) {
            Some(id) if !id.is_empty() => Ok(logic),
            _ => Err(contract("it does not say its id")),
        }
    }

    /// What it says of itself, in JSON.
    pub(crate) fn describe_again(&self) -> Result<String, PluginFault> {
        self.call(|logic, store| logic.turnabout_plugin_logic().call_describe(store))
    }

    /// Who it says it is.
    pub(crate) fn identity(&self) -> Option<Identity> {
        let said: Json = serde_json::from_str(&self.describe_again().ok()?).ok()?;
        let text = |name: &str| self.shown(said[name].as_str().unwrap_or_default());
        Some(Identity { id: text("id"), version: text("version") })
    }

    /// What is wrong with a survey, JSON for JSON.
    pub(crate) fn check_json(&self, survey: &str) -> Result<String, PluginFault> {
        self.call(|logic, store| logic.turnabout_plugin_logic().call_check(store, survey))?
            .map_err(|failure| self.failed(&failure))
    }

    /// What follows from answers, JSON for JSON.
    pub(crate) fn evaluate_json(&self, survey: &str, answers: &str) -> Result<String, PluginFault> {
        self.call(|logic, store| logic.turnabout_plugin_logic().call_evaluate(store, survey, answers))?
            .map_err(|failure| self.failed(&failure))
    }

    /// Asks what follows from answers, and says what that used.
    pub(crate) fn measure(&self, survey: &str, answers: &str) -> Result<Usage, PluginFault> {
        let ask = |logic: &LogicPlugin, store: &mut Store<State>| {
            logic.turnabout_plugin_logic().call_evaluate(store, survey, answers)
        };
        let (answered, usage) = self.gated.measured(Work::Answers, |store| self.pre.instantiate(store), ask)?;
        answered.map(|_| usage).map_err(|failure| self.failed(&failure))
    }

    /// What is wrong with a survey, read.
    pub(crate) fn check(&self, survey: &str) -> Result<Vec<LogicProblem>, PluginFault> {
        let said = self.check_json(survey)?;
        let mut problems: Vec<LogicProblem> = read(&said)?;
        for problem in &mut problems {
            problem.message = self.shown(&problem.message);
        }
        Ok(problems)
    }

    /// What it said follows from answers, held against the survey as a live form holds it.
    pub(crate) fn believed(&self, survey: &Survey, said: &str) -> Result<Judgement, PluginFault> {
        believe(read(said)?, survey, self.gated.machine.limits.message_characters)
    }

    /// The flags that it said, read.
    pub(crate) fn raised(&self, said: &str) -> Result<Vec<Flag>, PluginFault> {
        let mut raised: Raised = read(said)?;
        for flag in &mut raised.flags {
            flag.code = self.shown(&flag.code).into();
        }
        Ok(raised.flags)
    }

    fn call<T>(
        &self,
        ask: impl FnOnce(&LogicPlugin, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, PluginFault> {
        self.gated.call(Work::Answers, |store| self.pre.instantiate(store), ask)
    }

    fn failed(&self, failure: &wit_logic::Failure) -> PluginFault {
        match failure.question.as_str() {
            "" => self.gated.declared(&failure.message),
            question => self.gated.declared(&format!("{question}: {}", failure.message)),
        }
    }

    fn shown(&self, text: &str) -> String {
        clip(text, self.gated.machine.limits.message_characters)
    }
}

/// What a logic returns, before anything is believed.
#[derive(Deserialize)]
struct Outcome {
    visible: Vec<SmolStr>,
    required: Vec<SmolStr>,
    wrong: Vec<WrongAnswer>,
    computed: BTreeMap<SmolStr, Json>,
    labels: BTreeMap<SmolStr, String>,
    answers: BTreeMap<SmolStr, Json>,
}

/// What a logic returns that raises flags.
#[derive(Deserialize)]
struct Raised {
    flags: Vec<Flag>,
}

impl Sandbox {
    /// Asks a logic about a survey as it is written, JSON for JSON: for its author's cases.
    pub fn check_json(&self, plugin: &PluginRef, survey: &str) -> Result<String, PluginError> {
        let compiled = self.plugin(plugin)?;
        let checked = compiled.logic().and_then(|logic| logic.check_json(survey));
        checked.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }

    /// Asks a logic what follows from answers, JSON for JSON: for its author's cases.
    pub fn evaluate_json(&self, plugin: &PluginRef, survey: &str, answers: &str) -> Result<String, PluginError> {
        let compiled = self.plugin(plugin)?;
        let judged = compiled.logic().and_then(|logic| logic.evaluate_json(survey, answers));
        judged.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }
}

impl Logics for Sandbox {
    fn check(&self, plugin: &PluginRef, name: &str, survey: &Survey) -> Result<Vec<LogicProblem>, PluginError> {
        let compiled = self.plugin(plugin)?;
        let survey = survey.logic_json(name).to_string();
        let checked = compiled.logic().and_then(|logic| logic.check(&survey));
        checked.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }

    fn check_flags(&self, plugin: &PluginRef, settings: &Map<String, Json>) -> Result<Vec<LogicProblem>, PluginError> {
        let compiled = self.plugin(plugin)?;
        let settings = json!(settings).to_string();
        let checked = compiled.logic().and_then(|logic| logic.check(&settings));
        checked.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }

    fn flags(&self, request: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError> {
        let FlagRequest { plugin, settings, check_ins, today, started } = request;
        let compiled = self.plugin(plugin)?;
        let settings = json!(settings).to_string();
        let context = json!({ "today": today, "started": started });
        let check_ins = json!({ "check_ins": check_ins, "context": context }).to_string();
        let raised = compiled.logic().and_then(|logic| logic.raised(&logic.evaluate_json(&settings, &check_ins)?));
        raised.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }

    fn judge(&self, request: JudgeRequest<'_>) -> Result<Judgement, PluginError> {
        let compiled = self.plugin(request.plugin)?;
        let survey = request.survey.logic_json(request.name).to_string();
        let asking = request.asking;
        let context = json!({ "today": asking.today, "now": asking.now, "language": asking.language.as_str() });
        let answers = request.survey.logic_answers(request.answers);
        let answers = json!({ "answers": *answers, "context": context }).to_string();
        let judged =
            compiled.logic().and_then(|logic| logic.believed(request.survey, &logic.evaluate_json(&survey, &answers)?));
        judged.map_err(|fault| PluginError { plugin: request.plugin.id.clone(), fault })
    }
}

/// Takes over what names something of the survey; anything else is a bad value, since nobody knows what it would do.
fn believe(outcome: Outcome, survey: &Survey, most_characters: usize) -> Result<Judgement, PluginFault> {
    let shown_text = |text: &str| clip(text, most_characters);
    let items: BTreeSet<&SmolStr> = survey.items().into_iter().map(|item| item.name).collect();
    let shown: BTreeSet<&SmolStr> =
        survey.all_questions().into_iter().map(|question| &question.name).chain(items.iter().copied()).collect();
    let known = |names: &BTreeSet<&SmolStr>, name: &SmolStr| {
        if names.contains(name) {
            return Ok(());
        }
        let name = shown_text(name);
        Err(PluginFault::BadOutput(format!("it speaks of '{name}', which the survey does not ask")))
    };
    outcome.visible.iter().chain(&outcome.required).try_for_each(|name| known(&shown, name))?;
    outcome.wrong.iter().try_for_each(|wrong| known(&shown, &wrong.name))?;
    for name in outcome.labels.keys() {
        let question = name.split_once('/').map_or(name.clone(), |(question, _)| question.into());
        known(&shown, &question)?;
    }
    outcome.answers.keys().try_for_each(|name| known(&items, name))?;
    let calculated = survey.items().into_iter().filter(|item| item.question.calculation.is_some());
    let calculated: BTreeSet<&SmolStr> = calculated.map(|item| item.name).collect();
    if let Some(name) = outcome.computed.keys().find(|name| !calculated.contains(name)) {
        // A plugin that computed what a person answers would answer for them.
        let name = shown_text(name);
        return Err(PluginFault::BadOutput(format!("it computes '{name}', which the survey does not ask it to")));
    }
    if let Some(name) = outcome.computed.iter().find(|(_, value)| value.is_array() || value.is_object()).map(|c| c.0) {
        return Err(PluginFault::BadOutput(format!("what it computed for '{name}' is no single value")));
    }
    let wrong = outcome.wrong.into_iter();
    Ok(Judgement {
        visible: outcome.visible,
        required: outcome.required,
        wrong: wrong.map(|wrong| WrongAnswer { message: shown_text(&wrong.message), ..wrong }).collect(),
        computed: outcome.computed,
        labels: outcome.labels,
        answered: outcome.answers.into_keys().collect(),
    })
}

fn read<T: DeserializeOwned>(said: &str) -> Result<T, PluginFault> {
    // Only the place: what stands there may be somebody's answer.
    serde_json::from_str(said).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        PluginFault::BadOutput(format!("its JSON has another shape at line {line}, column {column}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(outcome: &Json) -> Result<Judgement, PluginFault> {
        let survey = json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "shared", "type": "single", "text": "?", "choices": ["named", "no"] },
            { "name": "twice", "type": "calculate", "calculation": "1" }] });
        let mut whole =
            json!({ "visible": [], "required": [], "wrong": [], "computed": {}, "labels": {}, "answers": {} });
        whole.as_object_mut().unwrap().extend(outcome.as_object().unwrap().clone());
        let outcome = read(&whole.to_string())?;
        believe(outcome, &serde_json::from_value(survey).unwrap(), 40)
    }

    #[test]
    fn a_logic_answers_for_nobody_and_speaks_of_what_is_asked() {
        assert!(judged(&json!({ "computed": { "twice": 2 }, "answers": { "twice": 2, "shared": "no" } })).is_ok());
        for (outcome, said) in [
            (json!({ "computed": { "shared": "named" } }), "it computes 'shared', which the survey does not ask it to"),
            (json!({ "computed": { "twice": [2] } }), "what it computed for 'twice' is no single value"),
            (json!({ "answers": { "other": 1 } }), "it speaks of 'other', which the survey does not ask"),
            (json!({ "visible": ["other"] }), "it speaks of 'other', which the survey does not ask"),
            (json!({ "labels": { "other/a": "A" } }), "it speaks of 'other', which the survey does not ask"),
            (json!({ "wrong": "a secret answer" }), "its JSON has another shape at line 1, column 53"),
        ] {
            assert_eq!(judged(&outcome), Err(PluginFault::BadOutput(said.into())), "{outcome}");
        }
    }
}
