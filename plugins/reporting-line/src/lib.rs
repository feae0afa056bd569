//! Keeps people apart who work in one line of management.
//!
//! A pair is vetoed if either is above the other, however far; on request also if both answer to the same manager, or
//! if the mentee is not senior enough to the mentor. Every other pair scores 1.

use turnabout_plugin_sdk::{
    Attribute, Categories, ColumnKind, Description, Failure, Numbers, Part, ReasonText, Rule, Sets, Table, Verdict,
};

/// What is vetoed beside the line itself.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether two people with the same direct manager are kept apart.
    pub veto_shared_manager: bool,
    /// How many grades the mentee must be senior to the mentor; 0 asks for nothing.
    pub least_grade_gap: f64,
    /// The attribute with the grade.
    pub grade_attribute: String,
    /// Whether a senior person's grade is the higher or the lower number.
    pub senior_grade: SeniorGrade,
}

/// Which end of the grades is the senior one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeniorGrade {
    /// Band 9 is senior to band 5.
    Higher,
    /// Grade 1 is senior to grade 7.
    Lower,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            veto_shared_manager: false,
            least_grade_gap: 0.0,
            grade_attribute: "grade".into(),
            senior_grade: SeniorGrade::Higher,
        }
    }
}

/// What is known of one side.
#[derive(Debug, Clone)]
struct Side {
    own: Categories,
    line: Sets,
    manager: Categories,
    grade: Numbers,
}

/// The rule, with what it knows of the cohort.
#[derive(Debug, Clone)]
pub struct ReportingLine {
    settings: Settings,
    mentors: Side,
    mentees: Side,
}

/// Both sides are read alike.
const READS: &[Attribute] = &[
    Attribute { name: "self", kind: ColumnKind::Category },
    Attribute { name: "line", kind: ColumnKind::Set },
    Attribute { name: "manager", kind: ColumnKind::Category },
    Attribute { name: "{grade_attribute}", kind: ColumnKind::Number },
];

impl Rule for ReportingLine {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "reporting-line",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: READS,
        mentee_attributes: READS,
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "same-line", text: "One of them is in the other's line of management." },
            ReasonText { code: "shared-manager", text: "They answer to the same manager." },
            ReasonText { code: "grade-gap", text: "The mentee is not senior enough to the mentor." },
            ReasonText { code: "apart", text: "They work in different lines of management." },
        ],
    };

    fn prepare(settings: Settings, mentors: Table, mentees: Table) -> Result<Self, Failure> {
        if settings.least_grade_gap.is_nan() || settings.least_grade_gap < 0.0 {
            return Err(Failure::new("the setting 'least_grade_gap' must not be below 0"));
        }
        let side = |mut table: Table| {
            Ok(Side {
                own: table.take_categories("self")?,
                line: table.take_sets("line")?,
                manager: table.take_categories("manager")?,
                grade: table.take_numbers(&settings.grade_attribute)?,
            })
        };
        let (mentors, mentees) = (side(mentors)?, side(mentees)?);
        Ok(Self { settings, mentors, mentees })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        let above = |own: Option<u32>, line: &[u32]| own.is_some_and(|own| line.binary_search(&own).is_ok());
        if above(self.mentees.own.get(mentee), self.mentors.line.get(mentor))
            || above(self.mentors.own.get(mentor), self.mentees.line.get(mentee))
        {
            return Verdict::Veto("same-line");
        }
        let shared = |manager| self.mentees.manager.get(mentee) == Some(manager);
        if self.settings.veto_shared_manager && self.mentors.manager.get(mentor).is_some_and(shared) {
            return Verdict::Veto("shared-manager");
        }
        if self.settings.least_grade_gap > 0.0
            && let Some((mentor, mentee)) = self.mentors.grade.get(mentor).zip(self.mentees.grade.get(mentee))
        {
            let gap = match self.settings.senior_grade {
                SeniorGrade::Higher => mentee - mentor,
                SeniorGrade::Lower => mentor - mentee,
            };
            if gap < self.settings.least_grade_gap {
                return Verdict::Veto("grade-gap");
            }
        }
        Verdict::Score(1.0)
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        match self.pair(mentor, mentee) {
            Verdict::Veto(code) => vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) => vec![Part { code: "apart", weight }],
        }
    }
}

turnabout_plugin_sdk::export_rule!(ReportingLine);

#[cfg(test)]
mod tests {
    use super::ReportingLine;
    use turnabout_plugin_sdk::Verdict::{self, Score, Veto};
    use turnabout_plugin_sdk::testing::{People, check_settings};

    /// Ann answers to Bea, Bea to Cas. Dan answers to Bea too. Eve is a mentor elsewhere, above mentee Fay.
    fn people() -> People {
        People::new(3, 4)
            .mentor_words("self", &["ann", "dan", "eve"])
            .mentor_sets("line", &[&["bea", "cas"], &["bea", "cas"], &[]])
            .mentor_words("manager", &["bea", "bea", ""])
            .mentor_numbers("grade", &[Some(4.0), None, Some(7.0)])
            .mentee_words("self", &["bea", "cas", "fay", "gus"])
            .mentee_sets("line", &[&["cas"], &[], &["eve"], &["bea", "cas"]])
            .mentee_words("manager", &["cas", "", "eve", "bea"])
            .mentee_numbers("grade", &[Some(6.0), Some(9.0), Some(8.0), Some(5.0)])
    }

    fn score(settings: &str) -> Vec<Vec<Verdict>> {
        people().score::<ReportingLine>(settings).expect("scores")
    }

    #[test]
    fn either_above_the_other_is_a_veto() {
        let (line, fine) = (Veto("same-line"), Score(1.0));
        assert_eq!(score("{}"), [[line, line, fine, fine], [line, line, fine, fine], [fine, fine, line, fine]]);
    }

    #[test]
    fn a_shared_manager_is_a_veto_on_request() {
        let scores = score(r#"{ "veto_shared_manager": true }"#);
        assert_eq!(
            [scores[0][3], scores[1][3], scores[2][3]],
            [Veto("shared-manager"), Veto("shared-manager"), Score(1.0)]
        );
    }

    #[test]
    fn a_known_gap_below_the_least_is_a_veto() {
        let (line, gap, fine) = (Veto("same-line"), Veto("grade-gap"), Score(1.0));
        let scores = score(r#"{ "least_grade_gap": 2 }"#);
        assert_eq!(scores, [[line, line, fine, gap], [line, line, fine, fine], [gap, fine, line, gap]]);
        let scores = score(r#"{ "least_grade_gap": 1, "senior_grade": "lower" }"#);
        assert_eq!(scores[2], [fine, gap, line, fine]);
    }

    #[test]
    fn an_unknown_line_vetoes_nobody() {
        assert_eq!(People::new(1, 1).score::<ReportingLine>("{}").expect("scores"), [[Score(1.0)]]);
    }

    #[test]
    fn reasons_say_what_the_verdict_says() {
        let explain = |mentor, mentee| people().explain::<ReportingLine>("{}", mentor, mentee).expect("reasons");
        assert_eq!(explain(0, 0), [("same-line", 0.0)]);
        assert_eq!(explain(0, 2), [("apart", 1.0)]);
    }

    #[test]
    fn a_gap_below_nothing_is_a_failure() {
        let failure = people().score::<ReportingLine>(r#"{ "least_grade_gap": -1 }"#).expect_err("a bad setting");
        assert_eq!(failure.message(), "the setting 'least_grade_gap' must not be below 0");
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<ReportingLine>();
    }
}
