//! What a form is made of, as its template reads it.

use super::spoken::Spoken;
use serde::Serialize;
use smol_str::SmolStr;

/// Something on the page.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Block {
    /// A heading over what follows.
    Heading { level: usize, text: String },
    /// Something to read.
    Note { text: String },
    /// Radio buttons or check boxes.
    Choices {
        #[serde(flatten)]
        field: Field,
        /// `radio` or `checkbox`.
        input: &'static str,
        /// Whether they are points of a scale, side by side where there is room.
        scale: bool,
        options: Vec<Choosable>,
    },
    /// Some lines of text.
    Words {
        #[serde(flatten)]
        field: Field,
        value: String,
    },
    /// A number.
    Number {
        #[serde(flatten)]
        field: Field,
        value: String,
        /// The keys that a telephone shows: `numeric` or `decimal`.
        keys: &'static str,
    },
    /// A date in three parts.
    Date {
        #[serde(flatten)]
        field: Field,
        parts: Vec<Part>,
    },
    /// Something or somebody to be given a place each.
    Places {
        #[serde(flatten)]
        field: Field,
        rows: Vec<PlaceRow>,
    },
}

/// What every field has.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) name: SmolStr,
    /// The id of its first control, to which the list of errors leads.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) optional: bool,
    pub(super) hint: Option<Spoken>,
    pub(super) error: Option<Spoken>,
    /// The ids of hint and error, for those who hear the page.
    pub(super) described: Option<String>,
}

/// A radio button or check box.
#[derive(Debug, Serialize)]
pub(super) struct Choosable {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) label: String,
    /// Its language, unless it is that of the survey's own texts.
    pub(super) lang: Option<String>,
    pub(super) checked: bool,
}

/// A part of a date.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Spoken,
    pub(super) value: String,
    pub(super) wide: bool,
}

/// Somebody or something with a place to choose.
#[derive(Debug, Serialize)]
pub(super) struct PlaceRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) options: Vec<PlaceOption>,
}

/// A place.
#[derive(Debug, Serialize)]
pub(super) struct PlaceOption {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) selected: bool,
}

/// An entry of the list of errors.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub(super) id: String,
    /// What was asked; empty if it has no words.
    pub(super) label: String,
    pub(super) what: Spoken,
}
