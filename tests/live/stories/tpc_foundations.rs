//! Nine months on five principles: a mentor with two mentees, somebody who declines in private, spaces to share.

use crate::{
    server::{Kills, Server, project},
    story::{Story, id},
};
use serde_json::{Value as Json, json};

/// Ada Nwosu has time for two. Cass Reyes has most to tell her own manager, who is a mentee.
const PEOPLE: &str = "\
role,name,email,manager,topics,grade,times,site,remote,places
mentor,Ada Nwosu,ada.nwosu@tidewater.example,,night work;careers,4,mon-am;wed-pm,Quay,,2
mentor,Bo Lind,bo.lind@tidewater.example,,rotas;lockers,3,mon-am,Quay,,
mentor,Cass Reyes,cass.reyes@tidewater.example,hans.moll@tidewater.example,disability;lifts,5,wed-pm,Mill,,
mentor,Dev Patel,dev.patel@tidewater.example,,rotas;uniforms;canteen,4,mon-am,Mill,,
mentor,Ike Stone,ike.stone@tidewater.example,,disability;signs;lifts,5,wed-pm,Mill,,
mentee,Eve Holt,eve.holt@tidewater.example,,night work,9,mon-am,Quay,,
mentee,Finn Gray,finn.gray@tidewater.example,,careers,10,wed-pm,Quay,,
mentee,Gil Moss,gil.moss@tidewater.example,,rotas;lockers,9,mon-am,Mill,,
mentee,Hans Moll,hans.moll@tidewater.example,,disability;lifts,8,wed-pm,Mill,,
";

#[test]
fn the_foundations_run_over_http() {
    let server = Server::start_with(Kills::Never, project("workflows/tpc-foundations"));
    let run = json!({
        "template": "tpc-foundations", "client": "Tidewater Housing", "seed": 3,
        "settings": {"next_cohort": "after the regatta"},
        "contacts": {
            "coordinator": {"name": "Ola Brandt", "email": "ola.brandt@tidewater.example"},
            "sponsor": {"name": "Sian Vale", "email": "sian.vale@tidewater.example"},
            "contact": {"name": "Umar Khan", "email": "ombuds@listening.example"},
        },
    });
    let story = Story::start(&server, &run, PEOPLE);
    learned(&story);
    matched(&story);
    declined_in_private(&story);
    mentoring(&story);
    shared(&story);
}

/// The value for all, then each side for itself; whoever missed it learns it a week later.
fn learned(story: &Story<'_>) {
    story.post("/recruitments/volunteers/close", json!({})).done();
    assert_eq!(story.letters("welcome").len(), 9);
    story.expect_stage("Understanding why");
    story.hold(&story.planned("why"), &["Bo Lind"]);
    let again = story.planned("why");
    assert_eq!(story.names(again["audience"].as_array().unwrap()), ["Bo Lind"]);
    story.hold(&again, &[]);
    story.expect_stage("Learning how");
    let audience = |name: &str| story.names(story.planned(name)["audience"].as_array().unwrap());
    assert_eq!(audience("mentor-skills"), story.everyone("mentor"));
    assert_eq!(audience("mentee-mindset"), story.everyone("mentee"));
    while story.stage() == "Learning how" {
        story.hold(&story.next_session().unwrap(), &[]);
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(mentor, mentee)| ((*mentor).to_owned(), (*mentee).to_owned())).collect()
}

fn matched(story: &Story<'_>) {
    story.expect_stage("Matching");
    let draft = story.proposal();
    let expect = pairs(&[
        ("Ada Nwosu", "Eve Holt"),
        ("Ada Nwosu", "Finn Gray"),
        ("Bo Lind", "Gil Moss"),
        ("Ike Stone", "Hans Moll"),
    ]);
    assert_eq!(story.proposed(&draft), expect);
    let why = story.review(&id(&draft), "Cass Reyes", "Hans Moll");
    assert!(why["score"].is_null() && why["rules"].to_string().contains("reporting-line"), "{why}");
    story.post(&format!("/proposals/{}/publish", id(&draft)), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs(), expect);
    // Ada Nwosu is introduced to both of hers.
    let told = story.letters("introduction");
    assert_eq!(told.iter().filter(|name| *name == "Ada Nwosu").count(), 2, "{told:?}");
    assert_eq!(told.len(), 8);
}

/// Gil Moss would rather have another mentor. He gets one, and nobody learns whose word it was.
fn declined_in_private(story: &Story<'_>) {
    let pair = story.pair_of("Gil Moss");
    let decline = format!("/pairs/{}/decline", id(&pair));
    story.post(&decline, json!({"by": story.person("Eve Holt")})).refused(404, "run::unknown");
    let before = story.list("/journal").len();
    let ended = story.post(&decline, json!({"by": story.person("Gil Moss")})).done();
    assert!(!ended["ended"].is_null());
    let since = story.list("/journal").split_off(before);
    let end = since.iter().find(|entry| entry["event"]["event"] == "pair_ended").expect("the pair ended");
    assert!(!end.to_string().contains("person-"), "{end}");
    let draft = story.proposal();
    assert_eq!(story.proposed(&draft), pairs(&[("Dev Patel", "Gil Moss")]));
    story.post(&format!("/proposals/{}/publish", id(&draft)), json!({})).done();
    story.everybody_signs();
    assert_eq!(
        story.pairs(),
        pairs(&[
            ("Ada Nwosu", "Eve Holt"),
            ("Ada Nwosu", "Finn Gray"),
            ("Dev Patel", "Gil Moss"),
            ("Ike Stone", "Hans Moll")
        ])
    );
    story.expect_nobody_with_their_manager();
}

fn mentoring(story: &Story<'_>) {
    story.expect_stage("Mentoring");
    for day in ["2026-03-02", "2026-04-06", "2026-05-11", "2026-06-15"] {
        story.live_until(&format!("{day}T17:00:00Z"), &[]);
        for mentee in ["Eve Holt", "Finn Gray", "Gil Moss", "Hans Moll"] {
            story.meets(mentee);
        }
    }
    assert!(story.letters("gentle-nudge").is_empty() && story.letters("no-movement").is_empty());
    for (space, role) in [("mentor-space 1", "mentor"), ("mentee-space 1", "mentee")] {
        let held = &story.diary(space)[0];
        assert_eq!(held["status"], "held");
        assert_eq!(
            story.names(held["attended"].as_array().unwrap()),
            story.everyone(role),
            "each side is among itself"
        );
    }
    story.live_until("2026-07-08T09:00:00Z", &[]);
    assert_eq!(story.wave("half-way")["missing"].as_array().unwrap().len(), 9);
    story.answer("half-way", "Gil Moss", &json!({"commitment": 4})).refused(422, "live::answers");
    story.answer("half-way", "Gil Moss", &json!({"value": 6})).refused(422, "live::answers");
    story.answer("half-way", "Gil Moss", &json!({"value": 5, "needed": "An hour more"})).done();
    assert_eq!(story.wave("half-way")["completed"], 1);
}

fn shared(story: &Story<'_>) {
    story.live_until("2026-09-28T09:00:00Z", &[]);
    story.expect_stage("Sharing");
    while story.list("/waves").iter().all(|wave| wave["survey"] != "looking-back") {
        story.hold(&story.next_session().expect("the sharing"), &[]);
    }
    story.answer("looking-back", "Eve Holt", &json!({"value": 5, "next": "Ask first"})).done();
    story.live_until("2026-11-30T09:00:00Z", &[]);
    let review = &story.diary("review")[0];
    assert_eq!((&review["status"], review["attended"].as_array().unwrap().len()), (&json!("held"), 8), "{review}");
    assert_eq!(story.letters("alumni").len(), 9);
    assert_eq!(story.letters("summary"), ["sponsor"]);
    let ended: Vec<Json> = story.list("/pairs").iter().map(|pair| pair["ended"].clone()).collect();
    assert_eq!(ended.iter().filter(|why| *why == "completed").count(), 4, "{ended:?}");
    story.expect_never_shown(&["An hour more", "Ask first"]);
    story.expect_finished();
}
