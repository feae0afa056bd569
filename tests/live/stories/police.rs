//! Six months in a police force: speed dating, elections that cascade, a surge of work, an evaluation.

use super::evaluated::BOTH;
use crate::{
    server::{Kills, Server, project},
    story::{Story, id},
};
use serde_json::{Value as Json, json};

/// Two mentors report to somebody who is a mentee: those two must never be a pair, nor even sit at one table.
const PEOPLE: &str = "\
role,name,email,manager,topics,grade,department
mentor,Amira Hale,amira.hale@wyvern.example,maud.okafor@wyvern.example,custody;shifts,2,Response
mentor,Ben Sands,ben.sands@wyvern.example,,custody;equipment,1,Custody
mentor,Chidi Okoro,chidi.okoro@wyvern.example,,careers;faith at work,2,Neighbourhoods
mentor,Dora Pike,dora.pike@wyvern.example,,part-time work;careers,3,Intelligence
mentor,Ed Quill,ed.quill@wyvern.example,colm.byrne@wyvern.example,stop and search,1,Response
mentor,Fay Rowe,fay.rowe@wyvern.example,,call handling;shifts,2,Control room
mentee,Colm Byrne,colm.byrne@wyvern.example,,stop and search;shifts,7,Response
mentee,Idris Vaughan,idris.vaughan@wyvern.example,,part-time work,9,Command
mentee,Maud Okafor,maud.okafor@wyvern.example,,custody,7,Response
mentee,Nora Ferris,nora.ferris@wyvern.example,,careers,10,Command
mentee,Pavel Lindt,pavel.lindt@wyvern.example,,call handling,8,Change
";

const MENTEES: [&str; 5] = ["Colm Byrne", "Idris Vaughan", "Maud Okafor", "Nora Ferris", "Pavel Lindt"];

#[test]
fn the_police_half_year_runs_over_http() {
    let server = Server::start_with(Kills::Never, project("workflows/police"));
    let run = json!({
        "template": "police", "client": "Wyvern Constabulary", "seed": 11,
        "contacts": {
            "coordinator": {"name": "Greta Holm", "email": "greta.holm@wyvern.example"},
            "sponsor": {"name": "Jonas Reed", "email": "jonas.reed@wyvern.example"},
            "contact": {"name": "Vera Linton", "email": "ombuds@listening.example"},
        },
    });
    let story = Story::start(&server, &run, PEOPLE);
    recruited_and_trained(&story);
    speed_dating(&story);
    elected(&story);
    reviewed_and_published(&story);
    mentoring(&story);
    evaluated(&story);
    thanked(&story);
}

fn recruited_and_trained(story: &Story<'_>) {
    story.expect_stage("Recruiting");
    story.post("/recruitments/volunteers/close", json!({})).done();
    assert_eq!(story.letters("welcome").len(), 11);
    story.expect_stage("Training");
    // Fay Rowe has a shift: her training is planned once more, for her alone.
    story.hold(&story.planned("mentee-briefing"), &[]);
    story.hold(&story.planned("power-dynamics"), &[]);
    story.hold(&story.planned("mentor-training"), &["Fay Rowe"]);
    let again = story.planned("mentor-training");
    assert_eq!(story.names(again["audience"].as_array().unwrap()), ["Fay Rowe"]);
    story.hold(&again, &[]);
    assert_eq!(story.letters("baseline").len(), 11);
}

/// Everybody meets everybody once, but for a mentor and their line manager.
fn speed_dating(story: &Story<'_>) {
    story.expect_stage("Speed dating");
    let event = story.planned("speed-dating");
    let path = story.at(&format!("/sessions/{}/rounds", id(&event)));
    let plan = story.server.get(&format!("{path}?minutes=8&change=2")).done();
    assert_eq!(plan["complete"], true);
    let mut met: Vec<(String, String)> = Vec::new();
    for round in plan["rounds"].as_array().unwrap() {
        let dates = round["dates"].as_array().unwrap();
        let of = |who: &str| dates.iter().map(|date| date[who].to_string()).collect::<std::collections::BTreeSet<_>>();
        for side in ["mentor", "mentee", "table"] {
            assert_eq!(of(side).len(), dates.len(), "a {side} is there twice: {round}");
        }
        let name = |date: &Json, side: &str| date[side]["name"].as_str().unwrap().to_owned();
        met.extend(dates.iter().map(|date| (name(date, "mentor"), name(date, "mentee"))));
    }
    met.sort();
    let mut expect: Vec<(String, String)> = Vec::new();
    for mentor in story.everyone("mentor") {
        let own = |mentee: &str| {
            [("Amira Hale", "Maud Okafor"), ("Ed Quill", "Colm Byrne")].contains(&(mentor.as_str(), mentee))
        };
        expect
            .extend(MENTEES.iter().filter(|mentee| !own(mentee)).map(|mentee| (mentor.clone(), (*mentee).to_owned())));
    }
    assert_eq!(met, expect);
    let page = story.server.get(&format!("{path}/page?minutes=8&change=2"));
    assert_eq!(page.status, 200);
    assert!(page.kind.starts_with("text/html") && page.text.contains("Dora Pike"), "{}", page.text);
    story.hold(&event, &[]);
}

/// Two elect Ben Sands; he goes to whom he has most to tell, and the other's next choice counts.
fn elected(story: &Story<'_>) {
    story.expect_stage("Electing");
    assert_eq!(story.letters("election"), MENTEES);
    let elects = |mentee: &str, mentors: &[&str]| {
        let ranked: Vec<String> = mentors.iter().map(|mentor| story.person(mentor)).collect();
        story.answer("election", mentee, &json!({ "choices": ranked }))
    };
    elects("Nora Ferris", &["Maud Okafor"]).refused(422, "live::answers");
    elects("Nora Ferris", &["Ben Sands", "Chidi Okoro"]).done();
    elects("Nora Ferris", &["Dora Pike"]).refused(409, "run::already_so");
    elects("Maud Okafor", &["Amira Hale", "Ben Sands"]).done();
    elects("Idris Vaughan", &["Dora Pike"]).done();
    // Pavel would like two equally. How he writes it down is told where it is wrong, and the order within a place says nothing.
    let equals = |mentors: &[&str]| mentors.iter().map(|mentor| story.person(mentor)).collect::<Vec<_>>();
    let in_places = |places: Json| story.answer("election", "Pavel Lindt", &json!({ "choices": places }));
    let again = in_places(json!([equals(&["Fay Rowe", "Dora Pike"]), story.person("Fay Rowe")]));
    again.refused(422, "live::answers");
    in_places(json!([equals(&["Dora Pike", "Fay Rowe"])])).done();
    let missing = story.wave("election")["missing"].as_array().unwrap().clone();
    assert_eq!(story.names(&missing), ["Colm Byrne"]);
    story.live_until("2026-03-20T09:00:00Z", &[]);
    assert_eq!(story.wave("election")["open"], false);
    elects("Colm Byrne", &["Chidi Okoro"]).refused(409, "run::already_so");
}

/// Whoever did not vote gets a mentor by their topics; the coordinator wants another pair, and nobody can have every pair.
fn reviewed_and_published(story: &Story<'_>) {
    let drafted = story.proposal();
    let proposal = id(&drafted);
    let elected = [
        ("Amira Hale", "Colm Byrne"),
        ("Ben Sands", "Maud Okafor"),
        ("Chidi Okoro", "Nora Ferris"),
        ("Dora Pike", "Idris Vaughan"),
    ];
    let with = |more: (&str, &str)| {
        let pairs = elected.iter().chain([&more]).map(|(mentor, mentee)| ((*mentor).to_owned(), (*mentee).to_owned()));
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(story.proposed(&drafted), with(("Fay Rowe", "Pavel Lindt")));
    let by_choice = story.review(&proposal, "Fay Rowe", "Pavel Lindt");
    assert_eq!(by_choice["made"]["text"], "The mentor is the mentee's 1st choice.", "{by_choice}");
    assert_eq!(story.unmatched(&drafted, "Ed Quill"), "no-place-left");
    let why = story.review(&proposal, "Ed Quill", "Colm Byrne");
    assert!(why["score"].is_null() && why["rules"].to_string().contains("reporting-line"), "{why}");
    let pin = |mentee: &str| json!({"pin": [{"mentor": story.person("Ed Quill"), "mentee": story.person(mentee)}]});
    let revise = format!("/proposals/{proposal}/revise");
    let manager = story.post(&revise, pin("Colm Byrne"));
    assert!((400..500).contains(&manager.status), "a line manager was pinned: {}", manager.text);
    let revised = story.post(&revise, pin("Pavel Lindt")).done();
    assert_eq!(story.proposed(&revised), with(("Ed Quill", "Pavel Lindt")));
    assert_eq!(revised["changed"]["kept"], 4);
    // The coordinator looks back at the first draft, takes it up, thinks again and goes back to the second.
    assert_eq!((&revised["draft"], &revised["drafts"][0]["draft"]), (&json!(2), &json!(1)));
    let compare = |query: &str| {
        let path = format!("/proposals/{proposal}/compare/{proposal}{query}");
        story.server.get(&story.at(&path)).done()["kept"].clone()
    };
    assert_eq!((compare("?draft=1"), compare("")), (json!(4), json!(5)));
    let mut both = pin("Pavel Lindt");
    both["draft"] = json!(1);
    story.post(&revise, both).refused(400, "request::json");
    let first = story.post(&revise, json!({"draft": 1})).done();
    assert_eq!(story.proposed(&first), with(("Fay Rowe", "Pavel Lindt")));
    let second = story.post(&revise, json!({"draft": 2})).done();
    assert_eq!((&second["draft"], &second["pinned"]), (&json!(4), &revised["pinned"]));
    let chosen = story.review(&proposal, "Chidi Okoro", "Nora Ferris");
    assert_eq!(chosen["made"]["text"], "The mentor is the mentee's 2nd choice.");
    assert!(story.letters("introduction").is_empty(), "nobody is told of a draft");
    story.post(&format!("/proposals/{proposal}/publish"), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs(), with(("Ed Quill", "Pavel Lindt")));
    story.expect_nobody_with_their_manager();
    let told = story.letters("introduction");
    assert_eq!(told.len(), 10);
    assert!(!told.contains(&"Fay Rowe".to_owned()), "{told:?}");
}

/// Four pairs meet every four weeks. The fifth falls silent and is nudged once; another has a surge of work and is left alone.
fn mentoring(story: &Story<'_>) {
    story.expect_stage("Mentoring");
    for day in ["2026-03-23", "2026-04-20", "2026-05-18", "2026-06-15"] {
        story.live_until(&format!("{day}T17:00:00Z"), &["Chidi Okoro"]);
        for mentor in ["Amira Hale", "Ben Sands", "Dora Pike"] {
            story.meets(mentor);
        }
        if day == "2026-04-20" {
            let surge = json!({"name": "surge", "key": "derby", "pair": story.pair_of("Chidi Okoro")["id"]});
            assert!(story.post("/signals", surge.clone()).done()["signal"].is_string());
            assert_eq!(story.post("/signals", surge).done()["signal"], Json::Null);
            assert_eq!(story.letters("change-of-pace"), ["Chidi Okoro", "Nora Ferris"]);
        }
    }
    // Five weeks after the pair was formed, and then five after the breathing space; Fay Rowe has no pair to be nudged for.
    let nudged = story.letters("gentle-nudge");
    assert!(nudged.iter().all(|name| name == "Chidi Okoro" || name == "Ed Quill"), "{nudged:?}");
    assert!(nudged.contains(&"Ed Quill".to_owned()), "{nudged:?}");
    let no_movement = story.letters("no-movement");
    assert!(!no_movement.is_empty() && no_movement.iter().all(|name| name == "coordinator"), "{no_movement:?}");
    let surged = story.pair_of("Chidi Okoro");
    let during = |letter: &Json| ("2026-04-20".."2026-05-18").contains(&letter["at"].as_str().unwrap());
    let chased = story.queued("gentle-nudge").into_iter().filter(during);
    assert!(chased.into_iter().all(|letter| letter["to"] != surged["mentor"]), "a pair was chased during a surge");
    let drop_ins: Vec<Json> = story.list("/sessions").into_iter().filter(|s| s["kind"] == "drop-in").collect();
    assert!(drop_ins.len() >= 2, "{drop_ins:?}");
    for drop_in in drop_ins.iter().filter(|drop_in| drop_in["status"] == "held") {
        assert_eq!(drop_in["attended"].as_array().unwrap().len(), 10, "all but one came: {drop_in}");
    }
    // Who has a partner and who waits for one: all of them are invited.
    assert_eq!(story.letters("drop-in").len(), 11 * drop_ins.len());
    assert_eq!(story.list("/meetings").len(), 12);
}

fn evaluated(story: &Story<'_>) {
    story.live_until("2026-07-06T09:00:00Z", &[]);
    story.expect_stage("Evaluating");
    let form = story.wave("evaluation");
    let question = |name: &str| {
        let questions = form["questions"].as_array().unwrap();
        questions.iter().find(|question| question["name"] == name).unwrap_or_else(|| panic!("{form}")).clone()
    };
    for name in ["pace", "support_lacked", "outcomes_other", "story_shared"] {
        assert_eq!(question(name)["conditional"], true, "{name}");
    }
    assert_eq!(question("surge")["conditional"], false);
    let mut answers = json!({"speed_dating": "right", "surge": "no", "drop_ins": 3, "support": "right", "outcomes": ["people", "insight"]});
    let own = [
        "prepared",
        "purpose_clear",
        "contracted",
        "power",
        "time_enough",
        "right_partner",
        "open",
        "willing",
        "kept",
        "held_back",
    ];
    for statement in BOTH.into_iter().chain(own) {
        answers[statement] = json!(4);
    }
    let with = |more: Json| {
        let mut all = answers.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    story.answer("evaluation", "Ben Sands", &with(json!({"surge": "often"}))).refused(422, "live::answers");
    let mut unanswered = answers.clone();
    unanswered.as_object_mut().unwrap().remove("heard");
    story.answer("evaluation", "Ben Sands", &unanswered).refused(422, "live::answers");
    story.answer("evaluation", "Ben Sands", &answers).done();
    story.answer("evaluation", "Chidi Okoro", &with(json!({"surge": "yes", "pace": 5}))).done();
    let told = json!({"story": "We talked about the night he was on his own", "story_shared": "unnamed"});
    story.answer("evaluation", "Maud Okafor", &with(told)).done();
    assert_eq!(story.wave("evaluation")["completed"], 3);
    story.expect_never_shown(&["the night he was on his own"]);

    story.live_until("2026-08-24T09:00:00Z", &[]);
    let came = |name: &str| {
        let held = story.diary(name);
        let [session] = held.as_slice() else { panic!("{name}: {held:?}") };
        assert_eq!(session["status"], "held", "{session}");
        story.names(session["attended"].as_array().unwrap())
    };
    let (mentors, mentees) = (story.everyone("mentor"), story.everyone("mentee"));
    let both = came("joint-focus-group");
    assert_eq!(both.iter().filter(|name| mentors.contains(name)).count(), 4, "{both:?}");
    assert_eq!(both.iter().filter(|name| mentees.contains(name)).count(), 4, "{both:?}");
    assert_eq!((came("mentor-focus-group"), came("mentee-focus-group")), (mentors, mentees));
    for interview in ["interview 1", "interview 2", "interview 3"] {
        let [one, other] = came(interview).try_into().unwrap();
        let pairs = story.list("/pairs");
        let two = [story.person(&one), story.person(&other)];
        let of = |side: &Json| two.iter().any(|id| side == id.as_str());
        assert!(pairs.iter().any(|pair| of(&pair["mentor"]) && of(&pair["mentee"])), "{two:?} are no pair");
    }
    assert_eq!(came("sharing").len(), 11);
}

fn thanked(story: &Story<'_>) {
    assert_eq!(story.letters("thanks").len(), 11);
    assert_eq!(story.letters("summary"), ["sponsor"]);
    assert!(story.list("/pairs").iter().all(|pair| pair["ended"] == "completed"));
    story.expect_nobody_with_their_manager();
    story.expect_finished();
}
