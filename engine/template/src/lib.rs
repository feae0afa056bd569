//! Reads templates, clients and lists of people: files in, a checked value or *all* the problems out.
//!
//! [`read_folder`], with the two functions that it consists of, is all that touches a disk. [`load`] turns files into a [`Bundle`]: it reads the TOML,
//! compiles scripts and messages through the core's ports, cross-checks everything at once and audits the programme.
//! A designer sees every problem in one go, each with the text underlined and a way out.
//!
//! [`Bundle`]: turnabout_core::bundle::Bundle

pub mod audit;
mod checks;
pub mod client;
mod document;
mod folder;
mod formats;
mod hash;
mod layout;
pub mod limits;
mod load;
pub mod people;
mod reference;
pub mod rehearsed;
mod report;
mod shapes;
mod suggest;
mod survey;
mod tailored;
#[cfg(test)]
mod testing;

pub use folder::{FolderError, read_folder, read_own, with_shared};
pub use formats::check_name;
pub use hash::content_hash;
pub use load::{Loaded, check, load};
pub use reference::reference;
pub use survey::{SurveyUnwritable, read_survey, write_survey};
