//! A run that renews another: who comes over, what is learned, what is taken over, and that it happens once.

use crate::house::{House, at, files, house, over};
use std::sync::Arc;
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{
    Compose as _, Contact, Contacts, Letters, LiveError, LiveLimits, NewRun, Once,
    views::{LessonsView, RunDetail},
};
use turnabout_model::{
    ParticipantId, ParticipantStatus, Period, Person, ProposalId, RunId, SessionId, SessionNotes, Value,
};

const LESSONS: &str = "+++\nsubject = \"Lessons\"\n+++\n{{#if lessons}}{{lessons}}{{else}}none{{/if}}\n";
const AMARA: ParticipantId = ParticipantId(1);
const BEN: ParticipantId = ParticipantId(2);
const CLARA: ParticipantId = ParticipantId(3);
const DEV: ParticipantId = ParticipantId(4);

/// A run whose programme is over, with one who left and one session of which something was noted.
fn over_with(house: &House, learning: &[&str]) -> RunId {
    let run = house.start_with_people();
    let act = |input: Input| house.engine.submit(&run, input, |_| ()).unwrap();
    act(Input::CloseRecruitment { label: "volunteers".into() });
    house.advance("2026-03-20T09:00:00Z");
    act(Input::HoldSession { session: SessionId(1), attended: vec![AMARA, CLARA] });
    let notes = SessionNotes {
        consented: [AMARA].into(),
        learning: learning.iter().map(ToString::to_string).collect(),
        ..SessionNotes::of(SessionId(1))
    };
    house.engine.keep_notes(&run, &notes, 0).unwrap();
    act(Input::Withdraw { participant: DEV });
    house.advance("2026-04-20T09:00:00Z");
    run
}

/// Publishes the pairs, and lets all of them come to their end.
fn complete_pairs(house: &House, run: &RunId) {
    let act = |input: Input| house.engine.submit(run, input, |_| ()).unwrap();
    act(Input::PublishProposal { proposal: ProposalId(1) });
    let pairs = house.engine.read(run, |of| of.run.pairs.clone()).unwrap();
    assert_eq!(pairs.len(), 1, "the other mentee has left");
    for pair in pairs {
        act(Input::EndPair { pair: pair.id, reason: "completed".into() });
    }
}

fn finish(house: &House, run: &RunId) {
    complete_pairs(house, run);
    let task = house.engine.read(run, |of| of.run.tasks.last().unwrap().id).unwrap();
    house.engine.submit(run, Input::CloseTask { task, choice: "done".into() }, |_| ()).unwrap();
    assert!(house.engine.read(run, |of| of.run.is_over()).unwrap());
}

fn renewing(run: &RunId) -> NewRun {
    NewRun { renews: Some(run.clone()), seed: Some(8), ..NewRun::default() }
}

fn renew(house: &House, new: NewRun) -> Result<RunId, LiveError> {
    house.engine.start(new, None, |decision| decision.after.run.id.clone()).map(|outcome| outcome.answer.unwrap())
}

#[test]
fn only_who_completed_and_agreed_comes_over_and_with_no_more_than_it_takes() {
    let house = house();
    let run = over_with(&house, &[]);
    let consent = |who, agrees| house.engine.keep_consent(&run, who, agrees);
    consent(AMARA, true).unwrap();
    consent(BEN, true).unwrap();
    consent(BEN, false).unwrap();
    consent(BEN, false).unwrap();
    assert!(matches!(consent(DEV, true), Err(LiveError::Refused(_))), "who has left is not kept");
    assert!(matches!(consent(ParticipantId(9), true), Err(LiveError::NotInRun(_))));
    assert!(matches!(renew(&house, renewing(&run)), Err(LiveError::NotOver(of)) if of == run));
    finish(&house, &run);
    // People say so after the end too.
    consent(CLARA, true).unwrap();
    consent(CLARA, false).unwrap();
    let journal = house.journal(&run);
    let next = renew(&house, renewing(&run)).unwrap();
    assert_eq!(house.journal(&run), journal, "a run that is over is not written to");

    let people = house.engine.read(&next, |of| of.people.all().cloned().collect::<Vec<Person>>()).unwrap();
    let [amara] = &people[..] else { panic!("{people:?}") };
    assert_eq!((&*amara.name, &*amara.email, amara.id), ("Amara Diaz", "amara@example.org", AMARA));
    assert!(amara.attributes.is_empty() && amara.consents.is_empty() && amara.agreed_to_contact.is_some());
    let stands = house.engine.read(&next, |of| of.run.participants[&AMARA].status).unwrap();
    assert_eq!(stands, ParticipantStatus::Alumnus);
    assert!(!house.journal(&next).concat().contains("Amara"), "the journal holds ids");
    // The same after a restart, and nobody consents where it no longer counts.
    let restarted = house.restarted();
    assert_eq!(restarted.engine.read(&next, |of| of.people.all().count()).unwrap(), 1);
    let late = restarted.engine.keep_consent(&run, CLARA, true);
    assert!(matches!(late, Err(LiveError::Renewed { by, .. }) if by == next));
}

#[test]
fn alumni_go_on_to_a_third_run_until_they_leave() {
    let house = house();
    let run = over_with(&house, &[]);
    for who in [AMARA, CLARA] {
        house.engine.keep_consent(&run, who, true).unwrap();
    }
    finish(&house, &run);
    let second = renew(&house, renewing(&run)).unwrap();
    house.engine.submit(&second, Input::Withdraw { participant: AMARA }, |_| ()).unwrap();
    house.engine.submit(&second, Input::Cancel { reason: "no money".into() }, |_| ()).unwrap();
    let third = renew(&house, renewing(&second)).unwrap();
    let names = |of: &RunId| house.engine.read(of, |of| of.people.all().map(|p| p.name.clone()).collect::<Vec<_>>());
    assert_eq!(names(&third).unwrap(), ["Clara Vance"]);
}

#[test]
fn of_a_cancelled_run_only_those_whose_pair_was_completed_come_over() {
    let house = house();
    let run = over_with(&house, &[]);
    for who in [AMARA, BEN, CLARA] {
        house.engine.keep_consent(&run, who, true).unwrap();
    }
    complete_pairs(&house, &run);
    let pair = house.engine.read(&run, |of| of.run.pairs[0].clone()).unwrap();
    house.engine.submit(&run, Input::Cancel { reason: "no money".into() }, |_| ()).unwrap();
    let next = renew(&house, renewing(&run)).unwrap();
    let came = house.engine.read(&next, |of| of.people.all().map(|p| p.name.clone()).collect::<Vec<_>>()).unwrap();
    let names = ["", "Amara Diaz", "Ben Okoro", "Clara Vance"];
    assert_eq!(came, [pair.mentor, pair.mentee].map(|id| names[id.0 as usize]));
}

#[test]
fn lessons_are_a_row_and_a_letter_to_the_coordinator_and_never_in_a_journal() {
    let house = house();
    house.engine.install(files(&[("messages/lessons.hbs", LESSONS)])).unwrap();
    let run = over_with(&house, &["Begin sooner", "Ask shift leads first", "Begin sooner"]);
    finish(&house, &run);
    let next = renew(&house, renewing(&run)).unwrap();
    let shown = house.engine.read(&next, LessonsView::of).unwrap();
    assert_eq!(shown.from, Some(run.clone()));
    assert_eq!(shown.lessons, ["Begin sooner", "Ask shift leads first"]);
    assert!(!house.journal(&next).concat().contains("Begin sooner"));
    let text = |house: &House| {
        house.engine.read(&next, |of| Letters::new().compose(of, &of.run.messages[0]).map(|l| (l.to_email, l.text)))
    };
    // Nobody is named as the coordinator yet: the letter waits.
    assert!(text(&house).unwrap().is_err());
    let noted = house.restarted().engine.read(&next, LessonsView::of).unwrap();
    assert_eq!(noted, shown);
    let first = house.engine.read(&run, LessonsView::of).unwrap();
    assert_eq!((first.from, first.lessons.len()), (None, 0));
}

#[test]
fn the_coordinator_reads_the_lessons_and_no_more_of_them_than_a_run_hands_over() {
    let live = LiveLimits { lessons_per_run: 2, ..LiveLimits::standard() };
    let house = over(Arc::default(), at("2026-03-02T09:00:00Z"), live);
    house.engine.install(files(&[("messages/lessons.hbs", LESSONS)])).unwrap();
    let run = over_with(&house, &["one", "two", "three"]);
    finish(&house, &run);
    let kit = Contact { name: "Kit Moor".into(), email: "kit@example.org".into() };
    let contacts = Contacts { coordinator: Some(kit), ..Contacts::default() };
    let next = renew(&house, NewRun { contacts, ..renewing(&run) }).unwrap();
    let letter = house.engine.read(&next, |of| Letters::new().compose(of, &of.run.messages[0])).unwrap().unwrap();
    assert_eq!((&*letter.to_email, letter.text.trim()), ("kit@example.org", "- one\n- two"));
    // The contact for concerns was not given again, and comes over.
    let contact = house.engine.read(&next, |of| of.contacts.contact.clone()).unwrap();
    assert_eq!(contact.unwrap().name, "Noor Hale");
}

#[test]
fn what_was_set_is_taken_over_and_what_was_not_follows_the_template() {
    let house = house();
    let started = |settings: Value, zone: &str| {
        let new = NewRun {
            template: "small".into(),
            client: "acme".into(),
            settings,
            time_zone: Some(zone.into()),
            ..NewRun::default()
        };
        let run = renew(&house, new).unwrap();
        house.engine.submit(&run, Input::Cancel { reason: "over".into() }, |_| ()).unwrap();
        run
    };
    let weeks = |n| Value::map([("recruitment", Value::Period(Period::weeks(n)))]);
    let untouched = started(Value::Null, "Europe/Dublin");
    let (set, again, gone) = (started(weeks(3), "UTC"), started(weeks(3), "UTC"), started(weeks(3), "UTC"));
    let manifest = crate::house::MANIFEST.replace("\"2 weeks\"", "\"5 weeks\"");
    house.engine.install(files(&[("programme.toml", &manifest)])).unwrap();
    let detail = |run: &RunId| house.engine.read(run, RunDetail::of).unwrap();
    for (before, given, weeks, zone) in
        [(&untouched, Value::Null, 5, "Europe/Dublin"), (&set, Value::Null, 3, "UTC"), (&again, weeks(4), 4, "UTC")]
    {
        let next = detail(&renew(&house, NewRun { settings: given, ..renewing(before) }).unwrap());
        assert_eq!(next.settings.get("recruitment"), Some(&Value::Period(Period::weeks(weeks))), "{next:?}");
        assert_eq!((&*next.run.client, &*next.run.time_zone, &next.renews), ("acme", zone, &Some(before.clone())));
        assert_eq!(detail(before).renewed_by, Some(next.run.id));
    }
    // A setting that the template has no more is left behind; a client of another name is another's.
    let manifest = crate::house::MANIFEST.replace("settings.recruitment", "settings.patience");
    let script = crate::house::SCRIPT.replace("settings.recruitment", "settings.patience");
    house.engine.install(files(&[("programme.toml", &manifest), ("programme.rhai", &script)])).unwrap();
    let next = renew(&house, NewRun { client: "Acme North".into(), ..renewing(&gone) }).unwrap();
    let next = detail(&next);
    assert_eq!((next.settings.get("recruitment"), &*next.run.client), (None, "Acme North"));
}

#[test]
fn a_run_is_renewed_once_and_a_renewal_that_fails_leaves_nothing() {
    let house = house();
    let run = over_with(&house, &["one"]);
    house.engine.keep_consent(&run, AMARA, true).unwrap();
    finish(&house, &run);
    let before = StoreTable::ALL.map(|table| house.rows(table));
    house.store.failures.store(1, std::sync::atomic::Ordering::SeqCst);
    assert!(matches!(renew(&house, renewing(&run)), Err(LiveError::Store(_))));
    let bad = Value::map([("recruitment", "no period".into())]);
    assert!(matches!(renew(&house, NewRun { settings: bad, ..renewing(&run) }), Err(LiveError::Refused(_))));
    assert!(matches!(
        renew(&house, NewRun { template: "large".into(), ..renewing(&run) }),
        Err(LiveError::NoTemplate { .. })
    ));
    assert!(matches!(renew(&house, NewRun { run: Some(run.clone()), ..renewing(&run) }), Err(LiveError::RunExists(_))));
    assert_eq!(StoreTable::ALL.map(|table| house.rows(table)), before);

    // Another node, which does not know of the first one's renewal yet.
    let other = house.restarted();
    other.engine.read(&run, |_| ()).unwrap();
    let once = Once { key: "key-1".into(), fingerprint: "renew".into() };
    let start = || house.engine.start(renewing(&run), Some(once.clone()), |d| d.after.run.id.clone());
    let next = start().unwrap();
    let again = start().unwrap();
    assert_eq!((again.answer.clone(), again.replayed), (next.answer.clone(), true));
    for house in [&house, &other] {
        let error = renew(house, renewing(&run)).unwrap_err();
        let LiveError::Renewed { by, .. } = &error else { panic!("{error}") };
        assert_eq!(Some(by), next.answer.as_ref());
        assert!(error.to_string().contains(by.as_str()), "{error}");
    }
    assert!(matches!(
        renew(&house, NewRun { client: "acme".into(), ..NewRun::default() }),
        Err(LiveError::Missing("template"))
    ));
}
