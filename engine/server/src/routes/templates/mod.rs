//! Templates.

pub(crate) mod check_people;
pub(crate) mod list;
pub(crate) mod show;
