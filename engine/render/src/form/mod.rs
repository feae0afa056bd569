//! The pages on which a participant answers a survey: without a script, one question below the other, each statement of a
//! Likert question with its own radio buttons. What a browser sends back is read here too, since both go by one set of
//! names.
//!
//! Patterns after the GOV.UK Design System: labels and legends, an error summary that leads to each field, errors beside
//! what they are about, dates in three parts, optional questions marked as such.

mod blocks;
mod document;
mod fields;
mod notice;
mod raise;
mod spoken;
mod view;
mod writer;

#[cfg(test)]
mod tests;

pub use document::{DocumentButton, DocumentPage, DocumentPart, SecondThought, document_page, with_whole_paragraphs};
pub use fields::{Posted, Wish, read_posted};
pub use notice::{NoticePage, SurveyNotice, Told, notice_page, survey_notice};
pub use raise::{RaiseFault, RaisePage, Raised, raise_page, read_raised};
pub use view::{FormFault, FormPage, FormSaid, form_page};

use crate::{Look, html::STYLE};

/// The whole inline style of a form or notice, byte for byte: a server hashes it for its content security policy.
pub fn form_style(look: &Look) -> String {
    let colour = look.colour().map(|colour| format!(":root{{--deed:{colour}}}")).unwrap_or_default();
    format!("{STYLE}{}{colour}", include_str!("form.css"))
}
