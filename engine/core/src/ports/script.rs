//! Scripts: the programme as code.

use super::Outline;
use crate::replay::Replay;
use jiff::Timestamp;
use smol_str::SmolStr;
use std::sync::Arc;
use turnabout_model::{Problem, Value};

/// One evaluation of a script function, from the top.
#[derive(Debug)]
pub struct ScriptCall<'a> {
    /// The function.
    pub function: &'a str,
    /// Its arguments.
    pub arguments: &'a [Value],
    /// The settings of the run: what `settings()` returns.
    pub settings: &'a Arc<Value>,
    /// When the run started: what `run_started()` returns.
    pub run_started: Timestamp,
    /// The run's time zone.
    pub zone: &'a jiff::tz::TimeZone,
}

/// How an evaluation ended.
#[derive(Debug, Clone, PartialEq)]
pub enum ScriptEnd {
    /// The function returned.
    Finished(Value),
    /// Every branch that is left waits.
    Suspended,
    /// The script failed: it is to be parked.
    Failed(Box<Problem>),
}

/// A compiled script. One serves all runs and threads of a bundle.
///
/// Whoever looks at a bundle has one; the engine alone runs it.
///
/// ```
/// use turnabout_core::ports::{PROGRAMME, Program};
/// use turnabout_testkit::bundle;
///
/// let bundle = bundle("fn programme(settings) { stage(\"Begun\"); }\nfn on_concern(concern) { task(\"Listen\"); }");
/// let program: &dyn Program = &*bundle.program;
/// assert!(program.defines(&PROGRAMME, 1) && !program.defines("on_withdrawn", 1));
/// let functions = &program.outline().functions;
/// let called = functions.iter().flat_map(|function| &function.calls).map(|call| call.name.as_str());
/// assert_eq!(called.collect::<Vec<_>>(), ["stage", "task"]);
/// ```
pub trait Program: Send + Sync + std::fmt::Debug {
    /// Tells whether the script defines a function with this many parameters.
    fn defines(&self, function: &str, parameters: usize) -> bool;

    /// Says what the script and its modules say in so many words, for checks that run nothing.
    fn outline(&self) -> &Outline;

    /// Evaluates a function over what the journal has, and returns the replay with what it asked for.
    fn run(&self, call: ScriptCall<'_>, replay: Replay) -> (Replay, ScriptEnd);
}

/// A shared program.
pub type SharedProgram = Arc<dyn Program>;

/// The name of the main function.
pub const PROGRAMME: SmolStr = SmolStr::new_static("programme");
