//! A template's rehearsal as a client begins with it.

use crate::output::plain;
use std::fmt::Write as _;
use turnabout_core::rehearse::Verdict;
use turnabout_model::Expectation;

/// The rehearsal with every expectation that was not met as a comment, and how many these are.
///
/// Numbers follow from settings, and a client may want others than the template has. That the programme ends and that
/// nothing is parked stays expected.
pub(super) fn that_holds(text: &str, expectations: &[Expectation], verdicts: &[Verdict]) -> (String, usize) {
    let must = |expectation: &Expectation| {
        expectation.count.as_deref().is_some_and(|count| ["finished", "parked"].contains(&count))
    };
    let mut nth = expectations.iter().zip(verdicts);
    let (mut out, mut leaving, mut left_out) = (String::new(), false, 0);
    for line in text.lines() {
        if line.starts_with('[') {
            leaving = false;
            if line.trim() == "[[expect]]"
                && let Some((expectation, verdict)) = nth.next()
                && !verdict.met
                && !must(expectation)
            {
                leaving = true;
                left_out += 1;
                let found = plain(&verdict.found).replace('\n', " ");
                let _ = writeln!(
                    out,
                    "# Not always so with the settings of this client ({found}): say what you expect, or delete it."
                );
            }
        }
        if leaving && !line.is_empty() {
            out.push_str("# ");
        }
        out.push_str(line);
        out.push('\n');
    }
    (out, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_becomes_a_comment_and_the_end_stays_expected() {
        let text = "seed = 7\n\n[[expect]]\nsay = \"a\"\ncount = \"meetings\"\nat_least = 75\n\n[[expect]]\nsay = \"b\"\n\
                    count = \"finished\"\nis = 1\n\n[[expect]]\nsay = \"c\"\ncount = \"pairs\"\nis = 2\n";
        let plan: toml::Table = text.parse().unwrap();
        let expectations: Vec<Expectation> = plan["expect"].clone().try_into().unwrap();
        let verdict = |met| Verdict { say: "s".into(), met, found: "50 meetings".into() };
        let (got, left_out) = that_holds(text, &expectations, &[verdict(false), verdict(false), verdict(true)]);
        assert_eq!(left_out, 1);
        let parsed: toml::Table = got.parse().unwrap();
        let says: Vec<_> = parsed["expect"].as_array().unwrap().iter().map(|e| e["say"].as_str().unwrap()).collect();
        assert_eq!(says, ["b", "c"]);
        assert!(got.contains("(50 meetings)") && got.contains("# at_least = 75\n"), "{got}");
    }
}
