//! Writes the evaluation of an invented programme of 38 people, to be looked at in a browser:
//! `cargo run -p turnabout-render --example evaluation -- workflows/police target`
//!
//! The surveys `baseline` and `evaluation` of the template are answered by a rule of thumb, not by chance, so that the
//! page is the same every time.

use jiff::Timestamp;
use serde_json::{Value, json};
use smol_str::SmolStr;
use std::{collections::BTreeMap, error::Error, fs, path::Path};
use turnabout_core::{
    results::{Answered, Evidence, evaluation},
    run::Run,
};
use turnabout_model::{
    Event, PairId, ParticipantId, ParticipantStatus, Person, Programme, QuestionKind, Role, SessionId, SessionNotes,
    SessionPlan, Survey, WaveId,
};
use turnabout_render::{
    Look,
    evaluation::{NamedLists, csv, html},
};

const PEOPLE: u32 = 38;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [template, out] = arguments.as_slice() else {
        return Err("name a template's folder and where to write".into());
    };
    let read = |path: &str| fs::read_to_string(Path::new(template).join(path));
    let mut surveys: BTreeMap<SmolStr, Survey> = BTreeMap::new();
    for name in ["baseline", "evaluation", "closing"] {
        if let Ok(text) = read(&format!("surveys/{name}.toml")) {
            surveys.insert(name.into(), toml::from_str(&text)?);
        }
    }
    let programme: Programme = toml::from_str(&read("programme.toml")?)?;
    let mut told = Told::default();
    told.people()?;
    let mut responses = Vec::new();
    for (name, answer) in [("baseline", 0), ("evaluation", 1), ("closing", 1)] {
        if let Some(survey) = surveys.get(name) {
            responses.extend(told.wave(name, survey, answer)?);
        }
    }
    let notes = told.sessions()?;
    let Told { run, people, .. } = told;
    let evidence = Evidence {
        run: &run,
        programme: &programme,
        surveys: &surveys,
        past: &[],
        people: &people,
        responses: &responses,
        notes: &notes,
    };
    let found = evaluation(evidence);
    let out = Path::new(out);
    fs::write(
        out.join("evaluation.html"),
        html(&found, Some(jiff::civil::date(2026, 3, 31)), NamedLists::Told, &Look::default()),
    )?;
    fs::write(out.join("evaluation.csv"), csv(&found))?;
    fs::write(out.join("evaluation.json"), serde_json::to_string_pretty(&found)?)?;
    Ok(())
}

/// A run as it is told, event by event.
#[derive(Default)]
struct Told {
    run: Run,
    people: BTreeMap<ParticipantId, Person>,
    second: i64,
}

impl Told {
    fn tell(&mut self, event: &Event) -> Result<(), Box<dyn Error>> {
        self.second += 1;
        self.run.apply(Timestamp::from_second(self.second)?, event);
        Ok(())
    }

    fn people(&mut self) -> Result<(), Box<dyn Error>> {
        self.run.client = "north-moor-police".into();
        self.run.template = "police".into();
        for id in 1..=PEOPLE {
            let (participant, role) = (ParticipantId(id), if id % 2 == 1 { Role::Mentor } else { Role::Mentee });
            self.tell(&Event::ParticipantAdded { participant, role, status: ParticipantStatus::Accepted })?;
            let name = format!("Invented Person {id}");
            let person =
                json!({ "id": participant, "role": role, "name": name, "email": format!("p{id}@example.org") });
            self.people.insert(participant, serde_json::from_value(person)?);
        }
        for pair in 1..=PEOPLE / 2 {
            let (mentor, mentee) = (ParticipantId(2 * pair - 1), ParticipantId(2 * pair));
            self.tell(&Event::PairFormed { pair: PairId(pair), mentor, mentee })?;
            for n in 0..4 + pair % 3 {
                let (meeting, on) = (self.run.next_meeting(), Timestamp::from_second(n.into())?);
                let (minutes, form) = (60, turnabout_model::MeetingForm::InPerson);
                let pair = PairId(pair);
                self.tell(&Event::MeetingRecorded { meeting, pair, on, minutes, form, took_place: true })?;
            }
            let reason = if pair == 7 { "withdrawn" } else { "completed" };
            self.tell(&Event::PairEnded { pair: PairId(pair), reason: reason.into() })?;
        }
        let (participant, status) = (ParticipantId(14), ParticipantStatus::Withdrawn);
        self.tell(&Event::ParticipantStatusChanged { participant, status })
    }

    /// Sends a survey; `later` is 1 the second time, when four people answer no more.
    fn wave(&mut self, name: &str, survey: &Survey, later: u32) -> Result<Vec<Answered>, Box<dyn Error>> {
        let (wave, audience) = (self.run.next_wave(), self.people.keys().copied().collect());
        self.tell(&Event::WaveOpened {
            wave,
            survey: name.into(),
            audience,
            closes: Timestamp::MAX,
            remind_at: None,
            reminder: None,
        })?;
        let mut responses = Vec::new();
        for id in (1..=PEOPLE).filter(|id| later == 0 || ![4, 14, 23, 30].contains(id)) {
            let participant = ParticipantId(id);
            self.tell(&Event::ResponseReceived { wave, participant })?;
            let answers = answers(survey, id, later);
            responses.push(Answered { wave, participant: Some(participant), answers });
        }
        self.tell(&Event::WaveClosed { wave: WaveId(wave.0) })?;
        Ok(responses)
    }

    fn sessions(&mut self) -> Result<Vec<SessionNotes>, Box<dyn Error>> {
        for (number, (name, kind, many)) in
            [("training", "training", 19), ("speed-dating", "speed-dating", 38), ("mixed-group", "focus-group", 8)]
                .into_iter()
                .enumerate()
        {
            let audience: Vec<ParticipantId> = (1..=many).map(ParticipantId).collect();
            let session = SessionId(u32::try_from(number)? + 1);
            let plan = SessionPlan {
                session,
                name: name.into(),
                diary: name.into(),
                kind: kind.into(),
                audience: audience.clone(),
                starts: Timestamp::UNIX_EPOCH,
                ends: Timestamp::UNIX_EPOCH,
                remind_at: None,
            };
            self.tell(&Event::SessionPlanned { plan })?;
            let attended = audience.into_iter().filter(|who| who.0 % 9 != 0).collect();
            self.tell(&Event::SessionHeld { session, attended })?;
        }
        let notes = json!([{ "session": "session-3", "consented": ["person-1", "person-2"],
            "themes": [{ "name": "time to prepare", "mentions": 6 }, { "name": "rank in the room", "mentions": 12 }],
            "quotes": [
                { "text": "I stopped answering and started asking.", "by": "person-2", "released": true, "named": true },
                { "text": "We needed twice the time to meet everybody.", "released": true }],
            "learning": ["Make the speed dating longer", "Give mentees a fuller package before the first meeting"] }]);
        Ok(serde_json::from_value(notes)?)
    }
}

/// Answers by a rule of thumb: most agree more the second time.
fn answers(survey: &Survey, who: u32, later: u32) -> BTreeMap<SmolStr, Value> {
    let mut found = BTreeMap::new();
    for (at, item) in (0_u32..).zip(survey.items()) {
        let lot = (who * 7 + at * 13 + who * who * (at + 1)) % 11;
        let worded_otherwise = survey.scales.iter().any(|scale| scale.reverse.contains(item.name));
        let consents = survey.consent_questions();
        let value: Value = match &item.question.kind {
            _ if item.conditional && !consents.contains(item.name) && lot > 8 => continue,
            QuestionKind::Likert { points, .. } => {
                let most = u32::from(*points);
                let point = (1 + lot * most / 11 + later * (lot % 3 + at % 2) / 2).clamp(1, most);
                if worded_otherwise { (most + 1 - point).into() } else { point.into() }
            }
            QuestionKind::Single { choices } if consents.contains(item.name) => {
                choices[who as usize % choices.len()].name.as_str().into()
            }
            QuestionKind::Single { choices } => choices[lot as usize % choices.len()].name.as_str().into(),
            QuestionKind::Multiple { choices } => {
                let some = choices
                    .iter()
                    .zip(0_u32..)
                    .filter(|(choice, at)| (lot + at).is_multiple_of(3) && choice.name != "nothing");
                some.map(|(choice, _)| choice.name.as_str()).collect()
            }
            QuestionKind::Integer { least, .. } => (least.unwrap_or(0) + i64::from(lot / 2)).into(),
            QuestionKind::Text if item.question.consent.is_some() && who % 9 > 2 => continue,
            QuestionKind::Text if lot > 6 => continue,
            QuestionKind::Text => {
                ["More time for it.", "We laughed about what we had thought of each other.", "Ask us earlier."]
                    [lot as usize % 3]
                    .into()
            }
            _ => continue,
        };
        found.insert(item.name.clone(), value);
    }
    found
}
