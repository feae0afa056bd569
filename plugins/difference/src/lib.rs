//! Pairs people who differ: a mentor from another department, site, profession.
//!
//! A pair with the same value is vetoed, one with different values scores 1. Where either value is unknown the settings
//! say what happens.

use turnabout_plugin_sdk::{
    Attribute, Categories, ColumnKind, Description, Failure, Part, ReasonText, Rule, Table, Verdict,
};

/// In what they must differ.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The attribute, on both sides.
    pub attribute: String,
    /// What happens where either value is unknown.
    pub if_unknown: IfUnknown,
}

/// What happens where it is unknown whether two people differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IfUnknown {
    /// The pair scores one half.
    Neutral,
    /// The pair is vetoed.
    Veto,
}

impl Default for Settings {
    fn default() -> Self {
        Self { attribute: "department".into(), if_unknown: IfUnknown::Neutral }
    }
}

/// The rule, with the cohort's values.
#[derive(Debug, Clone)]
pub struct Difference {
    if_unknown: IfUnknown,
    mentors: Categories,
    mentees: Categories,
}

/// Both sides are read alike.
const READS: &[Attribute] = &[Attribute { name: "{attribute}", kind: ColumnKind::Category }];

impl Rule for Difference {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "difference",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: READS,
        mentee_attributes: READS,
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "same", text: "They are alike in what they must differ in." },
            ReasonText { code: "unknown", text: "It is not known whether they differ." },
            ReasonText { code: "different", text: "They differ in what they must differ in." },
        ],
    };

    fn prepare(settings: Settings, mut mentors: Table, mut mentees: Table) -> Result<Self, Failure> {
        Ok(Self {
            if_unknown: settings.if_unknown,
            mentors: mentors.take_categories(&settings.attribute)?,
            mentees: mentees.take_categories(&settings.attribute)?,
        })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        match (self.mentors.get(mentor).zip(self.mentees.get(mentee)), self.if_unknown) {
            (Some((mentor, mentee)), _) if mentor == mentee => Verdict::Veto("same"),
            (Some(_), _) => Verdict::Score(1.0),
            (None, IfUnknown::Neutral) => Verdict::Score(0.5),
            (None, IfUnknown::Veto) => Verdict::Veto("unknown"),
        }
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        let known = self.mentors.get(mentor).zip(self.mentees.get(mentee)).is_some();
        match self.pair(mentor, mentee) {
            Verdict::Veto(code) => vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) => vec![Part { code: if known { "different" } else { "unknown" }, weight }],
        }
    }
}

turnabout_plugin_sdk::export_rule!(Difference);

#[cfg(test)]
mod tests {
    use super::Difference;
    use turnabout_plugin_sdk::Verdict::{Score, Veto};
    use turnabout_plugin_sdk::testing::{People, check_settings};

    fn people() -> People {
        People::new(2, 3).mentor_words("site", &["leeds", ""]).mentee_words("site", &["leeds", "york", ""])
    }

    #[test]
    fn alike_is_a_veto_and_unknown_is_neutral() {
        let scores = people().score::<Difference>(r#"{ "attribute": "site" }"#).expect("scores");
        assert_eq!(scores, [[Veto("same"), Score(1.0), Score(0.5)], [Score(0.5); 3]]);
    }

    #[test]
    fn unknown_is_a_veto_on_request() {
        let settings = r#"{ "attribute": "site", "if_unknown": "veto" }"#;
        let scores = people().score::<Difference>(settings).expect("scores");
        assert_eq!(scores, [[Veto("same"), Score(1.0), Veto("unknown")], [Veto("unknown"); 3]]);
    }

    #[test]
    fn reasons_say_what_the_verdict_says() {
        let settings = r#"{ "attribute": "site" }"#;
        let explain = |mentor, mentee| people().explain::<Difference>(settings, mentor, mentee).expect("reasons");
        assert_eq!(explain(0, 0), [("same", 0.0)]);
        assert_eq!(explain(0, 1), [("different", 1.0)]);
        assert_eq!(explain(1, 1), [("unknown", 0.5)]);
    }

    #[test]
    fn an_unknown_choice_is_a_failure() {
        let failure = people().score::<Difference>(r#"{ "if_unknown": "guess" }"#).expect_err("no such choice");
        assert!(failure.message().contains("unknown variant `guess`"), "{failure}");
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<Difference>();
    }
}
