//! A template as loaded: validated, content-hashed, immutable.

use crate::occasion::{Gap, Occasion};
use crate::ports::{Components, PluginError, PluginFault, PluginRef, SharedProgram};
use crate::verbs::Verbs;
use smol_str::{SmolStr, format_smolstr};
use std::{collections::BTreeMap, sync::Arc};
use turnabout_model::{
    AgreementHead, BundleHash, Diagnostic, MessageHead, Programme, RehearsalPlan, Survey, TextHash, Wording, Words,
};

/// The files of a template by their path in it, `/` between parts: the form in which a store keeps a bundle.
pub type TemplateFiles = BTreeMap<SmolStr, Vec<u8>>;

/// A template as loaded. Every run pins one by its hash.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// SHA-256 over the paths and contents of its files.
    pub hash: BundleHash,
    /// The manifest.
    pub programme: Programme,
    /// The compiled script.
    pub program: SharedProgram,
    /// The verbs that whoever loaded it brings, beside the engine's.
    pub verbs: Verbs,
    /// The surveys by name.
    pub surveys: BTreeMap<SmolStr, Survey>,
    /// The words around surveys that it brings, by language.
    pub words: BTreeMap<SmolStr, Words>,
    /// The messages by name: their heads; the texts are the renderer's.
    pub messages: BTreeMap<SmolStr, MessageHead>,
    /// The agreements by name: their heads; the texts are the renderer's.
    pub agreements: BTreeMap<SmolStr, Agreement>,
    /// The rehearsals by name.
    pub rehearsals: BTreeMap<SmolStr, RehearsalPlan>,
    /// The files it was loaded from.
    pub files: Arc<TemplateFiles>,
}

impl Bundle {
    /// The rehearsal that shows the programme as planned: the one called `steady`, or else the first; none if it has none.
    pub fn usual_rehearsal(&self) -> Option<(&SmolStr, &RehearsalPlan)> {
        self.rehearsals.get_key_value("steady").or_else(|| self.rehearsals.first_key_value())
    }

    /// How pages around a survey speak a language.
    pub fn wording(&self, language: &SmolStr) -> Wording {
        Wording::new(language.clone(), self.words.get(language).cloned())
    }

    /// A plugin as the manifest pins it: an error if the manifest names none of that id.
    pub fn pinned(&self, plugin: &SmolStr) -> Result<PluginRef, PluginError> {
        match self.programme.plugins.get(plugin) {
            Some(sha256) => Ok(PluginRef { id: plugin.clone(), sha256: sha256.clone() }),
            None => Err(PluginError { plugin: plugin.clone(), fault: PluginFault::Missing }),
        }
    }

    /// The components that come with the template, each as the manifest pins it: its files `plugins/NAME.wasm`.
    pub fn components(&self) -> impl Iterator<Item = (PluginRef, &[u8])> {
        let of_template = |(id, sha256): (&SmolStr, &SmolStr)| {
            let component = self.files.get(component_path(id).as_str())?;
            Some((PluginRef { id: id.clone(), sha256: sha256.clone() }, component.as_slice()))
        };
        self.programme.plugins.iter().filter_map(of_template)
    }

    /// Hands the template's own components to whoever runs plugins.
    pub fn bring_components(&self, to: &(impl Components + ?Sized)) -> Result<(), PluginError> {
        self.components().try_for_each(|(plugin, component)| to.keep(&plugin, component))
    }
}

/// Where a template has the component of a plugin, by the plugin's name in the manifest.
pub fn component_path(name: &str) -> SmolStr {
    format_smolstr!("plugins/{name}.wasm")
}

/// An agreement of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its front matter.
    pub head: AgreementHead,
    /// Which text people sign.
    pub hash: TextHash,
}

/// Compiles the scripts of a template.
pub trait Scripts: Send + Sync {
    /// Compiles `programme.rhai` with the modules it imports, or reports every problem. `files` holds the `.rhai`
    /// files: the template's own under their path, shared ones under `lib/`.
    fn compile(&self, files: &BTreeMap<SmolStr, String>) -> Result<SharedProgram, Vec<Diagnostic>>;

    /// The verbs that its programs know beside the engine's. None, unless a server brings some.
    fn verbs(&self) -> Verbs {
        Verbs::default()
    }
}

/// Compiles the messages of a template, and the agreements that are written like them.
pub trait Messages: Send + Sync {
    /// Reads a message's front matter and checks its body, or reports every problem; `file` is its path.
    fn check(&self, file: &str, text: &str) -> Result<MessageHead, Vec<Diagnostic>>;

    /// Reads a message's front matter alone, if that is sound, whatever there is to say of its body.
    fn head(&self, file: &str, text: &str) -> Option<MessageHead>;

    /// Finds what a sound message shows and does not have on an occasion; nothing of one that can't be read.
    fn gaps(&self, file: &str, text: &str, occasion: &Occasion) -> Vec<Gap>;

    /// Whether the body of a message shows a variable, under whatever condition; so does one that can't be read.
    fn shows(&self, file: &str, text: &str, variable: &str) -> bool;

    /// Reads an agreement's front matter and checks its text, likewise.
    fn check_agreement(&self, file: &str, text: &str) -> Result<AgreementHead, Vec<Diagnostic>>;
}
