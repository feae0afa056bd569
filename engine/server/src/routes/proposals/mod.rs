//! Drafts of pairs.

pub(crate) mod list;
pub(crate) mod publish;
pub(crate) mod show;
