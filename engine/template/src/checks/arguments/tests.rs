//! Calls as people write them, and what is said of them.

use crate::{
    checks::Sources,
    document::Document,
    report::Report,
    testing::{MANIFEST, sound},
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{bundle::Scripts as _, verbs::Verbs};
use turnabout_script::{RhaiScripts, ScriptLimits};

const MODULE: &str = "fn told(message, people, pause) { send(message, people); sleep(pause); }
fn either(what) { if type_of(what) == \"string\" { stage(what); } else { sleep(what); } }";

/// What is found in `programme(settings)` with this body: what is underlined, and what is said.
fn said(body: &str) -> Vec<(String, String)> {
    let script = format!(
        "import \"lib/own\" as own;\nfn programme(settings) {{\n    {body}\n}}\nfn visit(pair) {{}}\nfn two(a, b) {{}}\nfn on_concern(c) {{}}\n"
    );
    let scripts: BTreeMap<SmolStr, String> =
        [("programme.rhai".into(), script.clone()), ("lib/own.rhai".into(), MODULE.into())].into();
    let program = RhaiScripts::new(ScriptLimits::standard()).compile(&scripts).unwrap();
    let files = sound();
    let mut texts: BTreeMap<&str, &str> =
        files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect();
    texts.extend(scripts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut report = Report::default();
    let manifest = Document::parse("programme.toml", MANIFEST, &mut report);
    let (none, heads) = (BTreeMap::new, BTreeMap::new());
    let outline = Some(program.outline());
    let sources = Sources::new(manifest.root(), none(), none(), &texts, &heads, outline, Verbs::default());
    super::check(&sources, &mut report);
    let told = report.finish().into_iter().map(|found| {
        let at = &found.labels[0];
        (scripts[&at.file][at.bytes.clone()].to_owned(), found.message)
    });
    told.collect()
}

#[test]
fn what_is_right_or_known_to_a_run_alone_is_left_alone() {
    for body in [
        r#"send("invitation", "contact"); send("invitation", ["sponsor", "coordinator"]);"#,
        r#"let who = "nobody"; send("invitation", who); send("invitation", cohort().mentors, #{ x: 1 });"#,
        r#"each(pairs(), "visit"); sleep(weeks(5)); sleep(settings.rhythm); recruit("v", #{ closes: now() + weeks(2) });"#,
        r#"hold("review 2", [], #{ on: days(3) }); hold("review " + 3, []); match_pairs("together", cohort(), #{ publish: "at-once" });"#,
        r#"own::told("invitation", cohort().mentors, weeks(1)); own::either("a stage"); own::either(weeks(1));"#,
        r"let list = [1]; list.push(2); repeat_until(weeks(2), || sleep(days(1))); every(days(1), weeks(2), |n| n);",
        r#"sleep_until(run_started() - weeks(5) + days(-3)); task("Look", ["yes", "no"]); visit(pairs()); stage("a" + 1);"#,
    ] {
        assert_eq!(said(body), [], "{body}");
    }
}

#[test]
fn what_can_not_be_is_underlined_and_said() {
    for (body, underlined, message) in [
        (r#"send("invitation", "conact");"#, "\"conact\"", "'conact' is nobody whom a message can go to"),
        (r#"send("invitation", ["contact", "boss"]);"#, "\"boss\"", "'boss' is nobody whom a message can go to"),
        (r#"send("invitation", 7);"#, "7", "send: whom it goes to must be people, not a number"),
        (r#"send(cohort(), "invitation");"#, "send", "send is given the recipients first, and takes the message first"),
        (
            r#"survey("half-way", "sponsor");"#,
            "\"sponsor\"",
            "'sponsor' is no participant, and survey is for those who take part",
        ),
        (r"end_pair(pairs(), 42);", "42", "end_pair: the reason must be a text, not a number"),
        (r#"each(pairs(), "visitt");"#, "\"visitt\"", "the script has no function visitt with one parameter"),
        (r#"each(pairs(), "two");"#, "\"two\"", "two takes 2 parameters, and is to run with one item each"),
        (r#"each(0..9, "visit");"#, ".", "each: the items must be a list, not a range"),
        (
            r#"recruit("v", #{ closes: "2 weeks" });"#,
            "\"2 weeks\"",
            "recruit: closes must be a period or a moment, not a text",
        ),
        (r#"recruit("v", #{ close: days(5) });"#, "close", "recruit has no option 'close'"),
        (r#"recruit("v", weeks(2));"#, "weeks", "recruit: the options must be a map, not a period"),
        (r"sleep(weeks(-5));", "weeks", "sleep can't wait until before it began"),
        (r"sleep_until(weeks(5));", "weeks", "sleep_until: the moment must be a moment, not a period"),
        (
            r#"match_pairs("together", cohort(), #{ publish: "now" });"#,
            "\"now\"",
            "match_pairs has no 'now' for publish",
        ),
        (r#"pairs(#{ met: "true" });"#, "\"true\"", "pairs: met must be true or false, not a text"),
        (r"sleep();", "sleep", "sleep takes 1 argument, and is given 0"),
        (r"two(1);", "two", "two takes 2 arguments, and is given 1"),
        (r#"own::tell("invitation", cohort(), weeks(1));"#, "tell", "lib/own.rhai has no function tell"),
        (r#"own::told("invitation");"#, "told", "own::told takes 3 arguments, and is given 1"),
        (r#"own::told("invitaton", cohort(), weeks(1));"#, "\"invitaton\"", "there is no message 'invitaton'"),
        (r#"own::told("invitation", cohort(), "1 week");"#, "\"1 week\"", "told: this must be a period, not a text"),
    ] {
        assert_eq!(said(body), [(underlined.to_owned(), message.to_owned())], "{body}");
    }
}
