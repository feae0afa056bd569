//! Asks a rule as the host would, natively: for an author's tests.
//!
//! Kept to the same calls as the component (`Exported<R>`), so a green test here means the contract's shapes too.

use crate::bindings::exports::turnabout::plugin::rule as wit;
use crate::logic_bindings::exports::turnabout::plugin::logic as wit_logic;
use crate::{ColumnKind, Exported, ExportedLogic, Failure, Logic, LogicFailure, Rule, Verdict};
use std::collections::BTreeMap;
use wit::Guest;

/// People of both sides, built from words.
///
/// ```
/// use turnabout_plugin_sdk::testing::People;
/// let people = People::new(2, 1)
///     .mentor_sets("topics", &[&["race", "faith"], &[]])
///     .mentee_sets("topics", &[&["race"]]);
/// ```
#[derive(Debug, Clone)]
pub struct People {
    words: BTreeMap<String, u32>,
    mentors: wit::Table,
    mentees: wit::Table,
}

impl People {
    /// So many mentors and mentees, of whom nothing is known.
    pub fn new(mentors: u32, mentees: u32) -> Self {
        let table = |rows| wit::Table { rows, columns: Vec::new() };
        Self { words: BTreeMap::new(), mentors: table(mentors), mentees: table(mentees) }
    }

    /// Gives mentors a number each, or none.
    #[must_use]
    pub fn mentor_numbers(mut self, name: &str, rows: &[Option<f64>]) -> Self {
        self.mentors.columns.push(numbers(name, rows));
        self
    }

    /// Gives mentees a number each, or none.
    #[must_use]
    pub fn mentee_numbers(mut self, name: &str, rows: &[Option<f64>]) -> Self {
        self.mentees.columns.push(numbers(name, rows));
        self
    }

    /// Gives mentors a word each; an empty one stands for nothing.
    #[must_use]
    pub fn mentor_words(mut self, name: &str, rows: &[&str]) -> Self {
        let column = self.categories(name, rows);
        self.mentors.columns.push(column);
        self
    }

    /// Gives mentees a word each; an empty one stands for nothing.
    #[must_use]
    pub fn mentee_words(mut self, name: &str, rows: &[&str]) -> Self {
        let column = self.categories(name, rows);
        self.mentees.columns.push(column);
        self
    }

    /// Gives mentors a set of words each.
    #[must_use]
    pub fn mentor_sets(mut self, name: &str, rows: &[&[&str]]) -> Self {
        let column = self.sets(name, rows);
        self.mentors.columns.push(column);
        self
    }

    /// Gives mentees a set of words each.
    #[must_use]
    pub fn mentee_sets(mut self, name: &str, rows: &[&[&str]]) -> Self {
        let column = self.sets(name, rows);
        self.mentees.columns.push(column);
        self
    }

    /// Scores everyone with everyone under settings in JSON, a row a mentor.
    ///
    /// # Panics
    ///
    /// Panics if the rule does not give a verdict for every pair.
    pub fn score<R: Rule>(&self, settings: &str) -> Result<Vec<Vec<Verdict>>, Failure> {
        let cohort = self.cohort::<R>(settings)?;
        let (mentors, mentees) = (cohort.mentors.rows as usize, cohort.mentees.rows as usize);
        let block = Exported::<R>::score(cohort).map_err(|failure| Failure::new(failure.message))?;
        assert_eq!(block.scores.len(), mentors * mentees, "a score for every pair");
        let verdict = |index: usize| match block.vetoes.get(index) {
            None | Some(0) => Verdict::Score(block.scores[index]),
            Some(veto) => Verdict::Veto(R::DESCRIPTION.reasons[usize::from(*veto) - 1].code),
        };
        Ok((0..mentors).map(|mentor| (0..mentees).map(|mentee| verdict(mentor * mentees + mentee)).collect()).collect())
    }

    /// Asks why a pair got its verdict: codes and weights.
    pub fn explain<R: Rule>(
        &self,
        settings: &str,
        mentor: u32,
        mentee: u32,
    ) -> Result<Vec<(&'static str, f32)>, Failure> {
        let reasons = Exported::<R>::explain(self.cohort::<R>(settings)?, mentor, mentee)
            .map_err(|failure| Failure::new(failure.message))?;
        let code = |reason: &wit::Reason| R::DESCRIPTION.reasons[usize::from(reason.code)].code;
        Ok(reasons.iter().map(|reason| (code(reason), reason.weight)).collect())
    }

    /// What the host would pass: the declared attributes, with names in braces replaced, absent where unknown.
    fn cohort<R: Rule>(&self, settings: &str) -> Result<wit::Cohort, Failure> {
        let schema = json(R::DESCRIPTION.settings_schema)?;
        let given = json(settings)?;
        let pass = |table: &wit::Table, declared: &[crate::Attribute]| {
            let column = |attribute: &crate::Attribute| {
                if let Some(constant) = attribute.name.strip_prefix('=') {
                    return self.constant(attribute, constant, &given, &schema, table.rows);
                }
                let name = match attribute.name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(setting) => given.get(setting).unwrap_or(&schema["properties"][setting]["default"]).as_str(),
                    None => Some(attribute.name),
                };
                let name = name.unwrap_or_default();
                let known = table.columns.iter().find(|column| column.name == name);
                known.cloned().unwrap_or_else(|| absent(name, attribute.kind, table.rows))
            };
            wit::Table { rows: table.rows, columns: declared.iter().map(column).collect() }
        };
        Ok(wit::Cohort {
            settings: settings.into(),
            mentors: pass(&self.mentors, R::DESCRIPTION.mentor_attributes),
            mentees: pass(&self.mentees, R::DESCRIPTION.mentee_attributes),
        })
    }

    /// The words of a setting, or a word itself, for everyone: `={setting}`, `='word'`.
    fn constant(
        &self,
        attribute: &crate::Attribute,
        constant: &str,
        given: &serde_json::Value,
        schema: &serde_json::Value,
        rows: u32,
    ) -> wit::Column {
        let number = |word: &str| self.words.get(word).copied();
        let word = constant.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
        let values = if let Some(word) = word {
            number(word).map(|number| wit::Values::Categories(vec![number; rows as usize]))
        } else {
            let setting = constant.trim_matches(['{', '}']);
            let words = given.get(setting).unwrap_or(&schema["properties"][setting]["default"]).as_array();
            let words = words.into_iter().flatten().filter_map(serde_json::Value::as_str);
            let mut numbers: Vec<u32> = words.filter_map(number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let count = u32::try_from(numbers.len()).expect("a test has few words");
            (count > 0).then(|| {
                let offsets = (0..=rows).map(|row| row * count).collect();
                wit::Values::Sets(wit::Sets { offsets, members: numbers.repeat(rows as usize) })
            })
        };
        match values {
            Some(values) => {
                wit::Column { name: attribute.name.into(), present: bitmap((0..rows).map(|_| true)), values }
            }
            None => absent(attribute.name, attribute.kind, rows),
        }
    }

    fn number_of(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.words.len()).expect("a test has few words");
        *self.words.entry(word.into()).or_insert(next)
    }

    fn categories(&mut self, name: &str, rows: &[&str]) -> wit::Column {
        let present = bitmap(rows.iter().map(|word| !word.is_empty()));
        let values = rows.iter().map(|word| if word.is_empty() { 0 } else { self.number_of(word) }).collect();
        wit::Column { name: name.into(), present, values: wit::Values::Categories(values) }
    }

    fn sets(&mut self, name: &str, rows: &[&[&str]]) -> wit::Column {
        let present = bitmap(rows.iter().map(|words| !words.is_empty()));
        let mut sets = wit::Sets { offsets: vec![0], members: Vec::new() };
        for words in rows {
            let mut numbers: Vec<u32> = words.iter().map(|word| self.number_of(word)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            sets.members.extend(numbers);
            sets.offsets.push(u32::try_from(sets.members.len()).expect("a test has few words"));
        }
        wit::Column { name: name.into(), present, values: wit::Values::Sets(sets) }
    }
}

/// Checks that a rule's settings can be read from nothing and from the defaults of its schema, and that every
/// property has a default.
///
/// # Panics
///
/// Panics with the reason if not.
pub fn check_settings<R: Rule>() {
    let schema = json(R::DESCRIPTION.settings_schema).expect("the settings' schema must be JSON");
    let properties = schema["properties"].as_object().expect("the settings' schema must have properties");
    let mut defaults = serde_json::Map::new();
    for (name, property) in properties {
        let default = property.get("default").unwrap_or_else(|| panic!("the setting '{name}' needs a default"));
        defaults.insert(name.clone(), default.clone());
    }
    for settings in [serde_json::Value::Object(defaults), serde_json::json!({})] {
        if let Err(error) = serde_json::from_value::<R::Settings>(settings.clone()) {
            panic!("the rule can't read the settings {settings}: {error}");
        }
    }
}

/// Asks a logic what is wrong with a survey, JSON for JSON.
pub fn check_survey<L: Logic>(survey: &str) -> Result<String, LogicFailure> {
    <ExportedLogic<L> as wit_logic::Guest>::check(survey.into()).map_err(failure)
}

/// Asks a logic what it makes of a survey and answers, JSON for JSON.
pub fn evaluate<L: Logic>(survey: &str, answers: &str) -> Result<String, LogicFailure> {
    <ExportedLogic<L> as wit_logic::Guest>::evaluate(survey.into(), answers.into()).map_err(failure)
}

fn failure(failure: wit_logic::Failure) -> LogicFailure {
    LogicFailure::new(failure.message).about(failure.question)
}

fn json(text: &str) -> Result<serde_json::Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::new(error.to_string()))
}

fn numbers(name: &str, rows: &[Option<f64>]) -> wit::Column {
    wit::Column {
        name: name.into(),
        present: bitmap(rows.iter().map(Option::is_some)),
        values: wit::Values::Numbers(rows.iter().map(|number| number.unwrap_or_default()).collect()),
    }
}

fn absent(name: &str, kind: ColumnKind, rows: u32) -> wit::Column {
    let rows = rows as usize;
    let values = match kind {
        ColumnKind::Number => wit::Values::Numbers(vec![0.0; rows]),
        ColumnKind::Category => wit::Values::Categories(vec![0; rows]),
        ColumnKind::Set => wit::Values::Sets(wit::Sets { offsets: vec![0; rows + 1], members: Vec::new() }),
    };
    wit::Column { name: name.into(), present: vec![0; rows.div_ceil(8)], values }
}

fn bitmap(rows: impl ExactSizeIterator<Item = bool>) -> Vec<u8> {
    let mut bytes = vec![0u8; rows.len().div_ceil(8)];
    for (row, present) in rows.enumerate() {
        bytes[row / 8] |= u8::from(present) << (row % 8);
    }
    bytes
}
