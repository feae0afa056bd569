//! A second ambulance year from the first: who agreed comes along, what was learned is read, and nobody is set up again.

use crate::{
    server::{Kills, Server, project},
    story::{Story, id},
};
use serde_json::{Value as Json, json};
use std::fs;

const LESSON: &str = "Tell shift leads in June, before the rota is made";

#[test]
fn a_second_cohort_comes_from_the_first_over_http() {
    let server = Server::start(Kills::Never);
    let first = Story::begin(&server);
    renewed_too_early(&first);
    first.tell();
    agreeing(&first);
    let second = renewed(&first);
    taken_over(&first, &second);
    alumni_tell(&second);
    alumni_stand_by(&second);
    renewed_in_its_turn(&first, &second);
}

fn own(story: &Story<'_>) -> String {
    story.run.rsplit('/').next().unwrap().to_owned()
}

fn renewed_too_early(first: &Story<'_>) {
    let start = |body: Json| first.server.post("/api/v1/runs", &body);
    start(json!({"renews": own(first)})).refused(409, "live::not_over");
    start(json!({"renews": "run-01kq8w5n7r3v9x2m4c6t8y0zab"})).refused(404, "live::no_run");
    assert!([400, 422].contains(&start(json!({"renews": "pair-1"})).status));
    start(json!({"client": "Fellmarch Ambulance Trust"})).refused(422, "live::missing");
    start(json!({"template": "ambulance"})).refused(422, "live::missing");
    start(json!({"renews": own(first), "template": ""})).refused(422, "live::missing");
    assert_eq!(first.server.list("/api/v1/runs").len(), 1);
}

impl Story<'_> {
    fn consents(&self, who: &str, given: bool) -> crate::server::Answer {
        let path = self.at(&format!("/participants/{who}/consents/alumni"));
        self.server.write("PUT", &path, "application/json", &json!({ "given": given }).to_string())
    }
}

/// Two agree, one changes their mind, and whoever has left is not kept. The year is over, and its journal stays as it is.
fn agreeing(first: &Story<'_>) {
    let journal = first.journal();
    let kept = first.consents(&first.person("Tamsin Orr"), true).done();
    assert_eq!(kept["agreed_to_contact"], first.server.now());
    first.consents(&first.person("Kwame Bediako"), true).done();
    let other = first.person("Piotr Sowa");
    first.consents(&other, true).done();
    assert!(first.consents(&other, false).done()["agreed_to_contact"].is_null());
    // Rolf Tan took no part in anything; he was in the year until its end, and says nothing.
    let left = first.list("/participants").into_iter().find(|who| who["status"] == "withdrawn").expect("one left");
    first.consents(&id(&left), true).refused(409, "run::withdrawn");
    first.consents("person-4000", true).refused(404, "run::unknown");
    let celebration = first.list("/sessions").into_iter().find(|one| one["name"] == "celebration").unwrap();
    let tamsin = first.person("Tamsin Orr");
    let notes = json!({"consented": [tamsin], "learning": [LESSON]}).to_string();
    let path = first.at(&format!("/sessions/{}/notes", id(&celebration)));
    first.server.write("PUT", &path, "application/json", &notes).done();
    assert_eq!(first.journal(), journal);
}

fn renewed<'a>(first: &Story<'a>) -> Story<'a> {
    let answer = first.server.post("/api/v1/runs", &json!({"renews": own(first), "seed": 8}));
    assert_eq!(answer.status, 201, "{}", answer.text);
    let second = Story { server: first.server, run: answer.location.clone() };
    let again = first.server.post("/api/v1/runs", &json!({"renews": own(first)}));
    assert!(again.text.contains(&own(&second)), "{}", again.text);
    again.refused(409, "live::renewed");
    first.consents(&first.person("Piotr Sowa"), true).refused(409, "live::renewed");
    second
}

fn taken_over(first: &Story<'_>, second: &Story<'_>) {
    let (before, after) = (first.server.get(&first.run).done(), second.server.get(&second.run).done());
    for same in ["client", "template", "time_zone", "contacts", "settings"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert_eq!((&before["renewed_by"], &after["renews"]), (&json!(own(second)), &json!(own(first))));
    assert_eq!((&after["mentors"], &after["mentees"], &after["alumni"]), (&json!(0), &json!(0), &json!(2)));
    let people = second.list("/participants");
    assert_eq!(
        second.names(&people.iter().map(|who| who["id"].clone()).collect::<Vec<_>>()),
        ["Kwame Bediako", "Tamsin Orr"]
    );
    for who in &people {
        assert_eq!((&who["status"], &who["attributes"], &who["manager"]), (&json!("alumnus"), &json!({}), &Json::Null));
    }
    let lessons = second.server.get(&second.at("/lessons")).done();
    assert_eq!(lessons, json!({"from": own(first), "lessons": [LESSON]}));
    assert_eq!(first.server.get(&first.at("/lessons")).done(), json!({"lessons": []}));
    assert_eq!(second.letters("lessons"), ["coordinator"]);
    second.expect_never_shown(&[LESSON]);
}

/// The list of the first year under other addresses: twenty new volunteers.
fn people() -> String {
    let people = fs::read_to_string(project("examples/ambulance-trust/people.csv")).unwrap();
    people.replace("@fellmarch.example", "@second.fellmarch.example")
}

fn alumni_tell(second: &Story<'_>) {
    second.expect_stage("Recruiting");
    let import = second.at("/participants/import");
    second.server.write("POST", &import, "text/csv", &people()).done();
    second.post("/recruitments/volunteers/close", json!({})).done();
    assert_eq!(second.letters("welcome").len(), 20, "alumni are welcomed to nothing that they know");
    assert_eq!(second.letters("tell-them"), ["Kwame Bediako", "Tamsin Orr"]);
    let evening = second.planned("open-evening");
    assert_eq!(evening["audience"].as_array().unwrap().len(), 22);
    let asked = second.wave("baseline");
    assert_eq!(asked["missing"].as_array().unwrap().len(), 20, "{asked}");
    for alumnus in ["person-1", "person-2"] {
        assert!(!asked.to_string().contains(&format!("\"{alumnus}\"")), "{asked}");
    }
    let answers = json!({"participant": "person-1", "answers": {}});
    second.post(&format!("/waves/{}/responses", id(&asked)), answers).refused(422, "run::not_invited");
    second.hold(&evening, &[]);
}

fn alumni_stand_by(second: &Story<'_>) {
    while second.stage() != "Matching" {
        second.hold(&second.next_session().expect("the training"), &[]);
    }
    let proposal = second.server.get(&second.at("/proposals/proposal-1")).done();
    assert_eq!(proposal["pairs"].as_array().unwrap().len(), 10);
    assert!(!proposal.to_string().contains("\"person-1\""), "{proposal}");
    let status = second.at("/participants/person-3/status");
    let made = second.server.write("PUT", &status, "application/json", &json!({"status": "alumnus"}).to_string());
    made.refused(422, "run::alumnus");
    let alumnus = json!({"role": "mentor", "name": "Jo", "email": "jo@example.org", "status": "alumnus"});
    second.post("/participants", alumnus).refused(422, "run::alumnus");
    // One has heard enough: the journeys of the cohort go on, and there is nobody to match again.
    let before = second.list("/proposals").len();
    assert_eq!(second.post("/participants/person-1/withdraw", json!({})).done()["status"], "withdrawn");
    assert_eq!(
        (second.list("/proposals").len(), second.server.get(&second.run).done()["alumni"].clone()),
        (before, json!(1))
    );
    second.post("/participants/person-1/withdraw", json!({})).refused(409, "run::withdrawn");
}

/// A third cohort, from one that was cancelled: whoever still stands by goes on.
fn renewed_in_its_turn(first: &Story<'_>, second: &Story<'_>) {
    second.post("/cancel", json!({"reason": "The trust is merged"})).done();
    let settings = json!({"patience": "7 weeks"});
    let body = json!({"renews": own(second), "client": "Fellmarch and Harrow", "settings": settings});
    let answer = first.server.post("/api/v1/runs", &body);
    let third = Story { server: first.server, run: answer.location.clone() };
    let shown = third.server.get(&third.run).done();
    assert_eq!(
        (&shown["client"], &shown["settings"]["patience"]),
        (&json!("Fellmarch and Harrow"), &json!({"$period": "7 weeks"}))
    );
    assert_eq!(shown["alumni"], 1);
}
