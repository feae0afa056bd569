//! Moments in requests, with an error that says how to write one.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, de};

/// Reads a moment: RFC 3339 with an offset.
pub(crate) fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        de::Error::custom(format!(
            "'{shown}' is no moment: write the date, the time and the offset, such as 2026-12-02T14:00:00Z or \
             2026-12-02T14:00:00+01:00"
        ))
    })
}

/// A day or a moment until which something lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// Until a day begins, wherever the run's people live.
    Day(Date),
    /// Until a moment.
    Moment(Timestamp),
}

impl Until {
    /// The moment that it is in a time zone.
    pub(crate) fn moment(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => {
                zone.to_ambiguous_zoned(day.into()).compatible().map_or(Timestamp::MAX, |at| at.timestamp())
            }
            Self::Moment(at) => at,
        }
    }
}

impl<'de> Deserialize<'de> for Until {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // A date with a time and no offset would be read as its day alone.
        let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
        day.map(Self::Day).or_else(|| text.parse().ok().map(Self::Moment)).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            de::Error::custom(format!(
                "'{shown}' is neither a day nor a moment: write for example 2026-09-01 or 2026-09-01T08:00:00+01:00"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Until, moment};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Body {
        #[serde(deserialize_with = "moment")]
        at: jiff::Timestamp,
    }

    #[test]
    fn a_date_in_words_is_told_how_to_be_written() {
        for text in ["2 December 2026", "2026-12-02T14:00", "2026-12-02", "2026-02-30T10:00:00Z", ""] {
            let error = serde_json::from_value::<Body>(serde_json::json!({ "at": text })).unwrap_err().to_string();
            assert!(error.starts_with(&format!("'{text}' is no moment: write the date")), "{error}");
        }
        let body: Body = serde_json::from_str(r#"{"at": "2026-12-02T14:00:00+01:00"}"#).unwrap();
        assert_eq!(body.at.to_string(), "2026-12-02T13:00:00Z");
    }

    #[test]
    fn a_day_begins_where_the_people_of_the_run_live() {
        let london = jiff::tz::TimeZone::get("Europe/London").unwrap();
        for (text, expect) in [
            ("2026-09-01", "2026-08-31T23:00:00Z"),
            ("2026-12-01", "2026-12-01T00:00:00Z"),
            ("2026-09-01T08:00:00+01:00", "2026-09-01T07:00:00Z"),
        ] {
            let until: Until = serde_json::from_value(serde_json::json!(text)).unwrap();
            assert_eq!(until.moment(&london).to_string(), expect, "{text}");
        }
        for text in ["September", "2026-02-30", "2026-09-01T08:00", "1 Sep 2026", ""] {
            let error = serde_json::from_value::<Until>(serde_json::json!(text)).unwrap_err().to_string();
            assert!(error.starts_with(&format!("'{text}' is neither a day nor a moment")), "{error}");
        }
    }
}
