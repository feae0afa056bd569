//! Journeys that stand in the way for one reason are one thing to mend, with one mapping where there is one.

use super::{amended, words, yes};
use turnabout_core::{
    amend::{Alike, Amendment, Judged},
    decide::Input,
};
use turnabout_model::{MeetingForm, ParticipantStatus, Role};
use turnabout_testkit::{Play, later};

/// A year of pairs whose journey is this.
fn script(journey: &str) -> String {
    format!(
        r#"fn programme(settings) {{
    recruit("volunteers", #{{ closes: weeks(1) }});
    each(match_pairs("anyone", cohort(), #{{ publish: "at-once" }}), "pair_journey");
}}

fn pair_journey(pair) {{
    {journey}
}}
"#
    )
}

/// Ten pairs, two weeks into it.
fn ten_pairs(journey: &str) -> Play {
    let mut play = Play::of(&script(journey));
    for role in [Role::Mentor, Role::Mentee].repeat(8) {
        play.must(&Input::AddParticipant { role, status: ParticipantStatus::Accepted });
    }
    play.until("2026-03-16T09:00:00Z");
    assert_eq!(play.run().pairs.len(), 10, "{:?}", play.parked());
    play
}

fn judged(play: &Play, journey: &str) -> Judged {
    play.judge(&later("v2", &script(journey)), &yes()).unwrap()
}

fn fixes(alike: &Alike) -> Vec<String> {
    alike.fix.iter().map(ToString::to_string).collect()
}

/// Lets the first of the pairs have met.
fn first_has_met(play: &mut Play) {
    let (pair, on) = (play.run().pairs[0].id, play.now());
    play.must(&Input::RecordMeeting { pair, on, minutes: 60, form: MeetingForm::InPerson, took_place: true });
}

#[test]
fn ten_pairs_that_diverge_at_one_step_are_one_divergence_with_one_mapping() {
    let play = ten_pairs("meeting(pair); sleep(weeks(4));");
    let without = "sleep(weeks(4));";
    let judged = judged(&play, without);
    let hindered: Vec<_> = judged.journeys.iter().filter(|journey| journey.verdict.hinders()).collect();
    assert_eq!(hindered.len(), 10, "{:#?}", words(&judged));
    let [alike] = &judged.alike[..] else { panic!("{:#?}", judged.alike) };
    assert_eq!(alike.journeys, hindered.iter().map(|journey| journey.journey).collect::<Vec<_>>());
    assert_eq!(fixes(alike), [r#"--skip "pair_journey/meeting(pair)""#]);
    let all = Amendment { mappings: alike.fix.clone(), ..yes() };
    let play = amended(play, later("v2", &script(without)), &all);
    assert_eq!(play.run().journeys.iter().filter(|journey| journey.ended()).count(), 11);
}

#[test]
fn a_step_in_another_round_is_the_same_step() {
    let round = |body: &str| format!("repeat_until(months(4), || {{ {body} }});");
    let mut play = ten_pairs(&round("meeting(pair); sleep(weeks(4));"));
    first_has_met(&mut play);
    play.until("2026-04-20T09:00:00Z");
    let waits: Vec<String> = play.run().journeys[1..=2]
        .iter()
        .flat_map(|journey| journey.memory.waiting())
        .map(|(_, a, _)| a.to_string())
        .collect();
    assert_eq!(waits.iter().filter(|step| step.starts_with("meeting")).count(), 2, "{waits:?}");
    let without = round("sleep(weeks(4));");
    let judged = judged(&play, &without);
    let [alike] = &judged.alike[..] else { panic!("{:#?}", judged.alike) };
    assert_eq!((alike.journeys.len(), fixes(alike)), (10, vec![r#"--skip "pair_journey/meeting(pair)""#.to_owned()]));
    amended(play, later("v2", &script(&without)), &Amendment { mappings: alike.fix.clone(), ..yes() });
    // Without a label it is told by its place alone.
    let play = ten_pairs(&round(r#"sleep(weeks(4)); send("nudge", pair.mentor); sleep(weeks(1));"#));
    let judged = self::judged(&play, &round(r#"send("nudge", pair.mentor); meeting(pair);"#));
    let [alike] = &judged.alike[..] else { panic!("{:#?}", judged.alike) };
    assert_eq!(fixes(alike), [r#"--skip "pair_journey/sleep#0""#]);
}

#[test]
fn what_does_for_all_is_said_even_if_one_needs_more_of_it() {
    let mut play = ten_pairs(r#"meeting(pair); task("Look at it"); sleep(weeks(4));"#);
    first_has_met(&mut play);
    let judged = judged(&play, "sleep(weeks(4));");
    let told: Vec<_> = judged.alike.iter().map(|alike| (alike.journeys.len(), fixes(alike))).collect();
    let (meeting, task) = (r#"--skip "pair_journey/meeting(pair)""#, r#"--skip "pair_journey/task(Look at it)""#);
    assert_eq!(told, [(10, vec![meeting.to_owned(), task.to_owned()])]);
}

#[test]
fn those_that_diverge_elsewhere_stand_by_themselves() {
    let play = ten_pairs(r#"if pair.id == "pair-4" { task("Look") } else { task("See") } sleep(weeks(4));"#);
    let judged = judged(&play, "sleep(weeks(4));");
    let told: Vec<_> = judged.alike.iter().map(|alike| (alike.journeys.len(), fixes(alike))).collect();
    let (look, see) = (r#"--skip "pair_journey/task(Look)""#, r#"--skip "pair_journey/task(See)""#);
    assert_eq!(told, [(9, vec![see.to_owned()]), (1, vec![look.to_owned()])]);
}

#[test]
fn where_each_needs_a_mapping_of_its_own_none_is_said_to_do_for_all() {
    let play = ten_pairs(r#"task("Call " + pair.id + " at once"); sleep(weeks(4));"#);
    let judged = judged(&play, "sleep(weeks(4));");
    let [alike] = &judged.alike[..] else { panic!("{:#?}", judged.alike) };
    assert_eq!((alike.journeys.len(), fixes(alike)), (10, vec![]));
    // Of a label of one word before the pair, the word does.
    let play = ten_pairs(r#"task("Call " + pair.id); sleep(weeks(4));"#);
    let judged = self::judged(&play, "sleep(weeks(4));");
    let [alike] = &judged.alike[..] else { panic!("{:#?}", judged.alike) };
    assert_eq!(fixes(alike), [r#"--skip "pair_journey/task(Call)""#]);
}

#[test]
fn what_fails_alike_is_one_failure() {
    let play = ten_pairs("meeting(pair); sleep(weeks(4));");
    let judged = judged(&play, r#"throw "nothing for " + pair.id;"#);
    let [alike] = &judged.alike[..] else { panic!("{:#?} {:#?}", judged.alike, words(&judged)) };
    assert_eq!((alike.journeys.len(), alike.fix.len()), (10, 0));
}
