//! Pausing a run through the API.

use crate::house::house;
use serde_json::json;

#[test]
fn a_paused_run_says_until_when_wherever_it_is_shown() {
    let house = house();
    let run = house.start_with_people();
    let body = json!({"until": "2026-04-01", "reason": "Winter pressure"}).to_string();
    let pause = || house.send("POST", &format!("{run}/pause"), "application/json", &body, &[("idempotency-key", "p")]);
    let (first, second) = (pause(), pause());
    // The first of April begins an hour before midnight in London's summer.
    assert_eq!((first.status, &first.json["paused_until"]), (200, &json!("2026-03-31T23:00:00Z")));
    assert_eq!(first.json, second.json);
    let shown = house.get(&run).json;
    assert_eq!(shown["pause"]["reason"], "Winter pressure");
    assert_eq!((&shown["next_due"], &shown["status"]), (&json!("2026-03-31T23:00:00Z"), &json!("running")));
    let page = house.get("/").text;
    assert!(page.contains("Wed 1 Apr 2026, 00:00 (Europe/London)") && !page.contains("Running"), "{page}");
    let told = house.get(&format!("{run}/timeline?limit=100")).text;
    assert!(told.contains("The run is paused until 2026-03-31T23:00:00Z: Winter pressure."), "{told}");
    let before = house.journal(&run).len();
    house.clock_to("2026-03-31T22:59:00Z");
    assert_eq!(house.journal(&run).len(), before);

    let unpaused = house.post(&format!("{run}/unpause"), json!({}));
    assert_eq!((unpaused.status, &unpaused.json["paused_until"]), (200, &serde_json::Value::Null));
    assert!(!house.get("/").text.contains("Paused until"));
    let again = house.post(&format!("{run}/pause"), json!({"until": "2026-04-30T08:00:00+01:00"}));
    assert_eq!((again.status, &again.json["paused_until"]), (200, &json!("2026-04-30T07:00:00Z")));
    house.clock_to("2026-04-30T07:00:00Z");
    assert_eq!(house.get(&run).json["pause"], serde_json::Value::Null);
}
