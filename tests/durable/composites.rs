//! Branches, races and loops.

use turnabout_core::decide::Input;
use turnabout_model::{Event, MeetingForm, PairId};
use turnabout_testkit::Play;

fn meet(play: &mut Play) {
    let (on, minutes) = (play.now(), 60 + u32::try_from(play.run().meetings.len()).unwrap());
    let form = MeetingForm::Video;
    play.must(&Input::RecordMeeting { pair: PairId(1), on, minutes, form, took_place: true });
}

#[test]
fn together_goes_on_when_every_branch_has_returned() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            let both = together([ || signal("a").key, || signal("b").key ]);
            stage(both[0] + both[1]);
        }"#,
    );
    play.signal("b", "2");
    play.restart();
    assert!(play.stages().is_empty());
    play.signal("a", "1");
    assert_eq!(play.stages(), ["12"]);
}

#[test]
fn a_race_takes_the_first_and_drops_the_waiting_of_the_others() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            let next = race([ || signal("go"), || sleep(weeks(5)) ]);
            stage(if next.timed_out == true { "too late" } else { "in time" });
            sleep(weeks(10));
            stage("end");
        }"#,
    );
    play.until("2026-03-20T09:00:00Z");
    play.signal("go", "x");
    assert_eq!(play.stages(), ["in time"]);
    let waiting = play.run().journeys[0].memory.waiting().count();
    assert_eq!(waiting, 1, "only the last sleep waits; the loser of the race does not");
    assert!(play.journal().iter().any(|(_, event)| matches!(event, Event::StepDropped { .. })));
}

#[test]
fn a_branch_cannot_see_what_another_wrote() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            let count = 0;
            together([
                || { count += 1; sleep(days(1)); stage("first sees " + count); },
                || { count += 1; sleep(days(1)); stage("second sees " + count); },
            ]);
            stage("after " + count);
        }"#,
    );
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.stages(), ["first sees 1", "second sees 1", "after 0"]);
}

#[test]
fn a_loop_nudges_until_its_end_and_forgets_the_rounds_that_are_done() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            sleep(days(1));
            let pair = match_pairs("anyone", cohort(), #{ publish: "at-once" })[0];
            let rounds = repeat_until(months(6), || {
                let next = race([ || meeting(pair), || sleep(weeks(5)) ]);
                if next.timed_out { send("nudge", pair.mentor, pair); }
            });
            stage(rounds + " rounds");
        }"#,
    );
    play.until("2026-03-31T09:00:00Z");
    meet(&mut play);
    meet(&mut play);
    play.restart();
    play.until("2026-09-10T09:00:00Z");
    // Two meetings, then nudges every five weeks until the third of September.
    assert_eq!(play.stages(), ["6 rounds"]);
    assert_eq!(play.run().messages.iter().filter(|message| message.template == "nudge").count(), 4);
}

#[test]
fn every_keeps_its_rhythm_and_skips_rounds_that_an_outage_missed() {
    let script = r#"fn programme(settings) {
        every(weeks(1), weeks(5), |n| stage("round " + n));
        stage("over");
    }"#;
    let mut play = Play::of(script);
    play.until("2026-04-10T09:00:00Z");
    assert_eq!(play.stages(), ["round 1", "round 2", "round 3", "round 4", "round 5", "over"]);
    let mut late = Play::of(script);
    late.jump("2026-03-31T09:00:00Z");
    assert_eq!(late.stages(), ["round 4"]);
}

#[test]
fn a_suspension_passes_through_catch() {
    let mut play = Play::of(
        r#"fn programme(settings) {
            try { sleep(days(1)); stage("slept"); } catch { stage("caught"); }
        }"#,
    );
    assert!(play.stages().is_empty());
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.stages(), ["slept"]);
}
