//! Languages: a text that is there in one of the form's languages is there in all.

use super::{choices::Lists, table::Line};
use crate::{column::Column, problem::Problems};
use smol_str::SmolStr;
use turnabout_model::{Survey, Text};

/// Looks at every text of the sheets `survey` and `choices`.
pub(super) fn check(lines: &[Line<'_>], lists: &Lists<'_>, survey: &Survey, problems: &mut Problems) {
    for line in lines.iter().chain(lists.used_lines()) {
        for column in [Column::Label, Column::RequiredMessage, Column::ConstraintMessage] {
            let Some(Text::In(texts)) = line.say(column, &survey.default_language) else { continue };
            let missing = survey.languages.iter().filter(|language| !texts.contains_key(*language));
            let missing: Vec<&str> = missing.map(SmolStr::as_str).collect();
            if !missing.is_empty() {
                let message = format!("this {} is missing in {}", column.heading(), missing.join(", "));
                let help = "translate it, or write one text for all languages under a heading without a language";
                problems.error("xlsform::untranslated", line.at(column), message, help);
            }
        }
    }
}
