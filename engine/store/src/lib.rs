//! Two stores behind the core's one port: [`MemoryStore`] for rehearsals and tests, [`SledStore`] for a data folder.
//!
//! Architecture invariant: no other crate names sled, and no type of sled appears in this crate's public interface.
//!
//! How a commit becomes durable is written once, in `sled_store/committer.rs`; what readers may see meanwhile in
//! `sled_store/shown.rs`; what lies on disk in `sled_store/keys.rs`, `cells.rs` and `frame.rs`. Every limit is in
//! [`limits`]. A store that somebody adds proves itself with the suite behind the feature `conformance`.
//!
//! ```
//! use turnabout_core::ports::{Batch, JournalAppend, Store, StoreError};
//! use turnabout_model::RunId;
//! use turnabout_store::MemoryStore;
//!
//! let (store, run) = (MemoryStore::new(), RunId::from_bits(1));
//! let append = JournalAppend { run: run.clone(), expected: 0, entries: vec![b"it began".to_vec()] };
//! let batch = Batch { journal: Some(append), ..Batch::default() };
//! store.commit(batch.clone())?;
//! assert_eq!(store.journal(&run, 0, 10)?[0].payload, b"it began");
//! assert!(matches!(store.commit(batch), Err(StoreError::Conflict { found: 1, .. })), "somebody else wrote first");
//! # Ok::<_, StoreError>(())
//! ```

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod limits;
mod memory;
mod sled_store;

pub use memory::MemoryStore;
pub use sled_store::{Options, SledStore};
