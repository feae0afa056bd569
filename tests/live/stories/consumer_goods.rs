//! A tailored client: its settings, words and rule over a template, served from its own folder.

use crate::{
    server::{Kills, Server, project},
    story::{Story, client_run, id},
};
use serde_json::json;

/// A man, a woman who did not consent to her gender being used, and one who is too senior apply as well.
const PEOPLE: &str = "\
role,name,email,manager,topics,grade,times,site,remote,places,gender,consent
mentor,Aoife Daly,aoife.daly@brightwell.example,,careers;promotion,5,mon-am,,,,woman,gender
mentor,Bea Castell,bea.castell@brightwell.example,oskar.lund@brightwell.example,being heard,4,mon-am,,,,woman,gender
mentor,Chen Lin,chen.lin@brightwell.example,,flexible work,6,tue-pm,,,,woman,gender
mentor,Dan Hughes,dan.hughes@brightwell.example,,being heard;careers,5,mon-am,,,,man,gender
mentor,Ewa Nowak,ewa.nowak@brightwell.example,,being heard,5,mon-am,,,,woman,
mentor,Flo Brand,flo.brand@brightwell.example,,being heard,8,mon-am,,,,woman,gender
mentor,Grace Obi,grace.obi@brightwell.example,,being heard;recruitment,4,tue-pm,,,,woman,gender
mentee,Marcus Adeyemi,marcus.adeyemi@brightwell.example,,promotion,10,mon-am,,,,,
mentee,Oskar Lund,oskar.lund@brightwell.example,,being heard,9,mon-am,,,,,
mentee,Pia Strand,pia.strand@brightwell.example,,flexible work,10,tue-pm,,,,,
";

#[test]
fn a_tailored_year_runs_over_http() {
    let server = Server::start_with(Kills::Never, project("examples/consumer-goods"));
    let story = Story::start(&server, &client_run("consumer-goods"), PEOPLE);
    settings_are_the_clients(&story);
    women_mentor(&story);
    a_year_of_meetings(&story);
}

fn settings_are_the_clients(story: &Story<'_>) {
    let shown = story.server.get(&story.run).done();
    assert_eq!(shown["template"], "brightwell-goods");
    assert_eq!(shown["settings"]["next_cohort"], "after the summer");
    assert_eq!(shown["contacts"]["contact"]["name"], "Ines Carvalho");
    let template = story.server.get("/api/v1/templates/brightwell-goods").done();
    assert!(template["summary"].as_str().unwrap().contains("women in middle management"), "{template}");
}

fn women_mentor(story: &Story<'_>) {
    story.post("/recruitments/volunteers/close", json!({})).done();
    while story.stage() != "Matching" {
        story.hold(&story.next_session().expect("a session before the matching"), &[]);
    }
    let draft = story.proposal();
    let expect: Vec<(String, String)> =
        [("Aoife Daly", "Marcus Adeyemi"), ("Chen Lin", "Pia Strand"), ("Grace Obi", "Oskar Lund")]
            .map(|(mentor, mentee)| (mentor.to_owned(), mentee.to_owned()))
            .into();
    assert_eq!(story.proposed(&draft), expect);
    for name in ["Dan Hughes", "Ewa Nowak", "Flo Brand"] {
        assert_eq!(story.unmatched(&draft, name), "vetoed", "{name}");
    }
    let why = story.review(&id(&draft), "Bea Castell", "Oskar Lund");
    assert!(why["score"].is_null() && why["rules"].to_string().contains("reporting-line"), "{why}");
    story.post(&format!("/proposals/{}/publish", id(&draft)), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs(), expect);
    story.expect_nobody_with_their_manager();
    let everyone = story.list("/participants");
    assert!(everyone.iter().all(|person| person["attributes"].get("gender").is_none()), "{everyone:?}");
    story.expect_never_shown(&["\"woman\"", "\"man\""]);
}

/// Twelve months and five weeks' patience, where the template has nine and six.
fn a_year_of_meetings(story: &Story<'_>) {
    story.live_until("2026-02-09T09:00:00Z", &[]);
    for mentee in ["Marcus Adeyemi", "Oskar Lund"] {
        story.meets(mentee);
    }
    story.live_until("2026-03-14T09:00:00Z", &[]);
    for mentee in ["Marcus Adeyemi", "Oskar Lund"] {
        story.meets(mentee);
    }
    story.live_until("2026-03-19T09:00:00Z", &[]);
    assert_eq!(story.letters("gentle-nudge"), ["Chen Lin"]);
    story.live_until("2026-11-15T09:00:00Z", &[]);
    story.expect_stage("Mentoring");
    story.live_until("2027-03-01T09:00:00Z", &[]);
    assert_eq!(story.letters("alumni").len(), 10);
    assert_eq!(story.letters("summary"), ["sponsor"]);
    story.expect_finished();
}
