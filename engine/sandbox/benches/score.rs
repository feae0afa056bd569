//! What a pair costs: `topic-overlap` over square cohorts, compiled and described beforehand.

use divan::Bencher;
use divan::counter::ItemsCount;
use serde_json::Map;
use std::sync::LazyLock;
use turnabout_core::ports::{PluginRef, Rules, ScoreRequest, Table};
use turnabout_model::Column;
use turnabout_sandbox::{Sandbox, standard_plugins};

fn main() {
    divan::main();
}

static SANDBOX: LazyLock<Sandbox> =
    LazyLock::new(|| Sandbox::with_standard_plugins().expect("invariant: the sandbox starts"));

/// Five topics of forty each, as people tick them.
fn people(rows: usize, step: usize) -> Table {
    let topics = |row: usize| {
        let mut set: Vec<u32> = (0..5).filter_map(|n| u32::try_from((row * step + n * 7) % 40).ok()).collect();
        set.sort_unstable();
        set.dedup();
        set
    };
    Table { rows, columns: vec![("topics".into(), Column::Set((0..rows).map(topics).collect()))], ..Table::default() }
}

fn plugin(id: &str) -> PluginRef {
    let standard = standard_plugins().iter().find(|plugin| plugin.id == id).expect("invariant: it is standard");
    PluginRef { id: id.into(), sha256: standard.sha256.clone() }
}

#[divan::bench(args = [1, 10, 100, 1000])]
fn topic_overlap(bencher: Bencher<'_, '_>, side: usize) {
    let plugin = plugin("topic-overlap");
    let (mentors, mentees, settings) = (people(side, 3), people(side, 5), Map::new());
    let request = ScoreRequest { plugin: &plugin, settings: &settings, mentors: &mentors, mentees: &mentees };
    SANDBOX.score(request).expect("invariant: the rule keeps the contract");
    bencher.counter(ItemsCount::new(side * side)).bench(|| SANDBOX.score(request));
}

#[divan::bench(args = [10, 100, 1000])]
fn reporting_line(bencher: Bencher<'_, '_>, side: usize) {
    let plugin = plugin("reporting-line");
    let (mentors, mentees, settings) = (people(side, 3), people(side, 5), Map::new());
    let request = ScoreRequest { plugin: &plugin, settings: &settings, mentors: &mentors, mentees: &mentees };
    SANDBOX.score(request).expect("invariant: the rule keeps the contract");
    bencher.counter(ItemsCount::new(side * side)).bench(|| SANDBOX.score(request));
}

/// Starting a sandbox and compiling all standard plugins: what a command pays once.
#[divan::bench(sample_count = 10)]
fn start_and_compile() -> Sandbox {
    let sandbox = Sandbox::with_standard_plugins().expect("invariant: the sandbox starts");
    let plugins: Vec<PluginRef> = standard_plugins().iter().map(|standard| plugin(standard.id)).collect();
    sandbox.prepare(&plugins).expect("invariant: the standard plugins pass the gate");
    sandbox
}
