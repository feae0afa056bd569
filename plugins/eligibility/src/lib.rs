//! Lets only those take part in a plan who meet its conditions: mentors under 30, mentees of two departments.
//!
//! Whether somebody is eligible does not depend on the partner, so each person is judged once.

use turnabout_plugin_sdk::{Attribute, ColumnKind, Description, Failure, Part, ReasonText, Rule, Table, Verdict};

/// The conditions of both sides.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The mentors' number that is looked at; empty for none.
    pub mentor_number: String,
    /// The least it may be.
    pub mentor_least: f64,
    /// The most it may be.
    pub mentor_most: f64,
    /// The mentors' word that is looked at; empty for none.
    pub mentor_word: String,
    /// What it may be.
    pub mentor_words: Vec<String>,
    /// The mentees' number that is looked at; empty for none.
    pub mentee_number: String,
    /// The least it may be.
    pub mentee_least: f64,
    /// The most it may be.
    pub mentee_most: f64,
    /// The mentees' word that is looked at; empty for none.
    pub mentee_word: String,
    /// What it may be.
    pub mentee_words: Vec<String>,
    /// What happens where a value is unknown.
    pub if_unknown: IfUnknown,
}

/// What happens where a value is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IfUnknown {
    /// The person is not eligible.
    Veto,
    /// The person is.
    Allow,
}

/// Beyond any attribute.
const FAR: f64 = 1e9;

impl Default for Settings {
    fn default() -> Self {
        Self {
            mentor_number: String::new(),
            mentor_least: -FAR,
            mentor_most: FAR,
            mentor_word: String::new(),
            mentor_words: Vec::new(),
            mentee_number: String::new(),
            mentee_least: -FAR,
            mentee_most: FAR,
            mentee_word: String::new(),
            mentee_words: Vec::new(),
            if_unknown: IfUnknown::Veto,
        }
    }
}

/// The rule: who is eligible.
#[derive(Debug, Clone)]
pub struct Eligibility {
    mentors: Vec<bool>,
    mentees: Vec<bool>,
}

/// One side's conditions.
struct Conditions<'a> {
    number: &'a str,
    bounds: (f64, f64),
    word: &'a str,
    /// The column with the words that are allowed.
    words: &'a str,
    if_unknown: IfUnknown,
}

impl Conditions<'_> {
    fn judge(&self, mut table: Table) -> Result<Vec<bool>, Failure> {
        let (least, most) = self.bounds;
        if least > most {
            return Err(Failure::new(format!("'{}' must be at least {least} and at most {most}", self.number)));
        }
        let allowed = table.take_sets(self.words)?;
        let numbers = if self.number.is_empty() { None } else { Some(table.take_numbers(self.number)?) };
        let words = if self.word.is_empty() { None } else { Some(table.take_categories(self.word)?) };
        let unknown = self.if_unknown == IfUnknown::Allow;
        let meets = |row: usize| {
            let number = numbers
                .as_ref()
                .is_none_or(|numbers| numbers.get(row).map_or(unknown, |number| (least..=most).contains(&number)));
            let word = words.as_ref().is_none_or(|words| {
                words.get(row).map_or(unknown, |word| allowed.get(row).binary_search(&word).is_ok())
            });
            number && word
        };
        Ok((0..table.rows()).map(meets).collect())
    }
}

impl Rule for Eligibility {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "eligibility",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: &[
            Attribute { name: "{mentor_number}", kind: ColumnKind::Number },
            Attribute { name: "{mentor_word}", kind: ColumnKind::Category },
            Attribute { name: "={mentor_words}", kind: ColumnKind::Set },
        ],
        mentee_attributes: &[
            Attribute { name: "{mentee_number}", kind: ColumnKind::Number },
            Attribute { name: "{mentee_word}", kind: ColumnKind::Category },
            Attribute { name: "={mentee_words}", kind: ColumnKind::Set },
        ],
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "mentor-not-eligible", text: "The mentor does not meet the plan's conditions." },
            ReasonText { code: "mentee-not-eligible", text: "The mentee does not meet the plan's conditions." },
            ReasonText { code: "eligible", text: "Both meet the plan's conditions." },
        ],
    };

    fn prepare(settings: Settings, mentors: Table, mentees: Table) -> Result<Self, Failure> {
        let mentor = Conditions {
            number: &settings.mentor_number,
            bounds: (settings.mentor_least, settings.mentor_most),
            word: &settings.mentor_word,
            words: "={mentor_words}",
            if_unknown: settings.if_unknown,
        };
        let mentee = Conditions {
            number: &settings.mentee_number,
            bounds: (settings.mentee_least, settings.mentee_most),
            word: &settings.mentee_word,
            words: "={mentee_words}",
            if_unknown: settings.if_unknown,
        };
        Ok(Self { mentors: mentor.judge(mentors)?, mentees: mentee.judge(mentees)? })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        match (self.mentors[mentor], self.mentees[mentee]) {
            (false, _) => Verdict::Veto("mentor-not-eligible"),
            (true, false) => Verdict::Veto("mentee-not-eligible"),
            (true, true) => Verdict::Score(1.0),
        }
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        match self.pair(mentor, mentee) {
            Verdict::Veto(code) => vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) => vec![Part { code: "eligible", weight }],
        }
    }
}

turnabout_plugin_sdk::export_rule!(Eligibility);

#[cfg(test)]
mod tests {
    use super::Eligibility;
    use turnabout_plugin_sdk::Verdict::{Score, Veto};
    use turnabout_plugin_sdk::testing::{People, check_settings};

    fn people() -> People {
        People::new(3, 3)
            .mentor_numbers("age", &[Some(29.0), Some(30.0), None])
            .mentee_words("department", &["radio", "accounts", ""])
    }

    const YOUNG_FOR_TWO: &str = r#"{
        "mentor_number": "age", "mentor_most": 29, "mentee_word": "department", "mentee_words": ["radio", "news"]
    }"#;

    #[test]
    fn only_those_who_meet_the_conditions_are_paired() {
        let scores = people().score::<Eligibility>(YOUNG_FOR_TWO).expect("scores");
        assert_eq!(scores[0], [Score(1.0), Veto("mentee-not-eligible"), Veto("mentee-not-eligible")]);
        assert_eq!(scores[1], [Veto("mentor-not-eligible"); 3]);
        assert_eq!(scores[2], [Veto("mentor-not-eligible"); 3]);
    }

    #[test]
    fn what_is_unknown_may_be_allowed() {
        let settings = YOUNG_FOR_TWO.replace('}', r#", "if_unknown": "allow" }"#);
        let scores = people().score::<Eligibility>(&settings).expect("scores");
        assert_eq!(scores[2], [Score(1.0), Veto("mentee-not-eligible"), Score(1.0)]);
    }

    #[test]
    fn without_conditions_everyone_is_eligible() {
        let scores = people().score::<Eligibility>("{}").expect("scores");
        assert_eq!(scores, vec![vec![Score(1.0); 3]; 3]);
    }

    #[test]
    fn a_word_that_nobody_has_lets_nobody_through() {
        let settings = r#"{ "mentee_word": "department", "mentee_words": ["sports"] }"#;
        let scores = people().score::<Eligibility>(settings).expect("scores");
        assert_eq!(scores[0], [Veto("mentee-not-eligible"); 3]);
    }

    #[test]
    fn bounds_the_wrong_way_round_are_a_failure() {
        let settings = r#"{ "mentor_number": "age", "mentor_least": 40, "mentor_most": 29 }"#;
        let failure = people().score::<Eligibility>(settings).expect_err("no number is both");
        assert_eq!(failure.message(), "'age' must be at least 40 and at most 29");
    }

    #[test]
    fn reasons_say_what_the_verdict_says() {
        let explain = |mentor, mentee| people().explain::<Eligibility>(YOUNG_FOR_TWO, mentor, mentee).expect("reasons");
        assert_eq!(explain(0, 0), [("eligible", 1.0)]);
        assert_eq!(explain(0, 1), [("mentee-not-eligible", 0.0)]);
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<Eligibility>();
    }
}
