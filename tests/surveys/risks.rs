//! Pairs that may need help are found by codes, and nobody is told who of the two said what.

use crate::house::{House, house_with};
use serde_json::{Value as Json, json};
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{Act, LiveError};
use turnabout_model::{ParticipantId, ProposalId, WaveId};

const SCRIPT: &str = r#"
fn programme(settings) {
    recruit("volunteers", #{ closes: weeks(2) });
    match_pairs("any", cohort());
    every(weeks(2), months(6), |n| survey("asked " + n, cohort().everyone, #{ closes: days(5) }));
}
fn on_withdrawn(leaver) {}
"#;

const CHECK_IN: &str = r#"
mode = "named"
questions = [
    { name = "going", type = "single", text = "How is it going?", choices = ["well", "badly"] },
    { name = "words", type = "text", text = "What would help?" },
]
"#;

const PLAN: &str = r#"
[matching.any]
solver = "optimal"
rules = []

[risk]
plugin = "pulse-risk"
survey = "asked"
settings = { signals = [{ code = "going-badly", question = "going", codes = ["badly"], in_a_row = 2 }], silent_after_days = 30 }
"#;

fn pairs() -> House {
    let house = house_with(2, SCRIPT, CHECK_IN, PLAN);
    let publish = Input::PublishProposal { proposal: ProposalId(1) };
    house.engine.submit(&house.run, publish, |_| ()).unwrap();
    house
}

fn says(house: &House, wave: u32, who: u32, answers: &Json) {
    let answers = serde_json::from_value(answers.clone()).unwrap();
    let act = Act::Respond { wave: WaveId(wave), participant: ParticipantId(who), answers, language: None };
    house.engine.submit(&house.run, act, |_| ()).unwrap();
}

fn flags(house: &House) -> Vec<String> {
    let found = house.engine.pairs_at_risk(&house.run).unwrap();
    let said = found.iter().map(|pair| {
        let flags: Vec<String> = pair.flags.iter().map(|flag| format!("{} since {}", flag.code, flag.since)).collect();
        format!("{}: {}", pair.pair, flags.join(", "))
    });
    said.collect()
}

#[test]
fn a_pair_that_says_twice_that_it_goes_badly_is_found_and_its_words_are_not_told() {
    let house = pairs();
    house.engine.advance(&house.clock, "2026-03-16T09:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(flags(&house), [""; 0]);
    for who in 1..=4 {
        says(&house, 1, who, &json!({ "going": if who == 1 { "badly" } else { "well" }, "words": "A secret." }));
    }
    assert_eq!(flags(&house), [""; 0], "once is not twice");
    house.engine.advance(&house.clock, "2026-03-30T09:00:00Z".parse().unwrap()).unwrap();
    says(&house, 2, 1, &json!({ "going": "badly", "words": "badly" }));
    assert_eq!(flags(&house), ["pair-1: going-badly since 2026-03-16"]);
    let told = serde_json::to_string(&house.engine.pairs_at_risk(&house.run).unwrap()).unwrap();
    assert!(!told.contains("secret") && !told.contains("words"), "{told}");
    assert!(house.rows(StoreTable::Responses).len() == 5);

    // Two months on nobody has said anything more.
    house.engine.advance(&house.clock, "2026-06-01T09:00:00Z".parse().unwrap()).unwrap();
    let silent = flags(&house);
    assert!(silent.len() == 2 && silent.iter().all(|pair| pair.contains("silent since")), "{silent:?}");
}

#[test]
fn days_of_a_pause_are_no_silence() {
    let house = pairs();
    let on = |day: &str| house.engine.advance(&house.clock, day.parse().unwrap()).unwrap();
    on("2026-03-16T09:00:00Z");
    for who in 1..=4 {
        says(&house, 1, who, &json!({ "going": "well" }));
    }
    let until = "2026-04-14T09:00:00Z".parse().unwrap();
    house.engine.submit(&house.run, Input::Pause { until, reason: None }, |_| ()).unwrap();
    on("2026-04-14T08:00:00Z");
    assert_eq!(flags(&house), [""; 0]);
    // Asked again at the end of the pause, nobody says anything for a month: that is silence, and it is told since when.
    on("2026-05-13T09:00:00Z");
    assert_eq!(flags(&house), [""; 0], "a month and four weeks, of which the four weeks were paused");
    on("2026-05-16T09:00:00Z");
    assert_eq!(flags(&house), ["pair-1: silent since 2026-03-16", "pair-2: silent since 2026-03-16"]);
}

#[test]
fn settings_that_the_plugin_does_not_understand_are_found_when_the_template_comes_in() {
    let plan = PLAN.replace("silent_after_days = 30", "silent_after_days = 0").replace("codes = [\"badly\"], ", "");
    let files = crate::house::files(SCRIPT, CHECK_IN, &plan);
    let house = pairs();
    let Err(LiveError::Template(problems)) = house.engine.install(files) else { panic!() };
    assert!(problems.iter().any(|problem| problem.code == "risk::settings"), "{problems:?}");
    let confidential = crate::house::files(SCRIPT, &CHECK_IN.replace("named", "confidential"), PLAN);
    let Err(LiveError::Template(problems)) = house.engine.install(confidential) else { panic!() };
    assert!(problems.iter().any(|problem| problem.code == "risk::not_named"), "{problems:?}");
}
