//! Ballots after people have met: rankings of both sides, and a private "not this person".

use crate::house::{House, house};
use turnabout_core::decide::Input;
use turnabout_live::{Act, RoundLengths};
use turnabout_model::{PairId, ProposalId, SessionId};

const PEOPLE: &str = "role,name,email\n\
    mentor,Amara Diaz,amara@example.org\n\
    mentor,Ben Okoro,ben@example.org\n\
    mentor,Chidi Eze,chidi@example.org\n\
    mentee,Clara Vance,clara@example.org\n\
    mentee,Dev Rao,dev@example.org\n\
    mentee,Eve Holt,eve@example.org\n";

/// The same people with topics.
const TOPICS: &str = "role,name,email,topics\n\
    mentor,Amara Diaz,amara@example.org,careers\n\
    mentor,Ben Okoro,ben@example.org,nights\n\
    mentor,Chidi Eze,chidi@example.org,nights\n\
    mentee,Clara Vance,clara@example.org,careers\n\
    mentee,Dev Rao,dev@example.org,nights\n\
    mentee,Eve Holt,eve@example.org,nights\n";

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
fn an_elected_pair_says_whose_choice_it_was_and_what_would_be_instead() {
    let house = house("solver = \"elected\"\nrules = [{ plugin = \"topic-overlap\", weight = 1.0 }]", TOPICS);
    house.vote("Clara", &["Amara", "Ben"], &[]);
    house.vote("Dev", &["Amara", "Chidi"], &[]);
    house.vote("Amara", &["Dev"], &[]);
    let proposal = house.matched();
    assert_eq!(house.pairs(&proposal), ["Amara-Dev", "Ben-Clara", "Chidi-Eve"]);
    let review =
        |mentor, mentee| house.engine.review_pair(&house.run, proposal.id, house.id(mentor), house.id(mentee)).unwrap();
    let says = |mentor, mentee| review(mentor, mentee).made.map(|made| made.text);
    let first = "The mentor is the mentee's 1st choice, and the mentee is the mentor's 1st.";
    assert_eq!(says("Amara", "Dev").as_deref(), Some(first));
    assert_eq!(says("Ben", "Clara").as_deref(), Some("The mentor is the mentee's 2nd choice."));
    assert_eq!(says("Chidi", "Eve").as_deref(), Some("Placed by score: no choice of the mentee's counts."));
    assert_eq!(says("Ben", "Dev"), None);
    // Without Amara, Dev falls to the second choice, and Clara gets her first.
    let instead = review("Amara", "Dev").instead.unwrap();
    let moved: Vec<_> = instead.moved.iter().map(|moved| (moved.participant, moved.before, moved.after)).collect();
    let (amara, clara, dev) = (house.id("Amara"), house.id("Clara"), house.id("Dev"));
    assert_eq!(moved, [(amara, Some(1), None), (clara, Some(2), Some(1)), (dev, Some(1), Some(2))]);
    assert_eq!((instead.pairs_lost, instead.added.len(), instead.removed.len()), (0, 3, 3));
    // And a pair that is none: what it would take from others.
    let forced = review("Amara", "Eve").instead.unwrap();
    assert!(forced.added.iter().any(|two| (two.mentor, two.mentee) == (amara, house.id("Eve"))));
    assert!(forced.moved.iter().any(|moved| (moved.participant, moved.before, moved.after) == (dev, Some(1), Some(2))));
}

#[test]
fn a_stable_pair_has_an_alternative_too() {
    let house = house("solver = \"stable\"\nrules = []", PEOPLE);
    house.vote("Clara", &["Amara", "Ben"], &[]);
    house.vote("Dev", &["Amara"], &[]);
    house.vote("Amara", &["Dev", "Clara"], &[]);
    house.vote("Ben", &["Clara"], &[]);
    let proposal = house.matched();
    assert_eq!(house.pairs(&proposal), ["Amara-Dev", "Ben-Clara"]);
    let review = house.engine.review_pair(&house.run, proposal.id, house.id("Amara"), house.id("Dev")).unwrap();
    assert_eq!(review.made.unwrap().code, "chosen");
    let instead = review.instead.unwrap();
    assert_eq!(instead.pairs_lost, 1, "Amara takes Clara, and Ben and Dev have nobody");
    assert_eq!((instead.added.len(), instead.removed.len()), (1, 2));
}

#[test]
fn two_mentees_who_want_two_mentors_equally_both_get_one_of_them_however_they_write_it() {
    let people = "role,name,email\n\
        mentor,Amara Diaz,amara@example.org\n\
        mentor,Ben Okoro,ben@example.org\n\
        mentor,Chidi Eze,chidi@example.org\n\
        mentee,Clara Vance,clara@example.org\n\
        mentee,Dev Rao,dev@example.org\n";
    for solver in ["elected", "stable"] {
        let mut found = Vec::new();
        for order in [["Amara", "Ben"], ["Ben", "Amara"]] {
            for voters in [["Clara", "Dev"], ["Dev", "Clara"]] {
                let house = house(&format!("solver = \"{solver}\"\nrules = []"), people);
                for voter in voters {
                    house.vote_places(voter, &[&order, &["Chidi"]]);
                }
                for mentor in ["Amara", "Ben", "Chidi"] {
                    house.vote_places(mentor, &[&voters]);
                }
                let proposal = house.matched();
                for pair in &proposal.pairs {
                    let review = house.engine.review_pair(&house.run, proposal.id, pair.mentor, pair.mentee).unwrap();
                    let text = "The mentor is the mentee's 1st choice, and the mentee is the mentor's 1st.";
                    assert_eq!(review.made.unwrap().text, text);
                }
                found.push(house.pairs(&proposal));
            }
        }
        let mentors: Vec<&str> = found[0].iter().map(|pair| pair.split('-').next().unwrap()).collect();
        assert_eq!(mentors, ["Amara", "Ben"], "by {solver} each gets somebody whom they put in the first place");
        assert!(
            found.iter().all(|pairs| *pairs == found[0]),
            "the order in which equals are written decides: {found:?}"
        );
    }
}

#[test]
fn who_comes_after_two_equals_is_the_second_choice() {
    let house = house("solver = \"elected\"\nrules = []", PEOPLE);
    house.vote_places("Clara", &[&["Amara", "Ben"], &["Chidi"]]);
    house.vote_places("Dev", &[&["Amara"]]);
    house.vote_places("Eve", &[&["Ben"]]);
    house.vote_places("Amara", &[&["Dev"]]);
    house.vote_places("Ben", &[&["Eve"]]);
    let proposal = house.matched();
    assert_eq!(house.pairs(&proposal), ["Amara-Dev", "Ben-Eve", "Chidi-Clara"]);
    let review =
        |mentor, mentee| house.engine.review_pair(&house.run, proposal.id, house.id(mentor), house.id(mentee)).unwrap();
    assert_eq!(review("Chidi", "Clara").made.unwrap().text, "The mentor is the mentee's 2nd choice.");
    for mentor in ["Amara", "Ben"] {
        let moved = review(mentor, "Clara").instead.unwrap().moved;
        let clara = moved.iter().find(|moved| moved.participant == house.id("Clara")).unwrap();
        assert_eq!((clara.before, clara.after), (Some(2), Some(1)), "with {mentor}");
    }
}

#[test]
fn the_ballot_rule_scores_equals_alike_and_one_pinned_before_reads_them_one_after_the_other() {
    let scores = |rule: &str| {
        let settings = "settings = { mentor_weight = 0, ranks = 4 }";
        let plan = format!("solver = \"optimal\"\nrules = [{{ plugin = \"{rule}\", weight = 1.0, {settings} }}]");
        let house = house(&plan, PEOPLE);
        house.vote_places("Clara", &[&["Ben", "Amara"], &["Chidi"]]);
        let proposal = house.matched();
        let of = |mentor| house.engine.review_pair(&house.run, proposal.id, house.id(mentor), house.id("Clara"));
        ["Amara", "Ben", "Chidi"].map(|mentor| of(mentor).unwrap().score)
    };
    assert_eq!(scores("ballot"), [1.0, 1.0, 0.75].map(Some));
    assert_eq!(scores("earlier-ballot"), [0.75, 1.0, 0.5].map(Some));
}

/// One mentor, whom two of three mentees chose; the third shares their topics. Choices last for four weeks.
fn one_place() -> House {
    let people = "role,name,email,topics\n\
        mentor,Amara Diaz,amara@example.org,night shifts;radio\n\
        mentee,Clara Vance,clara@example.org,rotas\n\
        mentee,Fay Moss,fay@example.org,rotas\n\
        mentee,Gil Shah,gil@example.org,night shifts;radio\n";
    let plan = "solver = \"elected\"\nchoices_last = \"4 weeks\"\n\
        rules = [{ plugin = \"topic-overlap\", weight = 1.0 }]";
    let house = house(plan, people);
    house.vote("Clara", &["Amara"], &[]);
    house.vote("Fay", &["Amara"], &[]);
    house.vote("Amara", &["Clara"], &[]);
    house
}

#[test]
fn a_choice_that_found_no_place_counts_at_the_next_matching_until_it_expires() {
    let again = |declined_on: &str| {
        let house = one_place();
        assert_eq!(house.pairs(&house.matched()), ["Amara-Clara"]);
        house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
        house.until(declined_on);
        let decline = Act::DeclinePair { pair: PairId(1), by: house.id("Clara") };
        house.engine.submit(&house.run, decline, |_| ()).unwrap();
        house.pairs(&house.proposal(2))
    };
    assert_eq!(again("2026-04-01T09:00:00Z"), ["Amara-Fay"], "she chose Amara, and still counts");
    assert_eq!(again("2026-06-01T09:00:00Z"), ["Amara-Gil"], "her choice has expired: the better score goes first");
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

#[test]
fn everybody_meets_everybody_in_rounds_before_the_ballot_but_not_their_own_manager() {
    let people = "role,name,email,manager\n\
        mentor,Amara Diaz,amara@example.org,clara@example.org\n\
        mentor,Ben Okoro,ben@example.org,\n\
        mentor,Chidi Eze,chidi@example.org,\n\
        mentee,Clara Vance,clara@example.org,\n\
        mentee,Dev Rao,dev@example.org,\n";
    let house = house("solver = \"optimal\"\nrules = []", people);
    let audience = ["Amara", "Ben", "Chidi", "Clara", "Dev"].map(|name| house.id(name)).to_vec();
    let starts = "2026-03-20T10:00:00Z".parse().unwrap();
    house.input(Input::PlanSession { name: "training".into(), audience, starts }).unwrap();
    let rounds = |talk, change| {
        house.engine.read(&house.run, |of| of.rounds(SessionId(1), RoundLengths { talk, change })).unwrap().unwrap()
    };
    let plan = rounds(6, 2);
    assert_eq!((plan.rounds.len(), plan.complete), (3, true));
    let met: Vec<_> =
        plan.rounds.iter().flat_map(|round| &round.dates).map(|d| (&*d.mentor.name, &*d.mentee.name)).collect();
    assert_eq!(met.len(), 5, "three by two, without Amara and her manager: {met:?}");
    assert!(!met.contains(&("Amara Diaz", "Clara Vance")), "{met:?}");
    assert_eq!(plan.rounds[1].starts.to_string(), "2026-03-20T10:08:00Z");
    // Two hours hold one conversation of ninety minutes.
    assert_eq!((rounds(90, 10).rounds.len(), rounds(90, 10).complete), (1, false));
}

#[test]
fn speed_dating_keeps_apart_whom_a_matching_keeps_apart() {
    let people = "role,name,email,manager\n\
        mentor,Amara Diaz,amara@example.org,clara@example.org\n\
        mentor,Ben Okoro,ben@example.org,\n\
        mentee,Clara Vance,clara@example.org,Dev@example.org\n\
        mentee,Dev Rao,dev@example.org,\n";
    let house = house("solver = \"optimal\"\nrules = []", people);
    let audience = ["Amara", "Ben", "Clara", "Dev"].map(|name| house.id(name)).to_vec();
    let starts = "2026-03-20T10:00:00Z".parse().unwrap();
    house.input(Input::PlanSession { name: "training".into(), audience, starts }).unwrap();
    let met = || -> Vec<String> {
        let plan = house.engine.read(&house.run, |of| of.rounds(SessionId(1), RoundLengths { talk: 6, change: 2 }));
        let dates = plan.unwrap().unwrap().rounds.into_iter().flat_map(|round| round.dates);
        let mut met: Vec<_> = dates.map(|date| format!("{}-{}", date.mentor.name, date.mentee.name)).collect();
        met.sort();
        met
    };
    assert_eq!(met(), ["Ben Okoro-Clara Vance", "Ben Okoro-Dev Rao"], "Clara is Amara's manager, and Dev is Clara's");
    house.vote("Ben", &[], &["Dev"]);
    assert_eq!(met(), ["Ben Okoro-Clara Vance"], "what was said on a ballot holds as well");
    // The word holds in a matching that reads no ballot, too.
    let pairs = house.pairs(&house.matched());
    assert_eq!(pairs, ["Ben-Clara"]);
}

#[test]
fn choices_do_not_age_in_a_pause() {
    let house = one_place();
    house.matched();
    house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    house.input(Input::Pause { until: "2026-05-25T09:00:00Z".parse().unwrap(), reason: None }).unwrap();
    house.until("2026-05-28T09:00:00Z");
    let decline = Act::DeclinePair { pair: PairId(1), by: house.id("Clara") };
    house.engine.submit(&house.run, decline, |_| ()).unwrap();
    assert_eq!(house.pairs(&house.proposal(2)), ["Amara-Fay"]);
}
