//! A tailored client: staff under thirty mentor the managers of two departments, for seven months.

use crate::{
    server::{Kills, Server, project},
    story::{Story, client_run, id},
};
use serde_json::json;

/// Somebody over thirty, somebody who did not consent to their age being used, and a manager of another department apply too.
const PEOPLE: &str = "\
role,name,email,manager,topics,grade,times,site,remote,places,age,department,consent
mentor,Ana Sol,ana.sol@northlight.example,,short video;podcasts,2,mon-am,,,,24,Digital,age
mentor,Bram Vos,bram.vos@northlight.example,,live events;memes,3,tue-pm,,,,27,Audio,age
mentor,Cleo Hart,cleo.hart@northlight.example,,podcasts;memes,3,mon-am,,,,41,Digital,age
mentor,Dara Finn,dara.finn@northlight.example,,short video,2,tue-pm,,,,23,News,
mentee,Ursula Kemp,ursula.kemp@northlight.example,,short video,8,mon-am,,,,,Audio,
mentee,Viktor Ames,viktor.ames@northlight.example,,live events,9,tue-pm,,,,,News,
mentee,Wes Moor,wes.moor@northlight.example,,memes,9,mon-am,,,,,Facilities,
";

#[test]
fn young_colleagues_mentor_two_departments_over_http() {
    let server = Server::start_with(Kills::Never, project("examples/broadcaster"));
    let story = Story::start(&server, &client_run("broadcaster"), PEOPLE);
    story.post("/recruitments/volunteers/close", json!({})).done();
    while story.stage() != "Matching" {
        story.hold(&story.next_session().expect("a session before the matching"), &[]);
    }
    the_young_mentor(&story);
    somebody_declines(&story);
    half_a_year(&story);
}

fn the_young_mentor(story: &Story<'_>) {
    let draft = story.proposal();
    let expect = [("Ana Sol", "Ursula Kemp"), ("Bram Vos", "Viktor Ames")]
        .map(|(mentor, mentee)| (mentor.to_owned(), mentee.to_owned()));
    assert_eq!(story.proposed(&draft), expect);
    for name in ["Cleo Hart", "Dara Finn", "Wes Moor"] {
        assert_eq!(story.unmatched(&draft, name), "vetoed", "{name}");
    }
    story.post(&format!("/proposals/{}/publish", id(&draft)), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs(), expect);
    assert_eq!(story.letters("no-pair-yet"), ["Cleo Hart", "Dara Finn", "Wes Moor"]);
    let everyone = story.list("/participants");
    assert!(everyone.iter().all(|person| person["attributes"].get("age").is_none()), "{everyone:?}");
}

/// Nobody else is eligible, so the two wait, and the coordinator knows.
fn somebody_declines(story: &Story<'_>) {
    let before = story.letters("unmatched").len();
    let decline = format!("/pairs/{}/decline", id(&story.pair_of("Viktor Ames")));
    story.post(&decline, json!({"by": story.person("Viktor Ames")})).done();
    assert_eq!(story.letters("pair-ended"), ["Bram Vos", "Viktor Ames"]);
    assert_eq!(story.letters("unmatched").len(), before + 1);
    assert!(story.list("/tasks").iter().all(|task| task["kind"] != "review-proposal" || !task["choice"].is_null()));
}

fn half_a_year(story: &Story<'_>) {
    story.expect_stage("Mentoring");
    story.live_until("2026-03-16T17:00:00Z", &[]);
    story.meets("Ursula Kemp");
    let nudged = story.letters("gentle-nudge").len();
    story.live_until("2026-04-10T09:00:00Z", &[]);
    assert_eq!(story.letters("gentle-nudge").len(), nudged);
    story.live_until("2026-04-20T09:00:00Z", &[]);
    assert_eq!(story.letters("gentle-nudge").len(), nudged + 1, "four weeks' patience, where the template has six");
    story.meets("Ursula Kemp");
    story.live_until("2026-12-01T09:00:00Z", &[]);
    assert_eq!(story.letters("summary"), ["sponsor"]);
    story.expect_finished();
}
