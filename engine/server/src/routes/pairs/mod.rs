//! Pairs.

pub(crate) mod decline;
pub(crate) mod end;
pub(crate) mod list;
