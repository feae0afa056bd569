//! A run under test.

use crate::{NoPlugins, bundle};
use jiff::Timestamp;
use turnabout_core::{
    amend::{Amendment, Judged},
    bundle::Bundle,
    decide::{Context, Input, Records, Refusal, Renewal, StartRun, decide},
    limits::Limits,
    ports::Rules,
    replay::Retention,
    run::Run,
};
use turnabout_model::{
    Ballot, Event, ParticipantId, ParticipantStatus, Person, Role, RunId, SignalSubject, Value, WaveId,
};

/// When every play starts: a Monday in winter, nine o'clock in London.
pub const START: &str = "2026-03-02T09:00:00Z";

struct Nobody;

impl Records for Nobody {
    fn person(&self, _: ParticipantId) -> Option<&Person> {
        None
    }

    fn ballot(&self, _: WaveId, _: ParticipantId) -> Ballot {
        Ballot::default()
    }
}

/// A run on a simulated clock, with everything that happened in it.
pub struct Play {
    bundle: Bundle,
    past: Vec<Bundle>,
    rules: Box<dyn Rules>,
    run: Run,
    now: Timestamp,
    journal: Vec<(Timestamp, Event)>,
}

/// The event as it comes back from a store.
fn stored(event: &Event) -> Event {
    let json = serde_json::to_vec(event).expect("invariant: an event is plain data with text keys");
    let event = serde_json::from_slice(&json);
    event.unwrap_or_else(|error| panic!("{} does not read back: {error}", String::from_utf8_lossy(&json)))
}

impl Play {
    /// Starts a run of a script with two mentors and two mentees who are accepted already.
    ///
    /// # Panics
    /// If the script does not compile or the run does not start.
    pub fn of(script: &str) -> Self {
        Self::of_bundle(bundle(script))
    }

    /// Starts a run of a bundle.
    ///
    /// # Panics
    /// If the run does not start.
    pub fn of_bundle(bundle: Bundle) -> Self {
        Self::started(bundle, None)
    }

    /// Starts a run of a script that renews another one, with alumni in these roles before anybody else.
    ///
    /// # Panics
    /// If the script does not compile or the run does not start.
    pub fn renewing(script: &str, alumni: &[Role]) -> Self {
        Self::started(bundle(script), Some(Renewal { run: RunId::from_bits(2), alumni: alumni.to_vec() }))
    }

    fn started(bundle: Bundle, renews: Option<Renewal>) -> Self {
        let now = START.parse().expect("invariant: the start is a timestamp");
        let mut play = Self {
            bundle,
            past: Vec::new(),
            rules: Box::new(NoPlugins),
            run: Run::default(),
            now,
            journal: Vec::new(),
        };
        let start = StartRun {
            run: RunId::from_bits(1),
            client: "test".into(),
            settings: Value::Null,
            time_zone: None,
            seed: 1,
            renews,
        };
        play.must(&Input::Start(start));
        for role in [Role::Mentor, Role::Mentor, Role::Mentee, Role::Mentee] {
            play.must(&Input::AddParticipant { role, status: ParticipantStatus::Accepted });
        }
        play
    }

    /// Plays with these rules.
    #[must_use]
    pub fn with_rules(mut self, rules: Box<dyn Rules>) -> Self {
        self.rules = rules;
        self
    }

    /// The run as it stands.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Everything that happened.
    pub fn journal(&self) -> &[(Timestamp, Event)] {
        &self.journal
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The bundle in play.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// Puts another bundle under the run, as after a fix.
    pub fn replace_bundle(&mut self, bundle: Bundle) {
        self.bundle = bundle;
    }

    /// Judges an amendment to another bundle, and changes nothing.
    pub fn judge(&self, new: &Bundle, amendment: &Amendment) -> Result<Judged, Refusal> {
        turnabout_core::amend::judge(&self.run, amendment, &self.pinned(), self.context(new))
    }

    /// Amends the run to another bundle.
    pub fn amend(&mut self, new: Bundle, amendment: &Amendment) -> Result<Vec<Event>, Refusal> {
        let mut run = self.run.clone();
        let events = turnabout_core::amend::amend(&mut run, amendment, &self.pinned(), self.context(&new))?;
        self.run = run;
        self.journal.extend(events.iter().map(|event| (self.now, event.clone())));
        self.past.push(std::mem::replace(&mut self.bundle, new));
        Ok(events)
    }

    /// Every bundle that the run has pinned, the present one last.
    fn pinned(&self) -> Vec<&Bundle> {
        self.past.iter().chain([&self.bundle]).collect()
    }

    /// What a decision under a bundle may depend on.
    pub fn context<'c>(&'c self, bundle: &'c Bundle) -> Context<'c> {
        Context { now: self.now, bundle, rules: &*self.rules, records: &Nobody, limits: Limits::standard() }
    }

    /// Lets something happen now.
    pub fn input(&mut self, input: &Input) -> Result<Vec<Event>, Refusal> {
        let context = Context {
            now: self.now,
            bundle: &self.bundle,
            rules: &*self.rules,
            records: &Nobody,
            limits: Limits::standard(),
        };
        let events = decide(&mut self.run, input, context)?;
        self.journal.extend(events.iter().map(|event| (self.now, event.clone())));
        Ok(events)
    }

    /// Lets something happen that must not be refused.
    ///
    /// # Panics
    /// If it is refused.
    pub fn must(&mut self, input: &Input) -> Vec<Event> {
        self.input(input).unwrap_or_else(|refusal| panic!("{input:?} was refused: {refusal}"))
    }

    /// Sends a signal to the run.
    pub fn signal(&mut self, name: &str, key: &str) -> Vec<Event> {
        let payload = Value::map([("key", key.into())]);
        self.must(&Input::Signal { name: name.into(), subject: SignalSubject::Run, key: key.into(), payload })
    }

    /// Moves the clock to a moment, letting everything happen that falls due on the way, each at its time.
    ///
    /// # Panics
    /// If the moment can't be read.
    pub fn until(&mut self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a timestamp such as 2026-03-02T09:00:00Z");
        while let Some(due) = self.run.next_due().filter(|due| *due <= moment) {
            self.now = self.now.max(due);
            if self.must(&Input::Tick).is_empty() {
                break;
            }
        }
        self.now = moment;
    }

    /// Moves the clock at once, as after an outage: one tick finds everything that is due.
    ///
    /// # Panics
    /// If the moment can't be read.
    pub fn jump(&mut self, moment: &str) -> Vec<Event> {
        self.now = moment.parse().expect("a timestamp such as 2026-03-02T09:00:00Z");
        self.must(&Input::Tick)
    }

    /// Throws the run away and folds it again from its journal, as after a restart.
    pub fn restart(&mut self) {
        self.run = self.folded(Retention::Open);
    }

    /// The same play as after a restart: the run is folded from its journal.
    pub fn restarted(of: &Self) -> Self {
        Self {
            bundle: of.bundle.clone(),
            past: of.past.clone(),
            rules: Box::new(NoPlugins),
            run: of.folded(Retention::Open),
            now: of.now,
            journal: of.journal.clone(),
        }
    }

    /// The run as its journal tells it, once written and read back.
    ///
    /// # Panics
    /// If an event does not read back.
    pub fn folded(&self, retention: Retention) -> Run {
        let mut run = Run::new(retention);
        for (at, event) in &self.journal {
            run.apply(*at, &stored(event));
        }
        run
    }

    /// The stages that the script noted, in order.
    pub fn stages(&self) -> Vec<&str> {
        self.run.stages.iter().map(|(_, stage)| stage.as_str()).collect()
    }

    /// The code of the problem for which the first parked journey is parked.
    pub fn parked(&self) -> Option<&turnabout_model::Problem> {
        self.run.journeys.iter().find_map(|journey| journey.problem())
    }
}
