//! Verbs that a server brings: asked once, decided from their arguments, and never asked again by a replay.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use turnabout_core::{
    decide::{Input, Refusal},
    limits::Limits,
    rehearse::{House, Outcome, rehearse},
    verbs::{Arguments, Invented, OwnDecided, OwnVerb, Parameter, VerbError, VerbSpec, Verbs},
    verify::verify,
};
use turnabout_model::{CohortRecipe, ErrandId, Event, Period, RehearsalPlan, Value};
use turnabout_testkit::{NoPlugins, Play, bundle_bringing};

/// `badge(name)`: a value at once; an error for a name that is too long, and nonsense for one that is empty.
#[derive(Default)]
struct Badge {
    asked: AtomicUsize,
}

impl OwnVerb for Badge {
    fn spec(&self) -> VerbSpec {
        VerbSpec {
            name: "badge",
            required: &[Parameter { name: "name", holds: "text" }],
            optional: &[],
            label: Some(0),
            immediate: false,
            returns: "the badge",
            about: "Prints a badge.",
        }
    }

    fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match arguments.text(0, "the name")? {
            "" => Ok(OwnDecided::Value(f64::NAN.into())),
            name if name.len() > 10 => Err(VerbError::new("script::bad_argument", "badge: the name is too long")),
            name => Ok(OwnDecided::Value(format!("<{name}>").into())),
        }
    }

    fn invent(&self, _: &Value, _: f64) -> Invented {
        Invented { after: Period::days(1), answer: Value::Null }
    }
}

/// `hire(whom)`: an errand.
struct Hire;

impl OwnVerb for Hire {
    fn spec(&self) -> VerbSpec {
        VerbSpec { name: "hire", returns: "#{hired}", ..Badge::default().spec() }
    }

    fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError> {
        Ok(OwnDecided::Errand(Value::map([("whom", arguments.text(0, "whom")?.into())])))
    }

    fn invent(&self, _: &Value, lot: f64) -> Invented {
        Invented { after: Period::days(3), answer: Value::map([("hired", (lot < 2.0).into())]) }
    }
}

fn brought() -> (Verbs, Arc<Badge>) {
    let badge = Arc::new(Badge::default());
    (Verbs::new([badge.clone() as Arc<dyn OwnVerb>, Arc::new(Hire)]).unwrap(), badge)
}

fn play(body: &str) -> Play {
    Play::of_bundle(bundle_bringing(brought().0, &format!("fn programme(settings) {{ {body} }}")))
}

fn done(errand: u32, hired: bool) -> Input {
    Input::CompleteErrand { errand: ErrandId(errand), answer: Value::map([("hired", hired.into())]) }
}

#[test]
fn a_value_is_journaled_and_the_verb_is_not_asked_again() {
    let (verbs, badge) = brought();
    let script = "fn programme(settings) { let b = badge(\"Amara\"); sleep(days(1)); stage(b); sleep(days(1)); }";
    let mut play = Play::of_bundle(bundle_bringing(verbs, script));
    play.restart();
    play.until("2026-03-10T09:00:00Z");
    assert_eq!(play.stages(), ["<Amara>"]);
    assert_eq!(play.run().status().word(), "finished");
    assert_eq!(badge.asked.load(Ordering::Relaxed), 1);
    let run = play.folded(turnabout_core::replay::Retention::All);
    let checks = verify(&run, &*play.bundle().program, play.now(), Limits::standard());
    assert!(checks.iter().all(|check| check.problem.is_none() && check.would_ask == 0), "{checks:?}");
    assert_eq!(badge.asked.load(Ordering::Relaxed), 1, "a full replay does not ask either");
}

#[test]
fn an_errand_is_in_the_journal_and_its_step_waits_for_the_answer() {
    let mut play = play("let answer = hire(\"Amara\"); stage(if answer.hired { \"hired\" } else { \"not hired\" });");
    let errand = play.run().errands[0].clone();
    assert_eq!((errand.id, &*errand.verb), (ErrandId(1), "hire"));
    assert_eq!(errand.request, Value::map([("whom", "Amara".into())]));
    assert!(play.run().wants(errand.id));
    play.restart();
    assert!(play.run().wants(errand.id), "a restart forgets nothing");
    let nan = Input::CompleteErrand { errand: ErrandId(1), answer: f64::NAN.into() };
    assert_eq!(play.input(&nan).unwrap_err().code(), "run::unkeepable");
    assert_eq!(play.input(&done(2, true)).unwrap_err().code(), "run::unknown");
    play.must(&done(1, true));
    assert_eq!((play.stages(), play.run().status().word()), (vec!["hired"], "finished"));
    assert!(!play.run().wants(errand.id));
}

#[test]
fn an_errand_is_done_once() {
    let mut play = play("hire(\"Amara\"); sleep(days(1));");
    play.must(&done(1, true));
    assert!(matches!(play.input(&done(1, false)), Err(Refusal::AlreadySo { .. })));
}

#[test]
fn an_errand_that_lost_its_race_is_wanted_no_more() {
    let mut play = play("race([ || hire(\"Amara\"), || sleep(days(2)) ]); stage(\"on\"); sleep(days(2));");
    assert!(play.run().wants(ErrandId(1)));
    play.until("2026-03-05T09:00:00Z");
    assert_eq!(play.stages(), ["on"]);
    assert!(!play.run().wants(ErrandId(1)));
    assert!(matches!(play.input(&done(1, true)), Err(Refusal::NoLongerAsked(_))));
}

#[test]
fn the_answer_that_comes_while_a_journey_is_parked_counts_when_it_is_resumed() {
    // The second branch parks the journey once its day has come.
    let body = "together([ || hire(\"Amara\"), || { sleep(days(1)); badge(\"a name that is too long\") } ]);";
    let mut play = play(body);
    play.until("2026-03-04T09:00:00Z");
    assert_eq!(play.parked().map(|problem| &*problem.code), Some("script::bad_argument"));
    play.must(&done(1, true));
    let (verbs, _) = brought();
    let mended =
        "fn programme(settings) { together([ || hire(\"Amara\"), || { sleep(days(1)); badge(\"short\") } ]); }";
    play.replace_bundle(bundle_bringing(verbs, mended));
    play.must(&Input::Resume { journey: None });
    assert_eq!(play.run().status().word(), "finished");
}

#[test]
fn what_a_journal_cannot_keep_parks_the_journey_that_asked() {
    let play = play("badge(\"\");");
    let problem = play.parked().unwrap();
    assert_eq!((&*problem.code, problem.position.as_ref().map(|at| at.line)), ("script::own_verb", Some(1)));
    assert!(problem.message.starts_with("badge: "), "{}", problem.message);
}

#[test]
fn wrong_arguments_are_told_with_what_the_verb_takes() {
    let play = play("badge(\"Amara\", 3);");
    let problem = play.parked().unwrap();
    assert_eq!(&*problem.code, "script::bad_argument");
    assert_eq!(problem.help.as_deref(), Some("badge(name): name is text."));
}

#[test]
fn a_server_without_the_verb_says_so() {
    let play = Play::of("fn programme(settings) { hire(\"Amara\"); }");
    assert_eq!(play.parked().map(|problem| &*problem.code), Some("script::unknown_verb"));
}

#[test]
fn a_rehearsal_invents_what_the_outside_answers() {
    let script = "fn programme(settings) { if hire(\"Amara\").hired { stage(\"hired\"); } }";
    let bundle = bundle_bringing(brought().0, script);
    let cohort = CohortRecipe { mentors: 1, mentees: 1, alumni: 0, mentor: [].into(), mentee: [].into() };
    let plan = RehearsalPlan::calm("A week", "2026-03-02".parse().unwrap(), cohort);
    let house = House { rules: &NoPlugins, limits: Limits::standard() };
    let rehearsed = rehearse(&bundle, &plan, 7, house).unwrap();
    let answered = rehearsed.events.iter().find(|(_, event)| matches!(event, Event::ErrandDone { .. })).unwrap();
    assert_eq!(answered.0.to_string(), "2026-03-05T09:00:00Z");
    assert_eq!(rehearsed.run.stages.len(), 1);
    assert_eq!(Outcome::of(&rehearsed).status, "finished");
}

#[test]
fn errands_of_format_1_read_for_ever() {
    let lines = [
        r#"{"event":"errand_sent","errand":"errand-1","verb":"hire","request":{"whom":"Amara"}}"#,
        r#"{"event":"errand_done","errand":"errand-1","answer":{"hired":true}}"#,
        r#"{"event":"step_started","journey":"journey-0","step":"00000000000000ff","address":{"verb":"hire","label":"Amara"},"wait":{"errand":"errand-1"}}"#,
    ];
    for line in lines {
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
    }
}

#[test]
fn definitions_have_the_verbs_that_are_brought() {
    let text = turnabout_script::definitions(&brought().0);
    assert!(
        text.contains("\n/// Prints a badge.\n/// - `name`: text\n/// Returns #{hired}.\nfn hire(name);\n"),
        "{text}"
    );
}
