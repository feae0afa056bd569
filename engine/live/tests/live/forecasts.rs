//! Forecasting a live run: nothing is written, and the same seed says the same.

use crate::house::{House, at, files, house, over};
use turnabout_core::{
    decide::Input,
    forecast::Spread,
    ports::{Store as _, StoreTable},
    rehearse::{Company, Stage as _, invent, live},
};
use turnabout_live::{Amend, Clock as _, Contact, Contacts, ForecastAsked, LiveLimits, LiveStage, NewRun};
use turnabout_model::{ParticipantId, Period, Personas, RunId, SessionId};

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
    assert_ne!(other, told, "another seed, another forecast");
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
fn a_forecast_of_a_paused_run_goes_on_after_the_pause() {
    let house = house();
    let run = trained(&house);
    let until = at("2026-06-19T17:00:00Z");
    house.engine.submit(&run, Input::Pause { until, reason: None }, |_| ()).unwrap();
    let told = house.engine.forecast(&run, ASKED).unwrap();
    assert!(told.finished > 30 && told.ends.as_ref().is_some_and(|ends| ends.p10 > until), "{told:#?}");
    let before = told.months.iter().filter(|month| month.month < jiff::civil::date(2026, 6, 1));
    let none = |spread: &Spread<usize>| spread.as_ref().is_none_or(|figure| figure.p90 == 0);
    assert!(before.clone().all(|month| none(&month.meetings) && none(&month.sessions)), "{told:#?}");
    assert!(before.count() >= 2);
}

const MOODY: &str = r#"fn programme(settings) {
    let cohort = recruit("volunteers", #{ closes: settings.recruitment });
    for n in 1..=3 {
        survey("mood " + n, cohort.everyone, #{ closes: days(10) });
    }
    sleep(weeks(8));
}
"#;

const MOOD: &str = r#"title = "Mood"
introduction = "How is it?"

[[questions]]
name = "mood"
text = "How is it?"
type = "likert"
required = true
"#;

/// Whether the fitted interval contains the rate and the delay that people lived with.
fn found(seed: u64) -> (bool, bool) {
    let house = house();
    house.engine.install(files(&[("programme.rhai", MOODY), ("surveys/mood.toml", MOOD)])).unwrap();
    let contact = Contact { name: "Noor Hale".into(), email: "noor@example.org".into() };
    let contacts = Contacts { contact: Some(contact), ..Contacts::default() };
    let new =
        NewRun { template: "small".into(), client: "acme".into(), seed: Some(seed), contacts, ..NewRun::default() };
    let begun = house.engine.start(new, None, |d| (d.at, d.after.run.id.clone(), d.events.to_vec())).unwrap().answer;
    let (start, run, events) = (begun.0, begun.1.unwrap(), begun.2);
    let (programme, surveys, zone) = house
        .engine
        .read(&run, |of| (of.bundle.programme.clone(), of.bundle.surveys.clone(), of.run.zone.clone()))
        .unwrap();
    let cohort = serde_json::from_value(serde_json::json!({ "mentors": 10, "mentees": 10 })).unwrap();
    // Applications come at least five days before the close: a coordinator who takes hours, and no day, over each has answered
    // all of them by then, whatever weekend is between. So each of the twenty is asked all three times.
    let personas = Personas {
        response_rate: 0.3,
        response_delay: Period::days(2),
        decline_rate: 0.0,
        coordinator_delay: Period::seconds(7_200),
        ..Personas::default()
    };
    let mut company = Company::new(invent(&cohort, &programme, seed), personas, surveys, zone, seed);
    let mut stage = LiveStage::new(&house.engine, house.clock.clone(), run.clone()).unwrap();
    for event in &events {
        company.react(stage.run(), start, event);
    }
    live(&mut stage, &mut company, start, Some(at("2026-05-01T09:00:00Z"))).unwrap();
    let fitted = house.engine.forecast(&run, ForecastAsked { times: 1, seed: 1 }).unwrap().fitted;
    assert_eq!((fitted.response.of, fitted.declined.of), (60, 20), "{fitted:?}");
    let [lower, upper] = fitted.response.ci95.unwrap();
    let delay = fitted.answer_delay.ci95.is_none_or(|[lower, upper]| lower < 2.0 && 2.0 < upper);
    (lower < 0.3 && 0.3 < upper, delay)
}

#[test]
fn the_rates_that_people_live_with_are_found_in_most_runs() {
    let lived: Vec<(bool, bool)> = (0..40).map(found).collect();
    let rate = lived.iter().filter(|(rate, _)| *rate).count();
    let delay = lived.iter().filter(|(_, delay)| *delay).count();
    assert!(rate >= 34 && delay >= 34, "95 % of 40 are 38: {rate} {delay}");
}

#[test]
fn an_amendment_is_forecast_beside_the_run_as_it_stands_and_nothing_is_written() {
    let house = house();
    let run = trained(&house);
    let longer = crate::house::SCRIPT.replace(
        "    task(\"Write the report\"",
        "    survey(\"mood\", cohort().everyone);\n    task(\"Write the report\"",
    );
    house.engine.install(files(&[("programme.rhai", &longer), ("surveys/mood.toml", MOOD)])).unwrap();
    let to = Amend { template: "small".into(), ..Amend::default() };
    let tables = [StoreTable::Runs, StoreTable::Timers, StoreTable::People, StoreTable::Responses, StoreTable::Outbox];
    let rows = |house: &House| tables.map(|table| house.store.scan(table, b"", None, 100_000).unwrap());
    let before = (rows(&house), house.journal(&run));
    let judged = house.engine.look_at_amendment(&run, &to, Some(ASKED)).unwrap();
    assert_eq!((rows(&house), house.journal(&run)), before);
    let compared = judged.forecast.unwrap();
    assert_eq!(compared.before, house.engine.forecast(&run, ASKED).unwrap());
    let sent = |forecast: &turnabout_core::forecast::Forecast| {
        forecast.waves.iter().map(|wave| wave.survey.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        (sent(&compared.before), sent(&compared.after)),
        (vec!["election".into()], vec!["election".into(), "mood".into()])
    );
    // One survey more, and everything else is as it was, down to the last draw.
    assert_eq!(
        (compared.before.meetings, compared.before.waves[0].clone()),
        (compared.after.meetings, compared.after.waves[0].clone())
    );
    assert!(compared.before.ends < compared.after.ends);
    let too_many = house.engine.look_at_amendment(&run, &to, Some(ForecastAsked { times: 201, seed: 1 }));
    assert_eq!(too_many.unwrap_err().code(), "live::forecasts");
}

#[test]
fn a_forecast_that_takes_longer_than_anybody_waits_is_given_up() {
    let house = house();
    let run = trained(&house);
    let longer = crate::house::SCRIPT
        .replace("    task(\"Write the report\"", "    sleep(weeks(1));\n    task(\"Write the report\"");
    house.engine.install(files(&[("programme.rhai", &longer)])).unwrap();
    let live = LiveLimits { forecast_time: std::time::Duration::ZERO, ..LiveLimits::standard() };
    let hurried = over(house.store.clone(), house.clock.now(), live);
    let error = hurried.engine.forecast(&run, ASKED).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("live::forecast_too_slow", "the forecast was given up after 0 seconds: the run had gone on 0 of 40 times")
    );
    let to = Amend { template: "small".into(), ..Amend::default() };
    assert!(hurried.engine.look_at_amendment(&run, &to, None).unwrap().clean);
    let error = hurried.engine.look_at_amendment(&run, &to, Some(ASKED)).unwrap_err();
    assert_eq!(error.code(), "live::forecast_too_slow");
}

#[test]
fn a_run_that_is_over_says_so_and_a_number_that_makes_no_sense_is_refused() {
    let house = house();
    let run = trained(&house);
    for times in [0, 401] {
        let error = house.engine.forecast(&run, ForecastAsked { times, ..ASKED }).unwrap_err();
        assert_eq!(error.code(), "live::forecasts");
    }
    house.engine.submit(&run, Input::Cancel { reason: "No budget".into() }, |_| ()).unwrap();
    let told = house.engine.forecast(&run, ASKED).unwrap();
    assert!(told.over.is_some() && told.ends.is_none() && told.finished == 0);
}
