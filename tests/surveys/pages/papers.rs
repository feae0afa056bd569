//! What else a link in a letter opens: an agreement to sign, and concerns for the contact.

use super::browser::Site;
use crate::house::{AMARA, house_with};
use turnabout_core::ports::StoreTable;
use turnabout_live::{Act, Request};

const SCRIPT: &str = r#"
fn programme(settings) {
    recruit("volunteers", #{ closes: weeks(2) });
    let matched = match_pairs("anyone", cohort(), #{ publish: "at-once" });
    each(matched, "pair_journey");
    stage("Over");
}
fn pair_journey(pair) {
    let agreed = agree("between-us", pair);
    stage("Signed by " + agreed.signed.len());
}
fn on_withdrawn(leaver) {}
"#;

const ANYONE: &str = "[matching.anyone]\nsolver = \"optimal\"\nrules = []\n";

const QUESTION: &str = "[[questions]]\nname = \"more\"\ntype = \"text\"\ntext = \"?\"\n";

const RAISED: &str = r#"
fn programme(settings) {
    recruit("volunteers", #{ closes: weeks(2) });
    task("Go on", []);
}
fn on_concern(concern) { send("concern-raised", "contact"); }
fn on_withdrawn(leaver) {}
"#;

/// One pair that has been asked to sign.
fn asked_to_sign() -> Site {
    Site::of(house_with(1, SCRIPT, QUESTION, ANYONE))
}

#[test]
fn both_of_a_pair_read_their_agreement_and_sign_it_by_the_links_in_their_letters() {
    let site = asked_to_sign();
    let (mentor, mentee) = (site.link("Jo mentor 1"), site.link("Jo mentee 1"));
    assert!(mentor.contains("/sign/") && mentor != mentee, "{mentor}");
    let page = site.open(&mentor);
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.html.contains("<h1>Between us</h1>"), "{}", page.html);
    assert!(
        page.html.contains("Jo mentor 1 and Jo mentee 1 agree:\nWhat is said stays &lt;here&gt;."),
        "{}",
        page.html
    );
    assert_eq!(site.open(&mentor).html, page.html, "a mail program that follows links signs nothing");
    let signed = site.press(&mentor, "do", "sign");
    assert_eq!((signed.status, signed.location.as_str()), (303, "?"));
    let waits = site.open(&mentor);
    assert!(waits.html.contains("You have signed. As soon as Jo mentee 1 has too"), "{}", waits.html);
    assert!(!waits.html.contains("value=\"sign\""), "{}", waits.html);
    assert_eq!(site.press(&mentor, "do", "sign").status, 303, "sent twice, it is done once");
    site.press(&mentee, "do", "sign");
    assert!(site.open(&mentor).html.contains("Both of you have signed."));
    let stages = site
        .house
        .engine
        .read(&site.house.run, |of| of.run.stages.iter().map(|(_, stage)| stage.to_string()).collect::<Vec<_>>());
    assert_eq!(stages.unwrap(), ["Signed by 2", "Over"]);
}

#[test]
fn somebody_who_would_rather_not_be_in_a_pair_says_so_in_private() {
    let site = asked_to_sign();
    let (mentor, mentee) = (site.link("Jo mentor 1"), site.link("Jo mentee 1"));
    let said = site.press(&mentee, "do", "decline");
    assert!(said.status == 200 && said.html.contains("Thank you for saying so"), "{}", said.html);
    let other = site.open(&mentor);
    assert!(other.status == 410 && other.html.contains("This agreement is closed"), "{}", other.html);
    assert!(!other.html.contains("Jo mentee"), "nothing tells whose word it was: {}", other.html);
    assert_eq!(site.open(&mentee).html, other.html);
    assert!(site.house.engine.read(&site.house.run, |of| of.run.pairs[0].ended.is_some()).unwrap());
}

#[test]
fn a_link_to_sign_is_good_for_one_person_and_one_agreement() {
    let site = asked_to_sign();
    let (mentor, mentee) = (site.link("Jo mentor 1"), site.link("Jo mentee 1"));
    let code = mentee.rsplit('/').next().unwrap();
    let (of_mentor, _) = mentor.rsplit_once('/').unwrap();
    for url in [format!("{of_mentor}/{code}"), mentee.replace("agreement-1", "agreement-2"), of_mentor.to_owned()] {
        for page in [site.open(&url), site.press(&url, "do", "sign")] {
            assert!(page.status == 404 && page.html.contains("This link does not work"), "{url}: {}", page.html);
        }
    }
    assert_eq!(site.house.engine.read(&site.house.run, |of| of.run.agreements[0].signed.len()).unwrap(), 0);
}

#[test]
fn the_contact_alone_reads_what_people_said_is_wrong() {
    let mut site = Site::of(house_with(2, RAISED, QUESTION, ""));
    let raise = |by, text: &str| {
        let act = Act::RaiseConcern { by, text: text.into() };
        site.house.engine.submit(&site.house.run, Request::from(act), |_| ()).unwrap();
    };
    raise(Some(AMARA), "What I said was <repeated>\nat work.");
    raise(None, "I am afraid.");
    site.deliver();
    let link = site.link("Vera Linton");
    let page = site.open(&link);
    assert_eq!(page.status, 200, "{}", page.html);
    for part in [
        "2 concerns wait for you. You alone can read them.",
        "What I said was &lt;repeated&gt;\nat work.",
        "From Jo mentor 1 (mentor1@example.org).",
        "I am afraid.",
        "Whoever raised it did not say who they are.",
    ] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    assert_eq!(site.press(&link, "close", "concern-1").status, 303);
    let left = site.open(&link);
    assert!(left.html.contains("One concern waits for you.") && !left.html.contains("repeated"), "{}", left.html);
    // Nobody else: not whoever guesses, not who was the contact before, and no other place has the words.
    let (of_run, code) = link.rsplit_once('/').unwrap();
    for url in [of_run.to_owned(), format!("{of_run}/{}", code.chars().rev().collect::<String>())] {
        let page = site.open(&url);
        assert!(page.status == 404 && !page.html.contains("afraid"), "{}", page.html);
    }
    let tables = StoreTable::ALL.into_iter().filter(|table| ![StoreTable::Concerns, StoreTable::Keys].contains(table));
    for table in tables {
        let rows = site.house.rows(table);
        assert!(rows.iter().all(|(_, row)| !row.contains("afraid")), "{table:?}");
    }
    let journal = site.house.engine.read(&site.house.run, |of| format!("{:?}", of.run)).unwrap();
    assert!(!journal.contains("afraid"));
}
