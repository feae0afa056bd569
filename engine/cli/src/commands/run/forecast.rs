//! `turnabout run forecast RUN`: where a run is going.

use super::minute;
use crate::{
    client::{RunName, Server},
    failure::{Failure, count},
    new_file::{self, Existing},
    output::{self, plain},
};
use jiff::Timestamp;
use std::{path::PathBuf, process::ExitCode};
use turnabout_core::forecast::{Delay, Figure, Forecast, Rate};
use turnabout_live::views::RunSummary;
use turnabout_render::report::{ForecastOf, forecast_report};

/// Forecasts a run from where it stands, many times over; nothing is written
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// How many times it goes on
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=400))]
    times: u32,
    /// The same seed gives the same forecast
    #[arg(long, default_value_t = 7)]
    seed: u64,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
    /// Write a report that can be read in a browser; an earlier page of Turnabout's is replaced, and no other file
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Replace whatever file is there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let answer = client.get(&format!("/runs/{}/forecast?times={}&seed={}", run, args.times, args.seed))?;
    let forecast: Forecast = client.read(&answer)?;
    if let Some(path) = &args.report {
        let summary: RunSummary = client.read(&client.get(&format!("/runs/{run}"))?)?;
        let of = ForecastOf { client: &summary.client, template: &summary.template, zone: &summary.time_zone };
        let page = forecast_report(&forecast, of);
        new_file::write(path, page.as_bytes(), Existing::of_report(args.force))?;
    }
    if args.json {
        output::json(&answer)?;
    } else {
        print(&forecast);
        if let Some(path) = &args.report {
            say!("\nThe report is in {}", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(forecast: &Forecast) {
    if let Some(over) = forecast.over {
        say!("The run is over since {}: there is nothing to forecast.", minute(over));
        return;
    }
    let fitted = &forecast.fitted;
    say!("So far");
    rate("answer a survey", &fitted.response, Unit::Share);
    rate("come to a session", &fitted.attendance, Unit::Share);
    rate("sign an agreement", &fitted.signing, Unit::Share);
    rate("sessions called off", &fitted.cancellation, Unit::Share);
    rate("meetings of a pair", &fitted.meetings, Unit::Monthly);
    rate("withdrawals of a participant", &fitted.withdrawal, Unit::Monthly);
    rate("applications declined", &fitted.declined, Unit::Share);
    delay(&fitted.answer_delay);
    if forecast.little_data {
        say!("  note: little has happened yet; what is marked rests on what the template assumes");
    }
    say!("\n{} from {} (UTC)", count(forecast.times as usize, "forecast"), minute(forecast.from));
    say!("  came to an end: {} of {}", forecast.finished, forecast.times);
    if forecast.parked > 0 {
        say!("  could not go on: {} of {}", forecast.parked, forecast.times);
    }
    figure("the end", forecast.ends.as_ref(), day);
    figure("meetings in all", forecast.meetings.as_ref(), ToString::to_string);
    figure("pairs that last", forecast.pairs.as_ref(), ToString::to_string);
    figure("tasks a week", forecast.tasks_per_week.as_ref(), |tasks| format!("{tasks:.1}"));
    for wave in &forecast.waves {
        let which = nth(wave.sending);
        figure(&format!("answers to {}{which}", plain(&wave.survey)), wave.responses.as_ref(), ToString::to_string);
    }
}

/// The day of a moment, in UTC.
pub(super) fn day(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// Which sending of a survey, if it is not the first.
pub(super) fn nth(sending: usize) -> String {
    if sending > 1 { format!(" ({sending})") } else { String::new() }
}

/// A figure in a cell: the middle, and where 8 in 10 lie.
pub(super) fn of<T>(spread: Option<&Figure<T>>, say_it: impl Fn(&T) -> String) -> String {
    spread.map_or_else(
        || "none".into(),
        |figure| format!("{} ({} to {})", say_it(&figure.p50), say_it(&figure.p10), say_it(&figure.p90)),
    )
}

#[derive(Clone, Copy)]
enum Unit {
    Share,
    Monthly,
}

fn rate(what: &str, rate: &Rate, unit: Unit) {
    let mark = if rate.little { " *" } else { "" };
    say!("  {what}: {}{mark}", rate_in_words(rate, unit));
}

fn rate_in_words(rate: &Rate, unit: Unit) -> String {
    let Rate { part, of, value, ci95, .. } = *rate;
    match (unit, ci95) {
        (Unit::Share, Some([lower, upper])) => {
            format!("{:.0} %, {part} of {of} (95 %: {:.0} to {:.0} %)", value * 100.0, lower * 100.0, upper * 100.0)
        }
        (Unit::Monthly, Some([lower, upper])) => {
            format!("{value:.2} a month, {part} seen (95 %: {lower:.2} to {upper:.2})")
        }
        (_, None) if part == 0 => format!("nothing seen yet, {value:.2} assumed"),
        // What people did is counted from its first day on; how often they do it in a month, only a month tells.
        (_, None) => format!("{part} seen, in too short a time to tell, {value:.2} assumed"),
    }
}

fn delay(delay: &Delay) {
    let Delay { of, days, ci95, little } = delay;
    let mark = if *little { " *" } else { "" };
    match ci95 {
        Some([lower, upper]) => {
            say!("  an answer takes: {days:.1} days, {of} seen (95 %: {lower:.1} to {upper:.1}){mark}");
        }
        None if *of == 0 => say!("  an answer takes: nothing seen yet, {days:.1} days assumed{mark}"),
        None => say!("  an answer takes: {of} seen do not tell it, {days:.1} days assumed{mark}"),
    }
}

/// Half have no more than the middle; 8 in 10 lie between the others.
fn figure<T>(what: &str, spread: Option<&Figure<T>>, say_it: impl Fn(&T) -> String) {
    if let Some(figure) = spread {
        let (low, middle, high) = (say_it(&figure.p10), say_it(&figure.p50), say_it(&figure.p90));
        say!("  {what}: {middle}; 8 in 10 forecasts from {low} to {high}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_said_also_where_it_does_not_tell_a_rate() {
        let rate = |part, of, ci95| Rate { part, of, value: 0.5, ci95, little: true };
        for (rate, unit, expected) in [
            (rate(0, 0, None), Unit::Share, "nothing seen yet, 0.50 assumed"),
            (rate(0, 0, None), Unit::Monthly, "nothing seen yet, 0.50 assumed"),
            (rate(1, 0, None), Unit::Monthly, "1 seen, in too short a time to tell, 0.50 assumed"),
            (rate(2, 4, Some([0.1, 1.5])), Unit::Monthly, "0.50 a month, 2 seen (95 %: 0.10 to 1.50)"),
            (rate(2, 4, Some([0.15, 0.85])), Unit::Share, "50 %, 2 of 4 (95 %: 15 to 85 %)"),
        ] {
            assert_eq!(rate_in_words(&rate, unit), expected);
        }
    }
}
