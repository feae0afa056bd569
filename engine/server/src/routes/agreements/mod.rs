//! Agreements that pairs sign.

pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod sign;
