//! Matching rules: plugins that score.

use super::Components;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use smol_str::SmolStr;
use std::sync::Arc;
use turnabout_model::Column;

/// A plugin as a manifest pins it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PluginRef {
    /// Its id in the manifest, for messages.
    pub id: SmolStr,
    /// The SHA-256 of its component, in lower-case hexadecimal.
    pub sha256: SmolStr,
}

/// What a rule says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDescription {
    /// The plugin's own id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The attributes it reads of mentors. What is not named is not passed.
    pub mentor_attributes: Vec<AttributeUse>,
    /// The attributes it reads of mentees.
    pub mentee_attributes: Vec<AttributeUse>,
    /// The JSON Schema of its settings.
    pub settings_schema: serde_json::Value,
    /// Every reason code it can give, with a sentence for people.
    pub reasons: Vec<(SmolStr, String)>,
}

impl RuleDescription {
    /// A setting's value, else its default in the schema.
    pub fn setting<'a>(&'a self, name: &str, settings: &'a Map<String, Value>) -> Option<&'a Value> {
        let default = || self.settings_schema.get("properties")?.get(name)?.get("default");
        settings.get(name).or_else(default)
    }

    /// The attribute that a declared name stands for with these settings: in braces the one that the setting names, and empty
    /// if it names none.
    pub fn stands_for<'a>(&'a self, name: &'a str, settings: &'a Map<String, Value>) -> &'a str {
        match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            None => name,
            Some(setting) => self.setting(setting, settings).and_then(Value::as_str).unwrap_or_default(),
        }
    }

    /// Every attribute that the rule reads with these settings, of mentors and of mentees.
    pub fn reads<'a>(&'a self, settings: &'a Map<String, Value>) -> impl Iterator<Item = &'a str> {
        let both = self.mentor_attributes.iter().chain(&self.mentee_attributes);
        both.map(|read| self.stands_for(&read.name, settings)).filter(|name| !name.is_empty())
    }
}

/// An attribute that a rule reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeUse {
    /// The attribute's name, or a setting's value in braces: `{attribute}` reads the attribute that the setting names.
    pub name: SmolStr,
    /// What it must hold.
    pub kind: turnabout_model::AttributeKind,
}

/// Everyone on one side, as columns; every column has `rows` rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// How many people.
    pub rows: usize,
    /// The attributes by name.
    pub columns: Vec<(SmolStr, Column)>,
    /// The numbers of the words that anybody in the cohort has: for rules that declare a constant.
    pub words: Arc<FxHashMap<SmolStr, u32>>,
}

impl Table {
    /// One person alone.
    pub(crate) fn row(&self, row: usize) -> Self {
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.row(row)));
        Self { rows: 1, columns: columns.collect(), words: Arc::clone(&self.words) }
    }
}

/// One rule to be asked about everyone.
#[derive(Debug, Clone, Copy)]
pub struct ScoreRequest<'a> {
    /// The rule.
    pub plugin: &'a PluginRef,
    /// Its settings: a JSON object.
    pub settings: &'a serde_json::Map<String, serde_json::Value>,
    /// The mentors.
    pub mentors: &'a Table,
    /// The mentees.
    pub mentees: &'a Table,
}

/// A rule's verdict on every mentor with every mentee, mentor by mentor.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreBlock {
    /// How many mentees: the length of a row.
    pub mentees: usize,
    /// Scores from 0 to 1, `mentors x mentees`; checked to be finite and in range.
    pub scores: Vec<f32>,
    /// 0 for no veto, else 1 + the index into the description's reasons; as long as `scores`.
    pub vetoes: Vec<u16>,
}

/// Why a rule scored one pair as it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// A code of the description.
    pub code: SmolStr,
    /// How much it added, 0 to 1; 0 for a veto.
    pub weight: f32,
}

/// What went wrong in a plugin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PluginFault {
    /// No component with that hash is installed.
    #[error("is not installed")]
    Missing,
    /// It is no component, imports something, or exports the wrong things.
    #[error("does not keep the contract: {0}")]
    Contract(String),
    /// It returned a failure of its own.
    #[error("says: {0}")]
    Declared(String),
    /// Its code raised an exception that it did not catch, with the exception's text as far as it is known, and its place. Only
    /// languages that have such: a Rust plugin panics, which is a trap.
    #[error("raised an exception in its own code: {0}")]
    Exception(String),
    /// It ran longer than the deadline.
    #[error("ran past its deadline of {0} ms of work")]
    Deadline(u64),
    /// It used up its fuel.
    #[error("used up its budget of {0} units of fuel")]
    Fuel(u64),
    /// It asked for more memory than it may have.
    #[error("asked for more than {0} bytes of memory")]
    Memory(usize),
    /// It trapped: a panic, a stack overflow, an access out of bounds.
    #[error("crashed: {0}")]
    Trap(String),
    /// It returned something unusable: a wrong length, a NaN, a score outside 0..=1, an unknown reason.
    #[error("returned a bad value: {0}")]
    BadOutput(String),
    /// The host is busy. Never the plugin's fault; try again.
    #[error("could not be run because the host is busy")]
    Busy,
}

/// A plugin that failed, by name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("plugin '{plugin}' {fault}")]
pub struct PluginError {
    /// The id in the manifest.
    pub plugin: SmolStr,
    /// What went wrong.
    pub fault: PluginFault,
}

impl PluginFault {
    /// The stable code that `turnabout explain` knows.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "plugin::missing",
            Self::Contract(_) => "plugin::contract",
            Self::Declared(_) => "plugin::declared",
            Self::Exception(_) => "plugin::exception",
            Self::Deadline(_) => "plugin::deadline",
            Self::Fuel(_) => "plugin::fuel",
            Self::Memory(_) => "plugin::memory",
            Self::Trap(_) => "plugin::trap",
            Self::BadOutput(_) => "plugin::bad_output",
            Self::Busy => "plugin::busy",
        }
    }
}

/// Runs matching rules. A pure function of its arguments, whatever is behind it.
///
/// ```
/// use turnabout_core::ports::{
///     AttributeUse, Components, PluginError, PluginKind, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest, Table,
/// };
/// use turnabout_model::{AttributeKind, Column};
///
/// /// A rule that is no component: two of one site suit each other. How it takes in components is beside this.
/// struct SameSite;
/// # impl Components for SameSite {
/// #     fn keep(&self, _: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
/// #         Ok(())
/// #     }
/// #     fn examine(&self, _: &PluginRef) -> Result<PluginKind, PluginError> {
/// #         Ok(PluginKind::Rule)
/// #     }
/// # }
///
/// impl Rules for SameSite {
///     fn describe(&self, _: &PluginRef) -> Result<RuleDescription, PluginError> {
///         let site = || vec![AttributeUse { name: "site".into(), kind: AttributeKind::Category }];
///         Ok(RuleDescription {
///             id: "same-site".into(),
///             version: "1.0.0".into(),
///             mentor_attributes: site(),
///             mentee_attributes: site(),
///             settings_schema: serde_json::json!({ "type": "object" }),
///             reasons: vec![("same-site".into(), "They work at one site".into())],
///         })
///     }
///
///     fn score(&self, request: ScoreRequest<'_>) -> Result<ScoreBlock, PluginError> {
///         let sites = |of: &Table| match of.columns.first() {
///             Some((_, Column::Category(sites))) => sites.clone(),
///             _ => vec![None; of.rows],
///         };
///         let mentees = sites(request.mentees);
///         let score = |one: &Option<u32>, other: &Option<u32>| f32::from(u8::from(one.is_some() && one == other));
///         let mentors = sites(request.mentors);
///         let scores: Vec<f32> = mentors.iter().flat_map(|one| mentees.iter().map(move |other| score(one, other))).collect();
///         Ok(ScoreBlock { mentees: mentees.len(), vetoes: vec![0; scores.len()], scores })
///     }
///
///     fn explain(&self, request: ScoreRequest<'_>, mentor: usize, mentee: usize) -> Result<Vec<Reason>, PluginError> {
///         let block = self.score(request)?;
///         let weight = block.scores[mentor * block.mentees + mentee];
///         Ok((weight > 0.0).then(|| Reason { code: "same-site".into(), weight }).into_iter().collect())
///     }
/// }
///
/// let at = |sites: &[Option<u32>]| Table {
///     rows: sites.len(),
///     columns: vec![("site".into(), Column::Category(sites.to_vec()))],
///     ..Table::default()
/// };
/// let (mentors, mentees) = (at(&[Some(1), None]), at(&[Some(2), Some(1)]));
/// let (plugin, settings) = (PluginRef { id: "same-site".into(), sha256: "00".into() }, serde_json::Map::new());
/// let request = ScoreRequest { plugin: &plugin, settings: &settings, mentors: &mentors, mentees: &mentees };
/// assert_eq!(SameSite.score(request)?.scores, [0.0, 1.0, 0.0, 0.0]);
/// assert_eq!(SameSite.explain(request, 0, 1)?.len(), 1);
/// # Ok::<_, PluginError>(())
/// ```
pub trait Rules: Components {
    /// Says what a rule reads and what its settings are.
    fn describe(&self, plugin: &PluginRef) -> Result<RuleDescription, PluginError>;

    /// Scores every mentor with every mentee.
    fn score(&self, request: ScoreRequest<'_>) -> Result<ScoreBlock, PluginError>;

    /// Says why a rule scored one pair as it did; `mentor` and `mentee` are rows of the tables.
    fn explain(&self, request: ScoreRequest<'_>, mentor: usize, mentee: usize) -> Result<Vec<Reason>, PluginError>;
}
