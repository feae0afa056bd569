//! What a template's own rehearsals find out about it: journeys that were parked, messages that could not be written,
//! people who would meet before their training, and people who would get more messages than they can read; what they never
//! came to, and what only one rehearsal more does, in which everything happens that a script has a handler for.
//!
//! [`findings`] reads rehearsals that are over; it runs none.

mod gates;
mod handlers;
mod idle;
mod letters;
mod not_done;
mod pace;
mod parked;
mod stalled;
mod unmatched;
mod unreached;

use turnabout_core::{
    bundle::{Bundle, Messages, TemplateFiles},
    rehearse::Rehearsed,
};
use turnabout_model::{Diagnostic, RehearsalPlan};

pub use parked::{of_problem, word_at};

/// A rehearsal that is over, with its name.
#[derive(Debug, Clone, Copy)]
pub struct Played<'r> {
    /// Its name: the file's, without the ending.
    pub name: &'r str,
    /// What was planned.
    pub plan: &'r RehearsalPlan,
    /// What happened.
    pub rehearsed: &'r Rehearsed,
}

/// What is known of a template beside its rehearsals.
#[derive(Clone, Copy)]
pub(crate) struct About<'t> {
    bundle: &'t Bundle,
    files: &'t TemplateFiles,
}

impl About<'_> {
    /// A file's text; nothing if there is none.
    fn text(&self, path: &str) -> std::borrow::Cow<'_, str> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default()
    }
}

/// The name of the rehearsal in which handlers were tried: none that a file can have.
const TRIED: &str = "";

/// Reports what rehearsals found, each thing once, with the rehearsals in which it was found. `tried` is one of them lived
/// again by [`try_handlers`](turnabout_core::rehearse::try_handlers), if there is one: it is not held against its plan.
pub fn findings(
    bundle: &Bundle,
    played: &[Played<'_>],
    tried: Option<Played<'_>>,
    messages: &dyn Messages,
) -> Vec<Diagnostic> {
    let about = About { bundle, files: &bundle.files };
    let tried = tried.map(|tried| Played { name: TRIED, ..tried });
    let all: Vec<Played<'_>> = played.iter().copied().chain(tried).collect();
    let mut found = parked::find(about, &all);
    let unmatched = unmatched::find(about, played);
    let stops = !found.is_empty() || !unmatched.is_empty();
    found.extend(unmatched);
    found.extend(letters::find(about, &all, messages));
    found.extend(gates::find(about, played));
    found.extend(pace::find(about, played));
    let stalled = stalled::find(about, played);
    let idle = if stops || !stalled.is_empty() { None } else { idle::find(about, played) };
    // Behind a journey that stops, without a single pair, or where none meets, nothing can be come to: that only follows.
    if !stops && idle.is_none() && stalled.is_empty() {
        found.extend(not_done::find(about, played));
        found.extend(handlers::find(about, played));
        found.extend(unreached::find(about, &all));
    }
    found.extend(idle);
    found.extend(stalled);
    found
}

/// In which rehearsals: `in the rehearsal steady`, `in the rehearsals steady and hard`, `in 4 rehearsals`.
fn in_rehearsals(names: &[&str]) -> String {
    let own: Vec<&str> = names.iter().copied().filter(|name| *name != TRIED).collect();
    match own.as_slice() {
        [] if !names.is_empty() => {
            "when a concern is raised, a pair ends or somebody leaves, as the check tried".into()
        }
        [] => String::new(),
        [one] => format!("in the rehearsal {one}"),
        many if many.len() > 3 => format!("in {} rehearsals, one of them {}", many.len(), many[0]),
        [some @ .., last] => format!("in the rehearsals {} and {last}", some.join(", ")),
    }
}
