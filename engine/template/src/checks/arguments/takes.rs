//! What each verb takes, place by place: the kinds that a text can be held against.

use turnabout_core::verbs::{COMPOSITES, specs};

/// What is given at a place of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any text.
    Text,
    /// The name of something of the template.
    Name(Thing),
    /// The name of a function of the script with one parameter.
    Function,
    /// Participants, a pair or a cohort.
    People,
    /// The same, or the coordinator, the sponsor or the contact.
    Recipients,
    /// A pair.
    Pair,
    /// A pair or a participant.
    Someone,
    /// A period from now, or a moment.
    When,
    /// A period.
    Period,
    /// A moment.
    Moment,
    /// A list.
    List,
    /// True or false.
    Switch,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A map with these fields.
    Options(&'static [(&'static str, Takes)]),
    /// A closure.
    Closure,
    /// The name of a survey in which people rank people, or what sending one returned.
    Ballot,
    /// What a run alone can judge.
    Anything,
}

/// What of a template is called by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Message,
    Survey,
    Agreement,
    Session,
    Plan,
    /// A survey in which people rank people.
    Ballot,
}

/// The people whom a message can go to beside participants.
pub(in crate::checks) const WORDS: [&str; 3] = ["coordinator", "sponsor", "contact"];

const CLOSES: Takes = Takes::Options(&[("closes", Takes::When)]);
const HELD: Takes = Takes::Options(&[("on", Takes::When)]);
const SIGNED: Takes = Takes::Options(&[("closes", Takes::When), ("message", Takes::Name(Thing::Message))]);
const MATCHED: Takes = Takes::Options(&[("ballot", Takes::Ballot), ("publish", Takes::Word(&["review", "at-once"]))]);

/// What the verbs take, in order; those that take nothing are not here.
const VERBS: [(&str, &[Takes]); 19] = [
    ("recruit", &[Takes::Text, CLOSES]),
    ("hold", &[Takes::Name(Thing::Session), Takes::People, HELD]),
    ("survey", &[Takes::Name(Thing::Survey), Takes::People, CLOSES]),
    ("agree", &[Takes::Name(Thing::Agreement), Takes::Pair, SIGNED]),
    ("match_pairs", &[Takes::Name(Thing::Plan), Takes::People, MATCHED]),
    ("pairs", &[Takes::Options(&[("met", Takes::Switch)])]),
    ("end_pair", &[Takes::Pair, Takes::Text]),
    ("each", &[Takes::List, Takes::Function]),
    ("send", &[Takes::Name(Thing::Message), Takes::Recipients, Takes::Anything]),
    ("meeting", &[Takes::Pair]),
    ("signal", &[Takes::Text, Takes::Someone]),
    ("task", &[Takes::Text, Takes::List]),
    ("sleep", &[Takes::Period]),
    ("sleep_until", &[Takes::Moment]),
    ("stage", &[Takes::Text]),
    ("together", &[Takes::List]),
    ("race", &[Takes::List]),
    ("repeat_until", &[Takes::When, Takes::Closure]),
    ("every", &[Takes::Period, Takes::When, Takes::Closure]),
];

/// What a verb of the engine's takes.
pub(super) fn of_verb(verb: &str) -> Option<&'static [Takes]> {
    VERBS.iter().find(|(name, _)| *name == verb).map(|(_, takes)| *takes)
}

/// What the places of a verb are called: those that must be given, then those that may be.
pub(super) fn named(verb: &str) -> Option<(Vec<&'static str>, Vec<&'static str>)> {
    let names =
        |parameters: &'static [turnabout_core::verbs::Parameter]| parameters.iter().map(|one| one.name).collect();
    let spec = specs().find(|spec| spec.name == verb).map(|spec| (names(spec.required), names(spec.optional)));
    spec.or_else(|| COMPOSITES.iter().find(|one| one.name == verb).map(|one| (names(one.required), Vec::new())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_that_takes_something_is_here_with_every_place() {
        let known: Vec<&str> = specs().map(|spec| spec.name).chain(COMPOSITES.iter().map(|one| one.name)).collect();
        for verb in known {
            let (required, optional) = named(verb).unwrap();
            assert_eq!(of_verb(verb).unwrap_or_default().len(), required.len() + optional.len(), "{verb}");
        }
        assert!(VERBS.iter().all(|(verb, _)| named(verb).is_some()));
    }
}
