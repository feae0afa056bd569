//! Drafts of pairs.

pub(crate) mod compare;
pub(crate) mod list;
pub(crate) mod publish;
pub(crate) mod review;
pub(crate) mod revise;
pub(crate) mod show;
