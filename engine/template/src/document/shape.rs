//! The shape a TOML file must have, as data, and the walk that reports everything that is not so.
//!
//! serde stops at the first problem and speaks to programmers. The walk finds every unknown, missing and mistyped key,
//! says it in plain words and underlines it; serde then reads what has passed.

use super::Node;
use crate::{
    formats::{Complaint, Format, shown},
    report::Report,
    suggest,
};
use toml::de::DeValue;

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Text that says something.
    Text,
    /// Text, perhaps empty.
    AnyText,
    /// Text in a format.
    Format(Format),
    /// One of several words.
    Word(&'static [&'static str]),
    /// True or false.
    Switch,
    /// A whole number within bounds.
    Integer {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A finite number within bounds.
    Number {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// A text, a number, true or false: the value of a setting.
    Plain,
    /// Anything: the settings of a plugin.
    Anything,
    /// A list.
    List {
        /// What it holds.
        of: &'static Shape,
        /// How few it may hold.
        least: usize,
        /// How many it may hold.
        most: usize,
    },
    /// A section whose keys the author names.
    Map {
        /// How the names must look.
        names: Format,
        /// What they hold.
        of: &'static Shape,
    },
    /// A section with given keys.
    Table(&'static TableShape),
    /// A section whose key `type` decides which other keys it has.
    Tagged(&'static [(&'static str, &'static TableShape)]),
    /// One of several shapes, told apart by the kind of value: a text, or a section of texts.
    Either(&'static [Shape]),
}

/// The keys of a section.
#[derive(Debug)]
pub(crate) struct TableShape {
    /// What it is, for a message: `a session`.
    pub what: &'static str,
    /// Its keys, in groups so that kinds of a thing can share some.
    pub fields: &'static [&'static [Field]],
}

impl TableShape {
    /// The names of its keys.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().flat_map(|group| group.iter()).map(|field| field.name)
    }
}

/// A key of a section.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it means, for the book: part of a sentence, in Markdown.
    pub says: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it has to be there.
    pub need: Need,
}

/// Whether a key has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It has to be, with an example to copy.
    Required(&'static str),
    /// It may be left out.
    Optional,
}

impl Field {
    /// A key that has to be there; the example shows how to write it.
    pub(crate) const fn required(name: &'static str, says: &'static str, shape: Shape, example: &'static str) -> Self {
        Self { name, says, shape, need: Need::Required(example) }
    }

    /// A key that may be left out.
    pub(crate) const fn optional(name: &'static str, says: &'static str, shape: Shape) -> Self {
        Self { name, says, shape, need: Need::Optional }
    }
}

/// Reports everything in which a value differs from its shape, and tells whether nothing does.
pub(crate) fn check(node: Node<'_>, shape: &Shape, report: &mut Report) -> bool {
    let before = report.errors();
    walk(node, shape, report);
    report.errors() == before
}

fn walk(node: Node<'_>, shape: &Shape, report: &mut Report) {
    match (shape, node.value()) {
        (Shape::Text, DeValue::String(text)) if text.trim().is_empty() => {
            let found = node.error("toml::empty", "this text is empty", "say something here");
            report.push(found.help("write it between the quotes, in words for whoever reads it"));
        }
        (Shape::Text | Shape::AnyText, DeValue::String(_))
        | (Shape::Switch, DeValue::Boolean(_))
        | (Shape::Plain, DeValue::String(_) | DeValue::Boolean(_)) => {}
        (Shape::Format(format), DeValue::String(text)) => complain(node, format(text), report),
        // A date may be written with or without quotes.
        (Shape::Format(format), DeValue::Datetime(date)) => complain(node, format(&date.to_string()), report),
        (Shape::Word(words), DeValue::String(text)) => {
            if !words.contains(&text.as_ref()) {
                report.push(
                    node.error(
                        "toml::unknown_word",
                        format!("'{}' is not one of the words that can stand here", shown(text)),
                        "unknown",
                    )
                    .help(suggest::help(text, words.iter().copied(), "")),
                );
            }
        }
        (Shape::Integer { least, most }, DeValue::Integer(_)) => match node.integer() {
            Some(number) if (*least..=*most).contains(&number) => {}
            _ => bounds(node, &least.to_string(), (*most != i64::MAX).then(|| most.to_string()), report),
        },
        (Shape::Number { least, most }, DeValue::Integer(_) | DeValue::Float(_)) => match node.number() {
            Some(number) if !number.is_finite() => finite(node, report),
            Some(number) if (*least..=*most).contains(&number) => {}
            _ => bounds(node, &least.to_string(), most.is_finite().then(|| most.to_string()), report),
        },
        (Shape::Anything, _) | (Shape::Plain, DeValue::Integer(_) | DeValue::Float(_)) => finite(node, report),
        (Shape::List { of, least, most }, DeValue::Array(_)) => {
            let items = node.items();
            if items.len() < *least {
                let word =
                    if *least == 1 { "at least one is needed".into() } else { format!("at least {least} are needed") };
                report.push(node.error("toml::too_few", format!("this list has {} items", items.len()), word));
            }
            if items.len() > *most {
                report.push(node.error(
                    "toml::too_many",
                    format!("this list has {} items", items.len()),
                    format!("at most {most} are allowed"),
                ));
            }
            for item in items {
                walk(item, of, report);
            }
        }
        (Shape::Map { names, of }, DeValue::Table(_)) => {
            for (name, value) in node.entries() {
                if let Err(Complaint { message, help }) = names(name) {
                    report.push(value.key_error("toml::bad_name", message, "this name").help(help));
                }
                walk(value, of, report);
            }
        }
        (Shape::Table(table), DeValue::Table(_)) => fields(node, table, report),
        (Shape::Tagged(kinds), DeValue::Table(_)) => tagged(node, kinds, report),
        (Shape::Either(shapes), value) if shapes.iter().any(|shape| fits(shape, value)) => {
            for shape in shapes.iter().filter(|shape| fits(shape, value)) {
                walk(node, shape, report);
            }
        }
        _ => report.push(
            node.error(
                "toml::wrong_type",
                format!("this is {}, not {}", node.kind(), wanted(shape)),
                "wrong kind of value",
            )
            .help(how(shape)),
        ),
    }
}

fn fields(node: Node<'_>, table: &TableShape, report: &mut Report) {
    let entries = node.entries();
    for (name, value) in &entries {
        match table.fields.iter().flat_map(|group| group.iter()).find(|field| field.name == *name) {
            Some(field) => walk(*value, &field.shape, report),
            None => report.push(
                value
                    .key_error(
                        "toml::unknown_key",
                        format!("{} has no key '{}'", table.what, shown(name)),
                        "unknown key",
                    )
                    .help(suggest::help(name, table.names(), "remove it")),
            ),
        }
    }
    for field in table.fields.iter().flat_map(|group| group.iter()) {
        let Need::Required(example) = field.need else { continue };
        if !entries.iter().any(|(name, _)| *name == field.name) {
            report.push(
                node.key_error("toml::missing_key", format!("{} needs '{}'", table.what, field.name), "is not there")
                    .help(format!("add a line such as `{example}`")),
            );
        }
    }
}

fn tagged(node: Node<'_>, kinds: &'static [(&'static str, &'static TableShape)], report: &mut Report) {
    let words = || kinds.iter().map(|(word, _)| *word);
    let Some(tag) = node.get("type") else {
        let known: Vec<_> = words().collect();
        report.push(
            node.key_error("toml::missing_key", "this section needs 'type'", "is not there")
                .help(format!("add `type = ...` with one of {}", suggest::list(&known))),
        );
        return;
    };
    match kinds.iter().find(|(word, _)| tag.text() == Some(word)) {
        Some((_, table)) => fields(node, table, report),
        None => report.push(tag.error("toml::unknown_word", "there is no such type", "unknown").help(suggest::help(
            tag.text().unwrap_or_default(),
            words(),
            "",
        ))),
    }
}

fn complain(node: Node<'_>, outcome: Result<(), Complaint>, report: &mut Report) {
    if let Err(Complaint { message, help }) = outcome {
        report.push(node.error("toml::bad_value", message, "this").help(help));
    }
}

fn bounds(node: Node<'_>, least: &str, most: Option<String>, report: &mut Report) {
    let range = match most {
        Some(most) => format!("from {least} to {most}"),
        None => format!("{least} or more"),
    };
    let found = node.error("toml::out_of_bounds", format!("this number has to be {range}"), "out of bounds");
    report.push(found.help(format!("write a number {range}")));
}

/// JSON has neither infinity nor numbers past 64 bits, and no setting needs them.
fn finite(node: Node<'_>, report: &mut Report) {
    if node.json().is_none() {
        let message = "a number here is infinite, no number at all or too large";
        report.push(node.error("toml::out_of_bounds", message, "this"));
    }
}

/// Tells whether a value is of the kind that a shape is about.
fn fits(shape: &Shape, value: &DeValue<'_>) -> bool {
    match shape {
        Shape::Text | Shape::AnyText | Shape::Word(_) => matches!(value, DeValue::String(_)),
        Shape::Format(_) => matches!(value, DeValue::String(_) | DeValue::Datetime(_)),
        Shape::Switch => matches!(value, DeValue::Boolean(_)),
        Shape::Integer { .. } => matches!(value, DeValue::Integer(_)),
        Shape::Number { .. } => matches!(value, DeValue::Integer(_) | DeValue::Float(_)),
        Shape::Plain => !matches!(value, DeValue::Array(_) | DeValue::Table(_) | DeValue::Datetime(_)),
        Shape::Anything => true,
        Shape::List { .. } => matches!(value, DeValue::Array(_)),
        Shape::Map { .. } | Shape::Table(_) | Shape::Tagged(_) => matches!(value, DeValue::Table(_)),
        Shape::Either(shapes) => shapes.iter().any(|shape| fits(shape, value)),
    }
}

fn wanted(shape: &Shape) -> String {
    let word = match shape {
        Shape::Text | Shape::AnyText | Shape::Format(_) => "text",
        Shape::Word(_) => "a word",
        Shape::Switch => "true or false",
        Shape::Integer { .. } => "a whole number",
        Shape::Number { .. } => "a number",
        Shape::Plain => "text, a number, true or false",
        Shape::Anything => "anything",
        Shape::List { .. } => "a list",
        Shape::Map { .. } | Shape::Table(_) | Shape::Tagged(_) => "a section",
        Shape::Either(shapes) => return shapes.iter().map(wanted).collect::<Vec<_>>().join(" or "),
    };
    word.into()
}

fn how(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::AnyText | Shape::Format(_) | Shape::Word(_) => "put it in quotes: \"like this\"",
        Shape::Switch => "write true or false, without quotes",
        Shape::Integer { .. } | Shape::Number { .. } => "write the number without quotes",
        Shape::Plain | Shape::Anything => "write a single value",
        Shape::List { .. } => "write it in square brackets: [\"one\", \"two\"]",
        Shape::Map { .. } | Shape::Table(_) | Shape::Tagged(_) => {
            "write a section `[name]` of its own with one key a line"
        }
        Shape::Either(shapes) => shapes.first().map_or("", how),
    }
}
