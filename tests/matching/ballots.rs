//! Ballots after people have met: rankings of both sides, and a private "not this person".

use crate::house::house;

const PEOPLE: &str = "role,name,email\n\
    mentor,Amara Diaz,amara@example.org\n\
    mentor,Ben Okoro,ben@example.org\n\
    mentor,Chidi Eze,chidi@example.org\n\
    mentee,Clara Vance,clara@example.org\n\
    mentee,Dev Rao,dev@example.org\n\
    mentee,Eve Holt,eve@example.org\n";

#[test]
fn stable_pairs_are_such_that_no_two_would_both_rather_have_each_other() {
    let house = house("solver = \"stable\"\nrules = []", PEOPLE);
    house.vote("Clara", &["Amara", "Ben", "Chidi"], &[]);
    house.vote("Dev", &["Amara", "Chidi", "Ben"], &[]);
    house.vote("Eve", &["Ben", "Amara", "Chidi"], &[]);
    house.vote("Amara", &["Dev", "Clara", "Eve"], &[]);
    house.vote("Ben", &["Clara", "Eve", "Dev"], &[]);
    house.vote("Chidi", &["Clara", "Dev", "Eve"], &[]);
    assert_eq!(house.pairs(&house.matched()), ["Amara-Dev", "Ben-Clara", "Chidi-Eve"]);
}

#[test]
fn a_word_against_somebody_holds_whatever_the_plan_says() {
    let plan = "solver = \"elected\"\nrules = []";
    let house = house(plan, PEOPLE);
    house.vote("Clara", &["Amara", "Ben"], &[]);
    house.vote("Amara", &[], &["Clara"]);
    let pairs = house.pairs(&house.matched());
    assert!(pairs.contains(&"Ben-Clara".to_owned()), "{pairs:?}");
}

#[test]
fn the_ballot_rule_weighs_both_sides_rankings() {
    let plan = "solver = \"optimal\"\nrules = [{ plugin = \"ballot\", weight = 1.0 }]";
    let house = house(plan, PEOPLE);
    house.vote("Clara", &["Ben"], &["Chidi"]);
    house.vote("Ben", &["Clara"], &[]);
    house.vote("Dev", &["Ben"], &[]);
    let proposal = house.matched();
    assert!(house.pairs(&proposal).contains(&"Ben-Clara".to_owned()));
    let review = house.engine.review_pair(&house.run, proposal.id, house.id("Ben"), house.id("Clara")).unwrap();
    assert_eq!((review.score, review.rules[0].reasons[0].code.as_str()), (Some(1.0), "both-ranked"));
    let against = house.engine.review_pair(&house.run, proposal.id, house.id("Chidi"), house.id("Clara")).unwrap();
    assert_eq!(against.rules[0].reasons[0].text, "They are not to be paired.");
}
