//! What `check --json` prints, for editors and CI. The form is documented in engine/cli/CHECK.md, and only grows.

use super::checked::Checked;
use serde::Serialize;
use std::path::{Path, PathBuf};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Label, Severity};

/// The version of the form. It rises when something is taken away or means something else.
const FORM: u32 = 1;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'c> {
    form: u32,
    ok: bool,
    /// What fails the check: this severity and worse.
    denies: Severity,
    templates: Vec<Template<'c>>,
}

#[allow(clippy::struct_field_names)] // what they are called in the JSON
#[derive(Debug, Serialize)]
struct Template<'c> {
    path: String,
    template: Option<&'c str>,
    version: Option<&'c str>,
    hash: Option<&'c str>,
    ok: bool,
    errors: usize,
    warnings: usize,
    advice: usize,
    rehearsed: Option<usize>,
    /// Why none was, of files with errors that stop a run.
    not_rehearsed: Option<&'c str>,
    waived: Vec<Waived<'c>>,
    diagnostics: Vec<Found<'c>>,
}

#[derive(Debug, Serialize)]
struct Waived<'c> {
    lint: &'c str,
    reason: &'c str,
    /// False if the audit finds nothing that it would silence.
    needed: bool,
}

#[derive(Debug, Serialize)]
struct Found<'c> {
    severity: Severity,
    code: &'c str,
    message: &'c str,
    help: Option<&'c str>,
    labels: Vec<Place<'c>>,
}

/// A place in a file: bytes from 0, lines and columns from 1, columns in characters.
#[derive(Debug, Serialize)]
struct Place<'c> {
    file: &'c str,
    /// Where the file lies, if it lies anywhere.
    path: Option<String>,
    start: Point,
    end: Point,
    text: &'c str,
}

#[derive(Debug, Serialize)]
struct Point {
    byte: usize,
    line: usize,
    column: usize,
}

impl<'c> Answer<'c> {
    pub(super) fn of(checked: &'c [Checked], ok: bool, denies: Severity) -> Self {
        Self { form: FORM, ok, denies, templates: checked.iter().map(|one| template(one, denies)).collect() }
    }
}

fn template(checked: &Checked, denies: Severity) -> Template<'_> {
    let programme = checked.bundle.as_ref().map(|bundle| &bundle.programme);
    let waivers = programme.map(|programme| programme.waivers.as_slice()).unwrap_or_default();
    Template {
        path: checked.path.display().to_string(),
        template: programme.map(|programme| programme.name.as_str()),
        version: programme.map(|programme| programme.version.as_str()),
        hash: checked.bundle.as_ref().map(|bundle| bundle.hash.0.as_str()),
        ok: checked.worst().is_none_or(|worst| worst < denies),
        errors: checked.count(Severity::Error),
        warnings: checked.count(Severity::Warning),
        advice: checked.count(Severity::Advice),
        rehearsed: checked.rehearsed,
        not_rehearsed: checked.not_rehearsed.as_deref(),
        waived: waivers
            .iter()
            .map(|waiver| Waived {
                lint: &waiver.lint,
                reason: waiver.reason.trim(),
                needed: !checked.is_unneeded(&waiver.lint),
            })
            .collect(),
        diagnostics: checked.diagnostics.iter().map(|found| self::found(found, checked)).collect(),
    }
}

fn found<'c>(found: &'c Diagnostic, checked: &'c Checked) -> Found<'c> {
    Found {
        severity: found.severity,
        code: &found.code,
        message: &found.message,
        help: found.help.as_deref(),
        labels: found.labels.iter().map(|label| place(label, checked)).collect(),
    }
}

fn place<'c>(label: &'c Label, checked: &'c Checked) -> Place<'c> {
    let text = checked.files.get(&label.file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    Place {
        file: &label.file,
        path: on_disk(&checked.path, &label.file, &checked.files),
        start: point(&text, label.bytes.start),
        end: point(&text, label.bytes.end),
        text: &label.text,
    }
}

fn point(text: &str, byte: usize) -> Point {
    let byte = byte.min(text.len());
    let before = String::from_utf8_lossy(&text.as_bytes()[..byte]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Point { byte, line, column }
}

/// Where a file of a template lies: in its folder, beside it, or in the template that a client tailors.
fn on_disk(folder: &Path, file: &str, files: &TemplateFiles) -> Option<String> {
    let template = std::fs::read_to_string(folder.join("client.toml")).ok();
    let template = template.and_then(|text| text.parse::<toml::Table>().ok());
    let template = template.and_then(|client| Some(folder.join(client.get("template")?.as_str()?)));
    let homes: Vec<PathBuf> = std::iter::once(folder.to_path_buf()).chain(template).collect();
    // Shared modules lie beside a template.
    let beside = |home: &Path| match (home.file_name(), home.parent()) {
        (Some(_), Some(parent)) => parent.join(file),
        _ => home.join("..").join(file),
    };
    let places = homes.iter().flat_map(|home| [home.join(file), beside(home)]);
    // What is put together lies nowhere: the file of that name says something else.
    let same =
        |path: &PathBuf| std::fs::read(path).is_ok_and(|bytes| files.get(file).is_some_and(|known| *known == bytes));
    places.into_iter().find(same).map(|path| path.display().to_string())
}
