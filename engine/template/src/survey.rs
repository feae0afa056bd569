//! One survey alone: a TOML file in, a checked survey or all its problems out; and back into TOML.

use crate::{checks, document, document::Document, limits::MAX_FILE_BYTES, report::Report, shapes};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::ports::{Logics, PluginRef};
use turnabout_model::{Diagnostic, Survey};

/// Reads a survey, or reports *all* that is wrong with it. What only a template can tell is not looked at: whether its
/// invitation and the attributes in `by` exist. Its expressions are not tried: [`check_survey`] does that too.
pub fn read_survey(file: &str, text: &str) -> Result<Survey, Vec<Diagnostic>> {
    read_with(file, text, |_, _| Vec::new())
}

/// Does what [`read_survey`] does, and has the survey's logic read its expressions, as [`crate::check`] does of a template's.
/// `pins` has the SHA-256 of each logic by its id, in lower-case hexadecimal; a survey whose logic is not among them is not
/// tried.
///
/// # Errors
/// Everything that is wrong, each with its place in `text`; the logic is asked only of a survey that is sound in itself.
pub fn check_survey(
    file: &str,
    text: &str,
    logics: &dyn Logics,
    pins: &BTreeMap<SmolStr, SmolStr>,
) -> Result<Survey, Vec<Diagnostic>> {
    read_with(file, text, |survey, document| {
        let Some(sha256) = pins.get(&survey.logic).filter(|_| survey.asks_logic()) else { return Vec::new() };
        let plugin = PluginRef { id: survey.logic.clone(), sha256: sha256.clone() };
        checks::ask_logic(document.root(), text, survey, &plugin, logics)
    })
}

fn read_with(
    file: &str,
    text: &str,
    further: impl FnOnce(&Survey, &Document<'_>) -> Vec<Diagnostic>,
) -> Result<Survey, Vec<Diagnostic>> {
    let mut report = Report::default();
    if text.len() > MAX_FILE_BYTES {
        let message = format!("{file} is larger than {MAX_FILE_BYTES} bytes");
        return Err(vec![Diagnostic::error("survey::too_large", message).help("ask less at once")]);
    }
    let document = Document::parse(file, text, &mut report);
    let sound = document::check(document.root(), &shapes::SURVEY, &mut report);
    checks::check_survey(document.root(), text, &mut report);
    let survey = if sound { document.root().read::<Survey>(&mut report) } else { None };
    if let Some(survey) = survey.as_ref().filter(|_| report.errors() == 0) {
        let found = further(survey, &document);
        report.extend(found);
    }
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
