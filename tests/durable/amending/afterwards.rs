//! What becomes of a run: mended, amended again, read back.

use super::{YEAR, edited, half_way, holds, live_on, mapped, words, yes};
use turnabout_core::{
    decide::Refusal,
    replay::Retention,
    run::{Run, RunStatus},
};
use turnabout_model::{Event, Wait};
use turnabout_testkit::{Play, later};

#[test]
fn a_parked_journey_is_mended_by_an_amendment() {
    let mut play = Play::of(
        r#"fn programme(settings) { let first = signal("go"); stagee("oops"); let more = signal("more"); stage(more.key); }"#,
    );
    play.signal("go", "1");
    assert!(play.parked().is_some());
    play.signal("more", "2");
    let still = later("v2", r#"fn programme(settings) { let first = signal("go"); stageee("oops"); }"#);
    let judged = play.judge(&still, &yes()).unwrap();
    assert!(words(&judged)[0].contains("stays parked"), "{:?}", words(&judged));
    let new = later(
        "v3",
        r#"fn programme(settings) { let first = signal("go"); stage("mended"); let more = signal("more"); stage(more.key); }"#,
    );
    assert_eq!(words(&play.judge(&new, &yes()).unwrap()), ["programme is mended"]);
    play.amend(new, &yes()).unwrap();
    assert_eq!(play.stages(), ["mended", "2"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
    holds(&play);
}

#[test]
fn what_would_fail_at_once_is_found_before_and_not_after() {
    let mut play = half_way();
    let new = edited(
        "hold(\"drop-in \" + n, cohort.everyone)),\n",
        "hold(\"drop-in \" + n, cohort.everyone)),\n        || send(\"no-such-message\", \"coordinator\"),\n",
    );
    let judged = play.judge(&new, &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme fails: "), "{:#?}", words(&judged));
    let before = play.run().clone();
    assert!(matches!(play.amend(new, &yes()), Err(Refusal::WouldDiverge(_))));
    assert_eq!(play.run(), &before);
}

#[test]
fn a_run_is_amended_again_and_again() {
    let mut play = half_way();
    for (hash, body) in [("v2", "sleep(weeks(4))"), ("v3", "sleep(weeks(3))"), ("v4", "sleep(weeks(5))")] {
        play.amend(later(hash, &YEAR.replace("sleep(weeks(5))", body)), &yes()).unwrap();
        holds(&play);
        let next = play.now().checked_add(jiff::SignedDuration::from_hours(24 * 20)).unwrap();
        play.until(&next.to_string());
        holds(&play);
    }
    assert_eq!(play.run().past_bundles.len(), 3);
    live_on(&mut play);
}

#[test]
fn the_same_bundle_again_is_no_amendment_and_a_run_that_is_over_takes_none() {
    let mut play = half_way();
    assert_eq!(play.judge(&later("test", YEAR), &yes()).unwrap_err().code(), "run::already_so");
    live_on(&mut play);
    assert_eq!(play.judge(&later("v2", YEAR), &yes()).unwrap_err().code(), "run::over");
}

#[test]
fn completed_rounds_that_the_new_script_would_have_lived_otherwise_are_told() {
    let play = half_way();
    let new = edited("let next = race", "send(\"hello\", pair.mentor);\n        let next = race");
    let all: Run = play.folded(Retention::All);
    let context = play.context(&new);
    let found = turnabout_core::amend::look_back(&all, (&yes(), &[]), &all.settings, context);
    assert!(!found.is_empty());
    assert!(
        play.run()
            .journeys
            .iter()
            .any(|j| j.memory.waiting().any(|(_, _, wait)| matches!(wait, Wait::Branches { .. })))
    );
    let same = later("v2", YEAR);
    let context = play.context(&same);
    assert!(turnabout_core::amend::look_back(&all, (&yes(), &[]), &all.settings, context).is_empty());
}

#[test]
fn what_is_complete_is_looked_back_on_by_the_name_that_its_function_has_now() {
    let play = half_way();
    let new = later("v2", &YEAR.replace("pair_journey", "year_of_a_pair"));
    let all: Run = play.folded(Retention::All);
    let context = play.context(&new);
    let renamed = mapped(&[("pair_journey", Some("year_of_a_pair"))]);
    assert!(turnabout_core::amend::look_back(&all, (&renamed, &[]), &all.settings, context).is_empty());
    let other = later(
        "v2",
        &YEAR
            .replace("pair_journey", "year_of_a_pair")
            .replace("let next = race", "send(\"hello\", pair.mentor);\n        let next = race"),
    );
    let context = play.context(&other);
    let found = turnabout_core::amend::look_back(&all, (&renamed, &[]), &all.settings, context);
    assert_eq!(found.len(), 2, "each pair has a round that is complete: {found:#?}");
}

#[test]
fn an_amendment_reads_back_from_the_journal_of_an_earlier_build() {
    let line = r#"{"event":"bundle_switched","from":"aa","to":"bb"}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    let mut run = Run::default();
    run.apply(jiff::Timestamp::UNIX_EPOCH, &event);
    assert_eq!(run.bundle.unwrap().0, "bb");
}
