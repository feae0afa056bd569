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
        // Every member by name: one that is new can't be forgotten here, and so be lost on the way out and in.
        let Survey {
            title,
            introduction,
            purpose,
            mode,
            invitation,
            reminder,
            remind_before,
            default_language: _, // in the settings
            languages,
            logic,
            threshold,
            by,
            licence,
            attribution,
            requires_permission,
            permission,
            questions: _, // sheets of their own
            scales,
        } = survey;
        if let Text::In(_) = title {
            self.text("title", title);
        }
        self.text("introduction", introduction);
        if let Some(purpose) = purpose {
            self.text("purpose", purpose);
        }
        let mode = match mode {
            SurveyMode::Confidential => "confidential",
            SurveyMode::Anonymous => "anonymous",
            SurveyMode::Named => "named",
        };
        self.fact("mode", Some(mode));
        self.fact("threshold", Some(threshold.people().to_string()));
        self.fact("by", list(by));
        self.fact("languages", list(languages));
        let standard = Survey::new("", "", Vec::new());
        self.fact("logic", Some(logic).filter(|logic| **logic != standard.logic));
        self.fact("invitation", invitation.as_ref());
        self.fact("reminder", reminder.as_ref());
        let before = Some(remind_before).filter(|before| **before != standard.remind_before);
        self.fact("remind_before", before.map(ToString::to_string));
        self.fact("licence", licence.as_ref());
        self.fact("attribution", attribution.as_ref());
        self.fact("requires_permission", requires_permission.then_some("yes"));
        self.fact("permission", permission.as_ref());
        for scale in scales {
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
