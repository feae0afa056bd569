use super::*;

fn tree(files: &[(&str, &str)]) -> TemplateFiles {
    files.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())).collect()
}

fn record(upstream: &TemplateFiles) -> Record {
    let text_hash = super::super::record::text_hash(upstream);
    Record { from: "../u".into(), name: "u".into(), version: "1".into(), hash: text_hash.clone(), text_hash }
}

struct Case {
    home: PathBuf,
    fork: PathBuf,
    current: TemplateFiles,
    merged: TemplateFiles,
    newer: TemplateFiles,
}

/// A fork with a file of every fate, and one that is no part of a template.
fn case(name: &str) -> Case {
    let home = std::env::temp_dir().join(format!("turnabout-staged-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&home);
    let fork = home.join("fork");
    let manifest = ("programme.toml", "name = \"u\"\n");
    let current = tree(&[manifest, ("a.md", "mine"), ("gone/b.md", "b"), ("folder/c.md", "c"), ("same.md", "s")]);
    let merged =
        tree(&[manifest, ("a.md", "merged, and mine"), ("new/d.md", "d"), ("folder", "a file now"), ("same.md", "s")]);
    let (base, newer) = (tree(&[manifest]), tree(&[manifest, ("new/d.md", "d")]));
    record(&base).write_fork(&fork, &current, &base).unwrap();
    write(&fork.join(".git/config"), b"git").unwrap();
    Case { home, fork, current, merged, newer }
}

fn is_updated(case: &Case) {
    let files = turnabout_template::read_own(&case.fork).unwrap();
    assert_eq!(files, case.merged);
    assert_eq!(Record::read(&case.fork).unwrap(), (record(&case.newer), case.newer.clone()));
    assert_eq!(fs::read(case.fork.join(".git/config")).unwrap(), b"git");
    assert!(!case.fork.join(STAGED).exists() && !case.fork.join("gone").exists());
}

/// Stops after every number of steps, and goes on: the end is the same, and until then nothing that was there is lost.
#[test]
fn an_update_that_is_interrupted_anywhere_is_finished_by_the_next() {
    for stop in 0.. {
        let case = case(&format!("stop-{stop}"));
        stage(&case.fork, &case.current, &case.merged, (&record(&case.newer), &case.newer)).unwrap();
        let text = fs::read_to_string(case.fork.join(STAGED).join(PLAN)).unwrap();
        let steps = steps(&case.fork, &toml::from_str(&text).unwrap()).unwrap();
        for step in steps.iter().take(stop) {
            step.take(&case.fork).unwrap();
        }
        if stop < steps.len() {
            assert!(is_unfinished(&case.fork));
            for (path, old) in &case.current {
                let places = [case.fork.join(path.as_str()), case.fork.join(STAGED).join("old").join(path.as_str())];
                assert!(places.iter().any(|place| fs::read(place).is_ok_and(|is| is == *old)), "{path} after {stop}");
            }
            finish(&case.fork).unwrap();
        }
        is_updated(&case);
        fs::remove_dir_all(&case.home).unwrap();
        if stop == steps.len() {
            return;
        }
    }
}

#[test]
fn without_a_plan_the_fork_is_untouched_and_the_next_update_begins_again() {
    let case = case("no-plan");
    write(&case.fork.join(STAGED).join("new/a.md"), b"half").unwrap();
    assert!(!is_unfinished(&case.fork));
    assert_eq!(turnabout_template::read_own(&case.fork).unwrap(), case.current);
    replace(&case.fork, &case.current, &case.merged, (&record(&case.newer), &case.newer)).unwrap();
    is_updated(&case);
    fs::remove_dir_all(&case.home).unwrap();
}

#[test]
fn what_is_left_of_an_update_that_is_in_place_goes_and_one_with_a_plan_stays() {
    let case = case("left");
    stage(&case.fork, &case.current, &case.merged, (&record(&case.newer), &case.newer)).unwrap();
    clear(&case.fork).unwrap();
    assert!(is_unfinished(&case.fork), "it has a plan, and is to be finished");
    let text = fs::read_to_string(case.fork.join(STAGED).join(PLAN)).unwrap();
    let steps = steps(&case.fork, &toml::from_str(&text).unwrap()).unwrap();
    steps.iter().take(steps.len() - 1).for_each(|step| step.take(&case.fork).unwrap());
    // Killed within the last step: the plan is gone, and its folder is not.
    fs::remove_file(case.fork.join(STAGED).join(PLAN)).unwrap();
    clear(&case.fork).unwrap();
    is_updated(&case);
    clear(&case.fork).unwrap();
    fs::remove_dir_all(&case.home).unwrap();
}

#[test]
fn a_file_that_is_changed_meanwhile_stops_it_before_anything_is_done() {
    let case = case("meanwhile");
    stage(&case.fork, &case.current, &case.merged, (&record(&case.newer), &case.newer)).unwrap();
    fs::write(case.fork.join("a.md"), "changed just now").unwrap();
    let error = finish(&case.fork).unwrap_err();
    assert!(matches!(&error, Failure::Fork(error) if matches!(**error, ForkError::Changing { .. })), "{error}");
    assert_eq!(fs::read(case.fork.join("a.md")).unwrap(), b"changed just now");
    assert_eq!(fs::read(case.fork.join("gone/b.md")).unwrap(), b"b");
    fs::write(case.fork.join("a.md"), "mine").unwrap();
    finish(&case.fork).unwrap();
    is_updated(&case);
    fs::remove_dir_all(&case.home).unwrap();
}

#[test]
fn a_plan_that_leads_out_of_the_fork_is_refused() {
    let case = case("strange");
    let outside = case.home.join("precious.txt");
    fs::write(&outside, "precious").unwrap();
    for path in [outside.to_str().unwrap(), "../precious.txt", ".git/hooks/pre-commit", "a//b"] {
        let staged = case.fork.join(STAGED);
        write(&staged.join(PLAN), format!("delete = [{path:?}]\nwrite = []\n").as_bytes()).unwrap();
        let error = finish(&case.fork).unwrap_err();
        assert!(matches!(&error, Failure::Fork(error) if matches!(**error, ForkError::StrangePlan { .. })), "{error}");
        assert_eq!(fs::read(&outside).unwrap(), b"precious");
    }
    fs::remove_dir_all(&case.home).unwrap();
}
