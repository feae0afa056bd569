//! Texts for people. The only crate of the house that names handlebars; its types stay inside.
//!
//! [`messages`] reads, checks and renders the messages of a template.

pub mod limits;
pub mod messages;
