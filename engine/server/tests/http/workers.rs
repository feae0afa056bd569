//! Without a request: runs are woken when they are due.

use crate::house::{Setup, house_with};
use serde_json::json;

#[test]
fn a_run_is_woken_when_its_time_has_come() {
    let house = house_with(Setup { clock_by_route: false, ..Setup::default() });
    let run = house.start_with_people();
    house.clock.advance_to("2026-03-16T09:00:00Z".parse().unwrap());
    // Any commit lets the worker look at the timers again.
    assert_eq!(house.post(&format!("{run}/signals"), json!({"name": "n", "key": "k"})).status, 200);
    while house.get(&run).json["stage"] != "Training" {
        std::thread::yield_now();
    }
}
