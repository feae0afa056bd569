//! A client's folder as a template: the template that it names, with what the client changes.
//!
//! `client.toml` names the template, sets settings and keeps more days free; `changes.toml`, where there is one, is laid over the manifest, table
//! by table; files in `messages/`, `agreements/`, `surveys/`, `rehearsals/` and `plugins/` take the place of the template's. A
//! survey without questions is laid over the template's, and can `[[add]]` questions of the client's own. The words of a
//! language, `words/TAG.toml`, are laid over the template's, phrase by phrase.
//! `[matching.PLAN.retune.PLUGIN]` is laid over one rule of a plan, and `[[matching.PLAN.add]]` adds one. A client with rehearsals
//! of its own has only those. Scripts are not changed: that is what forks are for.

mod misnamed;
mod origins;
mod plans;
mod survey;
mod vetoes;
mod wrong_file;

pub use origins::Origins;
pub(crate) use wrong_file::is_of_the_template;

use crate::{
    document::Document,
    folder::{FolderError, read_beside, read_folder},
    layout::{self, Place},
    report::Report,
};
use origins::{Came, Tailored};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use toml::{Table, Value};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::Diagnostic;

/// The folders of a client whose files take the place of the template's.
const FOLDERS: [&str; 6] = ["messages", "agreements", "surveys", "words", "rehearsals", "plugins"];

/// Whether a client changes more of the template than its settings, so that it is served as a template of its own.
pub fn is_own_template(folder: &Path) -> bool {
    let served = FOLDERS.into_iter().filter(|name| *name != "rehearsals");
    served.chain(["changes.toml"]).any(|name| folder.join(name).exists())
}

/// Reads a client's folder as the files of one template, and what each part of them was written in. What of `client.toml` and
/// `changes.toml` can't be carried out is left out, and the origins tell of it.
pub(crate) fn read(folder: &Path) -> Result<(TemplateFiles, Origins), FolderError> {
    let path = folder.join("client.toml");
    let client_text = text_of(&path)?;
    let mut wrong = Report::default();
    let client = recovered("client.toml", &client_text, &mut wrong);
    let said = |name: &str| client.get(name).and_then(Value::as_str);
    let (template, name) = match (said("template"), said("name")) {
        (Some(template), Some(name)) => (template, name),
        (template, _) => {
            let missing = match template {
                None => "it names no template: add template = \"...\"",
                Some(_) => "it has no name: add name = \"...\"",
            };
            // What can't be read may be what is missing.
            let why = origins::why(&wrong.finish(), &client_text).unwrap_or_else(|| missing.into());
            return Err(FolderError::Client { path, why });
        }
    };
    let (named, template) = (template.to_owned(), folder.join(template));
    if !template.join("programme.toml").is_file() {
        return Err(FolderError::NotATemplate(template));
    }
    let mut files = read_folder(&template)?;
    let mut own = read_beside(folder, &FOLDERS)?;
    let mut written = as_written(&own);
    written.insert("client.toml".into(), client_text.into_bytes());
    let theirs = as_written(&files);
    let (mut questions, mut rules) = (BTreeMap::new(), BTreeMap::new());
    for (path, bytes) in own.iter_mut().filter(|(path, _)| path.starts_with("surveys/")) {
        if let Some((text, came)) = surveyed(files.get(path), bytes) {
            *bytes = text.into_bytes();
            questions.insert(path.clone(), came);
        }
    }
    let mut words = BTreeSet::new();
    for (path, bytes) in own.iter_mut().filter(|(path, _)| matches!(layout::place(path), Place::Words(_))) {
        if let Some(text) = worded(files.get(path), bytes) {
            *bytes = text.into_bytes();
            words.insert(path.clone());
        }
    }
    if own.keys().any(|path| path.starts_with("rehearsals/")) {
        files.retain(|path, _| !path.starts_with("rehearsals/"));
    }
    files.extend(own);
    let manifest = files.get("programme.toml").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    // A manifest that is no TOML is reported by those who check it, with its place.
    if let Ok(mut manifest) = manifest.unwrap_or_default().parse::<Table>() {
        manifest.insert("name".into(), Value::String(name.into()));
        let changes = folder.join("changes.toml");
        if changes.is_file() {
            let text = text_of(&changes)?;
            let mut over = recovered("changes.toml", &text, &mut wrong);
            let written_so = Document::parse("changes.toml", &text, &mut Report::default());
            wrong_file::take_out(&mut over, written_so.root(), &text, &mut wrong);
            rules = plans::tailored(&mut manifest, &mut over, written_so.root(), &mut wrong);
            drop(written_so);
            lay_over(&mut manifest, over);
            written.insert("changes.toml".into(), text.into_bytes());
        }
        if let Some(settings) = client.get("settings").and_then(Value::as_table) {
            set(&mut manifest, settings);
        }
        if let Some(free) = free_days(&client) {
            keep_free(&mut manifest, free);
        }
        let text = toml::to_string(&manifest)
            .map_err(|error| FolderError::Client { path: path.clone(), why: error.to_string() })?;
        files.insert(SmolStr::new_static("programme.toml"), text.into_bytes());
    }
    let wrong = wrong.finish();
    Ok((files, Origins::of(Tailored { template: named, theirs, own: written, questions, words, rules, wrong })))
}

/// The files as they lie there; of components, which nobody reads, the names alone.
fn as_written(files: &TemplateFiles) -> TemplateFiles {
    let kept = |path: &str, bytes: &[u8]| if layout::is_component(path) { Vec::new() } else { bytes.to_vec() };
    files.iter().map(|(path, bytes)| (path.clone(), kept(path, bytes))).collect()
}

/// A client's survey laid over the template's, if there is one and it is meant so. What can't be read as TOML is left for
/// those who report it with its place.
fn surveyed(under: Option<&Vec<u8>>, own: &[u8]) -> Option<(String, Vec<Came>)> {
    let (under, own) = (parsed(under?)?, parsed(own)?);
    if !survey::lies_over(&own) {
        return None;
    }
    let (survey, came) = survey::tailored(under, own);
    Some((toml::to_string(&survey).ok()?, came))
}

/// A client's words laid over the template's, likewise.
fn worded(under: Option<&Vec<u8>>, own: &[u8]) -> Option<String> {
    let (mut under, own) = (parsed(under?)?, parsed(own)?);
    // What the client has not translated yet is no reason to lose what the template has.
    let empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    let said = own.into_iter().filter(|(phrase, value)| !empty(value) || !under.contains_key(phrase));
    let said: Vec<_> = said.collect();
    under.extend(said);
    toml::to_string(&under).ok()
}

fn parsed(bytes: &[u8]) -> Option<Table> {
    String::from_utf8_lossy(bytes).parse().ok()
}

fn text_of(path: &Path) -> Result<String, FolderError> {
    fs::read_to_string(path).map_err(|source| FolderError::Io { path: path.into(), source })
}

/// What of a file can be read as TOML; the rest is reported with its place.
fn recovered(file: &'static str, text: &str, wrong: &mut Report) -> Table {
    let before = wrong.errors();
    let document = Document::parse(file, text, wrong);
    match text.parse() {
        Ok(table) => table,
        Err(error) => {
            if wrong.errors() == before {
                let message = format!("{file} can't be read here: {}", toml::de::Error::message(&error));
                let found = Diagnostic::error("toml::syntax", message).at(file, error.span().unwrap_or(0..0), "this");
                wrong.push(found.help("write a number of a usual size"));
            }
            document.root().readable().and_then(|read| Table::try_from(read).ok()).unwrap_or_default()
        }
    }
}

/// Tables go into tables; anything else takes the place of what was there.
fn lay_over(under: &mut Table, over: Table) {
    for (name, value) in over {
        match (under.get_mut(&name), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over),
            (_, value) => drop(under.insert(name, value)),
        }
    }
}

/// What the client sets becomes the default. A setting that the template does not have is reported as one of its own.
fn set(manifest: &mut Table, settings: &Table) {
    let known = manifest.entry("settings").or_insert_with(|| Value::Table(Table::new()));
    for (name, value) in settings {
        if let Some(known) = known.as_table_mut() {
            let setting = known.entry(name.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Some(setting) = setting.as_table_mut() {
                setting.insert("default".into(), value.clone());
            }
        }
    }
}

fn free_days(file: &Table) -> Option<&Vec<Value>> {
    file.get("diary")?.get("free")?.as_array()
}

/// The days that the client keeps free come after the template's. What is no list there is reported where it is checked.
fn keep_free(manifest: &mut Table, days: &[Value]) {
    let diary = manifest.entry("diary").or_insert_with(|| Value::Table(Table::new()));
    let free = diary.as_table_mut().map(|diary| diary.entry("free").or_insert_with(|| Value::Array(Vec::new())));
    if let Some(free) = free.and_then(Value::as_array_mut) {
        free.extend_from_slice(days);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{MANIFEST, SCRIPT, SURVEY, sound};
    use std::{fs, path::Path};

    fn write(folder: &Path, path: &str, text: &[u8]) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_client_changes_settings_rules_and_words_and_copies_nothing() {
        let home = tempfile::tempdir().unwrap();
        for (path, bytes) in sound() {
            write(&home.path().join("template"), &path, &bytes);
        }
        let client = home.path().join("acme");
        write(
            &client,
            "client.toml",
            b"name = \"acme\"\ntemplate = \"../template\"\n[settings]\nrounds = 4\n[diary]\nfree = [2027-03-26]\n",
        );
        write(
            &client,
            "changes.toml",
            b"summary = \"Ours\"\n[diary]\nfree = [\"12-24..01-01\"]\n[matching.together]\nsolver = \"elected\"\n",
        );
        write(&client, "messages/welcome.hbs", b"Welcome\nto us");
        write(
            &home.path().join("template"),
            "words/cy.toml",
            b"save = \"Cadw\"\nhand_in = \"Anfon\"\nday = \"Dydd\"\n",
        );
        write(&client, "words/cy.toml", b"hand_in = \"Cyflwyno\"\nday = \"\"\nyear = \"Blwyddyn\"\n");
        write(&client, "rehearsals/ours.toml", b"summary = \"ours\"");
        write(&client, "surveys/half-way.toml", b"[[add]]\nname = \"acme\"\ntext = \"Ours?\"\ntype = \"text\"\n");
        let files = super::super::read_folder(&client).unwrap();
        let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
        assert_eq!(text("programme.rhai"), SCRIPT);
        let (theirs, ours): (toml::Table, toml::Table) =
            (SURVEY.parse().unwrap(), text("surveys/half-way.toml").parse().unwrap());
        assert_eq!(ours["title"], theirs["title"]);
        let (theirs, ours) = (theirs["questions"].as_array().unwrap(), ours["questions"].as_array().unwrap());
        assert_eq!(ours[..theirs.len()], theirs[..]);
        assert_eq!(ours[theirs.len()]["name"].as_str(), Some("acme"));
        assert_eq!(text("messages/welcome.hbs"), "Welcome\nto us");
        let words: toml::Table = text("words/cy.toml").parse().unwrap();
        let words: Vec<_> = words.iter().map(|(key, text)| (key.as_str(), text.as_str().unwrap())).collect();
        assert_eq!(words, [("day", "Dydd"), ("hand_in", "Cyflwyno"), ("save", "Cadw"), ("year", "Blwyddyn")]);
        let rehearsals: Vec<_> = files.keys().filter(|path| path.starts_with("rehearsals/")).collect();
        assert_eq!(rehearsals, ["rehearsals/ours.toml"]);
        let manifest: toml::Table = text("programme.toml").parse().unwrap();
        assert_eq!((manifest["name"].as_str(), manifest["summary"].as_str()), (Some("acme"), Some("Ours")));
        assert_eq!(manifest["settings"]["rounds"]["default"].as_integer(), Some(4));
        let free: Vec<_> = manifest["diary"]["free"].as_array().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(free, ["\"12-24..01-01\"", "2027-03-26"], "a client's days come after the others");
        let plan = &manifest["matching"]["together"];
        assert_eq!(plan["solver"].as_str(), Some("elected"));
        assert!(plan["rules"].is_array(), "what is not changed stays: {MANIFEST}");
    }

    #[test]
    fn a_client_without_a_template_is_told_so() {
        let home = tempfile::tempdir().unwrap();
        write(home.path(), "client.toml", b"name = \"acme\"\n");
        let error = super::super::read_folder(home.path()).unwrap_err().to_string();
        assert!(error.contains("it names no template"), "{error}");
        write(home.path(), "client.toml", b"name = \"acme\"\ntemplate = \"../nowhere\"\n");
        let error = super::super::read_folder(home.path()).unwrap_err().to_string();
        assert!(error.contains("is no template"), "{error}");
    }
}
