//! A template's rehearsal with another component in its place, and what that changes.

use crate::{
    diagnostics,
    failure::{Failure, count},
    house::House,
};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    rehearse::{Rehearsed, Verdict, rehearse, rehearse_answered, verdicts},
    results::Answered,
};

/// How many pairs are named: a large cohort changes in many.
const NAMED: usize = 12;

/// A component in the place of the one that a template has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swap<'a> {
    /// The plugin's id, a key of `[plugins]`.
    pub(crate) id: &'a str,
    /// The component.
    pub(crate) component: &'a [u8],
}

/// What a rehearsal came to, as far as a plugin can change it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Came {
    /// Whether a plan or a survey names the plugin.
    pub(crate) used: bool,
    /// How the run ended.
    status: &'static str,
    /// Mentor and mentee of every pair, by invented name.
    pairs: BTreeSet<(String, String)>,
    verdicts: Vec<Verdict>,
    /// How many answers count to each question that the plugin is the logic of, by survey and question.
    answers: BTreeMap<(SmolStr, SmolStr), usize>,
}

/// Rehearses a template or client, `steady` or else its first rehearsal, with its own seed. Nothing is written into its folder.
/// Gives what that came to, and the template as it was rehearsed.
pub(crate) fn run(house: &House, target: &Path, id: &str, swap: Option<Swap<'_>>) -> Result<(Came, Bundle), Failure> {
    let mut files = turnabout_template::read_folder(target)?;
    if let Some(swap) = swap {
        put(&mut files, swap);
    }
    let (bundle, problems) = house.examine_files(files.clone());
    let Some(bundle) = bundle else {
        // Without the component its own folder may well have errors; with it they are to be mended.
        if swap.is_some() {
            diagnostics::print(&problems, &files);
        }
        return Err(Failure::Template { path: target.display().to_string(), errors: problems.len() });
    };
    house.prepare(&bundle)?;
    let (_, plan) = crate::house::rehearsal(&bundle, None)?;
    let (rehearsed, answers) = if is_logic(&bundle, id) {
        let (rehearsed, answered) = rehearse_answered(&bundle, plan, plan.seed, house.for_rehearsal(), house.logics())?;
        let answers = answers(&bundle, id, &rehearsed, &answered);
        (rehearsed, answers)
    } else {
        (rehearse(&bundle, plan, plan.seed, house.for_rehearsal())?, BTreeMap::new())
    };
    let came = Came {
        used: uses(&bundle, id),
        status: rehearsed.run.status().word(),
        pairs: people_of(&rehearsed),
        verdicts: verdicts(&rehearsed, &plan.expect),
        answers,
    };
    Ok((came, bundle))
}

/// Mentor and mentee of every pair of a rehearsal, by invented name.
pub(super) fn people_of(rehearsed: &Rehearsed) -> BTreeSet<(String, String)> {
    let name = |id| {
        let person = rehearsed.people.iter().find(|person| person.id == id);
        person.map_or_else(|| format!("{id:?}"), |person| person.name.clone())
    };
    rehearsed.run.pairs.iter().map(|pair| (name(pair.mentor), name(pair.mentee))).collect()
}

/// Lays a component into a template's files, and pins it.
fn put(files: &mut TemplateFiles, swap: Swap<'_>) {
    files.insert(format!("plugins/{}.wasm", swap.id).into(), swap.component.to_vec());
    let manifest = SmolStr::new_static("programme.toml");
    let text = files.get(&manifest).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    // A manifest that is no TOML is reported by those who check it, with its place.
    let Ok(mut table) = text.parse::<toml::Table>() else { return };
    let plugins = table.entry("plugins").or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let Some(plugins) = plugins.as_table_mut() {
        let sha256 = turnabout_sandbox::component_sha256(swap.component);
        plugins.insert(swap.id.to_owned(), toml::Value::String(sha256.to_string()));
    }
    if let Ok(text) = toml::to_string(&table) {
        files.insert(manifest, text.into_bytes());
    }
}

fn uses(bundle: &Bundle, id: &str) -> bool {
    let programme = &bundle.programme;
    let by_plan = programme.matching.values().flat_map(|plan| &plan.rules).any(|rule| rule.plugin == id);
    by_plan || is_logic(bundle, id) || programme.risk.as_ref().is_some_and(|risk| risk.plugin == id)
}

fn is_logic(bundle: &Bundle, id: &str) -> bool {
    bundle.surveys.values().any(|survey| survey.logic == id)
}

/// How many answers count to each question of the surveys that a logic judges; 0 to one that nobody was asked.
fn answers(
    bundle: &Bundle,
    id: &str,
    rehearsed: &Rehearsed,
    answered: &[Answered],
) -> BTreeMap<(SmolStr, SmolStr), usize> {
    let judged = bundle.surveys.iter().filter(|(_, survey)| survey.logic == id);
    let asked = judged.flat_map(|(name, survey)| {
        survey.items().into_iter().map(|item| ((name.clone(), item.name.clone()), 0)).collect::<Vec<_>>()
    });
    let mut answers: BTreeMap<_, usize> = asked.collect();
    for response in answered {
        let Some(wave) = rehearsed.run.wave(response.wave) else { continue };
        for question in response.answers.keys() {
            if let Some(count) = answers.get_mut(&(wave.survey.clone(), question.clone())) {
                *count += 1;
            }
        }
    }
    answers
}

impl Came {
    /// Tells what it came to, and what is different from before.
    pub(crate) fn lines(&self, before: Option<&Self>) -> Vec<String> {
        let met = self.verdicts.iter().filter(|verdict| verdict.met).count();
        let (pairs, all) = (count(self.pairs.len(), "pair"), self.verdicts.len());
        let mut lines = vec![format!("{}, {pairs}, {met} of {all} expectations met", self.status)];
        let Some(before) = before else {
            if !self.answers.is_empty() {
                let (answers, questions) = (self.answers.values().sum(), self.answers.len());
                lines.push(format!("{} to {} count", count(answers, "answer"), count(questions, "question")));
            }
            lines.extend(self.verdicts.iter().filter(|verdict| !verdict.met).map(missed));
            return lines;
        };
        if self == before {
            lines.push("nothing changed".into());
            return lines;
        }
        pairs_of("new pair", &self.pairs, &before.pairs, &mut lines);
        pairs_of("no longer", &before.pairs, &self.pairs, &mut lines);
        for (key @ (survey, question), now) in &self.answers {
            match before.answers.get(key) {
                Some(was) if was == now => {}
                Some(was) => lines.push(format!("{survey}, {question}: {} count, {was} before", count(*now, "answer"))),
                None => lines.push(format!("{survey}, {question}: {} count", count(*now, "answer"))),
            }
        }
        for verdict in &self.verdicts {
            match before.verdicts.iter().find(|was| was.say == verdict.say) {
                Some(was) if was.met && !verdict.met => lines.push(format!("{}, and was met", missed(verdict))),
                Some(was) if !was.met && verdict.met => {
                    lines.push(format!("now met: {} ({})", verdict.say, verdict.found));
                }
                Some(was) if was.found != verdict.found => {
                    lines.push(format!("{}: {}, was {}", verdict.say, verdict.found, was.found));
                }
                None if !verdict.met => lines.push(missed(verdict)),
                _ => {}
            }
        }
        lines
    }

    /// Whether all is as the template expects it.
    pub(crate) fn is_sound(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.met)
    }
}

fn missed(verdict: &Verdict) -> String {
    format!("NOT MET: {} ({})", verdict.say, verdict.found)
}

pub(super) fn pairs_of(
    what: &str,
    these: &BTreeSet<(String, String)>,
    others: &BTreeSet<(String, String)>,
    lines: &mut Vec<String>,
) {
    let only: Vec<_> = these.difference(others).collect();
    lines.extend(only.iter().take(NAMED).map(|(mentor, mentee)| format!("{what}: {mentor} mentors {mentee}")));
    if only.len() > NAMED {
        lines.push(format!("{what}: {} more", only.len() - NAMED));
    }
}
