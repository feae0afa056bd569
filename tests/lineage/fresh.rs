//! A template from scratch is sound before anybody has written a line.

use crate::workshop::Workshop;

#[test]
fn a_new_template_passes_its_check_and_its_rehearsal_whatever_was_answered() {
    let shop = Workshop::of("race-equity");
    for (name, more) in [
        ("plain", &[][..]),
        (
            "short",
            &[
                "--length",
                "2 months",
                "--survey",
                "anonymous",
                "--mentors",
                "the \"young\" \\ ones",
                "--mentees",
                "the board",
            ],
        ),
        ("wordless", &["--length", "18 months", "--survey", "none", "--summary", "A year and a half."]),
    ] {
        shop.run(&[&["new", name], more].concat()).with(0, &["a template that is sound"]);
        let said = shop.run(&["check", name, "--json"]).with(0, &[]).json();
        assert_eq!(said["templates"][0]["diagnostics"].as_array().unwrap().len(), 0, "not even advice: {said}");
        shop.run(&["test", name]).with(0, &["0 not met"]);
    }
    assert!(shop.read("short/programme.toml").contains("For 2 months, the \\\"young\\\" \\\\ ones mentor the board."));
    assert!(!shop.exists("wordless/surveys") && shop.exists("plain/lib/pairs.rhai"));
    // What is new can be forked and tailored like any other.
    shop.run(&["fork", "plain", "forked"]).with(0, &["a fork of plain 0.1.0"]);
    shop.run(&["client", "new", "client", "--template", "plain", "--set", "patience=6 weeks"]).with(0, &[]);
}

#[test]
fn what_makes_no_template_is_refused_and_nothing_is_written() {
    let shop = Workshop::of("race-equity");
    shop.run(&["new", "odd", "--length", "some"]).with(2, &["'some' is not a length of time"]);
    shop.run(&["new", "odd", "--length", "1 day"]).with(2, &["NOT MET", "nothing was written"]);
    shop.run(&["new", "Odd One"]).with(2, &["can't be a name"]);
    shop.run(&["new", "workflows"]).with(2, &["workflows is there already"]);
    shop.run(&["new", "odd", "--survey", "named"]).with(2, &["possible values"]);
    assert!(!shop.exists("odd"));
}
