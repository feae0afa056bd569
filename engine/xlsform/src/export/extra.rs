//! The sheet `turnabout`: what XLSForm cannot say, a fact a row.

use crate::workbook::Table;
use turnabout_model::{Score, Survey, SurveyMode, Text};

/// The headings: what a row is about, its name, the fact, the language of a text, and the fact's value.
pub(crate) const HEADINGS: [&str; 5] = ["of", "name", "field", "language", "value"];

/// The rows so far.
#[derive(Debug, Default)]
pub(super) struct Extra(Vec<[String; 5]>);

impl Extra {
    fn put(&mut self, of: &str, name: &str, field: &str, language: &str, value: &str) {
        self.0.push([of, name, field, language, value].map(ToOwned::to_owned));
    }

    /// A fact about a question.
    pub(super) fn question(&mut self, name: &str, field: &str, value: &str) {
        self.put("question", name, field, "", value);
    }

    fn fact(&mut self, field: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.put("survey", "", field, "", value.as_ref());
        }
    }

    fn text(&mut self, field: &str, text: &Text) {
        for (language, text) in text.iter() {
            self.put("survey", "", field, language.unwrap_or_default(), text);
        }
    }

    /// What the form's settings have no place for, and the scales.
    pub(super) fn survey(&mut self, survey: &Survey) {
        if let Text::In(_) = survey.title {
            self.text("title", &survey.title);
        }
        self.text("introduction", &survey.introduction);
        if let Some(purpose) = &survey.purpose {
            self.text("purpose", purpose);
        }
        let mode = match survey.mode {
            SurveyMode::Confidential => "confidential",
            SurveyMode::Anonymous => "anonymous",
            SurveyMode::Named => "named",
        };
        self.fact("mode", Some(mode));
        self.fact("threshold", Some(survey.threshold.people().to_string()));
        self.fact("by", list(&survey.by));
        self.fact("languages", list(&survey.languages));
        self.fact("invitation", survey.invitation.as_ref());
        self.fact("reminder", survey.reminder.as_ref());
        let own = Survey::new("", "", Vec::new());
        self.fact(
            "remind_before",
            (survey.remind_before != own.remind_before).then(|| survey.remind_before.to_string()),
        );
        self.fact("logic", (survey.logic != own.logic).then_some(&survey.logic));
        self.fact("licence", survey.licence.as_ref());
        self.fact("attribution", survey.attribution.as_ref());
        self.fact("requires_permission", survey.requires_permission.then_some("yes"));
        self.fact("permission", survey.permission.as_ref());
        for scale in &survey.scales {
            let mut put = |field, value: &str| self.put("scale", &scale.name, field, "", value);
            put("items", &list(&scale.items).unwrap_or_default());
            if let Some(reverse) = list(&scale.reverse) {
                put("reverse", &reverse);
            }
            put("score", if scale.score == Score::Sum { "sum" } else { "mean" });
            if let Some(least) = scale.least {
                put("least", &least.to_string());
            }
        }
    }

    pub(super) fn table(self) -> Table {
        let rows = self.0.into_iter().map(|row| row.to_vec()).collect();
        Table { name: "turnabout", headings: HEADINGS.map(ToOwned::to_owned).to_vec(), rows }
    }
}

/// Names with spaces between; nothing if there are none.
fn list(names: &[smol_str::SmolStr]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(" "))
}
