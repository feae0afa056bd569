//! What people were told, and what still waits for them, holds under the new bundle.

use super::{YEAR, all_continue, half_way, holds, live_on, mapped, yes};
use turnabout_core::{
    amend::{Amendment, Obstacle},
    bundle::Bundle,
    decide::Refusal,
};
use turnabout_model::{Period, SettingKind, Threshold, Value};
use turnabout_testkit::{Play, bundle_with, later, manifest};

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
fn people_are_reminded_of_an_open_survey_that_was_renamed() {
    let script = |name: &str| {
        format!(
            r#"fn programme(settings) {{ sleep(days(1)); survey("{name}", cohort().everyone, #{{ closes: days(10) }}); }}"#
        )
    };
    let mut play = Play::of(&script("pulse"));
    play.until("2026-03-04T09:00:00Z");
    let renamed = || {
        let mut new = later("v2", &script("mood"));
        let pulse = new.surveys.remove("pulse").unwrap();
        new.surveys.insert("mood".into(), pulse);
        new
    };
    let mapped = mapped(&[("survey(pulse)", Some("mood"))]);
    let mut without = renamed();
    without.messages.remove("reminder");
    let refused = play.judge(&without, &mapped).unwrap();
    assert!(matches!(refused.obstacles.as_slice(), [Obstacle::NoReminder { .. }]), "{:#?}", refused.obstacles);
    play.amend(renamed(), &mapped).unwrap();
    let missing = play.run().waves[0].audience.len();
    play.until("2026-03-20T09:00:00Z");
    let reminders = play.run().messages.iter().filter(|message| message.template == "reminder");
    assert_eq!(reminders.count(), missing);
    holds(&play);
}
