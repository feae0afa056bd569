//! Looking at a journey: its script is evaluated over a memory, and what it asks for is told and not done.

use crate::{
    limits::Limits,
    ports::{Program, ScriptCall, ScriptEnd},
    replay::{Asked, Divergence, Look, Memory, Mode, Replay},
    run::{Journey, Run},
};
use jiff::Timestamp;
use turnabout_model::Problem;

/// What one evaluation of a journey showed.
pub(crate) struct Seen {
    pub(crate) look: Look,
    pub(crate) divergence: Option<Divergence>,
    pub(crate) problem: Option<Problem>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) finished: bool,
}

/// When a journey is looked at, and within what limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When {
    pub(crate) now: Timestamp,
    pub(crate) limits: Limits,
}

/// Evaluates a journey over a memory as its next wake would.
pub(crate) fn see(run: &Run, journey: &Journey, memory: Memory, program: &dyn Program, when: When) -> Seen {
    see_as(run, journey, memory, (program, Mode::Quick), when)
}

/// Evaluates a journey as a wake does, or in full.
pub(crate) fn see_as(
    run: &Run,
    journey: &Journey,
    memory: Memory,
    (program, mode): (&dyn Program, Mode),
    When { now, limits }: When,
) -> Seen {
    let replay = Replay::new(memory, mode, now, run.seed_of(journey.id), limits).with_clock(run.clock(now)).looking();
    let call = ScriptCall {
        function: &journey.function,
        arguments: &journey.arguments,
        settings: &run.settings,
        run_started: run.started,
        zone: &run.zone,
    };
    let (mut replay, end) = program.run(call, replay);
    let waits = matches!(end, ScriptEnd::Suspended) && replay.problem().is_none() && mode == Mode::Quick;
    let overlooked = if waits { replay.overlooked() } else { None };
    let divergence = replay.divergence().cloned().or(overlooked);
    let look = replay.take_look();
    let (_, asked, problem) = replay.into_parts();
    let finished = matches!(end, ScriptEnd::Finished(_));
    let problem = problem.or(match end {
        ScriptEnd::Failed(problem) => Some(*problem),
        ScriptEnd::Finished(_) | ScriptEnd::Suspended => None,
    });
    Seen { look, divergence, problem, asked, finished }
}
