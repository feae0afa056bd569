//! Steps that have another name or are gone, and what a coordinator says of them.

use super::{YEAR, all_continue, amended, edited, half_way, holds, live_on, mapped, words, yes};
use turnabout_core::{
    amend::{Amendment, Obstacle, Verdict},
    bundle::Bundle,
    decide::Refusal,
};
use turnabout_testkit::{Play, bundle_with, later, manifest};

#[test]
fn a_renamed_step_diverges_until_it_is_mapped_and_the_mapping_is_told() {
    let mut programme = manifest();
    let drop_in = programme.sessions.remove("drop-in").unwrap();
    programme.sessions.insert("meet-up".into(), drop_in);
    let script = YEAR.replace("drop-in", "meet-up");
    let new = || Bundle {
        hash: turnabout_model::BundleHash("v2".into()),
        ..bundle_with(programme.clone(), &script).unwrap()
    };
    let mut play = half_way();
    let judged = play.judge(&new(), &yes()).unwrap();
    assert!(!judged.is_clean());
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "hold(drop-in 1)#0");
    assert_eq!(at.expected_at.as_ref().unwrap().line, 9, "in the old script");
    assert_eq!(at.found.as_ref().unwrap().to_string(), "hold(meet-up 1)#0");
    assert_eq!(at.found_at.line, 9);
    assert_eq!(at.fix, mapped(&[("hold(drop-in)", Some("meet-up"))]).mappings);
    let before = play.run().clone();
    assert!(
        matches!(play.amend(new(), &yes()), Err(Refusal::Hindered(obstacle)) if matches!(*obstacle, Obstacle::NoSession { .. }))
    );
    assert_eq!(play.run(), &before, "a refusal changes nothing");
    let play = amended(half_way(), new(), &mapped(&[("hold(drop-in)", Some("meet-up"))]));
    assert!(
        play.run().sessions.iter().all(|session| session.plan.diary != "drop-in"),
        "what was planned has the new name"
    );
}

#[test]
fn a_renamed_journey_goes_on_under_its_new_name() {
    let new = later("v2", &YEAR.replace("pair_journey", "year_of_a_pair"));
    let judged = half_way().judge(&new, &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme diverges: each(pair_journey)#0"), "{:#?}", words(&judged));
    assert!(words(&judged)[1].starts_with("pair_journey fails"), "{:#?}", words(&judged));
    let play = amended(half_way(), new, &mapped(&[("pair_journey", Some("year_of_a_pair"))]));
    assert_eq!(play.run().journeys.iter().filter(|j| j.function == "year_of_a_pair").count(), 2);
}

#[test]
fn applications_stay_open_when_their_numbered_step_or_that_of_one_function_is_renamed() {
    let script = |label: &str| {
        format!(
            r#"fn programme(settings) {{ let c = recruit("{label}", #{{ closes: weeks(3) }}); stage("x"); sleep(days(4)); }}"#
        )
    };
    for (old, pattern, to, new) in [
        ("round 2", "recruit(round)", "wave", "wave 2"),
        ("volunteers", "programme/recruit(volunteers)", "mentors", "mentors"),
    ] {
        let mut play = Play::of(&script(old));
        play.until("2026-03-04T10:00:00Z");
        let play = amended(play, later("v2", &script(new)), &mapped(&[(pattern, Some(to))]));
        let rounds: Vec<_> = play.run().recruitments.iter().map(|round| (round.label.as_str(), round.open)).collect();
        assert_eq!(rounds, [(new, false)], "{pattern}");
        let ended = play.run().ended.expect("it is over");
        assert!(ended > "2026-03-20T00:00:00Z".parse().unwrap(), "nobody's time to apply was cut: {ended}");
    }
}

#[test]
fn a_past_step_that_is_removed_is_skipped() {
    let new = || edited("    send(\"hello\", cohort.everyone);\n", "");
    let judged = half_way().judge(&new(), &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "send(hello)#0");
    assert_eq!(at.fix.iter().map(ToString::to_string).collect::<Vec<_>>(), ["--skip \"programme/send(hello)\""]);
    amended(half_way(), new(), &mapped(&[("programme/send(hello)", None)]));
}

#[test]
fn a_past_step_without_a_label_is_skipped_by_its_key_alone() {
    let mut play = Play::of(
        r#"fn programme(settings) { sleep(days(1)); sleep(days(2)); sleep(days(3)); stage("x"); sleep(days(4)); }"#,
    );
    play.until("2026-03-04T10:00:00Z");
    let new =
        || later("v2", r#"fn programme(settings) { sleep(days(2)); sleep(days(3)); stage("x"); sleep(days(4)); }"#);
    // Without names a script can't tell which sleep has gone: two are over, and the third is asked for as the second.
    let judged = play.judge(&new(), &yes()).unwrap();
    let Verdict::Continues = judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    play.until("2026-03-06T10:00:00Z");
    let judged = play.judge(&new(), &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "sleep#2");
    let amendment = Amendment { mappings: at.fix.clone(), ..yes() };
    all_continue(&play.judge(&new(), &amendment).unwrap());
    play.amend(new(), &mapped(&[("sleep#0", None)])).unwrap();
    holds(&play);
    live_on(&mut play);
    assert_eq!(play.stages(), ["x"]);
}

#[test]
fn a_waiting_step_that_is_skipped_lets_go_of_what_it_waited_for() {
    let new = edited("    let decided = task(\"Look at it\");\n", "");
    let mut play = half_way();
    let open = |play: &Play| play.run().tasks.iter().filter(|task| task.choice.is_none()).count();
    assert_eq!(open(&play), 1);
    play.amend(new, &mapped(&[("on_concern/task(Look at it)", None)])).unwrap();
    assert_eq!(open(&play), 0);
    assert!(play.run().journeys.last().unwrap().ended(), "the handler went on to its end");
    holds(&play);
    live_on(&mut play);
}

#[test]
fn a_mapping_that_means_nothing_is_refused() {
    let judged = half_way().judge(&later("v2", YEAR), &mapped(&[("hold(drop-out)", Some("x"))])).unwrap();
    assert_eq!(judged.obstacles, [Obstacle::NothingMapped { mapping: "hold(drop-out)".into() }]);
}
