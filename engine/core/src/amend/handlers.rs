//! The handlers of the new script, each tried on a copy of the run as it would stand after the switch.
//!
//! Journeys that go on say nothing about them: a handler runs only once somebody raises a concern, leaves or ends a pair,
//! and then its message must leave. Each is tried until everything waits again, then as far as it goes if what it waits for comes
//! (`decide/suppose.rs`), and what it would do is thrown away.

use super::Obstacle;
use crate::{
    decide::{Context, Input, decide, suppose},
    run::{Journey, Run},
};
use smol_str::SmolStr;
use turnabout_model::{Event, JourneyId, Problem, Role};

/// How many waits of one handler are supposed to end: more than any handler has, unless it never ends.
const MOST_WAITS: usize = 24;

/// A handler, with what lets it run and how that is said.
struct Trial {
    handler: &'static str,
    when: &'static str,
    input: Input,
}

/// What stands in the way: a handler that would stop, each once.
pub(super) fn broken(after: &Run, context: Context<'_>) -> Vec<Obstacle> {
    let mut found: Vec<Obstacle> = Vec::new();
    for trial in trials(after) {
        if !context.bundle.program.defines(trial.handler, 1) || names(&found, trial.handler) {
            continue;
        }
        let mut copy = after.clone();
        // What is refused can't happen in this run as it stands.
        let Ok(events) = decide(&mut copy, &trial.input, context) else { continue };
        let Some(began) = began(&events, trial.handler) else { continue };
        let mut problem = stopped(&copy, began);
        let mut sooner = true;
        for _ in 0..MOST_WAITS {
            if problem.is_some() || copy.is_over() || !suppose(&mut copy, began, context) {
                break;
            }
            problem = stopped(&copy, began);
            sooner = false;
        }
        found.extend(problem.map(|problem| obstacle(&trial, &problem, sooner)));
    }
    found
}

/// What can happen to the run as it stands.
fn trials(run: &Run) -> Vec<Trial> {
    let mut trials =
        vec![Trial { handler: "on_concern", when: "somebody raises a concern", input: Input::RaiseConcern }];
    let pair = run.pairs.iter().find(|pair| pair.ended.is_none());
    for role in [Role::Mentor, Role::Mentee] {
        let in_pair = pair.map(|pair| if role == Role::Mentor { pair.mentor } else { pair.mentee });
        let who = in_pair.or_else(|| run.accepted(role).next().map(|one| one.id));
        trials.extend(who.map(|participant| Trial {
            handler: "on_withdrawn",
            when: "somebody withdraws",
            input: Input::Withdraw { participant },
        }));
    }
    trials.extend(pair.map(|pair| Trial {
        handler: "on_pair_ended",
        when: "a pair ends",
        input: Input::declined(pair.id),
    }));
    trials
}

/// The journey of the handler.
fn began(events: &[Event], handler: &str) -> Option<JourneyId> {
    events.iter().find_map(|event| match event {
        Event::JourneyStarted { journey, function, .. } if function == handler => Some(*journey),
        _ => None,
    })
}

/// Why the handler, or a journey that it began, would stop. Others that were there before have been judged already.
fn stopped(run: &Run, began: JourneyId) -> Option<Problem> {
    let mut since = run.journeys.iter().filter(|journey| journey.id >= began);
    since.find_map(Journey::problem).cloned()
}

fn obstacle(trial: &Trial, problem: &Problem, at_once: bool) -> Obstacle {
    let at = problem.position.as_ref().map(|at| format!(" ({}:{}:{})", at.file, at.line, at.column));
    Obstacle::HandlerStops {
        handler: SmolStr::new_static(trial.handler),
        when: trial.when,
        at_once,
        why: problem.message.clone(),
        at: at.unwrap_or_default(),
    }
}

fn names(found: &[Obstacle], handler: &str) -> bool {
    found.iter().any(|obstacle| matches!(obstacle, Obstacle::HandlerStops { handler: known, .. } if known == handler))
}
