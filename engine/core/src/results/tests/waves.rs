//! Single waves.

use super::*;

#[test]
fn an_open_wave_and_an_election_give_nothing_but_how_many_answered() {
    let mut world = World::of(20);
    world.survey("pulse", json!({}), trust());
    world.survey(
        "election",
        json!({ "mode": "named" }),
        json!([{ "name": "wanted", "type": "ranking", "text": "?" },
        { "name": "why", "type": "text", "text": "?" }]),
    );
    let open = world.send("pulse");
    (1..=18).for_each(|who| world.answer(open, who, json!({ "trust": 4 })));
    world.wave("election", 1..=20, |_| json!({ "wanted": ["person-1"], "why": "secret" }));
    let found = world.evaluated();
    assert_eq!(found.waves.len(), 1, "an election is the matching's");
    assert_eq!((found.waves[0].invited, found.waves[0].completed, found.waves[0].items.len()), (20, 18, 0));
    assert!(!serde_json::to_string(&found).unwrap().contains("secret"));
    world.close(open);
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone 18"]);
}

#[test]
fn each_kind_of_question_has_its_figures() {
    let mut world = World::of(20);
    world.survey(
        "all",
        json!({}),
        json!([
        { "name": "trust", "type": "likert", "text": "I trust", "labels": ["no", "less", "so", "more", "yes"] },
        { "name": "pace", "type": "single", "text": "?", "choices": ["slow", "fast"] },
        { "name": "days", "type": "multiple", "text": "?", "choices": ["mon", "tue"] },
        { "name": "order", "type": "ranking", "text": "?", "choices": ["tea", "milk", "water"] },
        { "name": "years", "type": "integer", "text": "?" },
        { "name": "since", "type": "date", "text": "?" },
        { "name": "why", "type": "text", "text": "?" },
        { "name": "avoids", "type": "avoid", "text": "?" },
        { "name": "twice", "type": "calculate", "calculation": "2 * ${years}" },
        { "name": "hidden", "type": "integer", "text": "?", "calculation": "2 * ${years}" } ]),
    );
    world.wave("all", 1..=20, |who| {
        json!({ "trust": if who <= 15 { 5 } else { 1 }, "pace": if who <= 5 { "slow" } else { "fast" },
            "days": if who <= 10 { json!(["mon", "tue"]) } else { json!(["tue"]) },
            "order": if who <= 10 { json!(["milk"]) } else { json!(["tea", "milk", "water"]) },
            "years": who, "since": "2020-01-01", "why": format!("  {who} words "), "avoids": ["person-2"],
            "twice": 2 * who, "hidden": 2 * who })
    });
    let found = world.evaluated();
    let names: Vec<&str> = found.waves[0].items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["trust", "pace", "days", "order", "years", "since", "why"]);
    let figure = |name| item(&found, 0, name)[0].result.shown().unwrap();
    let Summary::Likert(trust) = figure("trust") else { panic!() };
    assert_eq!((trust.n, trust.agree.count, trust.points[4].label.as_str()), (20, 15, "yes"));
    let Summary::Choices(days) = figure("days") else { panic!() };
    assert_eq!((days.several, days.choices[0].share.count, days.choices[1].share.count), (true, 10, 20));
    let Summary::Ranking(order) = figure("order") else { panic!() };
    let places: Vec<(usize, f64)> = order.choices.iter().map(|choice| (choice.first, choice.mean_rank)).collect();
    // Ten leave tea and water unranked: they share the places two and three.
    assert_eq!(places, [(10, 1.75), (10, 1.5), (0, 2.75)]);
    let Summary::Number(years) = figure("years") else { panic!() };
    assert_eq!((years.mean, years.median), (10.5, 10.5));
    let json = serde_json::to_value(years).unwrap();
    assert!(json.get("min").is_none() && json.get("max").is_none());
    assert_eq!(figure("since"), &Summary::Dates { n: 20 });
    let Summary::Comments { n, comments } = figure("why") else { panic!() };
    assert_eq!((*n, comments.len()), (20, 20));
    assert!(comments.iter().all(|comment| comment.trim() == comment));
}

#[test]
fn comments_stand_in_an_order_that_nobody_can_turn_back() {
    let questions =
        json!([{ "name": "why", "type": "text", "text": "?" }, { "name": "how", "type": "text", "text": "?" }]);
    let comments = |backwards: bool| {
        let mut world = World::of(20);
        world.survey("s", json!({ "by": ["role"] }), questions.clone());
        world.wave("s", 1..=20, |who| {
            let who = if backwards { 21 - who } else { who };
            json!({ "why": format!("word {who:02}"), "how": format!("word {who:02}") })
        });
        let found = world.evaluated();
        ["why", "how"].map(|name| {
            let [ViewResult { result: Shown::Shown(Summary::Comments { comments, .. }), .. }] = item(&found, 0, name)
            else {
                panic!("comments are never broken down");
            };
            comments.clone()
        })
    };
    let [why, how] = comments(false);
    assert_ne!(why, how, "whoever wrote the third of one list did not write the third of the other");
    assert_eq!([why.clone(), how], comments(true), "the order tells nothing about who wrote what");
    let mut sorted = why.clone();
    sorted.sort();
    assert_ne!(why, sorted);
}

#[test]
fn comments_need_ten_even_where_fewer_make_a_result() {
    let mut world = World::of(20);
    world.survey("s", json!({}), json!([{ "name": "why", "type": "text", "text": "?" }, trust()[0]]));
    world.wave("s", 1..=9, |_| json!({ "why": "because", "trust": 3 }));
    let found = world.evaluated();
    assert_eq!(views(item(&found, 0, "why")), ["everyone too-few"]);
    assert_eq!(views(item(&found, 0, "trust")), ["everyone 9"]);
}

#[test]
fn one_small_role_takes_the_other_with_it() {
    let mut world = World::of(20);
    world.survey("s", json!({ "by": ["role"] }), trust());
    world.survey("t", json!({ "by": ["role"] }), json!([{ "name": "trust", "type": "likert", "text": "I do trust" }]));
    // All ten mentors, four mentees.
    let few = (1..=20).filter(|who| who % 2 == 1 || *who <= 8);
    world.wave("s", few, |_| json!({ "trust": 4 }));
    world.wave("t", 1..=20, |_| json!({ "trust": 4 }));
    let found = world.evaluated();
    assert_eq!(views(item(&found, 0, "trust")), ["everyone 14", "role: mentor would-isolate", "role: mentee too-few"]);
    assert_eq!(views(item(&found, 1, "trust")), ["everyone 20", "role: mentor 10", "role: mentee 10"]);
}

#[test]
fn attributes_tell_results_apart_and_special_ones_never_do() {
    let mut world = World::of(24);
    world.survey("s", json!({ "by": ["site", "faith", "shoe"] }), trust());
    for who in 1..=24 {
        world.attribute(who, "site", if who <= 12 { "north" } else { "south" });
        world.attribute(who, "faith", if who <= 12 { "a" } else { "b" });
        world.attribute(who, "shoe", "42");
        let person = world.people.get_mut(&ParticipantId(who)).unwrap();
        person.consents.insert("faith".into());
    }
    world.wave("s", 1..=24, |_| json!({ "trust": 4 }));
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone 24", "site: north 12", "site: south 12"]);
}

#[test]
fn a_scale_is_scored_and_never_shown_where_it_would_tell_an_item_of_few() {
    let mut world = World::of(20);
    let scale = json!({ "name": "open", "items": ["a", "b"], "reverse": ["b"], "least": 1 });
    for (survey, label) in [("s", "B"), ("t", "Bee")] {
        let questions = json!([{ "name": "q", "type": "likert", "text": survey, "statements": [
            { "name": "a", "label": "A" }, { "name": "b", "label": label }] }]);
        world.survey(survey, json!({ "scales": [scale] }), questions);
    }
    world.wave("s", 1..=20, |who| json!({ "a": 1 + who % 5, "b": 5 - who % 5 }));
    world.wave("t", 1..=20, |who| if who == 1 { json!({ "a": 4 }) } else { json!({ "a": 4, "b": 1 + who % 3 }) });
    let found = world.evaluated();
    let scale = |wave: usize| &found.waves[wave].scales[0];
    let whole = scale(0).views[0].result.shown().unwrap();
    assert_eq!((whole.n, whole.mean, scale(0).range), (20, 3.0, [1.0, 5.0]));
    assert!((whole.alpha.unwrap() - 1.0).abs() < 1e-9, "each item turned round is the other");
    // Twenty have a score and nineteen answered b: who is in the one and not in the other is one person.
    assert_eq!(views(item(&found, 1, "b")), ["everyone 19"]);
    assert_eq!(scale(1).views[0].result, Shown::Withheld(crate::release::Withheld::WouldIsolate));
}

#[test]
fn nobody_is_known_in_an_anonymous_wave() {
    let mut world = World::of(20);
    world.survey("s", json!({ "mode": "anonymous", "by": ["role"] }), trust());
    for _ in 0..2 {
        let wave = world.wave("s", 1..=20, |_| json!({ "trust": 4 }));
        world
            .responses
            .iter_mut()
            .filter(|response| response.wave == wave)
            .for_each(|response| response.participant = None);
    }
    let found = world.evaluated();
    assert_eq!(item(&found, 0, "trust").iter().filter(|view| view.result.shown().is_some()).count(), 1);
    assert!(found.changes.is_empty(), "unpaired waves are never change");
}

#[test]
fn a_draft_and_a_stranger_do_not_count() {
    let mut world = World::of(10);
    world.survey("s", json!({}), trust());
    let wave = world.wave("s", 1..=9, |_| json!({ "trust": 4 }));
    for participant in [Some(ParticipantId(10)), Some(ParticipantId(99)), None] {
        world.responses.push(Answered { wave, participant, answers: [("trust".into(), json!(1))].into() });
    }
    assert_eq!(views(item(&world.evaluated(), 0, "trust")), ["everyone 9"]);
}
