//! The words around a survey's own texts, in the language in which somebody reads it: English, or what a template brings.

mod phrase;
mod places;

pub use phrase::Phrase;
pub use places::{Piece, pieces, places};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, ToSmolStr as _};
use std::collections::{BTreeMap, BTreeSet};

/// The language of what nobody has translated.
const ENGLISH: &str = "en";

/// The bytes of a language's tag at most.
const MOST_OF_TAG: usize = 60;

/// Tells whether a text can be a language's tag: `cy`, `pt-BR`, or a name as spreadsheets have it, `Haitian-Creole`. It has
/// letters and digits in parts with a hyphen between them, two signs or more in the first, which begins with a letter; 60 bytes
/// at most. Whether anybody speaks it is not asked.
///
/// ```
/// use turnabout_model::is_language_tag;
///
/// assert!(["en", "pt-BR", "Haitian-Creole", "Français"].into_iter().all(is_language_tag));
/// assert!(!["", "e", "Welsh (cy)", "cy-", "c--y", "42"].into_iter().any(is_language_tag));
/// ```
pub fn is_language_tag(text: &str) -> bool {
    let first = text.split('-').next().unwrap_or_default();
    let part = |part: &str| !part.is_empty() && part.chars().all(char::is_alphanumeric);
    text.len() <= MOST_OF_TAG
        && text.split('-').all(part)
        && first.starts_with(char::is_alphabetic)
        && first.chars().count() > 1
}

/// The words of one language, from `words/TAG.toml`: texts by the key of a [`Phrase`]. Keys that no phrase has are kept and
/// never said, so that what a run has pinned reads for ever.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words {
    texts: BTreeMap<SmolStr, String>,
}

impl Words {
    /// Words by the keys of their phrases.
    pub fn new(texts: BTreeMap<SmolStr, String>) -> Self {
        Self { texts }
    }

    /// The text of a phrase; nothing if it is not there, says nothing, or has not the places of the English text.
    pub fn get(&self, phrase: Phrase) -> Option<&str> {
        let text = self.texts.get(phrase.key())?.trim();
        let fits = || places(text).collect::<BTreeSet<_>>() == places(phrase.english()).collect();
        (!text.is_empty() && fits()).then_some(text)
    }

    /// The phrases that have no text at all.
    pub fn untranslated(&self) -> Vec<Phrase> {
        let said = |phrase: &Phrase| self.texts.get(phrase.key()).is_some_and(|text| !text.trim().is_empty());
        Phrase::ALL.iter().copied().filter(|phrase| !said(phrase)).collect()
    }
}

/// Something that is said, and the language that it is said in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their language: a tag such as `en` or `cy`.
    pub language: SmolStr,
}

/// How a page speaks to somebody: in their language as far as there are words for it, otherwise in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    language: SmolStr,
    words: Option<Words>,
}

impl Wording {
    /// Speaks a language with the words that there are for it, if any.
    pub fn new(language: impl Into<SmolStr>, words: Option<Words>) -> Self {
        Self { language: language.into(), words }
    }

    /// The language of the survey's own texts.
    pub fn language(&self) -> &SmolStr {
        &self.language
    }

    /// The language of the page around them: theirs if there are words for it, otherwise English.
    pub fn around(&self) -> &str {
        if self.words.is_some() || is_english(&self.language) { &self.language } else { ENGLISH }
    }

    /// A language to mark something by on the page; nothing if it goes without saying.
    pub fn marked<'l>(&self, language: &'l str) -> Option<&'l str> {
        let around = self.around();
        (language != around && !(is_english(language) && is_english(around))).then_some(language)
    }

    /// Says a phrase that has no places.
    pub fn say(&self, phrase: Phrase) -> Said {
        self.fill(phrase, &[])
    }

    /// Says a phrase with what belongs in its places, by their names.
    pub fn fill(&self, phrase: Phrase, with: &[(&str, &str)]) -> Said {
        let Said { text, language } = self.unfilled(phrase);
        Said { text: filled(&text, with), language }
    }

    /// A phrase with its places still open.
    pub fn unfilled(&self, phrase: Phrase) -> Said {
        match self.own(phrase) {
            Some(text) => self.said(text),
            None => english(phrase.english()),
        }
    }

    /// Says two phrases one behind the other, with a semicolon between; in English if one of them has no other words.
    pub fn join(&self, phrases: [(Phrase, &[(&str, &str)]); 2]) -> Said {
        let [one, other] = phrases;
        let text = |(phrase, with): (Phrase, &[(&str, &str)])| Some(filled(self.own(phrase)?, with));
        if let (Some(one), Some(other)) = (text(one), text(other)) {
            return self.said(format!("{one}; {other}"));
        }
        let [one, other] = [one, other].map(|(phrase, with)| filled(phrase.english(), with));
        english(format!("{one}; {other}"))
    }

    /// Says a day with its time.
    pub fn moment(&self, at: DateTime) -> Said {
        // Both count from nought.
        let weekday = WEEKDAYS[at.weekday().to_monday_zero_offset().unsigned_abs() as usize];
        let month = MONTHS[at.month().unsigned_abs() as usize - 1];
        let own = [Phrase::Moment, weekday, month].map(|phrase| self.own(phrase));
        let write = |[moment, weekday, month]: [&str; 3]| {
            let (day, year) = (at.day().to_smolstr(), at.year().to_smolstr());
            let time = at.strftime("%H:%M").to_smolstr();
            let with = [("weekday", weekday), ("day", &day), ("month", month), ("year", &year), ("time", &time)];
            filled(moment, &with)
        };
        match own {
            [Some(moment), Some(weekday), Some(month)] => self.said(write([moment, weekday, month])),
            _ => english(write([Phrase::Moment, weekday, month].map(Phrase::english))),
        }
    }

    fn own(&self, phrase: Phrase) -> Option<&str> {
        self.words.as_ref().and_then(|words| words.get(phrase))
    }

    fn said(&self, text: impl Into<String>) -> Said {
        Said { text: text.into(), language: self.language.clone() }
    }
}

impl Default for Wording {
    fn default() -> Self {
        Self::new(ENGLISH, None)
    }
}

/// Tells whether a language is English, which needs no words: `en`, `en-GB`.
pub fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(ENGLISH))
}

fn english(text: impl Into<String>) -> Said {
    Said { text: text.into(), language: SmolStr::new_static(ENGLISH) }
}

fn filled(text: &str, with: &[(&str, &str)]) -> String {
    let value = |place: &str| with.iter().find(|(name, _)| *name == place).map(|(_, value)| *value);
    let piece = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Place(place) => value(place).unwrap_or_default(),
    };
    pieces(text).map(piece).collect()
}

/// From Monday on.
const WEEKDAYS: [Phrase; 7] = [
    Phrase::Monday,
    Phrase::Tuesday,
    Phrase::Wednesday,
    Phrase::Thursday,
    Phrase::Friday,
    Phrase::Saturday,
    Phrase::Sunday,
];

/// From January on.
const MONTHS: [Phrase; 12] = [
    Phrase::January,
    Phrase::February,
    Phrase::March,
    Phrase::April,
    Phrase::May,
    Phrase::June,
    Phrase::July,
    Phrase::August,
    Phrase::September,
    Phrase::October,
    Phrase::November,
    Phrase::December,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn welsh(texts: &[(&str, &str)]) -> Wording {
        let texts = texts.iter().map(|(key, text)| ((*key).into(), (*text).to_owned())).collect();
        Wording::new("cy", Some(Words::new(texts)))
    }

    #[test]
    fn what_is_not_translated_is_said_in_english_and_known_as_that() {
        let wording = welsh(&[
            ("hand_in", "Cyflwyno"),
            ("until", "Gallwch ateb tan {closes}."),
            ("save", " "),
            ("more", "Mae {mor} cwestiwn arall."),
            ("no_such", "x"),
        ]);
        let said = |phrase, with: &[(&str, &str)]| {
            let said = wording.fill(phrase, with);
            format!("{}: {}", said.language, said.text)
        };
        assert_eq!(said(Phrase::HandIn, &[]), "cy: Cyflwyno");
        assert_eq!(said(Phrase::Until, &[("closes", "{x} fory")]), "cy: Gallwch ateb tan {x} fory.");
        assert_eq!(said(Phrase::Save, &[]), "en: Save and come back later", "a text that says nothing");
        assert!(said(Phrase::More, &[("more", "3")]).starts_with("en: There are 3 more"), "a place that it has not");
        let untranslated = Words::new(BTreeMap::from([("hand_in".into(), "x".into())])).untranslated();
        assert!(untranslated.len() == Phrase::ALL.len() - 1 && !untranslated.contains(&Phrase::HandIn));
    }

    #[test]
    fn a_page_is_in_the_language_that_there_are_words_for() {
        let marked = |language: &str, words: Option<Words>| {
            let wording = Wording::new(language, words);
            let [own, english] = [language, "en"].map(|tag| wording.marked(tag).map(ToOwned::to_owned));
            (wording.around().to_owned(), own, english)
        };
        let some = |tag: &str| Some(tag.to_owned());
        assert_eq!(marked("cy", Some(Words::default())), ("cy".into(), None, some("en")));
        assert_eq!(marked("cy", None), ("en".into(), some("cy"), None));
        assert_eq!(marked("en-GB", None), ("en-GB".into(), None, None));
        assert!(!is_english("enm") && is_english("en"));
    }

    #[test]
    fn a_moment_and_two_phrases_in_one_are_of_one_language() {
        let at: DateTime = "2026-03-03T10:05".parse().unwrap();
        let moment = "{weekday} {day} {month} {year} am {time}";
        let wording = welsh(&[("moment", moment), ("tuesday", "Mawrth"), ("too_small", "mae'n rhy fach")]);
        assert_eq!(wording.moment(at), english("Tue 3 Mar 2026, 10:05"), "the month has no word");
        let small = [(Phrase::TooSmall, &[] as &[_]), (Phrase::WriteWholeFrom, &[("least", "2")])];
        assert_eq!(wording.join(small), english("the number is too small; write a whole number of at least 2"));
        let wording = welsh(&[("moment", moment), ("tuesday", "Maw"), ("march", "Maw")]);
        assert_eq!(wording.moment(at), wording.said("Maw 3 Maw 2026 am 10:05"));
        let wording = welsh(&[("too_small", "mae'n rhy fach"), ("write_whole_from", "{least} neu fwy")]);
        assert_eq!(wording.join(small), wording.said("mae'n rhy fach; 2 neu fwy"));
    }

    #[test]
    fn every_phrase_has_a_key_of_its_own_and_something_for_its_translator() {
        let keys: BTreeSet<&str> = Phrase::ALL.iter().map(|phrase| phrase.key()).collect();
        assert_eq!(keys.len(), Phrase::ALL.len());
        for phrase in Phrase::ALL {
            let key = phrase.key();
            assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{key}");
            assert!(phrase.about().ends_with('.') && !phrase.english().is_empty(), "{key}");
        }
        for number in 1..=12 {
            let at = jiff::civil::date(2026, number, 1).at(0, 0, 0, 0);
            let english = Wording::default().moment(at).text;
            assert_eq!(english, at.strftime("%a %-d %b %Y, %H:%M").to_string());
        }
    }
}
