//! Killed at any moment, the server loses nothing that it has answered.

use crate::{
    server::{Kills, Server},
    story::{Story, expect_same},
    writers::{Fate, expect_kept, in_the_middle, write_while},
};
use serde_json::Value as Json;

/// Draws how many answers a round waits for.
const SEED: u64 = 20_260_105;

#[test]
fn every_answered_write_survives_a_kill() {
    let server = Server::start(Kills::Never);
    let story = in_the_middle(&server);
    let mut drawn = SEED;
    let mut fates = Vec::new();
    for round in 0..6 {
        // The step of Knuth's generator; its high bits are good enough to choose a moment.
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = 1 + usize::try_from(drawn >> 33).unwrap() % 90;
        let found = write_while(&story, round, after, || server.kill());
        println!("round {round} of seed {SEED}: killed after {after} answers");
        server.start_again();
        expect_kept(&story, &found);
        fates.extend(found);
    }
    // Nor did any later kill undo what an earlier one had left.
    fates.retain(|fate| matches!(fate, Fate::Done(..)));
    assert!(fates.len() > 100, "{}", fates.len());
    expect_kept(&story, &fates);
}

#[test]
fn a_graceful_stop_finishes_what_is_under_way() {
    let server = Server::start(Kills::Never);
    let story = in_the_middle(&server);
    for (round, after) in [3, 40, 80].into_iter().enumerate() {
        let fates = write_while(&story, round, after, || server.process().terminate());
        let (status, said) = server.process().end();
        assert_eq!((status.code(), said.contains("Everything that was answered is kept")), (Some(0), true), "{said}");
        server.start_again();
        expect_kept(&story, &fates);
    }
}

/// What happened, without when it did and until when it matters.
fn events(story: &Story<'_>) -> Vec<String> {
    fn without_moments(value: &mut Json) {
        match value {
            Json::Object(members) => {
                for moment in ["stale_at", "began", "closes", "remind_at"] {
                    members.remove(moment);
                }
                members.values_mut().for_each(without_moments);
            }
            Json::Array(items) => items.iter_mut().for_each(without_moments),
            _ => {}
        }
    }
    let own = story.run.rsplit('/').next().unwrap();
    let event = |entry: &mut Json| {
        without_moments(&mut entry["event"]);
        entry["event"].to_string().replace(own, "RUN")
    };
    story.list("/journal").iter_mut().map(event).collect()
}

#[test]
fn what_fell_due_while_the_server_was_down_happens_when_it_is_back() {
    let up = Server::start(Kills::Never);
    let lived = Story::begin(&up);
    // Recruitment closes by itself on the day before.
    up.clock_to("2026-02-03T09:00:00Z");

    let down = Server::start(Kills::Never);
    let slept = Story::begin(&down);
    down.kill();
    down.time_goes_by("2026-02-03T09:00:00Z");
    down.start_again();
    let before = slept.journal().len();
    assert_eq!(down.clock_to("2026-02-03T09:00:00Z"), 1);
    assert!(slept.journal().len() > before);
    expect_same(&events(&lived), &events(&slept));
    assert_eq!(slept.list("/sessions")[0]["name"], "engagement-day");
}
