//! A small programme that matches people, in the live engine with the real sandbox.

use serde_json::Value as Json;
use smol_str::SmolStr;
use std::{fmt::Write as _, path::Path, sync::Arc};
use turnabout_core::{decide::Input, limits::Limits};
use turnabout_live::{Act, Amend, Engine, LiveError, LiveLimits, ManualClock, NewRun, Parts, views::ProposalView};
use turnabout_model::{ParticipantId, ParticipantStatus, ProposalId, RunId, WaveId};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::{Sandbox, earlier_plugins, standard_plugins};
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_store::MemoryStore;

pub(crate) struct House {
    pub(crate) engine: Engine,
    pub(crate) run: RunId,
    clock: ManualClock,
}

/// Everybody is asked for a ballot, then matched; who leaves a pair is matched again.
const SCRIPT: &str = r#"
fn programme(settings) {
    recruit("volunteers", #{ closes: weeks(2) });
    let ballot = survey("wishes", cohort().everyone, #{ closes: days(5) });
    let matched = match_pairs("plan", cohort(), #{ ballot: ballot });
    stage("Mentoring");
    task("Go on");
}
fn on_pair_ended(pair) {
    match_pairs("plan", cohort(), #{ ballot: "wishes" });
    stage("Matched again");
}
fn on_withdrawn(leaver) {}
"#;

const SURVEY: &str = r#"
title = "Whom would you like to meet?"
introduction = "Only the matching reads this."
mode = "named"
questions = [
    { name = "wanted", text = "Whom would you like?", type = "ranking" },
    { name = "unwanted", text = "Whom would you rather not?", type = "avoid" },
]
"#;

/// A house with a run whose people are in; `plan` is the matching plan in TOML.
pub(crate) fn house(plan: &str, people: &str) -> House {
    let clock = ManualClock::at("2026-03-02T09:00:00Z".parse().unwrap());
    let plugins = Arc::new(Sandbox::with_standard_plugins().unwrap());
    let engine = Engine::new(Parts {
        store: Arc::new(MemoryStore::new()),
        rules: plugins.clone(),
        logics: plugins,
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(clock.clone()),
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    });
    let engine = engine.unwrap();
    engine.install(files(plan, people)).unwrap_or_else(|error| panic!("{error:?}"));
    let new = NewRun { template: "small".into(), client: "acme".into(), seed: Some(7), ..NewRun::default() };
    let run = engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap();
    engine.import(&run, people.as_bytes(), ParticipantStatus::Accepted, None).unwrap();
    let house = House { engine, run, clock };
    house.input(Input::CloseRecruitment { label: "volunteers".into() }).unwrap();
    house
}

fn files(plan: &str, people: &str) -> turnabout_core::bundle::TemplateFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/live/tests/small");
    let manifest = std::fs::read_to_string(folder.join("programme.toml")).unwrap();
    let (manifest, _) = manifest.split_once("[attributes").unwrap();
    let sessions =
        "[sessions.training]\nkind = \"training\"\ntitle = \"Training\"\nlasts = \"2 hours\"\nnotice = \"1 week\"\n";
    let mut manifest = format!("{manifest}{sessions}");
    let header = people.lines().next().unwrap();
    let kinds =
        [("topics", "set"), ("places", "number"), ("age", "number"), ("department", "category"), ("times", "set")];
    for (name, kind) in kinds.into_iter().filter(|(name, _)| header.split(',').any(|column| column == *name)) {
        write!(manifest, "[attributes.{name}]\nkind = \"{kind}\"\nhelp = \"help\"\n").unwrap();
    }
    if header.split(',').any(|column| column == "faith") {
        manifest.push_str("[attributes.faith]\nkind = \"category\"\nspecial = true\nhelp = \"help\"\n");
    }
    manifest.push_str("[plugins]\n");
    for plugin in standard_plugins() {
        writeln!(manifest, "{} = \"{}\"", plugin.id, plugin.sha256).unwrap();
    }
    for plugin in earlier_plugins() {
        writeln!(manifest, "earlier-{} = \"{}\"", plugin.id, plugin.sha256).unwrap();
    }
    write!(manifest, "[matching.plan]\n{plan}\n").unwrap();
    let mut files = turnabout_template::read_folder(&folder).unwrap();
    let changed = [("programme.toml", manifest.as_str()), ("programme.rhai", SCRIPT), ("surveys/wishes.toml", SURVEY)];
    for (path, text) in changed {
        files.insert(path.into(), text.as_bytes().to_vec());
    }
    files
}

impl House {
    pub(crate) fn input(&self, input: Input) -> Result<(), LiveError> {
        self.engine.submit(&self.run, input, |_| ()).map(drop)
    }

    /// The run goes on under a template with another plan.
    pub(crate) fn amend(&self, plan: &str, people: &str) {
        self.engine.install(files(plan, people)).unwrap_or_else(|error| panic!("{error:?}"));
        let to = Amend { template: "small".into(), ..Amend::default() };
        self.engine.amend(&self.run, &to, None, |_| ()).unwrap();
    }

    /// The person with a name.
    pub(crate) fn id(&self, name: &str) -> ParticipantId {
        let found = self.engine.read(&self.run, |of| of.people.all().find(|p| p.name.starts_with(name)).map(|p| p.id));
        found.unwrap().unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Somebody answers the ballot, with one person a place.
    pub(crate) fn vote(&self, who: &str, wanted: &[&str], unwanted: &[&str]) {
        self.answer(who, [self.ids(wanted), self.ids(unwanted)]);
    }

    /// Somebody answers the ballot, and several people may share a place.
    pub(crate) fn vote_places(&self, who: &str, places: &[&[&str]]) {
        let in_place = |place: &&[&str]| match place {
            [alone] => self.id(alone).to_string().into(),
            several => self.ids(several),
        };
        self.answer(who, [places.iter().map(in_place).collect(), Json::Null]);
    }

    fn ids(&self, names: &[&str]) -> Json {
        names.iter().map(|name| self.id(name).to_string()).collect::<Vec<_>>().into()
    }

    fn answer(&self, who: &str, [wanted, unwanted]: [Json; 2]) {
        let answers: [(SmolStr, Json); 2] = [("wanted".into(), wanted), ("unwanted".into(), unwanted)];
        let act = Act::Respond { wave: WaveId(1), participant: self.id(who), answers: answers.into(), language: None };
        self.engine.submit(&self.run, act, |_| ()).unwrap();
    }

    /// Time passes.
    pub(crate) fn until(&self, moment: &str) {
        self.engine.advance(&self.clock, moment.parse().unwrap()).unwrap();
    }

    /// Closes the ballot without waiting for anybody else.
    pub(crate) fn matched(&self) -> ProposalView {
        self.until("2026-03-20T09:00:00Z");
        if let Some(problem) = self.engine.read(&self.run, |of| of.run.journeys[0].problem().cloned()).unwrap() {
            panic!("{problem:?}");
        }
        self.proposal(1)
    }

    /// A proposal.
    pub(crate) fn proposal(&self, number: u32) -> ProposalView {
        let found = self.engine.read(&self.run, |of| of.run.proposal(ProposalId(number)).map(ProposalView::of));
        found.unwrap().unwrap_or_else(|| panic!("there is no proposal {number}"))
    }

    /// The pairs of a proposal by first names, for example `Amara-Clara`.
    pub(crate) fn pairs(&self, proposal: &ProposalView) -> Vec<String> {
        let name = |id: ParticipantId| {
            let name = self.engine.read(&self.run, |of| of.people.get(id).map(|person| person.name.clone()));
            name.unwrap().unwrap().split(' ').next().unwrap().to_owned()
        };
        proposal.pairs.iter().map(|pair| format!("{}-{}", name(pair.mentor), name(pair.mentee))).collect()
    }
}
