//! What waits is kept where a mapping keeps it. Where none does, that is said before it is proposed to let it go.

use super::{CALLED, LONG, NEW, SHORT, begun, diverges, moved, new, together, with};
use crate::amending::{amended, holds, live_on, yes};
use turnabout_core::{
    amend::{Amendment, Diverged},
    decide::Input,
};
use turnabout_testkit::{Play, later};

const TOLD: &str = r#"task("Tell them"); stage("told"); "told""#;

fn race(branches: &[&str]) -> String {
    with("race", branches)
}

/// A week into a script.
fn lived(script: &str) -> Play {
    let mut play = Play::of(script);
    play.until("2026-03-04T09:00:00Z");
    play
}

fn fixes(at: &Diverged) -> Vec<String> {
    at.fix.iter().map(ToString::to_string).collect()
}

/// What is let go, each with whether it is asked for anew.
fn lost(at: &Diverged) -> Vec<(String, bool)> {
    at.lost.iter().map(|lost| (lost.step.to_string(), lost.is_asked_anew)).collect()
}

fn as_told(at: &Diverged) -> Amendment {
    Amendment { mappings: at.fix.clone(), ..yes() }
}

#[test]
fn a_together_that_becomes_a_race_keeps_what_waits() {
    let (old, new) = (together(&[LONG, CALLED, SHORT]), later("v2", &race(&[LONG, NEW, CALLED, SHORT])));
    let at = diverges(&lived(&old), &new, &yes());
    assert_eq!(fixes(&at), [r#"--rename "programme/together#0=race""#]);
    assert_eq!(lost(&at), []);
    let mut play = lived(&old);
    play.amend(new, &as_told(&at)).unwrap();
    holds(&play);
    assert_eq!(moved(&play), [(1, Some(2)), (2, Some(3))]);
    assert!(play.run().tasks[0].choice.is_none(), "the task is still open");
    let mut play = Play::restarted(&play);
    let task = play.run().tasks[0].id;
    play.must(&Input::CloseTask { task, choice: "done".into() });
    assert_eq!(play.stages(), ["called", "got called"]);
    holds(&play);
}

#[test]
fn a_race_that_becomes_a_together_keeps_what_waits() {
    let (old, new) = (race(&[LONG, SHORT]), later("v2", &together(&[LONG, SHORT])));
    let at = diverges(&lived(&old), &new, &yes());
    assert_eq!((fixes(&at), lost(&at)), (vec![r#"--rename "programme/race#0=together""#.to_owned()], vec![]));
    let play = amended(lived(&old), new, &as_told(&at));
    assert_eq!((super::at(&play, "short"), super::at(&play, "long")), ("2026-03-16".into(), "2026-04-27".into()));
    assert_eq!(*play.stages().last().unwrap(), r#"got ["long", "short"]"#);
}

#[test]
fn what_a_person_says_of_branches_goes_by_the_name_that_the_journal_has() {
    let (old, new) = (together(&[LONG, SHORT]), later("v2", &race(&[SHORT])));
    let at = diverges(&lived(&old), &new, &yes());
    let told = [r#"--rename "programme/together#0=race""#, r#"--branch "programme/together#0:1=gone""#];
    assert_eq!((fixes(&at), lost(&at)), (told.map(str::to_owned).to_vec(), vec![("sleep#0".into(), false)]));
    let play = amended(lived(&old), new, &as_told(&at));
    assert_eq!(play.stages(), ["short", "got short"]);
}

#[test]
fn a_together_of_which_a_branch_is_complete_would_be_a_race_that_is_won() {
    let mut play = begun(&[SHORT, CALLED]);
    play.until("2026-03-20T09:00:00Z");
    let at = diverges(&play, &later("v2", &race(&[SHORT, CALLED])), &yes());
    assert_eq!(fixes(&at), [r#"--skip "programme/together#0""#]);
    assert_eq!(lost(&at), [("task(Call them)#0".to_owned(), true)], "it is asked for anew in the race");
}

#[test]
fn branches_that_are_wrapped_are_asked_anew_and_that_is_said() {
    let wrapped = format!("together([ || {{ {CALLED} }}, || {{ {TOLD} }} ])");
    let play = begun(&[CALLED, TOLD, SHORT]);
    let new = new(&[&wrapped, SHORT]);
    let at = diverges(&play, &new, &yes());
    // Once the first is gone, the second alone can be what the new one was: without its step.
    let told = [r#"--branch "programme/together#0:1=gone""#, r#"--skip "programme/task(Tell them)""#];
    assert_eq!(fixes(&at), told);
    assert_eq!(lost(&at), [("task(Call them)#0".to_owned(), true), ("task(Tell them)#0".to_owned(), true)]);
    let mut play = play;
    play.amend(new, &as_told(&at)).unwrap();
    holds(&play);
    let open = play.run().tasks.iter().filter(|task| task.choice.is_none()).count();
    assert_eq!((open, play.run().tasks.len()), (2, 4), "both were let go, and asked for anew");
    live_on(&mut play);
    assert_eq!(super::at(&play, "short"), "2026-03-16", "what was not wrapped kept its time");
}

#[test]
fn steps_that_are_wrapped_are_asked_anew_and_that_is_said() {
    let one_by_one = format!("fn programme(settings) {{ {CALLED}; {TOLD}; sleep(weeks(1)); }}");
    let wrapped =
        format!("fn programme(settings) {{ together([ || {{ {CALLED} }}, || {{ {TOLD} }} ]); sleep(weeks(1)); }}");
    let at = diverges(&lived(&one_by_one), &later("v2", &wrapped), &yes());
    assert_eq!(fixes(&at), [r#"--skip "programme/task(Call them)""#]);
    assert_eq!(lost(&at), [("task(Call them)#0".to_owned(), true)]);
    amended(lived(&one_by_one), later("v2", &wrapped), &as_told(&at));
    // What the new script has no more is let go for good.
    let without = "fn programme(settings) { sleep(weeks(1)); }";
    let at = diverges(&lived(&one_by_one), &later("v2", without), &yes());
    assert_eq!(lost(&at), [("task(Call them)#0".to_owned(), false)]);
}

#[test]
fn a_branch_that_lost_a_step_beside_a_new_one_is_found_before_it_is_let_go() {
    let first = format!(r#"stage("first"); {CALLED}"#);
    let play = begun(&[&first, SHORT]);
    let edited = new(&[NEW, CALLED, SHORT]);
    let at = diverges(&play, &edited, &yes());
    let told = [r#"--branch "programme/together#0:1=2""#, r#"--skip "programme/stage(first)""#];
    assert_eq!((fixes(&at), lost(&at)), (told.map(str::to_owned).to_vec(), vec![]));
    let mut play = play;
    play.amend(edited, &as_told(&at)).unwrap();
    assert_eq!(play.run().tasks.len(), 1, "the task is the one that was open");
    holds(&play);
    live_on(&mut play);
    assert!(play.stages().contains(&"called"), "{:?}", play.stages());
}
