//! What a programme's surveys and groups said, as far as it may be shown: the data of the evaluation report.
//!
//! [`evaluation`] is a pure function of the run, its people and what they answered. Everything that tells about people
//! by numbers passes the one gate of [`crate::release`] in a single call; what people let be told in their own words or
//! under their names is passed on as they agreed. Nothing here names a participant's id.
//!
//! **The order of the gate.** Views are judged in the order in which waves closed, and within one closing first
//! everyone, then the breakdowns in the order of the survey's `by`; values of a breakdown stand in the order of their
//! names. It depends on surveys, waves and people's roles and attributes, and on nobody's answers. A wave that closes
//! later only adds views at the end: what could be read once is never withheld later for the sake of something new,
//! since whoever kept it could still subtract it. For the same reason a question that another survey of the bundle asks
//! again in the same words (a baseline) is not shown before the second closed wave has it, or the run is over: its
//! answers by everybody, shown early, would nearly always forbid the change of those who answered both.
//!
//! **Thresholds** are the surveys', from the bundle that the run pins. Nothing can lower one after launch: a closed wave
//! is judged by the threshold that people were told.
//!
//! **Amendments** change nothing of it: whether another survey asks the same again is decided by the bundle that the run
//! pinned when the wave closed, and so is whether an attribute may break it down.
//!
//! **What a caller has to keep:** answers of a closed wave, and the attributes that break it down, must not change
//! between two calls, or the difference of two reports tells about whoever changed. Keep the evaluation that was shown
//! when an answer is erased.

mod activity;
mod answers;
mod change;
mod evaluation;
mod evidence;
mod groups;
mod numbers;
mod plan;
mod released;
mod report;
mod same;
mod study;
mod summarise;
mod summary;
#[cfg(test)]
mod tests;
mod themes;

pub use activity::{Activity, SessionCount};
pub use evaluation::{
    Attrition, ChangeResult, Evaluation, ItemResult, NamedChoice, NamedList, ScaleResult, Shown, Story, ThemeResult,
    ViewResult, WaveResult,
};
pub use evidence::{Answered, Evidence, Told};
pub use report::evaluation;
pub use summary::{
    ChangeSummary, ChoiceShare, Choices, Likert, Number, PairedChange, PairedSwitch, PointShare, Ranked, Ranking,
    Share, Summary,
};
pub use themes::lessons;
