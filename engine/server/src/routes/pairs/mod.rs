//! Pairs.

pub(crate) mod at_risk;
pub(crate) mod decline;
pub(crate) mod end;
pub(crate) mod list;
