//! Pairs.

pub(crate) mod end;
pub(crate) mod list;
