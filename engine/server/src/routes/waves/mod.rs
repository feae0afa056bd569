//! Surveys that were sent.

pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod look;
pub(crate) mod respond;
pub(crate) mod show;

use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Answers so far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answers": {"open": 4}}))]
pub(crate) struct AnswersSoFar {
    /// The answers by question, a ballot like one that is handed in: an inner list is a place that several people share.
    #[schema(value_type = Object)]
    answers: BTreeMap<SmolStr, serde_json::Value>,
    /// The language in which to say what is asked and wrong, for example `cy`; the survey's own if it is left out.
    #[schema(value_type = Option<String>)]
    #[serde(default, deserialize_with = "crate::api::language")]
    language: Option<SmolStr>,
}
