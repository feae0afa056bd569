//! What comes of a programme in which enough people answer: figures of everyone, none of a side that is too small, and the
//! words of those alone who agreed.

use crate::{
    server::{Answer, Kills, Server, project},
    story::{Story, id},
};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

const MENTORS: usize = 14;
/// Fewer than the eleven people that a result of the police surveys needs.
const MENTEES: usize = 8;

const PASSED_ON: &str = "I had never been asked by anybody above inspector";
const WITH_NAME: &str = "The rank was off after the second cup of tea";
const HELD_BACK: &str = "My sergeant still does not know that I go there";

/// What both surveys ask, in this order: three statements of each of four scales.
pub(super) const BOTH: [&str; 12] = [
    "be_myself",
    "respected",
    "rank_first",
    "other_views",
    "policy_effect",
    "why_decided",
    "heard",
    "speak_up",
    "nothing_comes",
    "from_everyone",
    "can_ask",
    "blame",
];

#[test]
fn an_evaluation_is_read_over_http_by_a_force_that_answered() {
    let server = Server::start_with(Kills::Never, project("workflows/police"));
    let run = json!({ "template": "police", "client": "Wyvern Constabulary", "seed": 11 });
    let story = Story::start(&server, &run, &people());
    before_they_begin(&story);
    half_a_year(&story);
    looking_back(&story);
    talked_about(&story);
    story.live_until("2026-09-07T09:00:00Z", &[]);
    story.expect_finished();
    let found = story.server.get(&story.at("/evaluation")).done();
    figures(&found);
    words(&found);
    table(&story);
    page(&story);
    story.expect_never_shown(&[PASSED_ON, WITH_NAME, HELD_BACK]);
}

fn names() -> impl Iterator<Item = (&'static str, String)> {
    let mentors = (1..=MENTORS).map(|n| ("mentor", format!("Constable {n:02}")));
    mentors.chain((1..=MENTEES).map(|n| ("mentee", format!("Commander {n:02}"))))
}

fn people() -> String {
    let mut csv = "role,name,email,topics,grade,department\n".to_owned();
    for (number, (role, name)) in names().enumerate() {
        let grade = if role == "mentor" { 2 } else { 8 };
        writeln!(csv, "{role},{name},p{number}@wyvern.example,custody;shifts,{grade},Division {number}").unwrap();
    }
    csv
}

/// Everybody answers, and each a point more on every statement than before.
fn everybody_answers(story: &Story<'_>, survey: &str, more: u8, others: &[&str]) {
    for (number, (_, name)) in names().enumerate() {
        let point = more + if number % 2 == 0 { 2 } else { 3 };
        let answers: serde_json::Map<String, Json> =
            BOTH.iter().chain(others).map(|statement| ((*statement).to_owned(), json!(point))).collect();
        story.answer(survey, &name, &answers.into()).done();
    }
    assert_eq!(story.wave(survey)["completed"], MENTORS + MENTEES);
}

fn before_they_begin(story: &Story<'_>) {
    story.post("/recruitments/volunteers/close", json!({})).done();
    while story.stage() == "Training" {
        story.hold(&story.next_session().expect("a session of the training"), &[]);
    }
    everybody_answers(story, "baseline", 0, &[]);
    story.live_until("2026-03-20T09:00:00Z", &[]);
    assert_eq!(story.wave("baseline")["open"], false);
    // What is asked again waits: shown now, it could keep the change from being shown.
    let found = story.server.get(&story.at("/evaluation")).done();
    let early = &topic(&found["waves"][0]["items"], "heard")["views"];
    assert_eq!(early[0]["result"], json!({"withheld": "asked-again"}), "{early}");
}

fn half_a_year(story: &Story<'_>) {
    story.post(&format!("/proposals/{}/publish", id(&story.proposal())), json!({})).done();
    story.everybody_signs();
    assert_eq!(story.pairs().len(), MENTEES);
    story.live_until("2026-07-06T09:00:00Z", &[]);
    story.expect_stage("Evaluating");
}

fn looking_back(story: &Story<'_>) {
    let pair = ["prepared", "purpose_clear", "contracted", "power", "open", "willing", "kept", "held_back"];
    everybody_answers(story, "evaluation", 1, &pair);
}

fn notes(story: &Story<'_>, session: &Json, notes: &Json) -> Answer {
    let path = story.at(&format!("/sessions/{}/notes", id(session)));
    story.server.write("PUT", &path, "application/json", &notes.to_string())
}

/// Two groups speak about the same; three people agree to notes, and two of them to be quoted.
fn talked_about(story: &Story<'_>) {
    let last = |name: &str| story.diary(name).pop().unwrap_or_else(|| panic!("no {name}"));
    let both = || (last("mentor-focus-group"), last("mentee-focus-group"));
    while both().0["status"] == "planned" || both().1["status"] == "planned" {
        story.hold(&story.next_session().expect("a focus group"), &[]);
    }
    let (mentors, mentees) = both();
    let came = mentors["attended"].as_array().unwrap();
    assert_eq!(came.len(), 8, "{mentors}");
    let quote = |text: &str, by: &Json, released: bool, named: bool| json!({"text": text, "by": by, "released": released, "named": named});
    let themes = json!([{"name": "time to prepare", "mentions": 6}, {"name": "night shifts", "mentions": 1}]);
    let never_asked = json!({"consented": [came[0]], "quotes": [quote(PASSED_ON, &came[1], true, false)]});
    notes(story, &mentors, &never_asked).refused(422, "live::notes");
    let quotes = [
        quote(PASSED_ON, &came[0], true, false),
        quote(WITH_NAME, &came[1], true, true),
        quote(HELD_BACK, &came[2], false, false),
    ];
    notes(story, &mentors, &json!({"consented": came[..3], "themes": themes, "quotes": quotes})).done();
    let agreed = &mentees["attended"].as_array().unwrap()[..1];
    notes(story, &mentees, &json!({"consented": agreed, "themes": themes})).done();
    let early = story.server.get(&story.at("/evaluation")).done();
    assert_eq!(early["themes"], json!([]), "themes wait for the end of the run");
}

fn topic<'j>(topics: &'j Json, name: &str) -> &'j Json {
    let found = topics.as_array().unwrap().iter().find(|topic| topic["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}: {topics}"))
}

/// Everyone is shown; the mentees are too few, and the mentors beside everyone would tell about them.
fn figures(found: &Json) {
    for wave in found["waves"].as_array().unwrap().iter().filter(|wave| wave["mode"] == "confidential") {
        assert_eq!((&wave["threshold"], &wave["completed"]), (&json!(11), &json!(MENTORS + MENTEES)));
        for topics in ["items", "scales"] {
            let voice = topic(&wave[topics], if topics == "items" { "heard" } else { "voice" });
            expect_everyone_alone(&voice["views"], "n");
        }
    }
    let change = topic(&found["changes"], "voice");
    expect_everyone_alone(&change["views"], "n_paired");
    let shown = &topic(&found["changes"], "heard")["views"][0]["result"]["shown"];
    assert_eq!((&shown["mean_before"], &shown["mean_after"]), (&json!(2.5), &json!(3.5)), "{shown}");
}

#[track_caller]
fn expect_everyone_alone(views: &Json, n: &str) {
    assert_eq!(views[0]["result"]["shown"][n], MENTORS + MENTEES, "{views}");
    let sides: Vec<(&Json, &Json)> =
        views.as_array().unwrap()[1..].iter().map(|view| (&view["view"], &view["result"]["withheld"])).collect();
    let (too_few, would_isolate) = (json!("too-few"), json!("would-isolate"));
    let (mentor, mentee) = (json!("role: mentor"), json!("role: mentee"));
    assert_eq!(sides.len(), 2, "{views}");
    assert!(sides.contains(&(&mentee, &too_few)) && sides.contains(&(&mentor, &would_isolate)), "{views}");
}

fn words(found: &Json) {
    let quotes = found["quotes"].as_array().unwrap();
    let of = |text: &str| quotes.iter().find(|quote| quote["text"] == text).unwrap_or_else(|| panic!("{quotes:?}"));
    assert!(quotes.len() == 2 && of(PASSED_ON)["name"].is_null(), "{quotes:?}");
    assert!(of(WITH_NAME)["name"].as_str().is_some_and(|name| name.starts_with("Constable ")), "{quotes:?}");
    let themes = found["themes"].as_array().unwrap();
    let mentions = |name: &str| {
        let theme = themes.iter().find(|theme| theme["theme"] == name);
        theme.unwrap_or_else(|| panic!("no {name}: {themes:?}"))["mentions"].clone()
    };
    assert_eq!(themes.len(), 2);
    assert_eq!((mentions("time to prepare"), mentions("night shifts")), (json!(12), Json::Null), "{themes:?}");
}

/// Nobody is in the table, and nothing of a side but that it is withheld.
fn table(story: &Story<'_>) {
    let csv = story.server.get(&story.at("/evaluation/csv"));
    assert_eq!((csv.status, csv.kind.as_str()), (200, "text/csv; charset=utf-8"));
    assert!(csv.text.contains("evaluation,wave-") && csv.text.contains(",heard,everyone,n,22"), "{}", csv.text);
    for line in csv.text.lines().filter(|line| line.contains(",role: ")) {
        assert!(line.contains(",withheld,Not shown"), "{line}");
    }
    expect_none(&csv.text, &[PASSED_ON, WITH_NAME, HELD_BACK, "Constable", "Commander"]);
}

fn page(story: &Story<'_>) {
    let page = story.server.get(&story.at("/evaluation/page"));
    assert_eq!((page.status, page.kind.as_str()), (200, "text/html; charset=utf-8"));
    for part in ["Wyvern Constabulary", PASSED_ON, WITH_NAME, "Time to prepare", "too few people answered"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    expect_none(&page.text, &[HELD_BACK, "Commander "]);
    assert_eq!(page.text.matches("Constable ").count(), 1, "whoever agreed to be named, and nobody else");
}

#[track_caller]
fn expect_none(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "'{secret}' is shown");
    }
}
