//! Which file a part of a tailored template was written in, so that what is wrong is shown where somebody can mend it.
//!
//! A client's manifest and the surveys that it lays over the template's are put together and lie nowhere. What a check
//! underlines in them is looked up by its keys in the files that they were made of, the client's own first.

use super::{
    misnamed,
    plans::{ADD, RETUNE, RuleCame},
    vetoes,
};
use crate::{
    document::{Document, Node},
    folder::FolderError,
    layout,
    report::Report,
};
use smol_str::{SmolStr, format_smolstr};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::Path,
};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Label};

/// Where the files of a folder come from: of a template's own folder there is nothing to say.
#[derive(Debug, Default)]
pub struct Origins {
    tailored: Option<Tailored>,
}

/// What a client's folder and its template hold, as it was written.
#[derive(Debug)]
pub(super) struct Tailored {
    /// The template's folder, as the client's file names it.
    pub template: String,
    /// The template's files that are text, by their path in it.
    pub theirs: TemplateFiles,
    /// The client's files, by their path in its folder.
    pub own: TemplateFiles,
    /// Of each survey that is laid over the template's: where its questions come from, in order.
    pub questions: BTreeMap<SmolStr, Vec<Came>>,
    /// The files of words that are laid over the template's.
    pub words: BTreeSet<SmolStr>,
    /// Of each matching plan of which rules are retuned or added: where its rules come from, in order.
    pub rules: BTreeMap<SmolStr, Vec<RuleCame>>,
    /// What of the client's `client.toml` and `changes.toml` could not be carried out.
    pub wrong: Vec<Diagnostic>,
}

/// Where a question of a survey, or a rule of a plan, comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// The template, and its place there.
    Theirs(usize),
    /// The client's `[[add]]`, and its place there.
    Added(usize),
}

/// A step from a table or list to what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Item(usize),
}

/// Whether the key or the value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Key,
    Value,
}

/// A place in a file that may have been put together.
struct Found {
    path: Vec<Step>,
    part: Part,
    bytes: Range<usize>,
}

impl Origins {
    pub(super) fn of(tailored: Tailored) -> Self {
        Self { tailored: Some(tailored) }
    }

    /// Why the files of a client's folder are no template to work with, if something in them could not be carried out.
    /// `folder` is the client's.
    pub fn refusal(&self, folder: &Path) -> Option<FolderError> {
        let tailored = self.tailored.as_ref()?;
        let first = tailored.wrong.first()?;
        let label = first.labels.first()?;
        let text = tailored.own.get(&label.file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        Some(FolderError::Client { path: folder.join(label.file.as_str()), why: why(&tailored.wrong, &text)? })
    }

    /// Rewrites diagnostics about `files`, as [`crate::read_folder_traced`] gave them, to point at what somebody wrote: files
    /// of a client are named from its folder, and those of its template too. Returns them with the files that they name.
    #[must_use]
    pub fn trace(&self, mut found: Vec<Diagnostic>, mut files: TemplateFiles) -> (Vec<Diagnostic>, TemplateFiles) {
        let Some(tailored) = &self.tailored else { return (found, files) };
        let mut traced = Vec::with_capacity(found.len());
        for diagnostic in &mut found {
            for label in &mut diagnostic.labels {
                tailored.trace(label, &files);
            }
            // What two layers say of the same place is said once.
            if !traced.contains(diagnostic) {
                traced.push(diagnostic.clone());
            }
        }
        traced.extend(tailored.wrong.clone());
        traced.extend(tailored.dropped_vetoes());
        files.extend(tailored.own.clone());
        files.extend(tailored.theirs.iter().map(|(path, text)| (tailored.in_template(path), text.clone())));
        (misnamed::explained(tailored, traced), files)
    }
}

impl Tailored {
    /// How a file of the template is called from the client's folder.
    pub(super) fn in_template(&self, path: &str) -> SmolStr {
        format_smolstr!("{}/{path}", self.template.trim_end_matches('/'))
    }

    /// Warnings of vetoes of the template that the client's own lists of rules leave out.
    fn dropped_vetoes(&self) -> Vec<Diagnostic> {
        let text = |files: &TemplateFiles, name: &str| {
            files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
        };
        let manifest = text(&self.theirs, "programme.toml").parse().unwrap_or_default();
        vetoes::dropped(&text(&self.own, "changes.toml"), &manifest)
    }

    /// Where a rule of a plan may have been written, if rules of the plan are retuned or added.
    fn layers_of_rule(&self, path: &[Step]) -> Option<Vec<(bool, SmolStr, Vec<Step>)>> {
        let [Step::Key(matching), Step::Key(plan), Step::Key(rules), Step::Item(at), rest @ ..] = path else {
            return None;
        };
        if matching != "matching" || rules != "rules" {
            return None;
        }
        let from = self.rules.get(plan.as_str())?.get(*at)?;
        let way = |to: &[Step]| [&path[..2], to, rest].concat();
        let changes = |to: &[Step]| (true, SmolStr::new_static("changes.toml"), way(to));
        Some(match (from.came, &from.retuned) {
            (Came::Added(at), _) => vec![changes(&[Step::Key(ADD.into()), Step::Item(at)])],
            (Came::Theirs(at), retuned) => {
                let own = retuned.iter().map(|key| changes(&[Step::Key(RETUNE.into()), Step::Key(key.clone())]));
                let theirs = way(&[Step::Key(rules.clone()), Step::Item(at)]);
                own.chain([(false, SmolStr::new_static("programme.toml"), theirs)]).collect()
            }
        })
    }

    fn trace(&self, label: &mut Label, files: &TemplateFiles) {
        // A manifest that is no TOML is the template's as it is.
        let put_together = || files.get("programme.toml") != self.theirs.get("programme.toml");
        let of_survey = self.questions.contains_key(&label.file);
        let of_words = self.words.contains(&label.file);
        let merged = of_survey || of_words || (label.file == "programme.toml" && put_together());
        if merged {
            let text = |files: &TemplateFiles, name: &str| {
                files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
            };
            let together = text(files, &label.file);
            let at = find(&together, &label.bytes);
            let written = self.layers(&label.file, &at.path).into_iter().find_map(|(own, name, path)| {
                let there = text(if own { &self.own } else { &self.theirs }, &name);
                let bytes = locate(&there, &path, at.part)?;
                let bytes = within(&together, &at.bytes, &label.bytes, &there, bytes);
                Some((if own { name } else { self.in_template(&name) }, bytes))
            });
            (label.file, label.bytes) = written.unwrap_or_else(|| (SmolStr::new_static("client.toml"), 0..0));
        } else if !self.own.contains_key(&label.file) && self.theirs.contains_key(&label.file) && lies_in(&label.file) {
            label.file = self.in_template(&label.file);
        }
    }

    /// Where something of a file may have been written, the client's own files first: whether it is the client's, its name,
    /// and the way to it there.
    fn layers(&self, file: &SmolStr, path: &[Step]) -> Vec<(bool, SmolStr, Vec<Step>)> {
        let theirs = (false, file.clone(), path.to_vec());
        let own = (true, file.clone(), path.to_vec());
        if self.words.contains(file) {
            return vec![own, theirs];
        }
        if path.is_empty() {
            return vec![theirs];
        }
        if let Some(layers) = self.layers_of_rule(path).filter(|_| file == "programme.toml") {
            return layers;
        }
        let key = |at: usize| match path.get(at) {
            Some(Step::Key(key)) => Some(key.as_str()),
            _ => None,
        };
        let mut layers = Vec::new();
        if let Some(questions) = self.questions.get(file) {
            if let (Some("questions"), Some(Step::Item(at))) = (key(0), path.get(1)) {
                let came = questions.get(*at).copied().unwrap_or(Came::Theirs(*at));
                let (own, list, at) = match came {
                    Came::Added(at) => (true, "add", at),
                    Came::Theirs(at) => (false, "questions", at),
                };
                let from = [Step::Key(list.into()), Step::Item(at)];
                return vec![(own, file.clone(), [&from, &path[2..]].concat())];
            }
            layers.push(own);
        } else {
            let client = SmolStr::new_static("client.toml");
            match (key(0), key(1), key(2)) {
                (Some("name"), None, None) => layers.push((true, client, path.to_vec())),
                (Some("settings"), Some(_), Some("default")) => {
                    layers.push((true, client, [&path[..2], &path[3..]].concat()));
                }
                _ => {}
            }
            layers.push((true, SmolStr::new_static("changes.toml"), path.to_vec()));
        }
        layers.push(theirs);
        if file == "programme.toml" && path.len() == 2 {
            // A setting that the template does not have is nowhere else.
            layers.push((true, SmolStr::new_static("client.toml"), path.to_vec()));
        }
        layers
    }
}

/// Tells whether a file of a template lies in its folder: shared modules may lie beside it.
fn lies_in(path: &str) -> bool {
    layout::place(path) != layout::Place::Script || !path.starts_with("lib/")
}

/// Finds the key or value that some bytes are, or the smallest that they lie in; of none, the whole file.
fn find(text: &str, bytes: &Range<usize>) -> Found {
    let document = Document::parse("", text, &mut Report::default());
    let mut best = Found { path: Vec::new(), part: Part::Value, bytes: 0..0 };
    if !bytes.is_empty() {
        closer(document.root(), bytes, &mut Vec::new(), &mut best);
    }
    best
}

fn closer(node: Node<'_>, bytes: &Range<usize>, path: &mut Vec<Step>, best: &mut Found) {
    let mut hold = |part, span: Range<usize>, path: &[Step]| {
        let holds = span.start <= bytes.start && bytes.end <= span.end;
        if holds && (best.bytes.is_empty() || span.len() < best.bytes.len()) {
            *best = Found { path: path.to_vec(), part, bytes: span };
        }
    };
    if !path.is_empty() {
        if matches!(path.last(), Some(Step::Key(_))) {
            hold(Part::Key, node.key_span(), path);
        }
        hold(Part::Value, node.span(), path);
    }
    let keys = node.entries().into_iter().map(|(key, value)| (Step::Key(key.to_owned()), value));
    let items = node.items().into_iter().enumerate().map(|(at, value)| (Step::Item(at), value));
    for (step, value) in keys.chain(items).collect::<Vec<_>>() {
        path.push(step);
        closer(value, bytes, path, best);
        path.pop();
    }
}

/// The bytes of what lies at the end of a way, if there is anything.
fn locate(text: &str, path: &[Step], part: Part) -> Option<Range<usize>> {
    let document = Document::parse("", text, &mut Report::default());
    let mut node = document.root();
    for step in path {
        node = match step {
            Step::Key(key) => node.get(key)?,
            Step::Item(at) => *node.items().get(*at)?,
        };
    }
    Some(if part == Part::Key { node.key_span() } else { node.span() })
}

/// The same part of what was underlined, where it is written in the same way; else all of it.
fn within(
    together: &str,
    whole: &Range<usize>,
    bytes: &Range<usize>,
    there: &str,
    written: Range<usize>,
) -> Range<usize> {
    let same = together.get(whole.clone()) == there.get(written.clone());
    if !same || whole == bytes || whole.is_empty() {
        return written;
    }
    written.start + (bytes.start - whole.start)..written.start + (bytes.end - whole.start)
}

/// What is wrong with a file, by the first of it with its line, and how much more there is; nothing if nothing is.
pub(super) fn why(wrong: &[Diagnostic], text: &str) -> Option<String> {
    let first = wrong.first()?;
    let label = first.labels.first()?;
    let line = text.get(..label.bytes.start).unwrap_or_default().matches('\n').count() + 1;
    let message = first.message.strip_prefix(&format!("{} can't be read here: ", label.file));
    let further = match wrong.len() {
        1 => String::new(),
        all => format!("; {} further", all - 1),
    };
    Some(format!("in line {line}, {}{further}", message.unwrap_or(&first.message)))
}
