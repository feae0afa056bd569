//! Rounds of applications.

pub(crate) mod close;
