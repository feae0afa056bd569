//! Two waves that ask the same.

use super::*;
use crate::release::Withheld;

fn shown(change: &ChangeResult) -> Vec<(&str, Option<usize>)> {
    change.views.iter().map(|view| (view.view.as_str(), view.result.shown().map(ChangeSummary::n_paired))).collect()
}

fn first_and_last() -> World {
    let mut world = World::of(24);
    world.survey("before", json!({ "by": ["role"] }), trust());
    world.survey("after", json!({ "by": ["role"] }), trust());
    world
}

#[test]
fn the_change_is_that_of_the_people_who_answered_both_times() {
    let mut world = first_and_last();
    world.wave("before", 1..=24, |who| json!({ "trust": 1 + who % 3 }));
    world.wave("after", 1..=20, |who| json!({ "trust": 3 + who % 2 }));
    world.tell(&Event::ParticipantStatusChanged {
        participant: ParticipantId(24),
        status: ParticipantStatus::Withdrawn,
    });
    let found = world.evaluated();
    assert_eq!(found.changes.len(), 1);
    let change = &found.changes[0];
    assert_eq!((change.first, change.last, change.range), (WaveId(1), WaveId(2), Some([1.0, 5.0])));
    assert_eq!(shown(change), [("everyone", Some(20)), ("role: mentor", Some(10)), ("role: mentee", Some(10))]);
    let Some(ChangeSummary::Number(whole)) = change.views[0].result.shown() else { panic!() };
    assert_eq!((whole.n_before, whole.n_after, whole.n_paired), (None, Some(20), 20));
    assert!((whole.mean_after - whole.mean_before - whole.mean_change).abs() < 1e-12);
    let [lower, upper] = whole.ci95.unwrap();
    assert!(lower < whole.mean_change && whole.mean_change < upper);
    assert_eq!((whole.method.as_deref(), whole.before.as_ref().unwrap().n), (Some("exact"), 20));
    assert!(whole.rank_biserial.is_some() && whole.d_z > whole.hedges_g);
    // Four answered the first time alone: with them and without them would tell what the four said.
    assert_eq!(views(item(&found, 0, "trust"))[0], "everyone would-isolate");
    assert_eq!(views(item(&found, 1, "trust"))[0], "everyone 20");
    let Attrition { asked, answered_first, answered_both, withdrawn, .. } = found.attrition[0];
    assert_eq!((asked, answered_first, answered_both, withdrawn), (24, 24, 20, 1));
}

#[test]
fn a_baseline_waits_until_the_same_is_asked_again_or_the_run_is_over() {
    let mut world = first_and_last();
    world.wave("before", 1..=24, |who| json!({ "trust": 1 + who % 3 }));
    let first = |world: &World| views(item(&world.evaluated(), 0, "trust"));
    assert_eq!(first(&world), ["everyone asked-again"]);
    world.tell(&Event::RunFinished);
    assert_eq!(first(&world), ["everyone 24", "role: mentor 12", "role: mentee 12"]);
}

#[test]
fn what_was_shown_once_stays_shown_when_waves_close_in_any_order() {
    let mut world = World::of(30);
    world.survey("pulse", json!({ "by": ["role"] }), trust());
    let waves = [world.send("pulse"), world.send("pulse"), world.send("pulse")];
    for (wave, answered) in waves.into_iter().zip([30, 29, 23]) {
        (1..=answered).for_each(|who| world.answer(wave, who, json!({ "trust": 1 + who % 5 })));
    }
    let mut before: Vec<String> = Vec::new();
    for place in [2, 0, 1] {
        world.close(waves[place]);
        let found = world.evaluated();
        let shown = |name: String, views: &[ViewResult<Summary>]| -> Vec<String> {
            let shown = views.iter().filter(|view| view.result.shown().is_some());
            shown.map(|view| format!("{name} {} {}", view.view, serde_json::to_string(&view.result).unwrap())).collect()
        };
        let now: Vec<String> = found
            .waves
            .iter()
            .flat_map(|wave| {
                wave.items.iter().flat_map(|item| shown(format!("{} {}", wave.wave, item.name), &item.views))
            })
            .collect();
        assert!(before.iter().all(|old| now.contains(old)), "{before:#?} {now:#?}");
        before = now;
    }
    assert!(!before.is_empty());
}

#[test]
fn a_later_wave_is_compared_with_the_first() {
    let mut world = first_and_last();
    world.wave("before", 1..=24, |who| json!({ "trust": 1 + who % 3 }));
    world.wave("after", 1..=24, |_| json!({ "trust": 4 }));
    world.wave("after", 1..=24, |_| json!({ "trust": 5 }));
    let found = world.evaluated();
    assert_eq!((found.changes.len(), found.changes[0].first, found.changes[0].last), (1, WaveId(1), WaveId(3)));
    assert_eq!(shown(&found.changes[0])[0], ("everyone", Some(24)));
    // Where the last would tell about few, the one before stands.
    world.wave("after", 1..=22, |_| json!({ "trust": 5 }));
    let found = world.evaluated();
    assert_eq!((found.changes[0].last, shown(&found.changes[0])[0]), (WaveId(3), ("everyone", Some(24))));
}

#[test]
fn a_question_that_was_reworded_is_another_one() {
    let likert = |text: &str, points: u8, label: &str| {
        json!([{ "name": "q", "type": "likert", "text": text, "points": points,
            "statements": [{ "name": "s", "label": label }] }])
    };
    let questions = likert("How far?", 5, "I trust");
    for (other, expect) in [
        (questions.clone(), 1),
        (likert("How far, now?", 5, "I trust"), 0),
        (likert("How far?", 7, "I trust"), 0),
        (likert("How far?", 5, "I do trust"), 0),
        (json!([{ "name": "s", "type": "likert", "text": "I trust" }]), 0),
    ] {
        let mut world = World::of(20);
        world.survey("before", json!({}), questions.clone());
        world.survey("after", json!({}), other.clone());
        world.wave("before", 1..=20, |_| json!({ "s": 3 }));
        world.wave("after", 1..=20, |who| json!({ "s": 3 + who % 2 }));
        assert_eq!(world.evaluated().changes.len(), expect, "{other}");
    }
}

#[test]
fn scales_come_first_and_compare_only_if_they_are_made_alike() {
    let scale = |least: u32| json!({ "scales": [{ "name": "open", "items": ["a", "b"], "least": least }] });
    let questions =
        json!([{ "name": "a", "type": "likert", "text": "A" }, { "name": "b", "type": "likert", "text": "B" }]);
    for (least, expect) in [(2, vec!["open", "a", "b"]), (1, vec!["a", "b"])] {
        let mut world = World::of(20);
        world.survey("before", scale(2), questions.clone());
        world.survey("after", scale(least), questions.clone());
        world.wave("before", 1..=20, |who| json!({ "a": 3, "b": 1 + who % 5 }));
        world.wave("after", 1..=20, |who| json!({ "a": 3 + who % 2, "b": 1 + who % 5 }));
        let found = world.evaluated();
        let names: Vec<&str> = found.changes.iter().map(|change| change.name.as_str()).collect();
        assert_eq!(names, expect);
        let Some(ChangeSummary::Number(b)) = found.changes.last().unwrap().views[0].result.shown() else { panic!() };
        assert_eq!((b.mean_change, b.wilcoxon_p), (0.0, None));
        assert!(b.reasons["wilcoxon_p"].contains("changed"), "{:?}", b.reasons);
    }
}

#[test]
fn a_choice_between_two_is_tested_by_who_turned() {
    let questions = json!([{ "name": "again", "type": "single", "text": "?", "choices": ["yes", "no"] },
        { "name": "often", "type": "single", "text": "?", "choices": ["a", "b", "c"] }]);
    let mut world = World::of(20);
    world.survey("before", json!({}), questions.clone());
    world.survey("after", json!({}), questions);
    world.wave("before", 1..=20, |who| json!({ "again": if who <= 8 { "yes" } else { "no" }, "often": "a" }));
    world.wave("after", 1..=20, |who| json!({ "again": if who > 2 { "yes" } else { "no" }, "often": "b" }));
    let found = world.evaluated();
    assert_eq!(found.changes.len(), 1, "three choices have no direction");
    let Some(ChangeSummary::Switch(switch)) = found.changes[0].views[0].result.shown() else { panic!() };
    assert_eq!((switch.before.count, switch.after.count, switch.turned_to, switch.turned_from), (8, 18, 12, 2));
    // 2 P(X <= 2) of 14 fair coins: 2 (1 + 14 + 91) / 2^14.
    assert!((switch.mcnemar_p.unwrap() - 212.0 / 16384.0).abs() < 1e-12);
}

#[test]
fn the_stricter_threshold_of_the_two_counts() {
    let mut world = World::of(24);
    world.survey("before", json!({ "threshold": 5 }), trust());
    world.survey("after", json!({ "threshold": 12 }), trust());
    world.wave("before", 1..=24, |_| json!({ "trust": 3 }));
    world.wave("after", 1..=10, |_| json!({ "trust": 4 }));
    let found = world.evaluated();
    assert_eq!(found.changes[0].views[0].result, Shown::Withheld(Withheld::TooFew));
    assert_eq!(views(item(&found, 1, "trust")), ["everyone too-few"]);
}
