//! A year across ethnicities: what people gave by consent is used and shown to nobody, nothing is measured, and whatever
//! has to be acted upon has a way out of the pair.

use crate::{
    server::{Kills, Server, project},
    story::{Story, id},
};
use jiff::Span;
use serde_json::{Value as Json, json};

/// Two who would have most to say to each other are of one ethnicity, one did not consent, and one reports to a mentee.
const PEOPLE: &str = "\
role,name,email,manager,topics,grade,role_in_organisation,ethnicity,consent
mentor,Abena Mensah,abena.mensah@harrow.example,,allies;everyday remarks,4,Technician,Black African,ethnicity
mentor,Devi Rao,devi.rao@harrow.example,hugh.pell@harrow.example,recruitment;allies,5,Pharmacy,Indian,ethnicity
mentor,Esi Boateng,esi.boateng@harrow.example,,careers,3,Technician,Black African,ethnicity
mentor,Farid Aziz,farid.aziz@harrow.example,,faith at work,4,Project management,Pakistani,ethnicity
mentor,Gwen Marsh,gwen.marsh@harrow.example,,careers;recruitment,5,Pharmacy,White British,
mentee,Hugh Pell,hugh.pell@harrow.example,,recruitment,9,Executive,White British,ethnicity
mentee,Isla Crane,isla.crane@harrow.example,,everyday remarks;allies,10,Executive,White British,ethnicity
mentee,Joy Adjei,joy.adjei@harrow.example,,careers,9,Director,Black African,ethnicity
mentee,Karl Stroud,karl.stroud@harrow.example,,faith at work;careers,9,Director,White other,ethnicity
";

const SECRET: &str = "My rota was changed the day after I spoke up";
const STORY: &str = "She asked me what I would do first, and then she did it";
const ELSEWHERE: &str = "the guardian for speaking up in Harrow";

#[test]
fn the_race_equity_year_runs_over_http() {
    let server = Server::start_with(Kills::Never, project("workflows/race-equity"));
    let run = json!({
        "template": "race-equity", "client": "Harrow Hospitals", "seed": 5, "settings": {"elsewhere": ELSEWHERE},
        "contacts": {
            "coordinator": {"name": "Lena Ford", "email": "lena.ford@harrow.example"},
            "sponsor": {"name": "Isla Crane", "email": "isla.crane@harrow.example"},
            "contact": {"name": "Noor Haddad", "email": "support@listening.example"},
        },
    });
    let story = Story::start(&server, &run, PEOPLE);
    prepared(&story);
    paired_across_ethnicities(&story);
    nobody_learns_who_is_what(&story);
    mentoring(&story);
    shared(&story);
}

fn prepared(story: &Story<'_>) {
    story.post("/recruitments/volunteers/close", json!({})).done();
    assert_eq!(story.letters("welcome").len(), 9);
    story.expect_stage("Preparing");
    let day = story.planned("mentee-preparation");
    assert_eq!(story.names(day["audience"].as_array().unwrap()), story.everyone("mentee"));
    while story.stage() == "Preparing" {
        story.hold(&story.next_session().unwrap(), &[]);
    }
}

fn paired_across_ethnicities(story: &Story<'_>) {
    story.expect_stage("Matching");
    let draft = story.proposal();
    let pairs = story.proposed(&draft);
    let ethnicity = |name: &str| {
        let line = PEOPLE.lines().find(|line| line.contains(name)).unwrap();
        line.split(',').nth(7).unwrap().to_owned()
    };
    assert_eq!(pairs.len(), 4, "{pairs:?}");
    for (mentor, mentee) in &pairs {
        assert_ne!(ethnicity(mentor), ethnicity(mentee), "{mentor} and {mentee}");
    }
    assert!(pairs.contains(&("Abena Mensah".into(), "Isla Crane".into())), "{pairs:?}");
    // Whoever did not say is not paired by this plan, and nobody is with their line manager.
    assert_eq!(story.unmatched(&draft, "Gwen Marsh"), "vetoed");
    assert!(!pairs.contains(&("Devi Rao".into(), "Hugh Pell".into())), "{pairs:?}");
    // Why two people are no pair does not tell what they are.
    let why = story.review(&id(&draft), "Esi Boateng", "Joy Adjei");
    assert!(why["score"].is_null() && !why.to_string().contains("Black African"), "{why}");
    assert_eq!(why["against"]["code"], "not-together", "nor that they are alike in it: {why}");
    assert!(!why["rules"].to_string().contains("difference"), "{why}");
    story.post(&format!("/proposals/{}/publish", id(&draft)), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs(), pairs);
    story.expect_nobody_with_their_manager();
    for letter in ["introduction", "where-to-turn"] {
        let told = story.letters(letter);
        assert!(told.len() == 8 && !told.contains(&"Gwen Marsh".to_owned()), "{letter}: {told:?}");
    }
    assert_eq!(story.server.get(&story.run).done()["settings"]["elsewhere"], ELSEWHERE);
}

fn nobody_learns_who_is_what(story: &Story<'_>) {
    story.expect_never_shown(&["Black African", "Pakistani", "White British", "Indian"]);
    let somebody = story.server.get(&story.at(&format!("/participants/{}", story.person("Joy Adjei")))).done();
    assert!(somebody["attributes"].get("ethnicity").is_none(), "{somebody}");
    assert_eq!(somebody["consents"], json!(["ethnicity"]));
}

fn mentoring(story: &Story<'_>) {
    story.expect_stage("Mentoring");
    let mut told = 0;
    for time in 0..=14 {
        let day = jiff::civil::date(2026, 2, 5) + Span::new().weeks(3 * time);
        story.live_until(&format!("{day}T12:00:00Z"), &["Farid Aziz"]);
        story.pairs().iter().for_each(|(mentor, _)| story.meets(mentor));
        if time == 2 {
            a_concern_leaves_the_pair(story);
        }
        if let Some(wave) = story.list("/waves").into_iter().find(|wave| wave["open"] == true) {
            a_story_is_told(story, &wave);
            told += 1;
        }
    }
    assert!(told > 0, "nobody was asked for a story");
    assert!(story.letters("gentle-nudge").is_empty(), "pairs that meet are left alone");
    assert!(story.diary("mentor-support 1")[0]["status"] == "held");
    assert_eq!(
        story.names(story.diary("mentor-support 1")[0]["audience"].as_array().unwrap()),
        story.everyone("mentor")
    );
    assert_eq!(story.letters("speak-at-event"), ["sponsor"]);
    assert_eq!(story.diary("race-equality-event")[0]["status"], "held");
}

/// The contact is told that there is one, and nobody what it is or whose.
fn a_concern_leaves_the_pair(story: &Story<'_>) {
    let pairs = story.pairs();
    let raised = story.post("/concerns", json!({"by": story.person("Devi Rao"), "text": SECRET})).done();
    assert_eq!(story.letters("concern-raised"), ["contact"]);
    assert!(
        !raised.to_string().contains(&story.person("Devi Rao")) && !raised.to_string().contains(SECRET),
        "{raised}"
    );
    assert_eq!(story.server.get(&story.run).done()["open_concerns"], 1);
    story.post(&format!("/concerns/{}/close", id(&raised)), json!({})).done();
    assert_eq!(story.server.get(&story.run).done()["open_concerns"], 0);
    assert_eq!(story.pairs(), pairs, "a concern ends no pair");
    story.expect_never_shown(&[SECRET]);
}

/// Words alone, and whether they may be passed on: nothing that is asked could be counted, and nothing has to be said.
fn a_story_is_told(story: &Story<'_>, wave: &Json) {
    let form = story.server.get(&story.at(&format!("/waves/{}", id(wave)))).done();
    for question in form["questions"].as_array().unwrap() {
        let (kind, required) = (&question["answer"]["type"], &question["required"]);
        let words = if question["name"] == "shared" { "single" } else { "text" };
        assert_eq!((kind, required), (&json!(words), &Json::Bool(false)), "{question}");
    }
    story.answer("story", "Esi Boateng", &json!({ "story": 5 })).refused(422, "live::answers");
    story.answer("story", "Abena Mensah", &json!({ "story": STORY, "shared": "no" })).done();
    story.expect_never_shown(&[STORY]);
    let told = story.server.get(&story.at("/evaluation")).done();
    let empty = ["waves", "changes", "attrition", "stories"].iter().all(|list| told[*list] == json!([]));
    assert!(empty && told["measures"] == false && told["activity"].is_null(), "no figure, and no story: {told}");
}

fn shared(story: &Story<'_>) {
    story.live_until("2027-02-15T12:00:00Z", &[]);
    assert_eq!(story.diary("shared-learning")[0]["status"], "held");
    assert_eq!(story.letters("thanks").len(), 9);
    assert_eq!(story.letters("summary"), ["sponsor"]);
    for measured in ["baseline", "survey", "election"] {
        assert!(story.letters(measured).is_empty(), "{measured}");
    }
    assert!(story.list("/pairs").iter().all(|pair| pair["ended"] == "completed"));
    story.expect_never_shown(&[SECRET, STORY, "Black African"]);
    story.expect_finished();
}
