//! Asks: whether it answers, the same twice bit for bit, the same wherever the mentors are cut, and with declared reasons.

use super::{Inspection, Step, judges};
use crate::library::Sandbox;
use crate::plugin::Plugin;
use serde_json::Map;
use turnabout_core::ports::{
    AttributeUse, PluginFault, PluginRef, RuleDescription, Rules, ScoreBlock, ScoreRequest, Table,
};
use turnabout_model::{AttributeKind, Column};

/// How many mentors and mentees are invented: not the same number, so that who mixes up the sides is found out.
const MENTORS: usize = 7;
const MENTEES: usize = 5;

const TWICE: &str = "a plugin is a function of its arguments: no clock, no randomness, no order of hash maps, nothing \
                     kept from call to call";

/// What to do about an exception: the gate asks about people of whom some things are not known, which authors forget most.
pub(super) const EXCEPTION: &str = "catch it or mend what it says; what is not known of somebody is None in Python and null in \
                                    JavaScript. A case with such people meets it natively too, where a debugger works: the \
                                    plugin's README says how";

/// Asks a compiled plugin twice.
pub(super) fn check(sandbox: &Sandbox, plugin: &Plugin, named: &PluginRef, found: &mut Inspection) {
    match plugin {
        Plugin::Rule(rule) => {
            if rule.describe_again().as_ref() != Ok(&rule.description) {
                found.wrong(Step::Repeats, "it describes itself differently the second time", TWICE);
            }
            ask(sandbox, &rule.description, named, found);
        }
        Plugin::Logic(logic) => {
            found.reached = Step::Repeats;
            let twice = [logic.describe_again(), logic.describe_again()];
            if twice[0] != twice[1] {
                found.wrong(Step::Repeats, "it describes itself differently the second time", TWICE);
            }
            let survey = r#"{"name":"inspection","questions":[],"scales":[]}"#;
            let answers =
                r#"{"answers":{},"context":{"today":"2026-01-05","now":"2026-01-05T09:00:00Z","language":"en"}}"#;
            let checked = [logic.check_json(survey), logic.check_json(survey)];
            let judged = [logic.evaluate_json(survey, answers), logic.evaluate_json(survey, answers)];
            for asked in [checked, judged] {
                if asked[0] != asked[1] {
                    found.wrong(Step::Repeats, "asked about an empty survey twice it answers differently", TWICE);
                }
                // A failure that it tells is an answer; it need not know this survey's shape.
                if let Err(fault) = &asked[0]
                    && !matches!(fault, PluginFault::Declared(_))
                {
                    found.complain(Step::Answers, fault, judges::way_out(fault));
                }
            }
            if found.is_sound() {
                judges::check(logic, found);
            }
        }
    }
}

fn ask(sandbox: &Sandbox, rule: &RuleDescription, named: &PluginRef, found: &mut Inspection) {
    found.reached = Step::Answers;
    let settings = Map::new();
    let mentors = invented(MENTORS, &rule.mentor_attributes, rule, 3);
    let mentees = invented(MENTEES, &rule.mentee_attributes, rule, 5);
    let request = ScoreRequest { plugin: named, settings: &settings, mentors: &mentors, mentees: &mentees };
    let (first, second) = (sandbox.score(request), sandbox.score(request));
    let block = match (first, second) {
        (Ok(first), Ok(second)) if same(&first, &second) => first,
        (Ok(_), _) => {
            found.reached = Step::Repeats;
            return found.wrong(Step::Repeats, "asked twice about one cohort it answers differently", TWICE);
        }
        (Err(error), _) => {
            let help = match &error.fault {
                PluginFault::Declared(_) => {
                    "it has to answer under the settings {}, each with its default, whoever people are and whatever is not known of them"
                }
                PluginFault::Exception(_) => EXCEPTION,
                PluginFault::BadOutput(_) => {
                    "give a finite score from 0 to 1 for every pair, mentor by mentor, and vetoes with declared reasons"
                }
                _ => "return a failure with a sentence rather than crash, and keep within the budget",
            };
            return found.complain(Step::Answers, &error.fault, help);
        }
    };
    found.reached = Step::Explains;
    cut(sandbox, request, &block, found);
    explain(sandbox, request, found);
}

/// Asks about each mentor alone.
fn cut(sandbox: &Sandbox, request: ScoreRequest<'_>, block: &ScoreBlock, found: &mut Inspection) {
    for row in 0..MENTORS {
        let alone = only(request.mentors, row);
        let cut = sandbox.score(ScoreRequest { mentors: &alone, ..request });
        let pairs = row * MENTEES..(row + 1) * MENTEES;
        let part = ScoreBlock {
            mentees: MENTEES,
            scores: block.scores[pairs.clone()].to_vec(),
            vetoes: block.vetoes[pairs].to_vec(),
        };
        if !cut.is_ok_and(|cut| same(&cut, &part)) {
            return found.wrong(
                Step::Cuts,
                "a mentor asked about alone gets another verdict than among others",
                "a verdict may depend on its mentor, on all mentees and on the settings, never on the other mentors",
            );
        }
    }
}

/// Asks for the reasons of each pair.
fn explain(sandbox: &Sandbox, request: ScoreRequest<'_>, found: &mut Inspection) {
    for pair in 0..MENTORS * MENTEES {
        let explain = || sandbox.explain(request, pair / MENTEES, pair % MENTEES);
        match (explain(), explain()) {
            (Ok(first), Ok(second)) if first == second => {}
            (Err(error), _) => {
                let help = match &error.fault {
                    PluginFault::Exception(_) => EXCEPTION,
                    _ => "explain every pair with declared reasons",
                };
                return found.complain(Step::Explains, &error.fault, help);
            }
            _ => return found.wrong(Step::Repeats, "asked twice to explain one pair it answers differently", TWICE),
        }
    }
}

fn same(one: &ScoreBlock, other: &ScoreBlock) -> bool {
    let bits = |block: &ScoreBlock| block.scores.iter().map(|score| score.to_bits()).collect::<Vec<_>>();
    one.vetoes == other.vetoes && bits(one) == bits(other)
}

/// People with values of every kind that is read, and gaps: row by row, without chance.
fn invented(rows: usize, reads: &[AttributeUse], rule: &RuleDescription, step: usize) -> Table {
    let columns = reads.iter().filter(|read| !read.name.starts_with('=')).map(|read| {
        let word = |row: usize| u32::try_from((row * step + 1) % 4).unwrap_or_default();
        let known = |row: usize| row % 4 != 3;
        let column = match read.kind {
            AttributeKind::Number => {
                Column::Number((0..rows).map(|row| known(row).then(|| f64::from(word(row)) + 0.5)).collect())
            }
            AttributeKind::Category => Column::Category((0..rows).map(|row| known(row).then(|| word(row))).collect()),
            AttributeKind::Set => Column::Set(
                (0..rows)
                    .map(|row| if known(row) { (word(row)..word(row) + 3).collect() } else { Vec::new() })
                    .collect(),
            ),
        };
        (named(read, rule), column)
    });
    // A setting that names no attribute by default reads nothing.
    let mut columns: Vec<_> = columns.filter(|(name, _)| !name.is_empty()).collect();
    columns.sort_by(|one, other| one.0.cmp(&other.0));
    columns.dedup_by(|one, other| one.0 == other.0);
    Table { rows, columns, ..Table::default() }
}

/// The attribute's name; that of a setting in braces is its default.
fn named(read: &AttributeUse, rule: &RuleDescription) -> smol_str::SmolStr {
    let setting = read.name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
    let default = setting.and_then(|name| rule.settings_schema["properties"][name]["default"].as_str());
    default.map_or_else(|| read.name.clone(), Into::into)
}

fn only(table: &Table, row: usize) -> Table {
    let one = |column: &Column| match column {
        Column::Number(rows) => Column::Number(vec![rows[row]]),
        Column::Category(rows) => Column::Category(vec![rows[row]]),
        Column::Set(rows) => Column::Set(vec![rows[row].clone()]),
    };
    let columns = table.columns.iter().map(|(name, column)| (name.clone(), one(column))).collect();
    Table { rows: 1, columns, words: table.words.clone() }
}
