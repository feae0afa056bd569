//! Durable scripts: the only crate that names rhai.
//!
//! [`RhaiScripts`] compiles a template's scripts into a program that serves all runs and threads of its bundle. What
//! one evaluation needs travels in its tag, behind no shared lock. No clock, file, network, `sleep` or `eval` of
//! rhai's is reachable, and every limit is set from [`ScriptLimits`].
//!
//! ```
//! use turnabout_core::bundle::Scripts;
//! use turnabout_script::{RhaiScripts, ScriptLimits};
//!
//! let scripts = RhaiScripts::new(ScriptLimits::standard());
//! let compile = |text: &str| scripts.compile(&[("programme.rhai".into(), text.to_owned())].into());
//! assert!(compile("fn programme(settings) { sleep(days(3)); }").unwrap().defines("programme", 1));
//! let problems = compile("fn programm(settings) { }").unwrap_err();
//! assert_eq!(problems[0].code, "script::no_programme");
//! ```

mod call;
mod closures;
mod composites;
mod convert;
mod definitions;
mod engine;
mod limits;
mod lists;
mod names;
mod outline;
mod problems;
mod program;
mod time;
mod verbs;
mod work;

pub use definitions::{definitions, helpers};
pub use limits::ScriptLimits;
pub use program::RhaiScripts;

#[cfg(test)]
mod tests;
