//! What programs read of the commands that need no server.

use crate::program::turnabout;

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_gives_others() {
    let seeded = |seed: &str| turnabout(&["rehearse", "workflows/ambulance", "--seed", seed, "--json"]);
    let (first, second, other) = (seeded("7"), seeded("7"), seeded("8"));
    assert_eq!(first.out, second.out);
    assert_ne!(first.out, other.out);
    let outcome = first.json();
    for key in ["template", "status", "starts", "ends", "mentors", "mentees", "pairs", "sessions", "meetings"] {
        assert!(!outcome[key].is_null(), "no {key}: {outcome}");
    }
    for key in ["messages", "journal_entries", "journeys"] {
        assert!(outcome[key].as_u64().unwrap() > 0, "no {key}: {outcome}");
    }
    assert_eq!((&outcome["template"], &outcome["status"]), (&"ambulance".into(), &"finished".into()));
    let sessions = outcome["sessions"].as_array().unwrap();
    for key in ["kind", "name", "planned", "held", "attended"] {
        assert!(sessions.iter().all(|session| !session[key].is_null()), "no {key}: {outcome}");
    }
    let planned: Vec<&str> = sessions.iter().map(|session| session["planned"].as_str().unwrap()).collect();
    assert!(planned.is_sorted(), "{planned:?}");
}

#[test]
fn a_report_is_written_anew_and_no_other_file_is_replaced_by_mistake() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (report, evaluation) = (at("year.html"), at("evaluation.html"));
    let rehearse = |more: &[&str]| turnabout(&[&["rehearse", "workflows/ambulance", "--json"], more].concat());
    for seed in ["7", "8"] {
        let said = rehearse(&["--seed", seed, "--report", &report, "--evaluation", &evaluation]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    // One kind of report takes the place of another.
    assert_eq!(rehearse(&["--times", "2", "--report", &report]).code, Some(0));
    let own = at("client.toml");
    std::fs::write(&own, "name = \"acme\"\n").unwrap();
    let said = rehearse(&["--report", &own]);
    assert!(said.code == Some(2) && said.err.contains("is there already, and was left as it is"), "{said:?}");
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "name = \"acme\"\n");
    assert_eq!(rehearse(&["--report", &own, "--force"]).code, Some(0));
    assert!(std::fs::read_to_string(&own).unwrap().starts_with("<!doctype html>"));
}

#[test]
fn what_a_rehearsal_orders_and_never_happens_fails_its_test() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pairs");
    std::fs::create_dir_all(folder.join("rehearsals")).unwrap();
    let write = |file: &str, text: &str| std::fs::write(folder.join(file), text).unwrap();
    write(
        "programme.toml",
        "name = \"quiet\"\nversion = \"1.0.0\"\nsummary = \"s\"\npurpose = \"p\"\nlength = \"1 month\"\nlicence = \"MIT\"\ntime_zone = \"Europe/London\"\n",
    );
    write("programme.rhai", "fn programme(settings) { sleep(weeks(4)); }\nfn on_concern(concern) {}\n");
    let plan = |concern: &str| {
        format!(
            "summary = \"s\"\nstarts = 2026-01-05\n\n[cohort]\nmentors = 1\nmentees = 1\n\n[[concerns]]\nafter = \"{concern}\"\n\n[[expect]]\nsay = \"it ends\"\ncount = \"finished\"\nis = 1\n"
        )
    };
    let test = || turnabout(&["test", folder.to_str().unwrap()]);
    write("rehearsals/steady.toml", &plan("2 weeks"));
    let said = test();
    assert!(said.code == Some(0) && said.out.ends_with("1 met, 0 not met\n"), "{said:?}");
    write("rehearsals/steady.toml", &plan("5 weeks"));
    let said = test();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("NOT DONE  a concern on 9 February 2026: the run was over on 2 February 2026"),
        "{said:?}"
    );
    assert!(said.out.ends_with("1 met, 0 not met, 1 ordered and not done\n"), "{said:?}");
}

#[test]
fn a_sound_template_is_said_to_be_sound() {
    let answer = turnabout(&["check", "workflows/ambulance", "--json"]).json();
    assert_eq!((&answer["form"], &answer["ok"]), (&1.into(), &true.into()));
    let template = &answer["templates"][0];
    assert_eq!((&template["template"], &template["ok"]), (&"ambulance".into(), &true.into()));
    assert_eq!(template["hash"].as_str().unwrap().len(), 64);
    assert!(template["diagnostics"].is_array());
}

#[test]
fn a_code_is_explained_and_a_shell_gets_its_completions() {
    let said = turnabout(&["explain", "script::divergence"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("script::divergence\n") && said.out.contains("What to do:"), "{}", said.out);
    let said = turnabout(&["completions", "bash"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for word in ["_turnabout()", "rehearse", "journal", "complete -F _turnabout"] {
        assert!(said.out.contains(word), "no '{word}'");
    }
}
