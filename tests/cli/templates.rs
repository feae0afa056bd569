//! Templates of one's own: each command says what it did and what comes next.

use crate::program::turnabout;

#[test]
fn a_template_is_made_forked_tailored_and_kept_up_to_date() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let well = |arguments: &[&str], parts: &[&str]| {
        let said = turnabout(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        for part in parts {
            assert!(said.out.contains(part), "no '{part}' in {said:?}");
        }
    };
    well(&["new", &at("first")], &["a template that is sound", "turnabout test"]);
    well(&["client", "new", &at("client"), "--template", &at("first")], &["tailored from first 0.1.0", "client.toml"]);
    let made = turnabout(&["fork", "workflows/police", &at("fork"), "--json"]).json();
    assert_eq!((&made["name"], &made["upstream"]["template"]), (&"fork".into(), &"police".into()), "{made}");
    well(&["upstream", "diff", &at("fork")], &["Nothing has changed upstream."]);
    let diff = turnabout(&["upstream", "diff", &at("fork"), "--json"]).json();
    assert_eq!((&diff["up_to_date"], &diff["fork_changes"]), (&true.into(), &serde_json::json!([])), "{diff}");
    let update = turnabout(&["upstream", "update", &at("fork"), "--check", "--json"]).json();
    assert_eq!(update["status"], "up_to_date", "{update}");
    well(&["explain", "upstream::damaged"], &[".upstream"]);
}

#[test]
fn what_lies_beside_templates_is_passed_over_and_alone_is_a_mistake() {
    let (lib, template) = ("workflows/lib", "workflows/tpc-foundations");
    for command in ["test", "check"] {
        let said = turnabout(&[command, lib, template]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.err.contains("workflows/lib is no template, and was passed over"), "{said:?}");
        let said = turnabout(&[command, lib]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("workflows/lib is no template and no client"), "{said:?}");
    }
}
