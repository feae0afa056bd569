//! What is said of branches that are under way when their script is amended. People count them from 1.

use turnabout_core::amend::{BranchNote, UnclearBranch};

/// Where a branch is now.
pub(super) fn note(note: &BranchNote) -> String {
    match note {
        BranchNote::Known { of, from, was, now: Some((to, now)) } => {
            let (from, to) = (from.saturating_add(1), to.saturating_add(1));
            let place = if from == to { "stands where it stood".to_owned() } else { format!("is branch {to} now") };
            if was.code == now.code {
                format!("branch {from} of {of} {place}: {}", now.shown)
            } else {
                format!("branch {from} of {of} {place} and was edited: {} became {}", was.shown, now.shown)
            }
        }
        BranchNote::Known { of, from, was, now: None } => {
            format!("branch {} of {of} is gone: {}", from.saturating_add(1), was.shown)
        }
        BranchNote::Unseen(of) => {
            format!("the old script no longer comes to {of}: its branches are taken to stand where they stood")
        }
    }
}

/// A branch of which nobody can tell which one of the new script it is.
pub(super) fn problem(unclear: &UnclearBranch) -> String {
    let UnclearBranch { of, was, .. } = unclear;
    let which = format!("branch {} of {of}, {}", unclear.branch.saturating_add(1), was.shown);
    let what = match &unclear.waits {
        Some(step) => format!("{which}, waits in {step}"),
        None if unclear.is_complete => format!("{which}, is complete"),
        None => format!("{which}, is under way"),
    };
    if unclear.may_be.is_empty() {
        format!("{what}, and the new script no longer has it")
    } else {
        format!("{what}, and which branch of the new script it is can't be told")
    }
}

/// What to say of it: every branch that it may be, or that it is gone.
pub(super) fn help(unclear: &UnclearBranch) -> String {
    let let_go = if unclear.is_complete { "its value goes with it" } else { "what waits in it is let go" };
    let gone = format!("{}: {let_go}", unclear.mapping(None));
    if unclear.may_be.is_empty() {
        return format!("Put the branch back, or say that it is gone with {gone}.");
    }
    let may_be = unclear.may_be.iter().map(|(place, text)| {
        format!("{} if it is the one in line {}, {}; ", unclear.mapping(Some(*place)), text.position.line, text.shown)
    });
    format!("Say which one it is: {}or, if it is no longer there, {gone}.", may_be.collect::<String>())
}
