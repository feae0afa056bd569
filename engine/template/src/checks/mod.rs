//! What one file says about another: names that must exist, values that must fit.
//!
//! The checks walk the parsed text and not the typed manifest, so that they still work when a part of it is broken.

mod agreements;
mod arguments;
mod attributes;
mod diary;
pub(crate) mod expectations;
mod gates;
mod handlers;
mod matching;
mod messages;
mod occasions;
mod pauses;
mod plugins;
mod reach;
mod rehearsals;
mod risk;
mod scripts;
mod sessions;
mod settings;
mod surveys;
mod unused;
mod words;

pub(crate) use arguments::check as check_arguments;
pub(crate) use handlers::check as check_handlers;
pub(crate) use occasions::{check as check_occasions, diagnostics as gap_diagnostics};
pub(crate) use pauses::check as check_pauses;
pub(crate) use plugins::check as check_components;
pub(crate) use reach::{MAIN, Reach, literal};
pub(crate) use risk::check_settings as check_risk;
pub(crate) use settings::accept_all;
pub(crate) use surveys::{ask_logic, check_alone as check_survey, check_logic};
pub(crate) use words::check as check_words;

use crate::{
    document::Node,
    layout::{self, Place},
    report::Report,
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{bundle::Agreement, ports::Outline, verbs::Verbs};
use turnabout_model::Setting;

/// Errors behind which a script does not go on as it is meant to.
pub(crate) const MISTYPED: [&str; 4] =
    ["script::unknown_function", "script::unknown_name", "script::unknown_verb", "script::bad_argument"];

/// What may only seem to be left over as long as one of [`MISTYPED`] is there.
pub(crate) const LEFT_OVER: [&str; 6] = [
    "setting::never_read",
    "session::never_held",
    "survey::never_sent",
    "agreement::never_signed",
    "message::never_sent",
    "script::never_called",
];

/// The parsed files of a template.
#[derive(Debug)]
pub(crate) struct Sources<'d> {
    /// `programme.toml`.
    pub manifest: Node<'d>,
    /// The surveys by name.
    pub surveys: BTreeMap<&'d str, Node<'d>>,
    /// The rehearsals by name.
    pub rehearsals: BTreeMap<&'d str, Node<'d>>,
    /// The names of the messages.
    pub messages: BTreeSet<&'d str>,
    /// The names of the agreements.
    pub agreements: BTreeSet<&'d str>,
    /// The agreements that can be read.
    pub agreement_heads: &'d BTreeMap<SmolStr, Agreement>,
    /// The verbs that scripts know beside the engine's.
    pub verbs: Verbs,
    /// All files that are text, by path.
    pub texts: &'d BTreeMap<&'d str, &'d str>,
    /// What the scripts say, if they compile.
    pub outline: Option<&'d Outline>,
    /// The settings that are sound in themselves.
    pub settings: BTreeMap<&'d str, Setting>,
}

impl<'d> Sources<'d> {
    /// Gathers what the checks need.
    pub(crate) fn new(
        manifest: Node<'d>,
        surveys: BTreeMap<&'d str, Node<'d>>,
        rehearsals: BTreeMap<&'d str, Node<'d>>,
        texts: &'d BTreeMap<&'d str, &'d str>,
        agreement_heads: &'d BTreeMap<SmolStr, Agreement>,
        outline: Option<&'d Outline>,
        verbs: Verbs,
    ) -> Self {
        let (mut messages, mut agreements) = (BTreeSet::new(), BTreeSet::new());
        for path in texts.keys() {
            match layout::place(path) {
                Place::Message(name) => drop(messages.insert(name)),
                Place::Agreement(name) => drop(agreements.insert(name)),
                _ => {}
            }
        }
        let settings = settings::sound(manifest);
        Self { manifest, surveys, rehearsals, messages, agreements, agreement_heads, verbs, texts, outline, settings }
    }

    /// The names in a section of the manifest, also of things that are broken.
    fn names(&self, section: &str) -> Vec<&'d str> {
        self.manifest.entries_of(section).into_iter().map(|(name, _)| name).collect()
    }
}

/// Checks everything.
pub(crate) fn check(sources: &Sources<'_>, report: &mut Report) {
    attributes::check(sources, report);
    settings::check(sources, report);
    diary::check(sources, report);
    sessions::check(sources, report);
    messages::check(sources, report);
    agreements::check(sources, report);
    gates::check(sources, report);
    matching::check(sources, report);
    surveys::check(sources, report);
    risk::check(sources, report);
    rehearsals::check(sources, report);
    expectations::check(sources, report);
    scripts::check(sources, report);
    unused::check(sources, report);
}
