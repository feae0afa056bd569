//! What is refused, and that nothing is changed then.

use crate::workshop::Workshop;

#[test]
fn a_damaged_base_is_refused_rather_than_guessed() {
    let shop = Workshop::forked("race-equity");
    shop.append("workflows/race-equity/README.md", "\nMore.\n");
    let kept = shop.read("acme/.upstream/files/messages/thanks.hbs");
    shop.append("acme/.upstream/files/messages/thanks.hbs", "\nNot as it was.\n");
    let fork = shop.snapshot("acme");
    for command in
        [&["upstream", "update", "acme"][..], &["upstream", "update", "acme", "--check"], &["upstream", "diff", "acme"]]
    {
        shop.run(command).with(2, &["error[upstream::damaged]", "its files are not those that were kept", ".upstream"]);
    }
    shop.write("acme/.upstream/files/messages/thanks.hbs", kept);
    shop.write("acme/.upstream/upstream.toml", "from = 1");
    shop.update().with(2, &["error[upstream::damaged]", "upstream.toml"]);
    assert_eq!(shop.snapshot("acme").len(), fork.len());
    std::fs::remove_dir_all(shop.path("acme/.upstream")).unwrap();
    shop.update().with(2, &["error[upstream::not_a_fork]", "turnabout fork"]);
}

#[test]
fn an_upstream_that_went_elsewhere_is_named_and_a_stranger_is_refused() {
    let shop = Workshop::forked("race-equity");
    shop.rename("workflows", "moved");
    shop.update().with(2, &["error[upstream::gone]", "--from TEMPLATE"]);
    shop.append("moved/race-equity/README.md", "\nMore.\n");
    shop.write("moved/stranger/programme.toml", "name = \"stranger\"\n");
    shop.run(&["upstream", "update", "acme", "--from", "moved/stranger"])
        .with(2, &["error[upstream::another]", "a fork of 'race-equity'"]);
    shop.run(&["upstream", "diff", "acme", "--from", "nowhere"]).with(2, &["error[template::folder]"]);
    shop.run(&["upstream", "update", "acme", "--from", "moved/race-equity"]).with(0, &["changed  README.md"]);
    // It is remembered.
    shop.update().with(0, &["nothing has changed"]);
}

#[test]
fn nothing_is_overwritten() {
    let shop = Workshop::forked("race-equity");
    let fork = shop.snapshot("acme");
    shop.run(&["fork", "workflows/race-equity", "acme"]).with(2, &["error[cli::input]", "acme is there already"]);
    shop.run(&["fork", "workflows/race-equity", "workflows/race-equity/mine"]).with(2, &["lies within the template"]);
    shop.run(&["fork", "workflows/race-equity", "Acme Ltd"]).with(2, &["'Acme Ltd' can't be a name", "--name"]);
    shop.run(&["fork", "workflows/nowhere", "other"]).with(2, &["error[template::folder]"]);
    shop.go_on().with(2, &["error[upstream::nothing_waits]"]);
    shop.append("workflows/race-equity/README.md", "\nTheirs.\n");
    shop.append("acme/README.md", "\nOurs.\n");
    shop.write("acme.merge/mine.txt", "mine");
    shop.update().with(1, &["error[upstream::waiting]"]);
    shop.go_on().with(2, &["error[upstream::in_the_way]"]);
    assert_eq!(shop.read("acme.merge/mine.txt"), "mine");
    assert_eq!(shop.snapshot("acme").len(), fork.len());
    shop.write("workflows/race-equity/programme.rhai", "fn broken(");
    shop.run(&["fork", "workflows/race-equity", "other"]).with(1, &["error[template::problems]"]);
    assert!(!shop.exists("other"));
}

#[test]
fn an_update_that_was_interrupted_is_finished_by_the_next() {
    let shop = Workshop::forked("race-equity");
    // What an update left that was killed at its very end goes with the next, also with one that has nothing to do.
    std::fs::create_dir_all(shop.path("acme/.update")).unwrap();
    std::fs::write(shop.path("acme/.update/left"), "").unwrap();
    shop.update().with(0, &["nothing has changed"]);
    assert!(!shop.exists("acme/.update"));
    shop.append("workflows/race-equity/README.md", "\nTheirs.\n");
    // As a kill between two renames leaves it.
    let staged = |path: &str, text: &str| shop.write(&format!("acme/.update/{path}"), text);
    let thanks = shop.read("acme/messages/thanks.hbs");
    staged("old/messages/thanks.hbs", &thanks);
    staged("new/messages/thanks.hbs", &thanks.replace("Thank you", "Many thanks"));
    staged("plan.toml", "delete = []\nwrite = [\"messages/thanks.hbs\"]\n");
    shop.run(&["upstream", "diff", "acme"]).with(1, &["error[upstream::interrupted]"]);
    shop.update().with(0, &["an update that was interrupted is now in place", "changed  README.md"]);
    assert!(shop.read("acme/messages/thanks.hbs").contains("Many thanks") && !shop.exists("acme/.update"));
}

#[test]
fn two_updates_at_once_are_one_and_a_refusal() {
    let shop = Workshop::forked("race-equity");
    shop.append("workflows/race-equity/README.md", "\nTheirs.\n");
    let before = shop.snapshot("acme");
    let lock = std::fs::File::create(shop.path("acme.lock")).unwrap();
    lock.lock().unwrap();
    shop.update().with(1, &["error[upstream::locked]", "another update of acme is under way", "acme.lock"]);
    assert_eq!(shop.snapshot("acme"), before);
    // Who only looks is not in the way of anybody.
    shop.run(&["upstream", "update", "acme", "--check"]).with(1, &["error[upstream::pending]"]);
    // As an update leaves it that was killed: the file is there, and nobody holds it.
    drop(lock);
    shop.update().with(0, &["changed  README.md"]);
    assert!(!shop.exists("acme.lock"), "the lock goes with the update");
}

#[test]
fn an_upstream_that_changed_without_a_new_version_is_said_to_have_changed() {
    let shop = Workshop::forked("race-equity");
    shop.append("workflows/race-equity/README.md", "\nTheirs.\n");
    shop.run(&["upstream", "diff", "acme"]).with(0, &["1.0.0, which has changed since and still calls itself so"]);
    shop.run(&["upstream", "update", "acme", "--check"])
        .with(1, &["an update is pending: race-equity has changed, and still calls itself 1.0.0"]);
    // What the upstream changed and the fork deleted lies beside its place, and everybody who meets it says what it is.
    shop.append("workflows/race-equity/messages/thanks.hbs", "\nTheirs.\n");
    std::fs::remove_file(shop.path("acme/messages/thanks.hbs")).unwrap();
    shop.update()
        .with(1, &["error[upstream::conflicts]", "one file of the upstream's lies beside its place, as NAME.upstream"]);
    shop.run(&["upstream", "diff", "acme"]).with(0, &["A merge waits in acme.merge", "--continue"]);
    // Programs are told so, too.
    let said = shop.run(&["upstream", "diff", "acme", "--json"]).with(0, &[]).json();
    assert_eq!(said["merge"], "acme.merge", "{said}");
    shop.update().with(1, &["error[upstream::waiting]"]);
    let said = shop.run(&["upstream", "update", "acme", "--json"]).with(1, &[]).json();
    assert_eq!((&said["status"], &said["merge"]), (&"waiting".into(), &"acme.merge".into()), "{said}");
    shop.run(&["check", "acme.merge", "--no-rehearsal"])
        .with(1, &["it is what the upstream has for messages/thanks.hbs: give it that name, or delete it"]);
}
