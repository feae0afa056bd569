//! What rehearsals came to, as pages of their own: no script, nothing fetched, one file to mail or print.
//!
//! [`RehearsalReport::of`] counts one rehearsal, [`rehearsal_report`] shows it. [`Summary::of`] keeps the little of a
//! rehearsal that many need, [`ManyReport::of`] turns summaries into distributions, [`many_report`] shows them.
//! [`forecast_report`] shows where a live run is going.
//! Counting is in pure functions of their own files; the pages only put words and drawings to it.

mod charts;
mod forecast_rates;
mod forecast_view;
mod in_short;
mod leavers;
mod many;
mod many_view;
mod pairs;
mod pauses;
mod rehearsal;
mod rehearsal_view;
mod sendings;
mod sentences;
mod sessions;
mod shares;
mod spread;
mod stages;
mod summary;
mod troubles;
mod weeks;

pub use forecast_view::{ForecastOf, forecast_report};
pub use in_short::in_short;
pub use leavers::Leaver;
pub use many::{ExpectationShare, ManyReport};
pub use many_view::many_report;
pub use pairs::{PairStory, Risk, SILENCE_DAYS};
pub use rehearsal::RehearsalReport;
pub use rehearsal_view::rehearsal_report;
pub use sendings::{Addressees, Sending};
pub use sessions::SessionStory;
pub use shares::of_rehearsals;
pub use spread::{Bar, Measure, Spread};
pub use stages::{Stage, SurveyBar};
pub use summary::{Kept, Summary};
pub use troubles::{Parked, Refused};
pub use weeks::Week;

#[cfg(test)]
mod testing;
