//! A run from its start to its end, and what each kind of act leaves in the store.

use crate::house::{House, at, files, house};
use serde_json::json;
use turnabout_core::{
    decide::{Input, Refusal},
    ports::StoreTable,
    run::RunStatus,
};
use turnabout_live::{Act, Amend, Contacts, LiveError, NewRun, views};
use turnabout_model::{MeetingForm, PairId, ParticipantId, ProposalId, RunId, SessionId, TaskId, WaveId};

fn submit(house: &House, run: &RunId, act: impl Into<Act>) -> Result<(), LiveError> {
    house.engine.submit(run, act.into(), |_| ()).map(drop)
}

fn vote(participant: u32, mentors: &[&str]) -> Act {
    let answers = [("mentors".into(), json!(mentors))].into();
    Act::Respond { wave: WaveId(1), participant: ParticipantId(participant), answers, language: None }
}

#[test]
fn a_run_goes_from_recruitment_to_its_end() {
    let house = house();
    let run = house.start_with_people();
    let session = SessionId(1);
    submit(&house, &run, Input::CloseRecruitment { label: "volunteers".into() }).unwrap();
    house.advance("2026-03-20T18:00:00Z");
    let attended = (1..=4).map(ParticipantId).collect();
    submit(&house, &run, Input::HoldSession { session, attended }).unwrap();

    // The second vote closes the wave, and the same decision matches: it has to see both ballots.
    submit(&house, &run, vote(3, &["person-2", "person-1"])).unwrap();
    submit(&house, &run, vote(4, &["person-2"])).unwrap();
    let proposal = house.engine.read(&run, |of| views::ProposalView::of(of.run.proposal(ProposalId(1)).unwrap()));
    let pairs: Vec<_> = proposal.unwrap().pairs.iter().map(|p| (p.mentor.0, p.mentee.0)).collect();
    assert_eq!(pairs.len(), 2, "{pairs:?}");

    submit(&house, &run, Input::PublishProposal { proposal: ProposalId(1) }).unwrap();
    for pair in [PairId(1), PairId(2)] {
        let on = at("2026-03-20T17:00:00Z");
        let form = MeetingForm::Video;
        submit(&house, &run, Input::RecordMeeting { pair, on, minutes: 45, form, took_place: true }).unwrap();
    }
    let task = house.engine.read(&run, |of| of.run.tasks.iter().find(|t| t.choice.is_none()).unwrap().id).unwrap();
    submit(&house, &run, Input::CloseTask { task, choice: "done".into() }).unwrap();

    let page = house.engine.runs(None, 10).unwrap();
    assert_eq!((page.items.len(), &*page.items[0].status), (1, "finished"));
    assert_eq!(page.items[0].version, house.journal(&run).len() as u64);
    assert_eq!(house.rows(StoreTable::Timers), 0);
    assert_eq!(house.rows(StoreTable::Responses), 2);
    assert_eq!(house.rows(StoreTable::People), 5, "four people and the run's contacts");
}

#[test]
fn what_was_folded_from_the_store_is_what_was_in_memory() {
    let house = house();
    let run = house.start_with_people();
    submit(&house, &run, Input::CloseRecruitment { label: "volunteers".into() }).unwrap();
    house.advance("2026-03-20T18:00:00Z");
    let attended = vec![ParticipantId(1)];
    submit(&house, &run, Input::HoldSession { session: SessionId(1), attended }).unwrap();
    submit(&house, &run, vote(3, &["person-1"])).unwrap();
    let again = house.restarted();
    let here = house.engine.read(&run, |of| of.run.clone()).unwrap();
    let there = again.engine.read(&run, |of| of.run.clone()).unwrap();
    assert_eq!(here, there);
    // The ballot of before the restart counts.
    submit(&again, &run, vote(4, &["person-1", "person-2"])).unwrap();
    let pairs = again.engine.read(&run, |of| of.run.proposals[0].pairs.len()).unwrap();
    assert_eq!(pairs, 2);
}

#[test]
fn a_refusal_changes_nothing() {
    let house = house();
    let run = house.start_with_people();
    let before = (house.journal(&run), house.engine.read(&run, |of| of.run.clone()).unwrap());
    for (act, code) in [
        (Act::from(Input::HoldSession { session: SessionId(9), attended: vec![] }), "run::unknown"),
        (Act::from(Input::CloseTask { task: TaskId(1), choice: "x".into() }), "run::unknown"),
        (Act::from(Input::RaiseConcern), "live::needs_document"),
        (Act::RaiseConcern { by: None, text: "  ".into() }, "live::length"),
        (Act::RaiseConcern { by: Some(ParticipantId(99)), text: "x".into() }, "run::unknown"),
        (vote(3, &["person-1"]), "run::unknown"),
    ] {
        assert_eq!(submit(&house, &run, act.clone()).unwrap_err().code(), code, "{act:?}");
    }
    assert_eq!(before, (house.journal(&run), house.engine.read(&run, |of| of.run.clone()).unwrap()));
    let nobody = RunId::from_bits(9);
    assert!(matches!(submit(&house, &nobody, Input::Tick), Err(LiveError::NoRun(run)) if run == nobody));
}

#[test]
fn a_second_answer_does_not_replace_the_first() {
    let house = house();
    let run = house.start_with_people();
    submit(&house, &run, Input::CloseRecruitment { label: "volunteers".into() }).unwrap();
    house.advance("2026-03-20T18:00:00Z");
    submit(&house, &run, Input::HoldSession { session: SessionId(1), attended: vec![] }).unwrap();
    submit(&house, &run, vote(3, &["person-1"])).unwrap();
    let error = submit(&house, &run, vote(3, &["person-2"])).unwrap_err();
    assert!(matches!(error, LiveError::Refused(Refusal::AlreadySo { .. })), "{error}");
    let row = house.store.inner_response(&run, 1, 3);
    assert!(row.contains("person-1") && !row.contains("person-2"), "{row}");
    submit(&house, &run, vote(4, &["person-1", "person-2"])).unwrap();
    let pairs = house.engine.read(&run, |of| of.run.proposals[0].pairs.clone()).unwrap();
    assert!(pairs.iter().any(|p| p.mentor.0 == 1), "{pairs:?}");
}

#[test]
fn a_concern_is_a_number_in_the_journal_and_a_text_for_the_contact() {
    let house = house();
    let run = house.start_with_people();
    let text = "My mentee asks me to do his slides";
    submit(&house, &run, Act::RaiseConcern { by: Some(ParticipantId(1)), text: text.into() }).unwrap();
    assert!(house.journal(&run).iter().all(|entry| !entry.contains("slides")));
    assert_eq!(house.rows(StoreTable::Concerns), 1);
    assert_eq!(house.engine.read(&run, |of| of.run.concerns.len()).unwrap(), 1);
}

#[test]
fn a_journal_never_holds_a_name_an_address_or_an_attribute() {
    let house = house();
    let run = house.start_with_people();
    for entry in house.journal(&run) {
        for secret in ["Amara", "amara@", "night shifts", "example.org"] {
            assert!(!entry.contains(secret), "{entry}");
        }
    }
}

#[test]
fn the_timeline_tells_what_happened_page_by_page() {
    let house = house();
    let run = house.start_with_people();
    let (mut texts, mut after) = (Vec::new(), 0);
    loop {
        let page = house.engine.timeline(&run, after, 3).unwrap();
        assert!(page.items.len() <= 3);
        texts.extend(page.items.into_iter().map(|item| item.text));
        match page.next {
            Some(next) => after = next.parse().unwrap(),
            None => break,
        }
    }
    assert_eq!(texts[0], "The run of small 1.0.0 for acme started.");
    assert!(texts.contains(&"person-4 came in as mentee, accepted.".to_owned()), "{texts:?}");
    let journal = house.engine.journal(&run, 0, 2).unwrap();
    assert_eq!((journal.items.len(), journal.next.as_deref()), (2, Some("2")));
}

#[test]
fn a_parked_journey_can_be_resumed_and_time_goes_on_for_others() {
    let house = house();
    let other = house.start_with_people();
    let script = crate::house::SCRIPT.replace("stage(\"Training\")", "stage(\"Training\"); let x = 1 / 0");
    house.engine.install(crate::house::files(&[("programme.rhai", &script)])).unwrap();
    let run = house.start();
    house.advance("2026-03-20T18:00:00Z");
    let status = |run| house.engine.read(run, |of| of.run.status()).unwrap();
    assert_eq!((status(&run), status(&other)), (RunStatus::NeedsAttention, RunStatus::Running));
    let detail = house.engine.read(&run, views::RunDetail::of).unwrap();
    assert!(detail.parked[0].at.as_deref().unwrap().starts_with("programme.rhai:"), "{:?}", detail.parked);
    submit(&house, &run, Input::Resume { journey: None }).unwrap();
    assert_eq!(status(&run), RunStatus::NeedsAttention, "the script was not mended");
}

#[test]
fn other_peoples_questions_are_asked_once_somebody_says_that_their_owner_permits_it() {
    const OWNED: &str = r#"title = "Wellbeing"
introduction = "How are you?"
licence = "Their own"
attribution = "The institute"
requires_permission = true

[[questions]]
name = "mood"
text = "How are you?"
type = "text"
"#;
    let house = house();
    let plain = house.start();
    house.engine.install(files(&[("surveys/wellbeing.toml", OWNED)])).unwrap();
    let start = |permissions: &[(&str, &str)]| {
        let permissions = permissions.iter().map(|(survey, by)| ((*survey).into(), (*by).to_owned())).collect();
        let contacts = Contacts { permissions, ..Contacts::default() };
        let new = NewRun { template: "small".into(), client: "acme".into(), contacts, ..NewRun::default() };
        house.engine.start(new, None, |decision| decision.after.run.id.clone()).map(|outcome| outcome.answer.unwrap())
    };
    for nobody in [&[][..], &[("wellbeing", " ")], &[("mood", "Jo Marsh, 2026-03-02")]] {
        let error = start(nobody).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("survey::no_permission", "nothing says that the owner of the questions permits the survey wellbeing")
        );
    }
    let run = start(&[("wellbeing", "Jo Marsh, licensing desk, 2026-03-02")]).unwrap();
    let kept = house.engine.read(&run, |of| of.contacts.permissions.clone()).unwrap();
    assert_eq!(kept["wellbeing"], "Jo Marsh, licensing desk, 2026-03-02");
    let journal = house.journal(&run);
    assert!(!format!("{journal:?}").contains("Jo Marsh"), "the journal has no names");
    // A run that began without such questions is not amended to them in passing either.
    let to = Amend { template: "small".into(), ..Amend::default() };
    let error = house.engine.amend(&plain, &to, None, |_| ()).unwrap_err();
    assert_eq!(error.code(), "survey::no_permission");
    assert_eq!(house.engine.look_at_amendment(&plain, &to, None).unwrap_err().code(), "survey::no_permission");
    let permissions = [("wellbeing".into(), "Jo Marsh, 2026-03-05".into())].into();
    house.engine.amend(&plain, &Amend { permissions, ..to }, None, |_| ()).unwrap();
    let after = house.restarted();
    let kept = after.engine.read(&plain, |of| of.contacts.permissions.clone()).unwrap();
    assert_eq!(kept["wellbeing"], "Jo Marsh, 2026-03-05", "it is there after a restart");
}
