//! The edges as the core names them. It implements none of them.

mod rules;
mod script;
mod store;

pub use rules::{
    AttributeUse, PluginError, PluginFault, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest, Table,
};
pub use script::{PROGRAMME, Program, ScriptCall, ScriptEnd, SharedProgram};
pub use store::{Batch, JournalAppend, Row, RowChange, Store, StoreError, StoredEntry, Table as StoreTable};
