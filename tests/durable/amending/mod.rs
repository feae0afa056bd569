//! Amending a run: each edit is judged rightly, and the run comes to its end under the new script without a divergence.

mod afterwards;
mod alike;
mod branches;
mod deadlines;
mod handlers;
mod mappings;
mod promises;
mod steps;

use turnabout_core::{
    amend::{Amendment, Judged, Verdict},
    bundle::Bundle,
    decide::Input,
    limits::Limits,
    replay::Retention,
    run::RunStatus,
    verify::verify,
};
use turnabout_model::{Mapping, MeetingForm, ParticipantId, SessionId, TaskId};
use turnabout_testkit::{Play, later};

const YEAR: &str = r#"
fn programme(settings) {
    stage("recruiting");
    let cohort = recruit("volunteers", #{ closes: weeks(2) });
    send("hello", cohort.everyone);
    let pairs = match_pairs("anyone", cohort, #{ publish: "at-once" });
    together([
        || each(pairs, "pair_journey"),
        || every(weeks(6), months(3), |n| hold("drop-in " + n, cohort.everyone)),
    ]);
    survey("pulse", cohort.everyone);
    stage("over");
}

fn pair_journey(pair) {
    send("hello", pair);
    repeat_until(months(4), || {
        let next = race([ || meeting(pair), || sleep(weeks(5)) ]);
        if next.timed_out { send("nudge", pair.mentee); }
    });
}

fn on_concern(concern) {
    send("hello", "contact");
    let decided = task("Look at it");
    send("nudge", "coordinator");
}
"#;

/// Half-way: two pairs, one of which met and the other was nudged, a drop-in planned, a concern that waits.
fn half_way() -> Play {
    let mut play = Play::of(YEAR);
    play.until("2026-03-20T09:00:00Z");
    let pair = play.run().pairs[0].id;
    let on = play.now();
    play.must(&Input::RecordMeeting { pair, on, minutes: 60, form: MeetingForm::InPerson, took_place: true });
    play.until("2026-05-04T09:00:00Z");
    play.must(&Input::RaiseConcern);
    play
}

fn yes() -> Amendment {
    Amendment::default()
}

fn mapped(mappings: &[(&str, Option<&str>)]) -> Amendment {
    let mapping = |(step, to): &(&str, Option<&str>)| {
        let step = step.parse().unwrap();
        match to {
            Some(to) => Mapping::Renamed { from: step, to: (*to).into() },
            None => Mapping::Skipped { step },
        }
    };
    Amendment { mappings: mappings.iter().map(mapping).collect(), ..Amendment::default() }
}

fn edited(from: &str, to: &str) -> Bundle {
    assert!(YEAR.contains(from), "{from}");
    later("v2", &YEAR.replacen(from, to, 1))
}

fn words(judged: &Judged) -> Vec<String> {
    let word = |verdict: &Verdict| match verdict {
        Verdict::Over => "is over".to_owned(),
        Verdict::Ends => "ends".to_owned(),
        Verdict::Continues => "continues".to_owned(),
        Verdict::Mended => "is mended".to_owned(),
        Verdict::StaysParked(problem) => format!("stays parked: {}", problem.code),
        Verdict::Diverges(at) => {
            let found = at.found.as_ref().map_or("returns".to_owned(), ToString::to_string);
            format!("diverges: {} but {found} at {}", at.expected, at.found_at)
        }
        Verdict::Fails(problem) => format!("fails: {}", problem.message),
    };
    judged.journeys.iter().map(|j| format!("{} {}", j.function, word(&j.verdict))).collect()
}

fn all_continue(judged: &Judged) {
    let found = words(judged);
    assert!(judged.is_clean(), "{found:#?} {:?}", judged.obstacles);
    assert!(found.iter().all(|word| word.ends_with("continues") || word.ends_with("is over")), "{found:#?}");
}

/// Lives the run to its end. Whatever is asked is answered at once.
fn live_on(play: &mut Play) {
    for _ in 0..200 {
        let run = play.run();
        if run.is_over() {
            break;
        }
        let planned = run.sessions.iter().find(|s| s.status == turnabout_model::SessionStatus::Planned);
        let planned: Option<(SessionId, String)> = planned.map(|s| (s.plan.session, s.plan.ends.to_string()));
        let task: Option<TaskId> = run.tasks.iter().find(|t| t.choice.is_none() && t.session.is_none()).map(|t| t.id);
        if let Some(task) = task {
            play.must(&Input::CloseTask { task, choice: "done".into() });
        } else if let Some((session, ends)) = planned {
            play.until(&ends.max(play.now().to_string()));
            play.must(&Input::HoldSession { session, attended: vec![ParticipantId(1)] });
        } else {
            let due = run.next_due().expect("something is due").to_string();
            play.until(&due.max(play.now().to_string()));
        }
    }
    assert_eq!(play.run().status(), RunStatus::Finished, "{:?}", play.parked());
}

/// After the amendment a fold gives the run in memory, and the journal verifies in full under the new script.
fn holds(play: &Play) {
    assert_eq!(&play.folded(Retention::Open), play.run(), "a fold gives the run that was in memory");
    let full = play.folded(Retention::All);
    let checks = verify(&full, &*play.bundle().program, play.now(), Limits::standard());
    let wrong: Vec<_> = checks.iter().filter(|check| check.problem.is_some()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Judges, amends, checks the fold and lives to the end.
fn amended(mut play: Play, new: Bundle, amendment: &Amendment) -> Play {
    all_continue(&play.judge(&new, amendment).unwrap());
    play.amend(new, amendment).unwrap();
    holds(&play);
    let mut restarted = Play::restarted(&play);
    live_on(&mut play);
    holds(&play);
    live_on(&mut restarted);
    assert_eq!(restarted.journal(), play.journal(), "a restart makes no difference");
    play
}
