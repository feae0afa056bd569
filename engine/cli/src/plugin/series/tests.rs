//! Swaps in the middle of a rehearsal, with components that are there already.

use super::*;
use crate::house::House;
use crate::plugin::rehearsing::{self, Swap};
use std::path::Path;

const HOSTILE: &[u8] = include_bytes!("../../../../../plugins/dist/hostile.wasm");
const TOPICS: &[u8] = include_bytes!("../../../../../plugins/dist/topic-overlap.wasm");

/// A template with a component in the place of its topic-overlap, the only rule that counts: a mentor leaves in its fifth month,
/// and the mentee is matched with one who had waited.
fn foundations(component: &[u8]) -> Fresh {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows/tpc-foundations");
    let house = Arc::new(House::new().unwrap());
    let id = "topic-overlap";
    let (_, mut bundle) = rehearsing::run(&house, &target, id, Some(Swap { id, component })).unwrap();
    let leaves = bundle.rehearsals["a-mentor-who-leaves"].clone();
    bundle.rehearsals.insert("steady".into(), leaves);
    for rule in bundle.programme.matching.values_mut().flat_map(|plan| &mut plan.rules) {
        if rule.plugin != id {
            rule.weight = 0.0;
        }
    }
    let sha256 = turnabout_sandbox::component_sha256(component);
    Fresh { house, bundle: Arc::new(bundle), plugin: PluginRef { id: id.into(), sha256 } }
}

/// Whether every pair of a proposal has the half that the fixture gives to everyone: no other rule of the plan has a weight.
fn by_the_fixture(proposal: &turnabout_core::run::Proposal) -> bool {
    proposal.pairs.iter().all(|pair| (pair.score - 0.5).abs() < 1e-6)
}

/// The first seed in which people are matched a second time, and pairs come of it.
fn seed_with_two_matchings(topics: &Fresh) -> u64 {
    let two = |seed: &u64| {
        let mut series = Series::new(topics.clone());
        series.seed = seed - 1;
        let mut again = false;
        let mut look = |run: &Run| {
            again |= run.proposals.get(1).is_some_and(|proposal| !proposal.pairs.is_empty());
            None
        };
        series.rehearse(&mut look, &mut |line| panic!("{line}"));
        again
    };
    (1..50).find(two).unwrap()
}

#[test]
fn a_component_that_comes_into_a_rehearsal_decides_its_next_matching_and_the_one_before_stays() {
    let (topics, hostile) = (foundations(TOPICS), foundations(HOSTILE));
    let mut series = Series::new(topics.clone());
    series.seed = seed_with_two_matchings(&topics) - 1;
    let (mut waiting, mut proposals, mut lines) = (Some(hostile.clone()), Vec::new(), Vec::new());
    let mut next = |run: &Run| {
        proposals.clone_from(&run.proposals);
        if run.proposals.is_empty() { None } else { waiting.take() }
    };
    series.rehearse(&mut next, &mut |line| lines.push(line));

    assert!(!by_the_fixture(&proposals[0]), "the first matching was the old component's: {:?}", proposals[0]);
    assert!(proposals[1..].iter().all(by_the_fixture), "all behind it are the new one's: {:?}", &proposals[1..]);
    let (old, new) = (topics.short(), hostile.short());
    assert!(lines[0].starts_with(&format!("{old} served 1 rehearsal, 1 matching: ")), "{lines:#?}");
    assert!(lines[1].starts_with(&format!("{new} takes its place in rehearsal ")), "{lines:#?}");
    assert!(lines[1].ends_with(", after 1 matching") && lines.len() == 2, "{lines:#?}");
    assert_eq!(series.served().all.matchings, proposals.len() - 1);
    assert_eq!(series.seed, 0, "the new component meets the same people from the first seed on");
}

#[test]
fn two_components_are_compared_over_the_same_people() {
    let (topics, hostile) = (foundations(TOPICS), foundations(HOSTILE));
    let mut series = Series::new(topics.clone());
    let mut lines = Vec::new();
    for _ in 0..2 {
        series.rehearse(&mut |_| None, &mut |line| lines.push(line));
    }
    assert!(lines.is_empty(), "{lines:#?}");
    let mut waiting = Some(hostile.clone());
    for _ in 0..4 {
        series.rehearse(&mut |_| waiting.take(), &mut |line| lines.push(line));
    }
    let (old, new) = (topics.short(), hostile.short());
    let compared = format!("{new} against {old} over seeds 1 to 2: pairs a matching ");
    let line = lines.iter().find(|line| line.starts_with(&compared)).unwrap_or_else(|| panic!("{lines:#?}"));
    assert!(line.contains("mean score 0.500, was 0.") && line.ends_with("failures 0 as before"), "{line}");
    assert_eq!(lines.len(), 3, "it is said once: {lines:#?}");
    assert!(series.line().starts_with(&format!("{new} served 4 rehearsals, ")), "{}", series.line());
}

#[test]
fn a_component_that_fails_in_a_rehearsal_is_counted_and_the_series_goes_on() {
    // A hash that nobody has stands for a component that fails: every question does.
    let mut fresh = foundations(TOPICS);
    fresh.plugin.sha256 = "0".repeat(64).into();
    let mut series = Series::new(fresh);
    for _ in 0..2 {
        series.rehearse(&mut |_| None, &mut |line| panic!("{line}"));
    }
    let all = series.served().all;
    assert!(all.failures >= 2 && all.pairs == 0, "{all:?}");
    assert!(series.line().contains("mean score none"), "{}", series.line());
}
