//! Meetings of pairs.

pub(crate) mod list;
pub(crate) mod record;
