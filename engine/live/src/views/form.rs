//! A form as it stands for the person who answers.

use crate::AnswerProblem;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A draft as it was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftView {
    /// What gives it back: keep it where the form is, for example in the browser.
    pub key: String,
    /// How the form stands.
    #[serde(flatten)]
    pub form: FormView,
}

/// What a form asks, given the answers so far, and what is wrong with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormView {
    /// Whether it could be handed in as it is.
    pub complete: bool,
    /// The questions, groups and statements that are asked, in the survey's order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub visible: Vec<SmolStr>,
    /// What must be answered, answered or not.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub required: Vec<SmolStr>,
    /// What is wrong, one for a question.
    pub wrong: Vec<AnswerProblem>,
    /// What was computed, by name.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub computed: BTreeMap<SmolStr, serde_json::Value>,
    /// Texts with answers filled in, by question; a choice's under `question/choice`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub labels: BTreeMap<SmolStr, String>,
    /// The answers as they were given, also those that can't be taken yet.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: BTreeMap<SmolStr, serde_json::Value>,
}
