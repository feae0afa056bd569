//! Branches in branches, in loops, in pauses and in parked journeys, and runs that are amended again.

use super::{
    CALLED, LONG, NEW, SHORT, at, begun, diverges, goes_on, moved, new, no_deadline_changed, said, together, with,
};
use crate::amending::{all_continue, amended, holds, live_on, words, yes};
use proptest::prelude::*;
use turnabout_core::amend::{Amendment, Deadlines};
use turnabout_core::decide::Input;
use turnabout_model::Event;
use turnabout_testkit::{Play, later};

#[test]
fn branches_in_branches_are_found_one_inside_the_other() {
    let nested = |outer: &[&str], inner: &[&str]| {
        let inner: Vec<String> = inner.iter().map(|branch| format!("|| {{ {branch} }}")).collect();
        let within = format!("together([ {} ])", inner.join(", "));
        let branches: Vec<&str> =
            outer.iter().map(|branch| if *branch == "within" { &*within } else { branch }).collect();
        together(&branches)
    };
    let begun = || {
        let mut play = Play::of(&nested(&[SHORT, "within"], &[LONG, CALLED]));
        play.until("2026-03-04T09:00:00Z");
        play
    };
    let play = goes_on(begun(), &later("v2", &nested(&[NEW, SHORT, "within"], &[LONG, CALLED])));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    let inside = later("v2", &nested(&[SHORT, "within"], &[NEW, LONG, CALLED]));
    assert_eq!(moved(&goes_on(begun(), &inside)), [(0, Some(1)), (1, Some(2))]);
    // Both at once: the outer branch is the edited one, and in it each is found again.
    let both = later("v2", &nested(&["within", SHORT], &[NEW, CALLED, LONG]));
    let diverged = diverges(&begun(), &both, &yes());
    assert_eq!(diverged.branch.as_ref().unwrap().branch, 1, "moved and edited: that is said");
    let outer = diverged.branch.as_ref().unwrap().mapping(Some(0));
    let play = amended(begun(), both, &Amendment { mappings: vec![outer], ..yes() });
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(0)), (0, Some(2))]);
    assert_eq!((at(&play, "long"), at(&play, "short")), ("2026-04-27".into(), "2026-03-16".into()));
}

#[test]
fn a_race_is_won_by_whom_it_would_have_been_won() {
    let race = |branches: &[&str]| with("race", branches);
    let begun = || {
        let mut play = Play::of(&race(&[LONG, SHORT]));
        play.until("2026-03-04T09:00:00Z");
        play
    };
    let slow = r#"sleep(weeks(30)); "slow""#;
    let play = goes_on(begun(), &later("v2", &race(&[slow, LONG, SHORT])));
    assert_eq!(play.stages(), ["short", "got short"]);
    assert_eq!(at(&play, "short"), "2026-03-16");
    let play = goes_on(begun(), &later("v2", &race(&[SHORT, LONG])));
    assert_eq!(play.stages(), ["short", "got short"]);
}

#[test]
fn rounds_of_loops_are_no_branches() {
    let script = |pause: u8| {
        format!(
            "fn programme(settings) {{ together([ || every(weeks(2), months(2), |n| {{ sleep(days(3)); stage(\"round \" + n); }}), || repeat_until(weeks({pause}), || {{ sleep(weeks(3)); stage(\"again\"); }}) ]); }}"
        )
    };
    let mut play = Play::of(&script(9));
    play.until("2026-03-31T09:00:00Z");
    let before = play.stages().len();
    let new = later("v2", &script(9).replace("days(3)", "days(4)"));
    let judged = play.judge(&new, &yes()).unwrap();
    all_continue(&judged);
    play.amend(new, &yes()).unwrap();
    assert_eq!(moved(&play), []);
    live_on(&mut play);
    assert!(play.stages().len() > before);
}

#[test]
fn branches_from_a_list_are_told_apart_by_what_they_captured() {
    let script = |kinds: &str| {
        format!(
            r#"fn programme(settings) {{
                let branches = [];
                for one in [{kinds}] {{ let kind = one; branches.push(|| {{ sleep(weeks(kind[1])); stage(kind[0]); }}); }}
                together(branches);
            }}"#
        )
    };
    let begun = || {
        let mut play = Play::of(&script(r#"["a", 4], ["b", 6]"#));
        play.until("2026-03-04T09:00:00Z");
        play
    };
    let play = goes_on(begun(), &later("v2", &script(r#"["z", 1], ["a", 4], ["b", 6]"#)));
    assert_eq!((at(&play, "a"), at(&play, "b")), ("2026-03-30".into(), "2026-04-13".into()));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    let play = goes_on(begun(), &later("v2", &script(r#"["b", 6], ["a", 4]"#)));
    assert_eq!((at(&play, "a"), at(&play, "b")), ("2026-03-30".into(), "2026-04-13".into()));
    // One of several that all say the same: nobody knows which.
    let judged = begun().judge(&later("v2", &script(r#"["z", 1], ["a", 5], ["b", 7]"#)), &yes()).unwrap();
    assert!(words(&judged)[0].contains("diverges"), "{:?}", words(&judged));
}

#[test]
fn a_function_that_a_branch_calls_may_change_without_moving_it() {
    let script = |first: &str, pause: u8| {
        format!(
            "fn programme(settings) {{ together([ {first}|| wait(), || sleep(weeks(3)) ]); }}\nfn wait() {{ sleep(weeks({pause})); stage(\"waited\"); }}\n"
        )
    };
    let mut play = Play::of(&script("", 6));
    play.until("2026-03-04T09:00:00Z");
    let new = later("v2", &script("|| sleep(weeks(1)), ", 7));
    let judged = play.judge(&new, &yes()).unwrap();
    all_continue(&judged);
    assert_eq!(judged.journeys[0].deadlines.len(), 1, "of the function's own step");
    let play = amended(play, new, &Amendment { deadlines: Deadlines::Recompute, ..yes() });
    assert_eq!(at(&play, "waited"), "2026-04-20");
}

#[test]
fn a_run_that_was_amended_is_amended_again_and_back() {
    let mut play = begun(&[LONG, SHORT]);
    play.amend(new(&[NEW, LONG, SHORT]), &yes()).unwrap();
    holds(&play);
    let mut play = Play::restarted(&play);
    let third = later("v3", &together(&[SHORT, CALLED, LONG, NEW]));
    no_deadline_changed(&play.judge(&third, &yes()).unwrap());
    play.amend(third, &yes()).unwrap();
    holds(&play);
    let mut play = Play::restarted(&play);
    // Back to what it was: what was added waits, and is let go if that is said.
    let back = later("v4", &together(&[LONG, SHORT]));
    let at_first = diverges(&play, &back, &yes());
    play.amend(back, &Amendment { mappings: at_first.fix.clone(), ..yes() }).unwrap();
    holds(&play);
    live_on(&mut play);
    holds(&play);
    assert_eq!((at(&play, "long"), at(&play, "short")), ("2026-04-27".into(), "2026-03-16".into()));
    assert_eq!(*play.stages().last().unwrap(), r#"got ["long", "short"]"#);
}

#[test]
fn the_value_of_a_branch_that_went_is_never_that_of_one_that_comes_later() {
    let mut play = begun(&[LONG, SHORT]);
    play.until("2026-03-20T09:00:00Z");
    play.amend(new(&[LONG]), &yes()).unwrap();
    let play = amended(play, later("v3", &together(&[LONG, NEW])), &yes());
    assert_eq!(play.stages(), ["short", "new", "long", r#"got ["long", "new"]"#]);
}

#[test]
fn a_parked_journey_is_mended_with_its_branches_where_they_belong() {
    let broken = CALLED.replace("stage(", "stagee(");
    let parked = || {
        let mut play = begun(&[LONG, &broken]);
        let task = play.run().tasks[0].id;
        play.must(&Input::CloseTask { task, choice: "done".into() });
        assert!(play.parked().is_some());
        play
    };
    let mut play = parked();
    let mended = new(&[NEW, LONG, CALLED]);
    assert_eq!(words(&play.judge(&mended, &yes()).unwrap()), ["programme is mended"]);
    play.amend(mended, &yes()).unwrap();
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    holds(&play);
    live_on(&mut play);
    assert_eq!(at(&play, "long"), "2026-04-27");
    assert_eq!(*play.stages().last().unwrap(), r#"got ["new", "long", "called"]"#);
    holds(&play);
    // Nothing waits in the branch that stopped, and still it is not let go in silence.
    let at = diverges(&parked(), &new(&[LONG]), &yes());
    let branch = at.branch.as_ref().unwrap();
    assert!(branch.waits.is_none() && !branch.is_complete);
    assert_eq!(at.fix, said(&[("programme/together#0", 2, None)]).mappings);
}

#[test]
fn in_a_pause_branches_move_too() {
    let mut play = begun(&[LONG, SHORT]);
    play.must(&Input::Pause { until: "2026-03-18T09:00:00Z".parse().unwrap(), reason: None });
    play.amend(new(&[NEW, LONG, SHORT]), &yes()).unwrap();
    holds(&play);
    // Nothing has happened in the new branch yet: it may go again, and come back elsewhere.
    let again = later("v3", &together(&[LONG, SHORT, NEW]));
    all_continue(&play.judge(&again, &yes()).unwrap());
    play.amend(again, &yes()).unwrap();
    live_on(&mut play);
    assert_eq!(*play.stages().last().unwrap(), r#"got ["long", "short", "new"]"#);
    holds(&play);
}

#[test]
fn what_was_drawn_at_random_in_a_branch_that_moves_stays_what_it_was() {
    const DRAWN: &str = r#"let lot = random(); sleep(weeks(2)); stage("drawn " + lot); 1"#;
    let drawn = |play: &Play| play.stages().into_iter().find(|stage| stage.starts_with("drawn")).unwrap().to_owned();
    let mut as_it_was = begun(&[DRAWN, LONG]);
    live_on(&mut as_it_was);
    let play = goes_on(begun(&[DRAWN, LONG]), &new(&[NEW, LONG, DRAWN]));
    assert_eq!(drawn(&play), drawn(&as_it_was));
    let mut twice = begun(&[DRAWN, LONG]);
    twice.amend(new(&[NEW, LONG, DRAWN]), &yes()).unwrap();
    let play = amended(twice, later("v3", &together(&[LONG, DRAWN, NEW])), &yes());
    assert_eq!(drawn(&play), drawn(&as_it_was));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is put among branches and however they are shuffled: each comes to its end when it would have, and its value
    /// stands where the branch stands.
    #[test]
    fn no_shuffle_takes_anything_from_a_branch(
        weeks in proptest::collection::vec(1_u32..12, 1..6),
        new_weeks in proptest::collection::vec(12_u32..20, 0..4),
        seed in any::<[usize; 10]>(),
        days in 0_u32..90,
    ) {
        // Two may be equal, so that their places in the list tell them apart.
        let branch = |weeks: &u32| format!(r#"sleep(weeks({weeks})); stage("w{weeks}"); {weeks}"#);
        let code = |weeks: &[u32]| {
            let branches: Vec<String> = weeks.iter().map(branch).collect();
            together(&branches.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let mut shuffled: Vec<(usize, u32)> = seed.iter().copied().zip(weeks.iter().chain(&new_weeks).copied()).collect();
        shuffled.sort_unstable();
        let shuffled: Vec<u32> = shuffled.into_iter().map(|(_, weeks)| weeks).collect();
        let mut play = Play::of(&code(&weeks));
        let stop = play.now().checked_add(jiff::SignedDuration::from_hours(24 * i64::from(days))).unwrap();
        play.until(&stop.to_string());
        if !play.run().is_over() {
            let now = play.now();
            let new = later("v2", &code(&shuffled));
            no_deadline_changed(&play.judge(&new, &yes()).unwrap());
            play.amend(new, &yes()).unwrap();
            holds(&play);
            let mut play = Play::restarted(&play);
            live_on(&mut play);
            holds(&play);
            let start: jiff::Timestamp = turnabout_testkit::START.parse().unwrap();
            for (at, event) in play.journal() {
                let Event::StageReached { stage } = event else { continue };
                let Some(weeks) = stage.strip_prefix('w').and_then(|weeks| weeks.parse::<u32>().ok()) else { continue };
                let from = if weeks < 12 { start } else { now };
                let passed = at.duration_since(from).as_hours();
                prop_assert!(passed.abs_diff(i64::from(weeks) * 7 * 24) <= 1, "{stage} after {passed} hours");
            }
            let got = format!("got {shuffled:?}");
            prop_assert_eq!(*play.stages().last().unwrap(), got.as_str());
        }
    }
}
