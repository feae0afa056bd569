//! Random programmes built from the verbs, lived through random days: a replay of every prefix of the journal gives the
//! same events, and a full replay never asks for anything new.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::fmt::Write as _;
use turnabout_core::{decide::Input, limits::Limits, replay::Retention, verify::verify};
use turnabout_model::{MeetingForm, PairId, SessionId, SignalSubject, TaskId, Value};
use turnabout_testkit::{Play, bundle};

/// A statement of a random programme.
#[derive(Debug, Clone)]
enum Step {
    Stage(u8),
    Send,
    Sleep(u8),
    Signal(u8),
    Task(u8),
    Now,
    Cohort,
    Random,
    Share(u8),
    Hold,
    Survey,
    Pairs(Vec<Step>),
    Each(Vec<Step>),
    Together(Vec<Vec<Step>>),
    Race(Vec<Vec<Step>>),
    Repeat(u8, Vec<Step>),
    Every(u8, u8, Vec<Step>),
    If(Vec<Step>, Vec<Step>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![
        (0..3_u8).prop_map(Step::Stage),
        Just(Step::Send),
        (1..9_u8).prop_map(Step::Sleep),
        (0..3_u8).prop_map(Step::Signal),
        (0..2_u8).prop_map(Step::Task),
        Just(Step::Now),
        Just(Step::Cohort),
        Just(Step::Random),
        (1..20_u8).prop_map(Step::Share),
        Just(Step::Hold),
        Just(Step::Survey),
    ];
    let step = leaf.prop_recursive(3, 24, 4, |inner| {
        let branch = prop::collection::vec(inner, 1..4);
        let branches = prop::collection::vec(branch.clone(), 1..4);
        prop_oneof![
            branches.clone().prop_map(Step::Together),
            branches.prop_map(Step::Race),
            (5..30_u8, branch.clone()).prop_map(|(days, body)| Step::Repeat(days, body)),
            (1..6_u8, 5..20_u8, branch.clone()).prop_map(|(period, days, body)| Step::Every(period, days, body)),
            branch.clone().prop_map(Step::Pairs),
            branch.clone().prop_map(Step::Each),
            (branch.clone(), branch).prop_map(|(yes, no)| Step::If(yes, no)),
        ]
    });
    prop::collection::vec(step, 1..6)
}

/// A script under construction: the functions that journeys of their own run are written beside the main one.
#[derive(Default)]
struct Script {
    functions: String,
    count: usize,
}

impl Script {
    /// Writes a function with one parameter and gives its name.
    fn function(&mut self, first: &str, body: &[Step], last: &str) -> String {
        self.count += 1;
        let name = format!("journey_{}", self.count);
        let mut text = String::new();
        write(body, &mut text, self);
        write!(self.functions, "fn {name}(item) {{ {first} {text} {last} }}").unwrap();
        name
    }
}

fn write(steps: &[Step], text: &mut String, script: &mut Script) {
    for step in steps {
        match step {
            // A float that takes all its digits has to come back to the last of them.
            Step::Share(n) => {
                write!(text, "let shares = together([|| {n}.0 / 11.0]); stage(\"share \" + shares[0]);").unwrap();
            }
            Step::Hold => text.push_str("stage(\"held \" + hold(\"drop-in\", cohort().everyone).held);"),
            Step::Survey => text.push_str("survey(\"pulse\", cohort().everyone, #{ closes: days(3) });"),
            Step::Pairs(body) => {
                let name = script.function("send(\"hello\", item);", body, "meeting(item); end_pair(item, \"done\");");
                write!(text, "each(match_pairs(\"anyone\", cohort(), #{{ publish: \"at-once\" }}), \"{name}\");")
                    .unwrap();
            }
            Step::Each(body) => {
                let name = script.function("stage(\"item \" + item);", body, "item");
                write!(text, "each([1, 2], \"{name}\");").unwrap();
            }
            Step::Stage(n) => write!(text, "stage(\"s{n}\");").unwrap(),
            Step::Send => text.push_str("send(\"hello\", \"coordinator\");"),
            Step::Sleep(days) => write!(text, "sleep(days({days}));").unwrap(),
            Step::Signal(n) => write!(text, "stage(\"got \" + signal(\"n{n}\").key);").unwrap(),
            Step::Task(n) => write!(text, "stage(\"chose \" + task(\"t{n}\", [\"a\", \"b\"]));").unwrap(),
            Step::Now => text.push_str("stage(\"at \" + now());"),
            Step::Cohort => text.push_str("stage(\"with \" + cohort().everyone.len());"),
            Step::Random => text.push_str("if random() < 0.5 { stage(\"heads\"); }"),
            Step::Together(branches) => branch_list("together", branches, text, script),
            Step::Race(branches) => branch_list("race", branches, text, script),
            Step::Repeat(days, body) => {
                // A body without a wait would spin until the end of time: it waits at least a day.
                write!(text, "repeat_until(days({days}), |n| {{ sleep(days(1));").unwrap();
                write(body, text, script);
                text.push_str("});");
            }
            Step::Every(period, days, body) => {
                write!(text, "every(days({period}), days({days}), |n| {{ stage(\"round \" + n);").unwrap();
                write(body, text, script);
                text.push_str("});");
            }
            Step::If(yes, no) => {
                text.push_str("if random() < 0.5 {");
                write(yes, text, script);
                text.push_str("} else {");
                write(no, text, script);
                text.push('}');
            }
        }
    }
}

fn branch_list(verb: &str, branches: &[Vec<Step>], text: &mut String, script: &mut Script) {
    write!(text, "{verb}([").unwrap();
    for branch in branches {
        text.push_str("|| {");
        write(branch, text, script);
        text.push_str("},");
    }
    text.push_str("]);");
}

/// What happens from outside.
#[derive(Debug, Clone)]
enum Happening {
    Days(u8),
    Jump(u8),
    Signal(u8, u8),
    Decide(u8),
    Withdraw,
    Concern,
    HoldSession(u8),
    Meet(u8),
    EndPair(u8),
    Pause(u8),
    Unpause,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        3 => (1..6_u8).prop_map(Happening::Days),
        1 => (3..20_u8).prop_map(Happening::Jump),
        3 => (0..3_u8, any::<u8>()).prop_map(|(name, key)| Happening::Signal(name, key)),
        2 => (1..5_u8).prop_map(Happening::Decide),
        1 => Just(Happening::Withdraw),
        1 => Just(Happening::Concern),
        1 => (1..4_u8).prop_map(Happening::HoldSession),
        2 => (1..3_u8).prop_map(Happening::Meet),
        1 => (1..3_u8).prop_map(Happening::EndPair),
        2 => (1..20_u8).prop_map(Happening::Pause),
        1 => Just(Happening::Unpause),
    ];
    prop::collection::vec(happening, 1..25)
}

fn happen(play: &mut Play, happening: &Happening) {
    let later = |days: u8| -> Timestamp { play.now() + SignedDuration::from_hours(24 * i64::from(days)) };
    match happening {
        Happening::Days(days) => play.until(&later(*days).to_string()),
        Happening::Jump(days) => {
            let to = later(*days).to_string();
            play.jump(&to);
        }
        Happening::Signal(name, key) => {
            let input = Input::Signal {
                name: format!("n{name}").into(),
                subject: SignalSubject::Run,
                key: key.to_string().into(),
                payload: Value::map([("key", key.to_string().into())]),
            };
            let _ = play.input(&input);
        }
        Happening::Decide(task) => {
            let _ = play.input(&Input::CloseTask { task: TaskId((*task).into()), choice: "a".into() });
        }
        Happening::Concern => drop(play.input(&Input::RaiseConcern)),
        Happening::HoldSession(session) => {
            let attended = play.run().participants.keys().copied().take(2).collect();
            let _ = play.input(&Input::HoldSession { session: SessionId((*session).into()), attended });
        }
        Happening::Meet(pair) => {
            let (pair, on) = (PairId((*pair).into()), play.now());
            let form = MeetingForm::Video;
            let _ = play.input(&Input::RecordMeeting { pair, on, minutes: 30, form, took_place: true });
        }
        Happening::EndPair(pair) => {
            let _ = play.input(&Input::EndPair { pair: PairId((*pair).into()), reason: "moved".into() });
        }
        Happening::Pause(days) => drop(play.input(&Input::Pause { until: later(*days), reason: None })),
        Happening::Unpause => drop(play.input(&Input::Unpause)),
        Happening::Withdraw => {
            let first = *play.run().participants.keys().next().unwrap();
            let _ = play.input(&Input::Withdraw { participant: first });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_restart_anywhere_changes_nothing(programme in steps(), handler in steps(), days in happenings()) {
        // It waits a day first, so that people have come before it can be over.
        let mut script = String::from("fn programme(settings) { sleep(days(1));");
        let mut others = Script::default();
        write(&programme, &mut script, &mut others);
        script.push_str("} fn on_withdrawn(leaver) {");
        write(&handler, &mut script, &mut others);
        script.push_str("} fn on_pair_ended(pair) { send(\"nudge\", \"coordinator\"); } fn on_concern(concern) {");
        script.push_str("for pair in pairs() { end_pair(pair, \"concern\"); } }");
        script.push_str(&others.functions);
        let program = bundle(&script);

        let mut whole = Play::of_bundle(program.clone());
        let mut restarted = Play::of_bundle(program.clone());
        for day in &days {
            happen(&mut whole, day);
            // The other play is thrown away and folded from its journal before each thing that happens.
            restarted.restart();
            prop_assert_eq!(restarted.run().version, restarted.journal().len() as u64);
            happen(&mut restarted, day);
            prop_assert_eq!(whole.journal(), restarted.journal(), "{}", script);
            // While the run is paused nothing begins by time.
            if matches!(day, Happening::Days(_)) && whole.run().paused.is_some() {
                prop_assert_ne!(whole.journal().last().unwrap().0, whole.now(), "{}", script);
            }

            // Everything that has happened, run again in full, asks for nothing that the journal does not have.
            let all = whole.folded(Retention::All);
            for check in verify(&all, &*program.program, whole.now(), Limits::standard()) {
                prop_assert_eq!(&check.problem, &None, "{}", script);
                prop_assert_eq!(check.would_ask, 0, "{}", script);
            }
        }
        prop_assert!(whole.parked().is_none_or(|p| p.code == "script::runaway"), "{:?}\n{}", whole.parked(), script);
    }
}
