//! Reads templates, clients and lists of people: files in, a checked value or *all* the problems out.
//!
//! [`read_folder`], with the two functions that it consists of, is all that touches a disk. [`load`] turns files into a [`Bundle`]: it reads the TOML,
//! compiles scripts and messages through the core's ports, cross-checks everything at once and audits the programme.
//! A designer sees every problem in one go, each with the text underlined and a way out.
//!
//! [`Bundle`]: turnabout_core::bundle::Bundle
//!
//! ```
//! use turnabout_render::messages::MessageCheck;
//! use turnabout_script::{RhaiScripts, ScriptLimits};
//!
//! let files = [
//!     ("programme.toml", "name = \"short\"\nsumary = \"Too short\"\n"),
//!     ("programme.rhai", "fn programme(settings) { hodl(\"kick-off\"); }"),
//! ];
//! let files = files.map(|(path, text)| (path.into(), text.into())).into();
//! let scripts = RhaiScripts::new(ScriptLimits::standard());
//! let problems = turnabout_template::load(files, &scripts, &MessageCheck).unwrap_err();
//! let hodl = problems.iter().find(|problem| problem.code == "script::unknown_verb").unwrap();
//! assert_eq!(hodl.message, "there is no verb or function hodl");
//! assert!(problems.len() > 2, "a mistyped key of the manifest does not hide what is wrong with the script");
//! ```

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
mod rules;
mod shapes;
mod suggest;
mod survey;
mod tailored;
#[cfg(test)]
mod testing;
mod words;

pub use folder::{FolderError, read_folder, read_folder_to_check, read_folder_traced, read_own, with_shared};
pub use formats::check_name;
pub use hash::content_hash;
pub use load::{Examined, Loaded, check, examine, load};
pub use reference::reference;
pub use rules::check_rules;
pub use survey::{SurveyUnwritable, check_survey, read_survey, write_survey};
pub use tailored::{Origins, is_own_template};
pub use words::{NoWords, words_to_translate};
