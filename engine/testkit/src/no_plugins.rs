//! For programmes whose plans name no rule, and whose surveys need no logic.

use turnabout_core::ports::{
    Components, Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, PluginError, PluginFault, PluginKind,
    PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest,
};
use turnabout_model::Survey;

/// No plugin is installed: every call says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPlugins;

fn missing(plugin: &PluginRef) -> PluginError {
    PluginError { plugin: plugin.id.clone(), fault: PluginFault::Missing }
}

impl Components for NoPlugins {
    fn keep(&self, plugin: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
        Err(missing(plugin))
    }

    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError> {
        Err(missing(plugin))
    }
}

impl Rules for NoPlugins {
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

impl Logics for NoPlugins {
    fn check(&self, plugin: &PluginRef, _: &str, _: &Survey) -> Result<Vec<LogicProblem>, PluginError> {
        Err(missing(plugin))
    }

    fn check_flags(
        &self,
        plugin: &PluginRef,
        _: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Vec<LogicProblem>, PluginError> {
        Err(missing(plugin))
    }

    fn flags(&self, request: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError> {
        Err(missing(request.plugin))
    }

    fn judge(&self, request: JudgeRequest<'_>) -> Result<Judgement, PluginError> {
        Err(missing(request.plugin))
    }
}
