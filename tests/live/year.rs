//! The ambulance year over HTTP, once in one go and once killed before every request that changes something.

use crate::{
    server::{Kills, Server},
    stories::ambulance::SECRET,
    story::{Story, expect_same},
};

#[test]
fn the_ambulance_year_runs_over_http() {
    let server = Server::start(Kills::Never);
    let story = Story::begin(&server);
    story.tell();
    let journal = story.journal();
    assert!(journal.len() > 500, "{}", journal.len());
    for path in ["", "/journal", "/timeline", "/outbox", "/concerns", "/tasks"] {
        let shown = if path.is_empty() { server.get(&story.run).text } else { format!("{:?}", story.list(path)) };
        for secret in [SECRET, "Kwame", "fellmarch.example"] {
            // The run itself names its coordinator.
            assert!(path.is_empty() && secret != SECRET || !shown.contains(secret), "{path} shows '{secret}'");
        }
    }
}

#[test]
fn a_kill_between_any_two_requests_changes_nothing() {
    let unbroken = Server::start(Kills::Never);
    let whole = Story::begin(&unbroken);
    whole.tell();
    let broken = Server::start(Kills::BeforeEveryWrite);
    let story = Story::begin(&broken);
    story.tell();
    assert!(broken.times_killed() > 100, "{}", broken.times_killed());
    expect_same(&whole.journal(), &story.journal());
}
