//! The engines a command needs, built once.

use crate::{diagnostics, failure::Failure};
use smol_str::SmolStr;
use std::path::Path;
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    limits::Limits,
    ports::{Logics, PluginRef},
    rehearse,
};
use turnabout_model::{Diagnostic, Severity};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};

/// Scripts, plugins and messages, ready to load templates.
pub(crate) struct House {
    scripts: RhaiScripts,
    sandbox: Sandbox,
}

impl House {
    /// Builds the engines with their standard limits and plugins.
    pub(crate) fn new() -> Result<Self, Failure> {
        let sandbox = Sandbox::with_standard_plugins().map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Self { scripts: RhaiScripts::new(ScriptLimits::standard()), sandbox })
    }

    /// Loads a template's folder: the bundle, unless there are errors, and everything there is to say about it.
    pub(crate) fn examine(&self, path: &Path) -> Result<(Option<Bundle>, Vec<Diagnostic>), Failure> {
        Ok(self.examine_files(turnabout_template::read_folder(path)?))
    }

    /// Loads a template's files.
    pub(crate) fn examine_files(&self, files: TemplateFiles) -> (Option<Bundle>, Vec<Diagnostic>) {
        match turnabout_template::check(files, &self.scripts, &MessageCheck, &self.sandbox) {
            Ok((bundle, notes)) => (Some(bundle), notes),
            Err(problems) => (None, problems),
        }
    }

    /// Loads a template's folder. Problems are printed, underlined, and notes too unless `quiet`; with errors there is
    /// no bundle.
    pub(crate) fn load(&self, path: &Path, quiet: bool) -> Result<Bundle, Failure> {
        let (bundle, diagnostics) = self.examine(path)?;
        if !quiet || bundle.is_none() {
            diagnostics::print(&diagnostics, &turnabout_template::read_folder(path)?);
        }
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        bundle.ok_or_else(|| Failure::Template { path: path.display().to_string(), errors })
    }

    /// Compiles the plugins of a bundle ahead, so that the first rehearsal does not pay for it.
    pub(crate) fn prepare(&self, bundle: &Bundle) -> Result<(), Failure> {
        let used = |id: &SmolStr| {
            bundle.programme.matching.values().flat_map(|plan| &plan.rules).any(|rule| rule.plugin == *id)
        };
        let plugins: Vec<PluginRef> = bundle
            .programme
            .plugins
            .iter()
            // Invented people answer what everybody is asked: only an evaluation needs a logic.
            .filter(|(id, _)| used(id))
            .map(|(id, sha256)| PluginRef { id: id.clone(), sha256: sha256.clone() })
            .collect();
        self.sandbox.prepare(&plugins).map_err(|error| Failure::Internal(error.to_string()))
    }

    /// What judges the answers to surveys.
    pub(crate) fn logics(&self) -> &dyn Logics {
        &self.sandbox
    }

    /// What a rehearsal needs.
    pub(crate) fn for_rehearsal(&self) -> rehearse::House<'_> {
        rehearse::House { rules: &self.sandbox, limits: Limits::standard() }
    }
}
