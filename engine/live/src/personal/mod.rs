//! A form as one person has it in their browser, by the link in their letter.

mod faults;
mod show;
mod take;

pub use show::PersonalAsked;
pub use take::{FormSent, FormTaken};

use crate::views::FormView;
use jiff::{Timestamp, tz::TimeZone};
use turnabout_model::{ParticipantId, Survey, Wording};
use turnabout_render::{
    Look,
    form::{FormFault, FormSaid},
};

/// What somebody finds behind their link.
#[derive(Debug, Clone, PartialEq)]
pub enum PersonalForm {
    /// A form to fill in.
    Open(Box<OpenForm>),
    /// There is nothing to fill in any more.
    Over(FormOver),
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenForm {
    /// What is asked, as people were asked when the wave went out.
    pub survey: Survey,
    /// The language of its texts, one that the survey has, and the words around them.
    pub wording: Wording,
    /// How it stands with the answers so far.
    pub form: FormView,
    /// What is said above it.
    pub said: FormSaid,
    /// What is wrong with what was handed in, in words for people.
    pub faults: Vec<FormFault>,
    /// A mark of what is kept of it; empty if nothing is. A page that comes back with another one was made before.
    pub kept: String,
    /// Whom a ballot may name, by name; nobody if there is none.
    pub people: Vec<(ParticipantId, String)>,
    /// How many of them it may name.
    pub most_named: usize,
    /// When it closes by itself.
    pub closes: Timestamp,
    /// The zone of its dates.
    pub zone: TimeZone,
    /// Whose programme it is.
    pub look: Look,
}

/// Why there is nothing to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormOver {
    /// Why.
    pub why: OverWhy,
    /// The language of the title and the purpose, and the words around them.
    pub wording: Wording,
    /// The survey's title.
    pub title: String,
    /// What its answers are used for.
    pub purpose: Option<String>,
    /// Whose programme it is.
    pub look: Look,
}

/// Why there is nothing to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverWhy {
    /// They have handed it in.
    HandedIn,
    /// The survey is closed.
    Closed,
    /// They are not asked, or no longer.
    NotAsked,
}
