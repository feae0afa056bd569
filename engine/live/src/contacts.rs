//! Who runs a run for its client: kept beside the people, since names and addresses are no business of the journal.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::bundle::Bundle;
use turnabout_model::Survey;
use turnabout_render::Look;
use turnabout_template::client::Brand;

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

/// Who runs a run, under what name, and with whose permission.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// The organisation, as messages name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The colour of its pages, `#rrggbb`. One on which white text can't be read (WCAG 2.2 AA) is not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "#12436d"))]
    pub colour: Option<SmolStr>,
    /// Who runs it day by day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator: Option<Contact>,
    /// Who stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Contact>,
    /// Who hears concerns, outside the programme's reporting line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Who permitted this client to ask somebody else's questions, and when, by the name of the survey.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub permissions: BTreeMap<SmolStr, String>,
}

impl Contacts {
    /// The surveys whose owner has to permit their use, and of which nobody says that they did.
    pub(crate) fn unpermitted(&self, bundle: &Bundle) -> Vec<SmolStr> {
        let said = |survey: &Survey| survey.permission.as_ref().is_some_and(|by| !by.trim().is_empty());
        let confirmed = |name: &SmolStr| self.permissions.get(name).is_some_and(|by| !by.trim().is_empty());
        let surveys = bundle.surveys.iter().filter(|(_, survey)| survey.requires_permission);
        surveys.filter(|(name, survey)| !said(survey) && !confirmed(name)).map(|(name, _)| name.clone()).collect()
    }

    /// What pages about the run look like: the organisation's, or nobody's where none is named.
    pub fn look(&self) -> Look {
        let Some(organisation) = self.organisation.clone() else { return Look::default() };
        let brand = Brand { organisation, colour: self.colour.clone() };
        Look::of(&brand.organisation, brand.readable_colour())
    }
}
