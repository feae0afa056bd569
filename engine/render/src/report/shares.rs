//! Shares of rehearsals in words.

use crate::html::words;

/// A share that opens a sentence: `Every rehearsal`, `5% of rehearsals`, `No rehearsal`. It is never rounded up to every one
/// or down to none.
pub fn of_rehearsals(such: usize, of: usize) -> String {
    if of == 0 || such == 0 {
        return "No rehearsal".into();
    }
    if such >= of {
        return "Every rehearsal".into();
    }
    format!("{} of rehearsals", words::capital(&percent(such, of)))
}

/// A share as a percentage that says 0% and 100% only where they are true.
pub(super) fn percent(such: usize, of: usize) -> String {
    if of == 0 {
        return "none".into();
    }
    match (such * 100 + of / 2) / of {
        0 if such > 0 => "under 1%".into(),
        100 if such < of => "over 99%".into(),
        percent => format!("{percent}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_to_all_or_nothing() {
        for (such, of, words, share) in [
            (0, 0, "No rehearsal", "none"),
            (0, 1000, "No rehearsal", "0%"),
            (1, 1000, "Under 1% of rehearsals", "under 1%"),
            (10, 200, "5% of rehearsals", "5%"),
            (69, 1000, "7% of rehearsals", "7%"),
            (151, 1000, "15% of rehearsals", "15%"),
            (812, 1000, "81% of rehearsals", "81%"),
            (999, 1000, "Over 99% of rehearsals", "over 99%"),
            (1000, 1000, "Every rehearsal", "100%"),
        ] {
            assert_eq!(of_rehearsals(such, of), words);
            assert_eq!(percent(such, of), share);
        }
    }
}
