//! Plugins of one's own: new folders, the check of components, and a client that brings one.

use crate::program::{Said, project, turnabout, turnabout_with};
use std::{fs, path::Path};

const HOSTILE: &str = "plugins/dist/hostile.wasm";

#[test]
fn a_new_plugin_is_a_folder_and_none_is_overwritten() {
    let home = tempfile::tempdir().unwrap();
    for language in ["rust", "python", "js"] {
        for kind in ["rule", "logic"] {
            let folder = home.path().join(format!("{language}-{kind}"));
            let folder = folder.to_str().unwrap();
            let arguments = ["plugin", "new", "same-site", "--lang", language, "--kind", kind, "--to", folder];
            let said = turnabout(&arguments);
            assert_eq!(said.code, Some(0), "{said:?}");
            assert!(fs::read_to_string(Path::new(folder).join("plugin.toml")).unwrap().contains("id = \"same-site\""));
            let again = turnabout(&arguments);
            assert_eq!(again.code, Some(2), "{again:?}");
            assert!(again.err.contains("is there already"), "{again:?}");
            let unbuilt = turnabout(&["plugin", "test", folder]);
            assert!(unbuilt.err.contains("turnabout plugin build"), "{unbuilt:?}");
        }
    }
    let bad = turnabout(&["plugin", "new", "../x", "--lang", "rust", "--kind", "rule"]);
    assert_eq!(bad.code, Some(2), "{bad:?}");
}

#[test]
fn a_component_is_checked_and_what_is_none_is_told_what_it_is_and_what_to_do() {
    let said = turnabout(&["plugin", "check", "plugins/dist/difference.wasm"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.out.matches("  ok  ").count(), 11, "{said:?}");
    let said = turnabout(&["plugin", "check", "plugins/dist/form-logic.wasm"]);
    assert_eq!(said.out.matches("  ok  ").count(), 9, "a logic explains no pairs: {said:?}");

    let home = tempfile::tempdir().unwrap();
    let whole = fs::read(project().join("plugins/dist/difference.wasm")).unwrap();
    let cases: [(&[u8], &str, &str); 5] = [
        (b"", "it is empty", "build it again"),
        (b"hello\n", "it is a text, and no WebAssembly", "name the .wasm file"),
        (b"\x89PNG\xff", "it is no WebAssembly", "name the .wasm file"),
        (b"\0asm\x01\0\0\0", "it is a core module, one step before a component", "run `turnabout plugin build`"),
        (&whole[..3_000], "it ends too early: ", "copy or build it again"),
    ];
    for (bytes, what, help) in cases {
        let file = home.path().join("some.wasm");
        fs::write(&file, bytes).unwrap();
        let said = turnabout(&["plugin", "check", file.to_str().unwrap()]);
        assert_eq!(said.code, Some(2), "{said:?}");
        let found =
            said.out.contains(&format!("[plugin::contract] {what}")) && said.out.contains(&format!("help: {help}"));
        assert!(found && said.err.contains("error[cli::plugin]"), "{said:?}");
    }
}

/// The broadcaster's client with the fixture in its folder, pinned by a hash, and asked to behave in its plan.
fn client(home: &Path, pin: &str) -> String {
    let from = project().join("examples/broadcaster");
    for folder in ["", "messages", "rehearsals"] {
        fs::create_dir_all(home.join(folder)).unwrap();
        for entry in fs::read_dir(from.join(folder)).unwrap().map(Result::unwrap).filter(|e| e.path().is_file()) {
            fs::copy(entry.path(), home.join(folder).join(entry.file_name())).unwrap();
        }
    }
    fs::create_dir_all(home.join("plugins")).unwrap();
    fs::copy(project().join(HOSTILE), home.join("plugins/own.wasm")).unwrap();
    let edit = |file: &str, edit: &dyn Fn(String) -> String| {
        let text = edit(fs::read_to_string(home.join(file)).unwrap());
        fs::write(home.join(file), text).unwrap();
    };
    let workflows = project().join("workflows").display().to_string();
    edit("client.toml", &|text| text.replace("../../workflows", &workflows));
    edit("changes.toml", &|text| {
        text.replace("[plugins]", &format!("[plugins]\nown = \"{pin}\""))
            + "[[matching.lived.add]]\nplugin = \"own\"\nweight = 1.0\nsettings = { do = \"behave\" }\n"
    });
    home.to_str().unwrap().to_owned()
}

#[test]
fn a_client_rehearses_with_a_component_of_its_own_and_another_one_is_refused_with_its_hash() {
    let index: toml::Table = fs::read_to_string(project().join("plugins/dist/index.toml")).unwrap().parse().unwrap();
    let plugins = index["plugin"].as_array().unwrap();
    let fixture = plugins.iter().find(|plugin| plugin["id"].as_str() == Some("hostile")).unwrap();
    let hash = fixture["sha256"].as_str().unwrap();

    let home = tempfile::tempdir().unwrap();
    let folder = client(home.path(), hash);
    let said = turnabout(&["check", &folder]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let said = turnabout(&["rehearse", &folder]);
    assert!(said.code == Some(0) && said.out.contains(" pairs"), "{said:?}");

    let home = tempfile::tempdir().unwrap();
    let said = turnabout(&["check", &client(home.path(), &"0".repeat(64))]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("plugin::mismatch") && said.err.contains(hash), "{said:?}");
}

/// A plugin's folder with the fixture as its built component.
fn built(home: &Path, id: &str) -> String {
    let folder = home.join(id);
    let text = folder.to_str().unwrap().to_owned();
    let said = turnabout(&["plugin", "new", id, "--lang", "rust", "--kind", "rule", "--to", &text]);
    assert_eq!(said.code, Some(0), "{said:?}");
    fs::remove_dir_all(folder.join("cases")).unwrap();
    for made in ["cases", "dist"] {
        fs::create_dir(folder.join(made)).unwrap();
    }
    fs::write(folder.join("cases/half.json"), r#"{ "mentors": [{}], "mentees": [{}], "verdicts": [[0.5]] }"#).unwrap();
    fs::copy(project().join(HOSTILE), folder.join("dist").join(format!("{id}.wasm"))).unwrap();
    text
}

#[test]
fn a_folder_is_checked_with_who_its_component_says_it_is_and_with_its_cases() {
    let home = tempfile::tempdir().unwrap();
    let own = built(home.path(), "hostile");
    let said = turnabout(&["plugin", "check", &own]);
    assert!(said.code == Some(0) && said.out.contains("ok        it answers its cases"), "{said:?}");

    let other = built(home.path(), "own");
    let said = turnabout(&["plugin", "check", &other]);
    assert!(said.code == Some(2) && said.out.contains("WRONG     it describes itself"), "{said:?}");
    assert!(said.out.contains("[plugin::contract] its id is 'hostile', and plugin.toml has 'own'"), "{said:?}");
    assert!(said.out.contains("not seen  it answers its cases"), "{said:?}");

    let manifest = Path::new(&own).join("plugin.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    for (from, to, step, what) in [
        ("1.0.0", "1.1.0", "it describes itself", "its version is '1.0.0', and plugin.toml has '1.1.0'"),
        (
            "\"rule\"",
            "\"logic\"",
            "it exports a rule or a logic",
            "it is a matching rule, and plugin.toml says that it is a survey logic",
        ),
    ] {
        fs::write(&manifest, text.replace(from, to)).unwrap();
        let said = turnabout(&["plugin", "check", &own]);
        assert!(said.code == Some(2) && said.out.contains(&format!("WRONG     {step}")), "{said:?}");
        assert!(said.out.contains(what), "{said:?}");
    }
    fs::write(&manifest, &text).unwrap();
    let case = r#"{ "mentors": [{}], "mentees": [{}], "verdicts": [[0.25]] }"#;
    fs::write(Path::new(&own).join("cases/quarter.json"), case).unwrap();
    let said = turnabout(&["plugin", "check", &own]);
    assert!(said.code == Some(2) && said.out.contains("WRONG     it answers its cases"), "{said:?}");
    assert!(said.out.contains("quarter.json: mentor 0 and mentee 0: 0.5, and the case says 0.25"), "{said:?}");
}

/// Every way in which the fixture misbehaves on request, by the code with which it is refused.
const WAYS: [(&str, &[&str]); 6] = [
    (
        "plugin::bad_output",
        &[
            "not-a-number",
            "infinite",
            "above-one",
            "below-zero",
            "too-few",
            "too-many",
            "unknown-veto",
            "odd-vetoes",
            "giant-output",
            "log-giant",
            "unknown-reason",
            "heavy-reason",
            "many-reasons",
        ],
    ),
    ("plugin::declared", &["fail", "fail-at-length"]),
    ("plugin::fuel", &["loop", "log-for-ever"]),
    ("plugin::memory", &["hog"]),
    ("plugin::trap", &["panic", "last-words", "recurse"]),
    ("", &["behave", "vetoed-nonsense"]),
];

#[test]
fn a_case_that_makes_a_component_fail_is_refused_with_the_code_of_the_fault() {
    let home = tempfile::tempdir().unwrap();
    let own = built(home.path(), "hostile");
    for way in WAYS.iter().flat_map(|(_, ways)| *ways) {
        let verdict = if *way == "vetoed-nonsense" { "\"because\"" } else { "0.5" };
        let case = format!(
            r#"{{ "settings": {{ "do": "{way}" }}, "mentors": [{{}}], "mentees": [{{}}], "verdicts": [[{verdict}]] }}"#
        );
        fs::write(Path::new(&own).join(format!("cases/{way}.json")), case).unwrap();
    }
    let said = turnabout(&["plugin", "check", &own]);
    assert_eq!(said.code, Some(2), "{said:?}");
    for (code, ways) in WAYS {
        for way in ways {
            // A slow machine may meet the deadline first.
            let late = code == "plugin::fuel" && said.out.contains(&format!("[plugin::deadline] {way}.json: "));
            let refused = late || said.out.contains(&format!("[{code}] {way}.json: "));
            let named = said.out.contains(&format!("] {way}.json: "));
            assert!(refused != code.is_empty() && named == refused, "{way} is to be refused as '{code}': {said:?}");
        }
    }
    assert_eq!(said.out.matches(".json: ").count(), 21, "{said:?}");
    for why in ["the reason 7, and it declares 1 reasons", "the weight 2 for 'because'", "100000 reasons for one pair"]
    {
        assert!(said.out.contains("mentor 0 and mentee 0, asked for reasons: it returned"), "{said:?}");
        assert!(said.out.contains(why), "{why}: {said:?}");
    }
}

/// Runs the cases of a plugin. The crates of all such tests are compiled once, and not where a machine keeps its small files.
fn asked(plugin: &str) -> Said {
    let target = project().join("target/native-plugins");
    turnabout_with(&["plugin", "test", plugin], &[("CARGO_TARGET_DIR", target.to_str().unwrap())])
}

#[test]
fn a_rule_in_rust_is_asked_natively_too_and_all_three_answers_are_held_against_each_other_bit_by_bit() {
    let home = tempfile::tempdir().unwrap();
    let own = built(home.path(), "hostile");
    let said = asked(&own);
    if said.out.contains("are not on this machine") {
        return; // a machine that never built the plugins says so, and nothing else
    }
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("natively they hold too, asked by cargo"), "{said:?}");
    assert!(said.out.contains("1 answer: natively, and both times as a component, the same bit for bit"), "{said:?}");

    // One unit in the last place is near enough for the case, and not the same.
    let source = Path::new(&own).join("src/lib.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text.replace("Verdict::Score(0.5), // it", "Verdict::Score(0.500_000_06), // it")).unwrap();
    let said = asked(&own);
    assert_eq!(said.code, Some(1), "{said:?}");
    let what =
        "half.json: mentor 0 and mentee 0: natively 0.50000006 (bits 0x3f000001), as a component 0.5 (bits 0x3f000000)";
    assert!(
        said.out.contains("1 of 1 answer: natively and as a component NOT the same") && said.out.contains(what),
        "{said:?}"
    );

    fs::write(&source, text.replace("Verdict::Score(0.5), // it", "Verdict::Score(0.25), // it")).unwrap();
    let said = asked(&own);
    assert!(said.code == Some(1) && said.out.contains("natively one FAILED"), "{said:?}");
    assert!(said.out.contains("half.json: mentor 0 and mentee 0: Score(0.25), not 0.5"), "{said:?}");
}

#[test]
fn a_rule_is_measured_in_time_fuel_and_memory_beside_its_limits() {
    let home = tempfile::tempdir().unwrap();
    let folder = built(home.path(), "own");
    let said = asked(&folder);
    assert!(said.code == Some(0) && said.out.contains("1 held, 0 failed; each was asked twice"), "{said:?}");
    let said = turnabout(&["plugin", "bench", &folder]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for part in [" 90000 pairs: ", " ns a pair, ", " fuel a pair, ", " MB of memory at most", "a call may burn "] {
        assert!(said.out.contains(part), "{part}: {said:?}");
    }
}

#[test]
fn a_plugin_that_can_not_be_watched_is_refused_at_once() {
    let home = tempfile::tempdir().unwrap();
    let nowhere = turnabout(&["plugin", "dev", home.path().to_str().unwrap()]);
    assert!(nowhere.code == Some(2) && nowhere.err.contains("plugin.toml"), "{nowhere:?}");
    let folder = built(home.path(), "own");
    let no_template = turnabout(&["plugin", "dev", &folder, "--rehearse", &folder]);
    assert!(no_template.code == Some(2) && no_template.err.contains("no template"), "{no_template:?}");
}

#[test]
fn the_examples_hold_the_contract_and_the_sdk_of_the_kit() {
    let examples = project().join("examples/plugins");
    let plugins = project().join("plugins");
    for (example, sdk, runner) in [
        ("service-gap", "python/sdk/turnabout_rule.py", "test_cases.py"),
        ("ask-lowest", "js/sdk/turnabout-logic.js", "cases.test.js"),
    ] {
        let sdk_folder = plugins.join("scaffolds").join(sdk).with_file_name("");
        let pairs = [
            (examples.join(example).join("wit/plugin.wit"), plugins.join("wit/plugin.wit")),
            (examples.join(example).join(Path::new(sdk).file_name().unwrap()), plugins.join("scaffolds").join(sdk)),
            (examples.join(example).join("tests").join(runner), sdk_folder.join("tests").join(runner)),
        ];
        for (copy, kept) in pairs {
            assert!(fs::read(&copy).unwrap() == fs::read(&kept).unwrap(), "copy {kept:?} to {copy:?} again");
        }
    }
}

#[test]
fn a_client_whose_plugins_are_not_built_yet_is_told_so_at_their_pins() {
    let said = turnabout(&["check", "examples/plugins/harbour"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("plugin 'ask-lowest' is not installed"), "{said:?}");
    assert!(said.err.contains("turnabout plugin build DIR --into CLIENT"), "{said:?}");

    // Of a rule only those can tell who run it.
    let home = tempfile::tempdir().unwrap();
    let folder = client(home.path(), &"0".repeat(64));
    fs::remove_dir_all(home.path().join("plugins")).unwrap();
    for command in ["check", "rehearse", "test"] {
        let said = turnabout(&[command, &folder]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("plugin::missing") && said.err.contains("plugin 'own' is not"), "{said:?}");
    }
    let beside = turnabout(&["test", "examples/plugins", "examples/broadcaster"]);
    assert_eq!(beside.code, Some(0), "{beside:?}");
}

#[test]
fn a_rehearsal_shows_which_pairs_a_rule_decided() {
    let said = turnabout(&["rehearse", "examples/broadcaster", "--without", "topic-overlap"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for part in
        ["Because of topic-overlap", " of 9 pairs are different, mean score 0.", "\n  with it: ", "\n  without it: "]
    {
        assert!(said.out.contains(part), "{part}: {said:?}");
    }
    let nobody = turnabout(&["rehearse", "examples/broadcaster", "--without", "same-site"]);
    assert!(nobody.code == Some(2) && nobody.err.contains("names the rule 'same-site'"), "{nobody:?}");

    // The fixture gives everyone a half, so that it decides no pair.
    let index: toml::Table = fs::read_to_string(project().join("plugins/dist/index.toml")).unwrap().parse().unwrap();
    let plugins = index["plugin"].as_array().unwrap();
    let fixture = plugins.iter().find(|plugin| plugin["id"].as_str() == Some("hostile")).unwrap();
    let home = tempfile::tempdir().unwrap();
    let folder = client(home.path(), fixture["sha256"].as_str().unwrap());
    let said = turnabout(&["rehearse", &folder, "--without", "own"]);
    assert!(said.code == Some(1) && said.out.contains("0 of 9 pairs are different"), "{said:?}");
}
