//! For programmes whose plans name no rule.

use turnabout_core::ports::{
    PluginError, PluginFault, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest,
};

/// No rule is installed: every call says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRules;

fn missing(plugin: &PluginRef) -> PluginError {
    PluginError { plugin: plugin.id.clone(), fault: PluginFault::Missing }
}

impl Rules for NoRules {
    fn describe(&self, plugin: &PluginRef) -> Result<RuleDescription, PluginError> {
        Err(missing(plugin))
    }

    fn score(&self, request: ScoreRequest<'_>) -> Result<ScoreBlock, PluginError> {
        Err(missing(request.plugin))
    }

    fn explain(&self, request: ScoreRequest<'_>, _: usize, _: usize) -> Result<Vec<Reason>, PluginError> {
        Err(missing(request.plugin))
    }
}
