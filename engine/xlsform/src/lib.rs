//! Surveys as [XLSForm](https://xlsform.org) workbooks: what ODK, Kobo and others edit in a spreadsheet.
//!
//! [`import`] reads an `.xlsx` and reports every problem at once, each with sheet, row and column. [`export`] writes one
//! that those tools take as it is. What XLSForm cannot say stands in a sheet `turnabout`, which they do not look at:
//! scales, the threshold, who can be connected with an answer, bounds of numbers, ballots. So nothing is lost on the way
//! out and in again.
//!
//! | in a survey | in a workbook |
//! | --- | --- |
//! | `single`, `multiple`, `ranking` with choices | `select_one`, `select_multiple`, `rank` and a list of choices |
//! | `likert` | `select_one` with the appearance `likert` and choices named 1 to n |
//! | `likert` with statements | a group of such questions, with the appearance `field-list` |
//! | `text`, `integer`, `decimal`, `date`, `note`, `calculate` | the same |
//! | `group` | `begin_group` to `end_group` |
//! | `ranking` and `avoid` of people | `text`, and their type in the sheet `turnabout` |
//! | `least`, `most` | a constraint, and the bounds in the sheet `turnabout` |
//! | a text in several languages | a column for each: `label::English (en)` |
//!
//! ```
//! use turnabout_model::{Question, QuestionKind, Survey};
//! use turnabout_xlsform::{export, import};
//!
//! let question = Question::new("stories", "What has changed for you?", QuestionKind::Text);
//! let survey = Survey::new("Looking back", "Nobody sees single answers.", vec![question]);
//! let workbook = export("looking-back", &survey)?;
//! let back = import(&workbook).expect("what was exported can be read");
//! assert_eq!((back.name.as_deref(), back.survey), (Some("looking-back"), survey));
//!
//! let problems = import(b"no workbook").unwrap_err();
//! assert!(!problems.is_empty());
//! # Ok::<_, turnabout_xlsform::ExportError>(())
//! ```

mod column;
mod export;
mod import;
mod language;
pub mod limits;
mod problem;
mod workbook;

pub use export::{ExportError, export};
pub use import::{Imported, import};
pub use problem::{Cell, CellProblem};
