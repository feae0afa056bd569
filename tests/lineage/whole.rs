//! An organisation forks race equity, makes it its own, and takes an update without loss.

use crate::workshop::Workshop;

#[test]
fn an_organisation_forks_race_equity_and_takes_an_update_without_loss() {
    let shop = Workshop::whole("race-equity");
    shop.run(&["fork", "workflows/race-equity", "org/riverside-equity"])
        .with(0, &["riverside-equity, a fork of race-equity 1.0.0"]);
    let (fork, upstream) = ("org/riverside-equity", "workflows/race-equity");
    shop.run(&["test", fork]).with(0, &["0 not met"]);
    // The organisation's own: script, words, a message more, a survey's question, and files that are no template's.
    shop.edit(
        &format!("{fork}/programme.rhai"),
        "    send(\"where-to-turn\", pair);\n",
        "    send(\"where-to-turn\", pair);\n    send(\"our-chaplaincy\", pair);\n",
    );
    shop.write(
        &format!("{fork}/messages/our-chaplaincy.hbs"),
        "+++\nsubject = \"The chaplaincy\"\n+++\nIts door is open to all.\n",
    );
    shop.edit(
        &format!("{fork}/messages/welcome.hbs"),
        "There are no targets and no scores.",
        "Nobody here counts anything.",
    );
    shop.append(
        &format!("{fork}/surveys/story.toml"),
        "\n[[questions]]\nname = \"chaplaincy\"\ntext = \"What would you tell the chaplaincy?\"\ntype = \"text\"\n",
    );
    shop.write(&format!("{fork}/.git/HEAD"), "ref: refs/heads/main\n");
    shop.write(&format!("{fork}/messages/.notes"), "ask Ada");
    shop.run(&["test", fork]).with(0, &["0 not met"]);
    // What upstream learned meanwhile: another version, script and words, a message renamed, a default, a shared module.
    shop.edit(&format!("{upstream}/programme.toml"), "version = \"1.0.0\"", "version = \"1.1.0\"");
    shop.edit(&format!("{upstream}/programme.toml"), "default = \"8 months\"", "default = \"9 months\"");
    shop.edit(
        &format!("{upstream}/programme.rhai"),
        "    send(\"certificate\", pairs::who_met());",
        "    send(\"certificate\", pairs::who_met(), #{ });",
    );
    shop.edit(&format!("{upstream}/programme.rhai"), "send(\"thanks\", ", "send(\"thank-you\", ");
    shop.rename(&format!("{upstream}/messages/thanks.hbs"), &format!("{upstream}/messages/thank-you.hbs"));
    shop.edit(
        &format!("{upstream}/messages/welcome.hbs"),
        "Thank you for volunteering",
        "Thank you very much for volunteering",
    );
    shop.append("workflows/lib/pairs.rhai", "\n// A last word.\n");

    let diff = shop.run(&["upstream", "diff", fork]);
    diff.with(
        0,
        &[
            "1.0.0, now 1.1.0",
            "renamed  messages/thanks.hbs -> messages/thank-you.hbs",
            "added    messages/our-chaplaincy.hbs",
            "Nothing conflicts.",
        ],
    );
    let before = shop.snapshot(fork);
    shop.run(&["upstream", "update", fork, "--check"]).with(1, &["error[upstream::pending]", "1.0.0 is now 1.1.0"]);
    assert_eq!(shop.snapshot(fork), before, "--check changes nothing");

    shop.run(&["upstream", "update", fork]).with(0, &["up to date with race-equity 1.1.0", "9 of 9 rehearsals"]);
    let script = shop.read(&format!("{fork}/programme.rhai"));
    assert!(script.contains("send(\"our-chaplaincy\", pair)") && script.contains("send(\"thank-you\", "), "{script}");
    let welcome = shop.read(&format!("{fork}/messages/welcome.hbs"));
    assert!(welcome.contains("Nobody here counts anything.") && welcome.contains("very much"), "{welcome}");
    assert!(
        shop.exists(&format!("{fork}/messages/thank-you.hbs")) && !shop.exists(&format!("{fork}/messages/thanks.hbs"))
    );
    assert!(shop.read(&format!("{fork}/surveys/story.toml")).contains("chaplaincy"));
    assert!(shop.read(&format!("{fork}/lib/pairs.rhai")).ends_with("// A last word.\n"));
    let manifest = shop.read(&format!("{fork}/programme.toml"));
    for part in [
        "name = \"riverside-equity\"\n",
        "lineage = { template = \"race-equity\", version = \"1.1.0\"",
        "\nversion = \"1.1.0\"\n",
        "9 months",
    ] {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    for kept in ["messages/our-chaplaincy.hbs", ".git/HEAD", "messages/.notes"] {
        let path = shop.path(&format!("{fork}/{kept}"));
        assert_eq!(std::fs::read(&path).ok().as_ref(), before.get(&path), "{kept}");
    }
    assert!(!shop.exists(&format!("{fork}/.update")) && !shop.exists("org/riverside-equity.merge"));
    shop.run(&["test", fork]).with(0, &["0 not met"]);
    shop.run(&["upstream", "update", fork, "--check"]).with(0, &["nothing has changed"]);
}
