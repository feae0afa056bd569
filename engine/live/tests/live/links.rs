//! Links in letters.

use crate::house::house;
use turnabout_core::ports::StoreTable;
use turnabout_live::FormOf;
use turnabout_model::{ParticipantId, WaveId};

#[test]
fn a_link_outlives_the_process_that_made_it() {
    let house = house();
    let run = house.start_with_people();
    let of = FormOf { wave: WaveId(1), participant: ParticipantId(1) };
    let code = house.engine.link_key().unwrap().code(&run, of);
    let again = house.restarted();
    assert!(again.engine.link_key().unwrap().is_code(&run, of, &code));
    assert_eq!(house.rows(StoreTable::Keys), 1, "the secret was drawn once");
}
