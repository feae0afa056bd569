//! Ballots: whom somebody would like, place by place, and whom they would not.

use super::{QuestionKind, Survey};
use crate::ParticipantId;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::{borrow::Cow, collections::BTreeMap};

/// What somebody said after they met the others: whom they would like, and whom they would not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ballot {
    /// The most wanted first. Everybody in one place is wanted equally, in whatever order they are written; no place is empty.
    pub places: Vec<Vec<ParticipantId>>,
    /// Not these.
    pub avoided: Vec<ParticipantId>,
}

impl Ballot {
    /// Everybody who is wanted, the most wanted first, equals as they are written.
    pub fn ranked(&self) -> impl Iterator<Item = ParticipantId> {
        self.places.iter().flatten().copied()
    }

    /// Which choice somebody is, from 1. Equals share theirs, and the next place is the following number; nothing for somebody
    /// who was not ranked.
    pub fn place_of(&self, whom: ParticipantId) -> Option<u32> {
        let place = self.places.iter().position(|place| place.contains(&whom))?;
        u32::try_from(place + 1).ok()
    }
}

impl Survey {
    /// Tells whether it asks for a ballot.
    pub fn has_ballot(&self) -> bool {
        self.all_questions().into_iter().any(|question| question.kind.asks_for_people())
    }

    /// The ballot in somebody's answers; nothing if the survey asks for none.
    ///
    /// In the list of an answer an id is a place of its own, and a list in the list one that several people share. Of several
    /// such questions the places of the first come first.
    pub fn ballot(&self, answers: &BTreeMap<SmolStr, Json>) -> Option<Ballot> {
        if !self.has_ballot() {
            return None;
        }
        let questions = self.all_questions();
        let places = |avoided: bool| {
            let asked = questions.iter().filter(|question| question.kind.asks_for_people());
            let asked = asked.filter(|question| (question.kind == QuestionKind::Avoid) == avoided);
            let places = asked.filter_map(|question| answers.get(&question.name)?.as_array()).flatten().map(people);
            places.filter(|place| !place.is_empty()).collect::<Vec<_>>()
        };
        Some(Ballot { places: places(false), avoided: places(true).concat() })
    }

    /// The answers for the logic component, which knows no places: who shares one stands one after the other.
    pub fn logic_answers<'a>(&self, answers: &'a BTreeMap<SmolStr, Json>) -> Cow<'a, BTreeMap<SmolStr, Json>> {
        let mut flat = Cow::Borrowed(answers);
        for question in self.all_questions().into_iter().filter(|question| question.kind.asks_for_people()) {
            let Some(places) = answers.get(&question.name).and_then(Json::as_array) else { continue };
            if places.iter().any(Json::is_array) {
                let all: Vec<Json> = places.iter().flat_map(in_place).cloned().collect();
                flat.to_mut().insert(question.name.clone(), all.into());
            }
        }
        flat
    }
}

/// Who is in a place: several in a list, or somebody alone.
fn in_place(place: &Json) -> &[Json] {
    place.as_array().map_or(std::slice::from_ref(place), Vec::as_slice)
}

/// The people in a place; what is no id is nobody.
fn people(place: &Json) -> Vec<ParticipantId> {
    in_place(place).iter().filter_map(|id| id.as_str()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn survey() -> Survey {
        serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "more", "type": "group", "questions": [{ "name": "wanted", "type": "ranking", "text": "?" }] },
            { "name": "drinks", "type": "ranking", "text": "?", "choices": ["tea", "coffee"] },
            { "name": "not", "type": "avoid", "text": "?" } ] }))
        .unwrap()
    }

    fn answers(json: Json) -> BTreeMap<SmolStr, Json> {
        serde_json::from_value(json).unwrap()
    }

    fn person(number: u32) -> ParticipantId {
        ParticipantId(number)
    }

    #[test]
    fn a_ballot_holds_people_and_nothing_else() {
        let given = answers(json!({ "wanted": ["person-3", "person-1"], "drinks": ["tea"], "not": ["person-2"] }));
        let ballot = survey().ballot(&given).unwrap();
        assert_eq!(ballot, Ballot { places: vec![vec![person(3)], vec![person(1)]], avoided: vec![person(2)] });
        let drinks = Survey { questions: vec![survey().questions[1].clone()], ..survey() };
        assert_eq!(drinks.ballot(&BTreeMap::new()), None);
    }

    #[test]
    fn people_in_one_place_share_a_number_and_the_next_place_has_the_following() {
        let given = answers(json!({ "wanted": ["person-4", ["person-3", "person-1"], "person-2"] }));
        let ballot = survey().ballot(&given).unwrap();
        assert_eq!(ballot.ranked().collect::<Vec<_>>(), [4, 3, 1, 2].map(person));
        let places = [4, 3, 1, 2, 5].map(|number| ballot.place_of(person(number)));
        assert_eq!(places, [Some(1), Some(2), Some(2), Some(3), None]);
    }

    #[test]
    fn what_cannot_be_stored_is_read_as_nobody() {
        let given = answers(json!({ "wanted": [[], ["person-1", 7, ["person-2"]], "pair-1", "person-3"] }));
        assert_eq!(survey().ballot(&given).unwrap().places, [[person(1)], [person(3)]]);
    }

    #[test]
    fn a_logic_is_given_one_list() {
        let given = answers(json!({ "wanted": ["person-4", ["person-3", "person-1"]], "drinks": ["tea", "coffee"] }));
        let flat = answers(json!({ "wanted": ["person-4", "person-3", "person-1"], "drinks": ["tea", "coffee"] }));
        assert_eq!(*survey().logic_answers(&given), flat);
        assert!(matches!(survey().logic_answers(&flat), Cow::Borrowed(_)), "nothing to do for a list as it always was");
    }
}
