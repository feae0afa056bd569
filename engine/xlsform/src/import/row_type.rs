//! The types of XLSForm's rows.

/// What a row of the sheet `survey` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowType<'w> {
    /// One, several or an order of the choices of a list.
    Select(Select, &'w str),
    Text,
    Integer,
    Decimal,
    Date,
    Note,
    Calculate,
    BeginGroup,
    EndGroup,
    /// What a device writes by itself, such as the time: left out.
    Metadata,
    /// A type of XLSForm for which there is no question, with why or what to do instead.
    Unsupported(&'static str),
    Unknown,
}

/// How choices are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Select {
    One,
    Multiple,
    Rank,
}

/// How rows of choice begin, and what they are.
const SELECTS: [(&str, Select); 10] = [
    ("select_one", Select::One),
    ("select one from", Select::One),
    ("select one", Select::One),
    ("select1", Select::One),
    ("select_multiple", Select::Multiple),
    ("select multiple from", Select::Multiple),
    ("select multiple", Select::Multiple),
    ("select all that apply from", Select::Multiple),
    ("select all that apply", Select::Multiple),
    ("rank", Select::Rank),
];

/// Reads a type.
pub(super) fn read(text: &str) -> RowType<'_> {
    let text = text.trim();
    let word = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    match word.replace('_', " ").as_str() {
        "text" | "string" => RowType::Text,
        "integer" | "int" => RowType::Integer,
        "decimal" => RowType::Decimal,
        "date" => RowType::Date,
        "note" => RowType::Note,
        "calculate" | "calculation" => RowType::Calculate,
        "begin group" => RowType::BeginGroup,
        "end group" => RowType::EndGroup,
        "start" | "end" | "today" | "deviceid" | "phonenumber" | "username" | "email" | "simserial"
        | "subscriberid" | "audit" | "start-geopoint" | "start geopoint" | "background-audio" => RowType::Metadata,
        "begin repeat" | "end repeat" => RowType::Unsupported("ask in a survey of its own, or in words"),
        "geopoint" | "geotrace" | "geoshape" => RowType::Unsupported("nobody is asked where they are"),
        "time" | "datetime" => RowType::Unsupported("ask for the date, or in words"),
        "range" => RowType::Unsupported("make it an integer with a constraint, or select_one with numbers"),
        "acknowledge" | "trigger" => RowType::Unsupported("make it select_one with one choice"),
        "hidden" => RowType::Unsupported("make it a calculate"),
        "image" | "photo" | "audio" | "video" | "file" | "barcode" | "xml-external" | "csv-external" => {
            RowType::Unsupported("a survey takes no files")
        }
        _ if word.starts_with("select_one_from_file") || word.starts_with("select_multiple_from_file") => {
            RowType::Unsupported("write the choices into the sheet 'choices'")
        }
        _ => select(text).unwrap_or(RowType::Unknown),
    }
}

fn select(text: &str) -> Option<RowType<'_>> {
    for (begins, select) in SELECTS {
        let Some(begin) = text.get(..begins.len()) else { continue };
        let rest = &text[begins.len()..];
        if !begin.eq_ignore_ascii_case(begins) || !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let mut words = rest.split_whitespace();
        return match (words.next(), words.next(), words.next()) {
            (Some(list), None, _) => Some(RowType::Select(select, list)),
            (Some(_), Some("or_other"), None) => {
                Some(RowType::Unsupported("add a choice 'other', and a text with `relevant` for it"))
            }
            _ => None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_as_people_write_them() {
        for (text, expect) in [
            ("select_one yes_no", RowType::Select(Select::One, "yes_no")),
            ("Select one from yes_no", RowType::Select(Select::One, "yes_no")),
            ("select multiple  days ", RowType::Select(Select::Multiple, "days")),
            ("rank drinks", RowType::Select(Select::Rank, "drinks")),
            ("begin group", RowType::BeginGroup),
            ("END_GROUP", RowType::EndGroup),
            ("int", RowType::Integer),
            ("deviceid", RowType::Metadata),
            ("select_one", RowType::Unknown),
            ("select_one a b", RowType::Unknown),
            ("ranké", RowType::Unknown),
            ("colour", RowType::Unknown),
        ] {
            assert_eq!(read(text), expect, "{text}");
        }
        for text in ["begin repeat", "geopoint", "select_one a or_other", "select_one_from_file a.csv", "dateTime"] {
            assert!(matches!(read(text), RowType::Unsupported(_)), "{text}");
        }
    }
}
