//! What a client changes of a template's matching plans without copying their rules.

use super::{lay_over, origins::Came};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use toml::{Table, Value};

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
/// # Errors
/// A sentence, when there is no such plan or no such rule, or it is unclear which of several is meant.
pub(super) fn tailored(under: &mut Table, over: &mut Table) -> Result<BTreeMap<SmolStr, Vec<RuleCame>>, String> {
    let mut all = BTreeMap::new();
    let Some(plans) = over.get_mut("matching").and_then(Value::as_table_mut) else { return Ok(all) };
    for (name, plan) in plans.iter_mut() {
        let Some(plan) = plan.as_table_mut() else { continue };
        let (retune, add) = (plan.remove(RETUNE), plan.remove(ADD));
        if retune.is_none() && add.is_none() {
            continue;
        }
        if plan.contains_key("rules") {
            let found = format!("[matching.{name}] has a list of rules of its own, and `{RETUNE}` or `{ADD}` as well");
            return Err(format!("{found}: write in the list what is to be"));
        }
        let rules =
            under.get_mut("matching").and_then(|plans| plans.get_mut(name)).and_then(|plan| plan.get_mut("rules"));
        let rules = rules.and_then(Value::as_array_mut);
        let rules = rules.ok_or_else(|| format!("the template has no matching plan '{name}' with rules to change"))?;
        let theirs = (0..rules.len()).map(|at| RuleCame { came: Came::Theirs(at), retuned: None });
        let mut came: Vec<RuleCame> = theirs.collect();
        for (which, at) in retuned(name, rules, retune)? {
            came[at].retuned = Some(which);
        }
        match add {
            None => {}
            Some(Value::Array(own)) if own.iter().all(Value::is_table) => {
                came.extend((0..own.len()).map(|at| RuleCame { came: Came::Added(at), retuned: None }));
                rules.extend(own);
            }
            Some(_) => return Err(format!("write each rule of your own below a line [[matching.{name}.{ADD}]]")),
        }
        all.insert(SmolStr::new(name), came);
    }
    Ok(all)
}

/// Lays what a client says over the rules; returns under which key it says something of which.
fn retuned(plan: &str, rules: &mut [Value], retune: Option<Value>) -> Result<Vec<(String, usize)>, String> {
    let mut changed = Vec::new();
    let Some(retune) = retune else { return Ok(changed) };
    let Value::Table(retune) = retune else {
        return Err(format!("write what a rule is to have below a line [matching.{plan}.{RETUNE}.PLUGIN]"));
    };
    for (which, change) in retune {
        let Value::Table(change) = change else {
            return Err(format!("write what the rule is to have below a line [matching.{plan}.{RETUNE}.{which}]"));
        };
        if change.contains_key("plugin") {
            return Err(format!("[matching.{plan}.{RETUNE}.{which}] can't change the plugin: that is another rule"));
        }
        let at = rule(plan, rules, &which)?;
        if let Some(rule) = rules[at].as_table_mut() {
            lay_over(rule, change);
        }
        changed.push((which, at));
    }
    Ok(changed)
}

/// The place of the rule that is meant: by its plugin, or by its number from 1.
fn rule(plan: &str, rules: &[Value], which: &str) -> Result<usize, String> {
    let plugins: Vec<&str> =
        rules.iter().map(|rule| rule.get("plugin").and_then(Value::as_str).unwrap_or_default()).collect();
    let found: Vec<usize> = (0..plugins.len()).filter(|at| plugins[*at] == which).collect();
    match (&found[..], which.parse::<usize>()) {
        ([only], _) => Ok(*only),
        ([], Ok(number)) if (1..=plugins.len()).contains(&number) => Ok(number - 1),
        ([], _) => {
            let there = if plugins.is_empty() { "none at all".into() } else { plugins.join(", ") };
            Err(format!("the plan '{plan}' of the template has no rule '{which}' to retune; it has {there}"))
        }
        (several, _) => {
            let numbers: Vec<_> = several.iter().map(|at| (at + 1).to_string()).collect();
            let (count, numbers) = (numbers.len(), numbers.join(" or "));
            Err(format!(
                "the plan '{plan}' of the template has {count} rules '{which}': say by number which, {numbers}"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNDER: &str = "[matching.lived]\nrules = [\n\
        { plugin = \"topics\", weight = 1.0 },\n\
        { plugin = \"line\", weight = 0.0, settings = { gap = 2, shared = true } },\n\
        { plugin = \"unlike\", weight = 0.0, settings = { attribute = \"site\" } },\n\
        { plugin = \"unlike\", weight = 0.0, settings = { attribute = \"team\" } },\n]\n";

    fn rules(over: &str) -> Result<String, String> {
        let (mut under, mut over): (Table, Table) = (UNDER.parse().unwrap(), over.parse().unwrap());
        tailored(&mut under, &mut over)?;
        lay_over(&mut under, over);
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
                "no rule 'topic' to retune; it has topics, line, unlike, unlike",
            ),
            ("[matching.lived.retune.5]\nweight = 1.0", "no rule '5'"),
            ("[matching.lived.retune.unlike]\nweight = 1.0", "has 2 rules 'unlike': say by number which, 3 or 4"),
            ("[matching.lived.retune.line]\nplugin = \"topics\"", "can't change the plugin"),
            ("[matching.lived]\nretune = 3", "below a line [matching.lived.retune.PLUGIN]"),
            ("[matching.lived.retune]\nline = 3", "below a line [matching.lived.retune.line]"),
            ("[matching.lived]\nadd = 3", "below a line [[matching.lived.add]]"),
            ("[matching.other.retune.line]\nweight = 1.0", "has no matching plan 'other'"),
            ("[matching.lived]\nrules = []\n[matching.lived.retune.line]\nweight = 1.0", "a list of rules of its own"),
        ] {
            let error = rules(over).unwrap_err();
            assert!(error.contains(expect), "{over}: {error}");
        }
    }
}
