//! `together`, `race`, `repeat_until` and `every`: closures of the script, driven over the replay.

use crate::{
    call::{Call, STOPPED, SUSPENDED, end, is_suspension, position},
    convert::{to_dynamic, to_value},
};
use jiff::Timestamp;
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, NativeCallContext};
use turnabout_core::replay::{Answer, Branch, Composite, Opened};
use turnabout_model::{Period, Position, Value};

type Returned = Result<Dynamic, Box<EvalAltResult>>;

/// Registers the composite verbs.
pub(crate) fn register(engine: &mut Engine) {
    engine.register_fn("together", |context: NativeCallContext<'_>, branches: Array| {
        Evaluation::new(&context)?.together(branches)
    });
    engine.register_fn("race", |context: NativeCallContext<'_>, branches: Array| {
        Evaluation::new(&context)?.race(branches)
    });
    engine.register_fn("repeat_until", |context: NativeCallContext<'_>, end: Dynamic, body: FnPtr| {
        Evaluation::new(&context)?.repeat_until(&end, &body)
    });
    engine.register_fn("every", |context: NativeCallContext<'_>, period: Period, length: Dynamic, body: FnPtr| {
        Evaluation::new(&context)?.every(period, &length, &body)
    });
}

/// A composite verb being evaluated.
struct Evaluation<'a, 'c> {
    context: &'a NativeCallContext<'c>,
    call: Call,
    at: Position,
}

impl<'a, 'c> Evaluation<'a, 'c> {
    fn new(context: &'a NativeCallContext<'c>) -> Result<Self, Box<EvalAltResult>> {
        Ok(Self { context, call: Call::of(context)?, at: position(context) })
    }

    fn suspend<T>(&self) -> Result<T, Box<EvalAltResult>> {
        Err(end(SUSPENDED, self.context))
    }

    fn error<T>(&self, message: &str) -> Result<T, Box<EvalAltResult>> {
        Err(EvalAltResult::ErrorRuntime(message.into(), self.context.call_position()).into())
    }

    /// Opens the verb: its branches are to be run, or it has its value or waits already.
    fn open(&self, verb: &str, ends: Option<Timestamp>) -> Result<Result<Composite, Value>, Box<EvalAltResult>> {
        match self.call.replay(|replay| replay.open(verb, "", ends, &self.at)) {
            Opened::Open(composite) => Ok(Ok(composite)),
            Opened::Done(value) => Ok(Err(value)),
            Opened::Suspend => self.suspend(),
            Opened::Stop => Err(end(STOPPED, self.context)),
        }
    }

    /// Runs one branch, or takes the value it has. Nothing if it waits.
    fn branch(
        &self,
        composite: Composite,
        branch: u32,
        body: &FnPtr,
        argument: Option<u32>,
    ) -> Result<Option<Value>, Box<EvalAltResult>> {
        if let Branch::Done(value) = self.call.replay(|replay| replay.enter(composite, branch)) {
            return Ok(Some(value));
        }
        self.run(composite, branch, || self.invoke(body, argument))
    }

    /// Runs what is inside a branch that was entered, and leaves it whatever happens.
    fn run(
        &self,
        composite: Composite,
        branch: u32,
        inside: impl FnOnce() -> Returned,
    ) -> Result<Option<Value>, Box<EvalAltResult>> {
        let (returned, failure) = match inside() {
            Ok(dynamic) => match to_value(&dynamic) {
                Ok(value) => (Some(value), None),
                Err(why) => (None, Some(EvalAltResult::ErrorRuntime(why.into(), self.context.call_position()).into())),
            },
            Err(error) if is_suspension(&error) => (None, None),
            Err(error) => (None, Some(error)),
        };
        let value = self.call.replay(|replay| replay.leave(composite, branch, returned, &self.at));
        match failure {
            Some(error) => Err(error),
            None if self.call.replay(|replay| replay.problem().is_some()) => Err(end(STOPPED, self.context)),
            None => Ok(value),
        }
    }

    /// Calls a closure with its captured variables by value, so that a branch can't see another's writes.
    fn invoke(&self, body: &FnPtr, argument: Option<u32>) -> Returned {
        let mut body = body.clone();
        for captured in body.iter_curry_mut() {
            *captured = std::mem::take(captured).flatten();
        }
        let wants = self.call.arity(body.fn_name()).map(|all| all.saturating_sub(body.curry().len()));
        match (argument, wants) {
            (Some(n), Some(1) | None) => body.call_raw(self.context, None, [Dynamic::from(i64::from(n))]),
            _ => body.call_raw(self.context, None, []),
        }
    }

    /// Gives the verb its value.
    fn close(&self, composite: Composite, value: Value) -> Dynamic {
        to_dynamic(&self.call.replay(|replay| replay.close(composite, value)))
    }

    /// In a full replay of a verb that was complete: what it came to.
    fn came_to(&self, composite: Composite) -> Option<Returned> {
        match self.call.replay(|replay| replay.closed_value(composite))? {
            Opened::Done(value) => Some(Ok(to_dynamic(&value))),
            _ => Some(self.suspend()),
        }
    }

    fn closures(&self, verb: &str, branches: Array) -> Result<Vec<FnPtr>, Box<EvalAltResult>> {
        let closures: Option<Vec<FnPtr>> = branches.into_iter().map(|b| b.flatten().try_cast::<FnPtr>()).collect();
        match closures {
            Some(closures) if !closures.is_empty() => Ok(closures),
            Some(_) => self.error(&format!("{verb} needs at least one branch: {verb}([ || ..., || ... ])")),
            None => self.error(&format!("the branches of {verb} must be closures: {verb}([ || ..., || ... ])")),
        }
    }

    /// Lets whoever only looks at the script know its branches.
    fn look_at(&self, composite: Composite, branches: &[FnPtr]) {
        let written = || branches.iter().map(|body| self.call.closures().written(body, &self.at)).collect();
        self.call.replay(|replay| replay.look_at_branches(composite, written));
    }

    fn together(&self, branches: Array) -> Returned {
        let branches = self.closures("together", branches)?;
        let composite = match self.open("together", None)? {
            Ok(composite) => composite,
            Err(value) => return Ok(to_dynamic(&value)),
        };
        self.look_at(composite, &branches);
        let mut values = Vec::with_capacity(branches.len());
        for (index, body) in (0_u32..).zip(&branches) {
            if let Some(value) = self.branch(composite, index, body, None)? {
                values.push(value);
            }
        }
        if let Some(ended) = self.came_to(composite) {
            return ended;
        }
        if values.len() < branches.len() {
            return self.suspend();
        }
        Ok(self.close(composite, Value::List(values)))
    }

    fn race(&self, branches: Array) -> Returned {
        let branches = self.closures("race", branches)?;
        let composite = match self.open("race", None)? {
            Ok(composite) => composite,
            Err(value) => return Ok(to_dynamic(&value)),
        };
        self.look_at(composite, &branches);
        for (index, body) in (0_u32..).zip(&branches) {
            let value = self.branch(composite, index, body, None)?;
            if let (Some(value), None) = (value, self.came_to(composite)) {
                return Ok(self.close(composite, value));
            }
        }
        self.came_to(composite).unwrap_or_else(|| self.suspend())
    }

    fn repeat_until(&self, end_at: &Dynamic, body: &FnPtr) -> Returned {
        let now = self.call.replay(|replay| replay.now());
        let ends = self.moment("repeat_until", end_at, now)?;
        let composite = match self.open("repeat_until", Some(ends))? {
            Ok(composite) => composite,
            Err(value) => return Ok(to_dynamic(&value)),
        };
        if self.call.replay(|replay| replay.is_looking()) {
            let as_written = self.moment("repeat_until", end_at, composite.began)?;
            self.call.replay(|replay| replay.look_at_end(composite, as_written));
        }
        let over = composite.ends.is_some_and(|ends| self.call.replay(|replay| replay.has_come(ends)));
        self.rounds(composite, |_| over, |round| self.branch(composite, round, body, Some(round + 1)))
    }

    fn every(&self, period: Period, length: &Dynamic, body: &FnPtr) -> Returned {
        if !period.is_positive() {
            return self.error("the period of every must lead forward, such as weeks(6)");
        }
        // The rounds give the end: the last one is due at or before it, and is let finish.
        let composite = match self.open("every", None)? {
            Ok(composite) => composite,
            Err(value) => return Ok(to_dynamic(&value)),
        };
        let as_written = self.moment("every", length, composite.began)?;
        self.call.replay(|replay| replay.look_at_end(composite, as_written));
        // An amendment may hold it where it was.
        let ends = composite.ends.unwrap_or(as_written);
        let due = |round: u32| {
            period.times(round + 1).map_or(Timestamp::MAX, |after| after.after(composite.began, self.call.zone()))
        };
        self.rounds(
            composite,
            |round| due(round) > ends,
            |round| {
                if let Branch::Done(value) = self.call.replay(|replay| replay.enter(composite, round)) {
                    return Ok(Some(value));
                }
                self.run(composite, round, || {
                    // After an outage the rounds that were missed are skipped: only the latest is worth holding.
                    if self.call.replay(|replay| replay.is_skipped(composite, round, due(round + 1))) {
                        return Ok(Dynamic::UNIT);
                    }
                    let waited = self.call.replay(|replay| {
                        replay.wait("sleep_until", "", || Ok(vec![Value::Instant(due(round))]), &self.at)
                    });
                    match waited {
                        Answer::Value(_) => {}
                        Answer::Suspend => return self.suspend(),
                        Answer::Stop => return Err(end(STOPPED, self.context)),
                    }
                    let began = self.call.replay(|replay| {
                        replay.take("now", "", || Ok(Vec::new()), Value::Instant(replay.now()), &self.at)
                    });
                    match began {
                        Answer::Value(Value::Instant(at)) if at >= due(round + 1) => Ok(Dynamic::UNIT),
                        Answer::Value(_) => self.invoke(body, Some(round + 1)),
                        Answer::Suspend => self.suspend(),
                        Answer::Stop => Err(end(STOPPED, self.context)),
                    }
                })
            },
        )
    }

    /// Runs rounds until none is to begin or go on. In a quick replay completed rounds are not looked at.
    fn rounds(
        &self,
        composite: Composite,
        over: impl Fn(u32) -> bool,
        mut run: impl FnMut(u32) -> Result<Option<Value>, Box<EvalAltResult>>,
    ) -> Returned {
        let mut round = self.call.replay(|replay| replay.first_iteration(composite));
        loop {
            let (ended, traced) =
                self.call.replay(|replay| (replay.closed_value(composite), replay.has_iteration(composite, round)));
            match ended {
                Some(_) if !traced => return self.came_to(composite).unwrap_or_else(|| self.suspend()),
                None if over(round) && !self.has_value(composite, round) => {
                    return Ok(self.close(composite, Value::Int(round.into())));
                }
                _ => {}
            }
            if run(round)?.is_none() {
                return self.came_to(composite).unwrap_or_else(|| self.suspend());
            }
            round += 1;
        }
    }

    fn has_value(&self, composite: Composite, round: u32) -> bool {
        self.call.replay(|replay| replay.branch_is_done(composite, round))
    }

    /// The moment that a script means: as such, or as a period after `from`.
    fn moment(&self, verb: &str, given: &Dynamic, from: Timestamp) -> Result<Timestamp, Box<EvalAltResult>> {
        if let Some(at) = given.read_lock::<Timestamp>() {
            return Ok(*at);
        }
        if let Some(period) = given.read_lock::<Period>() {
            return Ok(period.after(from, self.call.zone()));
        }
        self.error(&format!("the end of {verb} must be a period such as months(6), or a moment"))
    }
}
