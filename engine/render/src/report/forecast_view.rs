//! The page of a forecast: where a live run is going, and from how much that is known.

use super::{
    charts::{self, Column},
    forecast_rates::rates,
    pauses,
};
use crate::html::{self, Page, words};
use jiff::{Span, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use turnabout_core::forecast::{Figure, Forecast, Month, Spread, Week};

/// Of which run a forecast is.
#[derive(Debug, Clone, Copy)]
pub struct ForecastOf<'a> {
    /// For whom it runs.
    pub client: &'a str,
    /// The name of its template.
    pub template: &'a str,
    /// Its IANA time zone.
    pub zone: &'a str,
}

/// Writes a forecast as a page of its own. Nothing of what anybody answered is in it.
pub fn forecast_report(forecast: &Forecast, of: ForecastOf<'_>) -> String {
    html::render(Page::Forecast, &view(forecast, of))
}

fn view(forecast: &Forecast, of: ForecastOf<'_>) -> Value {
    let zone = TimeZone::get(of.zone).unwrap_or(TimeZone::UTC);
    let day = |at: Timestamp| words::long(words::date(at, &zone));
    let times = usize::try_from(forecast.times).unwrap_or(usize::MAX);
    let (months, weeks) = (month_columns(forecast, &zone), week_columns(forecast, &zone));
    let (months_words, weeks_words) = (months_in_words(forecast, &zone), weeks_in_words(forecast));
    json!({
        "title": format!("Forecast for {}", words::known_as(of.client)),
        "template": of.template,
        "from": words::moment(forecast.from, &zone),
        "zone": of.zone,
        "times": words::count(times, "forecast"),
        "seed": forecast.seed,
        "over": forecast.over.map_or(String::new(), day),
        "going": forecast.over.is_none(),
        "pauses": forecast.pauses.iter().map(|pause| pauses::when(pause, &zone)).collect::<Vec<_>>(),
        "finished": format!("{} of {}", words::grouped(forecast.finished), words::grouped(times)),
        "unfinished": forecast.finished < times,
        "parked": if forecast.parked == 0 { String::new() } else { words::grouped(forecast.parked) },
        "little": forecast.little_data,
        "end": forecast.ends.map_or("no end within five years".into(), |end| day(end.p50)),
        "figures": [
            figure("The end", forecast.ends.as_ref(), |end| words::day(*end, &zone)),
            figure("Meetings in all", forecast.meetings.as_ref(), |n| words::grouped(*n)),
            figure("Pairs that last", forecast.pairs.as_ref(), |n| words::grouped(*n)),
            figure("Coordinator's tasks a week", forecast.tasks_per_week.as_ref(), |n| words::number(*n, 1)),
        ],
        "months_rest": months.iter().any(|column| !column.rests.is_empty()),
        "weeks_rest": weeks.iter().any(|column| !column.rests.is_empty()),
        "months_chart": charts::columns(&months, &months_words),
        "months_words": months_words,
        "months": forecast.months.iter().map(|month| month_row(month, forecast, &zone)).collect::<Vec<_>>(),
        "weeks_chart": charts::columns(&weeks, &weeks_words),
        "weeks_words": weeks_words,
        "weeks": forecast.weeks.iter().map(|week| json!({
            "starts": words::short(week.starts),
            "tasks": range(week.tasks),
        })).collect::<Vec<_>>(),
        "waves": forecast.waves.iter().map(|wave| json!({
            "survey": format!(
                "{}{}",
                words::title(&wave.survey),
                if wave.sending > 1 { format!(" ({})", wave.sending) } else { String::new() }
            ),
            "sent": format!("{} of {}", words::grouped(wave.forecasts), words::grouped(times)),
            "invited": range(wave.invited),
            "p10": one(wave.responses, |figure| figure.p10),
            "p50": one(wave.responses, |figure| figure.p50),
            "p90": one(wave.responses, |figure| figure.p90),
        })).collect::<Vec<_>>(),
        "rates": rates(&forecast.fitted),
    })
}

fn figure<T>(name: &str, figure: Option<&Figure<T>>, say: impl Fn(&T) -> String) -> Value {
    let [p10, p50, p90] = figure.map_or(["none".into(), "none".into(), "none".into()], |figure| {
        [say(&figure.p10), say(&figure.p50), say(&figure.p90)]
    });
    json!({ "name": name, "p10": p10, "p50": p50, "p90": p90 })
}

fn one(spread: Spread<usize>, of: impl Fn(&Figure<usize>) -> usize) -> String {
    spread.map_or_else(|| "none".into(), |figure| words::grouped(of(&figure)))
}

/// The middle, and from where to where 8 in 10 forecasts lie, if they differ.
fn range(spread: Spread<usize>) -> String {
    match spread {
        None => "0".into(),
        Some(Figure { p10, p50, p90 }) if p10 == p90 => words::grouped(p50),
        Some(Figure { p10, p50, p90 }) => {
            let [low, half, high] = [p10, p50, p90].map(words::grouped);
            format!("{half} ({low} to {high})")
        }
    }
}

fn parts(spread: Spread<usize>) -> [usize; 3] {
    spread.map_or([0; 3], |figure| [figure.p10, figure.p50, figure.p90])
}

/// A count; nothing for 0, so that the few months with one stand out.
fn unless_zero(n: usize) -> String {
    if n == 0 { String::new() } else { words::grouped(n) }
}

fn month_row(month: &Month, forecast: &Forecast, zone: &TimeZone) -> Value {
    let rests = !rests(forecast, month.month, 1.month(), zone).is_empty();
    json!({
        "month": format!("{}{}", month.month.strftime("%B %Y"), if rests { ", paused for a while" } else { "" }),
        "meetings_held": unless_zero(month.meetings_held),
        "meetings": range(month.meetings),
        "sessions_held": unless_zero(month.sessions_held),
        "sessions_planned": unless_zero(month.sessions_planned),
        "sessions": range(month.sessions),
    })
}

/// The year, where it is another than before.
fn years(dates: impl Iterator<Item = Date>) -> Vec<String> {
    let mut before = None;
    dates
        .map(|date| {
            let new = before.replace(date.year()) != Some(date.year());
            if new { date.year().to_string() } else { String::new() }
        })
        .collect()
}

/// Which parts of a time from a day on are paused.
fn rests(forecast: &Forecast, from: Date, lasts: Span, zone: &TimeZone) -> Vec<(f64, f64)> {
    pauses::shares(&forecast.pauses, (from, from.saturating_add(lasts)), zone)
}

fn month_columns(forecast: &Forecast, zone: &TimeZone) -> Vec<Column> {
    let months = &forecast.months;
    let years = years(months.iter().map(|month| month.month));
    let column = |(month, year): (&Month, String)| Column {
        name: month.month.strftime("%b").to_string(),
        year,
        held: month.meetings_held,
        forecast: parts(month.meetings),
        rests: rests(forecast, month.month, 1.month(), zone),
        words: format!(
            "{}: {} held, {} to come",
            month.month.strftime("%B %Y"),
            month.meetings_held,
            range(month.meetings)
        ),
    };
    months.iter().zip(years).map(column).collect()
}

fn week_columns(forecast: &Forecast, zone: &TimeZone) -> Vec<Column> {
    let weeks = &forecast.weeks;
    let years = years(weeks.iter().map(|week| week.starts));
    let column = |(week, year): (&Week, String)| Column {
        name: week.starts.strftime("%-d %b").to_string(),
        year,
        held: 0,
        forecast: parts(week.tasks),
        rests: rests(forecast, week.starts, 1.week(), zone),
        words: format!("Week of {}: {} tasks", words::short(week.starts), range(week.tasks)),
    };
    weeks.iter().zip(years).map(column).collect()
}

fn months_in_words(forecast: &Forecast, zone: &TimeZone) -> String {
    let held: usize = forecast.months.iter().map(|month| month.meetings_held).sum();
    let to_come = forecast.meetings.map_or(0, |all| all.p50.saturating_sub(held));
    format!(
        "{} took place so far; half of the forecasts have {} or fewer to come.{}",
        words::count(held, "meeting"),
        words::grouped(to_come),
        pauses::sentences(&forecast.pauses, zone)
    )
}

fn weeks_in_words(forecast: &Forecast) -> String {
    forecast
        .weeks
        .iter()
        .filter_map(|week| Some((week.starts, week.tasks?.p90)))
        .max_by_key(|(_, tasks)| *tasks)
        .map_or_else(
            || "No task is to come.".into(),
            |(starts, tasks)| {
                format!(
                    "In the busiest week, that of {}, nine in ten forecasts have {} or fewer.",
                    words::long(starts),
                    words::count(tasks, "task")
                )
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: ForecastOf<'_> = ForecastOf { client: "fellmarch-trust", template: "ambulance", zone: "Europe/London" };

    /// A forecast from its JSON, which is what the server answers.
    fn told(over: Option<&str>) -> Forecast {
        let rate = json!({ "part": 3, "of": 10, "value": 0.3, "ci95": [0.11, 0.6], "little": true });
        let none = json!({ "part": 0, "of": 0, "value": 0.8, "ci95": null, "little": true });
        let figure = json!({ "p10": 3, "p50": 5, "p90": 12_000 });
        let ends =
            json!({ "p10": "2026-06-01T10:00:00Z", "p50": "2026-06-02T10:00:00Z", "p90": "2026-06-03T10:00:00Z" });
        serde_json::from_value(json!({
            "from": "2026-03-01T10:00:00Z", "times": 40, "seed": 7, "over": over, "little_data": true, "finished": 39,
            "parked": 1, "ends": ends, "meetings": figure, "pairs": figure, "tasks_per_week": figure,
            "fitted": { "response": rate, "attendance": none, "cancellation": none, "signing": none, "meetings": rate,
                "withdrawal": none, "declined": none,
                "answer_delay": { "of": 3, "days": 2.5, "ci95": [1.0, 6.0], "little": true } },
            "waves": [{ "survey": "<mid>", "sending": 2, "forecasts": 40, "invited": figure, "responses": figure }],
            "months": [{ "month": "2026-03-01", "meetings_held": 2, "meetings": figure, "sessions_held": 0,
                "sessions_planned": 1, "sessions": figure }],
            "weeks": [{ "starts": "2026-03-02", "tasks": figure }],
        }))
        .unwrap()
    }

    #[test]
    fn a_page_says_that_it_is_invented_where_it_goes_and_from_how_much() {
        let page = forecast_report(&told(None), OF);
        for part in [
            "A forecast with invented behaviour",
            "Forecast for Fellmarch trust",
            "Half of the forecasts end by 2 June 2026.",
            "40 forecasts, seed 7",
            "39 of 40",
            "5 (3 to 12\u{202f}000)",
            "11% to 60%",
            "3 of 10 asked",
            "2.5 days",
            "Assumed",
            "Little data",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("<mid>") && !page.contains("<script"), "data is no markup");
    }

    #[test]
    fn a_pause_is_hatched_and_told() {
        let mut forecast = told(None);
        assert!(!forecast_report(&forecast, OF).contains("aused"));
        forecast.pauses = vec![turnabout_core::run::Pause {
            since: "2026-03-03T09:00:00Z".parse().unwrap(),
            until: "2026-03-30T23:00:00Z".parse().unwrap(),
            reason: Some("winter <surge>".into()),
        }];
        let page = forecast_report(&forecast, OF);
        for part in
            ["Paused, 3 March 2026 to 31 March 2026: winter &lt;surge&gt;", "March 2026, paused for a while", "hatch"]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("<surge>"), "a reason is no markup");
    }

    #[test]
    fn a_run_that_is_over_is_not_forecast() {
        let page = forecast_report(&told(Some("2026-02-01T10:00:00Z")), OF);
        assert!(page.contains("The run is over since 1 February 2026"));
        assert!(!page.contains("Where it is going"));
    }
}
