//! The cases natively: the runner that a scaffold brings asks the same functions without a component.

use super::{Folder, Language, answers};
use serde_json::{Map, Value};
use std::{fs, io::ErrorKind, path::Path, process::Command};

/// Node's exit code for an option that it does not know: it is too old to run tests.
const UNKNOWN_OPTION: i32 = 9;

/// What came of the cases.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Native {
    /// All held, asked by this program.
    Held {
        /// The program.
        program: &'static str,
        /// What they were answered, by the name of the case; nothing from a runner of before that writes nothing down.
        answers: Map<String, Value>,
    },
    /// One did not, or the author's module can't be read: what the runner said.
    Failed(String),
    /// Nobody asked, and why.
    NotRun(String),
}

/// Runs the cases of a plugin's folder in its own language.
pub(crate) fn run(folder: &Folder) -> Native {
    match folder.manifest.language {
        Language::Rust => {
            let runner = "tests/cases.rs";
            // Nothing is fetched: what a build took from the network is here. And by the build's own profile little is made:
            // the tools that the build has made serve again, and neither debug information nor incremental data is written, which
            // take hundreds of megabytes. `cargo test` looks for what overflows too.
            let arguments = ["test", "--release", "--quiet", "--offline", "--test", "cases"];
            ask(folder, runner, "cargo", Path::new("cargo"), &arguments)
        }
        Language::Python => {
            let own = folder.path.join(".venv/bin/python");
            let program = if own.is_file() { std::path::absolute(&own).unwrap_or(own) } else { "python3".into() };
            ask(folder, "tests/test_cases.py", "python3", &program, &["-m", "unittest", "discover", "tests"])
        }
        Language::Js => {
            let runner = "tests/cases.test.js";
            ask(folder, runner, "node", Path::new("node"), &["--test", runner])
        }
    }
}

fn ask(folder: &Folder, runner: &str, name: &'static str, program: &Path, arguments: &[&str]) -> Native {
    if !folder.path.join(runner).is_file() {
        return Native::NotRun(format!("there is no {runner}; `turnabout plugin new` writes one"));
    }
    let written = folder.component().with_extension("answers");
    let written = std::path::absolute(&written).unwrap_or(written);
    // What is not there can't be taken away, and what can't be written is told as a runner of before.
    let _ = written.parent().map(fs::create_dir_all);
    let _ = fs::remove_file(&written);
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&folder.path).env("PYTHONDONTWRITEBYTECODE", "1");
    let output = command.env("TURNABOUT_ANSWERS", &written).output();
    let answers = answers::read(&fs::read_to_string(&written).unwrap_or_default());
    let _ = fs::remove_file(&written);
    match output {
        Ok(output) if output.status.success() => Native::Held { program: name, answers },
        Ok(output) if name == "node" && output.status.code() == Some(UNKNOWN_OPTION) => {
            Native::NotRun("this node can't run tests; it takes 20 or later".into())
        }
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said).trim().to_owned();
            if name == "cargo" && said.contains("--offline") {
                let why = "the crates of its tests are not on this machine; `cargo test` in its folder fetches them";
                return Native::NotRun(why.into());
            }
            Native::Failed(said)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Native::NotRun(format!("{name} is not there")),
        Err(error) => Native::NotRun(format!("{name} could not be run: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plugin::{Kind, scaffold};
    use std::fs;

    #[test]
    fn the_cases_of_every_scaffold_hold_natively_and_one_that_is_wrong_does_not() {
        let home = std::env::temp_dir().join(format!("turnabout-native-{}", std::process::id()));
        for language in [Language::Python, Language::Js] {
            for kind in [Kind::Rule, Kind::Logic] {
                let path = home.join(format!("{}-{}", language.word(), kind.world()));
                scaffold::write(&path, "same-site", language, kind).unwrap();
                let folder = Folder::read(&path).unwrap();
                let Native::Held { answers, .. } = run(&folder) else {
                    // A machine without the language, or with one that is too old, says so, and nothing else.
                    let said = run(&folder);
                    let alone = |why: &str| why.ends_with("is not there") || why.contains("or later");
                    assert!(matches!(&said, Native::NotRun(why) if alone(why)), "{said:?}");
                    continue;
                };
                assert_eq!(answers.len(), 3, "{answers:?}");
                let wrong = match kind {
                    Kind::Rule => r#"{ "mentors": [{ "site": "York" }], "mentees": [{}], "verdicts": [[0.25]] }"#,
                    Kind::Logic => r#"{ "survey": { "questions": [] }, "problems": [{ "code": "none" }] }"#,
                };
                fs::write(path.join("cases/wrong.json"), wrong).unwrap();
                let Native::Failed(said) = run(&folder) else { panic!("{path:?}: a wrong case held") };
                assert!(said.contains("wrong.json"), "{said}");
                fs::remove_file(path.join("cases/wrong.json")).unwrap();
                if kind == Kind::Rule {
                    raises(&folder);
                }
                fs::remove_dir_all(path.join("tests")).unwrap();
                assert!(matches!(run(&folder), Native::NotRun(why) if why.starts_with("there is no tests/")));
            }
        }
        fs::remove_dir_all(&home).unwrap();
    }

    /// An exception becomes a failure that has its text, and the author's own line.
    fn raises(folder: &Folder) {
        let (file, line, instead) = match folder.manifest.language {
            Language::Python => ("app.py", "        return 1\n", "        return 1 / 0\n"),
            _ => ("app.js", "!== theirs[mentee]) return 1;", "!== theirs[mentee]) return nothing.there;"),
        };
        let app = folder.path.join(file);
        let text = fs::read_to_string(&app).unwrap();
        let number = text.lines().position(|one| one.contains(line.trim_end())).unwrap() + 1;
        fs::write(&app, text.replacen(line, instead, 1)).unwrap();
        let case = r#"{ "mentors": [{ "site": "York" }], "mentees": [{ "site": "Leeds" }], "failure": "Error: ", "verdicts": [] }"#;
        fs::remove_dir_all(folder.path.join("cases")).unwrap();
        fs::create_dir(folder.path.join("cases")).unwrap();
        fs::write(folder.path.join("cases/raises.json"), case).unwrap();
        let Native::Held { answers, .. } = run(folder) else { panic!("{:?}", run(folder)) };
        let said = answers["raises.json"]["failure"].as_str().unwrap();
        assert!(said.contains(&format!(" ({file}:{number}")), "{said}");
    }
}
