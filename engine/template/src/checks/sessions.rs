//! Sessions: an invitation goes out before its reminder.

use super::Sources;
use crate::{document::Node, report::Report};
use turnabout_model::Period;

/// Two weeks and two days: what the model takes when nothing is written.
const NOTICE: Period = Period::weeks(2);
const REMIND_BEFORE: Period = Period::days(2);

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for (name, session) in sources.manifest.entries_of("sessions") {
        if session.get("reminder").is_none() {
            if let Some(before) = session.get("remind_before") {
                report.push(
                    before
                        .warning(
                            "session::no_reminder",
                            format!("'{name}' says when to remind, but not with what"),
                            "never used",
                        )
                        .help("add `reminder = \"NAME\"` with the name of a message"),
                );
            }
            continue;
        }
        let (notice, before) = (period(session, "notice", NOTICE), period(session, "remind_before", REMIND_BEFORE));
        if let (Some(notice), Some(before)) = (notice, before)
            && roughly_seconds(before) >= roughly_seconds(notice)
        {
            let at = session.get("remind_before").or(session.get("notice")).unwrap_or(session);
            report.push(
                at.warning(
                    "session::early_reminder",
                    format!("the reminder of '{name}' ({before} before) comes no later than its invitation ({notice} before)"),
                    "too early",
                )
                .help("remind later or invite earlier"),
            );
        }
    }
}

fn period(session: Node<'_>, key: &str, default: Period) -> Option<Period> {
    match session.text_of(key) {
        Some(text) => text.parse().ok(),
        None => Some(default),
    }
}

/// Good enough to compare two lead times: a month counts thirty days.
fn roughly_seconds(period: Period) -> i64 {
    (i64::from(period.months) * 30 + i64::from(period.days)) * 86_400 + period.seconds
}
