//! What else a link in a letter opens: an agreement to sign, and concerns for the contact.

use super::browser::Site;
use crate::house::{AMARA, house_with};
use turnabout_core::{
    decide::{Input, Refusal},
    ports::StoreTable,
};
use turnabout_live::{
    Act, Clock as _, LiveError, Request,
    views::{AgreementView, SentAgain},
};

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
    send("turn-to", cohort().mentors);
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
    site.press(&mentor, "do", "sign");
    let said = site.press(&mentee, "do", "decline");
    assert!(said.status == 200 && said.html.contains("Thank you for saying so"), "{}", said.html);
    let other = site.open(&mentor);
    assert!(other.status == 410 && other.html.contains("This agreement is closed"), "{}", other.html);
    assert!(!other.html.contains("Jo mentee"), "nothing tells whose word it was: {}", other.html);
    assert_eq!(site.open(&mentee).html, other.html);
    assert!(site.house.engine.read(&site.house.run, |of| of.run.pairs[0].ended.is_some()).unwrap());
    let missing = site.house.engine.read(&site.house.run, |of| AgreementView::of(&of.run.agreements[0]).missing);
    assert_eq!(missing.unwrap(), [], "nobody is asked any more, and nobody can be guessed");
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

/// A programme whose letters say where to turn.
fn with_somebody_to_turn_to() -> Site {
    Site::of(house_with(2, RAISED, QUESTION, ""))
}

#[test]
fn somebody_tells_the_contact_what_is_wrong_with_their_name_or_without() {
    let mut site = with_somebody_to_turn_to();
    let (first, second) = (site.link("Jo mentor 1"), site.link("Jo mentor 2"));
    assert!(first.contains("/raise/") && first != second, "{first}");
    let page = site.open(&first);
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.html.contains("<h1>Tell Vera Linton what is wrong</h1>"), "{}", page.html);
    let sent = site.fill_in(&first, &page, &[("text", "It was <repeated>\r\nat work."), ("named", "yes")]);
    assert!(sent.status == 200 && sent.html.contains("Vera Linton knows that it comes from you"), "{}", sent.html);
    let again = site.fill_in(&first, &page, &[("text", "It was <repeated>\r\nat work."), ("named", "yes")]);
    assert_eq!(again.status, 200, "sent twice, it is there once: {}", again.html);
    let page = site.open(&second);
    let sent = site.fill_in(&second, &page, &[("text", "I am afraid."), ("named", "no")]);
    assert!(sent.status == 200 && sent.html.contains("without your name"), "{}", sent.html);
    site.deliver();
    let heard = site.open(&site.link("Vera Linton")).html;
    for part in [
        "2 concerns wait for you.",
        "It was &lt;repeated&gt;\nat work.",
        "From Jo mentor 1 (mentor1@example.org).",
        "I am afraid.",
        "Whoever raised it did not say who they are.",
    ] {
        assert!(heard.contains(part), "{part}: {heard}");
    }
    // Nothing that is kept of the second one says who wrote it.
    let unnamed = site.house.rows(StoreTable::Concerns).into_iter().find(|(_, row)| row.contains("afraid")).unwrap();
    assert!(unnamed.1.contains("\"by\":null") || !unnamed.1.contains("\"by\""), "{}", unnamed.1);
    for (key, row) in site.house.rows(StoreTable::Idempotency) {
        let key = String::from_utf8(key).unwrap();
        assert!(key.starts_with("raise-") && !row.contains("person-"), "{key} {row}");
    }
}

#[test]
fn what_cannot_be_sent_to_the_contact_is_kept_on_the_page() {
    let site = with_somebody_to_turn_to();
    let link = site.link("Jo mentor 1");
    let page = site.open(&link);
    let long = "x".repeat(10_001);
    for (filled, says, kept) in [
        (vec![("text", "  ")], vec!["Write what is wrong.", "Choose whether your name is given."], ""),
        (vec![("text", "It hurts.")], vec!["Choose whether your name is given."], "\nIt hurts.</textarea>"),
        (vec![("text", ""), ("named", "no")], vec!["Write what is wrong."], "value=\"no\" checked"),
        (vec![("text", long.as_str())], vec!["Shorten it to 10000 characters", "Choose whether"], "xxx</textarea>"),
    ] {
        let told = site.fill_in(&link, &page, &filled);
        assert_eq!(told.status, 422, "{}", told.html);
        for part in says.into_iter().chain([kept, "This was not sent yet"]) {
            assert!(told.html.contains(part), "{part}: {}", told.html);
        }
    }
    assert!(site.house.rows(StoreTable::Concerns).is_empty());
    // From the page with its errors it can be sent.
    let told = site.fill_in(&link, &page, &[("text", "It hurts.")]);
    assert_eq!(site.fill_in(&link, &told, &[("named", "no"), ("text", "It hurts.")]).status, 200);
    assert_eq!(site.house.rows(StoreTable::Concerns).len(), 1);
}

#[test]
fn a_link_to_the_contact_is_one_persons_and_ends_with_the_programme() {
    let site = with_somebody_to_turn_to();
    let (first, second) = (site.link("Jo mentor 1"), site.link("Jo mentor 2"));
    let (path, _) = first.rsplit_once('/').unwrap();
    let other = format!("{path}/{}", second.rsplit('/').next().unwrap());
    for page in [site.open(&other), site.press(&other, "text", "x")] {
        assert!(page.status == 404 && page.html.contains("This link does not work"), "{}", page.html);
    }
    // In a pause, and to somebody who has left, it is open.
    let until = site.house.clock.now().checked_add(jiff::SignedDuration::from_hours(24 * 30)).unwrap();
    for input in [Input::Pause { until, reason: None }, Input::Withdraw { participant: AMARA }] {
        site.house.engine.submit(&site.house.run, input, |_| ()).unwrap();
        let page = site.open(&first);
        assert_eq!(site.fill_in(&first, &page, &[("text", "It hurts."), ("named", "yes")]).status, 200);
    }
    assert_eq!(site.house.rows(StoreTable::Concerns).len(), 2);
    let page = site.open(&first);
    site.house.engine.submit(&site.house.run, Input::Cancel { reason: "The site closes".into() }, |_| ()).unwrap();
    for over in [site.open(&first), site.fill_in(&first, &page, &[("text", "Late."), ("named", "no")])] {
        assert_eq!(over.status, 410, "{}", over.html);
        assert!(over.html.contains("You can write to Vera Linton (vera@listening.example)."), "{}", over.html);
    }
}

#[test]
fn whoever_has_lost_their_letter_gets_it_again_with_the_same_link() {
    let mut site = asked_to_sign();
    let link = site.link("Jo mentor 1");
    let again = |site: &Site| {
        let sent = site.house.engine.submit(&site.house.run, Input::SendAgain { participant: AMARA }, |decision| {
            SentAgain::of(decision.events)
        });
        sent.map(|outcome| outcome.answer.letters.iter().map(|letter| letter.template.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(again(&site).unwrap(), ["agreement"]);
    let twice = again(&site).unwrap_err();
    assert!(matches!(twice, LiveError::Refused(Refusal::AlreadySo { state: "on its way", .. })), "{twice}");
    assert_eq!(site.deliver(), ["Jo mentor 1"]);
    assert_eq!(site.link("Jo mentor 1"), link);
    site.press(&link, "do", "sign");
    let nothing = again(&site).unwrap_err();
    assert_eq!(
        nothing.to_string(),
        "no letter to person-1 can be sent again: none is about a survey or an agreement that waits for them"
    );
    let other = with_somebody_to_turn_to();
    other.house.engine.submit(&other.house.run, Input::Withdraw { participant: AMARA }, |_| ()).unwrap();
    assert!(matches!(again(&other), Err(LiveError::Refused(Refusal::Withdrawn(AMARA)))));
}

#[test]
fn a_hundred_concerns_are_as_many_as_anybody_can_read() {
    let site = with_somebody_to_turn_to();
    let link = site.link("Jo mentor 1");
    let page = site.open(&link);
    let raise = |text: &str| {
        let act = Act::RaiseConcern { by: None, text: text.into() };
        site.house.engine.submit(&site.house.run, Request::from(act), |_| ())
    };
    for number in 0..100 {
        raise(&number.to_string()).unwrap();
    }
    assert_eq!(raise("One more").unwrap_err().code(), "run::many_concerns");
    let full = site.fill_in(&link, &page, &[("text", "One more"), ("named", "no")]);
    assert_eq!(full.status, 409, "{}", full.html);
    assert!(full.html.contains("You can write to Vera Linton (vera@listening.example)."), "{}", full.html);
    let concern = "concern-1".parse().unwrap();
    site.house.engine.submit(&site.house.run, Input::CloseConcern { concern }, |_| ()).unwrap();
    assert_eq!(site.fill_in(&link, &page, &[("text", "One more"), ("named", "no")]).status, 200);
}
