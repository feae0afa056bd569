//! The shapes of the files of a template: one file each.
//!
//! A test holds every shape against the model's own type, so that a field added there can't be forgotten here.

mod client;
mod programme;
mod rehearsal;
mod survey;

pub(crate) use client::CLIENT;
pub(crate) use programme::{PROGRAMME, SETTING};
pub(crate) use rehearsal::REHEARSAL;
pub(crate) use survey::SURVEY;

use crate::{
    document::{Field, Shape, TableShape},
    formats,
    limits::MAX_FREE_DAYS,
};

/// A length of time that leads forward.
const LENGTH: Shape = Shape::Format(formats::length);
/// A length of time that may be nothing.
const LENGTH_OR_NONE: Shape = Shape::Format(formats::length_or_none);
/// The name of a thing that stands elsewhere.
const NAME: Shape = Shape::Format(formats::label);
/// Names of things that stand elsewhere.
const NAMES: Shape = Shape::List { of: &NAME, least: 0, most: MANY };
/// Texts, each of which says something.
const TEXTS: Shape = Shape::List { of: &Shape::Text, least: 1, most: MANY };
/// A title or subject.
const LINE: Shape = Shape::Format(formats::line);
/// What a diary keeps free.
const DIARY: Shape = Shape::Table(&TableShape {
    what: "[diary]",
    fields: &[&[Field::optional(
        "free",
        "days on which no session is planned",
        Shape::List { of: &Shape::Format(formats::free_days), least: 0, most: MAX_FREE_DAYS },
    )]],
});
/// No practical limit of its own: the file's size bounds it.
const MANY: usize = usize::MAX;
