//! Moments in requests, with an error that says how to write one.

use jiff::Timestamp;
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

#[cfg(test)]
mod tests {
    use super::moment;
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
}
