//! Both sides change, and both changes are there in the end.

use crate::workshop::Workshop;

#[test]
fn an_upstream_script_and_a_forks_message_go_together() {
    let shop = Workshop::forked("police");
    shop.edit("workflows/police/programme.rhai", "    send(\"summary\", \"sponsor\");\n", "");
    shop.append("workflows/police/programme.rhai", "// The sponsor asks.\n");
    shop.edit(
        "workflows/police/programme.rhai",
        "    send(\"certificate\", pairs::who_met());\n",
        "    send(\"certificate\", pairs::who_met());\n    send(\"summary\", \"sponsor\");\n",
    );
    shop.edit("acme/messages/good-news.hbs", "Send a few lines to\n", "Ring, or send a few lines to\n");
    shop.update().with(0, &["changed  programme.rhai", "1 of 1 rehearsal met"]);
    assert_eq!(shop.read("acme/programme.rhai"), shop.read("workflows/police/programme.rhai"));
    assert!(shop.read("acme/messages/good-news.hbs").contains("Ring, or"));
}

#[test]
fn different_lines_of_one_script_are_both_taken() {
    let shop = Workshop::forked("ambulance");
    shop.edit("workflows/ambulance/programme.rhai", "#{ closes: weeks(2) }", "#{ closes: weeks(3) }");
    shop.edit("acme/programme.rhai", "    stage(\"Engagement\");\n", "    stage(\"Engagement and breakfast\");\n");
    let answer = shop.run(&["upstream", "update", "acme", "--json"]).with(0, &[]).json();
    assert_eq!((&answer["status"], &answer["rehearsals"]), (&"updated".into(), &1.into()), "{answer}");
    let script = shop.read("acme/programme.rhai");
    assert!(script.contains("weeks(3)") && script.contains("and breakfast"), "{script}");
}

#[test]
fn an_edit_follows_a_message_that_upstream_renames() {
    let shop = Workshop::forked("race-equity");
    shop.rename("workflows/race-equity/messages/support.hbs", "workflows/race-equity/messages/among-mentors.hbs");
    shop.edit("workflows/race-equity/programme.toml", "invitation = \"support\"", "invitation = \"among-mentors\"");
    let own = shop.read("acme/messages/support.hbs") + "\nBring a cake.\n";
    shop.write("acme/messages/support.hbs", &own);
    let diff = shop.run(&["upstream", "diff", "acme", "--json"]).with(0, &[]).json();
    assert_eq!(diff["upstream_changes"][0]["from"], "messages/support.hbs", "{diff}");
    shop.update().with(0, &["renamed  messages/support.hbs -> messages/among-mentors.hbs"]);
    assert_eq!(shop.read("acme/messages/among-mentors.hbs"), own);
    assert!(!shop.exists("acme/messages/support.hbs"));
}

#[test]
fn the_same_file_added_on_both_sides_is_taken_once() {
    let shop = Workshop::forked("race-equity");
    for side in ["workflows/race-equity", "acme"] {
        shop.write(&format!("{side}/NOTES.md"), "# Notes\n\nWhat we learned.\n");
    }
    shop.append("workflows/race-equity/README.md", "\nMore.\n");
    shop.update().with(0, &["changed  README.md"]);
    assert_eq!(shop.read("acme/NOTES.md"), "# Notes\n\nWhat we learned.\n");
}

#[test]
fn questions_that_both_sides_add_in_different_places_are_both_asked() {
    let shop = Workshop::forked("ambulance");
    let question =
        |name: &str| format!("[[questions]]\nname = \"{name}\"\ntext = \"What of {name}?\"\ntype = \"text\"\n\n");
    let before = "[[questions]]\nname = \"rhythm\"";
    shop.edit("workflows/ambulance/surveys/midpoint.toml", before, &format!("{}{before}", question("upstream_asks")));
    shop.append("acme/surveys/midpoint.toml", &format!("\n{}", question("acme_asks")));
    shop.update().with(0, &["changed  surveys/midpoint.toml  +5 -0"]);
    let survey: toml::Table = shop.read("acme/surveys/midpoint.toml").parse().unwrap();
    let names: Vec<&str> =
        survey["questions"].as_array().unwrap().iter().filter_map(|question| question["name"].as_str()).collect();
    assert!(names.contains(&"upstream_asks") && names.last() == Some(&"acme_asks"), "{names:?}");
}

#[test]
fn a_default_that_upstream_changes_comes_and_one_that_the_fork_changed_stays() {
    let shop = Workshop::forked("police");
    shop.edit("workflows/police/programme.toml", "default = \"8 weeks\"", "default = \"9 weeks\"");
    shop.edit("workflows/police/programme.toml", "version = \"1.0.0\"", "version = \"1.0.1\"");
    shop.edit("acme/programme.toml", "default = \"5 days\"", "default = \"6 days\"");
    shop.edit("acme/programme.toml", "\nversion = \"1.0.0\"", "\nversion = \"acme 3\"");
    shop.update().with(0, &["up to date with police 1.0.1"]);
    let manifest: toml::Table = shop.read("acme/programme.toml").parse().unwrap();
    let default = |name: &str| manifest["settings"][name]["default"].as_str().unwrap().to_owned();
    assert_eq!((default("good_news_every"), default("election")), ("9 weeks".into(), "6 days".into()));
    assert_eq!(manifest["version"].as_str(), Some("acme 3"), "a version of its own is the fork's");
    assert_eq!(manifest["lineage"]["version"].as_str(), Some("1.0.1"));
}

#[test]
fn a_fork_of_a_fork_takes_what_passes_through() {
    let shop = Workshop::forked("race-equity");
    shop.edit("acme/messages/welcome.hbs", "no targets and no scores", "no targets, no scores, no lists");
    shop.run(&["fork", "acme", "acme-north"]).with(0, &["a fork of acme 1.0.0"]);
    shop.edit("acme-north/messages/thanks.hbs", "= \"Thank you\"", "= \"Thank you from the north\"");
    shop.edit("workflows/race-equity/programme.toml", "version = \"1.0.0\"", "version = \"2.0.0\"");
    shop.edit("workflows/race-equity/messages/welcome.hbs", "Thank you for", "Many thanks for");
    shop.run(&["upstream", "update", "acme-north"]).with(0, &["nothing has changed"]);
    shop.update().with(0, &["up to date with race-equity 2.0.0"]);
    shop.run(&["upstream", "update", "acme-north"]).with(0, &["up to date with acme 2.0.0"]);
    let welcome = shop.read("acme-north/messages/welcome.hbs");
    assert!(welcome.contains("Many thanks for") && welcome.contains("no lists"), "{welcome}");
    assert!(shop.read("acme-north/messages/thanks.hbs").contains("from the north"));
    let manifest: toml::Table = shop.read("acme-north/programme.toml").parse().unwrap();
    assert_eq!(manifest["name"].as_str(), Some("acme-north"));
    assert_eq!(manifest["lineage"]["template"].as_str(), Some("acme"));
}

#[test]
fn a_fork_with_other_line_ends_keeps_them() {
    let shop = Workshop::forked("race-equity");
    let files: Vec<_> = shop.snapshot("acme").into_iter().collect();
    for (path, bytes) in files {
        // As version control may do on another system, to what is kept of the upstream as well.
        std::fs::write(path, String::from_utf8(bytes).unwrap().replace('\n', "\r\n")).unwrap();
    }
    shop.edit("acme/programme.rhai", "stage(\"Sharing\")", "stage(\"Sharing at home\")");
    shop.edit("workflows/race-equity/programme.rhai", "stage(\"Preparing\")", "stage(\"Preparing well\")");
    shop.edit("workflows/race-equity/programme.toml", "version = \"1.0.0\"", "version = \"1.2.0\"");
    shop.update().with(0, &["changed  programme.rhai  +1 -1"]);
    for file in ["programme.rhai", "programme.toml"] {
        let text = shop.read(&format!("acme/{file}"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{file}");
    }
    let script = shop.read("acme/programme.rhai");
    assert!(script.contains("Sharing at home") && script.contains("Preparing well"), "{script}");
}

#[test]
fn what_the_fork_deleted_stays_deleted_and_what_upstream_deleted_goes() {
    let shop = Workshop::forked("race-equity");
    shop.write("workflows/race-equity/EXTRA.md", "later\n");
    shop.remove("acme/README.md");
    shop.remove("workflows/race-equity/EXTRA.md");
    shop.write("workflows/lib/new-module.rhai", "fn greet() { 1 }\n");
    shop.remove("workflows/lib/surges.rhai");
    shop.update().with(0, &["deleted  lib/surges.rhai", "added    lib/new-module.rhai"]);
    assert!(!shop.exists("acme/README.md") && !shop.exists("acme/lib/surges.rhai"));
}

#[test]
fn a_plugin_that_upstream_rebuilt_is_taken_by_its_bytes() {
    let shop = Workshop::of("race-equity");
    shop.bring("workflows/race-equity", "availability");
    shop.run(&["fork", "workflows/race-equity", "acme"]).with(0, &[]);
    let rebuilt = shop.bring("workflows/race-equity", "eligibility");
    shop.update().with(0, &["changed  plugins/rule.wasm  no text"]);
    assert_eq!(std::fs::read(shop.path("acme/plugins/rule.wasm")).unwrap(), rebuilt);
}

#[test]
fn words_that_the_upstream_and_the_fork_translate_go_together() {
    let shop = Workshop::of("police");
    shop.edit(
        "workflows/police/surveys/check-in.toml",
        "mode = \"named\"",
        "mode = \"named\"\nlanguages = [\"en\", \"cy\"]",
    );
    let words = "workflows/police/words/cy.toml";
    shop.run(&["survey", "words", "cy", "--to", words]).with(0, &[words]);
    shop.run(&["fork", "workflows/police", "acme"]).with(0, &["a fork of"]);
    shop.edit(words, "\nsave = \"\"", "\nsave = \"Cadw\"");
    shop.edit("acme/words/cy.toml", "\nthanks_title = \"\"", "\nthanks_title = \"Diolch\"");
    shop.update().with(0, &["changed  words/cy.toml", "1 of 1 rehearsal met"]);
    let merged = shop.read("acme/words/cy.toml");
    assert!(merged.contains("\nsave = \"Cadw\"\n") && merged.contains("\nthanks_title = \"Diolch\"\n"), "{merged}");
}
