//! The words around surveys: every phrase is known and keeps its places, and each language of a survey has them all.

use super::Sources;
use crate::{
    document::{self, Node, Shape},
    formats,
    report::Report,
    suggest, words,
};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Diagnostic, Phrase, is_english, places};

/// Checks the files of words, by language.
pub(crate) fn check(sources: &Sources<'_>, words: &BTreeMap<&str, Node<'_>>, report: &mut Report) {
    let offered = offered(sources);
    for (language, file) in words {
        let path = file.file().as_str();
        let source = sources.texts.get(path).copied().unwrap_or_default();
        phrases(*file, source, report);
        if !offered.contains_key(language) {
            report.push(nobody(language, *file, &offered));
        }
    }
    for (language, asked) in offered.iter().filter(|(language, _)| !is_english(language)) {
        let file = words.get(language);
        let missing = file.map_or(Phrase::ALL.len(), |file| words::read(*file).untranslated().len());
        if missing > 0 {
            report.push(untranslated(language, missing, file.copied(), *asked));
        }
    }
}

/// The languages that surveys offer, each with the first place that says so.
fn offered<'d>(sources: &Sources<'d>) -> BTreeMap<&'d str, Node<'d>> {
    let mut offered = BTreeMap::new();
    for survey in sources.surveys.values() {
        let own = survey.get("default_language");
        let languages = survey.items_of("languages").into_iter().chain(own);
        let mut named = false;
        for language in languages {
            if let Some(tag) = language.text().filter(|tag| formats::language(tag).is_ok()) {
                named = true;
                offered.entry(tag).or_insert(language);
            }
        }
        if !named {
            offered.entry("en").or_insert(*survey);
        }
    }
    offered
}

fn phrases(file: Node<'_>, source: &str, report: &mut Report) {
    for (key, node) in file.entries() {
        let Some(phrase) = Phrase::ALL.iter().find(|phrase| phrase.key() == key) else {
            let help = match suggest::closest(key, Phrase::ALL.iter().map(|phrase| phrase.key())) {
                Some(known) => format!("did you mean '{known}'?"),
                None => "remove it; `turnabout survey words TAG` prints every phrase that there is".into(),
            };
            let message = format!("pages say no phrase '{}'", formats::shown(key));
            report.push(node.key_error("words::unknown_phrase", message, "unknown phrase").help(help));
            continue;
        };
        if document::check(node, &Shape::AnyText, report)
            && let Some(text) = node.text().filter(|text| !text.trim().is_empty())
        {
            in_places(*phrase, text, node, source, report);
        }
    }
}

/// Holds the places of a text against those of the English one.
fn in_places(phrase: Phrase, text: &str, node: Node<'_>, source: &str, report: &mut Report) {
    let english: BTreeSet<&str> = places(phrase.english()).collect();
    let own: BTreeSet<&str> = places(text).collect();
    let mut meant = BTreeSet::new();
    for unknown in own.difference(&english) {
        let missing: Vec<&str> = english.difference(&own).copied().collect();
        // Where one is left over on each side, it can be no other.
        let only = if let ([one], 1) = (&missing[..], own.difference(&english).count()) { Some(*one) } else { None };
        let known = suggest::closest(unknown, missing.iter().copied()).or(only);
        meant.extend(known);
        let help = match known {
            Some(known) => format!("did you mean {{{known}}}?"),
            None if english.is_empty() => "write it without braces: this phrase has no places".into(),
            None => format!("this phrase has {}", braced(english.iter().copied())),
        };
        let message = format!("nothing is filled in for {{{}}} here", formats::shown(unknown));
        let mut found = node.error("words::unknown_place", message, "unknown place").help(help);
        let span = node.span();
        let written = format!("{{{unknown}}}");
        if let (Some(at), Some(label)) =
            (source.get(span.clone()).and_then(|s| s.find(&written)), found.labels.first_mut())
        {
            label.bytes = span.start + at..span.start + at + written.len();
        }
        report.push(found);
    }
    let missing: Vec<&str> = english.difference(&own).copied().filter(|place| !meant.contains(place)).collect();
    if !missing.is_empty() {
        let message = format!("this text does not say {}", braced(missing));
        let help = format!("put it where it belongs; in English it is: {}", phrase.english());
        report.push(node.error("words::missing_place", message, "says less than the English text").help(help));
    }
}

fn braced<'p>(places: impl IntoIterator<Item = &'p str>) -> String {
    places.into_iter().map(|place| format!("{{{place}}}")).collect::<Vec<_>>().join(", ")
}

fn nobody(language: &str, file: Node<'_>, offered: &BTreeMap<&str, Node<'_>>) -> Diagnostic {
    let help = match suggest::closest(language, offered.keys().copied()) {
        Some(meant) => format!("did you mean words/{meant}.toml?"),
        None => format!("add '{language}' to the `languages` of a survey, or remove the file"),
    };
    let message = format!("no survey is there in '{}'", formats::shown(language));
    Diagnostic::warning("words::no_survey", message)
        .at(file.file().clone(), 0..0, "nobody reads these words")
        .help(help)
}

fn untranslated(language: &str, missing: usize, file: Option<Node<'_>>, asked: Node<'_>) -> Diagnostic {
    const CODE: &str = "words::untranslated";
    let all = Phrase::ALL.len();
    let command = format!("turnabout survey words {language} --template DIR --to DIR/words/{language}.toml");
    let Some(file) = file else {
        let message = format!("a survey speaks '{language}', and the {all} phrases around it are said in English");
        let help = format!("`{command}` writes a file of them to be translated");
        return asked.warning(CODE, message, "no words").help(help);
    };
    let message = format!("{missing} of {all} phrases around surveys have no words in '{language}'");
    let help = format!("`{command} --force` adds them to the file, with the English text above each");
    Diagnostic::warning(CODE, message).at(file.file().clone(), 0..0, "said in English").help(help)
}
