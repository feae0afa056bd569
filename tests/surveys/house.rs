//! A small programme that asks everybody, in the live engine on disk, with the real sandbox.

use serde_json::Value as Json;
use std::{fmt::Write as _, path::Path, sync::Arc};
use tempfile::TempDir;
use turnabout_core::{
    bundle::TemplateFiles,
    decide::Input,
    limits::Limits,
    ports::{Store, StoreTable},
};
use turnabout_live::{
    Act, Contact, Contacts, Engine, FormOf, LiveError, LiveLimits, ManualClock, NewRun, Parts, Request,
};
use turnabout_model::{ParticipantId, ParticipantStatus, RunId, WaveId};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::{Sandbox, standard_plugins};
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_store::SledStore;

pub(crate) struct House {
    pub(crate) engine: Arc<Engine>,
    pub(crate) store: Arc<SledStore>,
    pub(crate) run: RunId,
    pub(crate) clock: ManualClock,
    _folder: TempDir,
}

const SCRIPT: &str = r#"
fn programme(settings) {
    recruit("volunteers", #{ closes: weeks(2) });
    survey("asked", cohort().everyone, #{ closes: days(5) });
    stage("Asked");
    task("Go on", []);
}
fn on_withdrawn(leaver) {}
"#;

/// So many mentors and as many mentees.
fn people(each: usize) -> String {
    let mut csv = "role,name,email\n".to_owned();
    for (role, number) in (1..=each).map(|n| ("mentor", n)).chain((1..=each).map(|n| ("mentee", n))) {
        writeln!(csv, "{role},Jo {role} {number},{role}{number}@example.org").unwrap();
    }
    csv
}

/// The first of the people as they are imported, mentors before mentees.
pub(crate) const AMARA: ParticipantId = ParticipantId(1);
pub(crate) const BEN: ParticipantId = ParticipantId(2);

/// The wave that everybody is asked in.
pub(crate) const WAVE: WaveId = WaveId(1);

/// A house whose four people have just been asked the questions of a survey in TOML.
pub(crate) fn house(survey: &str) -> House {
    house_of(2, survey)
}

/// A house of so many mentors and mentees, who have just been asked.
pub(crate) fn house_of(each: usize, survey: &str) -> House {
    house_with(each, SCRIPT, survey, "")
}

/// A house with a script of its own, and more in its manifest.
pub(crate) fn house_with(each: usize, script: &str, survey: &str, more: &str) -> House {
    house_from(each, files(script, survey, more))
}

/// A house whose programme speaks to its people in the words of a language: the text of `words/cy.toml`.
pub(crate) fn house_in_welsh(survey: &str, words: &str) -> House {
    let mut files = files(SCRIPT, survey, "");
    files.insert("words/cy.toml".into(), words.as_bytes().to_vec());
    house_from(2, files)
}

fn house_from(each: usize, files: TemplateFiles) -> House {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::at("2026-03-02T09:00:00Z".parse().unwrap());
    let plugins = Arc::new(Sandbox::with_standard_plugins().unwrap());
    let store = Arc::new(SledStore::open(folder.path()).unwrap());
    let engine = Engine::new(Parts {
        store: store.clone(),
        rules: plugins.clone(),
        logics: plugins,
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(clock.clone()),
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    });
    let engine = Arc::new(engine.unwrap());
    engine.install(files).unwrap_or_else(|error| panic!("{error:?}"));
    let vera = Contact { name: "Vera Linton".into(), email: "vera@listening.example".into() };
    let contacts = Contacts { contact: Some(vera), ..Contacts::default() };
    let new = NewRun { template: "small".into(), client: "acme".into(), seed: Some(7), contacts, ..NewRun::default() };
    let run = engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap();
    engine.import(&run, people(each).as_bytes(), ParticipantStatus::Accepted, None).unwrap();
    let input = Input::CloseRecruitment { label: "volunteers".into() };
    engine.submit(&run, input, |_| ()).unwrap();
    House { engine, store, run, clock, _folder: folder }
}

pub(crate) fn files(script: &str, survey: &str, more: &str) -> TemplateFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/live/tests/small");
    let manifest = std::fs::read_to_string(folder.join("programme.toml")).unwrap();
    let (manifest, _) = manifest.split_once("[attributes").unwrap();
    let pinned = |id: &str| {
        let plugin = standard_plugins().iter().find(|plugin| plugin.id == id).unwrap();
        format!("{id} = \"{}\"\n", plugin.sha256)
    };
    let group =
        "[sessions.group]\nkind = \"focus-group\"\ntitle = \"Focus group\"\nlasts = \"2 hours\"\nnotice = \"1 day\"\n";
    let (form, risk) = (pinned("form-logic"), pinned("pulse-risk"));
    let manifest = format!("{manifest}{group}{more}[plugins]\n{form}{risk}");
    let mut files = turnabout_template::read_folder(&folder).unwrap();
    files.retain(|path, _| !path.starts_with("surveys/") && !path.starts_with("rehearsals/"));
    let survey = format!("title = \"Asked\"\nintroduction = \"Only a test reads this.\"\n{survey}");
    let asked = "+++\nsubject = \"{{survey.title}}\"\n+++\nDear {{recipient.name}}\n{{#if link}}\n{{link}}\n{{/if}}\n";
    let waits = "+++\nsubject = \"It waits\"\n+++\nDear {{recipient.name}}\n{{#if link}}\n{{link}}\n{{/if}}\n";
    let turn_to = waits.replace("link}}", "contact.link}}");
    for (path, text) in [
        ("programme.toml", manifest.as_str()),
        ("programme.rhai", script),
        ("surveys/asked.toml", &survey),
        ("messages/asked.hbs", asked),
        ("messages/concern-raised.hbs", waits),
        ("messages/agreement.hbs", waits),
        ("messages/turn-to.hbs", &turn_to),
        (
            "agreements/between-us.hbs",
            "+++\ntitle = \"Between us\"\n+++\n{{mentor.name}} and {{mentee.name}} agree:\nWhat is said stays <here>.\n",
        ),
    ] {
        files.insert(path.into(), text.as_bytes().to_vec());
    }
    files
}

impl House {
    /// Somebody hands in answers.
    pub(crate) fn answer(&self, who: ParticipantId, answers: &Json) -> Result<(), LiveError> {
        self.engine.submit(&self.run, handed_in(who, answers), |_| ()).map(drop)
    }

    /// What is wrong with answers when somebody hands them in: `question: what`.
    pub(crate) fn wrong(&self, who: ParticipantId, answers: &Json) -> Vec<String> {
        match self.answer(who, answers) {
            Err(LiveError::Answers(problems)) => {
                problems.iter().map(|p| format!("{}: {}", p.question, p.what)).collect()
            }
            Ok(()) => Vec::new(),
            Err(other) => panic!("{other}"),
        }
    }

    /// Everything a table holds of the run, key and value.
    pub(crate) fn rows(&self, table: StoreTable) -> Vec<(Vec<u8>, String)> {
        let prefix = if table == StoreTable::Idempotency { Vec::new() } else { self.run.as_str().as_bytes().to_vec() };
        let rows = self.store.scan(table, &prefix, None, 1_000).unwrap();
        rows.into_iter().map(|row| (row.key, String::from_utf8(row.value).unwrap())).collect()
    }

    /// Time passes until the wave has closed.
    pub(crate) fn close(&self) {
        self.engine.advance(&self.clock, "2026-03-20T09:00:00Z".parse().unwrap()).unwrap();
        assert!(self.engine.read(&self.run, |of| !of.run.waves[0].open).unwrap());
    }
}

/// The request with which answers are handed in.
pub(crate) fn handed_in(who: ParticipantId, answers: &Json) -> Request {
    let answers = serde_json::from_value(answers.clone()).unwrap();
    Act::Respond { wave: WAVE, participant: who, answers, language: None }.into()
}

/// Whose form.
pub(crate) fn form_of(participant: ParticipantId) -> FormOf {
    FormOf { wave: WAVE, participant }
}
