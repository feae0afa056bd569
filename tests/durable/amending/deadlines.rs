//! Deadlines that a new script says otherwise: kept, or counted anew.

use super::{all_continue, amended, edited, half_way, holds, live_on, mapped, yes};
use turnabout_core::{
    amend::{Amendment, Deadlines},
    run::Alarm,
};
use turnabout_model::WaveId;
use turnabout_testkit::{Play, later};

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
fn a_longer_series_whose_last_session_nobody_records_holds_up_nothing_else() {
    for deadlines in [Deadlines::Keep, Deadlines::Recompute] {
        let mut play = half_way();
        let new = edited("every(weeks(6), months(3)", "every(weeks(6), months(6)");
        play.amend(new, &Amendment { deadlines, ..yes() }).unwrap();
        holds(&play);
        // Nobody says who came to a drop-in, so that its round outlasts the series.
        play.until("2026-12-01T09:00:00Z");
        let pairs = play.run().journeys.iter().filter(|journey| journey.function == "pair_journey");
        assert_eq!(pairs.filter(|journey| journey.ended()).count(), 2, "the pairs come to their end");
        let due = play.run().next_due();
        assert!(due.is_none_or(|due| due > play.now()), "nothing stays due that nothing ends: {due:?}");
        live_on(&mut play);
        holds(&play);
    }
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
fn a_survey_asked_two_versions_ago_moves_its_reminder_though_nothing_goes_by_its_name_any_more() {
    let script = |name: &str, weeks: u8| {
        format!(
            "fn programme(settings) {{ sleep(days(1)); survey(\"{name}\", cohort().everyone, #{{ closes: weeks({weeks}) }}); }}"
        )
    };
    let called = |hash: &str, name: &str, weeks: u8| {
        let mut new = later(hash, &script(name, weeks));
        let pulse = new.surveys.remove("pulse").unwrap();
        new.surveys.insert(name.into(), pulse);
        new
    };
    let mut play = Play::of(&script("pulse", 2));
    play.until("2026-03-04T09:00:00Z");
    play.amend(called("v2", "mood", 2), &mapped(&[("survey(pulse)", Some("mood"))])).unwrap();
    let recompute = Amendment { deadlines: Deadlines::Recompute, ..mapped(&[("survey(mood)", Some("weather"))]) };
    play.amend(called("v3", "weather", 4), &recompute).unwrap();
    let reminders = |play: &Play| play.run().messages.iter().filter(|message| message.template == "reminder").count();
    play.until("2026-03-17T09:00:00Z");
    assert_eq!(reminders(&play), 0, "it would have come by now if the survey closed when it was to close");
    play.until("2026-03-31T07:00:00Z");
    assert_eq!(reminders(&play), play.run().waves[0].audience.len());
    holds(&play);
}
