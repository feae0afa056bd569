//! The language that somebody wants to read.

use super::Fault;
use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;
use turnabout_model::is_language_tag;
use utoipa::IntoParams;

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InLanguage {
    /// The language of the texts, for example `cy`; the survey's own if it is left out or not there.
    #[param(value_type = Option<String>)]
    #[serde(default)]
    language: Option<SmolStr>,
}

impl InLanguage {
    /// The tag, if it is one.
    pub(crate) fn tag(self) -> Result<Option<SmolStr>, Fault> {
        match self.language {
            Some(tag) if !is_language_tag(&tag) => {
                let hint = "Write a language tag such as en or cy, or leave it out.";
                Err(Fault::bad_request("request::query", "language: that is no language", hint))
            }
            tag => Ok(tag),
        }
    }
}

/// Reads a language out of a body.
pub(crate) fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SmolStr>, D::Error> {
    let tag = Option::<SmolStr>::deserialize(deserializer)?;
    match tag {
        Some(tag) if !is_language_tag(&tag) => {
            Err(serde::de::Error::custom("that is no language: write a tag such as en or cy"))
        }
        tag => Ok(tag),
    }
}
