//! Both sides change the same thing: the fork stays as it is until a person has decided.

use crate::workshop::Workshop;

#[test]
fn the_same_line_on_both_sides_is_resolved_by_a_person() {
    let shop = Workshop::forked("police");
    shop.edit("workflows/police/messages/good-news.hbs", "Something good to tell?", "Tell us something good");
    shop.edit("workflows/police/messages/thanks.hbs", "= \"Thank you\"", "= \"Many thanks\"");
    shop.edit("acme/messages/good-news.hbs", "Something good to tell?", "Good news for Acme?");
    let fork = shop.snapshot("acme");
    let told = "messages/good-news.hbs: both changed the same lines, in 1 place";
    shop.run(&["upstream", "diff", "acme"]).with(0, &["Conflicts: 1", told]);
    shop.run(&["upstream", "update", "acme", "--check"]).with(1, &["error[upstream::pending]", "1 conflict", told]);
    assert!(!shop.exists("acme.merge"));
    shop.update().with(1, &["error[upstream::conflicts]", told, "acme.merge", "--continue"]);
    assert_eq!(shop.snapshot("acme"), fork, "the fork is as it was");
    let markers = "<<<<<<< yours\nsubject = \"Good news for Acme?\"\n||||||| before\nsubject = \"Something good to tell?\"\n\
                   =======\nsubject = \"Tell us something good\"\n>>>>>>> upstream\n";
    assert!(shop.read("acme.merge/messages/good-news.hbs").contains(markers));
    shop.update().with(1, &["error[upstream::waiting]"]);
    shop.go_on().with(2, &["error[upstream::unresolved]", "messages/good-news.hbs has a conflict marker on line 2"]);
    // Half resolved is not resolved: a rule that was left would go out in the message.
    let half = markers.replace("<<<<<<< yours\n", "").replace(">>>>>>> upstream\n", "");
    shop.edit("acme.merge/messages/good-news.hbs", markers, &half);
    shop.go_on().with(2, &["error[upstream::unresolved]"]);
    shop.edit("acme.merge/messages/good-news.hbs", &half, "subject = \"Tell Acme something good\"\n");
    shop.go_on().with(0, &["Changed in the fork", "1 of 1 rehearsal met"]);
    assert!(shop.read("acme/messages/good-news.hbs").contains("Tell Acme something good"));
    assert!(shop.read("acme/messages/thanks.hbs").contains("Many thanks"));
    assert!(!shop.exists("acme.merge"));
    shop.update().with(0, &["nothing has changed"]);
}

#[test]
fn a_fork_that_was_changed_after_the_merge_began_loses_nothing() {
    let shop = Workshop::forked("race-equity");
    shop.edit("workflows/race-equity/messages/thanks.hbs", "= \"Thank you\"", "= \"Many thanks\"");
    shop.edit("acme/messages/thanks.hbs", "= \"Thank you\"", "= \"Cheers\"");
    shop.update().with(1, &["error[upstream::conflicts]"]);
    shop.write("acme.merge/messages/thanks.hbs", shop.read("workflows/race-equity/messages/thanks.hbs"));
    shop.edit("acme/messages/welcome.hbs", "no scores", "no marks");
    let fork = shop.snapshot("acme");
    shop.go_on().with(2, &["error[upstream::changed_since]", "messages/welcome.hbs"]);
    assert_eq!(shop.snapshot("acme"), fork);
}

#[test]
fn upstream_deletes_a_file_that_the_fork_changed() {
    let shop = Workshop::forked("race-equity");
    shop.remove("workflows/race-equity/README.md");
    shop.append("acme/README.md", "\nOurs.\n");
    shop.update().with(1, &["README.md: the upstream deleted it, and you changed it"]);
    assert!(shop.read("acme.merge/README.md").ends_with("\nOurs.\n"));
    shop.go_on().with(0, &["up to date"]);
    assert!(shop.read("acme/README.md").ends_with("\nOurs.\n"), "whoever goes on keeps it");
}

#[test]
fn the_fork_deletes_a_file_that_upstream_changed() {
    let shop = Workshop::forked("race-equity");
    shop.remove("acme/README.md");
    shop.append("workflows/race-equity/README.md", "\nTheirs.\n");
    shop.update().with(1, &["README.md: you deleted it, and the upstream changed it"]);
    assert!(!shop.exists("acme/README.md"));
    // Whoever decides nothing does not undo the deletion without a word.
    shop.go_on().with(2, &["README.md.upstream is still there"]);
    shop.remove("acme.merge/README.md.upstream");
    shop.go_on().with(0, &["up to date"]);
    assert!(!shop.exists("acme/README.md"), "it stays deleted");
    shop.update().with(0, &["nothing has changed"]);
}

#[test]
fn both_add_a_file_of_one_name() {
    let shop = Workshop::forked("race-equity");
    shop.write("workflows/race-equity/NOTES.md", "# Notes\nTheirs.\n");
    shop.write("acme/NOTES.md", "# Notes\nOurs.\n");
    shop.update().with(1, &["NOTES.md: both added it, and differ in 1 place"]);
    let merged = shop.read("acme.merge/NOTES.md");
    assert!(merged.contains("Ours.") && merged.contains("Theirs."), "{merged}");
    shop.write("acme.merge/NOTES.md", "# Notes\nOurs.\nTheirs.\n");
    shop.go_on().with(0, &["changed  NOTES.md"]);
}

#[test]
fn a_plugin_that_both_rebuilt_is_kept_twice_until_one_is_chosen() {
    let shop = Workshop::of("race-equity");
    shop.bring("workflows/race-equity", "availability");
    shop.run(&["fork", "workflows/race-equity", "acme"]).with(0, &[]);
    let theirs = shop.bring("workflows/race-equity", "eligibility");
    let ours = shop.bring("acme", "ballot");
    shop.update().with(1, &["plugins/rule.wasm: both changed it, and it is no text", "programme.toml"]);
    assert_eq!(std::fs::read(shop.path("acme.merge/plugins/rule.wasm")).unwrap(), ours);
    // The hash in the manifest is a line that both changed.
    let upstream = shop.read("workflows/race-equity/programme.toml");
    let pin = upstream.lines().find(|line| line.starts_with("rule = ")).unwrap();
    shop.choose("acme.merge/programme.toml", pin);
    shop.go_on().with(2, &["plugins/rule.wasm.upstream is still there"]);
    shop.rename("acme.merge/plugins/rule.wasm.upstream", "acme.merge/plugins/rule.wasm");
    shop.go_on().with(0, &["changed  plugins/rule.wasm"]);
    assert_eq!(std::fs::read(shop.path("acme/plugins/rule.wasm")).unwrap(), theirs);
}

#[test]
fn a_merge_without_conflicts_that_does_not_fit_together_waits_too() {
    let shop = Workshop::forked("race-equity");
    // Upstream renames a message and its own call; the fork sends it once more under the old name.
    shop.rename("workflows/race-equity/messages/thanks.hbs", "workflows/race-equity/messages/thank-you.hbs");
    shop.edit("workflows/race-equity/programme.rhai", "send(\"thanks\", ", "send(\"thank-you\", ");
    shop.edit(
        "acme/programme.rhai",
        "    send(\"introduction\", pair);\n",
        "    send(\"introduction\", pair);\n    send(\"thanks\", pair);\n",
    );
    let fork = shop.snapshot("acme");
    shop.run(&["upstream", "update", "acme", "--check"]).with(1, &["error[upstream::pending]", "not sound"]);
    shop.update().with(1, &["error[upstream::unsound]", "'thanks'", "programme.rhai"]);
    assert_eq!(shop.snapshot("acme"), fork, "the fork is as it was");
    shop.edit("acme.merge/programme.rhai", "    send(\"thanks\", pair);\n", "    send(\"thank-you\", pair);\n");
    shop.go_on().with(0, &["renamed  messages/thanks.hbs -> messages/thank-you.hbs"]);
}

#[test]
fn a_merge_that_misses_what_a_rehearsal_expects_does_not_take_the_forks_place() {
    let shop = Workshop::forked("police");
    shop.append(
        "acme/rehearsals/steady.toml",
        "\n[[expect]]\nsay = \"Everyone is thanked\"\ncount = \"message:thanks\"\nat_least = 38\n",
    );
    shop.run(&["test", "acme"]).with(0, &[]);
    shop.edit(
        "workflows/police/programme.rhai",
        "send(\"thanks\", cohort().everyone)",
        "send(\"thanks\", cohort().mentors)",
    );
    let fork = shop.snapshot("acme");
    let said = shop.run(&["upstream", "update", "acme", "--json"]).with(1, &[]).json();
    assert_eq!(
        (&said["status"], &said["missed"][0]["say"]),
        (&"not_sound".into(), &"Everyone is thanked".into()),
        "{said}"
    );
    assert_eq!(shop.snapshot("acme"), fork, "the fork is as it was");
    shop.go_on().with(1, &["NOT MET  steady: Everyone is thanked", "error[upstream::unsound]"]);
    shop.edit("acme.merge/programme.rhai", "send(\"thanks\", cohort().mentors)", "send(\"thanks\", cohort().everyone)");
    shop.go_on().with(0, &["1 of 1 rehearsal met"]);
}
