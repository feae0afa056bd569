//! One survey alone: a TOML file in, a checked survey or all its problems out; and back into TOML.

use crate::{checks, document, document::Document, limits::MAX_FILE_BYTES, report::Report, shapes};
use turnabout_model::{Diagnostic, Survey};

/// Reads a survey, or reports *all* that is wrong with it. What only a template can tell is not looked at: whether its
/// invitation and the attributes in `by` exist.
pub fn read_survey(file: &str, text: &str) -> Result<Survey, Vec<Diagnostic>> {
    let mut report = Report::default();
    if text.len() > MAX_FILE_BYTES {
        let message = format!("{file} is larger than {MAX_FILE_BYTES} bytes");
        return Err(vec![Diagnostic::error("survey::too_large", message).help("ask less at once")]);
    }
    let document = Document::parse(file, text, &mut report);
    let sound = document::check(document.root(), &shapes::SURVEY, &mut report);
    checks::check_survey(document.root(), text, &mut report);
    let survey = if sound { document.root().read::<Survey>(&mut report) } else { None };
    match survey {
        Some(survey) if report.errors() == 0 => Ok(survey),
        _ => Err(report.finish()),
    }
}

/// A survey can't be written as TOML.
#[derive(Debug, thiserror::Error)]
#[error("the survey can't be written as TOML")]
pub struct SurveyUnwritable(#[source] toml::ser::Error);

/// Writes a survey as the TOML of `surveys/NAME.toml`. Every survey that was read can be written.
pub fn write_survey(survey: &Survey) -> Result<String, SurveyUnwritable> {
    toml::to_string(survey).map_err(SurveyUnwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = r#"title = { en = "Half-way", cy = "Hanner ffordd" }
introduction = "How it is going"
purpose = "To mend in time what hinders pairs"
mode = "named"
logic = "other-logic"
languages = ["en", "cy"]
threshold = 8
by = ["role"]
licence = "CC0-1.0"

[[questions]]
name = "met"
text = { en = "Have you met?", cy = "Ydych chi wedi cwrdd?" }
type = "single"
choices = [{ name = "yes", label = { en = "Yes", cy = "Do" } }, "No"]
required = true

[[questions]]
name = "pair"
type = "group"
relevant = "${met} = 'yes'"

[[questions.questions]]
name = "trust"
text = "How far do you agree?"
type = "likert"
labels = ["not at all", "little", "partly", "mostly", "wholly"]
statements = [{ name = "heard", label = "I am heard" }, { name = "held_back", label = "I hold back" }]

[[questions.questions]]
name = "often"
text = "How often, since you said '${met}'?"
type = "integer"
least = 1
most = 50
constraint = ". < 40"
constraint_message = "That is very often"

[[scales]]
name = "openness"
items = ["heard", "held_back"]
reverse = ["held_back"]
least = 1
"#;

    #[test]
    fn a_survey_with_everything_is_read_and_written_again() {
        let survey = read_survey("full.toml", FULL).unwrap();
        assert_eq!((survey.items().len(), survey.threshold.people()), (4, 8));
        let written = write_survey(&survey).unwrap();
        assert_eq!(read_survey("full.toml", &written).unwrap(), survey, "{written}");
    }
}
