//! The names of a form's fields, and what is read from them.
//!
//! A field has the name of its question or statement. Where one answer takes several fields, what comes after a colon
//! tells them apart: no name in a survey has one.

use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Choice, Item, QuestionKind, Survey};

/// The field with the names of everything that was shown.
pub(super) const SEEN: &str = ":seen";
/// The field with the mark of what was kept when the page was made.
pub(super) const KEPT: &str = ":kept";
/// The field of the buttons that hand in and keep.
pub(super) const DO: &str = ":do";
/// The value of the button that keeps the answers for later.
pub(super) const KEEP: &str = "keep";
/// The field with the language of the page.
pub(super) const LANGUAGE: &str = ":language";
/// The field of the buttons that show the page in another language.
pub(super) const TO: &str = ":to";

/// What somebody wants to be done with what they sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// Hand it in.
    #[default]
    HandIn,
    /// Keep it for later.
    Keep,
    /// Show it in another language.
    Language,
}

/// What somebody sent with the form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posted {
    /// The answers; those that were left empty are not among them.
    pub answers: BTreeMap<SmolStr, Json>,
    /// The questions that were on the page.
    pub seen: BTreeSet<SmolStr>,
    /// The mark of what was kept when the page was made; empty if nothing was.
    pub kept: String,
    /// What is to be done.
    pub wish: Wish,
    /// The language to go on in.
    pub language: Option<SmolStr>,
}

/// Reads what a browser sent. Fields that the survey does not have are left out; what is no number or date stays as it was
/// typed, for the survey to say so.
pub fn read_posted(survey: &Survey, fields: &[(String, String)]) -> Posted {
    let last = |name: &str| fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let sent = Fields { fields };
    let items = survey.items();
    let asked = items.iter().filter(|item| item.question.calculation.is_none());
    let to = last(TO);
    Posted {
        answers: asked.filter_map(|item| Some((item.name.clone(), sent.answer(item)?))).collect(),
        seen: last(SEEN).unwrap_or_default().split_whitespace().map(SmolStr::new).collect(),
        kept: last(KEPT).unwrap_or_default().to_owned(),
        wish: match (to, last(DO)) {
            (Some(_), _) => Wish::Language,
            (None, Some(KEEP)) => Wish::Keep,
            (None, _) => Wish::HandIn,
        },
        language: to.or(last(LANGUAGE)).filter(|language| !language.is_empty()).map(SmolStr::new),
    }
}

/// The fields that were sent, in order.
struct Fields<'f> {
    fields: &'f [(String, String)],
}

impl<'f> Fields<'f> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    fn one(&self, name: &str) -> Option<&'f str> {
        self.all(name).last().filter(|value| !value.is_empty())
    }

    fn answer(&self, item: &Item<'_>) -> Option<Json> {
        let name = item.name.as_str();
        match &item.question.kind {
            QuestionKind::Single { .. } => self.one(name).map(Json::from),
            // Browsers send line ends as two characters.
            QuestionKind::Text => self.one(name).map(|text| text.replace("\r\n", "\n").into()),
            QuestionKind::Likert { .. } | QuestionKind::Integer { .. } => self.one(name).map(whole_number),
            QuestionKind::Decimal { .. } => self.one(name).map(number),
            QuestionKind::Multiple { .. } | QuestionKind::Avoid => {
                let picked: Vec<&str> = self.all(name).filter(|value| !value.is_empty()).collect();
                (!picked.is_empty()).then(|| picked.into())
            }
            QuestionKind::Date => self.date(name),
            QuestionKind::Ranking { choices } => self.places(name, choices),
            QuestionKind::Note | QuestionKind::Group { .. } | QuestionKind::Calculate => None,
        }
    }

    fn date(&self, name: &str) -> Option<Json> {
        let parts = ["year", "month", "day"].map(|part| self.one(&part_of(name, part)).unwrap_or_default());
        if parts.iter().all(|part| part.is_empty()) {
            return None;
        }
        let [year, month, day] = parts;
        let digits =
            |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        Some(if year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2) {
            format!("{year}-{month:0>2}-{day:0>2}").into()
        } else {
            // No date, whatever it may mean: kept in its parts.
            [day, month, year].map(|part| part.replace('/', " ")).join("/").into()
        })
    }

    /// What was given a place, the first place first. Alone in its place it stands for itself, with others in a list.
    fn places(&self, name: &str, choices: &[Choice]) -> Option<Json> {
        let within = part_of(name, "");
        let mut places = BTreeMap::<u32, Vec<&str>>::new();
        for (field, value) in self.fields {
            let (Some(what), Ok(place)) = (field.strip_prefix(&within), value.trim().parse()) else { continue };
            if choices.is_empty() || choices.iter().any(|choice| choice.name == what) {
                places.entry(place).or_default().push(what);
            }
        }
        let place = |held: Vec<&str>| if let [alone] = held[..] { Json::from(alone) } else { held.into() };
        (!places.is_empty()).then(|| places.into_values().map(place).collect())
    }
}

/// The name of a field that holds a part of an answer.
pub(super) fn part_of(name: &str, part: &str) -> String {
    format!("{name}:{part}")
}

/// A number as people write it: with a point or a comma, a sign, spaces between thousands. The text itself if it is none, or if
/// it has more digits than a number keeps.
fn number(text: &str) -> Json {
    let mut plain = plainly(text);
    if plain.matches([',', '.']).count() == 1 {
        plain = plain.replace(',', ".");
    }
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let exact = plain.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b)) && digits <= 17;
    if let Ok(whole) = plain.parse::<i64>() {
        return whole.into();
    }
    let value = plain.parse().ok().filter(|_| exact).and_then(serde_json::Number::from_f64);
    value.map_or_else(|| text.into(), Json::Number)
}

/// A whole number as people write it, with nothing behind the point if there is one.
fn whole_number(text: &str) -> Json {
    let plain = plainly(text);
    let whole = plain.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map(|(whole, _)| whole);
    whole.unwrap_or(&plain).parse::<i64>().map_or_else(|_| text.into(), Json::from)
}

fn plainly(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.strip_prefix('+').unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn survey() -> Survey {
        serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "agree", "type": "likert", "statements": [
                { "name": "heard", "label": "h" }, { "name": "safe", "label": "s" }] },
            { "name": "site", "type": "single", "choices": ["north", "south"] },
            { "name": "days", "type": "multiple", "choices": ["mon", "tue"] },
            { "name": "more", "type": "text" },
            { "name": "years", "type": "integer" },
            { "name": "hours", "type": "decimal" },
            { "name": "since", "type": "date" },
            { "name": "mentors", "type": "ranking" },
            { "name": "drinks", "type": "ranking", "choices": ["tea", "coffee"] },
            { "name": "not", "type": "avoid" },
            { "name": "sum", "type": "integer", "calculation": "1 + 1" } ] }))
        .unwrap()
    }

    fn read(fields: &[(&str, &str)]) -> Posted {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        read_posted(&survey(), &fields)
    }

    #[test]
    fn what_is_sent_becomes_answers() {
        let posted = read(&[
            ("heard", "4"),
            ("safe", ""),
            ("site", "north"),
            ("days", "tue"),
            ("days", "mon"),
            ("more", " one\r\ntwo "),
            ("years", "7"),
            ("hours", "2.5"),
            ("since:day", "3"),
            ("since:month", "2"),
            ("since:year", "2026"),
            ("mentors:person-4", "2"),
            ("mentors:person-7", ""),
            ("mentors:person-9", "1"),
            ("mentors:person-5", "2"),
            ("drinks:coffee", "1"),
            ("drinks:tea", "3"),
            ("drinks:water", "2"),
            ("not", "person-2"),
            ("sum", "9"),
            ("colour", "red"),
            (":seen", "heard safe site"),
            (":do", "keep"),
            (":kept", "0123"),
            (":language", "cy"),
        ]);
        let expect = json!({
            "heard": 4, "site": "north", "days": ["tue", "mon"], "more": "one\ntwo", "years": 7, "hours": 2.5,
            "since": "2026-02-03", "mentors": ["person-9", ["person-4", "person-5"]], "drinks": ["coffee", "tea"],
            "not": ["person-2"],
        });
        assert_eq!(serde_json::to_value(&posted.answers).unwrap(), expect);
        assert_eq!((posted.seen.len(), posted.wish, posted.language.as_deref()), (3, Wish::Keep, Some("cy")));
        assert_eq!(posted.kept, "0123");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (years, hours, expect) in [
            ("007", ".5", json!({ "years": 7, "hours": 0.5 })),
            ("+5", "1,5", json!({ "years": 5, "hours": 1.5 })),
            ("1 000", "1\u{a0}000.25", json!({ "years": 1000, "hours": 1000.25 })),
            ("5.0", "-0", json!({ "years": 5, "hours": 0 })),
            ("seven", "1e3", json!({ "years": "seven", "hours": "1e3" })),
            ("1,5", "1,000.5", json!({ "years": "1,5", "hours": "1,000.5" })),
            ("5.5", "0.1234567890123456789", json!({ "years": "5.5", "hours": "0.1234567890123456789" })),
            ("99999999999999999999", "inf", json!({ "years": "99999999999999999999", "hours": "inf" })),
        ] {
            let posted = read(&[("years", years), ("hours", hours)]);
            assert_eq!(serde_json::to_value(&posted.answers).unwrap(), expect);
        }
    }

    #[test]
    fn what_is_no_date_stays_in_its_parts() {
        for (day, month, year, expect) in [
            ("3", "2", "2026", "2026-02-03"),
            ("31", "2", "2026", "2026-02-31"),
            ("3", "2", "26", "3/2/26"),
            ("2026-02-03", "", "", "2026-02-03//"),
            ("3/2", "May", "2026", "3 2/May/2026"),
        ] {
            let posted = read(&[("since:day", day), ("since:month", month), ("since:year", year)]);
            assert_eq!(posted.answers["since"], json!(expect));
        }
    }

    #[test]
    fn another_language_goes_before_everything_else() {
        let posted = read(&[(":do", "hand-in"), (":language", "en"), (":to", "cy"), ("mentors:person-1", "first")]);
        assert_eq!((posted.wish, posted.language.as_deref(), posted.answers.len()), (Wish::Language, Some("cy"), 0));
    }

    #[test]
    fn an_empty_form_has_no_answers() {
        assert_eq!(read(&[("more", "  "), ("since:day", ""), ("days", ""), (":do", "hand-in")]), Posted::default());
    }
}
