//! How long a whole matching takes: columns, three rules in wasmtime on all cores, the solver. `SciPy`'s time for the solver
//! alone is in tests/peers/assignment.py.

use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{
    bundle::Bundle,
    decide::{Context, Records},
    limits::Limits,
    matching::{Ask, propose},
    run::Run,
};
use turnabout_model::{
    Attribute, AttributeKind, Ballot, Event, MatchingPlan, ParticipantId, ParticipantStatus, Person, Role, RuleUse,
    SolverKind, WaveId,
};
use turnabout_sandbox::{Sandbox, standard_plugins};
use turnabout_testkit::{bundle_with, manifest};

#[allow(clippy::print_stdout)] // a bench says what it measured
fn main() {
    divan::main();
    // What the largest of them took, as Linux counts it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(most) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("most memory that was in use: {}", most.trim());
    }
}

struct People(BTreeMap<ParticipantId, Person>);

impl Records for People {
    fn person(&self, participant: ParticipantId) -> Option<&Person> {
        self.0.get(&participant)
    }

    fn ballot(&self, _: WaveId, _: ParticipantId) -> Ballot {
        Ballot::default()
    }
}

/// A cohort with so many people a side: topics, times and managers drawn by a fixed rule.
fn cohort(side: u32) -> (Run, People) {
    let (mut run, mut people) = (Run::default(), BTreeMap::new());
    for number in 1..=2 * side {
        let id = ParticipantId(number);
        let role = if number <= side { Role::Mentor } else { Role::Mentee };
        let status = ParticipantStatus::Accepted;
        run.apply(Timestamp::UNIX_EPOCH, &Event::ParticipantAdded { participant: id, role, status });
        let mixed = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let some = |of: u64, kind: &str| -> Vec<SmolStr> {
            (0..3)
                .map(|n| format_smolstr!("{kind}{}", (mixed >> (8 * n)) % of))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        let attributes = [("topics".into(), some(20, "topic")), ("times".into(), some(10, "time"))].into();
        people.insert(
            id,
            Person {
                id,
                role,
                name: format!("Somebody {number}"),
                email: format_smolstr!("p{number}@example.org"),
                manager: Some(format_smolstr!("p{}@example.org", number / 10 + 1)),
                attributes,
                consents: BTreeSet::new(),
                avoids: BTreeSet::new(),
                agreed_to_contact: None,
            },
        );
    }
    (run, People(people))
}

fn bundle() -> Bundle {
    let mut programme = manifest();
    let set = || Attribute { kind: AttributeKind::Set, help: "help".into(), special: false };
    programme.attributes = [("topics".into(), set()), ("times".into(), set())].into();
    programme.plugins = standard_plugins().iter().map(|plugin| (plugin.id.into(), plugin.sha256.clone())).collect();
    let rule = |plugin: &str, weight, settings: serde_json::Value| RuleUse {
        plugin: plugin.into(),
        weight,
        settings: settings.as_object().cloned().unwrap_or_default(),
    };
    let rules = vec![
        rule("topic-overlap", 3.0, serde_json::json!({})),
        rule("availability", 1.0, serde_json::json!({ "least_times": 0 })),
        rule("reporting-line", 0.0, serde_json::json!({})),
    ];
    programme.matching.insert("plan".into(), MatchingPlan::new(SolverKind::Optimal, rules));
    bundle_with(programme, "fn programme(settings) {}").expect("the script is one line")
}

#[divan::bench(args = [10, 100, 1_000, 5_000], sample_count = 3, sample_size = 1)]
fn proposal_with_three_rules(bencher: divan::Bencher<'_, '_>, side: u32) {
    let (bundle, (run, records)) = (bundle(), cohort(side));
    let rules = Sandbox::with_standard_plugins().expect("the standard plugins are sound");
    let people: Vec<ParticipantId> = run.participants.keys().copied().collect();
    let limits = Limits::standard();
    let context = Context { now: Timestamp::UNIX_EPOCH, bundle: &bundle, rules: &rules, records: &records, limits };
    let plan = &bundle.programme.matching["plan"];
    let ask = Ask { plan, people: &people, wave: None, pinned: &[], forbidden: &[] };
    let _ = propose(&run, context, &Ask { people: &people[..1], ..ask });
    bencher.bench(|| propose(&run, context, &ask).map(|draft| draft.pairs.len()));
}
