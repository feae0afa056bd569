//! Two stores behind the core's one port: [`MemoryStore`] for rehearsals and tests, [`SledStore`] for a data folder.
//!
//! Architecture invariant: no other crate names sled, and no type of sled appears in this crate's public interface.
//!
//! How a commit becomes durable is written once, in `sled_store/committer.rs`; what readers may see meanwhile in
//! `sled_store/shown.rs`; what lies on disk in `sled_store/keys.rs`, `cells.rs` and `frame.rs`. Every limit is in
//! [`limits`]. A store that somebody adds proves itself with the suite behind the feature `conformance`.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod limits;
mod memory;
mod sled_store;

pub use memory::MemoryStore;
pub use sled_store::{Options, SledStore};
