//! The edges as the core names them. It implements none of them.

mod components;
mod logic;
mod outline;
mod rules;
mod script;
mod store;

pub use components::{Components, PluginKind};
pub use logic::{Asking, CheckIn, Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, WrongAnswer};
pub use outline::{Argument, Call, Function, Import, Outline, Text};
pub use rules::{
    AttributeUse, PluginError, PluginFault, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest, Table,
};
pub use script::{PROGRAMME, Program, ScriptCall, ScriptEnd, SharedProgram};
pub use store::{Batch, JournalAppend, Row, RowChange, Store, StoreError, StoredEntry, Table as StoreTable};
