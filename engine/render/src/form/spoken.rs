//! What a page says around a survey, as its templates read it: each piece with its language where that is another one.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use turnabout_model::{Phrase, Piece, Said, Wording, pieces, places};

/// Something that a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Spoken {
    pub(super) text: String,
    /// Its language, if it is not that of the page.
    pub(super) lang: Option<String>,
}

impl Spoken {
    pub(super) fn of(said: Said, wording: &Wording) -> Self {
        let lang = wording.marked(&said.language).map(ToOwned::to_owned);
        Self { text: said.text, lang }
    }

    /// A phrase with what belongs in its places.
    pub(super) fn phrase(wording: &Wording, phrase: Phrase, with: &[(&str, &str)]) -> Self {
        Self::of(wording.fill(phrase, with), wording)
    }
}

/// Every phrase that needs nothing filled in, by its key.
pub(super) fn phrases(wording: &Wording) -> Json {
    let plain = Phrase::ALL.iter().copied().filter(|phrase| places(phrase.english()).next().is_none());
    let spoken = plain.map(|phrase| {
        let spoken = Spoken::phrase(wording, phrase, &[]);
        (phrase.key().to_owned(), serde_json::to_value(spoken).expect("invariant: plain data"))
    });
    spoken.collect::<Map<_, _>>().into()
}

/// A paragraph, in which a moment may be in another language than the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Paragraph {
    lang: Option<String>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Part {
    text: String,
    lang: Option<String>,
    /// The zone, if it is a moment.
    zone: Option<String>,
}

impl Paragraph {
    /// A phrase whose place `{closes}` is a moment in a zone.
    pub(super) fn until(wording: &Wording, phrase: Phrase, (closes, zone): (Timestamp, &TimeZone)) -> Self {
        let said = wording.unfilled(phrase);
        let moment = wording.moment(zone.to_datetime(closes));
        let named = zone.iana_name().unwrap_or("UTC");
        let part = |piece| match piece {
            Piece::Text(text) => Part { text: text.to_owned(), lang: None, zone: None },
            Piece::Place(_) => {
                let lang = (moment.language != said.language).then(|| moment.language.to_string());
                Part { text: moment.text.clone(), lang, zone: Some(named.to_owned()) }
            }
        };
        let parts = pieces(&said.text).map(part).collect();
        Self { lang: wording.marked(&said.language).map(ToOwned::to_owned), parts }
    }
}

impl From<Spoken> for Paragraph {
    fn from(Spoken { text, lang }: Spoken) -> Self {
        Self { lang, parts: vec![Part { text, lang: None, zone: None }] }
    }
}
