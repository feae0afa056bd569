//! Files in, a validated bundle or all its problems out.

mod draft;

use crate::{
    audit, checks,
    checks::Sources,
    content_hash,
    document::{self, Document, Node},
    hash::text_hash,
    layout::{self, Place},
    report::Report,
    shapes, words,
};
use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_core::{
    bundle::{Agreement, Bundle, Messages, Scripts, TemplateFiles},
    ports::{Logics, Program, SharedProgram},
};
use turnabout_model::{Diagnostic, MessageHead, Programme, RehearsalPlan, Survey, Words};

/// A bundle with the warnings and advice about it.
pub type Loaded = (Bundle, Vec<Diagnostic>);

/// Validates a template's files, or reports *all* its problems, warnings and advice included.
///
/// One problem does not hide the next: a manifest with a mistyped key is still cross-checked as far as it can be read.
/// The expressions of surveys and the template's components are not tried: [`check`] does that too. Of a component only the
/// hash is held against its pin; [`Bundle::bring_components`] hands them to whoever runs them.
pub fn load(files: TemplateFiles, scripts: &dyn Scripts, messages: &dyn Messages) -> Result<Loaded, Vec<Diagnostic>> {
    load_with(files, Compilers { scripts, messages, logics: None }).whole()
}

/// Does what [`load`] does, lets the template's own components through the gate, and has each survey checked by its logic:
/// what comes in from a person passes here. `logics` keeps the components.
pub fn check(
    files: TemplateFiles,
    scripts: &dyn Scripts,
    messages: &dyn Messages,
    logics: &dyn Logics,
) -> Result<Loaded, Vec<Diagnostic>> {
    load_with(files, Compilers { scripts, messages, logics: Some(logics) }).whole()
}

/// Does what [`check`] does, and keeps a draft of a bundle that has errors, if it can be rehearsed in spite of them.
pub fn examine(files: TemplateFiles, scripts: &dyn Scripts, messages: &dyn Messages, logics: &dyn Logics) -> Examined {
    let built = load_with(files, Compilers { scripts, messages, logics: Some(logics) });
    let sound = built.errors == 0;
    let Built { bundle, diagnostics, .. } = built;
    match (sound, bundle) {
        (true, Some(bundle)) => Examined { bundle: Some(bundle), diagnostics, draft: Err(String::new()) },
        (_, bundle) => Examined { draft: draft::of(bundle, &diagnostics), bundle: None, diagnostics },
    }
}

/// What there is to say of a template's files.
#[derive(Debug)]
pub struct Examined {
    /// The bundle, if there are no errors.
    pub bundle: Option<Bundle>,
    /// Everything that was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Of files with errors: what can be rehearsed all the same, and nothing else; or why nothing can, one clause.
    pub draft: Result<Bundle, String>,
}

/// What was made of the files, with errors or without.
struct Built {
    bundle: Option<Bundle>,
    errors: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Built {
    /// The bundle, unless there is an error.
    fn whole(self) -> Result<Loaded, Vec<Diagnostic>> {
        match self.bundle {
            Some(bundle) if self.errors == 0 => Ok((bundle, self.diagnostics)),
            _ => Err(self.diagnostics),
        }
    }
}

/// What reads the parts of a template that are no TOML.
#[derive(Clone, Copy)]
struct Compilers<'c> {
    scripts: &'c dyn Scripts,
    messages: &'c dyn Messages,
    logics: Option<&'c dyn Logics>,
}

fn load_with(files: TemplateFiles, compilers: Compilers<'_>) -> Built {
    let mut report = Report::default();
    layout::check(&files, &mut report);
    let texts = texts(&files, &mut report);
    let parsed = Parsed::new(&texts, compilers, &mut report);
    let read = read(&parsed, &files, &texts, compilers, &mut report);
    let bundle = read.map(|read| Bundle {
        hash: content_hash(&files),
        programme: read.programme,
        program: read.program,
        verbs: compilers.scripts.verbs(),
        surveys: read.surveys,
        words: read.words,
        messages: read.messages,
        agreements: read.agreements,
        rehearsals: read.rehearsals,
        files: Arc::default(),
    });
    drop(parsed);
    drop(texts);
    let bundle = bundle.map(|bundle| Bundle { files: Arc::new(files), ..bundle });
    Built { bundle, errors: report.errors(), diagnostics: report.finish() }
}

/// The texts of the files that are read, by path.
type Texts<'f> = BTreeMap<&'f str, &'f str>;

fn texts<'f>(files: &'f TemplateFiles, report: &mut Report) -> Texts<'f> {
    let mut texts = Texts::new();
    for (path, content) in files {
        if matches!(layout::place(path), Place::Unknown | Place::Document | Place::Plugin(_)) {
            continue;
        }
        match std::str::from_utf8(content) {
            Ok(text) => {
                texts.insert(path, text);
            }
            Err(error) => {
                let at = error.valid_up_to();
                report.push(
                    Diagnostic::error("template::not_text", format!("{path} is not UTF-8 text"))
                        .at(path.clone(), at..at, "the first byte that can't be read")
                        .help("save the file as UTF-8 in your editor"),
                );
            }
        }
    }
    texts
}

/// The TOML files, parsed.
struct Parsed<'f> {
    manifest: Option<Document<'f>>,
    surveys: BTreeMap<&'f str, Document<'f>>,
    words: BTreeMap<&'f str, Document<'f>>,
    rehearsals: BTreeMap<&'f str, Document<'f>>,
}

impl<'f> Parsed<'f> {
    fn new(texts: &Texts<'f>, compilers: Compilers<'_>, report: &mut Report) -> Self {
        let mut parsed =
            Self { manifest: None, surveys: BTreeMap::new(), words: BTreeMap::new(), rehearsals: BTreeMap::new() };
        for (&path, &text) in texts {
            match layout::place(path) {
                Place::Manifest => parsed.manifest = Some(Document::parse(path, text, report)),
                Place::Survey(name) => {
                    parsed.surveys.insert(name, Document::parse(path, text, report));
                }
                Place::Words(language) => {
                    // A bundle that a run has pinned may have such a file from the time when nobody read it.
                    let mut own = Report::default();
                    parsed.words.insert(language, Document::parse(path, text, &mut own));
                    if compilers.logics.is_some() {
                        report.extend(own.finish());
                    }
                }
                Place::Rehearsal(name) => {
                    parsed.rehearsals.insert(name, Document::parse(path, text, report));
                }
                Place::Script
                | Place::Message(_)
                | Place::Agreement(_)
                | Place::Document
                | Place::Plugin(_)
                | Place::Unknown => {}
            }
        }
        parsed
    }
}

/// What the files say.
struct Read {
    programme: Programme,
    program: SharedProgram,
    surveys: BTreeMap<SmolStr, Survey>,
    words: BTreeMap<SmolStr, Words>,
    messages: BTreeMap<SmolStr, MessageHead>,
    agreements: BTreeMap<SmolStr, Agreement>,
    rehearsals: BTreeMap<SmolStr, RehearsalPlan>,
}

fn read(
    parsed: &Parsed<'_>,
    files: &TemplateFiles,
    texts: &Texts<'_>,
    compilers: Compilers<'_>,
    report: &mut Report,
) -> Option<Read> {
    let program = compile(texts, compilers.scripts, report);
    let of_scripts = report.errors();
    let heads = heads(texts, compilers.messages, report);
    let agreements = agreements(texts, compilers.messages, report);
    let surveys = typed::<Survey>(&parsed.surveys, &shapes::SURVEY, report);
    let rehearsals = typed::<RehearsalPlan>(&parsed.rehearsals, &shapes::REHEARSAL, report);
    let manifest = parsed.manifest.as_ref()?.root();
    let sound = document::check(manifest, &shapes::PROGRAMME, report);
    let programme = if sound { manifest.read::<Programme>(report) } else { None };
    let outline = program.as_deref().map(Program::outline).filter(|outline| !outline.functions.is_empty());
    let (of_surveys, of_rehearsals) = (roots(&parsed.surveys), roots(&parsed.rehearsals));
    let verbs = compilers.scripts.verbs();
    let sources = Sources::new(manifest, of_surveys, of_rehearsals, texts, &agreements, outline, verbs);
    checks::check(&sources, report);
    checks::check_components(&sources, files, compilers.logics, report);
    // A bundle that a run has pinned must load for ever, so what came later is held against new ones alone.
    if let Some(logics) = compilers.logics {
        checks::check_arguments(&sources, report);
        checks::check_handlers(&sources, report);
        checks::check_occasions(&sources, compilers.messages, report);
        checks::check_logic(&sources, &surveys, logics, report);
        checks::check_pauses(&sources, report);
        checks::check_risk(&sources, logics, report);
        checks::check_words(&sources, &roots(&parsed.words), report);
        // Behind a name that is mistyped nothing is come to: that much only seems to be left over.
        if report.has_any(&checks::MISTYPED) {
            report.forget(&checks::LEFT_OVER);
        }
    }
    let programme = programme?;
    let evidence = audit::Evidence {
        manifest,
        programme: &programme,
        program: program.as_deref(),
        surveys: &surveys,
        messages: &heads,
        agreements: &agreements,
        rehearsals: &rehearsals,
    };
    let sound_but_for_scripts = report.errors() == of_scripts;
    audit::check(&evidence, sound_but_for_scripts, report);
    let words = parsed.words.iter().map(|(tag, document)| (SmolStr::new(tag), words::read(document.root()))).collect();
    Some(Read { programme, program: program?, surveys, words, messages: heads, agreements, rehearsals })
}

fn compile(texts: &Texts<'_>, scripts: &dyn Scripts, report: &mut Report) -> Option<SharedProgram> {
    let sources: BTreeMap<SmolStr, String> = texts
        .iter()
        .filter(|(path, _)| layout::place(path) == Place::Script)
        .map(|(path, text)| (SmolStr::new(path), (*text).to_owned()))
        .collect();
    if !sources.contains_key("programme.rhai") {
        return None; // reported with the layout
    }
    scripts.compile(&sources).map_err(|problems| report.extend(problems)).ok()
}

fn heads(texts: &Texts<'_>, messages: &dyn Messages, report: &mut Report) -> BTreeMap<SmolStr, MessageHead> {
    let mut heads = BTreeMap::new();
    for (path, text) in texts {
        let Place::Message(name) = layout::place(path) else { continue };
        match messages.check(path, text) {
            Ok(head) => {
                heads.insert(name.into(), head);
            }
            Err(problems) => {
                report.extend(problems);
                // A text that is wrong below sound front matter can be sent in a rehearsal of what else there is.
                if let Some(head) = messages.head(path, text) {
                    heads.insert(name.into(), head);
                }
            }
        }
    }
    heads
}

fn agreements(texts: &Texts<'_>, messages: &dyn Messages, report: &mut Report) -> BTreeMap<SmolStr, Agreement> {
    let mut found = BTreeMap::new();
    for (path, text) in texts {
        let Place::Agreement(name) = layout::place(path) else { continue };
        match messages.check_agreement(path, text) {
            Ok(head) => {
                found.insert(name.into(), Agreement { head, hash: text_hash(text) });
            }
            Err(problems) => report.extend(problems),
        }
    }
    found
}

fn typed<T: serde::de::DeserializeOwned>(
    documents: &BTreeMap<&str, Document<'_>>,
    shape: &document::Shape,
    report: &mut Report,
) -> BTreeMap<SmolStr, T> {
    let mut read = BTreeMap::new();
    for (name, document) in documents {
        let mut own = Report::default();
        let sound = document::check(document.root(), shape, &mut own);
        // One whose only fault is a key too many says all that a rehearsal needs.
        let value = if sound {
            document.root().read(&mut own)
        } else if own.has_only("toml::unknown_key") {
            document.root().read(&mut Report::default())
        } else {
            None
        };
        report.extend(own.finish());
        if let Some(value) = value {
            read.insert(SmolStr::new(name), value);
        }
    }
    read
}

fn roots<'d>(documents: &'d BTreeMap<&'d str, Document<'_>>) -> BTreeMap<&'d str, Node<'d>> {
    documents.iter().map(|(name, document)| (*name, document.root())).collect()
}

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod component_tests;
#[cfg(test)]
mod expectation_tests;
#[cfg(test)]
mod rehearsal_tests;
#[cfg(test)]
mod survey_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod word_tests;
