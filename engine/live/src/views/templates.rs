//! Templates as they are offered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::bundle::Bundle;
use turnabout_model::{AttributeKind, BundleHash, SettingKind, Survey, SurveyMode, Value};

/// A version of a template in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateSummary {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// Its version, for people.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: SmolStr,
    /// Its content hash.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub hash: BundleHash,
    /// One sentence on what it is.
    pub summary: String,
    /// When this version was installed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub installed: Timestamp,
}

/// A template by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateDetail {
    /// What a list shows of it.
    #[serde(flatten)]
    pub template: TemplateSummary,
    /// Why an organisation runs it.
    pub purpose: String,
    /// How long it lasts, for example `1 year`.
    pub length: String,
    /// The licence.
    pub licence: String,
    /// The IANA time zone of a run that sets no other.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub time_zone: SmolStr,
    /// False if the programme refuses measurement.
    pub measures: bool,
    /// What a client may change.
    pub settings: Vec<SettingView>,
    /// What it asks about people.
    pub attributes: Vec<AttributeView>,
    /// The kinds of session in its diary.
    pub sessions: Vec<NamedView>,
    /// Its surveys, with what people are told about their answers.
    pub surveys: Vec<SurveyView>,
    /// Its messages.
    pub messages: Vec<NamedView>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingView {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What it holds: `integer`, `number`, `switch`, `text`, `choice` or `period`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub holds: SmolStr,
    /// Its value when nobody sets it.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub default: Value,
    /// What it does.
    pub help: String,
}

/// Something that is asked about people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttributeView {
    /// Its name: the column of a list of people.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What it holds: `number`, `category` or `set`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub holds: SmolStr,
    /// What it is.
    pub help: String,
    /// Special-category data: used only with the person's consent, and shown to nobody.
    pub special: bool,
}

/// Something with a name and a title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedView {
    /// The name that scripts use.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// The title that people see.
    pub title: String,
}

/// A survey of a template, with what people are told about their answers: whoever starts a run can read it before anybody
/// is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyView {
    /// The name that scripts use.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// The title that people see, in the survey's own language.
    pub title: String,
    /// Who can be connected with an answer: `confidential`, `anonymous` or `named`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mode: SurveyMode,
    /// How many people have to be in a result before anybody sees it. Nobody sees results of a survey that is `named`.
    pub threshold: u8,
    /// What the answers are used for, in the survey's own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
}

impl SurveyView {
    /// Shows the surveys of a template, by name.
    pub(crate) fn all(bundle: &Bundle) -> Vec<Self> {
        bundle.surveys.iter().map(|(name, survey)| Self::of(name, survey)).collect()
    }

    fn of(name: &SmolStr, survey: &Survey) -> Self {
        let purpose = survey.purpose.as_ref().map(|purpose| survey.say(purpose, &survey.default_language));
        Self {
            name: name.clone(),
            title: survey.own_title().to_owned(),
            mode: survey.mode,
            threshold: survey.threshold.into(),
            purpose: purpose.map(|purpose| purpose.trim().to_owned()),
        }
    }
}

impl TemplateDetail {
    pub(crate) fn of(template: TemplateSummary, bundle: &Bundle) -> Self {
        let programme = &bundle.programme;
        let named = |name: &SmolStr, title: &str| NamedView { name: name.clone(), title: title.to_owned() };
        let setting = |(name, setting): (&SmolStr, &SettingKind)| SettingView {
            name: name.clone(),
            holds: holds(setting).into(),
            default: setting.default_value(),
            help: setting.help().to_owned(),
        };
        let attributes = programme.attributes.iter().map(|(name, attribute)| AttributeView {
            name: name.clone(),
            holds: match attribute.kind {
                AttributeKind::Number => "number",
                AttributeKind::Category => "category",
                AttributeKind::Set => "set",
            }
            .into(),
            help: attribute.help.clone(),
            special: attribute.special,
        });
        Self {
            template,
            purpose: programme.purpose.clone(),
            length: programme.length.to_string(),
            licence: programme.licence.clone(),
            time_zone: programme.time_zone.clone(),
            measures: programme.measures,
            settings: programme.settings.iter().map(setting).collect(),
            attributes: attributes.collect(),
            sessions: programme.sessions.iter().map(|(name, kind)| named(name, &kind.title)).collect(),
            surveys: SurveyView::all(bundle),
            messages: bundle.messages.iter().map(|(name, head)| named(name, &head.subject)).collect(),
        }
    }
}

fn holds(setting: &SettingKind) -> &'static str {
    match setting {
        SettingKind::Integer { .. } => "integer",
        SettingKind::Number { .. } => "number",
        SettingKind::Switch { .. } => "switch",
        SettingKind::Text { .. } => "text",
        SettingKind::Choice { .. } => "choice",
        SettingKind::Period { .. } => "period",
    }
}
