//! Forecasting a live run: nothing is written, and the same seed says the same.

use crate::house::{House, house};
use turnabout_core::{
    decide::Input,
    ports::{Store as _, StoreTable},
};
use turnabout_live::ForecastAsked;
use turnabout_model::{ParticipantId, RunId, SessionId};

const ASKED: ForecastAsked = ForecastAsked { times: 40, seed: 3 };

fn trained(house: &House) -> RunId {
    let run = house.start_with_people();
    house.engine.submit(&run, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    house.advance("2026-03-20T18:00:00Z");
    let attended = (1..=4).map(ParticipantId).collect();
    house.engine.submit(&run, Input::HoldSession { session: SessionId(1), attended }, |_| ()).unwrap();
    run
}

#[test]
fn a_forecast_goes_on_to_the_end_and_writes_nothing() {
    let house = house();
    let run = trained(&house);
    let tables = [StoreTable::Runs, StoreTable::Timers, StoreTable::People, StoreTable::Responses, StoreTable::Outbox];
    let rows = |house: &House| tables.map(|table| house.store.scan(table, b"", None, 100_000).unwrap());
    let (before, journal, memory) =
        (rows(&house), house.journal(&run), house.engine.read(&run, |of| of.run.clone()).unwrap());
    let told = house.engine.forecast(&run, ASKED).unwrap();
    assert_eq!(house.engine.forecast(&run, ASKED).unwrap(), told, "the same seed, the same forecast");
    let other = house.engine.forecast(&run, ForecastAsked { seed: 4, ..ASKED }).unwrap();
    assert_ne!(other.ends, None);
    assert_eq!((rows(&house), house.journal(&run)), (before, journal));
    assert_eq!(house.engine.read(&run, |of| of.run.clone()).unwrap(), memory);

    assert!(told.finished > 30, "{told:#?}");
    let ends = told.ends.unwrap();
    assert!(ends.p10 <= ends.p50 && ends.p50 <= ends.p90 && ends.p10 > told.from);
    assert_eq!(told.fitted.attendance.part, 4);
    assert!(told.little_data, "four people are little to go by");
    assert_eq!(told.waves[0].survey, "election");
}

#[test]
fn a_run_that_is_over_says_so_and_a_number_that_makes_no_sense_is_refused() {
    let house = house();
    let run = trained(&house);
    for times in [0, 1_001] {
        let error = house.engine.forecast(&run, ForecastAsked { times, ..ASKED }).unwrap_err();
        assert_eq!(error.code(), "live::forecasts");
    }
    house.engine.submit(&run, Input::Cancel { reason: "No budget".into() }, |_| ()).unwrap();
    let told = house.engine.forecast(&run, ASKED).unwrap();
    assert!(told.over.is_some() && told.ends.is_none() && told.finished == 0);
}
