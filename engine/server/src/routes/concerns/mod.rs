//! Concerns, by number.

pub(crate) mod close;
pub(crate) mod list;
pub(crate) mod raise;
