//! Which file of a template is what, and which are nothing.

use crate::{
    formats,
    limits::{
        MAX_COMPONENT_BYTES, MAX_COMPONENTS_BYTES, MAX_FILE_BYTES, MAX_FILES, MAX_PATH_BYTES, MAX_TEMPLATE_BYTES,
    },
    report::Report,
    suggest,
};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::Diagnostic;

/// What a file of a template is, with its name if scripts call it by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place<'p> {
    /// `programme.toml`.
    Manifest,
    /// A `.rhai` file: the programme or a module.
    Script,
    /// `messages/NAME.hbs`.
    Message(&'p str),
    /// `agreements/NAME.hbs`.
    Agreement(&'p str),
    /// `surveys/NAME.toml`.
    Survey(&'p str),
    /// `words/TAG.toml`.
    Words(&'p str),
    /// `rehearsals/NAME.toml`.
    Rehearsal(&'p str),
    /// `plugins/NAME.wasm`: a component.
    Plugin(&'p str),
    /// For people: the read-me, the licence.
    Document,
    /// Nothing that is read.
    Unknown,
}

/// The folders of a template, with how the names of their files end.
const FOLDERS: [(&str, &str); 7] = [
    ("messages", ".hbs"),
    ("agreements", ".hbs"),
    ("surveys", ".toml"),
    ("words", ".toml"),
    ("rehearsals", ".toml"),
    ("plugins", ".wasm"),
    ("lib", ".rhai"),
];

/// Says what a file is by its path.
pub(crate) fn place(path: &str) -> Place<'_> {
    let named = |folder: &str, end: &str| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(end)?;
        (!name.contains('/')).then_some(name)
    };
    if path == "programme.toml" {
        return Place::Manifest;
    }
    if let Some(name) = named("messages", ".hbs") {
        return Place::Message(name);
    }
    if let Some(name) = named("agreements", ".hbs") {
        return Place::Agreement(name);
    }
    if let Some(name) = named("surveys", ".toml") {
        return Place::Survey(name);
    }
    if let Some(language) = named("words", ".toml") {
        return Place::Words(language);
    }
    if let Some(name) = named("rehearsals", ".toml") {
        return Place::Rehearsal(name);
    }
    if let Some(name) = named("plugins", ".wasm") {
        return Place::Plugin(name);
    }
    let end = path.rsplit('.').next().unwrap_or_default();
    match end {
        "rhai" => Place::Script,
        "md" => Place::Document,
        _ if !path.contains('/') && ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|n| path.starts_with(n)) => {
            Place::Document
        }
        _ => Place::Unknown,
    }
}

/// Tells whether a file is a component.
pub(crate) fn is_component(path: &str) -> bool {
    matches!(place(path), Place::Plugin(_))
}

/// The most bytes a file may have.
pub(crate) fn most_bytes(path: &str) -> usize {
    if is_component(path) { MAX_COMPONENT_BYTES } else { MAX_FILE_BYTES }
}

/// Reports missing and unknown files, bad names and limits.
pub(crate) fn check(files: &TemplateFiles, report: &mut Report) {
    for needed in ["programme.toml", "programme.rhai"] {
        if !files.contains_key(needed) {
            report.push(
                Diagnostic::error("template::missing_file", format!("the template has no {needed}"))
                    .help("every template has programme.toml, its manifest, and programme.rhai, its script"),
            );
        }
    }
    limits(files, report);
    for path in files.keys() {
        let unsafe_path = path.starts_with('/')
            || path.contains('\\')
            || path.chars().any(char::is_control)
            || path.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        if unsafe_path {
            report.push(
                Diagnostic::error(
                    "template::bad_path",
                    format!("'{}' is no path within a template", formats::shown(path)),
                )
                .help("write folders and file with / between them, for example messages/welcome.hbs"),
            );
            continue;
        }
        match place(path) {
            Place::Message(name)
            | Place::Agreement(name)
            | Place::Survey(name)
            | Place::Rehearsal(name)
            | Place::Plugin(name) => {
                if let Err(complaint) = formats::label(name) {
                    report.push(
                        Diagnostic::error("template::bad_name", complaint.message)
                            .at(path.clone(), 0..0, "the name of this file")
                            .help(complaint.help),
                    );
                }
            }
            Place::Unknown => report.push(
                Diagnostic::warning("template::unknown_file", format!("'{}' is not read", formats::shown(path)))
                    .at(path.clone(), 0..0, "this file")
                    .help(unknown_help(path)),
            ),
            // The language of words is held against the surveys'.
            Place::Manifest | Place::Script | Place::Words(_) | Place::Document => {}
        }
    }
}

/// A template may come from a store or an upload, which [`crate::read_folder`] never saw.
fn limits(files: &TemplateFiles, report: &mut Report) {
    let mut over = |message: String| {
        report.push(Diagnostic::error("template::limit", message).help("leave out what the programme does not use"));
    };
    if files.len() > MAX_FILES {
        over(format!("the template has {} files; it may have {MAX_FILES}", files.len()));
    }
    let bytes = |components: bool| -> usize {
        files.iter().filter(|(path, _)| is_component(path) == components).map(|(_, content)| content.len()).sum()
    };
    if bytes(false) > MAX_TEMPLATE_BYTES {
        over(format!("the files of the template have more than {MAX_TEMPLATE_BYTES} bytes together"));
    }
    if bytes(true) > MAX_COMPONENTS_BYTES {
        over(format!("the components of the template have more than {MAX_COMPONENTS_BYTES} bytes together"));
    }
    for (path, content) in files {
        let most = most_bytes(path);
        if content.len() > most {
            over(format!("'{}' has {} bytes; it may have {most}", formats::shown(path), content.len()));
        }
        if path.len() > MAX_PATH_BYTES {
            over(format!("the path '{}' is longer than {MAX_PATH_BYTES} bytes", formats::shown(path)));
        }
    }
}

fn unknown_help(path: &str) -> String {
    if let Some((name, _)) = path.rsplit_once(".upstream").filter(|(_, end)| end.is_empty() || end.starts_with('-')) {
        return format!("it is what the upstream has for {name}: give it that name, or delete it");
    }
    if let Some((folder, file)) = path.split_once('/') {
        if let Some((_, end)) = FOLDERS.iter().find(|(known, _)| *known == folder) {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            return format!("files in {folder}/ end in {end}: name it {folder}/{}{end}", stem.replace('/', "-"));
        }
        if let Some(known) = suggest::closest(folder, FOLDERS.map(|(known, _)| known)) {
            return format!("did you mean the folder {known}/?");
        }
    }
    "a template has programme.toml, programme.rhai, README.md and the folders messages, agreements, surveys, words, \
     rehearsals, plugins and lib"
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_a_file_is() {
        for (path, expect) in [
            ("programme.toml", Place::Manifest),
            ("programme.rhai", Place::Script),
            ("lib/cohort.rhai", Place::Script),
            ("messages/welcome.hbs", Place::Message("welcome")),
            ("messages/old/welcome.hbs", Place::Unknown),
            ("messages/welcome.txt", Place::Unknown),
            ("agreements/contract.hbs", Place::Agreement("contract")),
            ("surveys/election.toml", Place::Survey("election")),
            ("words/pt-BR.toml", Place::Words("pt-BR")),
            ("rehearsals/calm.toml", Place::Rehearsal("calm")),
            ("plugins/same-site.wasm", Place::Plugin("same-site")),
            ("plugins/same-site/lib.rs", Place::Unknown),
            ("README.md", Place::Document),
            ("LICENCE", Place::Document),
            ("logo.png", Place::Unknown),
        ] {
            assert_eq!(place(path), expect, "{path}");
        }
        assert_eq!(unknown_help("message/a.hbs"), "did you mean the folder messages/?");
        assert_eq!(unknown_help("messages/a.txt"), "files in messages/ end in .hbs: name it messages/a.hbs");
    }

    #[test]
    fn limits_hold_for_files_that_no_folder_was_read_for() {
        let mut files = TemplateFiles::new();
        files.insert("big.md".into(), vec![b'x'; MAX_FILE_BYTES + 1]);
        files.insert("../secret.md".into(), Vec::new());
        for n in 0..MAX_FILES {
            files.insert(smol_str::format_smolstr!("{n}.md"), Vec::new());
        }
        let mut report = Report::default();
        check(&files, &mut report);
        let codes: Vec<_> = report.finish().into_iter().map(|d| d.code).collect();
        assert_eq!(
            codes,
            [
                "template::missing_file",
                "template::missing_file",
                "template::limit",
                "template::limit",
                "template::bad_path"
            ]
        );
    }
}
