//! Agreements, what names them, and modules that nobody imports.

use super::{
    load,
    tests::{manifest, with},
};
use crate::testing::{FakeMessages, FakeScripts, SCRIPT, print, sound};
use insta::assert_snapshot;

#[test]
fn agreements_and_what_names_them() {
    assert_snapshot!(with("agreements/ways.hbs", "Ways of working\ninvitatoin"), @r"
    error[message::missing] there is no message 'invitatoin'
      agreements/ways.hbs:1:1 `` no message asks people to sign this
      help: did you mean 'invitation'?
    ");
    assert_snapshot!(manifest(&[("[gates]\n", "[gates]\nmeet_signed = [\"wys\"]\n")]), @r#"
    error[gate::unknown_agreement] the template has no agreement 'wys'
      programme.toml:49:16 `\"wys\"` nobody could pass this gate
      help: did you mean 'ways'?
    "#);
    assert_snapshot!(with("programme.rhai", &SCRIPT.replace("agree(\"ways\"", "agree(\"ways again\"")), @r#"
    error[script::unknown_name] there is no agreement 'ways again'
      programme.rhai:3:84 `ways again` no such name
      help: there is 'ways'
    "#);
    let mut files = sound();
    files.remove("agreements/ways.hbs");
    files.insert("programme.rhai".into(), SCRIPT.replace("agree(\"ways\", ());", "").into_bytes());
    let (_, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    assert_snapshot!(print(&notes, &files).trim_end(), @r#"
    warning[audit::no_agreement] pairs meet without an agreement on confidentiality, topics and how to end
      programme.toml:55:2 `matching` the standard: ethics
      help: write agreements/NAME.hbs and have both sign it with `agree("NAME", pair)`; or waive it with a reason in [[waivers]]
    "#);
}

#[test]
fn a_module_that_nobody_imports_may_speak_of_what_is_not_there() {
    let module = "import \"lib/more\" as more;\nfn close() { send(\"goodbye\"); }";
    let mut files = sound();
    files.insert("lib/closing.rhai".into(), module.into());
    assert_eq!(load(files.clone(), &FakeScripts, &FakeMessages).unwrap().1.len(), 0);
    files.insert("programme.rhai".into(), format!("import \"lib/closing\" as closing;\n{SCRIPT}").into_bytes());
    files.insert("lib/more.rhai".into(), b"fn more() { survey(\"more\"); }".to_vec());
    let found = load(files.clone(), &FakeScripts, &FakeMessages).unwrap_err();
    let codes: Vec<_> = found.iter().map(|d| (d.labels[0].file.as_str(), d.code.as_str())).collect();
    assert_eq!(codes, [("lib/closing.rhai", "script::unknown_name"), ("lib/more.rhai", "script::unknown_name")]);
}
