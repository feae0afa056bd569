//! What a template's own rehearsals find out about it: journeys that were parked, messages that could not be written,
//! people who would meet before their training, and people who would get more messages than they can read.
//!
//! [`findings`] reads rehearsals that are over; it runs none.

mod gates;
mod letters;
mod pace;
mod parked;

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

/// Reports what rehearsals found, each thing once, with the rehearsals in which it was found.
pub fn findings(bundle: &Bundle, played: &[Played<'_>], messages: &dyn Messages) -> Vec<Diagnostic> {
    let about = About { bundle, files: &bundle.files };
    let mut found = parked::find(about, played);
    found.extend(letters::find(about, played, messages));
    found.extend(gates::find(about, played));
    found.extend(pace::find(about, played));
    found
}

/// In which rehearsals: `in the rehearsal steady`, `in the rehearsals steady and hard`, `in 4 rehearsals`.
fn in_rehearsals(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("in the rehearsal {one}"),
        many if many.len() > 3 => format!("in {} rehearsals, one of them {}", many.len(), many[0]),
        [some @ .., last] => format!("in the rehearsals {} and {last}", some.join(", ")),
    }
}
