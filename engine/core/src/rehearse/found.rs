//! What an expectation found, in words that need no script beside them.

use super::{Titles, WhichPairs};
use jiff::{Timestamp, tz::TimeZone};

/// Something that an expectation names: `session:NAME`, `pairs` and so on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thing<'a> {
    /// What it is, before the colon.
    pub(super) what: &'a str,
    /// Its name, after the colon; empty if it has none.
    pub(super) name: &'a str,
}

impl<'a> Thing<'a> {
    /// Reads it as an expectation writes it.
    pub(super) fn read(thing: &'a str) -> Self {
        let (what, name) = thing.split_once(':').unwrap_or((thing, ""));
        Self { what, name }
    }

    /// How often it happened: `10 pairs`, `Engagement day: held once`.
    pub(super) fn counted(self, times: usize, titles: &Titles) -> String {
        match self.what {
            "session" => format!("{}: {}", titles.session(self.name), often("held", times)),
            "survey" => format!("{}: {}", self.one(titles), often("sent", times)),
            "parked" if times == 0 => "nothing was parked".into(),
            "parked" => often("parked", times),
            "finished" if times == 0 => "it did not come to its end".into(),
            "finished" => "it came to its end".into(),
            _ => format!("{times} {}", if times == 1 { self.one(titles) } else { self.several(titles) }),
        }
    }

    /// When it happened, at moments of which there is at least one: `pairs: 18 March 2026`. Of the last thing in an
    /// order only the first time counts.
    pub(super) fn dated(
        self,
        (from, to): (Timestamp, Timestamp),
        several: bool,
        last: bool,
        words: Words<'_>,
    ) -> String {
        let (first, end) = (words.day(from), words.day(to));
        match (several, first == end) {
            (false, _) => format!("{}: {first}", self.one(words.titles)),
            (true, true) => format!("{}: {first}", self.several(words.titles)),
            (true, false) if last => format!("first {}: {first}", self.one(words.titles)),
            (true, false) => format!("{}: {first} to {end}", self.several(words.titles)),
        }
    }

    fn one(self, titles: &Titles) -> String {
        match self.what {
            "session" => titles.session(self.name),
            // As written, `group-call` stands before its noun with a hyphen as English has it.
            "sessions" => format!("{} session", self.name),
            "survey" => format!("survey “{}”", titles.survey(self.name)),
            "agreement" => format!("signed “{}” agreement", plain(self.name)),
            "agreements" => "signed agreement".into(),
            "sent" => format!("sent “{}” message", plain(self.name)),
            "stale" if self.name.is_empty() => "message that was skipped".into(),
            "stale" => format!("skipped “{}” message", plain(self.name)),
            "unsent" => "message that never left".into(),
            "message" => format!("“{}” message", plain(self.name)),
            "pairs" => format!("pair{}", self.which_pairs()),
            "matching" => "proposal of pairs".into(),
            "parked" => "parked".into(),
            "finished" => "end".into(),
            // `meetings`, `concerns`, `withdrawals`, `declines`.
            other => other.strip_suffix('s').unwrap_or(other).to_owned(),
        }
    }

    fn several(self, titles: &Titles) -> String {
        match self.what {
            "session" | "survey" | "parked" | "finished" => self.one(titles),
            "matching" => "proposals of pairs".into(),
            "stale" if self.name.is_empty() => "messages that were skipped".into(),
            "unsent" => "messages that never left".into(),
            "pairs" => format!("pairs{}", self.which_pairs()),
            _ => format!("{}s", self.one(titles)),
        }
    }

    fn which_pairs(self) -> String {
        WhichPairs::read(self.name).map(WhichPairs::told).unwrap_or_default()
    }
}

/// What words are made with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// What sessions and surveys are called.
    pub(super) titles: &'a Titles,
    /// Where days begin.
    pub(super) zone: &'a TimeZone,
}

impl Words<'_> {
    /// The time that an expectation looks at, if it is not the whole: ` from 5 May 2026 until 5 June 2026`.
    pub(super) fn window(self, after: Option<Timestamp>, before: Option<Timestamp>) -> String {
        let after = after.map(|at| format!(" from {}", self.day(at))).unwrap_or_default();
        let before = before.map(|at| format!(" until {}", self.day(at))).unwrap_or_default();
        after + &before
    }

    fn day(self, at: Timestamp) -> String {
        self.zone.to_datetime(at).date().strftime("%-d %B %Y").to_string()
    }
}

/// A text that opens a cell or a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn often(done: &str, times: usize) -> String {
    match times {
        0 => format!("never {done}"),
        1 => format!("{done} once"),
        2 => format!("{done} twice"),
        n => format!("{done} {n} times"),
    }
}

/// A name from code as words: `gentle-nudge` becomes `gentle nudge`.
fn plain(name: &str) -> String {
    name.replace(['-', '_'], " ")
}
