//! Runs plugins: wasm components behind the `Rules` and `Logics` ports. The only crate that names wasmtime.
//!
//! **Invariant.** A plugin is a pure function. It imports nothing but a bounded log, every call gets a fresh instance
//! in a fresh store, one constructor makes all stores, and every limit stands in [`Limits`]. So the same cohort gives
//! the same scores, and the same budget the same verdict about a plugin that overdraws it; only the deadline, a
//! backstop behind the fuel, depends on the machine.
//!
//! ```text
//! Sandbox   who is installed, by hash          library.rs, standard.rs
//!   Rules   cuts, packs, asks, checks          rules.rs, pack.rs, verdicts.rs
//!   Logics  asks in JSON, checks every name    logic.rs
//!   Plugin  one compiled, described component  plugin.rs, gate.rs, contract.rs, fault.rs
//!   weight  what compiling it would cost      weight.rs
//!   inspect the gate step by step, with help   inspect.rs, componentize.rs
//!   Usage   what calls used, for authors       usage.rs
//!   Machine engine, instance pool, ticker      machine.rs, store.rs, permits.rs, limits.rs
//!   CodeCache compiled components on disk      cache.rs, which says why they may be trusted
//! ```
//!
//! ```
//! use turnabout_core::ports::PluginFault;
//! use turnabout_sandbox::{Limits, Sandbox, component_sha256};
//!
//! let sandbox = Sandbox::new(Limits::standard())?;
//! let refused = sandbox.install(b"no component").unwrap_err();
//! assert!(matches!(refused.fault, PluginFault::Contract(_)));
//! assert!(!sandbox.has(&component_sha256(b"no component")));
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod cache;
mod componentize;
mod contract;
mod fault;
mod gate;
mod inspect;
mod library;
mod limits;
mod logic;
mod machine;
mod pack;
mod permits;
mod plugin;
mod rules;
mod standard;
mod store;
mod usage;
mod verdicts;
mod weight;
mod work;

pub use cache::{CodeCache, CodeCacheError};
pub use componentize::{ComponentizeError, componentize};
pub use inspect::{Complaint, Identity, Inspection, Step};
pub use library::{Sandbox, SandboxError, component_sha256};
pub use limits::Limits;
pub use standard::{StandardPlugin, earlier_plugins, standard_plugins};
pub use turnabout_core::ports::PluginKind;
pub use usage::Usage;
