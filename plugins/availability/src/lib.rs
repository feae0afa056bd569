//! Prefers people who can find a time, and a place, to meet.
//!
//! The score is `min(common times / enough times, 1)`, times `other_site` where the two work at different sites and
//! meet remotely.

use turnabout_plugin_sdk::{
    Attribute, Categories, ColumnKind, Description, Failure, Part, ReasonText, Rule, Sets, Table, Verdict,
};

/// Where times and places are, and what is enough.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The attribute with the times at which somebody can meet.
    pub times: String,
    /// With fewer common times a pair is vetoed.
    pub least_times: u16,
    /// So many common times score full marks.
    pub enough_times: u16,
    /// The attribute with where somebody works.
    pub site: String,
    /// The attribute that says whether somebody meets remotely.
    pub remote: String,
    /// What different sites leave of the score.
    pub other_site: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            times: "times".into(),
            least_times: 1,
            enough_times: 3,
            site: "site".into(),
            remote: "remote".into(),
            other_site: 0.5,
        }
    }
}

/// What is known of one side.
#[derive(Debug, Clone)]
struct Side {
    times: Sets,
    site: Categories,
    remote: Categories,
    /// The numbers of the words `no` and `only`, where anybody has them.
    no: Option<u32>,
    only: Option<u32>,
}

impl Side {
    fn meets_remotely(&self, row: usize) -> bool {
        self.remote.get(row).is_none_or(|word| Some(word) != self.no)
    }

    fn only_remotely(&self, row: usize) -> bool {
        self.remote.get(row).is_some_and(|word| Some(word) == self.only)
    }
}

/// The rule, with what it knows of the cohort.
#[derive(Debug, Clone)]
pub struct Availability {
    settings: Settings,
    mentors: Side,
    mentees: Side,
}

/// Both sides are read alike.
const READS: &[Attribute] = &[
    Attribute { name: "{times}", kind: ColumnKind::Set },
    Attribute { name: "{site}", kind: ColumnKind::Category },
    Attribute { name: "{remote}", kind: ColumnKind::Category },
    Attribute { name: "='no'", kind: ColumnKind::Category },
    Attribute { name: "='only'", kind: ColumnKind::Category },
];

impl Rule for Availability {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "availability",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: READS,
        mentee_attributes: READS,
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "no-common-time", text: "They can hardly find a time to meet." },
            ReasonText {
                code: "far-apart",
                text: "They work at different sites, and one of them meets in person only.",
            },
            ReasonText { code: "times", text: "They have times in common." },
            ReasonText { code: "other-site", text: "They have times in common and work at different sites." },
        ],
    };

    fn prepare(settings: Settings, mentors: Table, mentees: Table) -> Result<Self, Failure> {
        if settings.enough_times == 0 {
            return Err(Failure::new("the setting 'enough_times' must be at least 1"));
        }
        if !(0.0..=1.0).contains(&settings.other_site) {
            return Err(Failure::new("the setting 'other_site' must be a number from 0 to 1"));
        }
        let side = |mut table: Table| {
            let rows = table.rows();
            let mut word = |name: &str| {
                let words = table.take_categories(name)?;
                Ok::<_, Failure>(if rows == 0 { None } else { words.get(0) })
            };
            let (no, only) = (word("='no'")?, word("='only'")?);
            Ok::<_, Failure>(Side {
                times: table.take_sets(&settings.times)?,
                site: table.take_categories(&settings.site)?,
                remote: table.take_categories(&settings.remote)?,
                no,
                only,
            })
        };
        let (mentors, mentees) = (side(mentors)?, side(mentees)?);
        Ok(Self { settings, mentors, mentees })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        let enough = self.settings.enough_times;
        let (ours, theirs) = (self.mentors.times.get(mentor), self.mentees.times.get(mentee));
        let common = if ours.is_empty() || theirs.is_empty() {
            enough.max(self.settings.least_times)
        } else {
            shared(ours, theirs)
        };
        if common < self.settings.least_times {
            return Verdict::Veto("no-common-time");
        }
        let score = f32::from(common.min(enough)) / f32::from(enough);
        if !self.apart(mentor, mentee) {
            return Verdict::Score(score);
        }
        if self.mentors.meets_remotely(mentor) && self.mentees.meets_remotely(mentee) {
            return Verdict::Score(score * self.settings.other_site);
        }
        Verdict::Veto("far-apart")
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        match self.pair(mentor, mentee) {
            Verdict::Veto(code) => vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) => {
                vec![Part { code: if self.apart(mentor, mentee) { "other-site" } else { "times" }, weight }]
            }
        }
    }
}

impl Availability {
    /// Whether they can't simply meet where they work.
    fn apart(&self, mentor: usize, mentee: usize) -> bool {
        let sites = self.mentors.site.get(mentor).zip(self.mentees.site.get(mentee));
        let only = self.mentors.only_remotely(mentor) || self.mentees.only_remotely(mentee);
        only || sites.is_some_and(|(ours, theirs)| ours != theirs)
    }
}

/// How many members two sorted sets share.
fn shared(ours: &[u32], theirs: &[u32]) -> u16 {
    let common = ours.iter().filter(|time| theirs.binary_search(time).is_ok()).count();
    u16::try_from(common).unwrap_or(u16::MAX)
}

turnabout_plugin_sdk::export_rule!(Availability);

#[cfg(test)]
mod tests {
    use super::Availability;
    use turnabout_plugin_sdk::Verdict::{Score, Veto};
    use turnabout_plugin_sdk::testing::{People, check_settings};

    fn people() -> People {
        People::new(3, 2)
            .mentor_sets("times", &[&["mon", "tue", "wed", "thu"], &["fri"], &[]])
            .mentor_words("site", &["leeds", "leeds", "york"])
            .mentor_words("remote", &["yes", "", "no"])
            .mentee_sets("times", &[&["mon", "tue"], &["thu", "wed", "tue", "mon"]])
            .mentee_words("site", &["leeds", "york"])
            .mentee_words("remote", &["", "only"])
    }

    #[test]
    fn common_times_and_places_count() {
        let scores = people().score::<Availability>("{}").expect("scores");
        assert_eq!(scores[0], [Score(2.0 / 3.0), Score(0.5)]);
        assert_eq!(scores[1], [Veto("no-common-time"), Veto("no-common-time")]);
        assert_eq!(scores[2], [Veto("far-apart"), Veto("far-apart")]);
    }

    #[test]
    fn the_veto_can_be_turned_off() {
        let scores = people().score::<Availability>(r#"{ "least_times": 0 }"#).expect("scores");
        assert_eq!(scores[1], [Score(0.0), Score(0.0)]);
    }

    #[test]
    fn who_named_nothing_can_meet_anybody() {
        let scores = People::new(1, 1).score::<Availability>("{}").expect("scores");
        assert_eq!(scores, [[Score(1.0)]]);
    }

    #[test]
    fn reasons_say_what_the_verdict_says() {
        let explain = |mentor, mentee| people().explain::<Availability>("{}", mentor, mentee).expect("reasons");
        assert_eq!(explain(0, 1), [("other-site", 0.5)]);
        assert_eq!(explain(1, 0), [("no-common-time", 0.0)]);
        assert_eq!(explain(0, 0)[0].0, "times");
    }

    #[test]
    fn settings_out_of_range_are_failures() {
        for settings in [r#"{ "enough_times": 0 }"#, r#"{ "other_site": 2 }"#] {
            people().score::<Availability>(settings).expect_err(settings);
        }
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<Availability>();
    }
}
