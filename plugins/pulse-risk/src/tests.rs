use crate::PulseRisk;
use proptest::prelude::*;
use serde_json::{Value, json};
use turnabout_plugin_sdk::testing::{check_survey, evaluate};

fn settings() -> Value {
    json!({
        "signals": [
            { "code": "going-badly", "question": "going", "codes": ["badly", "stopped"] },
            { "code": "low-trust", "question": "trust", "at_most": 2, "in_a_row": 2 },
            { "code": "falling-trust", "question": "trust", "falls_by": 2 },
        ],
        "silent_after_days": 30,
    })
}

/// The flags on 31 January 2026 of check-ins `(day, by, answers)`, as `code since`.
fn flags(check_ins: &[(&str, &str, Value)]) -> Vec<String> {
    let check_ins: Vec<Value> =
        check_ins.iter().map(|(date, by, answers)| json!({ "date": date, "by": by, "answers": answers })).collect();
    let given = json!({ "check_ins": check_ins, "context": { "today": "2026-01-31", "started": "2026-01-05" } });
    let outcome = evaluate::<PulseRisk>(&settings().to_string(), &given.to_string()).expect("flags");
    let outcome: Value = serde_json::from_str(&outcome).expect("JSON");
    let text = |flag: &Value| format!("{} {}", flag["code"].as_str().unwrap(), flag["since"].as_str().unwrap());
    outcome["flags"].as_array().unwrap().iter().map(text).collect()
}

#[test]
fn a_code_is_a_sign_until_it_is_taken_back() {
    let badly = ("2026-01-10", "mentee", json!({ "going": "badly" }));
    assert_eq!(flags(std::slice::from_ref(&badly)), ["going-badly 2026-01-10"]);
    let stopped = ("2026-01-20", "mentee", json!({ "going": "stopped" }));
    assert_eq!(flags(&[stopped.clone(), badly.clone()]), ["going-badly 2026-01-10"], "in any order");
    let other = ("2026-01-20", "mentor", json!({ "going": "well" }));
    assert_eq!(flags(&[badly.clone(), other]), ["going-badly 2026-01-10"], "the other can't take it back");
    let nothing = ("2026-01-20", "mentee", json!({ "trust": 4 }));
    assert_eq!(flags(&[badly.clone(), nothing]), ["going-badly 2026-01-10"], "no answer takes nothing back");
    let well = ("2026-01-20", "mentee", json!({ "going": "well" }));
    assert!(flags(&[badly, well]).is_empty());
}

#[test]
fn low_numbers_count_in_a_row() {
    let trust = |day, trust: Value| (day, "mentee", json!({ "trust": trust }));
    assert!(flags(&[trust("2026-01-10", json!(2))]).is_empty(), "once is not enough");
    let twice = [trust("2026-01-10", json!(2)), trust("2026-01-17", json!(null)), trust("2026-01-24", json!(1))];
    assert_eq!(flags(&twice), ["low-trust 2026-01-10"]);
    let broken = [trust("2026-01-10", json!(2)), trust("2026-01-17", json!(3)), trust("2026-01-24", json!(2))];
    assert!(flags(&broken).is_empty());
    let by_two = [("2026-01-10", "mentor", json!({ "trust": 1 })), trust("2026-01-17", json!(1))];
    assert!(flags(&by_two).is_empty(), "two people are no row");
}

#[test]
fn a_fall_is_measured_from_the_best_before() {
    let trust = |day, trust: f64| (day, "mentor", json!({ "trust": trust }));
    let falling =
        [trust("2026-01-06", 3.0), trust("2026-01-13", 5.0), trust("2026-01-20", 4.0), trust("2026-01-27", 3.0)];
    assert_eq!(flags(&falling), ["falling-trust 2026-01-27"]);
    assert!(flags(&falling[..3]).is_empty());
}

#[test]
fn silence_counts_from_the_last_check_in_or_the_start() {
    let at = |today: &str, check_ins: Value| {
        let given = json!({ "check_ins": check_ins, "context": { "today": today, "started": "2026-01-05" } });
        evaluate::<PulseRisk>(&settings().to_string(), &given.to_string()).expect("flags")
    };
    assert_eq!(at("2026-02-04", json!([])), r#"{"flags":[]}"#);
    assert_eq!(at("2026-02-05", json!([])), r#"{"flags":[{"since":"2026-01-05","code":"silent"}]}"#);
    let later = json!([{ "date": "2026-01-20" }, { "date": "2026-03-30" }]);
    assert_eq!(at("2026-02-19", later.clone()), r#"{"flags":[]}"#);
    assert_eq!(at("2026-02-20", later), r#"{"flags":[{"since":"2026-01-20","code":"silent"}]}"#);
}

#[test]
fn text_is_never_read_and_never_told() {
    let words = json!({ "going": "It goes badly, I stopped", "trust": "2", "comment": "badly", "list": ["badly"] });
    assert!(flags(&[("2026-01-10", "mentee", words)]).is_empty());
}

#[test]
fn settings_are_checked_at_once() {
    let settings = json!({ "silent_after_days": 0, "signals": [
        { "code": "silent", "question": "q", "at_most": 1 },
        { "code": "a", "question": "", "at_most": 1, "codes": ["x"] },
        { "code": "a", "question": "q", "falls_by": 0, "in_a_row": 0 },
    ] });
    let problems: Vec<Value> =
        serde_json::from_str(&check_survey::<PulseRisk>(&settings.to_string()).expect("problems")).expect("JSON");
    let places: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {}", problem["column"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        places,
        [
            "silent_after_days range",
            "code repeated",
            "question missing",
            "codes missing",
            "code repeated",
            "falls_by range",
            "in_a_row range"
        ]
    );
    let given = json!({ "context": { "today": "2026-01-31", "started": "2026-01-31" } }).to_string();
    let failure = evaluate::<PulseRisk>(&settings.to_string(), &given).expect_err("bad settings");
    assert_eq!(failure.message, "a pair can be silent after one day at the earliest");
    let failure = evaluate::<PulseRisk>("{}", &given.replace("2026-01-31", "31.1.26")).expect_err("no date");
    assert_eq!(failure.message, "today is no date: write it as 2026-01-31");
    let failure = evaluate::<PulseRisk>(r#"{ "signal": [] }"#, &given).expect_err("misspelt");
    assert!(failure.message.contains("unknown field `signal`"), "{failure}");
}

#[test]
fn the_settings_schema_has_what_the_settings_have() {
    let schema: Value = serde_json::from_str(include_str!("../settings.schema.json")).expect("JSON");
    let silent = &schema["properties"]["silent_after_days"]["default"];
    let read: crate::Settings = serde_json::from_value(json!({ "silent_after_days": silent })).expect("settings");
    assert_eq!(read, serde_json::from_value(json!({})).expect("settings"));
    let signal = &schema["properties"]["signals"]["items"]["properties"];
    let all = json!({ "code": "c", "question": "q", "codes": [], "at_most": 1, "falls_by": 1, "in_a_row": 1 });
    assert!(serde_json::from_value::<crate::Signal>(all.clone()).is_ok());
    assert!(signal.as_object().unwrap().keys().eq(all.as_object().unwrap().keys()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_check_ins_on_different_days_does_not_matter(
        days in prop::collection::btree_map(5u8..32, (0u8..2, 1u8..6, 0usize..3), 0..8),
        seed in any::<prop::sample::Index>(),
    ) {
        let going = ["well", "badly", "stopped"];
        let check_ins: Vec<(String, &str, Value)> = days
            .into_iter()
            .map(|(day, (by, trust, code))| {
                let by = if by == 0 { "mentor" } else { "mentee" };
                (format!("2026-01-{day:02}"), by, json!({ "trust": trust, "going": going[code] }))
            })
            .collect();
        let mut rows: Vec<(&str, &str, Value)> =
            check_ins.iter().map(|(day, by, answers)| (day.as_str(), *by, answers.clone())).collect();
        let sorted = flags(&rows);
        if !rows.is_empty() {
            let by = seed.index(rows.len());
            rows.rotate_left(by);
        }
        prop_assert_eq!(flags(&rows), sorted);
    }

    #[test]
    fn no_json_panics(settings in "\\PC{0,60}", given in "\\PC{0,60}") {
        let _ = evaluate::<PulseRisk>(&settings, &given);
        let _ = evaluate::<PulseRisk>(&super::tests::settings().to_string(), &given);
    }
}
