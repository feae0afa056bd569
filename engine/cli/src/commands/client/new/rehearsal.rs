//! A template's rehearsal as a client begins with it.

use crate::output::plain;
use std::fmt::Write as _;
use turnabout_core::rehearse::Verdict;
use turnabout_model::{ConcernPlan, DeclinePlan, Expectation, Period, RehearsalPlan, Role, WithdrawalPlan};

/// What stays expected whatever the settings are.
fn must(expectation: &Expectation) -> bool {
    expectation.count.as_deref().is_some_and(|count| ["finished", "parked"].contains(&count))
}

/// The rehearsal with every expectation that was not met as a comment, and how many these are.
///
/// Numbers follow from settings, and a client may want others than the template has. That the programme ends and that
/// nothing is parked stays expected.
pub(super) fn that_holds(text: &str, expectations: &[Expectation], verdicts: &[Verdict]) -> (String, usize) {
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

/// The rehearsal with a concern and a mentor who leaves, some days after its start, beside what else it plans; where the
/// script hears of it, a mentee declines theirs.
pub(super) fn in_which_somebody_leaves(plan: &RehearsalPlan, days: i32, declines: bool) -> RehearsalPlan {
    let after = Period::days(days);
    let mut plan = plan.clone();
    if declines {
        plan.declines.push(DeclinePlan { role: Role::Mentee, after });
    }
    plan.concerns.push(ConcernPlan { after });
    plan.withdrawals.push(WithdrawalPlan { role: Role::Mentor, after });
    plan.expect = vec![
        expected("The concern is raised", "concerns", 1),
        expected("One person leaves", "withdrawals", 1),
        expected("One pair is declined", "declines", u64::from(declines)),
        expected("It comes to its end", "finished", 1),
        expected("Nothing is parked", "parked", 0),
    ];
    plan
}

fn expected(say: &str, count: &str, is: u64) -> Expectation {
    Expectation {
        say: say.into(),
        count: Some(count.into()),
        is: Some(is),
        at_least: None,
        at_most: None,
        after: None,
        before: None,
        order: Vec::new(),
    }
}

/// The same as a file: the text of the rehearsal with that put behind it, and its expectations as far as they hold.
pub(super) fn text_in_which_somebody_leaves(
    text: &str,
    plan: &RehearsalPlan,
    days: i32,
    verdicts: &[Verdict],
) -> String {
    let mut out = String::from("# What nobody plans: somebody says that something is wrong, and a mentor leaves.\n");
    let head = text.lines().take_while(|line| line.trim() != "[[expect]]").skip_while(|line| line.starts_with('#'));
    for line in head {
        let is_summary = line.starts_with("summary = \"") && !line.contains("\"\"\"");
        out.push_str(if is_summary { "summary = \"Somebody raises a concern, and a mentor leaves.\"" } else { line });
        out.push('\n');
    }
    let _ = write!(
        out,
        "[[concerns]]\nafter = \"{days} days\"\n\n[[withdrawals]]\nrole = \"mentor\"\nafter = \"{days} days\"\n"
    );
    if !plan.declines.is_empty() {
        let _ = write!(out, "\n[[declines]]\nrole = \"mentee\"\nafter = \"{days} days\"\n");
    }
    for (expected, verdict) in plan.expect.iter().zip(verdicts) {
        let (Some(count), Some(is)) = (&expected.count, expected.is) else { continue };
        if verdict.met || must(expected) {
            let _ = write!(out, "\n[[expect]]\nsay = \"{}\"\ncount = \"{count}\"\nis = {is}\n", expected.say);
        }
    }
    out
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
