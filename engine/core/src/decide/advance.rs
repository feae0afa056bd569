//! Wakes: each journey that can go on is evaluated from the top, and what it asked for is decided.

use super::Deciding;
use crate::{
    ports::{ScriptCall, ScriptEnd},
    replay::{Asked, Memory, Mode, Replay, Retention},
    verbs::{self, Decided, VerbCall, VerbError},
};
use rustc_hash::FxHashSet;
use turnabout_model::{Event, JourneyCause, JourneyId, Position, Problem, StepKey, Value, Wait};

impl Deciding<'_> {
    /// Wakes journeys until every one of them waits, has ended or is parked.
    pub(super) fn advance(&mut self) {
        while let Some(journey) = self.runnable.pop_front() {
            if self.run.is_over() {
                return;
            }
            // At the end of a pause every journey is woken.
            if self.run.journey(journey).is_some_and(|journey| self.run.stands_still(journey)) {
                continue;
            }
            let wakes = self.wakes.entry(journey).or_insert(0);
            *wakes += 1;
            if *wakes > self.context.limits.wakes_per_input {
                self.park(journey, runaway(self.context.limits.wakes_per_input));
                continue;
            }
            self.wake(journey);
        }
        self.finish_if_done();
    }

    /// Evaluates one journey over its memory and decides what it asked for.
    fn wake(&mut self, id: JourneyId) {
        let context = self.context;
        let (seed, clock) = (self.run.seed_of(id), self.run.clock(context.now));
        let Some(journey) = self.run.journey_mut(id).filter(|journey| journey.active()) else { return };
        // The memory is lent to the evaluation and handed back: a wake never copies it.
        let memory = std::mem::replace(&mut journey.memory, Memory::new(Retention::Open));
        let function = journey.function.clone();
        let arguments = std::mem::take(&mut journey.arguments);
        let replay = Replay::new(memory, Mode::Quick, context.now, seed, context.limits).with_clock(clock);
        let call = ScriptCall {
            function: &function,
            arguments: &arguments,
            settings: &self.run.settings,
            run_started: self.run.started,
            zone: &self.run.zone,
        };
        let (replay, end) = context.bundle.program.run(call, replay);
        let (memory, asked, problem) = replay.into_parts();
        let steps = memory.len() + asked.len() as u64;
        if let Some(journey) = self.run.journey_mut(id) {
            journey.memory = memory;
            journey.arguments = arguments;
        }
        let end = match problem {
            Some(problem) => ScriptEnd::Failed(Box::new(problem)),
            None if steps > context.limits.steps_per_journey => {
                ScriptEnd::Failed(Box::new(too_long(context.limits.steps_per_journey)))
            }
            None => end,
        };
        match end {
            ScriptEnd::Failed(problem) => self.park(id, *problem),
            ScriptEnd::Suspended => {
                self.settle_asked(id, asked);
            }
            ScriptEnd::Finished(value) => {
                if self.settle_asked(id, asked) {
                    self.emit(Event::JourneyFinished { journey: id, value });
                    self.ended(id);
                }
            }
        }
    }

    /// Decides what a wake asked for, in order. False if a verb failed and the journey is parked: what was decided
    /// before it stays, and a resumed journey goes on from there.
    fn settle_asked(&mut self, journey: JourneyId, asked: Vec<Asked>) -> bool {
        let lost = self.lost(journey, &asked);
        for ask in asked {
            let failed = match ask {
                Asked::Take { step, address, arguments, value, position } => {
                    let call = VerbCall { journey, step, address: &address, arguments: &arguments };
                    let decided = verbs::decide(self, &call);
                    match decided {
                        Ok(_) => {
                            self.emit(Event::StepTaken { journey, step, address, value });
                            None
                        }
                        Err(error) => Some((error, position)),
                    }
                }
                Asked::Wait { step, .. } if lost.contains(&step) => None,
                Asked::Wait { step, address, arguments, position } => {
                    let call = VerbCall { journey, step, address: &address, arguments: &arguments };
                    match verbs::decide(self, &call) {
                        Ok(Decided::Value(value)) => {
                            self.emit(Event::StepTaken { journey, step, address, value });
                            self.wake_later(journey);
                            None
                        }
                        Ok(Decided::Wait(wait)) => {
                            self.emit(Event::StepStarted { journey, step, address, wait });
                            self.review_step(journey, step);
                            None
                        }
                        Err(error) => Some((error, position)),
                    }
                }
                Asked::Open { step, address, ends } => {
                    let wait = Wait::Branches { began: self.context.now, ends };
                    self.emit(Event::StepStarted { journey, step, address, wait });
                    None
                }
                Asked::BranchDone { step, branch, value } => {
                    self.emit(Event::BranchCompleted { journey, step, branch, value });
                    None
                }
                Asked::Close { step, value } => {
                    self.drop_inside(journey, step);
                    self.emit(Event::StepCompleted { journey, step, value });
                    None
                }
            };
            if let Some((error, position)) = failed {
                self.park(journey, problem_at(error, position));
                return false;
            }
        }
        true
    }

    /// What was asked for inside a composite, however deep, that this same wake closes: nobody waits for it any more,
    /// so it must not take effect.
    fn lost(&self, journey: JourneyId, asked: &[Asked]) -> FxHashSet<StepKey> {
        let closed = |a: &Asked| if let Asked::Close { step, .. } = a { Some(*step) } else { None };
        let mut gone: FxHashSet<StepKey> = asked.iter().filter_map(closed).collect();
        if gone.is_empty() {
            return gone;
        }
        let memory = self.run.journey(journey).map(|journey| &journey.memory);
        // A composite is asked for before what is inside it, so one pass finds those at any depth.
        for ask in asked {
            let (Asked::Open { step, address, .. } | Asked::Wait { step, address, .. }) = ask else { continue };
            let mut around = address.within.map(|within| within.step);
            while let Some(composite) = around {
                if gone.contains(&composite) {
                    gone.insert(*step);
                    break;
                }
                around = memory.and_then(|m| m.address(composite)).and_then(|a| a.within).map(|within| within.step);
            }
        }
        gone
    }

    /// Starts a journey and lets it go on.
    pub(crate) fn start_journey(&mut self, function: &str, arguments: Vec<Value>, cause: JourneyCause) -> JourneyId {
        let journey = self.run.next_journey();
        self.emit(Event::JourneyStarted { journey, function: function.into(), arguments, cause });
        self.wake_later(journey);
        journey
    }

    /// Starts the handler for something that happened, if the script has one.
    pub(super) fn handle(&mut self, handler: &str, argument: Value) {
        if !self.run.is_over() && self.context.bundle.program.defines(handler, 1) {
            self.start_journey(handler, vec![argument], JourneyCause::Handler);
        }
    }

    fn park(&mut self, journey: JourneyId, problem: Problem) {
        if self.run.journey(journey).is_some_and(crate::run::Journey::active) {
            self.emit(Event::JourneyParked { journey, problem });
        }
    }

    fn finish_if_done(&mut self) {
        let run = &self.run;
        if !run.is_over() && !run.journeys.is_empty() && run.journeys.iter().all(crate::run::Journey::ended) {
            self.tidy("the programme is over");
            self.emit(Event::RunFinished);
        }
    }
}

fn problem_at(error: VerbError, position: Position) -> Problem {
    Problem { code: error.code, message: error.message, position: Some(position), help: error.help }
}

fn runaway(limit: u32) -> Problem {
    Problem {
        code: "script::runaway".into(),
        message: format!("one input led to more than {limit} wakes of this journey"),
        position: None,
        help: Some("Look for a loop in which every step has its value at once.".into()),
    }
}

fn too_long(limit: u64) -> Problem {
    Problem {
        code: "script::journal_budget".into(),
        message: format!("the journey has more than {limit} steps"),
        position: None,
        help: Some("Give each item a journey of its own with each().".into()),
    }
}
