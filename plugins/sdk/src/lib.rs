//! What a Rust author needs to write a plugin for Turnabout.
//!
//! A matching rule is a type that implements [`Rule`] and a line that exports it:
//!
//! ```
//! use turnabout_plugin_sdk::{Attribute, ColumnKind, Description, Failure, Part, ReasonText, Rule, Table, Verdict};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Settings {}
//!
//! /// Prefers people who work at the same site.
//! struct SameSite {
//!     mentors: turnabout_plugin_sdk::Categories,
//!     mentees: turnabout_plugin_sdk::Categories,
//! }
//!
//! impl Rule for SameSite {
//!     type Settings = Settings;
//!     const DESCRIPTION: Description = Description {
//!         id: "same-site",
//!         version: "1.0.0",
//!         mentor_attributes: &[Attribute { name: "site", kind: ColumnKind::Category }],
//!         mentee_attributes: &[Attribute { name: "site", kind: ColumnKind::Category }],
//!         settings_schema: r#"{ "type": "object", "properties": {} }"#,
//!         reasons: &[ReasonText { code: "same-site", text: "They work at the same site." }],
//!     };
//!
//!     fn prepare(_: Settings, mut mentors: Table, mut mentees: Table) -> Result<Self, Failure> {
//!         Ok(Self { mentors: mentors.take_categories("site")?, mentees: mentees.take_categories("site")? })
//!     }
//!
//!     fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
//!         let same = self.mentors.get(mentor).is_some_and(|site| self.mentees.get(mentee) == Some(site));
//!         Verdict::Score(if same { 1.0 } else { 0.0 })
//!     }
//!
//!     fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
//!         match self.pair(mentor, mentee) {
//!             Verdict::Score(weight) if weight > 0.0 => vec![Part { code: "same-site", weight }],
//!             _ => Vec::new(),
//!         }
//!     }
//! }
//!
//! turnabout_plugin_sdk::export_rule!(SameSite);
//! # fn main() {}
//! ```
//!
//! Tests run natively: [`testing`] builds cohorts from words and asks a rule exactly as the host would.
//!
//! The logic of surveys is a type that implements [`Logic`] and a line that exports it, `export_logic!(MyLogic);`;
//! [`testing::check_survey`] and [`testing::evaluate`] ask it as the host would.

pub mod bindings;
pub mod date;
mod export;
mod export_logic;
mod json;
mod log;
mod logic;
pub mod logic_bindings;
mod marks;
mod rule;
mod table;
#[cfg(not(target_family = "wasm"))]
pub mod testing;

pub use export::Exported;
pub use export_logic::ExportedLogic;
pub use log::{debug, info, warn};
pub use logic::{Logic, LogicDescription, LogicFailure};
pub use marks::Marks;
pub use rule::{Attribute, ColumnKind, Description, Failure, Part, ReasonText, Rule, Verdict};
pub use table::{Categories, Numbers, Sets, Table};

/// Exports a [`Rule`] as the component's `rule` interface. Does nothing in a native build, so tests need no wasm.
#[macro_export]
macro_rules! export_rule {
    ($rule:ident) => {
        #[cfg(target_family = "wasm")]
        #[allow(unsafe_code, reason = "the generated entry points take raw pointers from the host")]
        mod exported_rule {
            type Component = $crate::Exported<super::$rule>;
            $crate::bindings::export_bindings!(Component with_types_in $crate::bindings);
        }
    };
}

/// Exports a [`Logic`] as the component's `logic` interface. Does nothing in a native build, so tests need no wasm.
#[macro_export]
macro_rules! export_logic {
    ($logic:ident) => {
        #[cfg(target_family = "wasm")]
        #[allow(unsafe_code, reason = "the generated entry points take raw pointers from the host")]
        mod exported_logic {
            type Component = $crate::ExportedLogic<super::$logic>;
            $crate::logic_bindings::export_logic_bindings!(Component with_types_in $crate::logic_bindings);
        }
    };
}
