//! What a survey may say: distributions, paired change, intervals, scales, and an analysis of anyone's own before and
//! after.
//!
//! Everything is a pure function of its arguments and knows no other crate of the engine. A question that the data
//! can't answer gives a [`NoAnswer`] that says why; no function returns a number that is not finite. Where an exact
//! probability would take too long, a normal approximation steps in and the result's `method` says so.
//!
//! What a reader may see is decided elsewhere: nothing here suppresses a small group.
//!
//! ```
//! use turnabout_statistics::{NoAnswer, wilson};
//!
//! let share = wilson(9, 12)?;
//! assert_eq!(share.share, 0.75);
//! assert!((share.ci95.lower * 100.0).round() == 47.0 && (share.ci95.upper * 100.0).round() == 91.0);
//! assert_eq!(wilson(0, 0), Err(NoAnswer::NothingAnswered));
//! # Ok::<_, NoAnswer>(())
//! ```

mod alpha;
pub mod analyse;
mod change;
mod interval;
mod likert;
pub mod limits;
mod mcnemar;
mod mean;
mod method;
mod no_answer;
mod numbers;
mod scale;
mod student;
pub mod table;
mod wilcoxon;

pub use alpha::{Alpha, cronbach_alpha};
pub use analyse::{Analysis, analyse};
pub use change::{Change, Pair, change};
pub use interval::{Interval, Proportion, wilson};
pub use likert::{Likert, PointCount, Points, PointsError, likert};
pub use mcnemar::{McNemar, mcnemar};
pub use mean::{Mean, mean};
pub use method::Method;
pub use no_answer::NoAnswer;
pub use scale::{Direction, MissingRule, Scale, ScaleAlpha, ScaleError, Score, Scoring};
pub use table::{BeforeAfter, Problem, read_csv};
pub use wilcoxon::{Wilcoxon, wilcoxon};
