//! Verbs that a server brings of its own: what an embedder's scripts can call beside the engine's verbs.
//!
//! Such a verb keeps the core pure. It is asked once, when the step is new, and decides from its arguments alone: a value, or
//! an errand. The errand is in the journal before anybody outside hears of it, is delivered at least once, and its step waits
//! for the answer, which is an input like any other. A replay asks neither the verb nor the outside again.

use super::{Arguments, COMPOSITES, Decided, HELPERS, VerbCall, VerbError, VerbSpec, specs};
use crate::decide::Deciding;
use std::{fmt, sync::Arc};
use turnabout_model::{Event, Period, Value, Wait};

/// A verb that a server brings.
///
/// ```
/// use std::sync::Arc;
/// use turnabout_core::{
///     decide::Input,
///     verbs::{Arguments, Invented, OwnDecided, OwnVerb, Parameter, VerbError, VerbSpec, Verbs},
/// };
/// use turnabout_model::{ErrandId, Period, Value};
/// use turnabout_testkit::{Play, bundle_bringing};
///
/// /// `book_room(place)`: asks whoever keeps the rooms, and waits for the answer.
/// struct BookRoom;
///
/// impl OwnVerb for BookRoom {
///     fn spec(&self) -> VerbSpec {
///         VerbSpec {
///             name: "book_room",
///             required: &[Parameter { name: "place", holds: "text: where" }],
///             optional: &[],
///             label: Some(0),
///             immediate: false,
///             returns: "#{room}",
///             about: "Books a room and waits for the answer.",
///         }
///     }
///
///     fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError> {
///         match arguments.text(0, "the place")? {
///             "nowhere" => Ok(OwnDecided::Value(Value::Null)),
///             place => Ok(OwnDecided::Errand(Value::map([("place", place.into())]))),
///         }
///     }
///
///     fn invent(&self, _: &Value, lot: f64) -> Invented {
///         let room = if lot < 0.5 { "room 1" } else { "room 2" };
///         Invented { after: Period::days(1), answer: Value::map([("room", room.into())]) }
///     }
/// }
///
/// let verbs = Verbs::new([Arc::new(BookRoom) as Arc<dyn OwnVerb>])?;
/// let script = "fn programme(settings) { let booked = book_room(\"Leeds\"); stage(booked.room); }";
/// let mut play = Play::of_bundle(bundle_bringing(verbs, script));
/// let answer = Value::map([("room", "room 7".into())]);
/// play.must(&Input::CompleteErrand { errand: ErrandId(1), answer });
/// assert_eq!(play.stages(), ["room 7"]);
/// # Ok::<_, turnabout_core::verbs::VerbsError>(())
/// ```
pub trait OwnVerb: Send + Sync {
    /// What it is called, takes and returns: for scripts, their checks and editors.
    fn spec(&self) -> VerbSpec;

    /// Decides what it comes to. It must depend on nothing but the arguments: no clock, no file, nothing drawn.
    ///
    /// An error parks the journey that asked.
    fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError>;

    /// Invents what the outside would answer to an errand of this verb, for rehearsals and forecasts. `lot` is a number from
    /// 0 up to 1 that depends on the seed alone.
    fn invent(&self, request: &Value, lot: f64) -> Invented;
}

/// What a verb of the server's own comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnDecided {
    /// It has its value at once.
    Value(Value),
    /// Something is to be done outside; the step waits for the answer. The request goes into the journal: ids and facts,
    /// never names or addresses.
    Errand(Value),
}

/// What an invented outside answers, and how long it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Invented {
    /// How long it takes.
    pub after: Period,
    /// What it answers.
    pub answer: Value,
}

/// The verbs that a server brings. Copies share them.
#[derive(Clone, Default)]
pub struct Verbs(Vec<Arc<dyn OwnVerb>>);

/// Why a verb can't be brought.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerbsError {
    /// Scripts know the name already.
    #[error("scripts know '{0}' already: call the verb otherwise")]
    Taken(String),
    /// It is no name.
    #[error("'{0}' is no name for a verb: use small letters, digits and _, a letter first")]
    Name(String),
    /// Its label would be a parameter that it does not require.
    #[error("the label of '{0}' is none of what it requires")]
    Label(String),
    /// A verb that is brought is decided after the evaluation that asks for it, so none is immediate.
    #[error("'{0}' can't be immediate: a verb that is brought is decided after the evaluation that asks for it")]
    Immediate(String),
}

impl Verbs {
    /// Brings verbs, or says which of them can't be.
    pub fn new(verbs: impl IntoIterator<Item = Arc<dyn OwnVerb>>) -> Result<Self, VerbsError> {
        let mut all = Self::default();
        for verb in verbs {
            let VerbSpec { name, label, required, immediate, .. } = verb.spec();
            let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !(name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(letters)) {
                return Err(VerbsError::Name(name.into()));
            }
            let engines = specs().map(|spec| spec.name).chain(COMPOSITES.iter().map(|c| c.name)).chain(HELPERS);
            if engines.chain(KEYWORDS).any(|known| known == name) || all.find(name).is_some() {
                return Err(VerbsError::Taken(name.into()));
            }
            if label.is_some_and(|label| label >= required.len()) {
                return Err(VerbsError::Label(name.into()));
            }
            if immediate {
                return Err(VerbsError::Immediate(name.into()));
            }
            all.0.push(verb);
        }
        Ok(all)
    }

    /// The verb with a name.
    pub fn find(&self, name: &str) -> Option<&dyn OwnVerb> {
        self.0.iter().find(|verb| verb.spec().name == name).map(|verb| &**verb)
    }

    /// What the verbs are called, take and return.
    pub fn specs(&self) -> impl Iterator<Item = VerbSpec> {
        self.0.iter().map(|verb| verb.spec())
    }
}

impl fmt::Debug for Verbs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.specs().map(|spec| spec.name)).finish()
    }
}

/// Words that a script can't call.
const KEYWORDS: [&str; 26] = [
    "let", "const", "if", "else", "switch", "while", "loop", "for", "in", "until", "do", "continue", "break", "fn",
    "private", "this", "return", "throw", "try", "catch", "import", "export", "as", "global", "true", "false",
];

/// Decides a verb of the server's own.
pub(super) fn decide(d: &mut Deciding<'_>, verb: &dyn OwnVerb, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let name = &call.address.verb;
    let decided = verb.decide(Arguments::new(name, call.arguments))?;
    let (OwnDecided::Value(kept) | OwnDecided::Errand(kept)) = &decided;
    d.context().limits.keeps(kept).map_err(|misfit| {
        let message = format!("{name}: what it has decided can't be kept in a journal: {misfit}");
        VerbError::new("script::own_verb", message).help("Tell whoever runs this server: the verb is theirs.")
    })?;
    match decided {
        OwnDecided::Value(value) => Ok(Decided::Value(value)),
        OwnDecided::Errand(request) => {
            let errand = d.run().next_errand();
            d.emit(Event::ErrandSent { errand, verb: name.clone(), request });
            Ok(Decided::Wait(Wait::Errand(errand)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Called(VerbSpec);

    impl OwnVerb for Called {
        fn spec(&self) -> VerbSpec {
            self.0
        }
        fn decide(&self, _: Arguments<'_>) -> Result<OwnDecided, VerbError> {
            Ok(OwnDecided::Value(Value::Null))
        }
        fn invent(&self, _: &Value, _: f64) -> Invented {
            Invented { after: Period::days(1), answer: Value::Null }
        }
    }

    #[test]
    fn a_verb_that_scripts_could_not_call_is_not_brought() {
        let plain = VerbSpec {
            name: "badge",
            required: &[],
            optional: &[],
            label: None,
            immediate: false,
            returns: "",
            about: "",
        };
        let bring = |specs: &[VerbSpec]| {
            Verbs::new(specs.iter().map(|spec| Arc::new(Called(*spec)) as Arc<dyn OwnVerb>)).map(|_| ())
        };
        let named = |name| VerbSpec { name, ..plain };
        for (specs, expect) in [
            (vec![plain], Ok(())),
            (vec![plain, plain], Err(VerbsError::Taken("badge".into()))),
            (vec![named("hold")], Err(VerbsError::Taken("hold".into()))),
            (vec![named("race")], Err(VerbsError::Taken("race".into()))),
            (vec![named("random")], Err(VerbsError::Taken("random".into()))),
            (vec![named("while")], Err(VerbsError::Taken("while".into()))),
            (vec![named("Badge")], Err(VerbsError::Name("Badge".into()))),
            (vec![named("")], Err(VerbsError::Name(String::new()))),
            (vec![VerbSpec { label: Some(0), ..plain }], Err(VerbsError::Label("badge".into()))),
            (vec![VerbSpec { immediate: true, ..plain }], Err(VerbsError::Immediate("badge".into()))),
        ] {
            assert_eq!(bring(&specs), expect);
        }
    }
}
