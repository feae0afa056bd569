//! Decisions that wait for a person.

pub(crate) mod close;
pub(crate) mod list;
