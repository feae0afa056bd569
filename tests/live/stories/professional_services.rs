//! A tailored client: the pilot of an employee network, altered by what was learned in it and scaled up.

use crate::{
    server::{Kills, Server, project},
    story::{Story, client_run, id},
};
use serde_json::{Value as Json, json};

const PILOT: &str = "\
role,name,email,manager,topics,grade,times,site,remote,places
mentor,Ines Roth,ines.roth@harrowlane.example,,careers;flexible work,2,,,,
mentor,Jomo Adu,jomo.adu@harrowlane.example,,being heard,3,,,,
mentee,Petra Lang,petra.lang@harrowlane.example,,careers,9,,,,
mentee,Quentin Ash,quentin.ash@harrowlane.example,,being heard,10,,,,
";

const FIRM: &str = "\
role,name,email,manager,topics,grade,times,site,remote,places
mentor,Kit Moss,kit.moss@harrowlane.example,,promotion,2,,,,
mentor,Lena Orr,lena.orr@harrowlane.example,,flexible work,3,,,,
mentor,Mio Tan,mio.tan@harrowlane.example,,being heard;careers,2,,,,
mentee,Rhea Voss,rhea.voss@harrowlane.example,,flexible work,9,,,,
mentee,Stig Dahl,stig.dahl@harrowlane.example,,being heard,9,,,,
mentee,Tove Brandt,tove.brandt@harrowlane.example,,promotion,10,,,,
";

const LESSON: &str = "Two months between the spaces are too long";

#[test]
fn a_pilot_is_altered_and_scaled_up_over_http() {
    let server = Server::start_with(Kills::Never, project("examples/professional-services"));
    let mut pilot = client_run("professional-services");
    let scaled = pilot["settings"].clone();
    pilot["settings"]["length"] = json!("7 months");
    pilot["settings"]["space_every"] = json!("2 months");
    let pilot = Story::start(&server, &pilot, PILOT);
    to_the_pairs(&pilot, 2);
    let spaces_of_pilot = to_the_end(&pilot);
    learned(&pilot);
    let firm = renewed(&pilot, &scaled);
    to_the_pairs(&firm, 3);
    let spaces = to_the_end(&firm);
    assert!(spaces > spaces_of_pilot, "a space every five weeks instead of every two months: {spaces}");
}

fn to_the_pairs(story: &Story<'_>, pairs: usize) {
    story.post("/recruitments/volunteers/close", json!({})).done();
    while story.stage() != "Matching" {
        story.hold(&story.next_session().expect("a session before the matching"), &[]);
    }
    story.post(&format!("/proposals/{}/publish", id(&story.proposal())), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs().len(), pairs);
}

/// How many spaces the mentors had.
fn to_the_end(story: &Story<'_>) -> usize {
    let from: jiff::Timestamp = story.server.now().parse().unwrap();
    let end = from.checked_add(jiff::SignedDuration::from_hours(24 * 400)).unwrap();
    story.live_until(&end.to_string(), &[]);
    story.expect_finished();
    let sessions = story.list("/sessions");
    let held = |session: &&Json| session["status"] == "held";
    sessions.iter().filter(held).filter(|one| one["name"].as_str().unwrap().starts_with("mentor-space")).count()
}

fn learned(pilot: &Story<'_>) {
    let path = pilot.at(&format!("/participants/{}/consents/alumni", pilot.person("Ines Roth")));
    pilot.server.write("PUT", &path, "application/json", r#"{"given":true}"#).done();
    let review = id(&pilot.diary("review")[0]);
    let notes = json!({"consented": [pilot.person("Ines Roth")], "learning": [LESSON]}).to_string();
    let path = pilot.at(&format!("/sessions/{review}/notes"));
    pilot.server.write("PUT", &path, "application/json", &notes).done();
}

/// The firm's programme begins where the pilot ended: with its alumni, its lesson and the settings that it asked for.
fn renewed<'a>(pilot: &Story<'a>, settings: &Json) -> Story<'a> {
    let own = pilot.run.rsplit('/').next().unwrap();
    let answer = pilot.server.post("/api/v1/runs", &json!({"renews": own, "seed": 10, "settings": settings}));
    assert_eq!(answer.status, 201, "{}", answer.text);
    let firm = Story { server: pilot.server, run: answer.location };
    let (before, after) = (pilot.server.get(&pilot.run).done(), firm.server.get(&firm.run).done());
    assert_eq!(before["settings"]["length"], json!({"$period": "7 months"}));
    assert_eq!(after["settings"]["length"], json!({"$period": "10 months"}));
    assert_eq!((&after["alumni"], &after["contacts"]), (&json!(1), &before["contacts"]));
    assert_eq!(firm.server.get(&firm.at("/lessons")).done()["lessons"], json!([LESSON]));
    firm.server.write("POST", &firm.at("/participants/import"), "text/csv", FIRM).done();
    firm
}
