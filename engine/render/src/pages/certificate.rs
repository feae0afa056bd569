//! A certificate of what somebody did in a programme: one sheet of A4, to be printed and kept.

use crate::{
    html::{self, Page},
    messages::TookPart,
};
use jiff::tz::TimeZone;
use serde_json::json;
use turnabout_model::Role;

/// What a certificate says. It has no figure about anybody else.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// Whose it is.
    pub name: String,
    /// As what they took part.
    pub role: Role,
    /// Who ran the programme.
    pub organisation: String,
    /// One sentence on the programme.
    pub summary: String,
    /// What they did.
    pub took_part: TookPart,
    /// The zone of its dates.
    pub zone: TimeZone,
}

/// The most lines of sessions on the sheet; the others are counted.
const LINES: usize = 10;

/// Writes a certificate.
pub fn certificate_page(certificate: &Certificate) -> String {
    let Certificate { name, role, organisation, summary, took_part, zone } = certificate;
    let facts = took_part.facts(zone);
    let mut lines = took_part.lines(zone);
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    let span = facts.first.as_ref().zip(facts.last.as_ref());
    html::render(
        Page::Certificate,
        &json!({
            "name": name,
            "role": role,
            "organisation": organisation,
            "summary": summary,
            "when": span.map_or_else(String::new, |(first, last)| format!("{first} to {last}")),
            "facts": [
                { "name": "Months from first to last", "value": facts.months },
                { "name": "Hours of training", "value": facts.training_hours },
                { "name": "Meetings reported", "value": facts.meetings },
            ],
            "sessions": lines,
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn a_certificate_says_who_did_what_and_is_escaped() {
        let at: Timestamp = "2026-03-04T10:00:00Z".parse().unwrap();
        let session = |n: i32| (format!("Session {n} & more"), at);
        let certificate = Certificate {
            name: "Amara <b>Diaz</b>".into(),
            role: Role::Mentor,
            organisation: "Harbour & Sons".into(),
            summary: "A year of reverse mentoring.".into(),
            took_part: TookPart {
                sessions: (1..=12).map(session).collect(),
                training_minutes: 90,
                meetings: 3,
                span: Some((at, at)),
            },
            zone: TimeZone::UTC,
        };
        let page = certificate_page(&certificate);
        for part in [
            "Amara &lt;b&gt;Diaz&lt;/b&gt;",
            "Harbour &amp; Sons",
            "as a mentor",
            "<dd>1.5</dd>",
            "Session 10 &amp; more: 4 March 2026",
            "and 2 more",
            "size: A4 landscape",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("Session 11"), "it stays on one sheet");
    }
}
