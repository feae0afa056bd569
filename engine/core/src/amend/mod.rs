//! Amending a live run: judging what a new bundle would mean for every journey, and switching to it if all continue.
//!
//! Branches of `together` and `race` that are under way are found again in the new script by what they say (`branches.rs`); where
//! that can't be told, a person says it. The mappings are applied to a copy of the run, and every journey that is not over is evaluated over its memory by the new
//! script, just as its next wake would: what is complete inside branches is a checkpoint and is not looked at. If every
//! journey continues, the switch itself is tried on another copy, with all that the new script asks for at once; that copy is
//! what [`amend`] keeps. A refusal therefore leaves the run as it was. At last the handlers of the new script are tried, each on a
//! copy of its own: one that would stop when it is needed stands in the way.
//!
//! A journey whose script asks for nothing new is not woken. What is over stays as it was lived.

mod align;
mod alike;
mod branches;
mod checks;
mod deadlines;
mod fix;
mod handlers;
mod judge;
mod late;
mod look_back;
mod places;
mod settings;

pub use alike::Alike;
pub use branches::{BranchNote, UnclearBranch};
pub use checks::Obstacle;
pub use judge::judge;
pub use late::Late;
pub use look_back::look_back;
pub use settings::{KeptDefault, SettingsChange};

use crate::{
    bundle::Bundle,
    decide::{Context, Refusal},
    run::Run,
};
use jiff::Timestamp;
use judge::{Search, judge_for};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_model::{Address, Event, JourneyId, Mapping, MovedBranches, PairId, Position, Problem, StepKey, Value};

/// What becomes of waiting steps that the new script would have end at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deadlines {
    /// They end when they were to end.
    #[default]
    Keep,
    /// They end when the new script says, counted from when they began.
    Recompute,
}

/// What a coordinator asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Amendment {
    /// Settings that get another value, by name: a map, or nothing.
    pub settings: Value,
    /// Steps that the new script calls otherwise or no longer has, each over what the ones before it left.
    pub mappings: Vec<Mapping>,
    /// What becomes of changed deadlines.
    pub deadlines: Deadlines,
}

/// Where a journey would diverge: the two steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Diverged {
    /// The step that the journal has, and the new script does not come past.
    pub expected: Address,
    /// Where the old script has it, if it still comes past it.
    pub expected_at: Option<Position>,
    /// What the new script has come to instead; nothing if it returns.
    pub found: Option<Address>,
    /// Where the new script does.
    pub found_at: Position,
    /// Mappings with which the journey would continue; empty if none were found.
    pub fix: Vec<Mapping>,
    /// What waits and would be let go by them, since no mapping keeps it.
    pub lost: Vec<Lost>,
    /// Steps that the new script has before it, if that is why: no mapping mends that, the script has to.
    pub late: Option<Late>,
    /// The branch that it is about, if nobody can tell which one of the new script that is.
    pub branch: Option<Box<UnclearBranch>>,
}

/// A step that waits and that mappings let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Which, by the name that the journal has.
    pub step: Address,
    /// Whether the new script asks for it anew at once, from the beginning.
    pub is_asked_anew: bool,
}

/// What an amendment would mean for a journey.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is over and stays as it was lived.
    Over,
    /// It ends, because the step that waits for it is skipped.
    Ends,
    /// It goes on.
    Continues,
    /// It was parked and goes on.
    Mended,
    /// It was parked and stays so.
    StaysParked(Problem),
    /// The new script does not match what has happened.
    Diverges(Box<Diverged>),
    /// The new script fails in it.
    Fails(Problem),
}

impl Verdict {
    /// Tells whether it stands in the way of the amendment.
    pub fn hinders(&self) -> bool {
        matches!(self, Self::Diverges(_) | Self::Fails(_))
    }
}

/// A waiting step that the new script would have end at another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedDeadline {
    /// Its key under the new script.
    pub step: StepKey,
    /// Its address.
    pub address: Address,
    /// When it was to end.
    pub was: Timestamp,
    /// When the new script would have it end.
    pub would_be: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
}

/// What an amendment would mean for one journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The journey.
    pub journey: JourneyId,
    /// Its function.
    pub function: SmolStr,
    /// The pair it is about, if it is about one.
    pub pair: Option<PairId>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The steps that its script asks for at once.
    pub asks: Vec<Address>,
    /// Its waiting steps whose deadline changed.
    pub deadlines: Vec<ChangedDeadline>,
    /// Its branches that stand elsewhere in the new script, say something else or are gone.
    pub branches: Vec<BranchNote>,
}

/// What an amendment would mean for a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Every journey, in order.
    pub journeys: Vec<Judgement>,
    /// Those that stand in the way, together where it is for one reason.
    pub alike: Vec<Alike>,
    /// What stands in the way besides.
    pub obstacles: Vec<Obstacle>,
    /// What becomes of the run's settings.
    pub settings: SettingsChange,
    /// Where the branches of every journey stand, those that stand elsewhere.
    pub branches: Vec<MovedBranches>,
    /// The run as it would stand and what would happen at once, if nothing stands in the way.
    pub after: Option<(Run, Vec<Event>)>,
}

impl Judged {
    /// Tells whether the run can be switched.
    pub fn is_clean(&self) -> bool {
        self.after.is_some()
    }
}

/// Judges an amendment and, if nothing stands in its way, makes it. `past` has every bundle that the run has pinned, the
/// present one last; `context` has the new one. On a refusal the run is as it was.
pub fn amend(
    run: &mut Run,
    amendment: &Amendment,
    past: &[&Bundle],
    context: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let judged = judge_for(run, amendment, past, (context, Search::Nothing))?;
    if let Some(obstacle) = judged.obstacles.into_iter().next() {
        return Err(Refusal::Hindered(Box::new(obstacle)));
    }
    let Some((after, events)) = judged.after else {
        let hindered = judged.journeys.iter().filter(|judgement| judgement.verdict.hinders());
        let journeys: Vec<JourneyId> = hindered.map(|judgement| judgement.journey).collect();
        return Err(Refusal::WouldDiverge(journeys));
    };
    *run = after;
    Ok(events)
}
