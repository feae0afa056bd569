//! A script that no longer matches its journal is parked, and nothing is guessed.

use turnabout_core::{decide::Input, run::RunStatus};
use turnabout_testkit::{Play, bundle};

fn parked(before: &str, after: &str) -> Play {
    let mut play = Play::of(before);
    play.replace_bundle(bundle(after));
    play.until("2026-03-03T09:00:00Z");
    play
}

#[test]
fn a_step_before_one_that_the_journal_has_is_a_divergence() {
    let play = parked(
        r#"fn programme(settings) { sleep(days(1)); stage("x"); }"#,
        "fn programme(settings) {\n    send(\"hello\", \"coordinator\");\n    sleep(days(1));\n}",
    );
    let problem = play.parked().unwrap();
    assert_eq!(problem.code, "script::divergence");
    assert_eq!(
        problem.message,
        "the script asks for send(hello)#0, which the journal does not have, but the journal has sleep#0, which the \
         script has not come past"
    );
    assert_eq!(problem.position.as_ref().unwrap().to_string(), "programme.rhai:2:5");
    assert_eq!(play.run().status(), RunStatus::NeedsAttention);
    assert!(play.run().messages.is_empty(), "nothing is written");
}

#[test]
fn a_function_that_returns_without_a_step_that_the_journal_has_is_a_divergence() {
    let play = parked(
        r#"fn programme(settings) { sleep(days(1)); sleep(days(1)); }"#,
        r#"fn programme(settings) { if false { sleep(days(1)); } }"#,
    );
    let problem = play.parked().unwrap();
    assert_eq!(problem.code, "script::divergence");
    assert!(problem.message.starts_with("the function returned, but the journal has sleep#0"), "{}", problem.message);
}

#[test]
fn a_step_added_after_what_the_journal_has_shifts_nothing() {
    let play = parked(
        r#"fn programme(settings) { stage("a"); sleep(days(1)); }"#,
        r#"fn programme(settings) { stage("a"); sleep(days(1)); stage("b"); stage("a"); }"#,
    );
    assert_eq!(play.stages(), ["a", "b", "a"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
}

#[test]
fn a_parked_run_goes_on_after_the_fix_and_has_lost_nothing_that_came_meanwhile() {
    let mut play = Play::of(
        r#"fn programme(settings) { let first = signal("go"); stagee("oops"); let more = signal("more"); stage(more.key); }"#,
    );
    play.signal("go", "1");
    let problem = play.parked().unwrap();
    assert_eq!(problem.code, "script::unknown_verb");
    assert_eq!(problem.help.as_deref(), Some("Did you mean stage?"));
    play.signal("more", "2");
    assert_eq!(play.input(&Input::Resume { journey: None }).unwrap().len(), 2, "resumed, and parked again");
    play.replace_bundle(bundle(
        r#"fn programme(settings) { let first = signal("go"); stage("mended"); let more = signal("more"); stage(more.key); }"#,
    ));
    play.must(&Input::Resume { journey: None });
    assert_eq!(play.stages(), ["mended", "2"]);
    assert_eq!(play.input(&Input::Resume { journey: None }).unwrap_err().code(), "run::over");
}
