//! The contract in wasmtime's terms, generated from `plugins/wit`, and a description in the port's terms.

use crate::fault::{clip, contract};
use serde_json::Value;
use turnabout_core::ports::{AttributeUse, PluginFault, RuleDescription};
use turnabout_model::AttributeKind;

#[allow(missing_docs, unreachable_pub, clippy::pedantic, reason = "generated: plugins/wit documents what it holds")]
mod generated {
    wasmtime::component::bindgen!({
        path: "../../plugins/wit",
        world: "rule-plugin",
        ownership: Borrowing { duplicate_if_necessary: false },
    });
}

#[allow(missing_docs, unreachable_pub, clippy::pedantic, reason = "generated: plugins/wit documents what it holds")]
mod generated_logic {
    wasmtime::component::bindgen!({
        path: "../../plugins/wit",
        world: "logic-plugin",
        ownership: Borrowing { duplicate_if_necessary: false },
    });
}

pub(crate) use generated::exports::turnabout::plugin::rule as wit;
pub(crate) use generated::turnabout::plugin::log::Level;
pub(crate) use generated::{RulePlugin, RulePluginPre};
pub(crate) use generated_logic::exports::turnabout::plugin::logic as wit_logic;
pub(crate) use generated_logic::{LogicPlugin, LogicPluginPre};

/// The one import, as components name it.
pub(crate) const LOG: &str = "turnabout:plugin/log@1.0.0";

/// How every import of a component must begin: the log of this major version.
pub(crate) const LOG_MAJOR: &str = "turnabout:plugin/log@1.";

/// How the export of a rule begins: the interface of this major version.
pub(crate) const RULE_MAJOR: &str = "turnabout:plugin/rule@1.";

/// How the export of a logic begins: the interface of this major version.
pub(crate) const LOGIC_MAJOR: &str = "turnabout:plugin/logic@1.";

/// Reads what a component says of itself.
pub(crate) fn description(said: wit::Description, most_characters: usize) -> Result<RuleDescription, PluginFault> {
    let schema: Value = serde_json::from_str(&said.settings_schema)
        .map_err(|error| contract(format!("the schema of its settings is not JSON: {error}")))?;
    if !schema.is_object() {
        return Err(contract("the schema of its settings is no JSON object"));
    }
    if said.id.is_empty() {
        return Err(contract("it does not say its id"));
    }
    // A veto is 1 + an index in 16 bits.
    if said.reasons.len() >= usize::from(u16::MAX) {
        return Err(contract("it declares too many reasons"));
    }
    Ok(RuleDescription {
        id: clip(&said.id, most_characters),
        version: clip(&said.version, most_characters),
        mentor_attributes: said.mentor_attributes.into_iter().map(attribute).collect(),
        mentee_attributes: said.mentee_attributes.into_iter().map(attribute).collect(),
        settings_schema: schema,
        reasons: said
            .reasons
            .into_iter()
            .map(|reason| (clip(&reason.code, most_characters).into(), clip(&reason.text, most_characters)))
            .collect(),
    })
}

fn attribute(said: wit::Attribute) -> AttributeUse {
    let kind = match said.kind {
        wit::ColumnKind::Number => AttributeKind::Number,
        wit::ColumnKind::Category => AttributeKind::Category,
        wit::ColumnKind::Set => AttributeKind::Set,
    };
    AttributeUse { name: said.name.into(), kind }
}
