//! The standard survey logic: XLSForm's expressions, and what they make of a survey and the answers so far.

mod date;
pub mod expression;
mod functions;
mod value;

pub use date::Moment;
pub use expression::Expression;
pub use functions::NAMES as FUNCTIONS;
pub use value::Value;
