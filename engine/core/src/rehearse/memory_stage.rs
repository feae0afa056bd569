//! A stage in memory: the core itself, with people and answers in maps.

use super::{Act, CastMember, House, Stage};
use crate::{
    bundle::Bundle,
    decide::{Context, Input, Records, Refusal, decide},
    run::Run,
};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::convert::Infallible;
use turnabout_model::{Ballot, Event, ParticipantId, ParticipantStatus, Person, Response, WaveId};

/// People and answers in memory.
#[derive(Debug, Default)]
struct MemoryRecords {
    people: FxHashMap<ParticipantId, Person>,
    ballots: FxHashMap<(WaveId, ParticipantId), Ballot>,
}

/// What was there before, and over it what is invented.
struct Both<'a>(&'a MemoryRecords, Option<&'a dyn Records>);

impl Records for Both<'_> {
    fn person(&self, participant: ParticipantId) -> Option<&Person> {
        self.0.people.get(&participant).or_else(|| self.1?.person(participant))
    }

    fn ballot(&self, wave: WaveId, participant: ParticipantId) -> Ballot {
        let invented = self.0.ballots.get(&(wave, participant)).cloned();
        invented.or_else(|| Some(self.1?.ballot(wave, participant))).unwrap_or_default()
    }
}

/// A run in memory.
pub struct MemoryStage<'a> {
    bundle: &'a Bundle,
    house: House<'a>,
    run: Run,
    records: MemoryRecords,
    /// What is known of people already, of a run that goes on.
    known: Option<&'a dyn Records>,
    events: Vec<(Timestamp, Event)>,
    /// What people answered, if anybody wants to know.
    answers: Option<Vec<(Timestamp, Response)>>,
    /// Who is shown the run before every act.
    watcher: Option<&'a mut dyn FnMut(&Run)>,
}

impl<'a> MemoryStage<'a> {
    /// An empty stage for a bundle.
    pub fn new(bundle: &'a Bundle, house: House<'a>) -> Self {
        Self {
            bundle,
            house,
            run: Run::default(),
            records: MemoryRecords::default(),
            known: None,
            events: Vec::new(),
            answers: None,
            watcher: None,
        }
    }

    /// Shows somebody the run before every act.
    #[must_use]
    pub(super) fn watched_by(mut self, watcher: &'a mut dyn FnMut(&Run)) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// Lets a live run go on here, with what is known of its people. The run itself is not touched.
    #[must_use]
    pub fn going_on(mut self, run: Run, known: &'a dyn Records) -> Self {
        self.run = run;
        self.known = Some(known);
        self
    }

    /// Keeps what people answer; a thousand rehearsals have no use for it.
    #[must_use]
    pub fn keeping_answers(mut self) -> Self {
        self.answers = Some(Vec::new());
        self
    }

    /// What people answered, if it was kept.
    pub(super) fn take_answers(&mut self) -> Vec<(Timestamp, Response)> {
        self.answers.take().unwrap_or_default()
    }

    /// Lets alumni of an earlier run stand by: a start that names their roles makes them its first participants.
    #[must_use]
    pub fn with_alumni(mut self, alumni: &[CastMember]) -> Self {
        let persons = (1..).map(ParticipantId).zip(alumni).map(|(id, alumnus)| (id, alumnus.person(id)));
        self.records.people.extend(persons);
        self
    }

    /// Decides an input at a moment.
    pub fn decide(&mut self, now: Timestamp, input: &Input) -> Result<Vec<Event>, Refusal> {
        let context = Context {
            now,
            bundle: self.bundle,
            rules: self.house.rules,
            records: &Both(&self.records, self.known),
            limits: self.house.limits,
        };
        let events = decide(&mut self.run, input, context)?;
        self.events.extend(events.iter().map(|event| (now, event.clone())));
        Ok(events)
    }

    /// The run, everything that happened, and the people, by id.
    pub fn into_parts(self) -> (Run, Vec<(Timestamp, Event)>, Vec<Person>) {
        let mut people: Vec<_> = self.records.people.into_values().collect();
        people.sort_by_key(|person| person.id);
        (self.run, self.events, people)
    }
}

impl Stage for MemoryStage<'_> {
    type Error = Infallible;

    fn run(&self) -> &Run {
        &self.run
    }

    fn act(&mut self, at: Timestamp, act: &Act) -> Result<Result<Vec<Event>, Refusal>, Infallible> {
        if let Some(watcher) = &mut self.watcher {
            watcher(&self.run);
        }
        Ok(match act {
            Act::Input(input) => self.decide(at, input),
            Act::Apply(member) => {
                let id = self.run.next_participant();
                self.records.people.insert(id, member.person(id));
                let input = Input::AddParticipant { role: member.role, status: ParticipantStatus::Applied };
                let decided = self.decide(at, &input);
                if decided.is_err() {
                    self.records.people.remove(&id);
                }
                decided
            }
            Act::Decline { pair, by } => {
                if let Some(partner) = self.run.pair(*pair).and_then(|pair| pair.partner_of(*by)) {
                    let known = self.known.and_then(|known| known.person(*by));
                    if let Some(known) = known.filter(|_| !self.records.people.contains_key(by)) {
                        self.records.people.insert(*by, known.clone());
                    }
                    if let Some(person) = self.records.people.get_mut(by) {
                        person.avoids.insert(partner);
                    }
                }
                self.decide(at, &Input::declined(*pair))
            }
            Act::Answer(response) => {
                let key = (response.wave, response.participant);
                let survey = self.run.wave(response.wave).and_then(|wave| self.bundle.surveys.get(&wave.survey));
                if let Some(ballot) = survey.and_then(|survey| survey.ballot(&response.answers)) {
                    self.records.ballots.insert(key, ballot);
                }
                let decided = self.decide(at, &Input::Respond { wave: key.0, participant: key.1 });
                match (&decided, &mut self.answers) {
                    (Err(_), _) => drop(self.records.ballots.remove(&key)),
                    (Ok(_), Some(answers)) => answers.push((at, response.clone())),
                    (Ok(_), None) => {}
                }
                decided
            }
        })
    }
}
