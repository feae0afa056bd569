//! What a rehearsal's file orders and what never happens: it was refused, nobody was there for it, or the run was over.

use crate::run::Run;
use jiff::Timestamp;

/// The lists of a rehearsal's file that order something for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// `[[signals]]`.
    Signals,
    /// `[[withdrawals]]`.
    Withdrawals,
    /// `[[declines]]`.
    Declines,
    /// `[[concerns]]`.
    Concerns,
    /// `[[pauses]]`.
    Pauses,
    /// `[[mail_outages]]`.
    MailOutages,
}

impl Orders {
    /// What the list is called in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::Withdrawals => "withdrawals",
            Self::Declines => "declines",
            Self::Concerns => "concerns",
            Self::Pauses => "pauses",
            Self::MailOutages => "mail_outages",
        }
    }

    /// One of them, in words.
    pub fn one(self) -> &'static str {
        match self {
            Self::Signals => "signal",
            Self::Withdrawals => "withdrawal",
            Self::Declines => "decline",
            Self::Concerns => "concern",
            Self::Pauses => "pause",
            Self::MailOutages => "outage of mail",
        }
    }
}

/// One thing that a rehearsal's file orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered {
    /// The list that it stands in.
    pub list: Orders,
    /// Its place there, from 0.
    pub place: usize,
}

/// Something that was ordered and did not happen, or not to all whom it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDone {
    /// What was ordered.
    pub ordered: Ordered,
    /// When it was to happen.
    pub at: Timestamp,
    /// Why it did not, one clause.
    pub why: String,
}

impl NotDone {
    /// What was ordered and when, in words: `a pause on 16 March 2026`.
    pub fn what(&self, run: &Run) -> String {
        let one = self.ordered.list.one();
        let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {one} on {}", day(self.at, run))
    }

    /// What lay behind the end of a run.
    pub(super) fn left_over(ordered: Ordered, at: Timestamp, run: &Run) -> Self {
        let why = match run.ended {
            Some(ended) => format!("the run was over on {}", day(ended, run)),
            None => "the rehearsal did not come so far".into(),
        };
        Self { ordered, at, why }
    }
}

fn day(at: Timestamp, run: &Run) -> String {
    at.to_zoned(run.zone.clone()).strftime("%-d %B %Y").to_string()
}
