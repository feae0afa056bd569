//! The handlers of the new script are tried before a run is amended to it.

use super::{YEAR, all_continue, half_way, holds, yes};
use turnabout_core::{amend::Obstacle, decide::Refusal};
use turnabout_testkit::later;

/// What stands in the way, in words.
fn obstacles(script: &str) -> Vec<String> {
    let play = half_way();
    let new = later("v2", script);
    let judged = play.judge(&new, &yes()).unwrap();
    all_continue_but_for(&judged.obstacles);
    judged.obstacles.iter().map(ToString::to_string).collect()
}

fn all_continue_but_for(obstacles: &[Obstacle]) {
    assert!(obstacles.iter().all(|obstacle| matches!(obstacle, Obstacle::HandlerStops { .. })), "{obstacles:?}");
}

#[test]
fn a_handler_that_would_stop_is_named_with_its_place() {
    let script = format!("{YEAR}fn on_withdrawn(leaver) {{\n    send(\"hello\", leaver.partner);\n}}\n");
    let line = script.lines().position(|line| line.contains("leaver.partner")).unwrap() + 1;
    let found = obstacles(&script);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("on_withdrawn") && found[0].contains("somebody withdraws"), "{found:?}");
    assert!(found[0].contains(&format!("programme.rhai:{line}:")), "{found:?}");
}

#[test]
fn a_concern_and_the_end_of_a_pair_are_tried_too() {
    let concern = YEAR.replace("send(\"hello\", \"contact\");\n", "send(\"hello\", \"conact\");\n");
    // The concern that is being dealt with sent its message long ago, and goes on; the next one would not.
    assert!(obstacles(&concern)[0].contains("on_concern"));
    let ended = format!("{YEAR}fn on_pair_ended(pair) {{ each(pairs(), \"nobody\"); }}");
    assert!(obstacles(&ended)[0].contains("on_pair_ended"));
}

#[test]
fn what_a_handler_begins_is_tried_as_far_as_it_goes_by_itself() {
    let script = format!(
        "{YEAR}fn on_pair_ended(pair) {{ each([pair], \"look\"); }}\nfn look(pair) {{ send(\"hello\", pair.mentors); }}"
    );
    assert!(obstacles(&script)[0].contains("on_pair_ended"));
}

#[test]
fn a_run_is_not_amended_to_a_broken_handler_and_is_to_a_sound_one() {
    let mut play = half_way();
    let before = play.run().clone();
    let broken = later("v2", &format!("{YEAR}fn on_withdrawn(leaver) {{ send(\"hello\", leaver.partner); }}"));
    let refused = play.amend(broken, &yes()).unwrap_err();
    assert!(matches!(refused, Refusal::Hindered(_)), "{refused}");
    assert_eq!(*play.run(), before);
    let sound = later("v3", &format!("{YEAR}fn on_withdrawn(leaver) {{ send(\"hello\", leaver.partners); }}"));
    all_continue(&play.judge(&sound, &yes()).unwrap());
    play.amend(sound, &yes()).unwrap();
    // Nothing of what was tried is in the run.
    let concerns = play.run().concerns.len();
    assert_eq!((concerns, play.run().pairs.iter().filter(|pair| pair.ended.is_some()).count()), (1, 0));
    holds(&play);
}

#[test]
fn a_handler_that_breaks_only_after_it_has_waited_is_found_too() {
    let after = |waits: &str| {
        let script =
            format!("{YEAR}fn on_withdrawn(leaver) {{\n    {waits}\n    send(\"hello\", leaver.partner);\n}}\n");
        let found = obstacles(&script);
        assert_eq!(found.len(), 1, "{waits}: {found:?}");
        assert!(
            found[0].starts_with("on_withdrawn of the new script stops some time after somebody withdraws: "),
            "{found:?}"
        );
        assert!(found[0].contains("programme.rhai:"), "{found:?}");
    };
    after("sleep(weeks(1));");
    after("task(\"Look\"); sleep(days(2)); hold(\"drop-in\", cohort().everyone);");
    after("survey(\"pulse\", cohort().everyone, #{ closes: days(4) });");
    after("race([ || signal(\"call\"), || sleep(weeks(2)) ]);");
    after("repeat_until(weeks(3), || { sleep(weeks(1)); });");
}

#[test]
fn what_nobody_can_know_of_a_handler_stands_in_no_way() {
    // What the letter brings is not known, nor is what a task is closed with if it is not the first choice.
    let script = format!(
        "{YEAR}fn on_withdrawn(leaver) {{\n    let chosen = task(\"Look\", [\"keep\", \"end\"]);\n    if chosen == \"end\" {{ let letter = signal(\"call\"); send(\"hello\", letter.who); }}\n    sleep(weeks(2));\n    send(\"hello\", \"coordinator\");\n    every(weeks(1), months(12), |n| stage(\"week \" + n));\n}}\n"
    );
    assert_eq!(obstacles(&script), Vec::<String>::new());
    let script =
        format!("{YEAR}fn on_withdrawn(leaver) {{ let letter = signal(\"call\"); send(\"hello\", letter.who); }}");
    assert_eq!(obstacles(&script), Vec::<String>::new());
}
