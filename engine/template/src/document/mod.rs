//! A TOML file whose every value knows its place in the text.

mod shape;

pub(crate) use shape::{Field, Need, Shape, TableShape, check};

use crate::report::Report;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::{borrow::Cow, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use turnabout_model::Diagnostic;

/// A parsed TOML file.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    file: SmolStr,
    root: Spanned<DeValue<'t>>,
}

impl<'t> Document<'t> {
    /// Parses a file as far as it can be parsed, and reports every place where it can't.
    pub(crate) fn parse(file: impl Into<SmolStr>, text: &'t str, report: &mut Report) -> Self {
        let file = file.into();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let (what, help) = match (error.message(), text.get(span.clone())) {
                ("duplicate key", Some(key)) if !key.is_empty() => {
                    (format!("the key '{key}' is there twice"), "keep one of the two")
                }
                (what, _) => (
                    what.to_owned(),
                    "texts stand in quotes, a line is `key = value`, and a section starts with `[name]`",
                ),
            };
            report.push(
                Diagnostic::error("toml::syntax", format!("{file} can't be read here: {what}"))
                    .at(file.clone(), span, "this")
                    .help(help),
            );
        }
        let span = table.span();
        Self { file, root: Spanned::new(span, DeValue::Table(table.into_inner())) }
    }

    /// The whole file.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { file: &self.file, key: None, value: &self.root }
    }
}

/// A value in a TOML file, with its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'d> {
    file: &'d SmolStr,
    key: Option<&'d Spanned<Cow<'d, str>>>,
    value: &'d Spanned<DeValue<'d>>,
}

impl<'d> Node<'d> {
    /// The file it stands in.
    pub(crate) fn file(self) -> &'d SmolStr {
        self.file
    }

    /// The bytes to underline for the value: of a section its header, of a whole file its start.
    pub(crate) fn span(self) -> Range<usize> {
        match self.key {
            None if matches!(self.value.get_ref(), DeValue::Table(_)) && self.value.span().start == 0 => 0..0,
            _ => self.value.span(),
        }
    }

    /// The bytes to underline for the key.
    pub(crate) fn key_span(self) -> Range<usize> {
        self.key.map_or_else(|| self.span(), Spanned::span)
    }

    /// The value under a key of this table.
    pub(crate) fn get(self, name: &str) -> Option<Node<'d>> {
        let (key, value) = self.value.get_ref().as_table()?.get_key_value(name)?;
        Some(Node { file: self.file, key: Some(key), value })
    }

    /// The text under a key of this table.
    pub(crate) fn text_of(self, name: &str) -> Option<&'d str> {
        self.get(name)?.text()
    }

    /// The keys of this table with their values, in the order of the file; none if it is no table.
    pub(crate) fn entries(self) -> Vec<(&'d str, Node<'d>)> {
        let Some(table) = self.value.get_ref().as_table() else { return Vec::new() };
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), Node { file: self.file, key: Some(key), value }))
            .collect();
        entries.sort_by_key(|(_, node)| node.key_span().start);
        entries
    }

    /// The entries of the table under a key; none if there is no such table.
    pub(crate) fn entries_of(self, name: &str) -> Vec<(&'d str, Node<'d>)> {
        self.get(name).map(Node::entries).unwrap_or_default()
    }

    /// The items of this list; none if it is no list.
    pub(crate) fn items(self) -> Vec<Node<'d>> {
        let Some(list) = self.value.get_ref().as_array() else { return Vec::new() };
        list.iter().map(|value| Node { file: self.file, key: None, value }).collect()
    }

    /// The items of the list under a key; none if there is no such list.
    pub(crate) fn items_of(self, name: &str) -> Vec<Node<'d>> {
        self.get(name).map(Node::items).unwrap_or_default()
    }

    /// The text; an unquoted date counts as text.
    pub(crate) fn text(self) -> Option<&'d str> {
        self.value.get_ref().as_str()
    }

    /// The whole number.
    pub(crate) fn integer(self) -> Option<i64> {
        let number = self.value.get_ref().as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// The number, whole or not.
    pub(crate) fn number(self) -> Option<f64> {
        match self.value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            #[allow(clippy::cast_precision_loss)] // numbers in templates are far below 2^52
            _ => self.integer().map(|number| number as f64),
        }
    }

    /// What stands there.
    pub(crate) fn value(self) -> &'d DeValue<'d> {
        self.value.get_ref()
    }

    /// What kind of value it is, in the words of a message.
    pub(crate) fn kind(self) -> &'static str {
        match self.value.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a section",
        }
    }

    /// The value as JSON, dates as text; `None` for a number that JSON does not have.
    pub(crate) fn json(self) -> Option<Json> {
        Some(match self.value.get_ref() {
            DeValue::String(text) => Json::String(text.as_ref().to_owned()),
            DeValue::Integer(_) => self.integer()?.into(),
            DeValue::Float(_) => serde_json::Number::from_f64(self.number()?)?.into(),
            DeValue::Boolean(value) => (*value).into(),
            DeValue::Datetime(date) => date.to_string().into(),
            DeValue::Array(_) => Json::Array(self.items().into_iter().map(Node::json).collect::<Option<_>>()?),
            DeValue::Table(_) => Json::Object(
                self.entries()
                    .into_iter()
                    .map(|(key, node)| Some((key.to_owned(), node.json()?)))
                    .collect::<Option<_>>()?,
            ),
        })
    }

    /// As much of the value as can be read, as JSON: keys and items that are no value are left out.
    pub(crate) fn readable(self) -> Option<Json> {
        match self.value.get_ref() {
            DeValue::Array(_) => Some(Json::Array(self.items().into_iter().filter_map(Node::readable).collect())),
            DeValue::Table(_) => {
                let read = |(key, node): (&str, Node<'_>)| Some((key.to_owned(), node.readable()?));
                Some(Json::Object(self.entries().into_iter().filter_map(read).collect()))
            }
            _ => self.json(),
        }
    }

    /// Reads the value as a type of the model. The shape has been checked, so that this fails only for what no shape
    /// says.
    pub(crate) fn read<T: DeserializeOwned>(self, report: &mut Report) -> Option<T> {
        let read = self.json().ok_or_else(|| "a number in it is too large".to_owned());
        match read.and_then(|json| serde_json::from_value(json).map_err(|error| error.to_string())) {
            Ok(value) => Some(value),
            Err(why) => {
                report.push(self.error("toml::unreadable", format!("this can't be read: {why}"), "here"));
                None
            }
        }
    }

    /// An error that underlines the value.
    pub(crate) fn error(self, code: &'static str, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.file.clone(), self.span(), label)
    }

    /// A warning that underlines the value.
    pub(crate) fn warning(
        self,
        code: &'static str,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.file.clone(), self.span(), label)
    }

    /// An error that underlines the key.
    pub(crate) fn key_error(
        self,
        code: &'static str,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(self.file.clone(), self.key_span(), label)
    }

    /// A warning labelled at the key.
    pub(crate) fn key_warning(
        self,
        code: &'static str,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.file.clone(), self.key_span(), label)
    }
}
