//! A paused run: nothing happens by time, what people do goes through, and afterwards all goes on in its order.

use turnabout_core::{
    amend::{Amendment, Deadlines},
    decide::Input,
    limits::Limits,
    replay::Retention,
    run::{Message, Pause, RunStatus},
    verify::verify,
};
use turnabout_model::{Event, MeetingForm, PairId, Recipient, SessionId, SessionStatus};
use turnabout_testkit::{Play, later};

/// Midnight of the first of April in London; the clocks have changed in between.
const APRIL: &str = "2026-03-31T23:00:00Z";

fn pause(play: &mut Play, until: &str) -> Vec<Event> {
    play.must(&Input::Pause { until: until.parse().unwrap(), reason: Some("winter".into()) })
}

/// Goes on to a moment with a run folded from its journal: nothing may hang on what was in memory.
fn on_to(play: &mut Play, moment: &str) {
    play.restart();
    play.until(moment);
    assert_eq!(play.folded(Retention::Open), *play.run());
    for check in verify(&play.folded(Retention::All), &*play.bundle().program, play.now(), Limits::standard()) {
        assert_eq!((check.problem, check.would_ask), (None, 0));
    }
}

/// The stages with the days and hours at which they were reached.
fn stages(play: &Play) -> Vec<String> {
    play.run().stages.iter().map(|(at, stage)| format!("{stage} {}", at.strftime("%m-%d %H:%M"))).collect()
}

fn messages<'p>(play: &'p Play, template: &str) -> Vec<&'p Message> {
    play.run().messages.iter().filter(|message| message.template == template).collect()
}

const WAITS: &str = r#"
    fn programme(settings) {
            sleep(days(1));
        together([
            || { sleep(weeks(1)); stage("slept"); },
            || { survey("pulse", cohort().everyone, #{ closes: weeks(2) }); stage("closed"); },
            || { recruit("more", #{ closes: days(10) }); stage("recruited"); },
        ]);
    }"#;

#[test]
fn nothing_that_is_due_by_time_happens_and_periods_wait_for_as_much_longer() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    let events = pause(&mut play, APRIL);
    let Event::RunPaused { deadlines, .. } = &events[0] else { panic!("{events:?}") };
    let at: Vec<_> = deadlines.iter().map(|moved| moved.at.to_string()).collect();
    // In the order in which they were due, at the same hour of the day.
    assert_eq!(at, ["2026-04-07T08:00:00Z", "2026-04-10T08:00:00Z", "2026-04-14T08:00:00Z"]);
    assert_eq!(play.run().waves[0].closes.to_string(), at[2]);
    assert_eq!(play.run().recruitments[0].closes.to_string(), at[1]);
    assert_eq!(play.run().next_due().unwrap().to_string(), APRIL);
    let then = play.run().version;
    on_to(&mut play, "2026-03-31T22:59:00Z");
    assert_eq!((play.run().version, play.input(&Input::Tick)), (then, Ok(vec![])), "nothing happened");

    on_to(&mut play, "2026-04-30T09:00:00Z");
    assert_eq!(stages(&play), ["slept 04-07 08:00", "recruited 04-10 08:00", "closed 04-14 08:00"]);
    let reminded = play.journal().iter().find(|(_, event)| matches!(event, Event::WaveReminded { .. })).unwrap();
    assert_eq!(reminded.0.to_string(), "2026-04-11T08:00:00Z", "as long before the close as it was to be");
}

#[test]
fn dates_stay_and_what_fell_into_the_pause_comes_at_its_end() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            let start = now();
            together([
                || { sleep_until(start + weeks(1)); stage("date in it"); },
                || { sleep_until(start + weeks(6)); stage("date after it"); },
                || { survey("pulse", cohort().everyone, #{ closes: start + days(10) }); stage("closed"); },
                || { repeat_until(weeks(2), || signal("never")); stage("repeated"); },
                || { every(weeks(2), weeks(7), |n| stage("round " + n)); stage("rounds over"); },
            ]);
        }"#,
    );
    play.until("2026-03-04T09:00:00Z");
    let events = pause(&mut play, APRIL);
    assert!(matches!(&events[0], Event::RunPaused { deadlines, .. } if deadlines.is_empty()), "{events:?}");
    on_to(&mut play, "2026-06-30T09:00:00Z");
    assert_eq!(
        stages(&play),
        [
            "repeated 03-31 23:00",
            "date in it 03-31 23:00",
            "closed 03-31 23:00",
            "round 2 03-31 23:00",
            "date after it 04-14 08:00",
            "round 3 04-14 08:00",
            "rounds over 04-14 08:00"
        ],
        "of the rounds that fell into the pause only the latest is made up for"
    );
    assert!(messages(&play, "reminder").is_empty(), "nobody is reminded of what closes in the same moment");
}

const SESSIONS: &str = r#"
    fn programme(settings) {
            sleep(days(1));
        together([
            || { stage("held " + hold("training", cohort().everyone, #{ on: weeks(2) }).held); },
            || { stage("held " + hold("drop-in", cohort().everyone, #{ on: weeks(3) }).held); },
            || { stage("held " + hold("celebration", cohort().everyone, #{ on: weeks(8) }).held); },
        ]);
        hold("training 2", cohort().everyone, #{ on: days(1) });
    }"#;

#[test]
fn sessions_in_the_pause_move_to_the_first_slots_after_it_and_people_are_told() {
    let mut play = Play::of(SESSIONS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    let starts: Vec<_> = play.run().sessions.iter().map(|s| s.plan.starts.to_string()).collect();
    // Two on days of their own, as before; the third was to come later anyway.
    assert_eq!(starts, ["2026-04-01T09:00:00Z", "2026-04-02T09:00:00Z", "2026-04-28T09:00:00Z"]);
    assert_eq!(play.run().sessions.iter().map(|s| s.sequence).collect::<Vec<_>>(), [1, 1, 0]);
    for (session, starts) in [(1, "2026-03-10T10:00:00Z"), (3, "2026-03-31T22:00:00Z")] {
        let input = Input::RescheduleSession { session: SessionId(session), starts: starts.parse().unwrap() };
        assert_eq!(play.input(&input).unwrap_err().code(), "run::bad_time");
    }
    let audience = play.run().participants.keys().copied().collect();
    let input =
        Input::PlanSession { name: "drop-in 2".into(), audience, starts: "2026-03-20T10:00:00Z".parse().unwrap() };
    assert_eq!(play.input(&input).unwrap_err().code(), "run::bad_time");
    on_to(&mut play, "2026-03-31T22:00:00Z");
    assert!(messages(&play, "reminder").is_empty());
    on_to(&mut play, "2026-04-01T08:00:00Z");
    assert_eq!(messages(&play, "reminder").len(), 8, "reminders that fell into the pause go out at its end");
}

#[test]
fn a_session_before_the_pause_is_noted_in_it_and_the_script_goes_on_afterwards() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            hold("training", cohort().everyone, #{ on: days(1) });
            survey("pulse", cohort().everyone, #{ closes: weeks(1) });
            hold("training 2", cohort().everyone, #{ on: days(1) });
        }"#,
    );
    play.until("2026-03-04T11:00:00Z");
    pause(&mut play, APRIL);
    on_to(&mut play, "2026-03-10T09:00:00Z");
    assert!(play.run().tasks.is_empty(), "nobody is asked who came while all rests");
    play.must(&Input::HoldSession { session: SessionId(1), attended: Vec::new() });
    on_to(&mut play, "2026-03-31T22:00:00Z");
    assert_eq!((play.run().sessions[0].status, play.run().waves.len()), (SessionStatus::Held, 0));
    on_to(&mut play, APRIL);
    let wave = &play.run().waves[0];
    assert_eq!((wave.opened.to_string(), wave.closes.to_string()), (APRIL.into(), "2026-04-07T23:00:00Z".into()));
}

const PAIRS: &str = r#"
    fn programme(settings) {
            sleep(days(1));
        each(match_pairs("anyone", cohort(), #{ publish: "at-once" }), "pair_journey");
    }
    fn pair_journey(pair) {
        repeat_until(months(6), || {
            let next = race([|| meeting(pair), || sleep(weeks(5))]);
            if next.timed_out { send("nudge", pair.mentor, pair); }
        });
    }
    fn on_concern(concern) { send("hello", "contact"); stage(task("What now?", ["listen"])); }
    fn on_withdrawn(leaver) { send("hello", leaver.partners); each([1], "later"); }
    fn later(item) { stage("afterwards"); }
"#;

#[test]
fn a_meeting_counts_in_a_pause_and_patience_begins_at_its_end() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    on_to(&mut play, "2026-03-20T09:00:00Z");
    let on = play.now();
    let form = MeetingForm::Video;
    play.must(&Input::RecordMeeting { pair: PairId(1), on, minutes: 30, form, took_place: true });
    assert_eq!(play.run().pairs[0].meetings, 1);
    on_to(&mut play, "2026-05-30T09:00:00Z");
    let nudged: Vec<_> = messages(&play, "nudge").iter().map(|nudge| nudge.queued.to_string()).collect();
    // The pair that met waits five weeks from the end, the other one the four weeks and six days that it had left.
    assert_eq!(nudged, ["2026-05-05T08:00:00Z", "2026-05-05T23:00:00Z"]);
}

#[test]
fn a_concern_is_handled_at_once_and_so_is_somebody_who_leaves() {
    let mut play = Play::of(PAIRS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    play.restart();
    play.must(&Input::RaiseConcern);
    assert_eq!(messages(&play, "hello")[0].to, Recipient::Contact);
    // What the contact decides goes on at once too.
    let task = play.run().tasks[0].id;
    play.must(&Input::CloseTask { task, choice: "listen".into() });
    assert_eq!(play.stages(), ["listen"]);

    let leaver = play.run().pairs[0].mentor;
    play.must(&Input::Withdraw { participant: leaver });
    assert_eq!(messages(&play, "hello").len(), 2, "the partner hears of it");
    on_to(&mut play, "2026-03-31T22:00:00Z");
    assert_eq!(play.stages(), ["listen"], "a journey that begins in a pause waits for its end");
    on_to(&mut play, APRIL);
    assert_eq!(play.stages(), ["listen", "afterwards"]);
}

#[test]
fn everyone_is_told_once_and_once_more_when_it_goes_on() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    let told = messages(&play, "paused");
    assert_eq!(told.len(), 4);
    assert_eq!(told[0].about.get("pause"), Some(&turnabout_model::Value::Instant(APRIL.parse().unwrap())));
    on_to(&mut play, "2026-04-01T09:00:00Z");
    assert_eq!((messages(&play, "paused").len(), messages(&play, "unpaused").len()), (4, 4));
}

#[test]
fn another_date_replaces_the_first_and_an_early_end_gives_back_what_is_left() {
    let closes = |play: &Play| play.run().waves[0].closes.to_string();
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, "2026-03-17T09:00:00Z");
    assert_eq!(closes(&play), "2026-03-30T08:00:00Z");
    on_to(&mut play, "2026-03-10T09:00:00Z");
    pause(&mut play, "2026-04-17T08:00:00Z");
    assert_eq!(closes(&play), "2026-04-30T08:00:00Z");
    pause(&mut play, "2026-03-24T09:00:00Z");
    assert_eq!(closes(&play), "2026-04-06T08:00:00Z");
    assert_eq!(play.run().paused.as_ref().unwrap().since.to_string(), "2026-03-04T09:00:00Z");

    // It lasted for a week in the end.
    play.must(&Input::Unpause);
    assert_eq!(play.run().paused, None);
    assert_eq!(closes(&play), "2026-03-23T09:00:00Z");
    on_to(&mut play, "2026-04-30T09:00:00Z");
    assert_eq!(stages(&play), ["slept 03-16 09:00", "recruited 03-19 09:00", "closed 03-23 09:00"]);
}

#[test]
fn hours_of_a_pause_count_as_one_day_however_often_its_end_changes() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T10:00:00Z");
    let closes = |play: &Play| play.run().waves[0].closes.to_string();
    assert_eq!(closes(&play), "2026-03-17T09:00:00Z");
    for until in ["2026-03-04T15:30:00Z", "2026-03-04T16:30:00Z", "2026-03-04T12:00:00Z", "2026-03-04T15:30:00Z"] {
        pause(&mut play, until);
        assert_eq!(closes(&play), "2026-03-18T09:00:00Z", "{until}");
    }
    on_to(&mut play, "2026-03-04T11:00:00Z");
    play.must(&Input::Unpause);
    assert_eq!(closes(&play), "2026-03-18T09:00:00Z", "an hour is a part of a day too");
    on_to(&mut play, "2026-04-30T09:00:00Z");
    assert_eq!(stages(&play), ["slept 03-11 09:00", "recruited 03-14 09:00", "closed 03-18 09:00"]);
}

#[test]
fn a_pause_by_mistake_puts_nothing_off_however_often_it_is_made() {
    let mut play = Play::of(WAITS);
    // What waits began a minute ago, so that a day more takes it beyond the end of a pause until midnight.
    play.until("2026-03-03T09:01:00Z");
    let closes = |play: &Play| play.run().waves[0].closes.to_string();
    assert_eq!(closes(&play), "2026-03-17T09:00:00Z");
    for minute in ["2026-03-03T09:03:00Z", "2026-03-03T09:05:00Z", "2026-03-03T09:10:00Z"] {
        pause(&mut play, "2026-03-24T00:00:00Z");
        assert_eq!(closes(&play), "2026-04-07T08:00:00Z");
        on_to(&mut play, minute);
        play.must(&Input::Unpause);
        assert_eq!(closes(&play), "2026-03-17T09:00:00Z", "{minute}");
    }
    on_to(&mut play, "2026-04-30T09:00:00Z");
    assert_eq!(stages(&play), ["slept 03-10 09:00", "recruited 03-13 09:00", "closed 03-17 09:00"]);
}

#[test]
fn a_date_stays_whatever_the_hours_of_a_pause_and_what_began_in_it_is_counted_from_its_end() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            let meet = now() + weeks(1);
            together([|| { sleep_until(meet); stage("date"); }, || { sleep(weeks(4)); stage("length"); }]);
        }
        fn on_concern(concern) { sleep(hours(3)); stage("heard"); }"#,
    );
    play.until("2026-03-04T10:00:00Z");
    pause(&mut play, "2026-03-04T15:30:00Z");
    play.must(&Input::RaiseConcern);
    pause(&mut play, "2026-03-04T16:30:00Z");
    pause(&mut play, "2026-03-04T17:30:00Z");
    on_to(&mut play, "2026-04-30T09:00:00Z");
    // Three hours after the end; on the day and hour; four weeks and a day, at the same hour though the clocks have changed.
    assert_eq!(stages(&play), ["heard 03-04 20:30", "date 03-09 09:00", "length 03-31 08:00"]);
}

#[test]
fn a_server_that_was_down_at_the_end_counts_from_the_end_that_was_told() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    play.restart();
    play.jump("2026-04-12T09:00:00Z");
    assert_eq!(stages(&play), ["slept 04-12 09:00", "recruited 04-12 09:00"]);
    assert_eq!(play.run().waves[0].closes.to_string(), "2026-04-14T08:00:00Z");
}

#[test]
fn an_event_of_a_pause_reads_with_the_least_that_it_can_hold() {
    let play = Play::of(WAITS);
    let at = play.now();
    let mut run = play.folded(Retention::Open);
    for line in [r#"{"event":"run_paused","until":"2026-03-31T23:00:00Z"}"#, r#"{"event":"run_unpaused"}"#] {
        run.apply(at, &serde_json::from_str(line).unwrap());
    }
    assert_eq!((run.paused, run.past_pauses), (None, vec![Pause { since: at, until: at, reason: None }]));
}

#[test]
fn a_pause_that_makes_no_sense_is_refused() {
    let mut play = Play::of(WAITS);
    let mut code = |until: &str| {
        let input = Input::Pause { until: until.parse().unwrap(), reason: None };
        play.input(&input).map_or_else(|refusal| refusal.code(), |_| "taken")
    };
    assert_eq!(code("2026-03-02T09:00:00Z"), "run::bad_time");
    // Twenty-six weeks by the clocks of its people, which go forward in between.
    assert_eq!(code("2026-08-31T08:00:01Z"), "run::bad_time");
    assert_eq!(code("2026-08-31T08:00:00Z"), "taken");
    assert_eq!(code("2026-08-31T08:00:00Z"), "run::already_so");
    play.must(&Input::Unpause);
    assert_eq!(play.input(&Input::Unpause).unwrap_err().code(), "run::not_paused");
    play.must(&Input::Pause { until: APRIL.parse().unwrap(), reason: None });
    play.must(&Input::Cancel { reason: "no money".into() });
    assert_eq!((play.run().status(), play.run().paused.clone()), (RunStatus::Cancelled, None));
    let again = Input::Pause { until: APRIL.parse().unwrap(), reason: None };
    assert_eq!(play.input(&again).unwrap_err().code(), "run::over");
}

#[test]
fn an_amendment_in_a_pause_waits_for_its_end_and_counts_no_deadline_without_it() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    let new =
        WAITS.replace("        ]);", "            || stage(\"new\"),\n        ]);").replace("weeks(2)", "weeks(3)");
    let new = later("new", &new);
    let amendment = Amendment { deadlines: Deadlines::Recompute, ..Amendment::default() };
    let judged = play.judge(&new, &amendment).unwrap();
    let changed: Vec<_> =
        judged.journeys[0].deadlines.iter().map(|d| (d.was.to_string(), d.ends.to_string())).collect();
    assert_eq!(changed, [("2026-04-14T08:00:00Z".into(), "2026-04-21T08:00:00Z".into())], "only what was rewritten");
    assert_eq!(judged.journeys[0].asks[0].verb, "stage");
    play.amend(new, &amendment).unwrap();
    on_to(&mut play, "2026-03-31T22:00:00Z");
    assert!(play.stages().is_empty());
    on_to(&mut play, APRIL);
    assert_eq!(play.stages(), ["new"]);
}

#[test]
fn an_amendment_in_a_pause_that_would_stop_at_its_end_is_refused_before_it_is_made() {
    let mut play = Play::of(WAITS);
    play.until("2026-03-04T09:00:00Z");
    pause(&mut play, APRIL);
    let new = later(
        "new",
        &WAITS.replace("        ]);", "            || hold(\"no-such-session\", cohort().everyone),\n        ]);"),
    );
    let judged = play.judge(&new, &Amendment::default()).unwrap();
    assert!(!judged.is_clean() && judged.journeys[0].verdict.hinders(), "{:#?}", judged.journeys[0].verdict);
    let before = play.run().clone();
    play.amend(new, &Amendment::default()).unwrap_err();
    assert_eq!(play.run(), &before);
}
