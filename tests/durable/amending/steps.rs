//! Steps that a new script has more of, in another order or in another function.

use super::{all_continue, amended, edited, half_way, holds, live_on, words, yes};
use turnabout_core::{
    amend::{Amendment, Verdict},
    bundle::Bundle,
};
use turnabout_model::{MatchingPlan, SolverKind};
use turnabout_testkit::{Play, bundle_with, manifest};

#[test]
fn a_drop_in_that_is_added_to_the_side_begins_at_once() {
    // As the first of all, before the journeys of the pairs.
    let new = edited("    together([\n", "    together([\n        || hold(\"celebration\", cohort.everyone),\n");
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));

    let new = edited(
        "        || every(weeks(6)",
        "        || hold(\"celebration\", cohort.everyone),\n        || every(weeks(6)",
    );
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));

    let new = edited(
        "hold(\"drop-in \" + n, cohort.everyone)),\n",
        "hold(\"drop-in \" + n, cohort.everyone)),\n        || hold(\"celebration\", cohort.everyone),\n",
    );
    let judged = half_way().judge(&new, &yes()).unwrap();
    assert_eq!(judged.journeys[0].asks.iter().map(ToString::to_string).collect::<Vec<_>>(), ["hold(celebration)#0"]);
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));
}

#[test]
fn a_step_that_is_added_later_is_lived_when_its_time_comes_and_no_sleeper_is_woken() {
    let new = edited("    stage(\"over\");", "    hold(\"celebration\", cohort.everyone);\n    stage(\"over\");");
    let mut play = half_way();
    let events = play.amend(new.clone(), &yes()).unwrap();
    assert_eq!(events.len(), 1, "only the switch: nobody is woken: {events:?}");
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));
}

#[test]
fn future_steps_that_are_reordered_are_lived_in_their_new_order() {
    let new = edited(
        "    survey(\"pulse\", cohort.everyone);\n    stage(\"over\");",
        "    stage(\"over\");\n    survey(\"pulse\", cohort.everyone);",
    );
    let play = amended(half_way(), new, &yes());
    assert_eq!(play.stages(), ["recruiting", "over"]);
}

#[test]
fn a_handler_that_is_split_into_two_functions_goes_on() {
    let new = edited(
        "    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
        "    look_at(concern);\n}\n\nfn look_at(concern) {\n    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
    );
    amended(half_way(), new, &yes());
    // As a journey of its own it is another step.
    let new = edited(
        "    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
        "    each([concern], \"look_at\");\n}\n\nfn look_at(concern) {\n    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
    );
    let judged = half_way().judge(&new, &yes()).unwrap();
    let found = words(&judged);
    assert!(found[3].starts_with("on_concern diverges: task(Look at it)#0 but each(look_at)#0"), "{found:#?}");
    assert_eq!(found.iter().filter(|word| word.contains("diverges")).count(), 1);
}

#[test]
fn another_body_of_a_round_holds_from_the_next_round_on() {
    let new = edited("sleep(weeks(5)) ]);", "sleep(weeks(5)) ]);\n        send(\"hello\", pair.mentor);");
    let play = amended(half_way(), new, &yes());
    let hellos = play.run().messages.iter().filter(|message| message.template == "hello").count();
    assert!(hellos > 10, "{hellos}");
}

#[test]
fn another_solver_holds_for_later_matchings_alone() {
    let script = r#"fn programme(settings) {
        match_pairs("anyone", cohort(), #{ publish: "at-once" });
        sleep(weeks(1));
        match_pairs("other", cohort(), #{ publish: "at-once" });
    }"#;
    let mut programme = manifest();
    programme.matching.insert("other".into(), MatchingPlan::new(SolverKind::Optimal, Vec::new()));
    let with = |solver: SolverKind, hash: &str| {
        let mut programme = programme.clone();
        programme.matching.insert("other".into(), MatchingPlan::new(solver, Vec::new()));
        Bundle { hash: turnabout_model::BundleHash(hash.into()), ..bundle_with(programme, script).unwrap() }
    };
    let mut play = Play::of_bundle(with(SolverKind::Optimal, "v1"));
    let pairs = play.run().pairs.clone();
    all_continue(&play.judge(&with(SolverKind::Stable, "v2"), &yes()).unwrap());
    play.amend(with(SolverKind::Stable, "v2"), &yes()).unwrap();
    assert_eq!(play.run().pairs, pairs);
    holds(&play);
}

#[test]
fn a_branch_that_is_gone_is_told_while_something_waits_in_it() {
    let series = "        || every(weeks(6), months(3), |n| hold(\"drop-in \" + n, cohort.everyone)),\n";
    let judged = half_way().judge(&edited(series, ""), &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme diverges: every#0 but together#0"), "{:#?}", words(&judged));
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!() };
    let mut play = half_way();
    play.amend(edited(series, ""), &Amendment { mappings: at.fix.clone(), ..yes() }).unwrap();
    let planned = play.run().sessions.iter().filter(|s| s.status == turnabout_model::SessionStatus::Planned).count();
    assert_eq!(planned, 0, "what was planned in it is called off");
    holds(&play);
    live_on(&mut play);
}

/// What is said of steps that are new before others, and that no mapping is proposed for it.
fn late(play: &Play, new: &Bundle) -> (Vec<String>, String, bool) {
    let judged = play.judge(new, &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.fix, [], "what has happened is not to be let go for it");
    let late = at.late.as_ref().unwrap();
    (late.steps.iter().map(ToString::to_string).collect(), late.after.to_string(), late.is_open)
}

#[test]
fn a_step_that_is_new_before_what_has_happened_is_told_with_where_it_can_go() {
    let before = |what: &str, new: &str| edited(what, &format!("{new}{what}"));
    // Before the branches that are under way.
    let hello = "    send(\"hello\", \"contact\");\n    stage(\"together\");\n";
    let told = late(&half_way(), &before("    together([", hello));
    assert_eq!(told, (vec!["send(hello)#1".into(), "stage(together)#0".into()], "together#0".into(), true));
    // Before what is complete, even at the very top.
    let told = late(&half_way(), &before("    stage(\"recruiting\");", "    stage(\"before\");\n"));
    assert_eq!(told, (vec!["stage(before)#0".into()], "together#0".into(), true));
    // Before branches that are complete.
    let script = |new: &str| {
        format!(
            "fn programme(settings) {{ {new}together([ || sleep(weeks(1)), || sleep(weeks(2)) ]); sleep(weeks(9)); }}"
        )
    };
    let mut play = Play::of(&script(""));
    play.until("2026-03-20T09:00:00Z");
    let told = late(&play, &turnabout_testkit::later("v2", &script("stage(\"new\"); ")));
    assert_eq!(told, (vec!["stage(new)#0".into()], "sleep#0".into(), false));
    // By a function that is called once more.
    let of = |more: &str| {
        format!(
            "fn programme(settings) {{ tell(\"a\"); {more}together([ || sleep(weeks(9)) ]); }}\nfn tell(what) {{ stage(what); }}"
        )
    };
    let told = late(&Play::of(&of("")), &turnabout_testkit::later("v2", &of("tell(\"b\"); ")));
    assert_eq!(told, (vec!["stage(b)#0".into()], "together#0".into(), true));
    // Put where it is told to go, it continues.
    let after = edited("    survey(\"pulse\"", "    stage(\"together\");\n    survey(\"pulse\"");
    all_continue(&half_way().judge(&after, &yes()).unwrap());
    let inside = edited("    together([\n", "    together([\n        || stage(\"together\"),\n");
    let play = amended(half_way(), inside, &yes());
    assert_eq!(play.stages(), ["recruiting", "together", "over"]);
}

#[test]
fn a_step_in_the_place_of_another_is_not_taken_for_one_that_is_new_before_it() {
    let mut play = Play::of(r#"fn programme(settings) { stage("one"); sleep(weeks(2)); stage("end"); }"#);
    let new =
        turnabout_testkit::later("v2", r#"fn programme(settings) { task("Look"); sleep(weeks(2)); stage("end"); }"#);
    let judged = play.judge(&new, &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.late, None);
    let _ = &mut play;
}
