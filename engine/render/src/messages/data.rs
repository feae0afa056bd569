//! What a message can show: [`MessageData`] is the whole list.

use super::RecordFacts;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, Serializer, ser::SerializeMap};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Period, Value};

/// Everything a message can show, as variables by the names of these fields: `{{recipient.name}}`.
///
/// A part that a message is not about is absent: `{{#if session}}` tells, and showing it is an error, so that nobody ever
/// gets a letter with a gap in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageData {
    /// Who gets it: `recipient.name`, `recipient.role`.
    pub recipient: Person,
    /// The pair it is about: `pair`, `mentor.name`, `mentee.name`.
    #[serde(flatten)]
    pub about: About,
    /// The session it is about: `session.title`, `session.starts`, `session.lasts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionFacts>,
    /// The survey it is about: `survey.title`, `survey.closes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<SurveyFacts>,
    /// The agreement it asks to sign: `agreement.title`, `agreement.closes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementFacts>,
    /// The pause that it tells of: `pause.until`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseFacts>,
    /// What the recipient did in the programme, if they take part: `record.training_hours`, `record.sessions` and so on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordFacts>,
    /// What the run before learned, a line a point, to the coordinator of one that renews another: `lessons`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lessons: Option<String>,
    /// The programme: `programme.summary`, `programme.template`, `programme.organisation`.
    pub programme: ProgrammeFacts,
    /// Who runs it: `coordinator.name`, `coordinator.email`.
    pub coordinator: Contact,
    /// Whom to tell when something is wrong: `contact.name`, `contact.email`, `contact.link`.
    pub contact: Listener,
    /// The settings of the run: `settings.NAME`.
    #[serde(serialize_with = "settings")]
    pub settings: BTreeMap<SmolStr, Value>,
    /// Where to answer, sign or read: `link`. Made by the engine and trusted; every other link in a message is `https`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The recipient of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The full name.
    #[serde(serialize_with = "plain_name")]
    pub name: String,
    /// `mentor`, `mentee`, `coordinator`, `sponsor` or `contact`.
    pub role: SmolStr,
}

/// Somebody named in a message with an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The full name.
    #[serde(serialize_with = "plain_name")]
    pub name: String,
    /// The e-mail address.
    pub email: SmolStr,
}

/// Whom to tell when something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listener {
    /// Who it is: `contact.name`, `contact.email`.
    #[serde(flatten)]
    pub who: Contact,
    /// Where the recipient tells them: `contact.link`. Made by the engine and trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl MessageData {
    /// The links that the engine made itself.
    pub(super) fn own_links(&self) -> impl Iterator<Item = &str> {
        [&self.link, &self.contact.link].into_iter().flatten().map(String::as_str).filter(|link| !link.is_empty())
    }
}

/// The people a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The pair's id.
    pub pair: Option<SmolStr>,
    /// The mentor's name.
    pub mentor: Option<String>,
    /// The mentee's name.
    pub mentee: Option<String>,
}

/// A session in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionFacts {
    /// Its title.
    pub title: String,
    /// When it starts, in words: see [`moment`].
    pub starts: String,
    /// How long it lasts, in words.
    pub lasts: String,
}

impl SessionFacts {
    /// Puts a session into words, in the run's time zone.
    pub fn new(title: impl Into<String>, starts: Timestamp, lasts: Period, zone: &TimeZone) -> Self {
        Self { title: title.into(), starts: moment(starts, zone), lasts: lasts.to_string() }
    }
}

/// A survey in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyFacts {
    /// Its title.
    pub title: String,
    /// Until when it can be answered, in words: see [`moment`].
    pub closes: String,
}

impl SurveyFacts {
    /// Puts a survey into words, in the run's time zone.
    pub fn new(title: impl Into<String>, closes: Timestamp, zone: &TimeZone) -> Self {
        Self { title: title.into(), closes: moment(closes, zone) }
    }
}

/// An agreement in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementFacts {
    /// Its title.
    #[serde(serialize_with = "plain_name")]
    pub title: String,
    /// Until when it can be signed, in words: see [`moment`].
    pub closes: String,
}

impl AgreementFacts {
    /// Puts an agreement into words, in the run's time zone.
    pub fn new(title: impl Into<String>, closes: Timestamp, zone: &TimeZone) -> Self {
        Self { title: title.into(), closes: moment(closes, zone) }
    }
}

/// A pause of the programme in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PauseFacts {
    /// Until when, in words: a day, if it begins with that day; else see [`moment`].
    pub until: String,
}

impl PauseFacts {
    /// Puts a pause into words, in the run's time zone.
    pub fn new(until: Timestamp, zone: &TimeZone) -> Self {
        let local = zone.to_datetime(until);
        let begins_a_day = local.time() == jiff::civil::Time::midnight();
        Self { until: if begins_a_day { local.strftime("%A %-d %B %Y").to_string() } else { moment(until, zone) } }
    }
}

/// The programme in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgrammeFacts {
    /// One sentence on what it is.
    pub summary: String,
    /// The template's name.
    pub template: SmolStr,
    /// The organisation that runs it.
    pub organisation: String,
}

/// Bytes of the learning points in one message, which also holds a body of its own.
const LESSONS_BYTES: usize = 16 * 1024;

/// Puts learning points into lines, as many as fit a message, and says how many more there are; nothing if there are none.
pub fn lessons(points: &[String]) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut bytes = 0;
    for point in points {
        let line = format!("- {}", plain(point));
        bytes += line.len() + 1;
        if bytes > LESSONS_BYTES {
            lines.push(format!("- and {} more", points.len() - lines.len()));
            break;
        }
        lines.push(line);
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Puts a moment into words in a time zone: `Tuesday 3 March 2026 at 10:00`.
pub fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%A %-d %B %Y at %H:%M").to_string()
}

/// Names are the one thing that participants write themselves: they stay on one line and carry no link, so that nobody
/// can send words of their own in the programme's name.
fn plain_name<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&plain(name))
}

fn plain(name: &str) -> String {
    let one_line: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line.replace("://", " ")
}

impl Serialize for About {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(pair) = &self.pair {
            map.serialize_entry("pair", pair)?;
        }
        for (role, name) in [("mentor", &self.mentor), ("mentee", &self.mentee)] {
            if let Some(name) = name {
                map.serialize_entry(role, &BTreeMap::from([("name", plain(name))]))?;
            }
        }
        map.end()
    }
}

/// Settings as a message shows them: a period in words and not in its stored form.
pub(super) fn settings<S: Serializer>(settings: &BTreeMap<SmolStr, Value>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(settings.len()))?;
    for (name, value) in settings {
        match value {
            Value::Period(period) => map.serialize_entry(name, &period.to_string())?,
            Value::Instant(at) => map.serialize_entry(name, &at.to_string())?,
            other => map.serialize_entry(name, other)?,
        }
    }
    map.end()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::messages::variables::{GROUPS, LINK, VARIABLES};

    /// Data in which nothing is missing.
    pub(in crate::messages) fn full() -> MessageData {
        let london = TimeZone::get("Europe/London").unwrap();
        let at: Timestamp = "2026-03-03T10:00:00Z".parse().unwrap();
        MessageData {
            recipient: Person { name: "Amara Diaz".into(), role: "mentor".into() },
            about: About {
                pair: Some("pair-3".into()),
                mentor: Some("Amara Diaz".into()),
                mentee: Some("Sam Reed".into()),
            },
            session: Some(SessionFacts::new("Skills", at, Period::seconds(7200), &london)),
            agreement: Some(AgreementFacts::new("Ways of working", "2026-03-17T10:00:00Z".parse().unwrap(), &london)),
            pause: Some(PauseFacts::new("2026-09-01T00:00:00Z".parse().unwrap(), &london)),
            record: Some(
                super::super::TookPart {
                    sessions: vec![("Skills".into(), at)],
                    training_minutes: 120,
                    meetings: 4,
                    span: Some((at, at)),
                }
                .facts(&london),
            ),
            lessons: lessons(&["Begin sooner".into()]),
            survey: Some(SurveyFacts::new("Half-way", "2026-04-01T09:30:00Z".parse().unwrap(), &london)),
            programme: ProgrammeFacts {
                summary: "Half a year of reverse mentoring".into(),
                template: "harbour".into(),
                organisation: "Northshire & Harbour".into(),
            },
            coordinator: Contact { name: "Kit Moor".into(), email: "kit@example.org".into() },
            contact: Listener {
                who: Contact { name: "Ife Obi".into(), email: "ife@example.com".into() },
                link: Some("http://127.0.0.1:8080/raise".into()),
            },
            settings: BTreeMap::from([("rhythm".into(), Period::weeks(4).into()), ("rounds".into(), Value::Int(6))]),
            link: Some("http://127.0.0.1:8080/answer".into()),
        }
    }

    #[test]
    fn the_variables_are_those_of_the_data() {
        let json = serde_json::to_value(full()).unwrap();
        let mut leaves = Vec::new();
        for (group, value) in json.as_object().unwrap() {
            match value.as_object() {
                Some(_) if group == "settings" => {}
                Some(fields) => leaves.extend(fields.keys().map(|field| format!("{group}.{field}"))),
                None => leaves.push(group.clone()),
            }
        }
        let mut known: Vec<_> = VARIABLES.iter().map(ToString::to_string).chain([LINK.to_owned()]).collect();
        leaves.sort();
        known.sort();
        assert_eq!(leaves, known);
        for group in GROUPS {
            assert!(json[group].is_object(), "{group}");
        }
    }

    #[test]
    fn moments_and_periods_are_in_words() {
        let json = serde_json::to_value(full()).unwrap();
        assert_eq!(json["session"]["starts"], "Tuesday 3 March 2026 at 10:00");
        assert_eq!(json["session"]["lasts"], "2 hours");
        assert_eq!(json["survey"]["closes"], "Wednesday 1 April 2026 at 10:30");
        assert_eq!(json["settings"]["rhythm"], "4 weeks");
        assert_eq!(json["pause"]["until"], "Tuesday 1 September 2026 at 01:00");
        let london = TimeZone::get("Europe/London").unwrap();
        assert_eq!(PauseFacts::new("2026-08-31T23:00:00Z".parse().unwrap(), &london).until, "Tuesday 1 September 2026");
    }

    #[test]
    fn lessons_fit_a_message_and_the_rest_are_counted() {
        assert_eq!(lessons(&[]), None);
        let two = ["Begin sooner".to_owned(), "Ask\nfirst".to_owned()];
        assert_eq!(lessons(&two).as_deref(), Some("- Begin sooner\n- Ask first"));
        let many: Vec<_> = (0..20).map(|n| format!("{n}{}", "x".repeat(2_000))).collect();
        let shown = lessons(&many).unwrap();
        assert!(shown.len() < LESSONS_BYTES + 100 && shown.ends_with("\n- and 12 more"), "{}", shown.len());
    }

    #[test]
    fn a_name_can_carry_neither_lines_nor_links() {
        let mut data = full();
        data.recipient.name = "A\r\nSee https://bad.example".into();
        data.about.mentee = Some("javascript://x".into());
        let json = serde_json::to_value(data).unwrap();
        assert_eq!(json["recipient"]["name"], "A  See https bad.example");
        assert_eq!(json["mentee"]["name"], "javascript x");
    }
}
