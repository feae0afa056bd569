//! Acts that the whole story does not have.

use crate::house::house;
use serde_json::json;

#[test]
fn a_participant_can_leave_and_come_back() {
    let house = house();
    let run = house.start_with_people();
    let left = house.post(&format!("{run}/participants/person-1/withdraw"), json!({}));
    assert_eq!((left.status, &left.json["status"]), (200, &json!("withdrawn")));
    let again = house.post(&format!("{run}/participants/person-1/withdraw"), json!({}));
    assert_eq!((again.status, &again.json["code"]), (409, &json!("run::withdrawn")));
    let back = json!({"role": "mentor", "name": "Amara Diaz", "email": "amara@example.org"});
    let back = house.post(&format!("{run}/participants"), back);
    assert_eq!((back.status, &back.json["added"]), (201, &json!(["person-5"])));
    assert!(back.location.ends_with("/participants/person-5"), "{}", back.location);
}

#[test]
fn a_run_can_be_cancelled_and_then_takes_nothing_more() {
    let house = house();
    let run = house.start_with_people();
    let over = house.post(&format!("{run}/cancel"), json!({"reason": "no sponsor"}));
    assert_eq!((over.status, &over.json["status"]), (200, &json!("cancelled")));
    let late = house.post(&format!("{run}/recruitments/volunteers/close"), json!({}));
    assert_eq!((late.status, &late.json["code"]), (409, &json!("run::over")));
    assert_eq!(house.get(&run).json["cancelled"], "no sponsor");
    let resumed = house.post(&format!("{run}/resume"), json!({}));
    assert_eq!(resumed.status, 409);
}

#[test]
fn a_session_can_be_called_off() {
    let house = house();
    let run = house.start_with_people();
    house.clock_to("2026-03-16T09:00:00Z");
    let cancelled = house.post(&format!("{run}/sessions/session-1/cancel"), json!({"reason": "The room is flooded"}));
    assert_eq!((cancelled.status, &cancelled.json["status"]), (200, &json!("cancelled")));
}

#[test]
fn the_same_letter_twice_is_one_letter() {
    let house = house();
    let run = house.start();
    let letter = json!({"name": "surge-over", "key": "2026-11-03"});
    assert_eq!(house.post(&format!("{run}/signals"), letter.clone()).json, json!({"signal": "signal-1"}));
    assert_eq!(house.post(&format!("{run}/signals"), letter).json, json!({"signal": null}));
}

#[test]
fn the_clock_stops_at_every_moment_that_is_due() {
    let house = house();
    let run = house.start_with_people();
    let moved = house.clock_to("2026-05-01T09:00:00Z");
    assert!(moved.json["woken"].as_u64().unwrap() >= 2, "{moved:?}");
    let closed = house.journal(&run).into_iter().find(|entry| entry["event"]["event"] == "recruitment_closed");
    assert_eq!(closed.unwrap()["at"], "2026-03-16T09:00:00Z");
    // It never goes back.
    assert_eq!(house.clock_to("2026-04-01T09:00:00Z").json["now"], "2026-05-01T09:00:00Z");
}
