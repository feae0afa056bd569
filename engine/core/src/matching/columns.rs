//! People as columns: what rules see of them.

use crate::{
    decide::{Context, Records},
    ports::Table,
    run::Run,
};
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};
use std::{collections::BTreeMap, sync::Arc};
use turnabout_model::{Attribute, AttributeKind, Ballot, Column, ParticipantId, Person, WaveId};

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
    /// The keys of those with whom each person would rather not be paired, sorted.
    avoided: Vec<Vec<u32>>,
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

    /// What stands against a pair of two people whatever the rules of a plan say, if anything does.
    pub fn apart(&self, row: usize, other: &Side, column: usize) -> Option<Apart> {
        let names = |keys: &[u32], key: Option<u32>| key.is_some_and(|key| keys.binary_search(&key).is_ok());
        let either = |of: &[Vec<u32>], of_other: &[Vec<u32>]| {
            names(&of[row], other.keys[column]) || names(&of_other[column], self.keys[row])
        };
        if either(&self.lines, &other.lines) {
            return Some(Apart::SameLine);
        }
        either(&self.avoided, &other.avoided).then_some(Apart::NotTogether)
    }
}

/// Why two people are kept apart, in a matching as in speed dating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// One of them stands above the other, however far.
    SameLine,
    /// One of them would rather not: nobody learns which.
    NotTogether,
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
///
/// With the wave of a ballot there are the columns `rank-1` to `rank-9`, the people of those who can be chosen one after the
/// other, and `place-1` to `place-9`, everyone in a place together; `avoid` is always there.
pub fn sides(
    run: &Run,
    context: Context<'_>,
    mentors: &[ParticipantId],
    mentees: &[ParticipantId],
    wave: Option<WaveId>,
) -> (Side, Side) {
    laid_out(run, context.records, &context.bundle.programme.attributes, [mentors, mentees], wave)
}

/// Tells of a mentor and a mentee whether they are kept apart whatever the rules say: the same word as in a matching.
pub fn kept_apart(
    run: &Run,
    records: &dyn Records,
    mentors: &[ParticipantId],
    mentees: &[ParticipantId],
) -> impl Fn(ParticipantId, ParticipantId) -> bool + use<> {
    let sorted = |ids: &[ParticipantId]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    let (of_mentors, of_mentees) = laid_out(run, records, &BTreeMap::new(), [&sorted(mentors), &sorted(mentees)], None);
    move |mentor, mentee| {
        let both = (of_mentors.ids.binary_search(&mentor), of_mentees.ids.binary_search(&mentee));
        matches!(both, (Ok(row), Ok(column)) if of_mentors.apart(row, &of_mentees, column).is_some())
    }
}

/// Lays out mentors and mentees, both sorted by id, with the attributes given.
fn laid_out(
    run: &Run,
    records: &dyn Records,
    attributes: &BTreeMap<SmolStr, Attribute>,
    [mentors, mentees]: [&[ParticipantId]; 2],
    wave: Option<WaveId>,
) -> (Side, Side) {
    let managers: FxHashMap<SmolStr, SmolStr> = run
        .participants
        .keys()
        .filter_map(|id| records.person(*id))
        .filter_map(|person| Some((key(&person.email), key(person.manager.as_ref()?))))
        .collect();
    let mut dictionary = Dictionary::default();
    let mut of_mentors = side(records, attributes, mentors, &managers, &mut dictionary);
    let mut of_mentees = side(records, attributes, mentees, &managers, &mut dictionary);
    for (side, others) in [(&mut of_mentors, mentees), (&mut of_mentees, mentors)] {
        said(run, records, side, others, wave, &mut dictionary);
    }
    let words = Arc::new(dictionary.0);
    of_mentors.table.words = Arc::clone(&words);
    of_mentees.table.words = words;
    (of_mentors, of_mentees)
}

/// What the host knows of everyone beside the template's attributes.
pub const HOST_COLUMNS: [&str; 22] = [
    "self", "manager", "line", "avoid", "rank-1", "rank-2", "rank-3", "rank-4", "rank-5", "rank-6", "rank-7", "rank-8",
    "rank-9", "place-1", "place-2", "place-3", "place-4", "place-5", "place-6", "place-7", "place-8", "place-9",
];

/// How many ranks and places of a ballot rules can read.
const RANKS: usize = 9;

/// Adds what people said about those whom they could be paired with.
fn said(
    run: &Run,
    records: &dyn Records,
    side: &mut Side,
    others: &[ParticipantId],
    wave: Option<WaveId>,
    dictionary: &mut Dictionary,
) {
    let number = |id: &ParticipantId, dictionary: &mut Dictionary| {
        records.person(*id).map(|person| dictionary.number(&key(&person.email)))
    };
    let mut ranks: Vec<Vec<Option<u32>>> = vec![Vec::new(); RANKS];
    let mut places: Vec<Vec<Vec<u32>>> = vec![Vec::new(); RANKS];
    let mut avoid = Vec::with_capacity(side.ids.len());
    for id in &side.ids {
        let ballot = wave.map(|wave| records.ballot(wave, *id)).unwrap_or_default();
        let there = |other: &ParticipantId| others.binary_search(other).is_ok();
        let mut ranked = ballot.ranked().filter(there);
        for rank in &mut ranks {
            rank.push(ranked.next().and_then(|other| number(&other, dictionary)));
        }
        let mut shared = ballot.places.iter().filter(|place| place.iter().any(there));
        for place in &mut places {
            let people = shared.next().into_iter().flatten().filter(|other| there(other));
            place.push(sorted(people.filter_map(|other| number(other, dictionary)).collect()));
        }
        let always = records.person(*id).into_iter().flat_map(|person| &person.avoids);
        let written = ballots_of(run, records, *id).into_iter().flat_map(|ballot| ballot.avoided);
        let named = always.copied().chain(ballot.avoided.iter().copied()).chain(written);
        avoid.push(sorted(named.filter_map(|other| number(&other, dictionary)).collect()));
    }
    if wave.is_some() {
        let ranks =
            ranks.into_iter().map(Column::Category).zip(1..).map(|(rank, n)| (format_smolstr!("rank-{n}"), rank));
        let places =
            places.into_iter().map(Column::Set).zip(1..).map(|(place, n)| (format_smolstr!("place-{n}"), place));
        side.table.columns.extend(ranks.chain(places));
    }
    side.avoided.clone_from(&avoid);
    side.table.columns.push((SmolStr::new_static("avoid"), Column::Set(avoid)));
}

/// The last ballot of each survey that somebody filled in: a word against somebody does not age.
fn ballots_of(run: &Run, records: &dyn Records, id: ParticipantId) -> Vec<Ballot> {
    let mut found: Vec<(&SmolStr, Ballot)> = Vec::new();
    for wave in run.waves.iter().rev() {
        if found.iter().any(|(survey, _)| **survey == wave.survey) {
            continue;
        }
        // Who answers again and names nobody has taken their word back.
        if wave.responded.contains(&id) {
            found.push((&wave.survey, records.ballot(wave.id, id)));
        }
    }
    found.into_iter().map(|(_, ballot)| ballot).collect()
}

fn key(email: &SmolStr) -> SmolStr {
    if email.chars().any(char::is_uppercase) { email.to_lowercase().into() } else { email.clone() }
}

fn side(
    records: &dyn Records,
    attributes: &BTreeMap<SmolStr, Attribute>,
    ids: &[ParticipantId],
    managers: &FxHashMap<SmolStr, SmolStr>,
    dictionary: &mut Dictionary,
) -> Side {
    let people: Vec<Option<&Person>> = ids.iter().map(|id| records.person(*id)).collect();
    let mut columns = Vec::new();
    for (name, attribute) in attributes {
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
    Side {
        ids: ids.to_vec(),
        table: Table { rows: ids.len(), columns, words: Arc::default() },
        keys,
        lines,
        avoided: Vec::new(),
    }
}

fn numbers(texts: &[SmolStr], dictionary: &mut Dictionary) -> Vec<u32> {
    sorted(texts.iter().map(|text| dictionary.number(text)).collect())
}

/// Numbers as the set that they are.
fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
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
