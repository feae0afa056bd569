//! A proposal is a draft: the coordinator pins, forbids, has it made again, publishes; people decline.

use crate::house::{House, house};
use turnabout_core::decide::Input;
use turnabout_live::{Act, LiveError, views::ComparisonView};
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
fn drafts_are_kept_compared_and_taken_up_again() {
    let house = house(PLAN, PEOPLE);
    house.matched();
    revise(&house, &[("Amara", "Dev")], &[]).unwrap();
    revise(&house, &[], &[("Ben", "Dev")]).unwrap();
    let now = house.proposal(1);
    let earlier: Vec<_> = now.drafts.iter().map(|d| (d.draft, d.pairs, d.total, d.pinned.len())).collect();
    assert_eq!((now.draft, earlier), (3, vec![(1, 2, 2.0, 0), (2, 2, 0.0, 1)]));
    let take_up = |draft| house.input(Input::TakeUpDraft { proposal: ProposalId(1), draft });
    assert_eq!(take_up(3).unwrap_err().code(), "run::already_so");
    assert_eq!(take_up(4).unwrap_err().code(), "run::unknown");
    take_up(2).unwrap();
    let again = house.proposal(1);
    assert_eq!((again.draft, again.pinned.len(), house.pairs(&again)[0].as_str()), (4, 1, "Amara-Dev"));
    let compared = house.engine.read(&house.run, |of| {
        let proposal = of.run.proposal(ProposalId(1)).unwrap();
        let pairs = |number| proposal.pairs_of(number).unwrap();
        (ComparisonView::of(pairs(1), pairs(4)).kept, ComparisonView::of(pairs(2), pairs(4)).kept)
    });
    assert_eq!(compared.unwrap(), (0, 2));
    // Only the last ones are kept, under their numbers.
    for _ in 0..20 {
        revise(&house, &[], &[]).unwrap();
    }
    let drafts = house.proposal(1).drafts;
    assert_eq!((drafts.len(), drafts[0].draft), (20, 4));
    assert_eq!(take_up(2).unwrap_err().code(), "run::unknown");
}

#[test]
fn a_draft_whose_people_another_draft_has_paired_says_so_when_it_is_published() {
    let people = "role,name,email,manager,topics\n\
        mentor,Amara Diaz,amara@example.org,,careers\n\
        mentor,Ben Okoro,ben@example.org,,nights\n\
        mentor,Chidi Eze,chidi@example.org,,rotas\n\
        mentee,Clara Vance,clara@example.org,,careers\n\
        mentee,Dev Rao,dev@example.org,,nights\n\
        mentee,Eve Holt,eve@example.org,,rotas\n";
    let house = house(PLAN, people);
    house.matched();
    let publish = |number| house.input(Input::PublishProposal { proposal: ProposalId(number) });
    publish(1).unwrap();
    let end = |pair| house.input(Input::EndPair { pair: PairId(pair), reason: "moved".into() }).unwrap();
    // Each pair that ends asks for a matching of all who are free: the second draft has the people of the first, and two more.
    end(1);
    end(2);
    end(3);
    assert_eq!([2, 3, 4].map(|number| house.proposal(number).pairs.len()), [1, 2, 3]);
    publish(2).unwrap();
    assert_eq!(house.proposal(2).published.unwrap().len(), 1);
    publish(4).unwrap();
    let partly = house.proposal(4);
    let left_out: Vec<_> = partly.left_out.iter().map(|left| (left.mentor, left.because.as_str())).collect();
    assert_eq!((partly.published.unwrap().len(), left_out), (2, vec![(house.id("Amara"), "taken")]));
    // Of the third draft nothing is left to be formed.
    assert_eq!(publish(3).unwrap_err().code(), "run::outdated");
    assert!(house.proposal(3).published.is_none());
    house.input(Input::ReviseProposal { proposal: ProposalId(3), pinned: vec![], forbidden: vec![] }).unwrap();
    publish(3).unwrap();
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
        (vec![("Clara", "Dev")], vec![], "is no mentor"),
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
