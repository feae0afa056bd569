//! A rule that misbehaves on request (`plugins/hostile`): each way of it is one kind of fault, and the sandbox is
//! as good as new after it.

use crate::cohort::Question;
use serde_json::json;
use std::sync::LazyLock;
use turnabout_core::ports::PluginFault;
use turnabout_model::Column;
use turnabout_sandbox::{Limits, Sandbox};

const HOSTILE: &[u8] = include_bytes!("../../../../plugins/dist/hostile.wasm");

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::new(crate::patient()).unwrap());

/// Every way in which the fixture misbehaves on request, each of which a test below names with its error.
pub(crate) const WAYS: [&str; 21] = [
    "not-a-number",
    "infinite",
    "above-one",
    "below-zero",
    "too-few",
    "too-many",
    "unknown-veto",
    "odd-vetoes",
    "giant-output",
    "log-giant",
    "unknown-reason",
    "heavy-reason",
    "many-reasons",
    "fail",
    "fail-at-length",
    "loop",
    "log-for-ever",
    "hog",
    "panic",
    "last-words",
    "recurse",
];

#[test]
fn every_way_of_it_ends_in_an_error_with_a_code() {
    for what in WAYS {
        let question = ask(&SANDBOX, what);
        let scored = question.score(&SANDBOX).map(drop);
        let error = scored.and_then(|()| question.explain(&SANDBOX, 0, 0).map(drop)).unwrap_err();
        assert!(error.fault.code().starts_with("plugin::"), "{what}: {error}");
    }
}

fn ask(sandbox: &Sandbox, what: &str) -> Question {
    Question::new(&sandbox.install(HOSTILE).unwrap(), &json!({ "do": what }), 2, 3)
}

fn fault(what: &str) -> PluginFault {
    let fault = ask(&SANDBOX, what).score(&SANDBOX).unwrap_err().fault;
    let after = ask(&SANDBOX, "behave").score(&SANDBOX).unwrap();
    assert_eq!(after.scores, [0.5; 6], "the sandbox works after {what}");
    fault
}

#[test]
fn a_useless_result_is_bad_output() {
    for (what, said) in [
        ("not-a-number", "the score NaN for pair 5, which is not between 0 and 1"),
        ("infinite", "the score inf for pair 0, which is not between 0 and 1"),
        ("above-one", "the score 1.5 for pair 0, which is not between 0 and 1"),
        ("below-zero", "the score -0.001 for pair 0, which is not between 0 and 1"),
        ("too-few", "5 scores for 6 pairs"),
        ("too-many", "7 scores for 6 pairs"),
        ("unknown-veto", "the veto 2 for pair 0, and it declares 1 reasons"),
        ("odd-vetoes", "7 vetoes for 6 pairs"),
    ] {
        assert_eq!(fault(what), PluginFault::BadOutput(said.into()), "{what}");
    }
    for what in ["giant-output", "log-giant"] {
        let fault = fault(what);
        assert!(matches!(&fault, PluginFault::BadOutput(said) if said.contains("too much data")), "{what}: {fault}");
    }
}

#[test]
fn a_score_under_a_veto_is_not_read() {
    let block = ask(&SANDBOX, "vetoed-nonsense").score(&SANDBOX).unwrap();
    assert_eq!(block.scores, [0.0, 0.5, 0.5, 0.5, 0.5, 0.5]);
    assert_eq!(block.vetoes, [1, 0, 0, 0, 0, 0]);
}

#[test]
fn a_useless_explanation_is_bad_output() {
    for (what, said) in [
        ("unknown-reason", "the reason 7, and it declares 1 reasons"),
        ("heavy-reason", "the weight 2 for 'because', which is not between 0 and 1"),
        ("many-reasons", "100000 reasons for one pair, and 64 are allowed"),
    ] {
        let fault = ask(&SANDBOX, what).explain(&SANDBOX, 0, 0).unwrap_err().fault;
        assert_eq!(fault, PluginFault::BadOutput(said.into()), "{what}");
    }
    assert_eq!(ask(&SANDBOX, "behave").codes(&SANDBOX, 1, 2), [("because".into(), 0.5)]);
}

#[test]
fn a_failure_of_its_own_is_declared() {
    assert_eq!(fault("fail"), PluginFault::Declared("I would rather not".into()));
    let PluginFault::Declared(said) = fault("fail-at-length") else { panic!("a failure is declared") };
    assert_eq!(said.chars().count(), Limits::standard().message_characters + 1, "it is cut, with an ellipsis");
}

#[test]
fn a_loop_burns_its_fuel_and_the_same_amount_every_time() {
    let standard = Limits::standard();
    let budget = standard.base_fuel + 6 * standard.fuel_per_pair;
    assert_eq!([fault("loop"), fault("loop")], [PluginFault::Fuel(budget), PluginFault::Fuel(budget)]);
    assert_eq!(fault("log-for-ever"), PluginFault::Fuel(budget));
}

#[test]
fn a_loop_with_fuel_to_spare_meets_the_deadline() {
    let limits = Limits { base_fuel: u64::MAX / 2, deadline_ms: 50, ..Limits::standard() };
    let sandbox = Sandbox::new(limits).unwrap();
    let fault = ask(&sandbox, "loop").score(&sandbox).unwrap_err().fault;
    assert_eq!(fault, PluginFault::Deadline(50));
}

/// On a machine that is busy with other things a call takes longer, and has what it may have all the same.
#[cfg(unix)]
#[test]
fn a_deadline_counts_the_work_of_a_call_and_not_the_time_that_passes() {
    use rustix::time::{ClockId, clock_gettime};
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        thread::available_parallelism,
        time::Duration,
    };
    let worked = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let limits = Limits { base_fuel: u64::MAX / 2, deadline_ms: 100, ..Limits::standard() };
    let sandbox = Sandbox::new(limits).unwrap();
    let question = ask(&sandbox, "loop");
    let over = AtomicBool::new(false);
    let used = std::thread::scope(|scope| {
        for _ in 0..8 * available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let before = worked();
        let fault = question.score(&sandbox).unwrap_err().fault;
        let used = worked().saturating_sub(before);
        over.store(true, Ordering::Relaxed);
        assert_eq!(fault, PluginFault::Deadline(100));
        used
    });
    assert!(used >= Duration::from_millis(100), "it was stopped after {used:?} of work");
}

#[test]
fn a_hog_meets_the_memory_limit() {
    assert_eq!(fault("hog"), PluginFault::Memory(64 << 20));
}

#[test]
fn a_crash_is_a_trap_with_the_last_words() {
    assert_eq!(fault("panic"), PluginFault::Trap("it panicked".into()));
    assert_eq!(fault("last-words"), PluginFault::Trap("it panicked: the cohort is too strange".into()));
    let fault = fault("recurse");
    assert!(matches!(&fault, PluginFault::Trap(said) if said.contains("its stack overflowed")), "{fault}");
}

#[test]
fn much_log_is_dropped_and_harms_nobody() {
    assert_eq!(ask(&SANDBOX, "log-much").score(&SANDBOX).unwrap().scores, [0.5; 6]);
}

#[test]
fn what_a_rule_does_not_declare_is_not_passed() {
    let question = ask(&SANDBOX, "count-columns")
        .mentor("topics", Column::Set(vec![vec![1], vec![2]]))
        .mentor("religion", Column::Category(vec![Some(1), Some(2)]))
        .mentee("topics", Column::Set(vec![vec![1]; 3]))
        .mentee("grade", Column::Number(vec![Some(1.0); 3]));
    // One column: the mentors' topics. It declares nothing of mentees.
    assert_eq!(question.score(&SANDBOX).unwrap().scores, [0.1; 6]);
}

#[test]
fn the_first_block_that_fails_speaks_for_all() {
    let limits = Limits { pairs_per_call: 3, ..Limits::standard() };
    let sandbox = Sandbox::new(limits).unwrap();
    let sha256 = sandbox.install(HOSTILE).unwrap();
    let question = Question::new(&sha256, &json!({ "do": "not-a-number" }), 64, 3);
    let fault = question.score(&sandbox).unwrap_err().fault;
    assert_eq!(fault, PluginFault::BadOutput("the score NaN for pair 2, which is not between 0 and 1".into()));
}

#[test]
fn a_host_without_a_free_place_is_busy() {
    let limits =
        Limits { calls_at_once: 1, wait_ms: 20, base_fuel: u64::MAX / 2, deadline_ms: 500, ..Limits::standard() };
    let sandbox = Sandbox::new(limits).unwrap();
    let question = ask(&sandbox, "loop");
    // Two callers, one place: whoever comes second is told so, and is not blamed.
    let faults = std::thread::scope(|scope| {
        let ask = || question.score(&sandbox).unwrap_err().fault;
        let (first, second) = (scope.spawn(ask), scope.spawn(ask));
        let mut faults = [first.join().unwrap(), second.join().unwrap()];
        faults.sort_by_key(PluginFault::code);
        faults
    });
    assert_eq!(faults, [PluginFault::Busy, PluginFault::Deadline(500)]);
}

#[test]
fn what_a_call_uses_is_measured_and_the_same_every_time() {
    let measure = |what: &str| {
        let question = ask(&SANDBOX, what);
        SANDBOX.measure_score(question.request())
    };
    let usage = measure("behave").unwrap();
    assert_eq!(measure("behave").unwrap(), usage);
    let limits = Limits::standard();
    assert!(usage.calls == 1 && (1..limits.base_fuel).contains(&usage.fuel), "{usage:?}");
    assert!((1..limits.memory_bytes).contains(&usage.memory_bytes), "{usage:?}");
    let chatty = measure("log-much").unwrap();
    assert!(chatty.fuel > usage.fuel + 10_000 * limits.log_line_fuel, "every line is paid for: {chatty:?}");
    assert_eq!(measure("too-few").unwrap_err().fault, fault("too-few"), "what is measured is checked");
}
