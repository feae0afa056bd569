//! Files of words: what their translator reads about each mistake.

use super::{check, load, survey_tests::FakeLogics};
use crate::{
    testing::{FakeMessages, FakeScripts, SURVEY, print, sound},
    words_to_translate,
};
use insta::assert_snapshot;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Phrase, Wording};

/// The files of a template whose survey is in English and Welsh, with more of them.
fn bilingual(more: &[(&str, &str)]) -> TemplateFiles {
    let mut files = sound();
    let survey = SURVEY.replacen("\n[[questions]]", "\nlanguages = [\"en\", \"cy\"]\n\n[[questions]]", 1);
    files.insert("surveys/half-way.toml".into(), survey.into_bytes());
    files.extend(more.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())));
    files
}

/// What a check says of the words.
fn said(files: &TemplateFiles) -> String {
    let found = match check(files.clone(), &FakeScripts, &FakeMessages, &FakeLogics) {
        Ok((_, found)) | Err(found) => found,
    };
    let of_words = |found: &Diagnostic| {
        found.code.starts_with("words::") || found.labels.iter().any(|label| label.file.starts_with("words/"))
    };
    print(&found.into_iter().filter(of_words).collect::<Vec<_>>(), files)
}

#[test]
fn whoever_translates_reads_all_that_is_wrong_at_once() {
    let words = "hand_im = \"Cyflwyno\"\nsave = 3\nuntil = \"Tan {close}\"\nmore = \"{count} o gwestiynau\"\n\
                 thanks = \"Diolch {name}\"\nwhole_from = \"Rhif\"\n";
    let told = said(&bilingual(&[("words/cy.toml", words), ("words/cyy.toml", ""), ("words/c y.toml", "")]));
    assert_snapshot!(told, @r#"
    warning[words::no_survey] no survey is there in 'c y'
      words/c y.toml:1:1 `` nobody reads these words
      help: did you mean words/cy.toml?
    error[words::unknown_phrase] pages say no phrase 'hand_im'
      words/cy.toml:1:1 `hand_im` unknown phrase
      help: did you mean 'hand_in'?
    warning[words::untranslated] 84 of 88 phrases around surveys have no words in 'cy'
      words/cy.toml:1:1 `` said in English
      help: `turnabout survey words cy --template DIR --to DIR/words/cy.toml --force` adds them to the file, with the English text above each
    error[toml::wrong_type] this is a whole number, not text
      words/cy.toml:2:8 `3` wrong kind of value
      help: put it in quotes: "like this"
    error[words::unknown_place] nothing is filled in for {close} here
      words/cy.toml:3:14 `{close}` unknown place
      help: did you mean {closes}?
    error[words::unknown_place] nothing is filled in for {count} here
      words/cy.toml:4:9 `{count}` unknown place
      help: did you mean {more}?
    error[words::unknown_place] nothing is filled in for {name} here
      words/cy.toml:5:18 `{name}` unknown place
      help: write it without braces: this phrase has no places
    error[words::missing_place] this text does not say {least}
      words/cy.toml:6:14 `\"Rhif\"` says less than the English text
      help: put it where it belongs; in English it is: A whole number, {least} or more.
    warning[words::no_survey] no survey is there in 'cyy'
      words/cyy.toml:1:1 `` nobody reads these words
      help: did you mean words/cy.toml?
    "#);
    assert_eq!(said(&sound()), "", "a survey in English needs no words");
}

#[test]
fn a_language_that_is_offered_asks_for_its_words_until_it_has_them() {
    assert_snapshot!(said(&bilingual(&[])), @r#"
    warning[words::untranslated] a survey speaks 'cy', and the 88 phrases around it are said in English
      surveys/half-way.toml:5:20 `\"cy\"` no words
      help: `turnabout survey words cy --template DIR --to DIR/words/cy.toml` writes a file of them to be translated
    "#);
    let empty = words_to_translate("cy", &TemplateFiles::new()).unwrap();
    assert!(said(&bilingual(&[("words/cy.toml", &empty)])).starts_with("warning[words::untranslated] 88 of 88"));
    let all = Phrase::ALL.iter().map(|phrase| format!("{} = {:?}", phrase.key(), phrase.english()));
    let all = all.collect::<Vec<_>>().join("\n");
    assert_eq!(said(&bilingual(&[("words/cy.toml", &all), ("words/en.toml", "save = \"Keep\"")])), "");
}

#[test]
fn the_words_of_a_bundle_are_read_whatever_is_wrong_with_them() {
    // A run may have pinned it when nobody checked them, or when a phrase was another one.
    let words = "save = \"Cadw\"\nold = \"Hen\"\nmore = \"dim\"\nleft";
    let files = bilingual(&[("words/cy.toml", words), ("words/x y.toml", "")]);
    let (bundle, _) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    let say = |wording: Wording, phrase| wording.say(phrase).text;
    assert_eq!(say(bundle.wording(&"cy".into()), Phrase::Save), "Cadw");
    assert_eq!(say(bundle.wording(&"cy".into()), Phrase::HandIn), "Hand in");
    assert_eq!(say(bundle.wording(&"de".into()), Phrase::Save), "Save and come back later");
    let (plain, _) = load(bilingual(&[]), &FakeScripts, &FakeMessages).unwrap();
    assert_ne!(plain.hash, bundle.hash, "words are pinned with everything else");
    assert!(said(&files).contains("error[toml::syntax]"), "{}", said(&files));
}
