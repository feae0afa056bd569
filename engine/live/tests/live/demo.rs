//! Invented people live a run through the real engine exactly as they do in a rehearsal.

use crate::house::{files, house};
use turnabout_core::{
    decide::Input,
    limits::Limits,
    rehearse::{Act, Company, House as RehearsalHouse, Stage as _, invent, live, rehearse},
};
use turnabout_live::{Clock as _, Contact, Contacts, LiveStage, ManualClock, NewRun};
use turnabout_model::{Event, MessageOutcome, ParticipantStatus, RunId};
use turnabout_testkit::NoPlugins;

const PLAN: &str = r#"
summary = "A calm time"
starts = 2026-03-02
seed = 7

[cohort]
mentors = 4
mentees = 4

[personas]
coordinator_delay = "1 day"
"#;

#[test]
fn the_store_gets_what_a_rehearsal_decides() {
    lived_as_rehearsed(PLAN);
}

/// While no mail leaves messages wait, and what becomes of them is in the journal in the same places.
#[test]
fn the_store_gets_what_a_rehearsal_decides_about_mail_and_about_who_leaves() {
    let plan = format!(
        "{PLAN}\n[[mail_outages]]\nfrom = \"5 days\"\nlasts = \"3 weeks\"\n\n[[concerns]]\nafter = \"2 weeks\"\n\n\
         [[withdrawals]]\nrole = \"mentor\"\nafter = \"6 weeks\"\n"
    );
    let events = lived_as_rehearsed(&plan);
    let settled = events.iter().filter(|event| matches!(event, Event::MessageSettled { .. })).count();
    let queued = events.iter().filter(|event| matches!(event, Event::MessageQueued { .. })).count();
    assert_eq!((settled, queued > 8), (queued, true), "{settled} of {queued}");
    assert!(events.iter().any(|event| matches!(event, Event::ConcernRaised { .. })));
}

fn lived_as_rehearsed(plan: &str) -> Vec<Event> {
    let house = house();
    let files = files(&[("rehearsals/calm.toml", plan)]);
    let scripts = turnabout_script::RhaiScripts::new(turnabout_script::ScriptLimits::standard());
    let checks = turnabout_render::messages::MessageCheck;
    let (bundle, _) = turnabout_template::load(files.clone(), &scripts, &checks).unwrap();
    let plan = bundle.rehearsals["calm"].clone();
    let rehearsed =
        rehearse(&bundle, &plan, 7, RehearsalHouse { rules: &NoPlugins, limits: Limits::standard() }).unwrap();

    house.engine.install(files).unwrap();
    let start = rehearsed.events[0].0;
    // The house's clock is earlier, and moves to the start.
    let clock: ManualClock = house.clock.clone();
    clock.advance_to(start);
    let contact = Contact { name: "Osei Lamptey".into(), email: "speakup@listening.example".into() };
    let new = NewRun {
        template: "small".into(),
        client: "rehearsal".into(),
        seed: Some(7),
        contacts: Contacts { contact: Some(contact), ..Contacts::default() },
        run: Some(RunId::from_bits(7)),
        ..NewRun::default()
    };
    let started = house.engine.start(new, None, |decision| decision.events.to_vec()).unwrap();
    let mut stage = LiveStage::new(&house.engine, clock, RunId::from_bits(7)).unwrap();
    let cast = invent(&plan.cohort, &bundle.programme, 7);
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let company = Company::new(cast, plan.personas.clone(), bundle.surveys.clone(), zone, 7);
    let mut company = company.living_through(&plan);
    let run = house.engine.read(&RunId::from_bits(7), |of| of.run.clone()).unwrap();
    for event in &started.answer {
        company.react(&run, start, event);
    }
    live(&mut stage, &mut company, start, None).unwrap();

    let stored: Vec<(jiff::Timestamp, Event)> = house
        .journal(&RunId::from_bits(7))
        .iter()
        .map(|entry| serde_json::from_str::<turnabout_model::Entry>(entry).unwrap())
        .map(|entry| (entry.at, entry.event))
        .collect();
    assert!(stored.len() > 50, "{}", stored.len());
    assert_eq!(stored.len(), rehearsed.events.len());
    for (stored, rehearsed) in stored.iter().zip(&rehearsed.events) {
        assert_eq!(stored, rehearsed);
    }
    stored.into_iter().map(|(_, event)| event).collect()
}

#[test]
fn a_demonstration_can_send_its_messages_into_a_folder() {
    let house = house();
    let run = house.start();
    let folder = tempfile::tempdir().unwrap();
    let mail = turnabout_live::FolderMail::new(folder.path().join("mail")).unwrap();
    let letters = turnabout_live::Letters::new();
    let stage = LiveStage::new(&house.engine, house.clock.clone(), run.clone()).unwrap();
    let mut stage = stage.with_post(&mail, &letters);
    house.engine.import(&run, crate::house::PEOPLE.as_bytes(), ParticipantStatus::Accepted, None).unwrap();
    let close = Act::Input(Input::CloseRecruitment { label: "volunteers".into() });
    let at = house.clock.now() + jiff::SignedDuration::from_hours(24);
    stage.act(at, &close).unwrap().unwrap();
    assert!(stage.run().messages.iter().all(|m| m.outcome == Some(MessageOutcome::Sent)));
    assert_eq!(stage.run(), &house.engine.read(&run, |of| of.run.clone()).unwrap());
    let first = std::fs::read_to_string(folder.path().join(format!("mail/{run}.message-1.txt"))).unwrap();
    assert_eq!(first, "To: Amara Diaz <amara@example.org>\nSubject: Welcome\n\nDear Amara Diaz\n");
}
