//! Branches of `together` and `race` that are added, moved, edited or removed while they are open: each keeps what is its own.

mod deeper;
mod kept;

use super::{all_continue, amended, holds, live_on, words, yes};
use turnabout_core::amend::{Amendment, BranchNote, Deadlines, Judged, Obstacle, Verdict};
use turnabout_core::bundle::Bundle;
use turnabout_core::decide::{Input, Refusal};
use turnabout_model::{Event, Mapping, MovedBranch};
use turnabout_testkit::{Play, later};

/// A programme whose branches are these, a branch a line.
fn with(verb: &str, branches: &[&str]) -> String {
    let list = branches.iter().map(|branch| format!("        || {{ {branch} }},\n")).collect::<Vec<_>>().concat();
    format!(
        "fn programme(settings) {{\n    let all = cohort();\n    let got = {verb}([\n{list}    ]);\n    stage(\"got \" + got);\n}}\n"
    )
}

const LONG: &str = r#"sleep(weeks(8)); stage("long"); "long""#;
const SHORT: &str = r#"sleep(weeks(2)); stage("short"); "short""#;
const NEW: &str = r#"sleep(weeks(1)); stage("new"); "new""#;
const CALLED: &str = r#"task("Call them"); stage("called"); "called""#;

fn together(branches: &[&str]) -> String {
    with("together", branches)
}

/// A week into it.
fn begun(branches: &[&str]) -> Play {
    let mut play = Play::of(&together(branches));
    play.until("2026-03-04T09:00:00Z");
    play
}

fn new(branches: &[&str]) -> Bundle {
    later("v2", &together(branches))
}

fn said(mappings: &[(&str, u32, Option<u32>)]) -> Amendment {
    let number = |n: u32| n.try_into().unwrap();
    let mapping = |(of, from, to): &(&str, u32, Option<u32>)| Mapping::Branch {
        of: of.parse().unwrap(),
        from: number(*from),
        to: to.map(number),
    };
    Amendment { mappings: mappings.iter().map(mapping).collect(), ..yes() }
}

/// Where the branches went, as the journal has it.
fn moved(play: &Play) -> Vec<(u32, Option<u32>)> {
    let switched = play.journal().iter().rev().find_map(|(_, event)| match event {
        Event::BundleSwitched { branches, .. } => Some(branches),
        _ => None,
    });
    let pairs = |moved: &MovedBranch| (moved.from, moved.to);
    switched.unwrap().iter().flat_map(|moved| &moved.branches).map(pairs).collect()
}

fn at(play: &Play, stage: &str) -> String {
    let reached = play
        .journal()
        .iter()
        .find(|(_, event)| matches!(event, Event::StageReached { stage: known } if known == stage));
    reached.unwrap_or_else(|| panic!("{stage} was never reached: {:?}", play.stages())).0.to_string()[..10].to_owned()
}

fn no_deadline_changed(judged: &Judged) {
    let changed: Vec<_> = judged.journeys.iter().flat_map(|journey| &journey.deadlines).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Judges, amends and lives on; nothing that waits gets another deadline.
fn goes_on(play: Play, new: &Bundle) -> Play {
    let judged = play.judge(new, &yes()).unwrap();
    all_continue(&judged);
    no_deadline_changed(&judged);
    amended(play, new.clone(), &yes())
}

fn diverges(play: &Play, new: &Bundle, by: &Amendment) -> Box<turnabout_core::amend::Diverged> {
    let judged = play.judge(new, by).unwrap();
    let Verdict::Diverges(at) = judged.journeys[0].verdict.clone() else { panic!("{:#?}", words(&judged)) };
    at
}

#[test]
fn a_branch_that_is_added_before_others_takes_nothing_of_theirs() {
    let play = goes_on(begun(&[LONG, SHORT]), &new(&[NEW, LONG, SHORT]));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    assert_eq!((at(&play, "long"), at(&play, "short")), ("2026-04-27".into(), "2026-03-16".into()));
    assert_eq!(at(&play, "new"), "2026-03-11", "it counts from the amendment");
    assert_eq!(*play.stages().last().unwrap(), r#"got ["new", "long", "short"]"#);
}

#[test]
fn a_branch_that_is_added_between_or_after_others_takes_nothing_of_theirs() {
    let play = goes_on(begun(&[LONG, SHORT]), &new(&[LONG, NEW, SHORT]));
    assert_eq!(moved(&play), [(1, Some(2))]);
    assert_eq!(*play.stages().last().unwrap(), r#"got ["long", "new", "short"]"#);
    let play = goes_on(begun(&[LONG, SHORT]), &new(&[LONG, SHORT, NEW]));
    assert_eq!(moved(&play), []);
    assert_eq!(*play.stages().last().unwrap(), r#"got ["long", "short", "new"]"#);
}

#[test]
fn branches_that_change_places_keep_what_they_wait_for() {
    let play = goes_on(begun(&[LONG, SHORT, CALLED]), &new(&[CALLED, SHORT, LONG]));
    assert_eq!((at(&play, "long"), at(&play, "short")), ("2026-04-27".into(), "2026-03-16".into()));
}

#[test]
fn comments_and_white_space_make_no_other_branch() {
    let spaced = together(&[NEW, LONG, SHORT]).replace("sleep(weeks(8));", "\n  // the long one\n  sleep( weeks(8) );");
    let play = goes_on(begun(&[LONG, SHORT]), &later("v2", &spaced));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
}

#[test]
fn a_branch_that_is_gone_while_it_waits_is_named_and_let_go_only_if_that_is_said() {
    let play = begun(&[LONG, SHORT]);
    let without = new(&[SHORT]);
    let at = diverges(&play, &without, &yes());
    assert_eq!(at.expected.to_string(), "sleep#0");
    assert_eq!(at.expected_at.as_ref().unwrap().line, 4, "in the old script");
    assert_eq!(at.found.as_ref().unwrap().to_string(), "together#0");
    let branch = at.branch.as_ref().unwrap();
    assert_eq!((branch.branch, branch.may_be.len()), (0, 0));
    assert_eq!(branch.was.shown, r#"|| { sleep(weeks(8)); stage("long"); "long" }"#);
    assert_eq!(at.fix, said(&[("programme/together#0", 1, None)]).mappings);
    let mut other = begun(&[LONG, SHORT]);
    assert!(matches!(other.amend(without.clone(), &yes()), Err(Refusal::WouldDiverge(_))));
    let play = amended(play, without, &Amendment { mappings: at.fix.clone(), ..yes() });
    assert_eq!(play.stages(), ["short", r#"got ["short"]"#]);
}

#[test]
fn what_a_branch_that_is_gone_has_planned_is_called_off_and_the_journeys_it_began_end() {
    let script = |branch: &str| {
        format!(
            "fn programme(settings) {{\n    sleep(days(1));\n    together([\n{branch}        || sleep(weeks(8)),\n    ]);\n}}\nfn look(pair) {{ sleep(weeks(20)); }}\n"
        )
    };
    let branch = "        || { together([ || hold(\"drop-in\", cohort().everyone), || each([1, 2], \"look\") ]); },\n";
    let mut play = Play::of(&script(branch));
    play.until("2026-03-04T09:00:00Z");
    let gone = said(&[("programme/together#0", 1, None)]);
    let without = later("v2", &script(""));
    let judged = play.judge(&without, &gone).unwrap();
    // Two are called together#0, so that the one that is meant is named by its key.
    let key = Amendment { mappings: diverges(&play, &without, &yes()).fix.clone(), ..yes() };
    assert!(matches!(&key.mappings[..], [Mapping::Branch { of, to: None, .. }] if of.key.is_some()), "{key:?}");
    assert!(judged.is_clean(), "{:#?}", words(&judged));
    assert_eq!(words(&judged), ["programme continues", "look ends", "look ends"]);
    play.amend(without, &key).unwrap();
    let sessions: Vec<_> = play.run().sessions.iter().map(|session| session.status).collect();
    assert_eq!(sessions, [turnabout_model::SessionStatus::Cancelled]);
    holds(&play);
    live_on(&mut play);
    holds(&play);
}

#[test]
fn an_edited_branch_is_still_itself_and_the_edit_is_told() {
    let play = begun(&[LONG, SHORT]);
    let longer = LONG.replace("weeks(8)", "weeks(9)");
    let edited = new(&[&longer, SHORT]);
    let judged = play.judge(&edited, &yes()).unwrap();
    all_continue(&judged);
    assert_eq!(judged.journeys[0].deadlines.len(), 1, "its deadline is another one now");
    let [BranchNote::Known { from: 0, now: Some((0, now)), .. }] = &judged.journeys[0].branches[..] else {
        panic!("{:#?}", judged.journeys[0].branches)
    };
    assert!(now.shown.contains("weeks(9)"));
    let play = amended(play, edited, &Amendment { deadlines: Deadlines::Recompute, ..yes() });
    assert_eq!((at(&play, "long"), at(&play, "short")), ("2026-05-04".into(), "2026-03-16".into()));
    // Beside one that is added, its steps tell which it is.
    let called = CALLED.replace("stage(\"called\")", "stage(\"heard\")");
    let mut play = begun(&[LONG, CALLED]);
    let both = new(&[LONG, NEW, &called]);
    all_continue(&play.judge(&both, &yes()).unwrap());
    play.amend(both, &yes()).unwrap();
    assert_eq!(moved(&play), [(1, Some(2))]);
    let task = play.run().tasks[0].id;
    play.must(&Input::CloseTask { task, choice: "done".into() });
    assert_eq!(play.stages(), ["heard"]);
    holds(&play);
}

#[test]
fn where_it_may_be_one_of_several_nothing_is_guessed() {
    let play = begun(&[LONG, CALLED]);
    let longer = LONG.replace("weeks(8)", "weeks(9)");
    let both = new(&[NEW, &longer, CALLED]);
    let at = diverges(&play, &both, &yes());
    let branch = at.branch.as_ref().unwrap();
    assert_eq!(branch.may_be.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(at.fix, [], "it is for a person to say");
    // What a person says is taken, and only the branches that are there can be said.
    let play = amended(begun(&[LONG, CALLED]), both.clone(), &said(&[("together", 1, Some(2))]));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    assert_eq!(super::branches::at(&play, "long"), "2026-04-27");
    let judged = begun(&[LONG, CALLED]).judge(&both, &said(&[("together", 3, Some(2))])).unwrap();
    assert!(matches!(judged.obstacles[..], [Obstacle::NoSuchBranch { old: 2, new: 3, .. }]), "{:?}", judged.obstacles);
    let judged = begun(&[LONG, CALLED]).judge(&both, &said(&[("sleep", 1, Some(2))])).unwrap();
    assert!(matches!(judged.obstacles[..], [Obstacle::NothingMapped { .. }]), "{:?}", judged.obstacles);
}

#[test]
fn a_branch_whose_step_has_another_name_beside_a_new_one_is_found_with_the_rename() {
    let script = [CALLED, SHORT];
    let play = begun(&script);
    let renamed = new(&[NEW, &CALLED.replace("Call them", "Ring them up"), SHORT]);
    let at = diverges(&play, &renamed, &yes());
    assert_eq!(at.branch.as_ref().unwrap().may_be.len(), 2);
    let told: Vec<String> = at.fix.iter().map(ToString::to_string).collect();
    assert_eq!(told, [r#"--branch "programme/together#0:1=2""#, r#"--rename "task(Call them)=Ring them up""#]);
    amended(begun(&script), renamed, &Amendment { mappings: at.fix.clone(), ..yes() });
}

#[test]
fn two_equal_branches_with_one_added_before_keep_their_order() {
    let play = goes_on(begun(&[SHORT, SHORT]), &new(&[NEW, SHORT, SHORT]));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    let play = goes_on(begun(&[SHORT, SHORT]), &new(&[SHORT, SHORT, SHORT]));
    assert_eq!(moved(&play), []);
    assert_eq!(play.stages().iter().filter(|stage| **stage == "short").count(), 3);
}

#[test]
fn of_two_equal_branches_one_of_which_is_gone_a_person_says_which() {
    let play = begun(&[SHORT, LONG, SHORT]);
    let at = diverges(&play, &new(&[SHORT, LONG]), &yes());
    assert_eq!(at.branch.as_ref().unwrap().branch, 2);
    assert_eq!(at.fix, []);
    amended(play, new(&[SHORT, LONG]), &said(&[("together", 3, None)]));
}

#[test]
fn a_branch_that_is_complete_keeps_its_value_where_it_stands_now() {
    let done = || {
        let mut play = begun(&[SHORT, LONG]);
        play.until("2026-03-20T09:00:00Z");
        assert_eq!(play.stages(), ["short"]);
        play
    };
    let play = goes_on(done(), &new(&[NEW, SHORT, LONG]));
    assert_eq!(moved(&play), [(0, Some(1)), (1, Some(2))]);
    assert_eq!(play.stages(), ["short", "new", "long", r#"got ["new", "short", "long"]"#]);
    let play = goes_on(done(), &new(&[LONG, SHORT]));
    assert_eq!(play.stages(), ["short", "long", r#"got ["long", "short"]"#]);
    // It may go, with its value.
    let play = goes_on(done(), &new(&[LONG]));
    assert_eq!(moved(&play), [(0, None), (1, Some(0))]);
    assert_eq!(play.stages(), ["short", "long", r#"got ["long"]"#]);
    // But whether a new one is what it became nobody can tell.
    let at = diverges(&done(), &new(&[LONG, NEW]), &yes());
    assert_eq!(at.branch.as_ref().unwrap().waits, None);
    let play = amended(done(), new(&[LONG, NEW]), &said(&[("together", 1, None)]));
    assert_eq!(play.stages(), ["short", "new", "long", r#"got ["long", "new"]"#]);
    let play = amended(done(), new(&[LONG, NEW]), &said(&[("together", 1, Some(2))]));
    assert_eq!(play.stages(), ["short", "long", r#"got ["long", "short"]"#]);
}

#[test]
fn the_last_branch_that_waits_may_go_and_the_rest_is_over_at_once() {
    let mut play = begun(&[SHORT, LONG]);
    play.until("2026-03-20T09:00:00Z");
    play.amend(new(&[SHORT]), &said(&[("together", 2, None)])).unwrap();
    assert_eq!(play.stages(), ["short", r#"got ["short"]"#]);
    holds(&play);
}
