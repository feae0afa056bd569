//! The standard survey logic: XLSForm's expressions, and what they make of a survey and the answers so far.
//!
//! [`Expression`] is one expression; [`Form`] is a survey whose expressions are read and ordered. Both are pure and
//! never panic: what is wrong is a [`Problem`] of the survey, a [`Wrong`] of an answer, or a [`Failure`].

mod answers;
mod component;
pub mod expression;
mod form;
mod functions;
mod problem;
pub mod survey;
mod value;

pub use answers::{Answer, Answers, Context};
pub use component::FormLogic;
pub use expression::Expression;
pub use form::{Failure, Form, MOST_ANSWER, MOST_QUESTIONS, Outcome, Wrong};
pub use functions::NAMES as FUNCTIONS;
pub use problem::{Code, Column, Problem};
pub use survey::Survey;
pub use turnabout_plugin_sdk::date::Moment;
pub use value::Value;
