//! Texts for people. The only crate of the house that names handlebars; its types stay inside.
//!
//! [`messages`] reads, checks and renders the messages of a template; [`report`] shows what rehearsals came to;
//! [`evaluation`] what a programme came to; [`pages`] are the server's own.

pub mod evaluation;
mod html;
pub mod limits;
pub mod messages;
pub mod pages;
pub mod report;
