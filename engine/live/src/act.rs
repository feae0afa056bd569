//! Acts: what people and time do to a run, with the documents that go beside the journal.

use crate::{
    LiveError,
    draft::FormOf,
    form::{self, Given, Judges},
    keys,
    loaded::Loaded,
    rows::{self, ConcernRow},
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{
    decide::{Input, may_respond},
    ports::{RowChange, StoreTable},
};
use turnabout_model::{Ballot, PairId, ParticipantId, ParticipantStatus, Person, Response, RunId, SurveyMode, WaveId};
use turnabout_template::people::NewPerson;

/// Something that happens to a run, with the document that is committed beside its events.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// An input that needs no document.
    Input(Input),
    /// A person comes into the run.
    AddPerson {
        /// Who, as checked by [`crate::check_person`] or read from a list.
        person: NewPerson,
        /// Where they stand.
        status: ParticipantStatus,
    },
    /// Somebody answers a survey.
    Respond {
        /// The wave.
        wave: WaveId,
        /// Who.
        participant: ParticipantId,
        /// The answers by question.
        answers: BTreeMap<SmolStr, serde_json::Value>,
        /// The language in which to say what is wrong; the survey's own if none.
        language: Option<SmolStr>,
    },
    /// Somebody does not want their partner. Nobody is told who said so, and the two are not paired again.
    DeclinePair {
        /// The pair.
        pair: PairId,
        /// Who declines.
        by: ParticipantId,
    },
    /// Somebody says that something is wrong. The text is for the contact alone.
    RaiseConcern {
        /// Who, if they say.
        by: Option<ParticipantId>,
        /// What is wrong.
        text: String,
    },
}

impl From<Input> for Act {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

/// A promise to do a request once: the caller's key, and what the request was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The caller's key.
    pub key: SmolStr,
    /// A digest of the whole request: the same key with another one is refused.
    pub fingerprint: String,
}

/// One or more acts that happen together or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The acts, in order.
    pub acts: Vec<Act>,
    /// The promise to do it once, if the caller wants it.
    pub once: Option<Once>,
}

impl Request {
    /// Several acts together.
    pub fn all(acts: Vec<Act>) -> Self {
        Self { acts, once: None }
    }

    /// Adds the promise to do it once.
    #[must_use]
    pub fn once(mut self, once: Option<Once>) -> Self {
        self.once = once;
        self
    }
}

impl<T: Into<Act>> From<T> for Request {
    fn from(act: T) -> Self {
        Self::all(vec![act.into()])
    }
}

/// An act made ready: the input for the core and the rows beside it. People and ballots are in memory already, since
/// the decision may read them.
pub(crate) struct Prepared {
    pub(crate) input: Input,
    pub(crate) rows: Vec<RowChange>,
    pub(crate) undo: Undo,
}

/// How to take a document out of memory again when the core refuses the act.
pub(crate) enum Undo {
    Nothing,
    Person(ParticipantId),
    Ballot((WaveId, ParticipantId), Option<Ballot>),
    PersonWas(Box<Person>),
}

impl Undo {
    pub(crate) fn undo(self, loaded: &mut Loaded) {
        match self {
            Self::Nothing => {}
            Self::Person(id) => loaded.people.remove(id),
            Self::PersonWas(person) => loaded.people.put(*person),
            Self::Ballot(of, before) => loaded.people.restore_ballot(of, before),
        }
    }
}

/// Checks an act's document against the run and makes it ready.
pub(crate) fn prepare(act: &Act, loaded: &mut Loaded, judges: Judges<'_>) -> Result<Prepared, LiveError> {
    let Judges { at, limits, .. } = judges;
    let Some(run) = loaded.run.id.clone() else {
        // Only a start has no id yet, and it comes as a bare input.
        let Act::Input(input) = act else { return Err(LiveError::NeedsDocument("an act before the start")) };
        return Ok(Prepared { input: input.clone(), rows: Vec::new(), undo: Undo::Nothing });
    };
    match act {
        Act::Input(input) => {
            let needs = match input {
                Input::AddParticipant { .. } => Some("adding a participant"),
                Input::Respond { .. } => Some("a response"),
                Input::RaiseConcern => Some("a concern"),
                _ => None,
            };
            match needs {
                Some(what) => Err(LiveError::NeedsDocument(what)),
                None => Ok(Prepared { input: input.clone(), rows: Vec::new(), undo: Undo::Nothing }),
            }
        }
        Act::AddPerson { person, status } => {
            if let Some(participant) = taking_part(loaded, &person.email) {
                return Err(LiveError::AlreadyIn { email: person.email.clone(), participant });
            }
            let id = loaded.run.next_participant();
            let person = numbered(id, person);
            let row = rows::put(StoreTable::People, keys::person(&run, id), &person);
            let input = Input::AddParticipant { role: person.role, status: *status };
            loaded.people.put(person);
            Ok(Prepared { input, rows: vec![row], undo: Undo::Person(id) })
        }
        Act::Respond { wave, participant, answers, language } => {
            let of = FormOf { wave: *wave, participant: *participant };
            respond(&run, of, (answers, language.as_deref()), loaded, judges)
        }
        Act::DeclinePair { pair, by } => {
            let input = Input::declined(*pair);
            let partner = loaded.run.pair(*pair).and_then(|pair| pair.partner_of(*by));
            let Some(partner) = partner else {
                let what = smol_str::format_smolstr!("{by} in {pair}");
                return Err(LiveError::NotInRun(what));
            };
            let Some(before) = loaded.people.get(*by).cloned() else {
                return Ok(Prepared { input, rows: Vec::new(), undo: Undo::Nothing });
            };
            let mut person = before.clone();
            person.avoids.insert(partner);
            let row = rows::put(StoreTable::People, keys::person(&run, *by), &person);
            loaded.people.put(person);
            Ok(Prepared { input, rows: vec![row], undo: Undo::PersonWas(Box::new(before)) })
        }
        Act::RaiseConcern { by, text } => {
            within("the text of a concern", text, limits.concern_chars)?;
            if loaded.contacts.contact.is_none() {
                return Err(LiveError::NobodyHears);
            }
            let waiting = loaded.run.concerns.iter().filter(|concern| concern.open).count();
            if waiting >= limits.open_concerns {
                return Err(LiveError::ManyConcerns(waiting));
            }
            if let Some(by) = by.filter(|by| !loaded.run.participants.contains_key(by)) {
                return Err(LiveError::NotInRun(smol_str::format_smolstr!("{by}")));
            }
            let concern = loaded.run.next_concern();
            let row = ConcernRow { concern, raised: at, by: *by, text: text.clone() };
            let row = rows::put(StoreTable::Concerns, keys::concern(&run, concern), &row);
            Ok(Prepared { input: Input::RaiseConcern, rows: vec![row], undo: Undo::Nothing })
        }
    }
}

/// Checks answers, and keeps them: by participant, or in an anonymous survey under a number that nothing else knows.
fn respond(
    run: &RunId,
    of: FormOf,
    (answers, language): (&BTreeMap<SmolStr, serde_json::Value>, Option<&str>),
    loaded: &mut Loaded,
    judges: Judges<'_>,
) -> Result<Prepared, LiveError> {
    let FormOf { wave: id, participant } = of;
    may_respond(&loaded.run, id, participant)?;
    within_bytes(answers, judges.limits.draft_bytes)?;
    let input = Input::Respond { wave: id, participant };
    let asked = loaded.run.wave(id).and_then(|wave| Some((wave, form::survey_of(loaded, wave)?.clone())));
    let Some((wave, survey)) = asked else {
        return Err(LiveError::NotInRun(smol_str::format_smolstr!("a form for {id}")));
    };
    let given = Given { by: Some(participant), answers, language };
    let outcome = form::judge(loaded, wave, &survey, given, judges)?;
    if !outcome.problems.is_empty() {
        return Err(LiveError::Answers(outcome.problems));
    }
    let response = Response { wave: id, participant, answers: outcome.kept };
    if survey.mode == SurveyMode::Anonymous {
        let key = keys::anonymous_response(run, id, crate::start::random()?);
        let row = rows::put(StoreTable::Responses, key, &response.answers);
        return Ok(Prepared { input, rows: vec![row], undo: Undo::Nothing });
    }
    let key = keys::response(run, id, participant);
    let rows = vec![rows::put(StoreTable::Responses, key.clone(), &response), rows::delete(StoreTable::Drafts, key)];
    let before = loaded.people.put_ballot(&response, &survey);
    Ok(Prepared { input, rows, undo: Undo::Ballot((id, participant), before) })
}

/// Refuses answers that are too many or too long together.
pub(crate) fn within_bytes(answers: &BTreeMap<SmolStr, serde_json::Value>, most: usize) -> Result<(), LiveError> {
    let found = serde_json::to_vec(answers).map_or(usize::MAX, |json| json.len());
    if found <= most { Ok(()) } else { Err(LiveError::TooMuch { most, found }) }
}

/// The participant with an e-mail address who has not withdrawn.
pub(crate) fn taking_part(loaded: &Loaded, email: &str) -> Option<ParticipantId> {
    let left = |id| loaded.run.participants.get(&id).is_none_or(|p| p.status == ParticipantStatus::Withdrawn);
    loaded.people.with_email(email).map(|person| person.id).find(|id| !left(*id))
}

/// Refuses a text that is empty or too long.
pub(crate) fn within(what: &'static str, text: &str, most: usize) -> Result<(), LiveError> {
    let found = if text.trim().is_empty() { 0 } else { text.chars().count() };
    if (1..=most).contains(&found) { Ok(()) } else { Err(LiveError::Length { what, most, found }) }
}

fn numbered(id: ParticipantId, person: &NewPerson) -> Person {
    let NewPerson { role, name, email, manager, attributes, consents } = person.clone();
    Person {
        id,
        role,
        name,
        email,
        manager,
        attributes,
        consents,
        avoids: std::collections::BTreeSet::new(),
        agreed_to_contact: None,
    }
}
