//! A live round: a server, a run, its people, its end, and a clean stop.

use crate::program::{Served, turnabout};
use std::fs;

const PEOPLE: &str = "examples/ambulance-trust/people.csv";

/// What a survey of the ambulance template tells people about their answers.
const TOLD: &str = "
Surveys
  Before you begin (confidential; results of at least 8 people): To tell, when the year is over, what it has changed for both \
                    sides. The answers are used for nothing else.
";

#[test]
fn whoever_starts_a_run_is_told_what_people_will_be_told_about_their_answers() {
    let server = Served::start();
    let said = server.ask(&["run", "start", "--template", "ambulance", "--client", "Fellmarch"]).out;
    assert!(said.contains(TOLD), "{said}");
    let more = ["run", "start", "--template", "ambulance", "--client", "Fellmarch", "--another", "--json"];
    let surveys = server.ask(&more).json()["surveys"].clone();
    let names: Vec<&str> = surveys.as_array().unwrap().iter().map(|survey| survey["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["baseline", "closing", "midpoint"]);
    let half_way = serde_json::json!({ "name": "midpoint", "title": "Half-way", "mode": "confidential", "threshold": 8,
        "purpose": "To help pairs in time, and to plan the second half of the year." });
    assert_eq!(surveys[2], half_way);
}

#[test]
fn a_run_is_started_filled_read_and_cancelled_from_the_command_line() {
    let server = Served::start();
    assert_eq!(server.ask(&["run", "list", "--json"]).json()["items"], serde_json::json!([]));

    let start = ["run", "start", "--template", "ambulance", "--client", "Fellmarch", "--setting", "patience=6 weeks"];
    let started = server.ask(&[&start[..], &["--json"]].concat()).json();
    assert_eq!((&started["status"], &started["mentors"]), (&"running".into(), &0.into()), "{started}");
    let run = started["id"].as_str().unwrap();

    let added = server.ask(&["people", "import", PEOPLE, "--run", run, "--json"]).json();
    assert_eq!(added["added"].as_array().unwrap().len(), 20);
    let again = server.ask(&["people", "import", PEOPLE, "--run", run]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.err.contains("is in this run already: person-1"), "{}", again.err);

    assert!(again.err.contains("row 2"), "{}", again.err);
    // The list has grown: those who take part already are passed over.
    let list = fs::read_to_string(crate::program::project().join(PEOPLE)).unwrap();
    let mentor = list.lines().find(|row| row.starts_with("mentor,")).unwrap();
    let mut cells: Vec<&str> = mentor.splitn(4, ',').collect();
    (cells[1], cells[2]) = ("Late Comer", "late@example.org");
    let grown = server.data.path().with_extension("csv");
    fs::write(&grown, format!("{list}{}\n", cells.join(","))).unwrap();
    let grown = grown.display().to_string();
    let passed = server.ask(&["people", "import", &grown, "--run", run, "--skip-known", "--json"]).json();
    let counts = ["added", "notices"].map(|name| passed[name].as_array().unwrap().len());
    assert_eq!(counts, [1, 20], "{passed}");
    fs::remove_file(grown).unwrap();

    let shown = server.ask(&["run", "show", run, "--json"]).json();
    assert_eq!((&shown["mentors"], &shown["mentees"]), (&11.into(), &10.into()));
    let text = server.ask(&["run", "show", run]).out;
    assert!(text.contains("11 mentors, 10 mentees") && text.contains("patience: 6 weeks"), "{text}");
    assert!(text.contains(TOLD), "{text}");

    let journal = server.ask(&["run", "journal", run, "--json"]).json();
    let entries = journal["items"].as_array().unwrap();
    assert_eq!(entries[0]["event"]["event"], "run_started");
    assert_eq!(shown["version"], entries.len());
    let after = (entries.len() - 2).to_string();
    let rest = server.ask(&["run", "journal", run, "--after", &after, "--json"]).json();
    assert_eq!(rest["items"].as_array().unwrap()[..], entries[entries.len() - 2..]);

    let resumed = server.ask(&["run", "resume", run]);
    assert_eq!(resumed.code, Some(2), "{resumed:?}");
    assert!(resumed.err.contains("error[run::nothing_parked]"), "{}", resumed.err);
    let past = server.ask(&["run", "pause", run, "--until", "2020-01-01"]);
    assert!(past.code == Some(2) && past.err.contains("error[run::bad_time]"), "{past:?}");
    let started: jiff::Timestamp = shown["started"].as_str().unwrap().parse().unwrap();
    let soon = started.checked_add(jiff::SignedDuration::from_hours(24 * 30)).unwrap();
    let pausing = server.ask(&["run", "pause", run, "--until", &soon.to_string(), "--reason", "Winter pressure"]);
    assert!(pausing.out.contains("paused until"), "{pausing:?}");
    let text = server.ask(&["run", "show", run]).out;
    assert!(text.contains(": Winter pressure"), "{text}");
    assert!(server.ask(&["run", "list"]).out.contains("running, paused"));
    let unpaused = server.ask(&["run", "unpause", run, "--json"]).json();
    assert!(unpaused["paused_until"].is_null(), "{unpaused}");
    let nothing = server.ask(&["run", "send-again", run, "tamsin.orr@fellmarch.example"]);
    assert!(nothing.code == Some(2) && nothing.err.contains("error[run::nothing_waits]"), "{nothing:?}");
    let nobody = server.ask(&["run", "send-again", run, "nobody@example.org"]);
    assert!(nobody.err.contains("has the id or e-mail address 'nobody@example.org'"), "{nobody:?}");
    let cancelled = server.ask(&["run", "cancel", run, "--reason", "No budget", "--json"]).json();
    assert_eq!(cancelled["status"], "cancelled");
    let list = server.ask(&["run", "list"]).out;
    assert!(list.lines().nth(1).is_some_and(|line| line.starts_with(run) && line.contains("cancelled")), "{list}");

    let (code, rest) = server.stop();
    assert_eq!(code, Some(0));
    assert!(rest.contains("Everything that was answered is kept"), "{rest}");
}

#[test]
fn a_client_s_own_list_of_people_is_taken_in_unless_somebody_says_otherwise() {
    let server = Served::start();
    let start = |more: &[&str]| {
        server.ask(&[&["run", "start", "--client-file", "examples/ambulance-trust", "--json"], more].concat())
    };
    let started = start(&[]);
    assert_eq!((started.json()["mentors"].as_u64(), started.json()["mentees"].as_u64()), (Some(10), Some(10)));
    let note = "note: takes in examples/ambulance-trust/people.csv, which examples/ambulance-trust/client.toml names";
    assert!(started.err.lines().any(|line| line.starts_with(note)), "{}", started.err);
    let without = start(&["--another", "--no-people"]);
    assert_eq!((without.json()["mentors"].as_u64(), without.err.as_str()), (Some(0), ""));
    let given = start(&["--another", "--people", PEOPLE]);
    assert_eq!((given.json()["mentors"].as_u64(), given.err.as_str()), (Some(10), ""));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("client.toml");
    let says = fs::read_to_string(crate::program::project().join("examples/ambulance-trust/client.toml")).unwrap();
    fs::write(&file, says.replace("people.csv", "nobody.csv")).unwrap();
    let before = server.ask(&["run", "list"]).out;
    let missing = server.ask(&["run", "start", "--another", "--client-file", &file.display().to_string()]);
    assert!(missing.code != Some(0) && missing.err.contains("nobody.csv"), "{missing:?}");
    assert_eq!(server.ask(&["run", "list"]).out, before, "no run is left behind");
}

#[test]
fn the_next_cohort_is_started_from_a_run_that_is_over() {
    let server = Served::start();
    let start = ["run", "start", "--template", "ambulance", "--client", "Fellmarch", "--setting", "patience=6 weeks"];
    let first = server.ask(&[&start[..], &["--json"]].concat()).json();
    let first = first["id"].as_str().unwrap();
    let renew = ["run", "start", "--renews", first];
    let early = server.ask(&renew);
    assert_eq!(early.code, Some(2), "{early:?}");
    assert!(early.err.contains("error[live::not_over]"), "{}", early.err);
    server.ask(&["run", "cancel", first, "--reason", "No budget"]);
    let with = [&renew[..], &["--setting", "breathing_space=2 weeks", "--people", PEOPLE, "--json"]].concat();
    let said = server.ask(&with);
    assert!(!said.err.contains("nobody is named"), "its contacts come over: {}", said.err);
    let second = said.json();
    assert_eq!(
        (&second["client"], &second["template"], &second["mentors"]),
        (&"Fellmarch".into(), &"ambulance".into(), &10.into())
    );
    let second = second["id"].as_str().unwrap();
    let shown = server.ask(&["run", "show", second]).out;
    for line in [&format!("renews {first}"), "patience: 6 weeks", "breathing_space: 2 weeks"] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let before = server.ask(&["run", "show", first]).out;
    assert!(before.contains(&format!("renewed by {second}")), "{before}");
    let lessons = server.ask(&["run", "show", second, "--lessons"]).out;
    assert!(lessons.contains(&format!("0 learning points from {first}")), "{lessons}");
    let again = server.ask(&renew);
    assert!(again.code == Some(2) && again.err.contains(second), "{again:?}");
}

#[test]
fn people_come_with_the_start_or_it_does_not_start() {
    let server = Served::start();
    let start = ["run", "start", "--template", "ambulance", "--client", "Fellmarch"];
    let started = server.ask(&[&start[..], &["--people", PEOPLE, "--json"]].concat()).json();
    assert_eq!((&started["mentors"], started["people"]["added"].as_array().unwrap().len()), (&10.into(), 20));

    let bad = server.data.path().join("bad.csv");
    fs::write(&bad, "\u{feff}role,name,email,manager,topics,grade,site\nmentor,Kit,nowhere,,rotas,5,Fellgate\n")
        .unwrap();
    let said = server.ask(&[&start[..], &["--people", bad.to_str().unwrap()]].concat());
    assert_eq!(said.code, Some(2), "{said:?}");
    assert_eq!(said.err.matches("row 2, column 'email': ").count(), 1, "once: {}", said.err);
    let more = "role,name,email,manager,topics,grade,site\nmentor,Kit,nowhere,,rotas,5,Fellgate\nmentor,,a@b.example,,rotas,5,Fellgate\n";
    fs::write(&bad, more).unwrap();
    let said = server.ask(&[&start[..], &["--people", bad.to_str().unwrap()]].concat());
    assert!(said.err.contains("the people can't be taken in: 2 errors in the list\n"), "{}", said.err);
    for row in ["\n  row 2, column 'email': ", "\n  row 3, column 'name': "] {
        assert!(said.err.matches(row.trim_start()).count() == 1 && said.err.contains(row), "{row}: {}", said.err);
    }
    let runs = server.ask(&["run", "list", "--json"]).json();
    assert_eq!(runs["items"].as_array().unwrap().len(), 1, "no empty run is left behind");
}

#[test]
fn what_the_server_refuses_keeps_its_code_and_starts_nothing() {
    let server = Served::start();
    let refused: [(&[&str], &str); 5] = [
        (&["--template", "ambulanc"], "error[live::no_template]"),
        (&["--template", "ambulance", "--setting", "tempo=fast"], "no setting 'tempo'"),
        (&["--template", "ambulance", "--setting", "patience=soon"], "a length of time"),
        (&["--template", "ambulance", "--time-zone", "Mars/Olympus"], "error[run::time_zone]"),
        (&["--template", "../runs", "--setting", "a=b"], "error[live::no_template]"),
    ];
    for (arguments, part) in refused {
        let said = server.ask(&[&["run", "start", "--client", "x"], arguments].concat());
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    assert_eq!(server.ask(&["run", "list", "--json"]).json()["items"], serde_json::json!([]));
    let stranger = server.ask(&["run", "list", "--token", "sixteen-letters!"]);
    assert_eq!(stranger.code, Some(2), "{stranger:?}");
    assert!(stranger.err.contains("error[request::token]") && stranger.err.contains("--data"), "{}", stranger.err);
}

#[test]
fn other_peoples_questions_wait_for_their_owner() {
    let home = tempfile::tempdir().unwrap();
    let acme = home.path().join("acme");
    let folder = acme.to_str().unwrap();
    let made = turnabout(&["client", "new", folder, "--template", "workflows/ambulance"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let survey = "title = \"Wellbeing\"\nintroduction = \"How are you?\"\nlicence = \"Their own\"\n\
                  attribution = \"The institute\"\nrequires_permission = true\n\n\
                  [[questions]]\nname = \"mood\"\ntext = \"How are you?\"\ntype = \"text\"\n";
    fs::create_dir_all(acme.join("surveys")).unwrap();
    fs::write(acme.join("surveys/wellbeing.toml"), survey).unwrap();
    let server = Served::with(&[folder]);
    let start = ["run", "start", "--client-file", folder];
    let refused = server.ask(&start);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    for part in ["error[survey::no_permission]", "wellbeing", "[permissions]"] {
        assert!(refused.err.contains(part), "no '{part}' in {}", refused.err);
    }
    assert_eq!(server.ask(&["run", "list", "--json"]).json()["items"], serde_json::json!([]), "nothing was launched");
    let client = fs::read_to_string(acme.join("client.toml")).unwrap();
    let permitted = "[permissions]\nwellbeing = \"Jo Marsh, licensing desk, 2026-03-02\"\n";
    fs::write(acme.join("client.toml"), format!("{client}\n{permitted}")).unwrap();
    let started = server.ask(&start);
    assert_eq!(started.code, Some(0), "{started:?}");
}

#[test]
fn a_data_folder_has_one_server() {
    let server = Served::start();
    let said = turnabout(&["serve", "--listen", "127.0.0.1:0", "--data", server.data.path().to_str().unwrap()]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("error[store::locked]"), "{}", said.err);
    assert!(said.err.contains("in use by another process") && said.err.contains("--data"), "{}", said.err);
}

#[test]
fn a_client_file_says_whose_programme_it_is_and_who_hears_concerns() {
    let server = Served::start();
    let start = ["run", "start", "--client-file", "examples/ambulance-trust/client.toml", "--people"];
    let wrong = server.ask(&[&start[..], &["README.md"]].concat());
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert_eq!(server.ask(&["run", "list", "--json"]).json()["items"], serde_json::json!([]), "no empty run is left");
    let started = server.ask(&[&start[..], &[PEOPLE, "--json"]].concat()).json();
    assert_eq!(started["mentors"], 10, "{started}");
    let run = started["id"].as_str().unwrap();
    let shown = server.ask(&["run", "show", run, "--json"]).json();
    assert!(shown["contacts"]["contact"]["email"].is_string(), "{shown}");
}

#[test]
fn a_client_that_changes_rules_starts_its_own_template_and_not_the_plain_one() {
    let server = Served::start();
    let said = server.ask(&["run", "start", "--client-file", "examples/broadcaster/client.toml"]);
    // The server has only the ambulance year: the plain template would be a programme without the client's rules.
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("live::no_template") && said.err.contains("northlight-broadcasting"), "{}", said.err);
}

#[test]
fn a_programme_is_not_started_twice_unless_another_is_asked_for() {
    let server = Served::start();
    let start = ["run", "start", "--template", "ambulance", "--client", "Fellmarch"];
    let first = server.ask(&[&start[..], &["--id"]].concat()).out;
    let first = first.trim();
    let twice = server.ask(&[&start[..4], &["--client", " fellmarch"]].concat());
    assert_eq!(twice.code, Some(2), "{twice:?}");
    for part in ["error[live::under_way]", first, "under way for Fellmarch since 20", "--another"] {
        assert!(twice.err.contains(part), "no '{part}' in {}", twice.err);
    }
    let elsewhere = server.ask(&["run", "start", "--template", "ambulance", "--client", "Harbour", "--id"]);
    assert_eq!(elsewhere.code, Some(0), "{elsewhere:?}");
    let another = server.ask(&[&start[..], &["--another", "--id"]].concat());
    assert_eq!(another.code, Some(0), "{another:?}");
    assert_ne!(another.out.trim(), first);
    // Nobody is held against runs that are over.
    for run in [first, another.out.trim()] {
        server.ask(&["run", "cancel", run, "--reason", "No budget"]);
    }
    let next = server.ask(&[&start[..], &["--id"]].concat());
    assert_eq!(next.code, Some(0), "{next:?}");
}

#[test]
fn a_run_is_named_by_as_much_of_its_id_as_tells_it_apart() {
    let server = Served::start();
    let ids = ["Fellmarch", "Harbour"].map(|client| {
        let said = server.ask(&["run", "start", "--template", "ambulance", "--client", client, "--id"]);
        said.out.trim().to_owned()
    });
    let same = ids[0].bytes().zip(ids[1].bytes()).take_while(|(one, other)| one == other).count();
    for id in &ids {
        let shown = server.ask(&["run", "show", &id[..=same]]);
        assert!(shown.out.starts_with(id), "{shown:?}");
    }
    let both = server.ask(&["run", "show", &ids[0][..same]]);
    assert_eq!(both.code, Some(2), "{both:?}");
    assert!(ids.iter().all(|id| both.err.contains(id)) && both.err.contains("Write more of the id."), "{}", both.err);
    let none = server.ask(&["run", "show", "run-7zz"]);
    assert!(none.code == Some(2) && none.err.contains("turnabout run list"), "{none:?}");
    // So does every command that takes a run; each is refused for what it is asked, or does it.
    let named = &ids[0][..=same];
    let every: [(&[&str], &str); 9] = [
        (&["show"], ""),
        (&["journal"], ""),
        (&["evaluation"], ""),
        (&["forecast", "--times", "1"], ""),
        (&["resume"], "error[run::nothing_parked]"),
        (&["pause", "--until", "2020-01-01"], "error[run::bad_time]"),
        (&["unpause"], "error[run::not_paused]"),
        (&["amend", "--to", "ambulance", "--dry-run"], "error[run::already_so]"),
        (&["send-again", "person-1"], "error[run::unknown]"),
    ];
    let help = server.ask(&["run", "--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Lines of an explanation begin further in.
    let commands =
        commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|word| !word.is_empty()));
    let takes_one = |command: &&str| !["start", "list", "cancel", "help"].contains(command);
    assert_eq!(commands.filter(takes_one).collect::<Vec<_>>(), every.map(|(words, _)| words[0]));
    for (words, refused) in every {
        let said = server.ask(&[&["run", words[0], named], &words[1..]].concat());
        let expect = if refused.is_empty() { said.code == Some(0) } else { said.err.contains(refused) };
        assert!(expect, "{words:?}: {said:?}");
    }
    // What can't be undone takes more of it.
    let cancel = |name: &str| server.ask(&["run", "cancel", name, "--reason", "oops"]);
    let short = cancel(&ids[0][.."run-".len() + 9]);
    assert!(short.code == Some(2) && short.err.contains("at least 10 characters after run-"), "{short:?}");
    assert!(!server.ask(&["run", "list"]).out.contains("cancelled"));
    // People can be taken in with the run in either place.
    for arguments in [["people", "import", &ids[0], PEOPLE], ["people", "import", PEOPLE, &ids[1]]] {
        let said = server.ask(&arguments);
        assert!(said.out.contains("20 people were taken in"), "{said:?}");
    }
    let enough = cancel(&ids[0][..(same + 1).max("run-".len() + 10)]);
    assert!(enough.out.contains(": cancelled"), "{enough:?}");
}

#[test]
fn a_client_is_started_by_its_folder() {
    let server = Served::start();
    let said = server.ask(&["run", "start", "--client-file", "examples/ambulance-trust"]);
    assert!(said.code == Some(0) && said.out.contains("for fellmarch-ambulance"), "{said:?}");
}

#[test]
fn what_a_programme_came_to_is_shown_in_its_clients_name_and_colour() {
    let server = Served::start();
    let start = |arguments: &[&str]| server.ask(&[&["run", "start", "--id"], arguments].concat()).out.trim().to_owned();
    let own = start(&["--client-file", "examples/ambulance-trust"]);
    let nobodys = start(&["--template", "ambulance", "--client", "Harbour"]);
    let on_the_server = |run: &str| server.get(&format!("/runs/{run}/evaluation/page"));
    let written = |run: &str| {
        let path = server.data.path().join(format!("{run}.html"));
        let said = server.ask(&["run", "evaluation", run, "--report", path.to_str().unwrap()]);
        assert_eq!(said.code, Some(0), "{said:?}");
        fs::read_to_string(path).unwrap()
    };
    for page in [on_the_server(&own), written(&own)] {
        assert!(page.contains("--deed:#00594c") && page.contains("Fellmarch Ambulance Trust. "), "{page}");
    }
    for page in [on_the_server(&nobodys), written(&nobodys)] {
        assert_eq!(page.matches("--deed:").count(), 1, "{page}");
    }
    // The next cohort's pages look the same.
    server.ask(&["run", "cancel", &own, "--reason", "No budget"]);
    let next = start(&["--renews", &own]);
    assert!(on_the_server(&next).contains("--deed:#00594c"));
}

#[test]
fn whoever_has_named_nobody_is_told_so_when_the_run_starts() {
    let server = Served::start();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("client.toml");
    let person = |part: &str| format!("{part} = {{ name = \"The {part}\", email = \"{part}@acme.example\" }}\n");
    let text = format!(
        "name = \"acme\"\ntemplate = \"../ambulance\"\n{}{}contact = {{ name = \"Ife Obi\", email = \"ife.obi@acme.example\" }}\n\
         [brand]\norganisation = \"Acme\"\n",
        person("coordinator"),
        person("sponsor"),
    );
    std::fs::write(&file, text).unwrap();
    let said = server.ask(&["run", "start", "--client-file", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for (part, told) in [("coordinator", true), ("sponsor", true), ("contact", false)] {
        assert_eq!(said.err.contains(&format!("note: letters to the {part} would go to")), told, "{}", said.err);
    }
}
