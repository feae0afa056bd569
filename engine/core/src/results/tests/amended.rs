//! What an amendment must not do to results: withhold or change what was shown, or show what tells with it about few.

use super::*;

/// Everyone answers the whole of a scale but two, who leave one item out.
fn patchy(who: u32) -> Json {
    if who <= 2 { json!({ "trust": 4 }) } else { json!({ "trust": 4, "ease": 3 }) }
}

#[allow(clippy::needless_pass_by_value)] // written where it is made
fn asking(world: &mut World, survey: &str, scales: Json) {
    let likert = |name: &str| json!({ "name": name, "type": "likert", "text": name });
    world.survey(survey, json!({ "scales": scales }), json!([likert("trust"), likert("ease")]));
}

#[test]
fn a_survey_that_asks_again_later_does_not_withhold_what_was_shown() {
    let mut world = World::of(20);
    asking(&mut world, "first", json!([]));
    let wave = world.wave("first", 1..=20, patchy);
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone 20"]);
    world.amend();
    asking(&mut world, "second", json!([]));
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone 20"], "{wave}");
}

#[test]
fn a_survey_that_is_gone_does_not_show_what_tells_about_few_beside_what_was_shown() {
    let mut world = World::of(20);
    asking(&mut world, "first", json!([{ "name": "open", "items": ["trust", "ease"] }]));
    // The items are asked again, the scale is not: it is shown at once, over eighteen people.
    asking(&mut world, "second", json!([]));
    world.wave("first", 1..=20, patchy);
    let before = world.evaluated();
    assert!(before.waves[0].scales[0].views[0].result.shown().is_some());
    assert_eq!(views(item(&before, 0, "trust")), ["everyone asked-again"]);
    world.amend();
    world.surveys.remove("second");
    let after = world.evaluated();
    assert_eq!(after.waves[0].scales[0].views, before.waves[0].scales[0].views);
    assert_eq!(views(item(&after, 0, "trust")), ["everyone asked-again"], "over twenty, it would tell about two");
    world.tell(&Event::RunFinished);
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone would-isolate"]);
}

#[test]
fn whoever_is_asked_later_does_not_take_back_a_breakdown() {
    let mut world = World::of(40);
    for who in 1..=40 {
        let site =
            if who <= 20 { ["north", "south"][usize::from(who % 4 < 2)].to_owned() } else { format!("site {who}") };
        world.attribute(who, "site", &site);
    }
    world.survey("first", json!({ "by": ["site"] }), trust());
    let audience = (1..=20).map(ParticipantId).collect();
    let wave = world.run.next_wave();
    let (survey, closes) = ("first".into(), Timestamp::MAX);
    world.tell(&Event::WaveOpened { wave, survey, audience, closes, remind_at: None, reminder: None });
    (1..=20).for_each(|who| world.answer(wave, who, json!({ "trust": 3 })));
    world.close(wave);
    let before = views(item(&world.evaluated(), 0, "trust"));
    assert_eq!(before, ["everyone 20", "site: north 10", "site: south 10"]);
    world.wave("first", 1..=40, |_| json!({ "trust": 4 }));
    let after = world.evaluated();
    assert_eq!(views(item(&after, 0, "trust")), before);
    assert_eq!(views(item(&after, 1, "trust")).len(), 1, "more than twelve sites tell people apart");
}
