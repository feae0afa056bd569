//! Scripts that would hurt: each is stopped, named, and parked where it stands.

use turnabout_core::decide::Input;
use turnabout_model::{ParticipantStatus, Role, Severity};
use turnabout_testkit::{Play, bundle_with, manifest};

fn check(body: &str, code: &str) {
    let play = Play::of(&format!("fn programme(settings) {{\n{body}\n}}\nfn deeper(n) {{ deeper(n + 1) }}"));
    let problem = play.parked().unwrap_or_else(|| panic!("{body} was not parked"));
    // On a busy machine the clock behind the budget of operations may be first to stop it.
    let late = code == "script::too_many_operations" && problem.code == "script::deadline";
    assert!(problem.code == code || late, "{body}: {}: {}", problem.code, problem.message);
    if let Some(at) = &problem.position {
        assert_eq!(at.file, "programme.rhai", "{body}");
    }
}

#[test]
fn a_script_that_would_hurt_is_parked_with_the_reason() {
    check("loop { }", "script::too_many_operations");
    check("let n = 0; while true { n += 1; }", "script::too_many_operations");
    check("deeper(1)", "script::too_deep");
    check(r#"let s = "x"; while true { s += s; }"#, "script::too_large");
    check("let l = []; l.pad(60_000, 1);", "script::too_large");
    check("sleep(10);", "script::bad_argument");
    check("sleep(0.5);", "script::bad_argument");
    check("timestamp();", "script::unknown_verb");
    check(r#"open_file("/etc/passwd");"#, "script::unknown_verb");
    check("undefined_verb(1, 2);", "script::unknown_verb");
    check(r#"send("no-such-message", "coordinator");"#, "script::unknown_name");
    check(r#"send("hello", "person-99x");"#, "script::bad_argument");
    check(r#"hold("no-such-session", []);"#, "script::unknown_name");
    check("months(99999);", "script::error");
    check("stage();", "script::bad_argument");
    check(r#"while true { stage("again"); }"#, "script::runaway");
    check("while true { cohort(); }", "script::runaway");
    // A closure that a native function calls counts too.
    check("repeat_until(months(6), || {});", "script::runaway");
    check("repeat_until(months(6), |n| if n < 0 { sleep(days(1)); });", "script::runaway");
    check(
        "let l = []; l.pad(5_000, 1); let m = []; m.pad(5_000, 1); l.map(|x| m.map(|y| 1));",
        "script::too_many_operations",
    );
    check(r##"signal(#{ "$period": "soon" });"##, "script::bad_argument");
    check(r##"together([|| #{ "$period": "soon" }]);"##, "script::error");
    check(r#"throw "enough";"#, "script::error");
    check("1 / 0", "script::error");
}

#[test]
fn a_loop_that_runs_into_a_limit_is_pointed_at_where_it_stands() {
    for (script, line, column) in [
        ("fn programme(settings) {\n    stage(\"On\");\n    loop { let x = 1; }\n}", 3, 5),
        ("fn programme(settings) {\n    loop { }\n}", 2, 5),
        (
            "fn programme(settings) {\n    let n = 0;\n    for i in 0..9 { n += i; }\n    while true { n += 1; }\n}",
            4,
            5,
        ),
        // One that is left is less likely than one that never is.
        ("fn programme(settings) {\n    loop { break; }\n    loop { let x = 1; }\n}", 3, 5),
        (
            "fn programme(settings) {\n    busy();\n}\nfn other() {\n    loop { }\n}\nfn busy() {\n    loop { let x = 1; }\n}",
            8,
            5,
        ),
        ("fn programme(settings) {\n    together([\n        || { loop { let x = 1; } },\n    ]);\n}", 3, 14),
    ] {
        let play = Play::of(script);
        let problem = play.parked().unwrap_or_else(|| panic!("{script} was not parked"));
        let at = problem.position.as_ref().unwrap_or_else(|| panic!("{script} has no place"));
        assert_eq!((at.file.as_str(), at.line, at.column), ("programme.rhai", line, column), "{script}");
    }
    // Without any loop it is the function.
    let script = "fn programme(settings) {\n    let l = []; l.pad(5_000, 1); l.map(|x| l.map(|y| 1));\n}";
    let play = Play::of(script);
    let at = play.parked().unwrap().position.as_ref().unwrap();
    assert_eq!((at.line, at.column), (1, 1));
}

#[test]
fn a_cohort_of_thousands_is_no_text_that_is_too_large() {
    let script = r#"
        fn programme(settings) {
            let cohort = recruit("volunteers", #{ closes: weeks(2) });
            stage("" + cohort.everyone.len());
            send("hello", cohort.everyone.without(cohort.mentors));
            stage("told");
        }"#;
    let mut play = Play::of(script);
    for role in [Role::Mentor, Role::Mentee] {
        for _ in 2..5_000 {
            play.must(&Input::AddParticipant { role, status: ParticipantStatus::Accepted });
        }
    }
    play.must(&Input::CloseRecruitment { label: "volunteers".into() });
    assert_eq!((play.parked(), play.stages()), (None, vec!["10000", "told"]));
}

#[test]
fn a_script_that_cannot_be_compiled_says_where() {
    for (script, code, at) in [
        ("fn programme(settings) { let x = ; }", "script::syntax", 33),
        ("fn programme(settings) { eval(\"1\") }", "script::syntax", 25),
        ("fn programme(settings) { missing_variable }", "script::unknown_variable", 25),
        ("fn other() { }", "script::no_programme", 0),
        ("stage(\"top\"); fn programme(settings) { }", "script::error", 0),
    ] {
        let problems = bundle_with(manifest(), script).unwrap_err();
        assert_eq!(problems[0].code, code, "{script}: {}", problems[0].message);
        assert_eq!(problems[0].severity, Severity::Error);
        assert_eq!(problems[0].labels[0].bytes.start, at, "{script}: {}", problems[0].message);
    }
}
