//! Prefers mentors who have lived what a mentee wants to learn about.
//!
//! The score of a pair is the share of the mentee's topics that the mentor offers:
//! `|mentee's topics ∩ mentor's topics| / |mentee's topics|`. It is deliberately not symmetric (Jaccard would be): a
//! mentor who can speak about more than was asked for is not a worse mentor.

use turnabout_plugin_sdk::{
    Attribute, ColumnKind, Description, Failure, Marks, Part, ReasonText, Rule, Sets, Table, Verdict,
};

/// Where the topics are.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The mentors' attribute with the topics they can speak about.
    pub mentor_attribute: String,
    /// The mentees' attribute with the topics they want to learn about.
    pub mentee_attribute: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { mentor_attribute: "topics".into(), mentee_attribute: "topics".into() }
    }
}

/// The rule, with the cohort's topics.
#[derive(Debug, Clone)]
pub struct TopicOverlap {
    offered: Sets,
    wanted: Sets,
    marks: Marks,
}

impl Rule for TopicOverlap {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "topic-overlap",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: &[Attribute { name: "{mentor_attribute}", kind: ColumnKind::Set }],
        mentee_attributes: &[Attribute { name: "{mentee_attribute}", kind: ColumnKind::Set }],
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "topics-offered", text: "The mentor can speak about topics the mentee asked for." },
            ReasonText { code: "no-topic-offered", text: "The mentor offers none of the topics the mentee asked for." },
            ReasonText { code: "no-topic-wanted", text: "The mentee has named no topic." },
        ],
    };

    fn prepare(settings: Settings, mut mentors: Table, mut mentees: Table) -> Result<Self, Failure> {
        let offered = mentors.take_sets(&settings.mentor_attribute)?;
        let wanted = mentees.take_sets(&settings.mentee_attribute)?;
        let marks = Marks::about(wanted.members());
        Ok(Self { offered, wanted, marks })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        let offered = self.offered.get(mentor);
        Verdict::Score(share(self.wanted.get(mentee), |topic| offered.binary_search(&topic).is_ok()))
    }

    fn row(&mut self, mentor: usize, verdicts: &mut [Verdict]) {
        self.marks.replace(self.offered.get(mentor));
        for (verdict, wanted) in verdicts.iter_mut().zip(self.wanted.rows()) {
            *verdict = Verdict::Score(share(wanted, |topic| self.marks.has(topic)));
        }
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        let code = match self.pair(mentor, mentee) {
            _ if self.wanted.get(mentee).is_empty() => "no-topic-wanted",
            Verdict::Score(weight) if weight > 0.0 => return vec![Part { code: "topics-offered", weight }],
            _ => "no-topic-offered",
        };
        vec![Part { code, weight: 0.0 }]
    }
}

/// The share of the topics that are offered; 0 of none.
fn share(wanted: &[u32], offered: impl Fn(u32) -> bool) -> f32 {
    let mut common = 0u16;
    let mut all = 0u16;
    // A set has as many members as there are topics in a programme: far below 65,536, and a count that small is
    // exact in an f32.
    for topic in wanted {
        common = common.saturating_add(u16::from(offered(*topic)));
        all = all.saturating_add(1);
    }
    if all == 0 { 0.0 } else { f32::from(common) / f32::from(all) }
}

turnabout_plugin_sdk::export_rule!(TopicOverlap);

#[cfg(test)]
mod tests {
    use super::TopicOverlap;
    use turnabout_plugin_sdk::Verdict::Score;
    use turnabout_plugin_sdk::testing::{People, check_settings};

    fn people() -> People {
        People::new(3, 4)
            .mentor_sets("lived", &[&["race", "faith", "age"], &["disability"], &[]])
            .mentee_sets("topics", &[&["race"], &["race", "disability"], &["faith", "age", "gender"], &[]])
    }

    const SETTINGS: &str = r#"{ "mentor_attribute": "lived" }"#;

    #[test]
    fn the_score_is_the_share_of_the_mentees_topics() {
        let scores = people().score::<TopicOverlap>(SETTINGS).expect("scores");
        assert_eq!(scores[0], [Score(1.0), Score(0.5), Score(2.0 / 3.0), Score(0.0)]);
        assert_eq!(scores[1], [Score(0.0), Score(0.5), Score(0.0), Score(0.0)]);
        assert_eq!(scores[2], [Score(0.0); 4]);
    }

    #[test]
    fn reasons_say_what_the_score_says() {
        let explain = |mentor, mentee| people().explain::<TopicOverlap>(SETTINGS, mentor, mentee).expect("reasons");
        assert_eq!(explain(0, 1), [("topics-offered", 0.5)]);
        assert_eq!(explain(1, 0), [("no-topic-offered", 0.0)]);
        assert_eq!(explain(0, 3), [("no-topic-wanted", 0.0)]);
    }

    #[test]
    fn an_attribute_that_nobody_has_scores_nothing() {
        let scores = People::new(1, 1).score::<TopicOverlap>("{}").expect("scores");
        assert_eq!(scores, [[Score(0.0)]]);
    }

    #[test]
    fn an_attribute_of_another_kind_is_a_failure() {
        let people = People::new(1, 1).mentor_words("topics", &["race"]);
        let failure = people.score::<TopicOverlap>("{}").expect_err("words are no set");
        assert_eq!(failure.message(), "the attribute 'topics' must hold sets and holds words");
    }

    #[test]
    fn a_misspelt_setting_is_a_failure_with_its_name() {
        let failure = people().score::<TopicOverlap>(r#"{ "mentors": "lived" }"#).expect_err("no such setting");
        assert!(failure.message().contains("unknown field `mentors`"), "{failure}");
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<TopicOverlap>();
    }
}
