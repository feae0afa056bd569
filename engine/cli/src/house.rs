//! The engines a command needs, built once.

use crate::{code_cache::standard_sandbox, diagnostics, failure::Failure};
use smol_str::SmolStr;
use std::path::{Path, PathBuf};
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    limits::Limits,
    ports::{Logics, PluginRef},
    rehearse,
};
use turnabout_model::{Diagnostic, RehearsalPlan, Severity};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_template::Examined;

/// Tells whether a folder lies beside templates and clients and is none: shared modules, definitions, plugins, a program in Rust.
/// `workflows/*` and `examples/*` name them too.
fn lies_beside(path: &Path) -> bool {
    let known = path.file_name().is_some_and(|name| name == "lib" || name == "api" || name == "plugins");
    let is_any = ["programme.toml", "client.toml"].iter().any(|name| path.join(name).exists());
    !is_any && (known || path.join("Cargo.toml").is_file())
}

/// Those of the paths that are templates or clients, or should be. What lies beside them is passed over, and said; that nothing
/// else was named is a mistake.
pub(crate) fn templates(paths: &[PathBuf]) -> Result<Vec<&Path>, Failure> {
    let (beside, templates): (Vec<&Path>, Vec<&Path>) =
        paths.iter().map(PathBuf::as_path).partition(|path| lies_beside(path));
    if templates.is_empty() && !beside.is_empty() {
        let what = format!("{} is no template and no client", beside[0].display());
        return Err(Failure::Input { what, hint: "Name a folder that has a programme.toml or a client.toml.".into() });
    }
    for path in beside {
        eprintln!("note: {} is no template, and was passed over", path.display());
    }
    Ok(templates)
}

/// Scripts, plugins and messages, ready to load templates.
pub(crate) struct House {
    scripts: RhaiScripts,
    sandbox: Sandbox,
}

impl House {
    /// Builds the engines with their standard limits and plugins.
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self { scripts: RhaiScripts::new(ScriptLimits::standard()), sandbox: standard_sandbox()? })
    }

    /// Loads a template's files.
    pub(crate) fn examine_files(&self, files: TemplateFiles) -> (Option<Bundle>, Vec<Diagnostic>) {
        let Examined { bundle, diagnostics, .. } = self.examine(files);
        (bundle, diagnostics)
    }

    /// Loads a template's files, or as much of them as can be rehearsed in spite of errors.
    pub(crate) fn examine(&self, files: TemplateFiles) -> Examined {
        let mut examined = turnabout_template::examine(files, &self.scripts, &MessageCheck, &self.sandbox);
        // Rules are asked whether or not something else is wrong: a plan that can't use them can't be rehearsed.
        if let Some(bundle) = examined.bundle.as_ref().or(examined.draft.as_ref().ok()) {
            let mut found = self.missing(bundle);
            found.extend(turnabout_template::check_rules(bundle, &self.sandbox));
            if found.iter().any(|found| found.severity == Severity::Error) {
                examined.bundle = None;
                examined.draft = Err("a plan matches with a rule that can't be used as it is".into());
            }
            examined.diagnostics.extend(found);
        }
        examined
    }

    /// Loads a template's folder. Problems are printed, underlined, and notes too unless `quiet`; with errors there is
    /// no bundle.
    pub(crate) fn load(&self, path: &Path, quiet: bool) -> Result<Bundle, Failure> {
        let (files, origins) = turnabout_template::read_folder_traced(path)?;
        let (bundle, diagnostics) = self.examine_files(files.clone());
        let (diagnostics, files) = origins.trace(diagnostics, files);
        if !quiet || bundle.is_none() {
            diagnostics::print(&diagnostics, &files);
        }
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        bundle.ok_or_else(|| Failure::Template { path: path.display().to_string(), errors })
    }

    /// Compiles the plugins of a bundle ahead, so that the first rehearsal does not pay for it.
    pub(crate) fn prepare(&self, bundle: &Bundle) -> Result<(), Failure> {
        // Invented people answer what everybody is asked: only an evaluation needs a logic.
        self.sandbox.prepare(&rules(bundle)).map_err(|error| Failure::Internal(error.to_string()))
    }

    /// The rules that plans match with and that are not here: a component that is not built yet, or has another hash.
    fn missing(&self, bundle: &Bundle) -> Vec<Diagnostic> {
        let manifest = bundle.files.get("programme.toml").map(|text| String::from_utf8_lossy(text)).unwrap_or_default();
        let missing = rules(bundle).into_iter().filter(|rule| !self.sandbox.has(&rule.sha256));
        let diagnostic = |PluginRef { id, sha256 }| {
            let at = manifest.find(sha256.as_str()).map_or(0..0, |at| at..at + sha256.len());
            Diagnostic::error("plugin::missing", format!("plugin '{id}' is not installed"))
                .at("programme.toml", at, "nothing with this hash is here")
                .help(format!("build it into the folder plugins: turnabout plugin build DIR --into CLIENT, where DIR holds {id}; plugins/dist/index.toml lists those that come with the engine"))
        };
        missing.map(diagnostic).collect()
    }

    /// The sandbox, for whoever asks plugins themselves.
    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
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

/// The rules that a bundle's plans match with, as they are pinned.
fn rules(bundle: &Bundle) -> Vec<PluginRef> {
    let programme = &bundle.programme;
    let used = |id: &SmolStr| programme.matching.values().flat_map(|plan| &plan.rules).any(|rule| rule.plugin == *id);
    let pins = programme.plugins.iter().filter(|(id, _)| used(id));
    pins.map(|(id, sha256)| PluginRef { id: id.clone(), sha256: sha256.clone() }).collect()
}

/// The rehearsal that was named, or the template's `steady` one, or its first.
pub(crate) fn rehearsal<'a>(bundle: &'a Bundle, name: Option<&str>) -> Result<(&'a str, &'a RehearsalPlan), Failure> {
    let known: Vec<&str> = bundle.rehearsals.keys().map(SmolStr::as_str).collect();
    let found = match name {
        Some(name) => bundle.rehearsals.get_key_value(name),
        None => bundle.usual_rehearsal(),
    };
    found.map(|(name, plan)| (name.as_str(), plan)).ok_or_else(|| Failure::NotFound {
        what: match name {
            Some(name) => format!("{} has no rehearsal '{name}'", bundle.programme.name),
            None => format!("{} has no rehearsal", bundle.programme.name),
        },
        hint: if known.is_empty() {
            "Add one as rehearsals/steady.toml.".into()
        } else {
            format!("It has {}.", known.join(", "))
        },
    })
}
