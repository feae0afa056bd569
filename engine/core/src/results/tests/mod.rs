//! Programmes of a few lines, and what of them is shown.

mod amended;
mod attack;
mod change;
mod consent;
mod groups;
mod waves;

use super::*;
use crate::run::Run;
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{
    BundleHash, Event, ParticipantId, ParticipantStatus, Person, Programme, Role, SessionNotes, Survey, WaveId,
};

/// A programme with its people, waves and answers.
pub(super) struct World {
    pub(super) run: Run,
    pub(super) programme: Programme,
    pub(super) surveys: BTreeMap<SmolStr, Survey>,
    pub(super) people: BTreeMap<ParticipantId, Person>,
    pub(super) responses: Vec<Answered>,
    pub(super) notes: Vec<SessionNotes>,
    past: Vec<(BundleHash, Programme, BTreeMap<SmolStr, Survey>)>,
    now: i64,
}

impl World {
    /// So many people, every other one a mentor; person 1 is the first mentor.
    pub(super) fn of(people: u32) -> Self {
        let programme = json!({ "name": "p", "version": "1", "summary": "s", "purpose": "p", "length": "6 months",
            "licence": "MIT", "attributes": {
                "site": { "kind": "category", "help": "h" }, "faith": { "kind": "category", "help": "h", "special": true } },
            "sessions": { "circle": { "kind": "focus-group", "title": "Circle", "lasts": "2 hours" } } });
        let mut world = Self {
            run: Run::default(),
            programme: serde_json::from_value(programme).unwrap(),
            surveys: BTreeMap::new(),
            people: BTreeMap::new(),
            responses: Vec::new(),
            notes: Vec::new(),
            past: Vec::new(),
            now: 0,
        };
        for id in 1..=people {
            let role = if id % 2 == 1 { Role::Mentor } else { Role::Mentee };
            let participant = ParticipantId(id);
            world.tell(&Event::ParticipantAdded { participant, role, status: ParticipantStatus::Accepted });
            let person = json!({ "id": participant, "role": role, "name": format!("Name {id:03}"), "email": "e" });
            world.people.insert(participant, serde_json::from_value(person).unwrap());
        }
        world
    }

    pub(super) fn tell(&mut self, event: &Event) {
        self.now += 1;
        self.run.apply(Timestamp::from_second(self.now).unwrap(), event);
    }

    pub(super) fn attribute(&mut self, of: u32, name: &str, value: &str) {
        let person = self.people.get_mut(&ParticipantId(of)).unwrap();
        person.attributes.insert(name.into(), vec![value.into()]);
    }

    /// Adds a survey: the members of its TOML, and its questions.
    #[allow(clippy::needless_pass_by_value)] // written where it is made
    pub(super) fn survey(&mut self, name: &str, members: Json, questions: Json) {
        let mut json = json!({ "title": name, "introduction": "i", "threshold": 5, "questions": questions });
        json.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        self.surveys.insert(name.into(), serde_json::from_value(json).unwrap());
    }

    /// Sends a survey to everybody.
    pub(super) fn send(&mut self, survey: &str) -> WaveId {
        let (wave, audience) = (self.run.next_wave(), self.run.participants.keys().copied().collect());
        self.tell(&Event::WaveOpened {
            wave,
            survey: survey.into(),
            audience,
            closes: Timestamp::MAX,
            remind_at: None,
            reminder: None,
        });
        wave
    }

    pub(super) fn answer(&mut self, wave: WaveId, by: u32, answers: Json) {
        let participant = ParticipantId(by);
        self.tell(&Event::ResponseReceived { wave, participant });
        let answers = serde_json::from_value(answers).unwrap();
        self.responses.push(Answered { wave, participant: Some(participant), answers });
    }

    pub(super) fn close(&mut self, wave: WaveId) {
        self.tell(&Event::WaveClosed { wave });
    }

    /// Sends a survey to everybody, has some answer, and closes it.
    pub(super) fn wave(
        &mut self,
        survey: &str,
        by: impl IntoIterator<Item = u32>,
        answers: impl Fn(u32) -> Json,
    ) -> WaveId {
        let wave = self.send(survey);
        by.into_iter().for_each(|who| self.answer(wave, who, answers(who)));
        self.close(wave);
        wave
    }

    /// Amends the run: what is changed afterwards is changed in another bundle.
    pub(super) fn amend(&mut self) {
        let hash = |number: usize| BundleHash(smol_str::format_smolstr!("{number:064}"));
        let (from, to) = (hash(self.past.len()), hash(self.past.len() + 1));
        self.run.bundle.get_or_insert(from.clone());
        for wave in &mut self.run.waves {
            // A world begins without a start, and so without a bundle.
            wave.bundle.get_or_insert(from.clone());
            if !wave.open {
                wave.closed_under.get_or_insert(from.clone());
            }
        }
        self.past.push((from.clone(), self.programme.clone(), self.surveys.clone()));
        let (mappings, settings) = (Vec::new(), turnabout_model::Value::Null);
        let (template, template_version, deadlines, branches) = Default::default();
        let switched =
            Event::BundleSwitched { from, to, mappings, settings, template, template_version, deadlines, branches };
        self.tell(&switched);
    }

    pub(super) fn evaluated(&self) -> Evaluation {
        let World { run, programme, surveys, people, responses, notes, .. } = self;
        let told = |(bundle, programme, surveys)| Told { bundle, programme, surveys };
        let past: Vec<Told<'_>> =
            self.past.iter().map(|(hash, programme, surveys)| told((hash, programme, surveys))).collect();
        let found = evaluation(Evidence { run, programme, surveys, past: &past, people, responses, notes });
        let json = serde_json::to_string(&found).unwrap();
        assert!(!json.contains("person-"), "{json}");
        assert_eq!(serde_json::from_str::<Evaluation>(&json).unwrap(), found);
        found
    }
}

/// Whether each view is shown, with its n: `everyone 20`, `role: mentor withheld`.
pub(super) fn views(views: &[ViewResult<Summary>]) -> Vec<String> {
    let say = |view: &ViewResult<Summary>| match &view.result {
        Shown::Shown(summary) => format!("{} {}", view.view, summary.n()),
        Shown::Withheld(why) => format!("{} {}", view.view, serde_json::to_value(why).unwrap().as_str().unwrap()),
    };
    views.iter().map(say).collect()
}

pub(super) fn item<'e>(found: &'e Evaluation, wave: usize, name: &str) -> &'e [ViewResult<Summary>] {
    &found.waves[wave].items.iter().find(|item| item.name == name).unwrap_or_else(|| panic!("no {name}")).views
}

pub(super) fn trust() -> Json {
    json!([{ "name": "trust", "type": "likert", "text": "I trust" }])
}
