//! Shares of rehearsals in words.

/// A share in words that open a sentence: `Every rehearsal`, `8 in 10 rehearsals`, `No rehearsal`. It is never rounded up
/// to every one or down to none.
pub fn in_ten(such: usize, of: usize) -> String {
    if of == 0 || such == 0 {
        return "No rehearsal".into();
    }
    if such >= of {
        return "Every rehearsal".into();
    }
    match (such * 10 + of / 2) / of {
        0 => "Fewer than 1 in 10 rehearsals".into(),
        10 => "More than 9 in 10 rehearsals".into(),
        tenths => format!("{tenths} in 10 rehearsals"),
    }
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
            (1, 1000, "Fewer than 1 in 10 rehearsals", "under 1%"),
            (151, 1000, "2 in 10 rehearsals", "15%"),
            (812, 1000, "8 in 10 rehearsals", "81%"),
            (999, 1000, "More than 9 in 10 rehearsals", "over 99%"),
            (1000, 1000, "Every rehearsal", "100%"),
        ] {
            assert_eq!(in_ten(such, of), words);
            assert_eq!(percent(such, of), share);
        }
    }
}
