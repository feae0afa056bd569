//! A proposal is a draft: the coordinator pins, forbids, has it made again, publishes; people decline.

use crate::house::{House, house};
use turnabout_core::decide::Input;
use turnabout_live::{Act, LiveError};
use turnabout_model::{PairId, ProposalId};

const PLAN: &str = r#"
    solver = "optimal"
    rules = [{ plugin = "topic-overlap", weight = 1.0 }, { plugin = "reporting-line", weight = 0.0 }]"#;

const PEOPLE: &str = "role,name,email,manager,topics\n\
    mentor,Amara Diaz,amara@example.org,eve@example.org,careers\n\
    mentor,Ben Okoro,ben@example.org,,nights\n\
    mentee,Clara Vance,clara@example.org,,careers\n\
    mentee,Dev Rao,dev@example.org,,nights\n\
    mentee,Eve Holt,eve@example.org,,careers\n";

fn revise(house: &House, pinned: &[(&str, &str)], forbidden: &[(&str, &str)]) -> Result<Vec<String>, LiveError> {
    let ids =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(mentor, mentee)| (house.id(mentor), house.id(mentee))).collect();
    let (pinned, forbidden) = (ids(pinned), ids(forbidden));
    house.input(Input::ReviseProposal { proposal: ProposalId(1), pinned, forbidden })?;
    Ok(house.pairs(&house.proposal(1)))
}

#[test]
fn pins_and_bans_change_the_draft_and_it_says_what_changed() {
    let house = house(PLAN, PEOPLE);
    assert_eq!(house.pairs(&house.matched()), ["Amara-Clara", "Ben-Dev"]);
    assert_eq!(revise(&house, &[("Amara", "Dev")], &[]).unwrap()[0], "Amara-Dev");
    let changed = house.proposal(1).changed.unwrap();
    assert_eq!((changed.kept, changed.added.len(), changed.removed.len()), (0, 2, 2));
    assert_eq!((changed.total_before, changed.total_after), (2.0, 0.0));
    // A revision says everything anew: the pin is gone.
    assert_eq!(revise(&house, &[], &[("Ben", "Dev")]).unwrap().len(), 2);
    assert!(house.proposal(1).pinned.is_empty());
    house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    let late = revise(&house, &[], &[]).unwrap_err();
    assert_eq!(late.code(), "run::already_so");
}

#[test]
fn a_pin_that_cannot_be_is_refused_with_the_reason_and_changes_nothing() {
    let house = house(PLAN, PEOPLE);
    let before = house.matched();
    for (pinned, forbidden, why) in [
        // Eve is Amara's manager.
        (vec![("Amara", "Eve")], vec![], "a rule of the plan vetoes it"),
        (vec![("Amara", "Clara"), ("Ben", "Clara")], vec![], "one of them has no place left for it"),
        (vec![("Ben", "Dev")], vec![("Ben", "Dev")], "the same pair is forbidden"),
        (vec![("Clara", "Dev")], vec![], "can't be matched now"),
    ] {
        let error = revise(&house, &pinned, &forbidden).unwrap_err();
        assert_eq!(error.code(), "matching::pin");
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(house.proposal(1), before);
}

#[test]
fn who_declines_stays_unnamed_and_the_two_are_not_paired_again() {
    let house = house(PLAN, PEOPLE);
    house.matched();
    house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    let clara = house.id("Clara");
    let stranger = Act::DeclinePair { pair: PairId(1), by: house.id("Dev") };
    assert!(matches!(house.engine.submit(&house.run, stranger, |_| ()), Err(LiveError::NotInRun(_))));
    house.engine.submit(&house.run, Act::DeclinePair { pair: PairId(1), by: clara }, |_| ()).unwrap();
    // Amara and Clara suit each other best, and are free; still each is proposed to nobody or to somebody else.
    let again = house.proposal(2);
    assert!(!house.pairs(&again).contains(&"Amara-Clara".to_owned()), "{again:?}");
    let journal = house.engine.read(&house.run, |of| format!("{:?}", of.run.pairs[0].ended)).unwrap();
    assert_eq!(journal, "Some(\"declined\")");
    let review = house.engine.review_pair(&house.run, again.id, house.id("Amara"), clara).unwrap();
    assert_eq!(review.against.unwrap().text, "They are not to be paired.");
}

#[test]
fn who_waits_already_comes_first() {
    let people = "role,name,email,manager,topics\n\
        mentor,Amara Diaz,amara@example.org,,careers\n\
        mentor,Ben Okoro,ben@example.org,,careers\n\
        mentee,Clara Vance,clara@example.org,,careers\n\
        mentee,Dev Rao,dev@example.org,,careers\n\
        mentee,Eve Holt,eve@example.org,,nothing\n";
    let house = house(PLAN, people);
    house.matched();
    house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    assert_eq!(house.proposal(1).unmatched[0].participant, house.id("Eve"), "Eve wants what nobody offers");
    // Two more come, and a pair ends. Fay would suit better than Eve; Eve has waited.
    let more = "role,name,email,manager,topics\nmentor,Gil Sand,gil@example.org,,careers\n\
        mentee,Fay Lund,fay@example.org,,careers\n";
    house.engine.import(&house.run, more.as_bytes(), turnabout_model::ParticipantStatus::Accepted, None).unwrap();
    house.input(Input::EndPair { pair: PairId(1), reason: "moved".into() }).unwrap();
    let again = house.proposal(2);
    assert_eq!(again.pairs.len(), 2);
    let left: Vec<_> = again.unmatched.iter().map(|left| left.participant).collect();
    assert_eq!(left, [house.id("Fay")]);
}

#[test]
fn somebody_with_two_places_gets_two_partners() {
    let people = "role,name,email,manager,topics,places\n\
        mentor,Amara Diaz,amara@example.org,,careers,2\n\
        mentor,Ben Okoro,ben@example.org,,careers,0\n\
        mentee,Clara Vance,clara@example.org,,careers,\n\
        mentee,Dev Rao,dev@example.org,,careers,\n\
        mentee,Eve Holt,eve@example.org,,careers,\n";
    let plan = format!("{PLAN}\n    mentor_places = \"places\"");
    let house = house(&plan, people);
    let pairs = house.pairs(&house.matched());
    assert_eq!(pairs.len(), 2);
    assert!(pairs.iter().all(|pair| pair.starts_with("Amara")), "{pairs:?}");
    house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    assert_eq!(house.engine.read(&house.run, |of| of.run.pairs.len()).unwrap(), 2);
}

#[test]
fn a_weight_that_an_amendment_changes_decides_later_pairs_and_no_earlier_one() {
    let people = "role,name,email,topics,times\n\
        mentor,Amara Diaz,amara@example.org,rotas;radio,mon-am;tue-pm\n\
        mentee,Clara Vance,clara@example.org,rotas;radio,mon-am;tue-pm\n\
        mentee,Fay Moss,fay@example.org,rotas;radio,fri-am;fri-pm\n\
        mentee,Gil Shah,gil@example.org,pensions;parking,mon-am;tue-pm\n";
    let plan = |topics: f64, times: f64| {
        format!(
            "solver = \"optimal\"\nrules = [\
             {{ plugin = \"topic-overlap\", weight = {topics:?} }}, \
             {{ plugin = \"availability\", weight = {times:?}, settings = {{ least_times = 0, enough_times = 2 }} }}]"
        )
    };
    let lived = |amended: Option<String>| {
        let house = house(&plan(3.0, 1.0), people);
        assert_eq!(house.pairs(&house.matched()), ["Amara-Clara"], "both rules prefer her");
        house.input(Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
        if let Some(plan) = amended {
            house.amend(&plan, people);
            assert_eq!(house.pairs(&house.proposal(1)), ["Amara-Clara"], "what was matched stays as it was");
        }
        let decline = Act::DeclinePair { pair: PairId(1), by: house.id("Clara") };
        house.engine.submit(&house.run, decline, |_| ()).unwrap();
        house.pairs(&house.proposal(2))
    };
    assert_eq!(lived(None), ["Amara-Fay"], "topics weigh most");
    assert_eq!(lived(Some(plan(1.0, 3.0))), ["Amara-Gil"], "times weigh most now");
}
