//! Errands of verbs that the server brings: carried out at least once, and no longer than the script waits.

use crate::house::{Flaky, at, files};
use std::{
    cell::RefCell,
    sync::{Arc, Mutex, atomic::Ordering},
};
use turnabout_core::{
    decide::Input,
    limits::Limits,
    ports::{Store as _, StoreTable},
    verbs::{Arguments, Invented, OwnDecided, OwnVerb, Parameter, VerbError, VerbSpec, Verbs},
};
use turnabout_live::{CarriedOut, Engine, Errand, LiveLimits, ManualClock, NewRun, Outside, Parts, Reply};
use turnabout_model::{ErrandId, Period, RunId, Value};
use turnabout_render::messages::MessageCheck;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_testkit::NoPlugins;

/// `hire(whom)`: always an errand.
struct Hire;

impl OwnVerb for Hire {
    fn spec(&self) -> VerbSpec {
        VerbSpec {
            name: "hire",
            required: &[Parameter { name: "whom", holds: "text" }],
            optional: &[],
            label: Some(0),
            immediate: false,
            returns: "text",
            about: "Hires somebody.",
        }
    }
    fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError> {
        Ok(OwnDecided::Errand(arguments.text(0, "whom")?.into()))
    }
    fn invent(&self, _: &Value, _: f64) -> Invented {
        Invented { after: Period::days(1), answer: Value::Null }
    }
}

/// An office that says what it is told, in order, and then that all is done.
#[derive(Default)]
struct Office {
    says: Mutex<Vec<Result<Reply, String>>>,
    heard: Mutex<Vec<String>>,
}

impl Office {
    fn saying(says: Vec<Result<Reply, String>>) -> Self {
        Self { says: Mutex::new(says.into_iter().rev().collect()), heard: Mutex::default() }
    }
    fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

impl Outside for Office {
    fn carry_out(&self, _: &Engine, errand: &Errand) -> Result<Reply, String> {
        self.heard.lock().unwrap().push(errand.id.clone());
        self.says.lock().unwrap().pop().unwrap_or_else(|| Ok(Reply::Done("hired".into())))
    }
}

struct Hiring {
    store: Arc<Flaky>,
    clock: ManualClock,
    engine: Engine,
}

fn over(store: Arc<Flaky>, clock: ManualClock) -> Hiring {
    let scripts = RhaiScripts::new(ScriptLimits::standard());
    let parts = Parts {
        store: store.clone(),
        rules: Arc::new(NoPlugins),
        logics: Arc::new(NoPlugins),
        scripts: Arc::new(scripts.with_verbs(Verbs::new([Arc::new(Hire) as Arc<dyn OwnVerb>]).unwrap())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(clock.clone()),
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    };
    Hiring { store, clock, engine: Engine::new(parts).unwrap() }
}

/// A run of a script that hires.
fn hiring(body: &str) -> (Hiring, RunId) {
    let hiring = over(Arc::default(), ManualClock::at(at("2026-03-02T09:00:00Z")));
    let script = crate::house::SCRIPT.replace("stage(\"Recruiting\");", body);
    assert!(script.contains(body), "the small programme begins otherwise");
    hiring.engine.install(files(&[("programme.rhai", &script)])).unwrap();
    let new = NewRun { template: "small".into(), client: "acme".into(), seed: Some(7), ..NewRun::default() };
    let run = hiring.engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap();
    (hiring, run)
}

impl Hiring {
    fn rows(&self) -> usize {
        self.store.scan(StoreTable::Errands, b"", None, 10).unwrap().len()
    }
    fn carry_out(&self, office: &Office) -> CarriedOut {
        self.engine.carry_out(office).unwrap()
    }
    fn stages(&self, run: &RunId) -> String {
        let stages = RefCell::new(Vec::new());
        let note = |of: turnabout_live::Snapshot<'_>| {
            stages.borrow_mut().extend(of.run.stages.iter().map(|(_, stage)| stage.to_string()));
        };
        self.engine.read(run, note).unwrap();
        stages.into_inner().join(" ")
    }
}

const DONE: CarriedOut = CarriedOut { done: 1, later: 0, put_off: 0, dropped: 0 };

#[test]
fn an_errand_is_carried_out_and_the_script_goes_on_with_the_answer() {
    let (hiring, run) = hiring("stage(hire(\"Amara\"));");
    assert_eq!((hiring.rows(), hiring.stages(&run).as_str()), (1, ""));
    let office = Office::default();
    assert_eq!(hiring.carry_out(&office), DONE);
    assert_eq!((hiring.rows(), hiring.stages(&run).as_str()), (0, "hired"));
    assert_eq!(*office.heard.lock().unwrap(), [format!("{run}.errand-1")]);
    assert_eq!(hiring.carry_out(&office), CarriedOut::default());
}

#[test]
fn what_fails_is_tried_again_after_twice_the_time_for_ever() {
    let (hiring, run) = hiring("stage(hire(\"Amara\"));");
    let office = Office::saying((0..20).map(|_| Err("closed".into())).collect());
    let mut seconds = 0;
    for _ in 0..20 {
        assert_eq!(hiring.carry_out(&office).put_off, 1);
        assert_eq!(hiring.carry_out(&office), CarriedOut::default(), "not before its time");
        seconds += 6 * 60 * 60;
        hiring.clock.advance_to(at("2026-03-02T09:00:00Z") + jiff::SignedDuration::from_secs(seconds));
    }
    // A restart in between forgets nothing either.
    let hiring = over(hiring.store.clone(), hiring.clock.clone());
    assert_eq!(hiring.carry_out(&office), DONE);
    assert_eq!((office.heard(), hiring.stages(&run).as_str()), (21, "hired"));
}

#[test]
fn an_answer_whose_commit_failed_is_asked_for_again_under_the_same_id() {
    let (hiring, run) = hiring("stage(hire(\"Amara\"));");
    let office = Office::default();
    hiring.store.failures.store(1, Ordering::SeqCst);
    assert_eq!(hiring.carry_out(&office), CarriedOut::default());
    assert_eq!(hiring.carry_out(&office), DONE);
    let heard = office.heard.lock().unwrap();
    assert_eq!(heard[0], heard[1]);
    assert_eq!(hiring.stages(&run), "hired");
}

#[test]
fn what_is_answered_later_is_not_carried_out_again() {
    let (hiring, run) = hiring("stage(hire(\"Amara\"));");
    let office = Office::saying(vec![Ok(Reply::Later)]);
    assert_eq!(hiring.carry_out(&office).later, 1);
    assert_eq!((hiring.rows(), hiring.carry_out(&office)), (0, CarriedOut::default()));
    let answer = Input::CompleteErrand { errand: ErrandId(1), answer: "hired at last".into() };
    hiring.engine.submit(&run, answer, |_| ()).unwrap();
    assert_eq!(hiring.stages(&run), "hired at last");
}

#[test]
fn nobody_hears_of_an_errand_that_the_script_no_longer_waits_for() {
    let (hiring, run) = hiring("race([|| hire(\"Amara\"), || sleep(days(1))]); stage(\"on\");");
    hiring.engine.advance(&hiring.clock, at("2026-03-04T09:00:00Z")).unwrap();
    let office = Office::default();
    assert_eq!(hiring.carry_out(&office), CarriedOut { dropped: 1, ..CarriedOut::default() });
    assert_eq!((office.heard(), hiring.rows(), hiring.stages(&run).as_str()), (0, 0, "on"));
}

#[test]
fn an_answer_that_cannot_be_kept_loses_nothing() {
    let (hiring, run) = hiring("stage(hire(\"Amara\"));");
    let office = Office::saying(vec![Ok(Reply::Done(f64::NAN.into()))]);
    assert_eq!(hiring.carry_out(&office).put_off, 1);
    hiring.clock.advance_to(at("2026-03-02T10:00:00Z"));
    assert_eq!(hiring.carry_out(&office), DONE);
    assert_eq!(hiring.stages(&run), "hired");
}
