//! Follows what people said after they met: whom they would like, and, in private, whom they would not.
//!
//! With `p` the place that one gives the other, from 0, and `n` the places that count, a side scores `1 - p / n`; the pair
//! scores the mean of both sides by their weights. Who shares a place scores alike.

use turnabout_plugin_sdk::{
    Attribute, Categories, ColumnKind, Description, Failure, Part, ReasonText, Rule, Sets, Table, Verdict,
};

/// How rankings count.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How much the mentee's ranking counts.
    pub mentee_weight: f32,
    /// How much the mentor's ranking counts.
    pub mentor_weight: f32,
    /// How many places count; the name is older than places that several people share.
    pub ranks: u8,
    /// What somebody who was not ranked scores.
    pub unranked: f32,
    /// What everybody scores with somebody who ranked nobody.
    pub no_ballot: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { mentee_weight: 1.0, mentor_weight: 1.0, ranks: 5, unranked: 0.0, no_ballot: 0.5 }
    }
}

/// The columns with the places, the most wanted first. Everyone in a place is wanted equally.
const PLACES: [&str; 9] =
    ["place-1", "place-2", "place-3", "place-4", "place-5", "place-6", "place-7", "place-8", "place-9"];

/// What one side said.
#[derive(Debug, Clone)]
struct Side {
    own: Categories,
    places: Vec<Sets>,
    avoid: Sets,
}

impl Side {
    fn read(mut table: Table, places: u8) -> Result<Self, Failure> {
        let columns = PLACES.iter().take(places.into()).map(|name| table.take_sets(name));
        let places = columns.collect::<Result<_, _>>()?;
        Ok(Self { own: table.take_categories("self")?, places, avoid: table.take_sets("avoid")? })
    }

    /// The place that somebody gave a person, from 0; nothing if none.
    fn place(&self, row: usize, person: Option<u32>) -> Option<u8> {
        let person = person?;
        let at = self.places.iter().position(|place| place.get(row).binary_search(&person).is_ok())?;
        u8::try_from(at).ok()
    }

    fn avoids(&self, row: usize, person: Option<u32>) -> bool {
        person.is_some_and(|person| self.avoid.get(row).binary_search(&person).is_ok())
    }

    fn voted(&self, row: usize) -> bool {
        self.places.iter().any(|place| !place.get(row).is_empty())
    }
}

/// The rule, with what everybody said.
#[derive(Debug, Clone)]
pub struct Ballot {
    settings: Settings,
    mentors: Side,
    mentees: Side,
}

/// Both sides are read alike.
const READS: &[Attribute] = &[
    Attribute { name: "self", kind: ColumnKind::Category },
    Attribute { name: "avoid", kind: ColumnKind::Set },
    Attribute { name: PLACES[0], kind: ColumnKind::Set },
    Attribute { name: PLACES[1], kind: ColumnKind::Set },
    Attribute { name: PLACES[2], kind: ColumnKind::Set },
    Attribute { name: PLACES[3], kind: ColumnKind::Set },
    Attribute { name: PLACES[4], kind: ColumnKind::Set },
    Attribute { name: PLACES[5], kind: ColumnKind::Set },
    Attribute { name: PLACES[6], kind: ColumnKind::Set },
    Attribute { name: PLACES[7], kind: ColumnKind::Set },
    Attribute { name: PLACES[8], kind: ColumnKind::Set },
];

impl Rule for Ballot {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "ballot",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: READS,
        mentee_attributes: READS,
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "not-together", text: "They are not to be paired." },
            ReasonText { code: "both-ranked", text: "Each named the other after they met." },
            ReasonText { code: "mentee-ranked", text: "The mentee named the mentor after they met." },
            ReasonText { code: "mentor-ranked", text: "The mentor named the mentee after they met." },
            ReasonText { code: "not-ranked", text: "Neither named the other." },
        ],
    };

    fn prepare(settings: Settings, mentors: Table, mentees: Table) -> Result<Self, Failure> {
        let weights = settings.mentee_weight + settings.mentor_weight;
        if !(settings.mentee_weight >= 0.0 && settings.mentor_weight >= 0.0 && weights > 0.0 && weights.is_finite()) {
            return Err(Failure::new("the weights of the two rankings must not be below 0, nor both 0"));
        }
        if !(1..=9).contains(&settings.ranks) {
            return Err(Failure::new("the setting 'ranks' must be from 1 to 9"));
        }
        for (name, score) in [("unranked", settings.unranked), ("no_ballot", settings.no_ballot)] {
            if !(0.0..=1.0).contains(&score) {
                return Err(Failure::new(format!("the setting '{name}' must be a number from 0 to 1")));
            }
        }
        let places = settings.ranks;
        Ok(Self { settings, mentors: Side::read(mentors, places)?, mentees: Side::read(mentees, places)? })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        let (ours, theirs) = (self.mentors.own.get(mentor), self.mentees.own.get(mentee));
        if self.mentors.avoids(mentor, theirs) || self.mentees.avoids(mentee, ours) {
            return Verdict::Veto("not-together");
        }
        let score = |side: &Side, row: usize, other: Option<u32>| match side.place(row, other) {
            Some(place) => 1.0 - f32::from(place) / f32::from(self.settings.ranks),
            None if side.voted(row) => self.settings.unranked,
            None => self.settings.no_ballot,
        };
        let Settings { mentee_weight, mentor_weight, .. } = self.settings;
        let total =
            mentee_weight * score(&self.mentees, mentee, ours) + mentor_weight * score(&self.mentors, mentor, theirs);
        Verdict::Score((total / (mentee_weight + mentor_weight)).clamp(0.0, 1.0))
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        let weight = match self.pair(mentor, mentee) {
            Verdict::Veto(code) => return vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) => weight,
        };
        let by_mentee = self.mentees.place(mentee, self.mentors.own.get(mentor)).is_some();
        let by_mentor = self.mentors.place(mentor, self.mentees.own.get(mentee)).is_some();
        let code = match (by_mentee, by_mentor) {
            (true, true) => "both-ranked",
            (true, false) => "mentee-ranked",
            (false, true) => "mentor-ranked",
            (false, false) => "not-ranked",
        };
        vec![Part { code, weight }]
    }
}

turnabout_plugin_sdk::export_rule!(Ballot);

#[cfg(test)]
mod tests {
    use super::Ballot;
    use turnabout_plugin_sdk::Verdict::{Score, Veto};
    use turnabout_plugin_sdk::testing::{People, check_settings};

    /// Two mentors, Amara and Bela, and three mentees: Carol, Dev and Eve, who ranked nobody.
    fn people() -> People {
        People::new(2, 3)
            .mentor_words("self", &["amara", "bela"])
            .mentor_sets("place-1", &[&["carol"], &["carol"]])
            .mentor_sets("place-2", &[&["dev"], &[]])
            .mentee_words("self", &["carol", "dev", "eve"])
            .mentee_sets("place-1", &[&["bela"], &["amara"], &[]])
            .mentee_sets("place-2", &[&["amara"], &[], &[]])
            .mentee_sets("avoid", &[&[], &["bela"], &[]])
    }

    #[test]
    fn both_rankings_count() {
        let scores = people().score::<Ballot>("{}").expect("scores");
        assert_eq!(scores[0], [Score(0.9), Score(0.9), Score(0.25)]);
        assert_eq!(scores[1], [Score(1.0), Veto("not-together"), Score(0.25)]);
    }

    #[test]
    fn who_shares_a_place_scores_alike_and_the_next_place_is_the_following_one() {
        let people = People::new(3, 1)
            .mentor_words("self", &["amara", "bela", "chidi"])
            .mentee_words("self", &["carol"])
            .mentee_sets("place-1", &[&["bela", "amara"]])
            .mentee_sets("place-2", &[&["chidi"]]);
        let scores = people.score::<Ballot>(r#"{ "mentor_weight": 0, "ranks": 2 }"#).expect("scores");
        assert_eq!(scores, [[Score(1.0)], [Score(1.0)], [Score(0.5)]]);
        // A place that does not count is as good as none.
        let scores = people.score::<Ballot>(r#"{ "mentor_weight": 0, "ranks": 1 }"#).expect("scores");
        assert_eq!(scores, [[Score(1.0)], [Score(1.0)], [Score(0.0)]]);
    }

    #[test]
    fn one_side_alone_may_count() {
        let scores = people().score::<Ballot>(r#"{ "mentor_weight": 0, "ranks": 2 }"#).expect("scores");
        assert_eq!(scores[0], [Score(0.5), Score(1.0), Score(0.5)]);
    }

    #[test]
    fn a_veto_does_not_say_whose_it_is() {
        let explain = |mentor, mentee| people().explain::<Ballot>("{}", mentor, mentee).expect("reasons");
        assert_eq!(explain(1, 1), [("not-together", 0.0)]);
        assert_eq!(explain(0, 1)[0].0, "both-ranked");
        assert_eq!(explain(1, 2)[0].0, "not-ranked");
    }

    #[test]
    fn settings_out_of_range_are_failures() {
        for settings in [r#"{ "ranks": 10 }"#, r#"{ "unranked": 2 }"#, r#"{ "mentee_weight": 0, "mentor_weight": 0 }"#]
        {
            people().score::<Ballot>(settings).expect_err(settings);
        }
    }

    #[test]
    fn the_settings_keep_their_schema() {
        check_settings::<Ballot>();
    }
}
