//! What a client meant for its template, under a name that the template does not have.

use super::{origins::Tailored, survey};
use crate::{document::Document, layout, report::Report, suggest};
use smol_str::SmolStr;
use toml::Table;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Severity};

/// What is said of files and settings that come to nothing because their name is new: a client has no script to use them.
const COMES_TO_NOTHING: [&str; 4] =
    ["message::never_sent", "survey::never_sent", "agreement::never_signed", "template::unused"];

/// Says of a client's files and settings with an unknown name what the name may have been meant to be, in place of all else
/// that follows from it.
pub(super) fn explained(tailored: &Tailored, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // Only what is wrong is explained: of a template that can't be read nobody knows the settings.
    let wrong = |told: &Diagnostic| found.iter().any(|known| same_place(told, known));
    let mut told: Vec<Diagnostic> = unknown_settings(tailored).into_iter().filter(wrong).collect();
    for path in tailored.own.keys().filter(|path| !tailored.theirs.contains_key(*path)) {
        let overlaid = lies_over(tailored, path);
        let unused = || found.iter().any(|known| about(known, path) && COMES_TO_NOTHING.contains(&known.code.as_str()));
        if overlaid || unused() {
            told.push(unknown_file(tailored, path, overlaid));
        }
    }
    for path in tailored.questions.keys() {
        let text = |files: &TemplateFiles| {
            files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
        };
        told.extend(survey::misplaced(path, &text(&tailored.own), &text(&tailored.theirs)));
    }
    let replaced = |known: &Diagnostic| {
        let Some(at) = known.labels.first() else { return false };
        let of_file = || COMES_TO_NOTHING.contains(&known.code.as_str()) || lies_over(tailored, &at.file);
        let mut told = told.iter().filter_map(|told| told.labels.first()).filter(|told| told.file == at.file);
        told.any(|told| if told.bytes.is_empty() { of_file() } else { told.bytes == at.bytes })
    };
    let mut left: Vec<Diagnostic> = found.into_iter().filter(|known| !replaced(known)).collect();
    left.extend(told);
    left
}

fn same_place(one: &Diagnostic, other: &Diagnostic) -> bool {
    let place = |of: &Diagnostic| of.labels.first().map(|label| (label.file.clone(), label.bytes.clone()));
    place(one).is_some() && place(one) == place(other)
}

fn about(diagnostic: &Diagnostic, path: &str) -> bool {
    diagnostic.labels.first().is_some_and(|label| label.file == path)
}

/// Tells whether a client's file is a survey that is to be laid over another: it has no questions of its own.
fn lies_over(tailored: &Tailored, path: &str) -> bool {
    let survey = matches!(layout::place(path), layout::Place::Survey(_));
    let text = tailored.own.get(path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    survey && !tailored.theirs.contains_key(path) && text.parse::<Table>().is_ok_and(|own| survey::lies_over(&own))
}

fn unknown_file(tailored: &Tailored, path: &SmolStr, error: bool) -> Diagnostic {
    let (folder, file) = path.split_once('/').unwrap_or(("", path));
    let stem = |file: &str| file.rsplit_once('.').map_or(file.to_owned(), |(stem, _)| stem.to_owned());
    let known: Vec<String> =
        tailored.theirs.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')).map(stem).collect();
    let end = file.strip_prefix(stem(file).as_str()).unwrap_or_default();
    let near = suggest::closest(&stem(file), known.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean {folder}/{near}{end}?"),
        None if error => "give it [[questions]] of its own, or the name of a survey that the template has".into(),
        None => "name it in changes.toml or in another file of yours, fork the template to use it in the script, or \
                 remove it"
            .into(),
    };
    let message = format!("the template has no file {path}, and nothing comes of yours");
    let found = Diagnostic::error("client::unknown_file", message).at(path.clone(), 0..0, "a name of your own");
    let severity = if error { Severity::Error } else { Severity::Warning };
    Diagnostic { severity, ..found.help(help) }
}

/// Settings that the client sets and nobody has: neither the template nor the client's own changes.
fn unknown_settings(tailored: &Tailored) -> Vec<Diagnostic> {
    let text = |files: &TemplateFiles, name: &str| {
        files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    };
    let (client, changes) = (text(&tailored.own, "client.toml"), text(&tailored.own, "changes.toml"));
    let theirs = text(&tailored.theirs, "programme.toml");
    let mut unread = Report::default();
    let [client, changes, theirs] = [("client.toml", &client), ("changes.toml", &changes), ("programme.toml", &theirs)]
        .map(|(name, text)| Document::parse(name, text, &mut unread));
    let has = |document: &Document<'_>, name: &str| {
        document.root().get("settings").is_some_and(|settings| settings.get(name).is_some())
    };
    let known: Vec<&str> = [&theirs, &changes]
        .into_iter()
        .flat_map(|document| document.root().entries_of("settings"))
        .map(|(name, _)| name)
        .collect();
    let given = client.root().entries_of("settings").into_iter();
    given
        .filter(|(name, _)| !has(&changes, name) && !has(&theirs, name))
        .map(|(name, node)| {
            node.key_error("setting::unknown", format!("the template has no setting '{name}'"), "unknown setting")
                .help(suggest::help(name, known.iter().copied(), "it has none"))
        })
        .collect()
}
