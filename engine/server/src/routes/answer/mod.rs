//! The pages behind the links in letters about surveys: one person answers one wave, without signing in and without a
//! script.

mod hand_in;
mod link;
mod show;

pub(crate) use hand_in::hand_in;
pub(crate) use show::show;

/// Where the pages lie: run, wave, participant, and the code of the link.
pub(crate) const PATH: &str = "/answer/{run}/{wave}/{participant}/{code}";
