//! Golden cases: what a component has to answer, asked twice and compared bit for bit.

use super::{Kind, answers};
use crate::failure::Failure;
use serde_json::{Map, Value};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use turnabout_core::ports::{PluginError, PluginFault, PluginRef, Rules as _, ScoreBlock, ScoreRequest, Table};
use turnabout_model::Column;
use turnabout_sandbox::Sandbox;

/// How far a score may lie from the one that a case has: what is lost between decimal digits and 32 bits.
const NEAR: f64 = 1e-6;

/// Of how many pairs of one case the reasons are asked for, whether it names them or not: an interpreter takes milliseconds a pair.
const MOST_EXPLAINED: usize = 400;

const DIFFERS: &str = "asked twice it answers differently";

/// Reads the cases of a plugin's folder, by the names of their files.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, Value)>, Failure> {
    let folder = folder.join("cases");
    let failed = |path: &Path, source| Failure::File { path: path.display().to_string(), source };
    let entries = fs::read_dir(&folder).map_err(|source| failed(&folder, source))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    if files.is_empty() {
        let what = format!("{} has no cases", folder.display());
        return Err(Failure::Input { what, hint: "Write one as a .json file; plugins/README.md shows how.".into() });
    }
    let case = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|source| failed(&path, source))?;
        let case = serde_json::from_str(&text).map_err(|error| Failure::Input {
            what: format!("{} is no JSON: {error}", path.display()),
            hint: "Mend it and try again.".into(),
        })?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), case))
    };
    files.into_iter().map(case).collect()
}

/// Something wrong with the answer to a case.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The stable code that `turnabout explain` knows: the fault's own where the component failed.
    pub(crate) code: &'static str,
    /// What is wrong, one sentence.
    pub(crate) what: String,
}

impl Wrong {
    /// An answer that came, and is not the one that the case has.
    fn answer(what: impl Into<String>) -> Self {
        Self { code: PluginFault::Contract(String::new()).code(), what: what.into() }
    }

    /// No answer that can be used: whoever asks has the plugin's folder, and need not be told a name.
    fn fault(error: &PluginError) -> Self {
        Self { code: error.fault.code(), what: format!("it {}", error.fault) }
    }
}

/// What came of one case, asked twice.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// What is wrong: nothing if it holds.
    pub(crate) wrong: Vec<Wrong>,
    /// What the component said, in the shape of [`super::answers`].
    pub(crate) answers: Value,
}

impl From<Wrong> for Asked {
    fn from(wrong: Wrong) -> Self {
        Self { wrong: vec![wrong], ..Self::default() }
    }
}

/// Asks one case twice.
pub(crate) fn ask(sandbox: &Sandbox, sha256: &SmolStr, kind: Kind, case: &Value) -> Asked {
    let plugin = PluginRef { id: "it".into(), sha256: sha256.clone() };
    match kind {
        Kind::Rule => rule(sandbox, &plugin, case),
        Kind::Logic => logic(sandbox, &plugin, case),
    }
}

/// The people of a case, as a host passes them.
pub(crate) struct People {
    pub(crate) settings: Map<String, Value>,
    pub(crate) mentors: Table,
    pub(crate) mentees: Table,
}

impl People {
    fn of(case: &Value) -> Self {
        let rows = |side: &str| case[side].as_array().cloned().unwrap_or_default();
        Self::new(case, &rows("mentors"), &rows("mentees"))
    }

    /// So many on each side, the case's own people over and over.
    pub(crate) fn repeated(case: &Value, side: usize) -> Self {
        let rows = |name: &str| -> Vec<Value> {
            let own = case[name].as_array().cloned().unwrap_or_default();
            own.iter().cycle().take(side).cloned().collect()
        };
        Self::new(case, &rows("mentors"), &rows("mentees"))
    }

    fn new(case: &Value, mentors: &[Value], mentees: &[Value]) -> Self {
        let mut words = BTreeMap::new();
        let (mut mentors, mut mentees) = (table(mentors, &mut words), table(mentees, &mut words));
        let words = Arc::new(words.into_iter().map(|(word, number)| (SmolStr::from(word), number)).collect());
        (mentors.words, mentees.words) = (Arc::clone(&words), words);
        Self { settings: case["settings"].as_object().cloned().unwrap_or_default(), mentors, mentees }
    }
}

fn table(rows: &[Value], words: &mut BTreeMap<String, u32>) -> Table {
    let names: BTreeSet<&String> = rows.iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
    let mut number = |word: &str| {
        let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
        *words.entry(word.to_owned()).or_insert(next)
    };
    let columns = names.into_iter().map(|name| {
        let values: Vec<&Value> = rows.iter().map(|row| &row[name.as_str()]).collect();
        let column = if values.iter().any(|value| value.is_number()) {
            Column::Number(values.iter().map(|value| value.as_f64()).collect())
        } else if values.iter().any(|value| value.is_array()) {
            let mut set = |value: &Value| {
                let words = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                words.map(&mut number).collect::<BTreeSet<u32>>().into_iter().collect()
            };
            Column::Set(values.into_iter().map(&mut set).collect())
        } else {
            let values = values.into_iter().map(|value| value.as_str().filter(|word| !word.is_empty()));
            Column::Category(values.map(|word| word.map(&mut number)).collect())
        };
        (SmolStr::from(name.as_str()), column)
    });
    Table { columns: columns.collect(), rows: rows.len(), ..Table::default() }
}

fn rule(sandbox: &Sandbox, plugin: &PluginRef, case: &Value) -> Asked {
    let people = People::of(case);
    let request =
        ScoreRequest { plugin, settings: &people.settings, mentors: &people.mentors, mentees: &people.mentees };
    let (first, second) = (sandbox.score(request), sandbox.score(request));
    if !same(&first, &second) {
        return Wrong::answer(DIFFERS).into();
    }
    let described = match sandbox.describe(plugin) {
        Ok(described) => described,
        Err(error) => return Wrong::fault(&error).into(),
    };
    let mut answers = answers::of_rule(&first, &described);
    if let Some(expected) = case.get("failure").and_then(Value::as_str) {
        return Asked { wrong: failure(expected, first.map(drop)), answers };
    }
    let block = match first {
        Ok(block) => block,
        Err(error) => return Asked { wrong: vec![Wrong::fault(&error)], answers },
    };
    let mut wrong = Vec::new();
    let expected = case["verdicts"].as_array().cloned().unwrap_or_default();
    if expected.len() != people.mentors.rows {
        let (rows, mentors) = (expected.len(), people.mentors.rows);
        let what = format!("it has {rows} rows of verdicts for {mentors} mentors");
        return Asked { wrong: vec![Wrong::answer(what)], answers };
    }
    for (mentor, row) in expected.iter().enumerate() {
        let row = row.as_array().cloned().unwrap_or_default();
        if row.len() != people.mentees.rows {
            let (verdicts, mentees) = (row.len(), people.mentees.rows);
            wrong.push(Wrong::answer(format!("row {mentor} has {verdicts} verdicts for {mentees} mentees")));
            continue;
        }
        for (mentee, expected) in row.iter().enumerate() {
            let pair = mentor * people.mentees.rows + mentee;
            let veto = usize::from(block.vetoes[pair]).checked_sub(1).map(|index| described.reasons[index].0.as_str());
            let fits = match veto {
                Some(code) => expected.as_str() == Some(code),
                None => expected.as_f64().is_some_and(|it| (f64::from(block.scores[pair]) - it).abs() <= NEAR),
            };
            if !fits {
                let got = veto.map_or_else(|| block.scores[pair].to_string(), |code| format!("veto '{code}'"));
                let what = format!("mentor {mentor} and mentee {mentee}: {got}, and the case says {expected}");
                wrong.push(Wrong::answer(what));
            }
        }
    }
    for explained in case["reasons"].as_array().into_iter().flatten() {
        let row = |side: &str| explained[side].as_u64().and_then(|row| usize::try_from(row).ok()).unwrap_or_default();
        let (mentor, mentee) = (row("mentor"), row("mentee"));
        let given = sandbox.explain(request, mentor, mentee);
        answers::add_reasons(&mut answers, &given);
        match given {
            Err(error) => wrong.push(Wrong::fault(&error)),
            Ok(given) => {
                let expected = explained["gives"].as_object().cloned().unwrap_or_default();
                let near = |code: &str, weight: f32| {
                    expected.get(code).and_then(Value::as_f64).is_some_and(|it| (f64::from(weight) - it).abs() <= NEAR)
                };
                if given.len() != expected.len() || !given.iter().all(|reason| near(&reason.code, reason.weight)) {
                    let given: Vec<String> =
                        given.iter().map(|reason| format!("{} {}", reason.code, reason.weight)).collect();
                    let given = given.join(", ");
                    let what = format!("mentor {mentor} and mentee {mentee} are explained by [{given}]");
                    wrong.push(Wrong::answer(what));
                }
            }
        }
    }
    if wrong.is_empty() {
        wrong.extend(unexplained(sandbox, request));
    }
    Asked { wrong, answers }
}

/// Asks twice for the reasons of each pair under the case's own settings, as far as [`MOST_EXPLAINED`], and says what is wrong
/// with the first that has none. Coordinators ask about any pair, so a case need not name them.
fn unexplained(sandbox: &Sandbox, request: ScoreRequest<'_>) -> Option<Wrong> {
    let mentees = request.mentees.rows;
    let pairs = (0..request.mentors.rows).flat_map(|mentor| (0..mentees).map(move |mentee| (mentor, mentee)));
    pairs.take(MOST_EXPLAINED).find_map(|(mentor, mentee)| {
        let explain = || sandbox.explain(request, mentor, mentee);
        let of_pair = |what: &str| format!("mentor {mentor} and mentee {mentee}, asked for reasons: {what}");
        match (explain(), explain()) {
            (Ok(first), Ok(second)) if first == second => None,
            (Err(error), _) => Some(Wrong { what: of_pair(&format!("it {}", error.fault)), ..Wrong::fault(&error) }),
            _ => Some(Wrong::answer(of_pair(DIFFERS))),
        }
    })
}

fn same(one: &Result<ScoreBlock, PluginError>, other: &Result<ScoreBlock, PluginError>) -> bool {
    let bits = |block: &ScoreBlock| block.scores.iter().map(|score| score.to_bits()).collect::<Vec<_>>();
    match (one, other) {
        (Ok(one), Ok(other)) => bits(one) == bits(other) && one.vetoes == other.vetoes,
        (Err(one), Err(other)) => one == other,
        _ => false,
    }
}

fn failure(expected: &str, answered: Result<(), PluginError>) -> Vec<Wrong> {
    match answered {
        Err(PluginError { fault: PluginFault::Declared(said) | PluginFault::Exception(said), .. })
            if said.contains(expected) =>
        {
            Vec::new()
        }
        Err(error) => {
            let Wrong { code, what } = Wrong::fault(&error);
            vec![Wrong { code, what: format!("{what}; the case expects a failure with '{expected}'") }]
        }
        Ok(()) => vec![Wrong::answer(format!("it answers; the case expects a failure with '{expected}'"))],
    }
}

fn logic(sandbox: &Sandbox, plugin: &PluginRef, case: &Value) -> Asked {
    let (mut wrong, mut answers) = (Vec::new(), Map::new());
    let survey = case["survey"].to_string();
    if let Some(expected) = case.get("problems") {
        let check = || sandbox.check_json(plugin, &survey);
        let (first, second) = (check(), check());
        answers.insert("problems".into(), answers::of_text(&first).into());
        compare("the survey's problems are", expected, &first, &second, &mut wrong);
    }
    let given = case["given"].to_string();
    let evaluate = || sandbox.evaluate_json(plugin, &survey, &given);
    if let Some(expected) = case.get("failure").and_then(Value::as_str) {
        let first = evaluate();
        answers.insert("outcome".into(), answers::of_text(&first).into());
        if first != evaluate() {
            wrong.push(Wrong::answer(DIFFERS));
        }
        wrong.extend(failure(expected, first.map(drop)));
    } else if let Some(expected) = case.get("outcome") {
        let (first, second) = (evaluate(), evaluate());
        answers.insert("outcome".into(), answers::of_text(&first).into());
        compare("the outcome is", expected, &first, &second, &mut wrong);
    }
    Asked { wrong, answers: Value::Object(answers) }
}

fn compare(
    what: &str,
    expected: &Value,
    first: &Result<String, PluginError>,
    second: &Result<String, PluginError>,
    wrong: &mut Vec<Wrong>,
) {
    if first != second {
        wrong.push(Wrong::answer(DIFFERS));
    }
    match first {
        Err(error) => wrong.push(Wrong::fault(error)),
        Ok(said) => match serde_json::from_str::<Value>(said) {
            Ok(value) if value == *expected => {}
            Ok(value) => wrong.push(Wrong::answer(format!("{what} {value}"))),
            Err(error) => wrong.push(Wrong::answer(format!("what it returns is no JSON: {error}"))),
        },
    }
}
