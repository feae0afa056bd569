//! What is passed on, and what it costs the rest.

use super::*;

const SHARED: [&str; 3] = ["named", "unnamed", "no"];

fn story() -> Json {
    json!([{ "name": "story", "type": "text", "text": "?", "consent": "shared" },
        { "name": "shared", "type": "single", "text": "?", "choices": SHARED },
        { "name": "grow", "type": "single", "text": "Develop?", "choices": ["yes", "not now"], "consent": "grow_ok" },
        { "name": "grow_ok", "type": "single", "text": "?", "choices": ["named", "no"] }])
}

fn world(named: u32) -> World {
    let mut world = World::of(20);
    world.survey("s", json!({ "by": ["role"] }), story());
    world.wave("s", 1..=20, |who| {
        json!({ "story": format!("Story {who}"), "shared": SHARED[who as usize % 3],
            "grow": if who <= 10 { "yes" } else { "not_now" }, "grow_ok": if who <= named { "named" } else { "no" } })
    });
    world
}

#[test]
fn a_story_is_passed_on_as_its_teller_said_and_never_otherwise() {
    let mut world = world(0);
    let early = world.evaluated().stories;
    let unnamed = |stories: &[Story]| stories.iter().filter(|story| story.name.is_none()).count();
    // While waves come and go, a new story and who has answered last would lead to its author.
    assert_eq!((early.len(), unnamed(&early)), (6, 0));
    world.tell(&Event::RunFinished);
    let found = world.evaluated();
    assert_eq!((found.stories.len(), unnamed(&found.stories)), (13, 7));
    assert_eq!(found.stories.iter().filter(|story| story.name.as_deref() == Some("Name 003")).count(), 1);
    assert!(found.stories.iter().any(|story| story.text == "Story 3" && story.name.as_deref() == Some("Name 003")));
    assert!(found.stories.iter().all(|story| story.text != "Story 2"), "that was a no");
    // Stories are no comments, and consent is no result.
    let names: Vec<&str> = found.waves[0].items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["grow"]);
    assert!(!serde_json::to_string(&found).unwrap().contains("Story 2\""));
}

#[test]
fn a_silence_is_a_no() {
    for consent in [json!(null), json!("yes"), json!(["named"]), json!(true)] {
        let mut world = World::of(20);
        world.survey("s", json!({}), story());
        world.wave("s", 1..=20, |_| json!({ "story": "mine", "shared": consent, "grow": "yes", "grow_ok": consent }));
        let found = world.evaluated();
        assert!(found.stories.is_empty() && found.named.is_empty(), "{consent}");
    }
}

#[test]
fn who_is_known_by_name_is_taken_out_of_the_rest() {
    let found = world(3).evaluated();
    assert_eq!(found.named[0].choices.len(), 1);
    let names = ["Name 001", "Name 002", "Name 003"].map(ToOwned::to_owned);
    assert_eq!(found.named[0].choices[0].people, names);
    // Seventeen are left, of them eight mentors and nine mentees.
    assert_eq!(views(item(&found, 0, "grow")), ["everyone 20", "role: mentor 10", "role: mentee 10"]);
    // With sixteen known, everyone less these would be the four who are not.
    let found = world(16).evaluated();
    assert_eq!(found.named[0].choices.iter().map(|choice| choice.people.len()).collect::<Vec<_>>(), [10, 6]);
    assert_eq!(views(item(&found, 0, "grow"))[0], "everyone would-isolate");
    // Two mentors less than five are left beside eight who are known.
    let mut few = world(0);
    few.responses
        .iter_mut()
        .filter(|response| response.participant.is_some_and(|who| who.0 % 2 == 1 && who.0 < 16))
        .for_each(|response| drop(response.answers.insert("grow_ok".into(), json!("named"))));
    let shown = views(item(&few.evaluated(), 0, "grow"));
    assert_eq!(shown, ["everyone 20", "role: mentor would-isolate", "role: mentee would-isolate"]);
}

#[test]
fn an_erased_person_tells_nothing_any_more() {
    let mut world = world(3);
    world.people.remove(&ParticipantId(3));
    let found = world.evaluated();
    assert_eq!(found.named[0].choices[0].people.len(), 2);
    assert!(found.stories.iter().all(|story| story.text != "Story 3"));
}

#[test]
fn a_programme_that_refuses_measurement_has_words_alone() {
    let mut world = world(3);
    world.programme.measures = false;
    let notes = super::groups::notes(&mut world);
    world.notes.push(notes);
    world.tell(&Event::RunFinished);
    let found = world.evaluated();
    assert_eq!(found.stories.len(), 13);
    assert_eq!((found.quotes.len(), found.learning.len()), (1, 1));
    let empty =
        (found.waves.is_empty(), found.changes.is_empty(), found.attrition.is_empty(), found.activity.is_none());
    assert_eq!(empty, (true, true, true, true));
    assert!(found.named.is_empty() && found.themes.is_empty());
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(numbers(&json), 0, "no figure about people is computed at all: {json}");
}

/// How many numbers a value holds.
fn numbers(value: &Json) -> usize {
    match value {
        Json::Number(_) => 1,
        Json::Array(items) => items.iter().map(numbers).sum(),
        Json::Object(members) => members.values().map(numbers).sum(),
        _ => 0,
    }
}
