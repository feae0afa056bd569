//! People as columns: what rules see of them.

use crate::{decide::Context, ports::Table, run::Run};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use turnabout_model::{AttributeKind, Column, ParticipantId, Person};

/// Everyone on one side of a matching: who, and their columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Who, a row each.
    pub ids: Vec<ParticipantId>,
    /// Their columns: the template's attributes, `self`, `manager` and `line`.
    pub table: Table,
    /// Each person's own e-mail key.
    keys: Vec<Option<u32>>,
    /// The keys of everyone above each person, sorted.
    lines: Vec<Vec<u32>>,
}

impl Side {
    /// How many people.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Tells whether one of two people stands above the other.
    pub(super) fn in_line_with(&self, row: usize, other: &Side, column: usize) -> bool {
        let above = |line: &[u32], key: Option<u32>| key.is_some_and(|key| line.binary_search(&key).is_ok());
        above(&self.lines[row], other.keys[column]) || above(&other.lines[column], self.keys[row])
    }
}

/// Longer lines of management are cut off, which also ends a circle.
const LONGEST_LINE: usize = 32;

/// Numbers for texts: the same text, the same number on both sides.
#[derive(Default)]
struct Dictionary(FxHashMap<SmolStr, u32>);

impl Dictionary {
    fn number(&mut self, text: &SmolStr) -> u32 {
        let next = u32::try_from(self.0.len()).expect("invariant: bounded by people and their attributes");
        *self.0.entry(text.clone()).or_insert(next)
    }
}

/// Lays two sides out as columns. Special-category attributes appear only where the person agreed.
pub fn sides(run: &Run, context: Context<'_>, mentors: &[ParticipantId], mentees: &[ParticipantId]) -> (Side, Side) {
    let managers: FxHashMap<SmolStr, SmolStr> = run
        .participants
        .keys()
        .filter_map(|id| context.records.person(*id))
        .filter_map(|person| Some((key(&person.email), key(person.manager.as_ref()?))))
        .collect();
    let mut dictionary = Dictionary::default();
    let mentors = side(context, mentors, &managers, &mut dictionary);
    let mentees = side(context, mentees, &managers, &mut dictionary);
    (mentors, mentees)
}

fn key(email: &SmolStr) -> SmolStr {
    if email.chars().any(char::is_uppercase) { email.to_lowercase().into() } else { email.clone() }
}

fn side(
    context: Context<'_>,
    ids: &[ParticipantId],
    managers: &FxHashMap<SmolStr, SmolStr>,
    dictionary: &mut Dictionary,
) -> Side {
    let people: Vec<Option<&Person>> = ids.iter().map(|id| context.records.person(*id)).collect();
    let mut columns = Vec::new();
    for (name, attribute) in &context.bundle.programme.attributes {
        let values = people.iter().map(|person| {
            person
                .filter(|person| !attribute.special || person.consents.contains(name))
                .and_then(|person| person.attributes.get(name))
                .map_or(&[] as &[SmolStr], Vec::as_slice)
        });
        let column = match attribute.kind {
            AttributeKind::Number => {
                Column::Number(values.map(|v| v.first()?.parse().ok().filter(|n: &f64| n.is_finite())).collect())
            }
            AttributeKind::Category => {
                Column::Category(values.map(|v| v.first().map(|text| dictionary.number(text))).collect())
            }
            AttributeKind::Set => Column::Set(values.map(|v| numbers(v, dictionary)).collect()),
        };
        columns.push((name.clone(), column));
    }
    let keys: Vec<Option<u32>> = people.iter().map(|p| p.map(|p| dictionary.number(&key(&p.email)))).collect();
    let lines: Vec<Vec<u32>> = people
        .iter()
        .map(|person| person.map_or_else(Vec::new, |person| numbers(&line(person, managers), dictionary)))
        .collect();
    let direct = people.iter().map(|p| p.and_then(|p| p.manager.as_ref()).map(|m| dictionary.number(&key(m))));
    columns.push((SmolStr::new_static("manager"), Column::Category(direct.collect())));
    columns.push((SmolStr::new_static("self"), Column::Category(keys.clone())));
    columns.push((SmolStr::new_static("line"), Column::Set(lines.clone())));
    Side { ids: ids.to_vec(), table: Table { rows: ids.len(), columns }, keys, lines }
}

fn numbers(texts: &[SmolStr], dictionary: &mut Dictionary) -> Vec<u32> {
    let mut numbers: Vec<u32> = texts.iter().map(|text| dictionary.number(text)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Everyone above a person, as far as the people in the run tell.
fn line(person: &Person, managers: &FxHashMap<SmolStr, SmolStr>) -> Vec<SmolStr> {
    let mut above = Vec::new();
    let mut next = person.manager.as_ref().map(key);
    while let Some(manager) = next {
        if above.len() == LONGEST_LINE || above.contains(&manager) {
            break;
        }
        next = managers.get(&manager).cloned();
        above.push(manager);
    }
    above
}
