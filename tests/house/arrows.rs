//! Arrows point inward: a crate takes only from rings further in.

use crate::{
    manifests::{crates, dependencies},
    source::{EMBED, root},
};

/// The rings, innermost first. Crates of one ring do not know each other.
const RINGS: [&[&str]; 6] = [
    &["model", "assignment", "lineage", "statistics"],
    &["core"],
    &["script", "sandbox", "store", "render", "template", "xlsform"],
    &["live"],
    &["server"],
    &["cli"],
];
/// For tests: takes what it likes, and only tests take it.
const TESTKIT: &str = "testkit";

fn ring(name: &str) -> Option<usize> {
    RINGS.iter().position(|ring| ring.contains(&name))
}

#[test]
fn arrows_point_inward() {
    for name in crates().iter().filter(|name| *name != TESTKIT) {
        let own = ring(name).unwrap_or_else(|| panic!("engine/{name} stands in no ring: give it one in this test"));
        for taken in dependencies(&root().join("engine").join(name).join("Cargo.toml"), false) {
            let Some(taken) = taken.strip_prefix("turnabout-") else { continue };
            assert_ne!(taken, TESTKIT, "engine/{name}: the testkit is for [dev-dependencies]");
            let theirs = ring(taken).unwrap_or_else(|| panic!("engine/{name} takes {taken}, which stands in no ring"));
            assert!(theirs < own, "engine/{name} takes turnabout-{taken}, which is no further in than itself");
        }
    }
}

#[test]
fn every_ring_holds_what_it_names() {
    let crates = crates();
    for name in RINGS.iter().copied().flatten().chain([&TESTKIT]) {
        assert!(crates.iter().any(|known| known == name), "there is no engine/{name}");
    }
}

#[test]
fn an_embedder_needs_neither_the_server_nor_what_is_for_tests() {
    let taken = dependencies(&root().join(EMBED).join("Cargo.toml"), true);
    assert!(taken.contains("turnabout-live"), "the dependencies of {EMBED} were not found");
    for outside in ["turnabout-server", "turnabout-testkit", "turnabout"] {
        assert!(!taken.contains(outside), "{EMBED} takes {outside}");
    }
}
