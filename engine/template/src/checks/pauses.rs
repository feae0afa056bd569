//! Pauses of rehearsals last no longer than the engine lets a run be paused.

use super::Sources;
use crate::{document::Node, report::Report};
use turnabout_core::decide::LONGEST_PAUSE_WEEKS;
use turnabout_model::Period;

/// The days of the shortest months in a row, of none to six: any more are longer than a pause may be.
const LEAST_DAYS: [i64; 7] = [0, 28, 59, 89, 120, 150, 181];

pub(crate) fn check(sources: &Sources<'_>, report: &mut Report) {
    for pause in sources.rehearsals.values().flat_map(|rehearsal| rehearsal.items_of("pauses")) {
        let Some(lasts) = pause.get("lasts") else { continue };
        if lasts.text().and_then(|text| text.parse().ok()).is_some_and(is_too_long) {
            too_long(lasts, report);
        }
    }
}

/// Whether it is too long wherever it begins: what only some months make too long, the rehearsal finds.
fn is_too_long(lasts: Period) -> bool {
    let months = usize::try_from(lasts.months).unwrap_or_default();
    let Some(least) = LEAST_DAYS.get(months) else { return true };
    (least + i64::from(lasts.days)) * 86_400 + lasts.seconds > i64::from(LONGEST_PAUSE_WEEKS) * 7 * 86_400
}

fn too_long(lasts: Node<'_>, report: &mut Report) {
    let message = format!("a run is paused for {LONGEST_PAUSE_WEEKS} weeks at most");
    let help = format!(
        "write lasts = \"{LONGEST_PAUSE_WEEKS} weeks\" or less, and a second [[pauses]] that begins shortly before the first one ends"
    );
    report.push(lasts.error("rehearsal::long_pause", message, "too long").help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_in_any_month_is_known_from_the_file() {
        for (lasts, expected) in [
            ("40 weeks", true),
            ("26 weeks", false),
            ("183 days", true),
            ("6 months", false),
            ("7 months", true),
            ("100 years", true),
            ("4368 hours", false),
            ("4369 hours", true),
        ] {
            assert_eq!(is_too_long(lasts.parse().unwrap()), expected, "{lasts}");
        }
    }
}
