//! Amending a live run: looked at without a trace, made whole or not at all, and read the same after a restart.

use crate::house::{House, SCRIPT, at, files, house, over};
use serde_json::json;
use std::sync::atomic::Ordering;
use turnabout_core::{
    amend::{Amendment, Deadlines},
    decide::Input,
    ports::{Store as _, StoreTable},
};
use turnabout_live::{Act, Amend, Clock as _, LiveError, LiveLimits, Once, views::AmendmentView};
use turnabout_model::{Mapping, ParticipantId, ProposalId, RunId, SessionId, WaveId};

const ELECTION: &str = include_str!("../small/surveys/election.toml");

/// To the latest version of the small template.
fn latest(mappings: Vec<Mapping>) -> Amend {
    Amend { template: "small".into(), amendment: Amendment { mappings, ..Amendment::default() }, ..Amend::default() }
}

fn skipped(step: &str) -> Mapping {
    Mapping::Skipped { step: step.parse().unwrap() }
}

/// Installs another version; the clock of the house tells which is the latest.
fn install(house: &House, changes: &[(&str, &str)]) {
    assert!(house.engine.install(files(changes)).unwrap().new);
}

/// A run whose election is open: one of two has voted.
fn voting(house: &House) -> RunId {
    let run = house.start_with_people();
    house.engine.submit(&run, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    house.advance("2026-03-20T18:00:00Z");
    let attended = (1..=4).map(ParticipantId).collect();
    house.engine.submit(&run, Input::HoldSession { session: SessionId(1), attended }, |_| ()).unwrap();
    vote(house, &run, 3).unwrap();
    run
}

fn vote(house: &House, run: &RunId, participant: u32) -> Result<(), LiveError> {
    let answers = [("mentors".into(), json!(["person-2", "person-1"]))].into();
    let act = Act::Respond { wave: WaveId(1), participant: ParticipantId(participant), answers, language: None };
    house.engine.submit(run, act, |_| ()).map(drop)
}

/// Everything that a store holds of a run.
fn everything(house: &House) -> Vec<(StoreTable, Vec<u8>, Vec<u8>)> {
    let tables = [
        StoreTable::Runs,
        StoreTable::Timers,
        StoreTable::People,
        StoreTable::Responses,
        StoreTable::Outbox,
        StoreTable::Bundles,
        StoreTable::Idempotency,
    ];
    let rows = |table| house.store.scan(table, b"", None, 100_000).unwrap().into_iter();
    tables.into_iter().flat_map(|table| rows(table).map(move |row| (table, row.key, row.value))).collect()
}

fn is_the_same_after_a_restart(house: &House, run: &RunId) {
    let live = house.engine.read(run, |of| of.run.clone()).unwrap();
    let folded = house.restarted().engine.read(run, |of| of.run.clone()).unwrap();
    assert_eq!(folded, live);
}

#[test]
fn a_dry_run_and_a_refusal_leave_no_trace() {
    let house = house();
    let run = voting(&house);
    let celebrated = SCRIPT.replace(
        "    task(\"Write the report\"",
        "    send(\"welcome\", cohort().everyone);\n    task(\"Write the report\"",
    );
    install(&house, &[("programme.rhai", &celebrated)]);
    let (before, journal) = (everything(&house), house.journal(&run));
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    assert!(judged.clean, "{judged:#?}");
    assert_eq!(judged.journeys[0].verdict, "continues");

    let without = SCRIPT.replace("    send(\"welcome\", cohort.everyone);\n", "");
    install(&house, &[("programme.rhai", &without)]);
    let before_refusal = everything(&house);
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    let first = &judged.journeys[0];
    assert_eq!((judged.clean, first.verdict.as_str()), (false, "diverges"));
    let (expected, found) = (first.expected.as_ref().unwrap(), first.found.as_ref().unwrap());
    assert_eq!(
        (expected.step.as_str(), expected.file.as_str(), expected.line),
        ("send(welcome)#0", "old/programme.rhai", 6)
    );
    assert_eq!((found.step.as_str(), found.file.as_str()), ("survey(election)#0", "new/programme.rhai"));
    assert_eq!(first.fix, ["--skip \"programme/send(welcome)\""]);
    assert!(judged.sources.contains_key("old/programme.rhai") && judged.sources.contains_key("new/programme.rhai"));
    let memory = house.engine.read(&run, |of| of.run.clone()).unwrap();
    let error = house.engine.amend(&run, &latest(vec![]), None, |_| ()).unwrap_err();
    assert_eq!(error.code(), "run::would_diverge");
    assert_eq!(house.engine.read(&run, |of| of.run.clone()).unwrap(), memory);
    assert_eq!(everything(&house), before_refusal);
    assert_eq!(house.journal(&run), journal);
    let same = |rows: &[(StoreTable, Vec<u8>, Vec<u8>)]| {
        rows.iter().filter(|(table, ..)| *table != StoreTable::Bundles).cloned().collect::<Vec<_>>()
    };
    assert_eq!(same(&before), same(&before_refusal));

    // What is new before it is told with where it can go.
    let early = SCRIPT.replace("    stage(\"Training\");", "    task(\"Book a room\");\n    stage(\"Training\");");
    install(&house, &[("programme.rhai", &early)]);
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    assert_eq!(
        (judged.journeys[0].help.as_deref().unwrap(), judged.journeys[0].fix.len()),
        (
            "New in the script: task(Book a room)#0. It can't come before stage(Training)#0, which has happened: put it after \
             survey(election)#0.",
            0
        )
    );
    install(&house, &[("programme.rhai", &format!("{without}\n"))]);

    // Mapped, it goes on.
    house.engine.amend(&run, &latest(vec![skipped("programme/send(welcome)")]), None, |_| ()).unwrap();
    is_the_same_after_a_restart(&house, &run);
    vote(&house, &run, 4).unwrap();
    is_the_same_after_a_restart(&house, &run);
    let open = house.engine.read(&run, |of| of.run.proposals.len()).unwrap();
    assert_eq!(open, 1, "the script went on to match");
}

#[test]
fn a_survey_that_is_open_keeps_its_text_and_its_answers() {
    let house = house();
    let run = voting(&house);
    let other = ELECTION.replace("name = \"mentors\"", "name = \"favourites\"");
    assert_ne!(other, ELECTION);
    install(&house, &[("surveys/election.toml", &other)]);
    house.engine.amend(&run, &latest(vec![]), None, |_| ()).unwrap();
    let names = |house: &House| {
        house.engine.read(&run, |of| of.survey_of(of.run.wave(WaveId(1)).unwrap()).unwrap().questions[0].name.clone())
    };
    assert_eq!(names(&house).unwrap(), "mentors");
    assert_eq!(names(&house.restarted()).unwrap(), "mentors", "the old bundle stays");
    // Whoever has not answered yet is asked the same, and both ballots are read, after a restart too.
    let house = house.restarted();
    vote(&house, &run, 4).unwrap();
    let pairs = house.engine.read(&run, |of| of.run.proposals[0].pairs.len()).unwrap();
    assert_eq!(pairs, 2);
    is_the_same_after_a_restart(&house, &run);
}

#[test]
fn a_commit_that_fails_leaves_nothing_and_a_conflict_is_judged_again() {
    let house = house();
    let run = voting(&house);
    install(&house, &[("programme.rhai", &SCRIPT.replace("days(5)", "days(6)"))]);
    let memory = house.engine.read(&run, |of| (of.run.clone(), of.bundle.hash.clone())).unwrap();
    house.store.failures.store(1, Ordering::SeqCst);
    assert!(house.engine.amend(&run, &latest(vec![]), None, |_| ()).is_err());
    assert_eq!(house.engine.read(&run, |of| (of.run.clone(), of.bundle.hash.clone())).unwrap(), memory);

    // Another node writes first.
    let other = over(house.store.clone(), house.clock.now(), LiveLimits::standard());
    other.engine.submit(&run, Input::RaiseConcern, |_| ()).unwrap_err();
    other.engine.submit(&run, Act::RaiseConcern { by: None, text: "Something".into() }, |_| ()).unwrap();
    house.engine.amend(&run, &latest(vec![]), None, |_| ()).unwrap();
    assert_eq!(house.engine.measure().unwrap().counts.conflicts, 1);
    let after = house.engine.read(&run, |of| (of.run.concerns.len(), of.run.past_bundles.len())).unwrap();
    assert_eq!(after, (1, 1));
    is_the_same_after_a_restart(&house, &run);
    // And that node's memory is behind: it reads the amendment before it goes on.
    vote(&other, &run, 4).unwrap();
    assert_eq!(other.engine.read(&run, |of| of.run.past_bundles.len()).unwrap(), 1);
    // Endless conflicts are given up, with nothing written.
    install(&house, &[("programme.rhai", &SCRIPT.replace("days(5)", "days(7)"))]);
    house.store.conflicts.store(u32::MAX, Ordering::SeqCst);
    let journal = house.journal(&run);
    let error = house.engine.amend(&run, &latest(vec![]), None, |_| ()).unwrap_err();
    assert!(matches!(error, LiveError::Contended(..)), "{error}");
    assert_eq!(house.journal(&run), journal);
}

#[test]
fn a_deadline_moves_with_its_timer_and_a_repeated_request_is_answered_once() {
    let house = house();
    let run = voting(&house);
    install(&house, &[("programme.rhai", &SCRIPT.replace("days(5)", "days(9)"))]);
    let amendment = Amendment { deadlines: Deadlines::Recompute, ..Amendment::default() };
    let to = Amend { template: "small".into(), amendment, ..Amend::default() };
    let once = Once { key: "amend-1".into(), fingerprint: "x".into() };
    let due = |house: &House| house.engine.next_due().unwrap();
    let before = due(&house);
    let first = house.engine.amend(&run, &to, Some(&once), |d| d.after.run.version).unwrap();
    let again = house.engine.amend(&run, &to, Some(&once), |d| d.after.run.version).unwrap();
    assert_eq!((first.answer, first.replayed), (again.answer, !again.replayed));
    assert!(due(&house) > before);
    let closes = house.engine.read(&run, |of| of.run.wave(WaveId(1)).unwrap().closes).unwrap();
    assert!(closes > at("2026-03-28T00:00:00Z"), "{closes}");
    is_the_same_after_a_restart(&house, &run);
    house.advance("2026-03-27T18:00:00Z");
    assert!(house.engine.read(&run, |of| of.run.wave(WaveId(1)).unwrap().open).unwrap());
    house.advance("2026-04-01T18:00:00Z");
    assert!(!house.engine.read(&run, |of| of.run.wave(WaveId(1)).unwrap().open).unwrap());
}

#[test]
fn a_template_that_is_not_there_and_a_run_that_is_not_there_are_named() {
    let house = house();
    let run = house.start();
    let to = Amend { template: "no-such".into(), ..Amend::default() };
    assert_eq!(house.engine.amend(&run, &to, None, |_| ()).unwrap_err().code(), "live::no_template");
    assert_eq!(house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap_err().code(), "run::already_so");
    assert_eq!(
        house.engine.look_at_amendment(&RunId::from_bits(9), &latest(vec![]), None).unwrap_err().code(),
        "live::no_run"
    );
}

#[test]
fn pairs_that_diverge_alike_are_told_once_beside_the_list_of_journeys() {
    let house = house();
    let run = voting(&house);
    vote(&house, &run, 4).unwrap();
    house.engine.submit(&run, Input::PublishProposal { proposal: ProposalId(1) }, |_| ()).unwrap();
    install(&house, &[("programme.rhai", &SCRIPT.replace("    meeting(pair);\n", ""))]);
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    let of_pairs: Vec<_> = judged.journeys.iter().filter(|journey| journey.function == "pair_journey").collect();
    let own: Vec<&str> = of_pairs.iter().map(|journey| journey.problem.as_deref().unwrap()).collect();
    assert!(own[0].starts_with("the journal has meeting(pair-1)#0"), "{own:?}");
    assert!(own[1].starts_with("the journal has meeting(pair-2)#0"), "{own:?}");
    let [all] = &judged.divergences[..] else { panic!("{:#?}", judged.divergences) };
    assert_eq!(all.journeys, of_pairs.iter().map(|journey| journey.journey).collect::<Vec<_>>());
    assert_eq!((all.who.as_str(), all.verdict.as_str()), ("2 journeys: pair-1, pair-2", "diverges"));
    assert_eq!(all.problem, "the journal has meeting(pair)#0, and the new script comes to end_pair(pair)#0 without it");
    assert_eq!(all.expected.as_ref().unwrap().step, "meeting(pair)#0");
    assert_eq!(all.fix, ["--skip \"pair_journey/meeting(pair)\""]);
    let clean =
        house.engine.look_at_amendment(&run, &latest(vec![skipped("pair_journey/meeting(pair)")]), None).unwrap();
    assert!(clean.clean && clean.divergences.is_empty(), "{clean:#?}");
    // What an older server answers has no such list.
    let mut json = serde_json::to_value(&judged).unwrap();
    json.as_object_mut().unwrap().remove("divergences");
    assert_eq!(serde_json::from_value::<AmendmentView>(json).unwrap().divergences, []);
}

#[test]
fn branches_stand_where_they_were_put_after_a_restart_too() {
    let house = house();
    let with = |branches: &str| {
        let together = format!("    together([{branches}]);\n    stage(\"Training\");");
        SCRIPT.replace("    stage(\"Training\");", &together)
    };
    let (long, short) = ("|| sleep(weeks(8))", "|| { sleep(weeks(2)); stage(\"short\"); }");
    install(&house, &[("programme.rhai", &with(&format!("{long}, {short}")))]);
    let run = house.start_with_people();
    house.engine.submit(&run, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    let first = "|| { sleep(weeks(1)); stage(\"first\"); }";
    let before = house.engine.read(&run, |of| of.run.next_due()).unwrap();
    install(&house, &[("programme.rhai", &with(&format!("{first}, {short}, {long}")))]);
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    assert!(judged.clean && judged.journeys[0].deadlines.is_empty(), "{judged:#?}");
    assert_eq!(
        judged.journeys[0].branches,
        ["branch 1 of together#0 is branch 3 now: || sleep(weeks(8))"],
        "the other stands where it stood"
    );
    house.engine.amend(&run, &latest(vec![]), None, |_| ()).unwrap();
    is_the_same_after_a_restart(&house, &run);
    let due = house.engine.read(&run, |of| of.run.next_due()).unwrap();
    assert!(due < before, "the new branch waits a week only");

    // Back to two of them: what waits in the third is asked for, and told what it may be.
    let house = house.restarted();
    let edited = long.replace('8', "9");
    install(&house, &[("programme.rhai", &with(&format!("{short}, {edited}")))]);
    let judged = house.engine.look_at_amendment(&run, &latest(vec![]), None).unwrap();
    let journey = &judged.journeys[0];
    assert_eq!(
        journey.problem.as_deref().unwrap(),
        "branch 1 of together#0, || { sleep(weeks(1)); stage(\"first\"); }, waits in sleep#0, and which branch of the new script it is \
         can't be told"
    );
    let help = journey.help.as_deref().unwrap();
    assert!(
        help.starts_with("Say which one it is: --branch \"programme/together#0:1=2\" if it is the one in line"),
        "{help}"
    );
    assert!(help.ends_with("--branch \"programme/together#0:1=gone\": what waits in it is let go."), "{help}");
    let gone = Mapping::Branch { of: "together".parse().unwrap(), from: 1.try_into().unwrap(), to: None };
    house.engine.amend(&run, &latest(vec![gone]), None, |_| ()).unwrap();
    is_the_same_after_a_restart(&house, &run);
    let due = house.engine.read(&run, |of| of.run.next_due()).unwrap();
    assert_eq!(due, before, "the short one waits for what it waited for from the first");
}
