//! Random programmes built from the verbs, lived through random days: a replay of every prefix of the journal gives the
//! same events, and a full replay never asks for anything new.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::fmt::Write as _;
use turnabout_core::{decide::Input, limits::Limits, replay::Retention, verify::verify};
use turnabout_model::{SignalSubject, TaskId, Value};
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
    ];
    let step = leaf.prop_recursive(3, 24, 4, |inner| {
        let branch = prop::collection::vec(inner, 1..4);
        let branches = prop::collection::vec(branch.clone(), 1..4);
        prop_oneof![
            branches.clone().prop_map(Step::Together),
            branches.prop_map(Step::Race),
            (5..30_u8, branch.clone()).prop_map(|(days, body)| Step::Repeat(days, body)),
            (1..6_u8, 5..20_u8, branch.clone()).prop_map(|(period, days, body)| Step::Every(period, days, body)),
            (branch.clone(), branch).prop_map(|(yes, no)| Step::If(yes, no)),
        ]
    });
    prop::collection::vec(step, 1..6)
}

fn write(steps: &[Step], text: &mut String) {
    for step in steps {
        match step {
            Step::Stage(n) => write!(text, "stage(\"s{n}\");").unwrap(),
            Step::Send => text.push_str("send(\"hello\", \"coordinator\");"),
            Step::Sleep(days) => write!(text, "sleep(days({days}));").unwrap(),
            Step::Signal(n) => write!(text, "stage(\"got \" + signal(\"n{n}\").key);").unwrap(),
            Step::Task(n) => write!(text, "stage(\"chose \" + task(\"t{n}\", [\"a\", \"b\"]));").unwrap(),
            Step::Now => text.push_str("stage(\"at \" + now());"),
            Step::Cohort => text.push_str("stage(\"with \" + cohort().everyone.len());"),
            Step::Random => text.push_str("if random() < 0.5 { stage(\"heads\"); }"),
            Step::Together(branches) => branch_list("together", branches, text),
            Step::Race(branches) => branch_list("race", branches, text),
            Step::Repeat(days, body) => {
                // A body without a wait would spin until the end of time: it waits at least a day.
                write!(text, "repeat_until(days({days}), |n| {{ sleep(days(1));").unwrap();
                write(body, text);
                text.push_str("});");
            }
            Step::Every(period, days, body) => {
                write!(text, "every(days({period}), days({days}), |n| {{ stage(\"round \" + n);").unwrap();
                write(body, text);
                text.push_str("});");
            }
            Step::If(yes, no) => {
                text.push_str("if random() < 0.5 {");
                write(yes, text);
                text.push_str("} else {");
                write(no, text);
                text.push('}');
            }
        }
    }
}

fn branch_list(verb: &str, branches: &[Vec<Step>], text: &mut String) {
    write!(text, "{verb}([").unwrap();
    for branch in branches {
        text.push_str("|| {");
        write(branch, text);
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
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        3 => (1..6_u8).prop_map(Happening::Days),
        1 => (3..20_u8).prop_map(Happening::Jump),
        3 => (0..3_u8, any::<u8>()).prop_map(|(name, key)| Happening::Signal(name, key)),
        2 => (1..5_u8).prop_map(Happening::Decide),
        1 => Just(Happening::Withdraw),
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
        Happening::Withdraw => {
            let first = *play.run().participants.keys().next().unwrap();
            let _ = play.input(&Input::Withdraw { participant: first });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_restart_anywhere_changes_nothing(programme in steps(), days in happenings()) {
        // It waits a day first, so that people have come before it can be over.
        let mut script = String::from("fn programme(settings) { sleep(days(1));");
        write(&programme, &mut script);
        script.push('}');
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
