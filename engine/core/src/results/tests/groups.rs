//! Sessions and what groups said.

use super::*;
use turnabout_model::{SessionId, SessionPlan, Theme};

/// Holds a focus group of eight, and gives its notes.
pub(super) fn notes(world: &mut World) -> SessionNotes {
    notes_of(world, 1)
}

/// Holds one with eight people from a number on, of whom six come.
fn notes_of(world: &mut World, first: u32) -> SessionNotes {
    let session = world.run.next_session();
    let audience: Vec<ParticipantId> = (first..first + 8).map(ParticipantId).collect();
    let plan = SessionPlan {
        session,
        name: "circle".into(),
        diary: "circle".into(),
        kind: "focus-group".into(),
        audience: audience.clone(),
        starts: Timestamp::UNIX_EPOCH,
        ends: Timestamp::UNIX_EPOCH,
        remind_at: None,
    };
    world.tell(&Event::SessionPlanned { plan });
    world.tell(&Event::SessionHeld { session, attended: audience[..6].to_vec() });
    serde_json::from_value(json!({ "session": session, "consented": ["person-1", "person-2"],
        "themes": [{ "name": "time to prepare", "mentions": 6 }, { "name": "rank", "mentions": 2 }],
        "quotes": [
            { "text": "I was heard", "by": "person-1", "released": true, "named": true },
            { "text": "It was short", "released": true },
            { "text": "Do not tell", "by": "person-2" },
            { "text": "I never agreed", "by": "person-3", "released": true, "named": true }],
        "learning": [" Brief mentees for longer ", ""] }))
    .unwrap()
}

#[test]
fn quotes_need_a_release_and_a_consent_and_themes_no_small_number() {
    let mut world = World::of(20);
    let first = notes(&mut world);
    world.notes.push(first.clone());
    let found = world.evaluated();
    let quotes: Vec<(&str, Option<&str>)> = found.quotes.iter().map(|q| (q.text.as_str(), q.name.as_deref())).collect();
    assert_eq!(quotes, [("I was heard", Some("Name 001"))], "words of nobody in particular are everybody's who came");
    assert_eq!(found.learning, ["Brief mentees for longer"]);
    let themes = |found: &Evaluation| -> Vec<(String, Option<u32>)> {
        found.themes.iter().map(|theme| (theme.theme.to_string(), theme.mentions)).collect()
    };
    assert_eq!(themes(&found), [], "another group may come, and the difference would tell what it said");
    world.tell(&Event::RunFinished);
    assert_eq!(themes(&world.evaluated()), [], "six people are too few");
    // A second group of others: twelve came, and twelve brought it up.
    let second = notes_of(&mut world, 9);
    world.notes.push(second);
    assert_eq!(themes(&world.evaluated()), [("rank".into(), None), ("time to prepare".into(), Some(12))]);
    // The same six again are no more people.
    world.notes[1] = notes(&mut world);
    assert_eq!(themes(&world.evaluated()), []);
    // A note can't make more of a theme than came.
    world.notes[1] = notes_of(&mut world, 9);
    world.notes[1].themes[0].mentions = 400;
    assert_eq!(themes(&world.evaluated())[1], ("time to prepare".into(), Some(12)));
    // Everybody agreed: then the words are the group's.
    world.notes[0].consented = (1..=6).map(ParticipantId).collect();
    assert!(world.evaluated().quotes.iter().any(|quote| quote.text == "It was short"));
    // Notes of what the run does not know are nobody's.
    let unknown =
        SessionNotes { session: SessionId(9), themes: vec![Theme { name: "x".into(), mentions: 40 }], ..first };
    world.notes = vec![unknown];
    let found = world.evaluated();
    assert!(found.themes.is_empty() && found.quotes.is_empty() && found.learning.is_empty());
}

#[test]
fn what_took_place_is_counted() {
    let mut world = World::of(20);
    let _ = notes(&mut world);
    for pair in 1..=4 {
        let (mentor, mentee) = (ParticipantId(2 * pair - 1), ParticipantId(2 * pair));
        world.tell(&Event::PairFormed { pair: turnabout_model::PairId(pair), mentor, mentee });
    }
    for (pair, reason) in [(1, "completed"), (2, "completed"), (3, "withdrawn")] {
        world.tell(&Event::PairEnded { pair: turnabout_model::PairId(pair), reason: reason.into() });
    }
    let activity = world.evaluated().activity.unwrap();
    let pairs = (activity.pairs_formed, activity.pairs_completed, activity.pairs_ended_early, activity.pairs_going_on);
    assert_eq!(pairs, (4, 2, 1, 1));
    let session = &activity.sessions[0];
    assert_eq!((session.title.as_str(), session.invited, session.attended), ("Circle", 8, 6));
}
