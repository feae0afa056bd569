//! What a client changes of a template's matching plans without copying their rules.

use super::{lay_over, origins::Came};
use crate::{document::Node, report::Report, suggest};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use toml::{Table, Value};
use turnabout_model::Diagnostic;

/// The key under which a client changes rules of the template, by plugin or by number.
pub(super) const RETUNE: &str = "retune";

/// The key under which a client lists rules of its own.
pub(super) const ADD: &str = "add";

/// Where a rule of a plan comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuleCame {
    pub(super) came: Came,
    /// The key under which the client retunes it.
    pub(super) retuned: Option<String>,
}

/// Takes `retune` and `add` out of a client's plans and carries them out on the template's: `retune` lays what it says over
/// the rule of a plugin, or over the rule of a number where a plugin has several; each `[[add]]` is a rule of the client's
/// own, behind the others. Returns, of each plan that is changed so, where its rules come from, in order.
///
/// What can't be carried out, since there is no such plan or rule or it is unclear which of several is meant, is left out and
/// reported where `changes`, the client's file as it is written, has it.
pub(super) fn tailored(
    under: &mut Table,
    over: &mut Table,
    changes: Node<'_>,
    wrong: &mut Report,
) -> BTreeMap<SmolStr, Vec<RuleCame>> {
    let mut all = BTreeMap::new();
    let Some(plans) = over.get_mut("matching").and_then(Value::as_table_mut) else { return all };
    let mut unknown = Vec::new();
    for (name, plan) in plans.iter_mut() {
        let Some(plan) = plan.as_table_mut() else { continue };
        let (retune, add) = (plan.remove(RETUNE), plan.remove(ADD));
        if retune.is_none() && add.is_none() {
            continue;
        }
        let of_plan = Place { node: changes, plan: name }.to(&["matching", name]);
        if plan.contains_key("rules") {
            let place = of_plan.to(&[if retune.is_some() { RETUNE } else { ADD }]);
            let found = format!("[matching.{name}] has a list of rules of its own, and `{RETUNE}` or `{ADD}` as well");
            wrong.push(place.error(found, "write in the list what is to be"));
            continue;
        }
        let Some(rules) = rules_of(under, name) else {
            let found = format!("the template has no matching plan '{name}' with rules to change");
            let known = under.get("matching").and_then(Value::as_table).into_iter().flat_map(Table::keys);
            wrong.push(of_plan.error(found, suggest::help(name, known.map(String::as_str), "it has none")));
            unknown.extend(plan.is_empty().then(|| name.clone()));
            continue;
        };
        let theirs = (0..rules.len()).map(|at| RuleCame { came: Came::Theirs(at), retuned: None });
        let mut came: Vec<RuleCame> = theirs.collect();
        for (which, at) in retuned(of_plan, rules, retune, wrong) {
            came[at].retuned = Some(which);
        }
        match add {
            None => {}
            Some(Value::Array(own)) if own.iter().all(Value::is_table) => {
                came.extend((0..own.len()).map(|at| RuleCame { came: Came::Added(at), retuned: None }));
                rules.extend(own);
            }
            Some(_) => {
                let help = format!("write each rule of your own below a line [[matching.{name}.{ADD}]]");
                wrong.push(of_plan.to(&[ADD]).error(format!("`{ADD}` is no list of rules"), help));
            }
        }
        all.insert(SmolStr::new(name), came);
    }
    plans.retain(|name, _| !unknown.iter().any(|known| known == name));
    all
}

fn rules_of<'t>(under: &'t mut Table, plan: &str) -> Option<&'t mut Vec<Value>> {
    under.get_mut("matching")?.get_mut(plan)?.get_mut("rules")?.as_array_mut()
}

/// A place in a client's changes to a plan.
#[derive(Clone, Copy)]
struct Place<'d> {
    node: Node<'d>,
    plan: &'d str,
}

impl Place<'_> {
    /// A place further on, or as far as the file goes.
    fn to(self, keys: &[&str]) -> Self {
        let node = keys.iter().try_fold(self.node, |node, key| node.get(key).ok_or(node));
        Self { node: node.unwrap_or_else(|last| last), ..self }
    }

    fn error(self, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.node.key_error("client::retune", message, "can't be carried out").help(help)
    }
}

/// Lays what a client says over the rules; returns under which key it says something of which.
fn retuned(of_plan: Place<'_>, rules: &mut [Value], retune: Option<Value>, wrong: &mut Report) -> Vec<(String, usize)> {
    let mut changed = Vec::new();
    let (place, plan) = (of_plan.to(&[RETUNE]), of_plan.plan);
    let retune = match retune {
        None => return changed,
        Some(Value::Table(retune)) => retune,
        Some(_) => {
            let help = format!("write what a rule is to have below a line [matching.{plan}.{RETUNE}.PLUGIN]");
            wrong.push(place.error(format!("`{RETUNE}` names no rule"), help));
            return changed;
        }
    };
    for (which, change) in retune {
        let place = place.to(&[&which]);
        let Value::Table(change) = change else {
            let help = format!("write what the rule is to have below a line [matching.{plan}.{RETUNE}.{which}]");
            wrong.push(place.error(format!("nothing is said here of the rule '{which}'"), help));
            continue;
        };
        if change.contains_key("plugin") {
            let found = format!("[matching.{plan}.{RETUNE}.{which}] can't change the plugin: that is another rule");
            let help = format!("add a rule of your own below a line [[matching.{plan}.{ADD}]]");
            wrong.push(place.to(&["plugin"]).error(found, help));
            continue;
        }
        match rule(plan, rules, &which) {
            Ok(at) => {
                if let Some(rule) = rules[at].as_table_mut() {
                    lay_over(rule, change);
                }
                changed.push((which, at));
            }
            Err((found, help)) => wrong.push(place.error(found, help)),
        }
    }
    changed
}

/// The place of the rule that is meant: by its plugin, or by its number from 1. Otherwise what is wrong, and what to do.
fn rule(plan: &str, rules: &[Value], which: &str) -> Result<usize, (String, String)> {
    let plugins: Vec<&str> =
        rules.iter().map(|rule| rule.get("plugin").and_then(Value::as_str).unwrap_or_default()).collect();
    let found: Vec<usize> = (0..plugins.len()).filter(|at| plugins[*at] == which).collect();
    match (&found[..], which.parse::<usize>()) {
        ([only], _) => Ok(*only),
        ([], Ok(number)) if (1..=plugins.len()).contains(&number) => Ok(number - 1),
        ([], _) => {
            let found = format!("the plan '{plan}' of the template has no rule '{which}' to retune");
            Err((found, suggest::help(which, plugins.iter().copied(), "it has none at all")))
        }
        (several, _) => {
            let numbers: Vec<_> = several.iter().map(|at| (at + 1).to_string()).collect();
            let found = format!("the plan '{plan}' of the template has {} rules '{which}'", numbers.len());
            Err((found, format!("say by number which: {}", numbers.join(" or "))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    const UNDER: &str = "[matching.lived]\nrules = [\n\
        { plugin = \"topics\", weight = 1.0 },\n\
        { plugin = \"line\", weight = 0.0, settings = { gap = 2, shared = true } },\n\
        { plugin = \"unlike\", weight = 0.0, settings = { attribute = \"site\" } },\n\
        { plugin = \"unlike\", weight = 0.0, settings = { attribute = \"team\" } },\n]\n";

    /// The rules of the plan, a line each; or what is wrong and what to do, with the text that is underlined.
    fn rules(text: &str) -> Result<String, Vec<String>> {
        let (mut under, mut over): (Table, Table) = (UNDER.parse().unwrap(), text.parse().unwrap());
        let mut wrong = Report::default();
        let document = Document::parse("changes.toml", text, &mut wrong);
        tailored(&mut under, &mut over, document.root(), &mut wrong);
        lay_over(&mut under, over);
        let said = |one: &Diagnostic| {
            let at = text[one.labels[0].bytes.clone()].to_owned();
            format!("{at}: {}; {}", one.message, one.help.as_deref().unwrap_or_default())
        };
        let wrong = wrong.finish();
        if !wrong.is_empty() {
            assert!(under["matching"].get("other").is_none(), "an unknown plan is not made up");
            return Err(wrong.iter().map(said).collect());
        }
        let plan = under["matching"]["lived"].as_table().unwrap();
        assert_eq!(plan.keys().filter(|key| [RETUNE, ADD].contains(&key.as_str())).count(), 0);
        let shown = |rule: &Value| {
            let settings = rule.get("settings").map(ToString::to_string).unwrap_or_default();
            format!("{} {} {settings}", rule["plugin"].as_str().unwrap(), rule["weight"])
        };
        Ok(plan["rules"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| shown(rule).trim().to_owned())
            .collect::<Vec<_>>()
            .join("\n"))
    }

    #[test]
    fn one_rule_is_retuned_and_another_added_and_the_rest_stays() {
        let got = rules(
            "[matching.lived.retune.topics]\nweight = 2.5\n\
             [matching.lived.retune.line]\nsettings = { gap = 1 }\n\
             [matching.lived.retune.4]\nsettings = { attribute = \"shift\" }\n\
             [[matching.lived.add]]\nplugin = \"age\"\nweight = 0.0\n",
        );
        let expect = "topics 2.5\nline 0.0 { gap = 1, shared = true }\nunlike 0.0 { attribute = \"site\" }\n\
            unlike 0.0 { attribute = \"shift\" }\nage 0.0";
        assert_eq!(got.unwrap(), expect);
    }

    #[test]
    fn what_is_not_there_or_unclear_is_refused_with_a_way_out() {
        for (over, expect) in [
            (
                "[matching.lived.retune.topic]\nweight = 1.0",
                "topic: the plan 'lived' of the template has no rule 'topic'",
            ),
            ("[matching.lived.retune.topic]\nweight = 1.0", "did you mean 'topics'?"),
            ("[matching.lived.retune.5]\nweight = 1.0", "5: the plan 'lived' of the template has no rule '5'"),
            ("[matching.lived.retune.unlike]\nweight = 1.0", "has 2 rules 'unlike'; say by number which: 3 or 4"),
            ("[matching.lived.retune.line]\nplugin = \"topics\"", "plugin: [matching.lived.retune.line] can't change"),
            ("[matching.lived]\nretune = 3", "below a line [matching.lived.retune.PLUGIN]"),
            ("[matching.lived.retune]\nline = 3", "below a line [matching.lived.retune.line]"),
            ("[matching.lived]\nadd = 3", "below a line [[matching.lived.add]]"),
            ("[matching.other.retune.line]\nweight = 1.0", "other: the template has no matching plan 'other'"),
            (
                "[matching.lived]\nrules = []\n[matching.lived.retune.line]\nweight = 1.0",
                "retune: [matching.lived] has a list",
            ),
        ] {
            let errors = rules(over).unwrap_err();
            assert!(errors.len() == 1 && errors[0].contains(expect), "{over}: {errors:?}");
        }
    }

    #[test]
    fn one_wrong_rule_does_not_hide_the_next() {
        let errors = rules(
            "[matching.lived.retune.topic]\nweight = 1.0\n[matching.lived.retune.9]\nweight = 1.0\n\
             [matching.other]\nadd = []\n",
        );
        let errors = errors.unwrap_err();
        let at: Vec<&str> = errors.iter().map(|error| error.split_once(':').unwrap().0).collect();
        assert_eq!(at, ["topic", "9", "other"], "{errors:?}");
    }
}
