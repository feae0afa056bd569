//! What a step costs to replay, and how many programme-years a second a core rehearses.
//!
//! `cargo bench -p turnabout-tests --bench durable`

use divan::{Bencher, counter::ItemsCount};
use std::path::Path;
use turnabout_core::{
    limits::Limits,
    ports::{ScriptCall, ScriptEnd},
    rehearse::{House, rehearse},
    replay::{Memory, Mode, Replay, Retention},
    verify::verify,
};
use turnabout_model::Value;
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_testkit::Play;

fn main() {
    divan::main();
}

/// A script that has gone through `steps` letters, one after the other, and waits for the next.
fn waiting(steps: u32) -> Play {
    let mut play = Play::of(&format!(
        r#"fn programme(settings) {{
            for round in 0..{steps} {{ signal("letter"); }}
            sleep(months(1));
        }}"#
    ));
    for letter in 0..steps {
        play.signal("letter", &letter.to_string());
    }
    play
}

/// Each recorded step is come past once: the time per item is the cost of a step.
#[divan::bench(args = [10, 100, 1000])]
fn replay(bencher: Bencher<'_, '_>, steps: u32) {
    let play = waiting(steps);
    let run = play.folded(Retention::All);
    let limits = Limits::standard();
    bencher
        .counter(ItemsCount::new(steps))
        .bench(|| assert!(verify(&run, &*play.bundle().program, play.now(), limits)[0].problem.is_none()));
}

/// A wake of a journey that has nothing behind it: the fixed cost.
#[divan::bench]
fn wake_of_an_empty_journey(bencher: Bencher<'_, '_>) {
    let play = Play::of("fn programme(settings) { sleep(months(1)); }");
    let run = play.run();
    bencher
        .with_inputs(|| Replay::new(Memory::new(Retention::Open), Mode::Quick, play.now(), 1, Limits::standard()))
        .bench_values(|replay| {
            let call = ScriptCall {
                function: "programme",
                arguments: &[Value::Null],
                settings: &run.settings,
                run_started: run.started,
                zone: &run.zone,
            };
            let (_, end) = play.bundle().program.run(call, replay);
            assert_eq!(end, ScriptEnd::Suspended);
        });
}

/// The whole ambulance year with its real rules, one after the other.
#[divan::bench(threads = [1, 2])]
fn ambulance_year(bencher: Bencher<'_, '_>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workflows/ambulance");
    let files = turnabout_template::read_folder(&folder).expect("the template is there");
    let scripts = RhaiScripts::new(ScriptLimits::standard());
    let (bundle, _) = turnabout_template::load(files, &scripts, &MessageCheck).expect("the template loads");
    let sandbox = Sandbox::with_standard_plugins().expect("the standard plugins load");
    let seed = std::sync::atomic::AtomicU64::new(0);
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        let seed = seed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let house = House { rules: &sandbox, limits: Limits::standard() };
        rehearse(&bundle, &bundle.rehearsals["steady"], seed, house).expect("it starts")
    });
}
