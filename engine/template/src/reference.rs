//! What the files of a template may hold, as Markdown for the book: written from the very shapes that check them.

use crate::{
    checks::expectations,
    document::{Field, Need, Shape, TableShape},
    shapes::{CLIENT, PROGRAMME, REHEARSAL, SURVEY},
};
use std::{collections::BTreeSet, fmt::Write as _};
use turnabout_model::Phrase;

/// Writes what every TOML file of a template or client may hold: a table of keys for each section.
pub fn reference() -> String {
    let mut book = Book { text: String::new(), told: BTreeSet::new() };
    for (file, shape) in [
        ("programme.toml", &PROGRAMME),
        ("client.toml", &CLIENT),
        ("surveys/NAME.toml", &SURVEY),
        ("rehearsals/NAME.toml", &REHEARSAL),
    ] {
        book.line(&format!("## {file}\n"));
        book.section(shape, &Place { title: None, path: String::new() });
    }
    book.line("### What a rehearsal can count\n\n| `count` or a thing of an `order` | what it is |\n| --- | --- |");
    for (thing, says) in expectations::countable() {
        book.line(&format!("| `{thing}` | {says} |"));
    }
    book.line("\n## words/TAG.toml\n\n| phrase | where it stands | in English |\n| --- | --- | --- |");
    for phrase in Phrase::ALL {
        book.line(&format!("| `{}` | {} | {} |", phrase.key(), phrase.about(), phrase.english()));
    }
    book.text
}

/// Where a section stands.
struct Place {
    /// Its heading, unless it is a whole file.
    title: Option<String>,
    /// Its keys from the top of the file.
    path: String,
}

impl Place {
    fn inside(&self, key: &str, brackets: (&str, &str)) -> Place {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Place { title: Some(format!("`{}{path}{}`", brackets.0, brackets.1)), path }
    }
}

struct Book {
    text: String,
    /// What is told already: groups hold groups, and some sections stand in several places.
    /// By what they are and the names of their keys: one constant may stand at several addresses.
    told: BTreeSet<(&'static str, Vec<&'static str>)>,
}

impl Book {
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}").expect("invariant: a string takes all");
    }

    /// A section and what is inside it.
    fn section(&mut self, shape: &'static Shape, place: &Place) {
        match shape {
            Shape::Table(table) => self.table(table, place, None),
            Shape::Tagged(tables) => {
                // All of them before any is told: a group holds every type, and would tell those after it as its own.
                let new: Vec<_> = tables.iter().filter(|(_, table)| self.is_new(table)).collect();
                for (tag, table) in new {
                    self.tell(table, place, Some(tag));
                }
            }
            _ => {}
        }
    }

    fn table(&mut self, table: &'static TableShape, place: &Place, tag: Option<&str>) {
        if self.is_new(table) {
            self.tell(table, place, tag);
        }
    }

    /// Tells whether a section has not been told, and notes that it is.
    fn is_new(&mut self, table: &'static TableShape) -> bool {
        let keys = table.fields.iter().flat_map(|group| group.iter()).map(|field| field.name).collect();
        self.told.insert((table.what, keys))
    }

    fn tell(&mut self, table: &'static TableShape, place: &Place, tag: Option<&str>) {
        match (&place.title, tag) {
            (Some(title), Some(tag)) => self.line(&format!("### {title} with `type = \"{tag}\"`\n")),
            (Some(title), None) => self.line(&format!("### {title}\n")),
            (None, Some(tag)) => self.line(&format!("### with `type = \"{tag}\"`\n")),
            (None, None) => {}
        }
        self.line("| key | | holds | what it is |\n| --- | --- | --- | --- |");
        let fields =
            || table.fields.iter().flat_map(|group| group.iter()).filter(|field| tag.is_none() || field.name != "type");
        for field in fields() {
            let Field { name, says, shape, need } = field;
            let (needed, example) = match need {
                Need::Required(example) => ("needed", format!(", as `{}`", example.replace('|', "\\|"))),
                Need::Optional => ("", String::new()),
            };
            self.line(&format!("| `{name}` | {needed} | {}{example} | {} |", holds(shape), says.replace('|', "\\|")));
        }
        self.line("");
        for field in fields() {
            self.inner(&field.shape, field.name, place);
        }
    }

    /// The sections inside a key.
    fn inner(&mut self, shape: &'static Shape, key: &str, place: &Place) {
        match shape {
            Shape::Table(_) | Shape::Tagged(_) => self.section(shape, &place.inside(key, ("[", "]"))),
            Shape::Map { of, .. } => self.section(of, &place.inside(&format!("{key}.NAME"), ("[", "]"))),
            Shape::List { of, .. } => self.section(of, &place.inside(key, ("[[", "]]"))),
            Shape::Either(shapes) => shapes.iter().for_each(|shape| self.inner(shape, key, place)),
            _ => {}
        }
    }
}

/// What a key holds, in words.
fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::AnyText => "text, perhaps empty".into(),
        // A format says what to write when it refuses something.
        Shape::Format(format) => match format("\u{1}") {
            Ok(()) => "text".into(),
            Err(complaint) => match complaint.help {
                help if help.starts_with("use lower-case letters, digits and hyphens") => "a name".into(),
                help if help.starts_with("use letters, digits, _") => "the name of an answer".into(),
                help if help.contains("'5 weeks'") => "a length of time".into(),
                help => format!("text: {}", help.replace('|', "\\|")),
            },
        },
        Shape::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Shape::Switch => "`true` or `false`".into(),
        Shape::Integer { least, most } => between("a whole number", *least, *most, i64::MIN, i64::MAX),
        Shape::Number { least, most } => between("a number", *least, *most, f64::NEG_INFINITY, f64::INFINITY),
        Shape::Plain => "text, a number, `true` or `false`".into(),
        Shape::Anything => "anything: the plugin says what".into(),
        Shape::List { of, .. } => match of {
            Shape::Table(table) => format!("a list: {}", table.what),
            Shape::Tagged(_) => "a list of sections, told apart by `type`".into(),
            other => format!("a list: {}", holds(other)),
        },
        Shape::Map { of, .. } => match of {
            Shape::Table(table) => format!("sections by name: {}", table.what),
            Shape::Tagged(_) => "sections by name, told apart by `type`".into(),
            other => format!("by name: {}", holds(other)),
        },
        Shape::Table(table) => format!("a section: {}", table.what),
        Shape::Tagged(_) => "a section, told apart by `type`".into(),
        Shape::Either(shapes) => shapes.iter().map(holds).collect::<Vec<_>>().join(", or "),
    }
}

fn between<N: Copy + PartialEq + std::fmt::Display>(what: &str, least: N, most: N, none: N, all: N) -> String {
    match (least == none, most == all) {
        (true, true) => what.into(),
        (false, true) => format!("{what} from {least}"),
        (true, false) => format!("{what} up to {most}"),
        (false, false) => format!("{what} from {least} to {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_two_files_have_is_told_once() {
        let text = reference();
        let mut headings = BTreeSet::new();
        for heading in text.lines().filter(|line| line.starts_with("### `")) {
            assert!(headings.insert(heading), "{heading} is told twice");
        }
        assert!(headings.contains("### `[diary]`"), "{headings:?}");
    }
}
