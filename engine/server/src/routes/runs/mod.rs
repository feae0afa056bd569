//! Runs.

pub(crate) mod amend;
pub(crate) mod cancel;
pub(crate) mod forecast;
pub(crate) mod lessons;
pub(crate) mod list;
pub(crate) mod pause;
pub(crate) mod resume;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod unpause;
