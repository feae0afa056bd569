//! Surveys that were sent.

pub(crate) mod list;
pub(crate) mod respond;
pub(crate) mod show;
