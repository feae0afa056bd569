//! A rehearsal's stage in the real store: invented people live a run through the live engine, for a demonstration.

use crate::{Act, Clock, Compose, Delivered, Engine, LiveError, Mail, ManualClock};
use jiff::Timestamp;
use turnabout_core::{
    decide::{Input, Refusal},
    rehearse::{Act as Rehearsed, Said, Stage, mend},
    run::Run,
};
use turnabout_model::{Event, ParticipantId, ParticipantStatus, Response, RunId};
use turnabout_template::people::NewPerson;

/// A run in the store on which a rehearsal's company acts. The engine's clock is moved to each act.
pub struct LiveStage<'a> {
    engine: &'a Engine,
    clock: ManualClock,
    id: RunId,
    /// A copy of the run: the engine's own stays under its lock.
    run: Run,
    /// How messages leave, if they do.
    post: Option<(&'a dyn Mail, &'a dyn Compose)>,
}

impl std::fmt::Debug for LiveStage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveStage").field("run", &self.id).finish_non_exhaustive()
    }
}

impl<'a> LiveStage<'a> {
    /// Takes up a run that was started. `clock` is the engine's.
    pub fn new(engine: &'a Engine, clock: ManualClock, id: RunId) -> Result<Self, LiveError> {
        let run = engine.read(&id, |of| of.run.clone())?;
        Ok(Self { engine, clock, id, run, post: None })
    }

    /// Sends messages as they are queued, at the moment of the act that queued them. Without it they wait in the
    /// outbox. The journal then has their settling too, which a rehearsal's does not.
    #[must_use]
    pub fn with_post(mut self, mail: &'a dyn Mail, compose: &'a dyn Compose) -> Self {
        self.post = Some((mail, compose));
        self
    }

    fn deliver(&mut self) -> Result<(), LiveError> {
        let Some((mail, compose)) = self.post else { return Ok(()) };
        if self.engine.deliver(mail, compose)? != Delivered::default() {
            self.run = self.engine.read(&self.id, |of| of.run.clone())?;
        }
        Ok(())
    }
}

impl Stage for LiveStage<'_> {
    type Error = LiveError;

    fn run(&self) -> &Run {
        &self.run
    }

    fn act(&mut self, at: Timestamp, act: &Rehearsed) -> Result<Result<Vec<Event>, Refusal>, LiveError> {
        self.clock.advance_to(at);
        let act = match act {
            Rehearsed::Input(input) => Act::Input(input.clone()),
            Rehearsed::Apply(member) => {
                let person = member.person(ParticipantId(0));
                let person = NewPerson {
                    role: person.role,
                    name: person.name,
                    email: person.email,
                    manager: person.manager,
                    attributes: person.attributes,
                    consents: person.consents,
                };
                Act::AddPerson { person, status: ParticipantStatus::Applied }
            }
            Rehearsed::Decline { pair, by } => Act::DeclinePair { pair: *pair, by: *by },
            Rehearsed::Answer(response) => {
                let response = self.allowed(response)?;
                let Response { wave, participant, answers } = response;
                Act::Respond { wave, participant, answers, language: None }
            }
        };
        let act = match act {
            // Invented people raise concerns without a text of their own.
            Act::Input(Input::RaiseConcern) => Act::RaiseConcern { by: None, text: "An invented concern.".into() },
            act => act,
        };
        match self.engine.submit(&self.id, act, |decision| (decision.at, decision.events.to_vec())) {
            Ok(outcome) => {
                let (at, events) = outcome.answer;
                for event in &events {
                    self.run.apply(at, event);
                }
                self.deliver()?;
                Ok(Ok(events))
            }
            Err(LiveError::Refused(refusal)) => Ok(Err(refusal)),
            Err(error) => Err(error),
        }
    }
}

impl LiveStage<'_> {
    /// Invented answers, changed until the survey's logic takes them.
    fn allowed(&self, response: &Response) -> Result<Response, LiveError> {
        let mut response = response.clone();
        let asked =
            self.engine.read(&self.id, |of| of.run.wave(response.wave).and_then(|wave| of.survey_of(wave)).cloned())?;
        let Some(survey) = &asked else { return Ok(response) };
        if survey.asks_logic() {
            let number = response.wave;
            mend(survey, &self.run, &mut response, |answers| {
                let form = self.engine.look_at_form(&self.id, number, answers, None)?;
                let wrong = form.wrong.into_iter().map(|problem| problem.question).collect();
                Ok::<_, LiveError>(Said { visible: form.visible, wrong })
            })?;
        }
        Ok(response)
    }

    /// Where the clock stands.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
