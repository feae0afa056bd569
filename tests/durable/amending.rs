//! Amending a run: each edit is judged rightly, and the run comes to its end under the new script without a divergence.

use turnabout_core::{
    amend::{Amendment, Deadlines, Judged, Obstacle, Verdict},
    bundle::Bundle,
    decide::{Input, Refusal},
    limits::Limits,
    replay::Retention,
    run::{Alarm, Run, RunStatus},
    verify::verify,
};
use turnabout_model::{
    Event, Mapping, MatchingPlan, MeetingForm, ParticipantId, Period, SessionId, SettingKind, SolverKind, TaskId,
    Threshold, Value, Wait, WaveId,
};
use turnabout_testkit::{Play, bundle_with, later, manifest};

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

#[test]
fn a_drop_in_that_is_added_to_the_side_begins_at_once() {
    let new = edited(
        "        || every(weeks(6)",
        "        || hold(\"celebration\", cohort.everyone),\n        || every(weeks(6)",
    );
    // A branch in front of another one takes its place.
    let judged = half_way().judge(&new, &yes()).unwrap();
    assert!(words(&judged)[0].contains("diverges: every#0 but hold(celebration)#0"), "{:#?}", words(&judged));

    let new = edited(
        "hold(\"drop-in \" + n, cohort.everyone)),\n",
        "hold(\"drop-in \" + n, cohort.everyone)),\n        || hold(\"celebration\", cohort.everyone),\n",
    );
    let judged = half_way().judge(&new, &yes()).unwrap();
    assert_eq!(judged.journeys[0].asks.iter().map(ToString::to_string).collect::<Vec<_>>(), ["hold(celebration)#0"]);
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));
}

#[test]
fn a_step_that_is_added_later_is_lived_when_its_time_comes_and_no_sleeper_is_woken() {
    let new = edited("    stage(\"over\");", "    hold(\"celebration\", cohort.everyone);\n    stage(\"over\");");
    let mut play = half_way();
    let events = play.amend(new.clone(), &yes()).unwrap();
    assert_eq!(events.len(), 1, "only the switch: nobody is woken: {events:?}");
    let play = amended(half_way(), new, &yes());
    assert!(play.run().sessions.iter().any(|session| session.plan.diary == "celebration"));
}

#[test]
fn two_more_months_are_told_and_kept_out_unless_they_are_asked_for() {
    let new = || edited("repeat_until(months(4)", "repeat_until(months(6)");
    let judged = half_way().judge(&new(), &yes()).unwrap();
    all_continue(&judged);
    let changed = &judged.journeys[1].deadlines;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].address.to_string(), "repeat_until#0");
    assert_eq!(
        (changed[0].was.to_string().as_str(), changed[0].would_be.to_string().as_str(), changed[0].ends),
        ("2026-07-16T08:00:00Z", "2026-09-16T08:00:00Z", changed[0].was)
    );
    let over = |play: &Play| play.run().journeys.iter().filter(|j| j.function == "pair_journey" && j.ended()).count();

    let mut kept = half_way();
    kept.amend(new(), &yes()).unwrap();
    holds(&kept);
    kept.until("2026-07-17T09:00:00Z");
    assert_eq!(over(&kept), 2);

    let mut longer = half_way();
    let recompute = Amendment { deadlines: Deadlines::Recompute, ..yes() };
    assert_eq!(longer.amend(new(), &recompute).unwrap().len(), 1, "nobody is woken");
    holds(&longer);
    longer.until("2026-07-17T09:00:00Z");
    assert_eq!(over(&longer), 0);
    longer.until("2026-09-17T09:00:00Z");
    assert_eq!(over(&longer), 2);
    live_on(&mut longer);
    holds(&longer);
}

#[test]
fn a_longer_series_keeps_its_end_unless_it_is_recomputed() {
    let new = || edited("every(weeks(6), months(3)", "every(weeks(6), months(6)");
    let drop_ins = |play: &Play| play.run().sessions.iter().filter(|s| s.plan.diary == "drop-in").count();
    let judged = half_way().judge(&new(), &yes()).unwrap();
    assert_eq!(judged.journeys[0].deadlines[0].address.verb, "every");
    let kept = amended(half_way(), new(), &yes());
    let longer = amended(half_way(), new(), &Amendment { deadlines: Deadlines::Recompute, ..yes() });
    assert_eq!((drop_ins(&kept), drop_ins(&longer)), (2, 4));
}

#[test]
fn a_shorter_sleep_that_is_recomputed_and_has_passed_ends_at_once() {
    let mut play = Play::of(r#"fn programme(settings) { sleep(weeks(8)); stage("awake"); sleep(weeks(1)); }"#);
    play.until("2026-04-06T09:00:00Z");
    let new = later("v2", r#"fn programme(settings) { sleep(weeks(4)); stage("awake"); sleep(weeks(1)); }"#);
    let judged = play.judge(&new, &yes()).unwrap();
    assert_eq!(judged.journeys[0].deadlines[0].would_be.to_string(), "2026-03-30T08:00:00Z");
    play.amend(new, &Amendment { deadlines: Deadlines::Recompute, ..yes() }).unwrap();
    assert_eq!(play.stages(), ["awake"]);
    holds(&play);
    live_on(&mut play);
}

#[test]
fn a_changed_survey_asks_the_new_questions_next_time_and_the_old_ones_where_it_is_open() {
    let script = r#"fn programme(settings) {
        sleep(days(1));
        let all = cohort();
        survey("pulse", all.everyone, #{ closes: weeks(2) });
        survey("pulse 2", all.everyone, #{ closes: weeks(2) });
    }"#;
    let mut play = Play::of(script);
    play.until("2026-03-04T09:00:00Z");
    let mut new = later("v2", script);
    new.surveys.get_mut("pulse").unwrap().questions[0].text = "How is it really going?".into();
    all_continue(&play.judge(&new, &yes()).unwrap());
    play.amend(new, &yes()).unwrap();
    play.until("2026-04-06T09:00:00Z");
    let pinned: Vec<_> = play.run().waves.iter().map(|wave| wave.bundle.as_ref().unwrap().0.as_str()).collect();
    assert_eq!(pinned, ["test", "v2"]);
    holds(&play);
}

#[test]
fn a_survey_that_closes_later_moves_its_reminder_too() {
    let script = |weeks: u8| {
        format!(
            "fn programme(settings) {{ sleep(days(1)); survey(\"pulse\", cohort().everyone, #{{ closes: weeks({weeks}) }}); }}"
        )
    };
    let mut play = Play::of(&script(2));
    play.until("2026-03-04T09:00:00Z");
    let reminder = |play: &Play| {
        let mut alarms = play.run().waits.alarms();
        alarms.find(|(_, alarm)| matches!(alarm, Alarm::RemindWave(_))).map(|(at, _)| at.to_string())
    };
    let before = reminder(&play).unwrap();
    let new = later("v2", &script(4));
    let judged = play.judge(&new, &yes()).unwrap();
    assert_eq!(judged.journeys[0].deadlines.len(), 1);
    play.amend(new, &Amendment { deadlines: Deadlines::Recompute, ..yes() }).unwrap();
    assert_eq!(play.run().wave(WaveId(1)).unwrap().closes.to_string(), "2026-03-31T08:00:00Z");
    assert!(reminder(&play).unwrap() > before, "{before}");
    holds(&play);
    live_on(&mut play);
}

#[test]
fn a_renamed_step_diverges_until_it_is_mapped_and_the_mapping_is_told() {
    let mut programme = manifest();
    let drop_in = programme.sessions.remove("drop-in").unwrap();
    programme.sessions.insert("meet-up".into(), drop_in);
    let script = YEAR.replace("drop-in", "meet-up");
    let new = || Bundle {
        hash: turnabout_model::BundleHash("v2".into()),
        ..bundle_with(programme.clone(), &script).unwrap()
    };
    let mut play = half_way();
    let judged = play.judge(&new(), &yes()).unwrap();
    assert!(!judged.is_clean());
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "hold(drop-in 1)#0");
    assert_eq!(at.expected_at.as_ref().unwrap().line, 9, "in the old script");
    assert_eq!(at.found.as_ref().unwrap().to_string(), "hold(meet-up 1)#0");
    assert_eq!(at.found_at.line, 9);
    assert_eq!(at.fix, mapped(&[("hold(drop-in)", Some("meet-up"))]).mappings);
    let before = play.run().clone();
    assert!(
        matches!(play.amend(new(), &yes()), Err(Refusal::Hindered(obstacle)) if matches!(*obstacle, Obstacle::NoSession { .. }))
    );
    assert_eq!(play.run(), &before, "a refusal changes nothing");
    let play = amended(half_way(), new(), &mapped(&[("hold(drop-in)", Some("meet-up"))]));
    assert!(
        play.run().sessions.iter().all(|session| session.plan.diary != "drop-in"),
        "what was planned has the new name"
    );
}

#[test]
fn a_renamed_journey_goes_on_under_its_new_name() {
    let new = later("v2", &YEAR.replace("pair_journey", "year_of_a_pair"));
    let judged = half_way().judge(&new, &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme diverges: each(pair_journey)#0"), "{:#?}", words(&judged));
    assert!(words(&judged)[1].starts_with("pair_journey fails"), "{:#?}", words(&judged));
    let play = amended(half_way(), new, &mapped(&[("pair_journey", Some("year_of_a_pair"))]));
    assert_eq!(play.run().journeys.iter().filter(|j| j.function == "year_of_a_pair").count(), 2);
}

#[test]
fn applications_stay_open_when_their_numbered_step_or_that_of_one_function_is_renamed() {
    let script = |label: &str| {
        format!(
            r#"fn programme(settings) {{ let c = recruit("{label}", #{{ closes: weeks(3) }}); stage("x"); sleep(days(4)); }}"#
        )
    };
    for (old, pattern, to, new) in [
        ("round 2", "recruit(round)", "wave", "wave 2"),
        ("volunteers", "programme/recruit(volunteers)", "mentors", "mentors"),
    ] {
        let mut play = Play::of(&script(old));
        play.until("2026-03-04T10:00:00Z");
        let play = amended(play, later("v2", &script(new)), &mapped(&[(pattern, Some(to))]));
        let rounds: Vec<_> = play.run().recruitments.iter().map(|round| (round.label.as_str(), round.open)).collect();
        assert_eq!(rounds, [(new, false)], "{pattern}");
        let ended = play.run().ended.expect("it is over");
        assert!(ended > "2026-03-20T00:00:00Z".parse().unwrap(), "nobody's time to apply was cut: {ended}");
    }
}

#[test]
fn a_past_step_that_is_removed_is_skipped() {
    let new = || edited("    send(\"hello\", cohort.everyone);\n", "");
    let judged = half_way().judge(&new(), &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "send(hello)#0");
    assert_eq!(at.fix.iter().map(ToString::to_string).collect::<Vec<_>>(), ["--skip \"programme/send(hello)\""]);
    amended(half_way(), new(), &mapped(&[("programme/send(hello)", None)]));
}

#[test]
fn a_past_step_without_a_label_is_skipped_by_its_key_alone() {
    let mut play = Play::of(
        r#"fn programme(settings) { sleep(days(1)); sleep(days(2)); sleep(days(3)); stage("x"); sleep(days(4)); }"#,
    );
    play.until("2026-03-04T10:00:00Z");
    let new =
        || later("v2", r#"fn programme(settings) { sleep(days(2)); sleep(days(3)); stage("x"); sleep(days(4)); }"#);
    // Without names a script can't tell which sleep has gone: two are over, and the third is asked for as the second.
    let judged = play.judge(&new(), &yes()).unwrap();
    let Verdict::Continues = judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    play.until("2026-03-06T10:00:00Z");
    let judged = play.judge(&new(), &yes()).unwrap();
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!("{:#?}", words(&judged)) };
    assert_eq!(at.expected.to_string(), "sleep#2");
    let amendment = Amendment { mappings: at.fix.clone(), ..yes() };
    all_continue(&play.judge(&new(), &amendment).unwrap());
    play.amend(new(), &mapped(&[("sleep#0", None)])).unwrap();
    holds(&play);
    live_on(&mut play);
    assert_eq!(play.stages(), ["x"]);
}

#[test]
fn a_waiting_step_that_is_skipped_lets_go_of_what_it_waited_for() {
    let new = edited("    let decided = task(\"Look at it\");\n", "");
    let mut play = half_way();
    let open = |play: &Play| play.run().tasks.iter().filter(|task| task.choice.is_none()).count();
    assert_eq!(open(&play), 1);
    play.amend(new, &mapped(&[("on_concern/task(Look at it)", None)])).unwrap();
    assert_eq!(open(&play), 0);
    assert!(play.run().journeys.last().unwrap().ended(), "the handler went on to its end");
    holds(&play);
    live_on(&mut play);
}

#[test]
fn future_steps_that_are_reordered_are_lived_in_their_new_order() {
    let new = edited(
        "    survey(\"pulse\", cohort.everyone);\n    stage(\"over\");",
        "    stage(\"over\");\n    survey(\"pulse\", cohort.everyone);",
    );
    let play = amended(half_way(), new, &yes());
    assert_eq!(play.stages(), ["recruiting", "over"]);
}

#[test]
fn a_handler_that_is_split_into_two_functions_goes_on() {
    let new = edited(
        "    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
        "    look_at(concern);\n}\n\nfn look_at(concern) {\n    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
    );
    amended(half_way(), new, &yes());
    // As a journey of its own it is another step.
    let new = edited(
        "    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
        "    each([concern], \"look_at\");\n}\n\nfn look_at(concern) {\n    let decided = task(\"Look at it\");\n    send(\"nudge\", \"coordinator\");\n}",
    );
    let judged = half_way().judge(&new, &yes()).unwrap();
    let found = words(&judged);
    assert!(found[3].starts_with("on_concern diverges: task(Look at it)#0 but each(look_at)#0"), "{found:#?}");
    assert_eq!(found.iter().filter(|word| word.contains("diverges")).count(), 1);
}

#[test]
fn another_body_of_a_round_holds_from_the_next_round_on() {
    let new = edited("sleep(weeks(5)) ]);", "sleep(weeks(5)) ]);\n        send(\"hello\", pair.mentor);");
    let play = amended(half_way(), new, &yes());
    let hellos = play.run().messages.iter().filter(|message| message.template == "hello").count();
    assert!(hellos > 10, "{hellos}");
}

#[test]
fn a_rules_weight_holds_for_later_matchings_alone() {
    let script = r#"fn programme(settings) {
        match_pairs("anyone", cohort(), #{ publish: "at-once" });
        sleep(weeks(1));
        match_pairs("other", cohort(), #{ publish: "at-once" });
    }"#;
    let mut programme = manifest();
    programme.matching.insert("other".into(), MatchingPlan::new(SolverKind::Optimal, Vec::new()));
    let with = |solver: SolverKind, hash: &str| {
        let mut programme = programme.clone();
        programme.matching.insert("other".into(), MatchingPlan::new(solver, Vec::new()));
        Bundle { hash: turnabout_model::BundleHash(hash.into()), ..bundle_with(programme, script).unwrap() }
    };
    let mut play = Play::of_bundle(with(SolverKind::Optimal, "v1"));
    let pairs = play.run().pairs.clone();
    all_continue(&play.judge(&with(SolverKind::Stable, "v2"), &yes()).unwrap());
    play.amend(with(SolverKind::Stable, "v2"), &yes()).unwrap();
    assert_eq!(play.run().pairs, pairs);
    holds(&play);
}

#[test]
fn a_run_takes_up_new_settings_and_refuses_values_out_of_bounds() {
    let script = r#"fn programme(settings) { sleep(settings.rest); stage("rested " + settings().greeting); }"#;
    let rest =
        |most: u8| SettingKind::Integer { default: 1, least: Some(0), most: Some(most.into()), help: "h".into() };
    let period = SettingKind::Period { default: Period::weeks(2), help: "h".into() };
    let text = SettingKind::Text { default: "well".into(), help: "h".into() };
    let with = |hash: &str, settings: Vec<(&str, SettingKind)>| {
        let mut programme = manifest();
        programme.settings = settings.into_iter().map(|(name, kind)| (name.into(), kind)).collect();
        Bundle { hash: turnabout_model::BundleHash(hash.into()), ..bundle_with(programme, script).unwrap() }
    };
    let mut play =
        Play::of_bundle(with("v1", vec![("rest", period.clone()), ("greeting", text.clone()), ("gone", rest(9))]));
    let new = with("v2", vec![("rest", period), ("greeting", text), ("more", rest(9))]);
    let given = Value::map([("greeting", "well indeed".into())]);
    let amendment = Amendment { settings: given, ..yes() };
    let judged = play.judge(&new, &amendment).unwrap();
    assert_eq!(judged.settings.added.keys().collect::<Vec<_>>(), ["more"]);
    assert_eq!(judged.settings.gone.keys().collect::<Vec<_>>(), ["gone"]);
    assert_eq!(judged.settings.changed.keys().collect::<Vec<_>>(), ["greeting"]);
    let wrong = Amendment { settings: Value::map([("more", Value::Int(10))]), ..yes() };
    assert!(matches!(play.judge(&new, &wrong), Err(Refusal::Setting(_))));
    play.amend(new, &amendment).unwrap();
    holds(&play);
    live_on(&mut play);
    assert_eq!(play.stages(), ["rested well indeed"]);
}

#[test]
fn nothing_that_people_were_told_about_their_answers_is_lowered() {
    let mut play = half_way();
    let with = |people: u8| {
        let mut new = later(&format!("v{people}"), YEAR);
        new.surveys.get_mut("pulse").unwrap().threshold = Threshold::new(people).unwrap();
        new
    };
    let obstacle = |play: &Play, new: &Bundle| play.judge(new, &yes()).unwrap().obstacles;
    assert_eq!(obstacle(&play, &with(5)), [Obstacle::LowerThreshold { survey: "pulse".into(), was: 11, now: 5 }]);
    // Nor in two steps.
    let mut without = later("without", YEAR);
    without.surveys.clear();
    play.amend(without, &yes()).unwrap();
    assert_eq!(obstacle(&play, &with(5)).len(), 1);
    play.amend(with(12), &yes()).unwrap();
    let mut named = with(13);
    named.surveys.get_mut("pulse").unwrap().mode = turnabout_model::SurveyMode::Named;
    assert_eq!(obstacle(&play, &named), [Obstacle::LessPrivate { survey: "pulse".into() }]);
}

#[test]
fn a_message_that_still_waits_must_stay() {
    let mut new = later("v2", YEAR);
    new.messages.remove("nudge");
    let play = half_way();
    let unsent = play.run().messages.iter().filter(|m| m.template == "nudge").count();
    let judged = play.judge(&new, &yes()).unwrap();
    assert_eq!(judged.obstacles, [Obstacle::NoMessage { message: "nudge".into(), waiting: unsent }]);
}

#[test]
fn a_mapping_that_means_nothing_is_refused() {
    let judged = half_way().judge(&later("v2", YEAR), &mapped(&[("hold(drop-out)", Some("x"))])).unwrap();
    assert_eq!(judged.obstacles, [Obstacle::NothingMapped { mapping: "hold(drop-out)".into() }]);
}

#[test]
fn a_parked_journey_is_mended_by_an_amendment() {
    let mut play = Play::of(
        r#"fn programme(settings) { let first = signal("go"); stagee("oops"); let more = signal("more"); stage(more.key); }"#,
    );
    play.signal("go", "1");
    assert!(play.parked().is_some());
    play.signal("more", "2");
    let still = later("v2", r#"fn programme(settings) { let first = signal("go"); stageee("oops"); }"#);
    let judged = play.judge(&still, &yes()).unwrap();
    assert!(words(&judged)[0].contains("stays parked"), "{:?}", words(&judged));
    let new = later(
        "v3",
        r#"fn programme(settings) { let first = signal("go"); stage("mended"); let more = signal("more"); stage(more.key); }"#,
    );
    assert_eq!(words(&play.judge(&new, &yes()).unwrap()), ["programme is mended"]);
    play.amend(new, &yes()).unwrap();
    assert_eq!(play.stages(), ["mended", "2"]);
    assert_eq!(play.run().status(), RunStatus::Finished);
    holds(&play);
}

#[test]
fn what_would_fail_at_once_is_found_before_and_not_after() {
    let mut play = half_way();
    let new = edited(
        "hold(\"drop-in \" + n, cohort.everyone)),\n",
        "hold(\"drop-in \" + n, cohort.everyone)),\n        || send(\"no-such-message\", \"coordinator\"),\n",
    );
    let judged = play.judge(&new, &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme fails: "), "{:#?}", words(&judged));
    let before = play.run().clone();
    assert!(matches!(play.amend(new, &yes()), Err(Refusal::WouldDiverge(_))));
    assert_eq!(play.run(), &before);
}

#[test]
fn a_run_is_amended_again_and_again() {
    let mut play = half_way();
    for (hash, body) in [("v2", "sleep(weeks(4))"), ("v3", "sleep(weeks(3))"), ("v4", "sleep(weeks(5))")] {
        play.amend(later(hash, &YEAR.replace("sleep(weeks(5))", body)), &yes()).unwrap();
        holds(&play);
        let next = play.now().checked_add(jiff::SignedDuration::from_hours(24 * 20)).unwrap();
        play.until(&next.to_string());
        holds(&play);
    }
    assert_eq!(play.run().past_bundles.len(), 3);
    live_on(&mut play);
}

#[test]
fn the_same_bundle_again_is_no_amendment_and_a_run_that_is_over_takes_none() {
    let mut play = half_way();
    assert_eq!(play.judge(&later("test", YEAR), &yes()).unwrap_err().code(), "run::already_so");
    live_on(&mut play);
    assert_eq!(play.judge(&later("v2", YEAR), &yes()).unwrap_err().code(), "run::over");
}

#[test]
fn completed_rounds_that_the_new_script_would_have_lived_otherwise_are_told() {
    let play = half_way();
    let new = edited("let next = race", "send(\"hello\", pair.mentor);\n        let next = race");
    let all: Run = play.folded(Retention::All);
    let context = play.context(&new);
    let found = turnabout_core::amend::look_back(&all, &yes(), &all.settings, context);
    assert!(!found.is_empty());
    assert!(
        play.run()
            .journeys
            .iter()
            .any(|j| j.memory.waiting().any(|(_, _, wait)| matches!(wait, Wait::Branches { .. })))
    );
    let same = later("v2", YEAR);
    let context = play.context(&same);
    assert!(turnabout_core::amend::look_back(&all, &yes(), &all.settings, context).is_empty());
}

#[test]
fn an_amendment_reads_back_from_the_journal_of_an_earlier_build() {
    let line = r#"{"event":"bundle_switched","from":"aa","to":"bb"}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    let mut run = Run::default();
    run.apply(jiff::Timestamp::UNIX_EPOCH, &event);
    assert_eq!(run.bundle.unwrap().0, "bb");
}

#[test]
fn a_branch_that_is_gone_is_told_while_something_waits_in_it() {
    let series = "        || every(weeks(6), months(3), |n| hold(\"drop-in \" + n, cohort.everyone)),\n";
    let judged = half_way().judge(&edited(series, ""), &yes()).unwrap();
    assert!(words(&judged)[0].starts_with("programme diverges: every#0 but together#0"), "{:#?}", words(&judged));
    let Verdict::Diverges(at) = &judged.journeys[0].verdict else { panic!() };
    let mut play = half_way();
    play.amend(edited(series, ""), &Amendment { mappings: at.fix.clone(), ..yes() }).unwrap();
    let planned = play.run().sessions.iter().filter(|s| s.status == turnabout_model::SessionStatus::Planned).count();
    assert_eq!(planned, 0, "what was planned in it is called off");
    holds(&play);
    live_on(&mut play);
}
