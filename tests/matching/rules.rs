//! The rules that the standard plugins bring, as a plan uses them.

use crate::house::house;

const PEOPLE: &str = "role,name,email,manager,topics,age,department,times\n\
    mentor,Amara Diaz,amara@example.org,,careers,24,,mon;tue\n\
    mentor,Ben Okoro,ben@example.org,,nights,31,,mon\n\
    mentor,Chidi Eze,chidi@example.org,,careers,29,,fri\n\
    mentee,Clara Vance,clara@example.org,,careers,,radio,mon;tue\n\
    mentee,Dev Rao,dev@example.org,,nights,,accounts,fri\n\
    mentee,Eve Holt,eve@example.org,,careers,,news,fri\n";

#[test]
fn only_the_eligible_are_paired_and_the_others_are_told_why() {
    let plan = r#"
        solver = "optimal"
        rules = [
            { plugin = "topic-overlap", weight = 1.0 },
            { plugin = "eligibility", weight = 0.0, settings = { mentor_number = "age", mentor_most = 29, mentee_word = "department", mentee_words = ["radio", "news"] } },
        ]"#;
    let house = house(plan, PEOPLE);
    let proposal = house.matched();
    let mut pairs = house.pairs(&proposal);
    pairs.sort();
    assert!(pairs == ["Amara-Clara", "Chidi-Eve"] || pairs == ["Amara-Eve", "Chidi-Clara"], "{pairs:?}");
    let left: Vec<_> = proposal.unmatched.iter().map(|left| (left.participant, left.because.as_str())).collect();
    assert_eq!(left, [(house.id("Ben"), "vetoed"), (house.id("Dev"), "vetoed")]);
    let by: Vec<_> = proposal.unmatched.iter().map(|left| left.vetoed_by.join(" ")).collect();
    let (young, department) = ("eligibility/mentor-not-eligible", "eligibility/mentee-not-eligible");
    assert_eq!(by, [young.to_owned(), format!("{department} {young}")]);
}

#[test]
fn what_somebody_gave_by_consent_is_no_reason_that_the_journal_names() {
    let people = "role,name,email,faith,department,consent\n\
        mentor,Amara Diaz,amara@example.org,quaker,radio,faith\n\
        mentee,Clara Vance,clara@example.org,quaker,radio,faith\n";
    let by = |attribute: &str| {
        let plan = format!(
            "solver = \"optimal\"\nrules = [{{ plugin = \"difference\", weight = 1.0, \
             settings = {{ attribute = \"{attribute}\" }} }}]"
        );
        let proposal = house(&plan, people).matched();
        let left: Vec<_> =
            proposal.unmatched.iter().map(|left| (left.because.to_string(), left.vetoed_by.join(" "))).collect();
        assert_eq!(left.len(), 2, "{left:?}");
        left[0].clone()
    };
    assert_eq!(by("department"), ("vetoed".into(), "difference/same".into()));
    assert_eq!(by("faith"), ("vetoed".into(), String::new()), "it would say that they share a faith");
}

#[test]
fn what_somebody_gave_by_consent_is_no_reason_that_a_review_names() {
    let people = "role,name,email,faith,consent\n\
        mentor,Amara Diaz,amara@example.org,quaker,faith\n\
        mentee,Clara Vance,clara@example.org,quaker,faith\n\
        mentee,Dev Shah,dev@example.org,sikh,faith\n";
    let plan = r#"
        solver = "optimal"
        rules = [{ plugin = "difference", weight = 0.0, settings = { attribute = "faith" } },
                 { plugin = "topic-overlap", weight = 1.0 }]"#;
    let house = house(plan, people);
    let proposal = house.matched();
    let review =
        |mentee| house.engine.review_pair(&house.run, proposal.id, house.id("Amara"), house.id(mentee)).unwrap();
    let (alike, pair) = (review("Clara"), review("Dev"));
    let against = alike.against.expect("the rule has a veto");
    assert_eq!((alike.score, against.code.as_str()), (None, "not-together"), "as if one of them had said so");
    assert!(pair.proposed && pair.against.is_none());
    for review in [alike.rules, pair.rules] {
        let named: Vec<&str> = review.iter().map(|rule| rule.rule.as_str()).collect();
        assert_eq!(named, ["topic-overlap"]);
    }
}

#[test]
fn people_who_can_meet_are_paired() {
    let plan = r#"
        solver = "optimal"
        rules = [{ plugin = "availability", weight = 1.0 }]"#;
    let house = house(plan, PEOPLE);
    let pairs = house.pairs(&house.matched());
    assert!(pairs.contains(&"Amara-Clara".to_owned()), "{pairs:?}");
    assert!(!pairs.iter().any(|pair| pair.starts_with("Ben")), "Ben and those who are left have no time: {pairs:?}");
}

#[test]
fn every_rule_says_why_and_what_would_be_instead() {
    let plan = r#"
        solver = "optimal"
        rules = [{ plugin = "topic-overlap", weight = 1.0 }, { plugin = "reporting-line", weight = 0.0 }]"#;
    let house = house(plan, PEOPLE);
    let proposal = house.matched();
    assert!(house.pairs(&proposal).contains(&"Ben-Dev".to_owned()));
    let review =
        |mentor, mentee| house.engine.review_pair(&house.run, proposal.id, house.id(mentor), house.id(mentee)).unwrap();
    let made = review("Ben", "Dev");
    assert_eq!((made.proposed, made.score), (true, Some(1.0)));
    let says: Vec<_> = made.rules.iter().map(|says| (says.rule.as_str(), says.reasons[0].text.as_str())).collect();
    assert_eq!(
        says,
        [
            ("topic-overlap", "The mentor can speak about topics the mentee asked for."),
            ("reporting-line", "They work in different lines of management."),
        ]
    );
    let instead = made.instead.unwrap();
    assert_eq!(
        (instead.pairs_lost, instead.cost),
        (0, 2.0),
        "Dev would take another's mentor, and Ben another's mentee"
    );
    let other = review("Amara", "Dev");
    assert_eq!((other.proposed, other.score), (false, Some(0.0)));
    assert_eq!(other.instead.unwrap().added.len(), 2);
}
