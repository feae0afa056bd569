//! How many events a second are decided, committed to sled and answered: in process and over HTTP.
//!
//! `cargo bench -p turnabout-tests --bench serving`. A thread has a run of its own; each item is one durable event.

use divan::{Bencher, counter::ItemsCount};
use std::{
    cell::Cell,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use turnabout_core::{decide::Input, limits::Limits};
use turnabout_live::{Engine, LiveLimits, NewRun, Parts, SystemClock};
use turnabout_model::{ParticipantId, ParticipantStatus, Role, RunId};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_server::{Running, ServerOptions, Token};
use turnabout_store::SledStore;

const CLIENTS: usize = 64;
const TOKEN: &str = "a-token-for-the-bench";

fn main() {
    divan::main();
}

/// An engine on sled with a run for each client, in a folder that goes with it.
struct House {
    engine: Arc<Engine>,
    runs: Vec<RunId>,
    _folder: tempfile::TempDir,
}

fn house() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let plugins = Arc::new(Sandbox::with_standard_plugins().expect("the plugins load"));
    let parts = Parts {
        store: Arc::new(SledStore::open(folder.path()).expect("the store opens")),
        rules: plugins.clone(),
        logics: plugins,
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(SystemClock),
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    };
    let engine = Arc::new(Engine::new(parts).expect("the engine starts"));
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workflows/ambulance");
    engine.install(turnabout_template::read_folder(&template).expect("the template")).expect("it installs");
    let runs = (0..CLIENTS).map(|_| {
        let new = NewRun { template: "ambulance".into(), client: "bench".into(), ..NewRun::default() };
        let started = engine.start(new, None, |decision| decision.after.run.id.clone()).expect("it starts");
        let run = started.answer.expect("it has an id");
        let person = turnabout_template::people::NewPerson {
            role: Role::Mentor,
            name: "A Person".into(),
            email: "person@example.org".into(),
            manager: None,
            attributes: std::collections::BTreeMap::new(),
            consents: std::collections::BTreeSet::new(),
        };
        let act = turnabout_live::Act::AddPerson { person, status: ParticipantStatus::Accepted };
        engine.submit(&run, act, |_| ()).expect("the person is added");
        run
    });
    let runs = runs.collect();
    House { engine, runs, _folder: folder }
}

static NEXT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static CLIENT: usize = NEXT.fetch_add(1, Ordering::Relaxed) % CLIENTS;
    static TURN: Cell<bool> = const { Cell::new(false) };
}

/// The status that the next act sets: it changes each time.
fn turn() -> ParticipantStatus {
    let turn = TURN.get();
    TURN.set(!turn);
    if turn { ParticipantStatus::Accepted } else { ParticipantStatus::Waiting }
}

#[divan::bench(threads = [1, 64], sample_count = 200, sample_size = 10)]
fn in_process(bencher: Bencher<'_, '_>) {
    let house = house();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        let run = &house.runs[CLIENT.with(|client| *client)];
        let input = Input::SetStatus { participant: ParticipantId(1), status: turn() };
        // The first of a thread may find the status as it is: a refusal, which costs less and is rare.
        let _ = house.engine.submit(run, input, |_| ());
    });
}

#[divan::bench(threads = [1, 64], sample_count = 200, sample_size = 10)]
fn over_http(bencher: Bencher<'_, '_>) {
    let house = house();
    let token = Token::new(TOKEN).expect("a token");
    let options = ServerOptions::new("127.0.0.1:0".parse().expect("an address"), token);
    let server = Running::start(Arc::clone(&house.engine), options).expect("the server starts");
    let base = format!("http://{}/api/v1/runs", server.address());
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_idle_connections(CLIENTS)
        .max_idle_connections_per_host(CLIENTS)
        .build()
        .into();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        let run = &house.runs[CLIENT.with(|client| *client)];
        let status = if turn() == ParticipantStatus::Accepted { "accepted" } else { "waiting" };
        let url = format!("{base}/{run}/participants/person-1/status");
        let sent = agent.put(&url).header("Authorization", &format!("Bearer {TOKEN}"));
        let mut answer = sent.send_json(serde_json::json!({ "status": status })).expect("it answers");
        answer.body_mut().read_to_string().expect("a body")
    });
    drop(agent);
    server.stop().expect("it stops");
}
