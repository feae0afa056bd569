//! The columns of the sheets `survey` and `choices`.

use crate::language;
use smol_str::SmolStr;

/// A column that a survey is made of, in the order in which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    ListName,
    Type,
    Name,
    Label,
    Required,
    RequiredMessage,
    Relevant,
    Constraint,
    ConstraintMessage,
    Calculation,
    Appearance,
    Disabled,
}

/// Every column with its heading.
const HEADINGS: [(Column, &str); 12] = [
    (Column::ListName, "list_name"),
    (Column::Type, "type"),
    (Column::Name, "name"),
    (Column::Label, "label"),
    (Column::Required, "required"),
    (Column::RequiredMessage, "required_message"),
    (Column::Relevant, "relevant"),
    (Column::Constraint, "constraint"),
    (Column::ConstraintMessage, "constraint_message"),
    (Column::Calculation, "calculation"),
    (Column::Appearance, "appearance"),
    (Column::Disabled, "disabled"),
];

/// Other headings for them, as older forms have.
const ALIASES: [(&str, Column); 8] = [
    ("relevance", Column::Relevant),
    ("caption", Column::Label),
    ("value", Column::Name),
    ("calculate", Column::Calculation),
    ("constraint_msg", Column::ConstraintMessage),
    ("required_msg", Column::RequiredMessage),
    ("list", Column::ListName),
    ("command", Column::Type),
];

/// Columns of XLSForm that have no counterpart in a survey.
const LEFT_OUT: [&str; 26] = [
    "hint",
    "guidance_hint",
    "read_only",
    "readonly",
    "default",
    "choice_filter",
    "parameters",
    "trigger",
    "repeat_count",
    "media",
    "image",
    "big-image",
    "audio",
    "video",
    "bind",
    "body",
    "control",
    "instance",
    "intent",
    "autoplay",
    "save_to",
    "query",
    "accuracythreshold",
    "order",
    "geometry",
    "note",
];

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heading {
    /// A column, in a language if it is one of a text that has some.
    Column(Column, Option<SmolStr>),
    /// A column of XLSForm that is left out.
    LeftOut,
    /// Nothing that XLSForm knows.
    Unknown,
}

impl Column {
    /// The heading.
    pub(crate) fn heading(self) -> &'static str {
        HEADINGS.iter().find(|(column, _)| *column == self).map_or("", |(_, heading)| heading)
    }

    fn has_languages(self) -> bool {
        matches!(self, Self::Label | Self::RequiredMessage | Self::ConstraintMessage)
    }

    /// Whether the sheet of choices has it; the others are the survey's.
    fn in_choices(self) -> bool {
        matches!(self, Self::ListName | Self::Name | Self::Label)
    }
}

/// Reads a heading of the sheet of choices, or of the survey.
pub(crate) fn read(heading: &str, of_choices: bool) -> Heading {
    let (base, language) = match heading.split_once("::").or_else(|| heading.split_once(':')) {
        Some((base, language)) => (plain(base), Some(language.trim())),
        None => (plain(heading), None),
    };
    let whole = plain(heading);
    let named = |name: &str| {
        let own = HEADINGS.iter().find(|(_, known)| *known == name).map(|(column, _)| *column);
        own.or_else(|| ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, column)| *column))
    };
    let here = |column: &Column| column.in_choices() == of_choices || matches!(column, Column::Name | Column::Label);
    if let Some(column) = named(&whole).filter(here) {
        return Heading::Column(column, None);
    }
    match (named(&base).filter(here), language) {
        (Some(column), Some(language)) if column.has_languages() => {
            let tag = language::tag(language);
            if tag.is_empty() { Heading::Unknown } else { Heading::Column(column, Some(tag)) }
        }
        _ if LEFT_OUT.contains(&base.as_str()) => Heading::LeftOut,
        _ => Heading::Unknown,
    }
}

/// A heading as tables have it: small letters, and `_` for spaces.
fn plain(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_").replace("big_image", "big-image")
}

/// The headings that a sheet may have, for a suggestion.
pub(crate) fn known(of_choices: bool) -> Vec<&'static str> {
    let here = |column: &Column| column.in_choices() == of_choices || matches!(column, Column::Name | Column::Label);
    HEADINGS.iter().filter(|(column, _)| here(column)).map(|(_, heading)| *heading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_as_people_write_them() {
        let column = |column, language: Option<&str>| Heading::Column(column, language.map(SmolStr::from));
        for (heading, of_choices, expect) in [
            ("type", false, column(Column::Type, None)),
            ("Required Message", false, column(Column::RequiredMessage, None)),
            ("label::English (en)", false, column(Column::Label, Some("en"))),
            ("label:cy", true, column(Column::Label, Some("cy"))),
            ("constraint-message::de", false, column(Column::ConstraintMessage, Some("de"))),
            ("relevance", false, column(Column::Relevant, None)),
            ("relevant", true, Heading::Unknown),
            ("list name", true, column(Column::ListName, None)),
            ("list_name", false, Heading::Unknown),
            ("name::en", false, Heading::Unknown),
            ("label::()", false, Heading::Unknown),
            ("media::image::en", false, Heading::LeftOut),
            ("bind::relevant", false, Heading::LeftOut),
            ("Hint", false, Heading::LeftOut),
            ("colour", false, Heading::Unknown),
        ] {
            assert_eq!(read(heading, of_choices), expect, "{heading}");
        }
        for (column, heading) in HEADINGS {
            assert_eq!(
                (column.heading(), read(heading, column.in_choices())),
                (heading, Heading::Column(column, None))
            );
        }
    }
}
