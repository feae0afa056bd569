//! Anybody's own before and after, analysed without a server.

use crate::program::turnabout;
use std::fmt::Write as _;

/// The answers of one of the oracle's cases.
fn file(folder: &std::path::Path, text: &str) -> String {
    let path = folder.join("answers.csv");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn before_and_after_give_the_figures_of_the_oracle() {
    let folder = tempfile::tempdir().unwrap();
    let pre = [2, 3, 3, 4, 2, 5, 3, 4, 1, 3, 2, 4];
    let post = [3, 3, 4, 4, 4, 5, 4, 5, 3, 2, 4, 4];
    let mut text = String::from("name,pre,post\n");
    for (pre, post) in pre.iter().zip(post) {
        writeln!(text, "x,{pre},{post}").unwrap();
    }
    // Half a pair is counted as missing and changes nothing.
    text.push_str("x,,5\n");
    let figures = turnabout(&["survey", "analyse", &file(folder.path(), &text), "--json"]).json();
    assert_eq!((&figures["n"], &figures["n_paired"], &figures["missing"]["pre"]), (&13.into(), &12.into(), &1.into()));
    for (name, expect) in [
        ("mean_change", 0.75),
        ("wilcoxon_p", 0.046_875),
        ("rank_biserial", 0.833_333_333_333),
        ("d_z", 0.776_954_655_424),
        ("hedges_g", 0.722_748_516_673),
    ] {
        let found = figures[name].as_f64().unwrap();
        assert!((found - expect).abs() < 1e-9, "{name}: {found}");
    }
    assert!((figures["ci95"][0].as_f64().unwrap() - 0.136_673_003_155).abs() < 1e-9, "{figures}");
}

#[test]
fn answers_that_cannot_be_read_are_listed_and_too_few_give_no_figure() {
    let folder = tempfile::tempdir().unwrap();
    let said = turnabout(&["survey", "analyse", &file(folder.path(), "pre,post\n1,two\n,x\n")]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("cli::answers") && said.err.contains("two") && said.err.contains('x'), "{said:?}");
    let figures = turnabout(&["survey", "analyse", &file(folder.path(), "pre,post\n1,2\n"), "--json"]).json();
    assert!(figures["wilcoxon_p"].is_null() && figures["ci95"].is_null(), "{figures}");
    assert!(figures["reasons"]["ci95"]["message"].is_string(), "{figures}");
    let said = turnabout(&["survey", "analyse", &file(folder.path(), "pre,post\n1,2\n")]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (
            Some(0),
            "1 row, 1 with both values\n  no figure: 1 row has both a pre and a post value, and 2 are needed; unpaired data is \
             never change\n"
        )
    );
    assert_eq!(turnabout(&["survey", "analyse", "no-such-file.csv"]).code, Some(2));
}
