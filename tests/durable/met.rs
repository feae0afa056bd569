//! Which pairs have met: what a certificate goes by.

use turnabout_core::decide::Input;
use turnabout_model::MeetingForm;
use turnabout_testkit::Play;

const SCRIPT: &str = r#"
    fn programme(settings) {
        sleep(days(1));
        let matched = match_pairs("anyone", cohort());
        sleep(days(10));
        stage(matched.len() + " formed, " + pairs().len() + " left, " + pairs(#{ met: true }).len() + " have met");
        stage(pairs(#{ met: false }).len() + " left");
        task("Later", "coordinator");
    }
"#;

#[test]
fn a_pair_that_has_met_is_remembered_when_it_has_ended() {
    let mut play = Play::of(SCRIPT);
    play.until("2026-03-03T09:00:00Z");
    let proposal = play.run().proposals[0].id;
    play.must(&Input::PublishProposal { proposal });
    let pairs: Vec<_> = play.run().pairs.iter().map(|pair| pair.id).collect();
    for (pair, took_place) in [(pairs[0], true), (pairs[1], false)] {
        let on = play.now();
        play.must(&Input::RecordMeeting { pair, on, minutes: 50, form: MeetingForm::Video, took_place });
        play.must(&Input::EndPair { pair, reason: "over".into() });
    }
    play.until("2026-03-20T09:00:00Z");
    let left = pairs.len() - 2;
    let told = [format!("{} formed, {left} left, 1 have met", pairs.len()), format!("{left} left")];
    assert_eq!(play.stages(), told);
    play.restart();
    assert_eq!(play.stages(), told);
}

#[test]
fn an_option_that_pairs_does_not_have_is_refused_where_it_stands() {
    for (options, why) in
        [("#{ meet: true }", "pairs has no option 'meet'"), ("#{ met: 1 }", "met must be true or false")]
    {
        let play = Play::of(&format!("fn programme(settings) {{ pairs({options}); }}"));
        let problem = play.parked().expect("it is parked");
        assert_eq!(problem.code, "script::bad_argument");
        assert!(problem.message.contains(why), "{}", problem.message);
    }
}
