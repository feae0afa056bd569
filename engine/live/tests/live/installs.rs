//! Templates are installed by content, found by name, and kept for the runs that pin them.

use crate::house::{MANIFEST, SCRIPT, files, house};
use turnabout_live::{LiveError, NewRun};

#[test]
fn a_name_means_what_was_installed_last_and_runs_keep_what_they_pin() {
    let house = house();
    let run = house.start();
    let second = MANIFEST.replace("1.0.0", "1.1.0");
    let installed = house.engine.install(files(&[("programme.toml", &second)])).unwrap();
    assert!(installed.new);
    assert!(!house.engine.install(files(&[("programme.toml", &second)])).unwrap().new);
    assert_eq!(house.engine.template("small").unwrap().template.version, "1.1.0");
    assert_eq!(house.engine.templates().len(), 2);

    let again = house.restarted();
    assert_eq!(again.engine.template("small").unwrap().template.version, "1.1.0");
    assert_eq!(again.engine.read(&run, |of| of.bundle.programme.version.clone()).unwrap(), "1.0.0");
    // Going back to the first version is an installation too.
    assert!(again.engine.install(files(&[])).unwrap().new);
    assert_eq!(again.engine.template("small").unwrap().template.version, "1.0.0");
    assert_eq!(again.engine.templates().len(), 2);
}

#[test]
fn an_older_version_is_named_by_its_number() {
    let house = house();
    let first = house.engine.template("small").unwrap().template.hash;
    let second = MANIFEST.replace("1.0.0", "1.1.0");
    house.engine.install(files(&[("programme.toml", &second)])).unwrap();
    assert_eq!(house.engine.template("small@1.0.0").unwrap().template.hash, first);
    assert_eq!(house.engine.template("small@1.1.0").unwrap().template.version, "1.1.0");
    let new = NewRun { template: "small@1.0.0".into(), client: "acme".into(), ..NewRun::default() };
    let run = house.engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap();
    assert_eq!(house.engine.read(&run, |of| of.bundle.hash.clone()).unwrap(), first);
    // What was installed last as a version is meant, though it be other files.
    let reworded = MANIFEST.replace("summary = \"", "summary = \"Once more: ");
    let again = house.engine.install(files(&[("programme.toml", &reworded)])).unwrap();
    assert_eq!(house.engine.template("small@1.0.0").unwrap().template.hash, again.template.hash);
    for nothing in ["small@1.2.0", "small@", "@1.0.0"] {
        let error = house.engine.template(nothing).unwrap_err();
        assert_eq!(error.to_string(), format!("no template '{nothing}' is installed; there is small"));
    }
}

#[test]
fn a_template_with_problems_is_not_installed() {
    let house = house();
    let script = SCRIPT.replace("recruit(", "rekruit(");
    let error =
        house.engine.install(files(&[("programme.rhai", &script), ("programme.toml", "name = 1")])).unwrap_err();
    let LiveError::Template(problems) = error else { panic!("{error}") };
    assert!(problems.len() > 1, "{problems:?}");
    assert_eq!(house.engine.templates().len(), 1);
}

#[test]
fn a_run_of_an_unknown_template_says_which_there_are() {
    let house = house();
    let new = NewRun { template: "large".into(), client: "acme".into(), ..NewRun::default() };
    let error = house.engine.start(new, None, |_| ()).unwrap_err();
    assert_eq!(error.to_string(), "no template 'large' is installed; there is small");
}
