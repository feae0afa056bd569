//! What calls use: for authors, who have to know how far they are from their limits.

use crate::library::Sandbox;
use crate::rules;
use turnabout_core::ports::{PluginError, PluginRef, ScoreRequest};

/// What calls of a plugin used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// The calls, each of a fresh instance.
    pub calls: usize,
    /// The fuel they burnt together: about a unit an instruction, and the same on every machine.
    pub fuel: u64,
    /// The memory of the one that took most, in bytes.
    pub memory_bytes: usize,
}

impl Usage {
    /// With another call's.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            fuel: self.fuel.saturating_add(other.fuel),
            memory_bytes: self.memory_bytes.max(other.memory_bytes),
        }
    }
}

impl Sandbox {
    /// Scores a cohort as [`turnabout_core::ports::Rules::score`] does, on one core, and says what that used. The scores
    /// are checked and dropped.
    pub fn measure_score(&self, request: ScoreRequest<'_>) -> Result<Usage, PluginError> {
        let plugin = self.plugin(request.plugin)?;
        let most = self.machine.limits.pairs_per_call;
        let measured = plugin.rule().and_then(|rule| rules::measure(rule, request, most));
        measured.map_err(|fault| PluginError { plugin: request.plugin.id.clone(), fault })
    }

    /// Asks a logic what follows from answers, JSON for JSON, and says what that used. What it answers is dropped unread.
    pub fn measure_evaluate(&self, plugin: &PluginRef, survey: &str, answers: &str) -> Result<Usage, PluginError> {
        let compiled = self.plugin(plugin)?;
        let measured = compiled.logic().and_then(|logic| logic.measure(survey, answers));
        measured.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }
}
