//! Who runs a run for its client: kept beside the people, since names and addresses are no business of the journal.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Somebody with a part in the programme who is no participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The full name.
    pub name: String,
    /// The e-mail address.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "sam@example.org"))]
    pub email: SmolStr,
}

/// Who runs a run, and under what name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// The organisation, as messages name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Who runs it day by day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator: Option<Contact>,
    /// Who stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Contact>,
    /// Who hears concerns, outside the programme's reporting line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}
