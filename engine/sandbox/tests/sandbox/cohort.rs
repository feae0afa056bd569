//! Cohorts and questions for the tests.

use serde_json::{Map, Value};
use turnabout_core::ports::{PluginError, PluginRef, Reason, Rules, ScoreBlock, ScoreRequest, Table};
use turnabout_model::Column;
use turnabout_sandbox::{Sandbox, standard_plugins};

/// A rule with settings and a cohort, ready to be asked.
pub(crate) struct Question {
    pub(crate) plugin: PluginRef,
    pub(crate) settings: Map<String, Value>,
    pub(crate) mentors: Table,
    pub(crate) mentees: Table,
}

impl Question {
    /// Asks the component with this hash about a cohort without attributes.
    pub(crate) fn new(sha256: &str, settings: &Value, mentors: usize, mentees: usize) -> Self {
        let plugin = PluginRef { id: "asked".into(), sha256: sha256.into() };
        let table = |rows| Table { rows, ..Table::default() };
        let settings = settings.as_object().unwrap().clone();
        Self { plugin, settings, mentors: table(mentors), mentees: table(mentees) }
    }

    /// Asks a standard rule.
    pub(crate) fn standard(id: &str, settings: &Value, mentors: usize, mentees: usize) -> Self {
        let plugin = standard_plugins().iter().find(|plugin| plugin.id == id).unwrap();
        Self::new(&plugin.sha256, settings, mentors, mentees)
    }

    pub(crate) fn mentor(mut self, name: &str, column: Column) -> Self {
        self.mentors.columns.push((name.into(), column));
        self
    }

    pub(crate) fn mentee(mut self, name: &str, column: Column) -> Self {
        self.mentees.columns.push((name.into(), column));
        self
    }

    pub(crate) fn request(&self) -> ScoreRequest<'_> {
        ScoreRequest { plugin: &self.plugin, settings: &self.settings, mentors: &self.mentors, mentees: &self.mentees }
    }

    pub(crate) fn score(&self, sandbox: &Sandbox) -> Result<ScoreBlock, PluginError> {
        sandbox.score(self.request())
    }

    pub(crate) fn explain(&self, sandbox: &Sandbox, mentor: usize, mentee: usize) -> Result<Vec<Reason>, PluginError> {
        sandbox.explain(self.request(), mentor, mentee)
    }

    /// What is said of one pair: codes and weights.
    pub(crate) fn codes(&self, sandbox: &Sandbox, mentor: usize, mentee: usize) -> Vec<(String, f32)> {
        let reasons = self.explain(sandbox, mentor, mentee).unwrap();
        reasons.into_iter().map(|reason| (reason.code.to_string(), reason.weight)).collect()
    }
}

/// Many people whose topics follow from their row.
pub(crate) fn topics(rows: usize, step: usize) -> Column {
    let topics = |row: usize| {
        let mut set: Vec<u32> = (0..row % 6).map(|n| u32::try_from((row * step + n * n * 7) % 40).unwrap()).collect();
        set.sort_unstable();
        set.dedup();
        set
    };
    Column::Set((0..rows).map(topics).collect())
}
