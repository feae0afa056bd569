//! Where a run goes as it stands and amended, side by side.

use super::forecast::{day, nth, of};
use crate::{
    failure::count,
    output::{self, plain},
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::forecast::{Compared, Forecast, Wave};

/// Prints a row for each figure of the two forecasts.
pub(super) fn print(compared: &Compared) {
    let Compared { before, after } = compared;
    if before.over.is_some() {
        say!("\nThe run is over: there is nothing to forecast.");
        return;
    }
    let mut rows = vec![
        row("the end", compared, |forecast| of(forecast.ends.as_ref(), day)),
        row("meetings in all", compared, |forecast| of(forecast.meetings.as_ref(), ToString::to_string)),
        row("pairs that last", compared, |forecast| of(forecast.pairs.as_ref(), ToString::to_string)),
        row("tasks a week", compared, |forecast| of(forecast.tasks_per_week.as_ref(), |tasks| format!("{tasks:.1}"))),
        row("came to an end", compared, |forecast| format!("{} of {}", forecast.finished, forecast.times)),
        row("could not go on", compared, |forecast| format!("{} of {}", forecast.parked, forecast.times)),
    ];
    let mut waves: BTreeMap<(&SmolStr, usize), [Option<&Wave>; 2]> = BTreeMap::new();
    for (place, forecast) in [before, after].into_iter().enumerate() {
        for wave in &forecast.waves {
            waves.entry((&wave.survey, wave.sending)).or_default()[place] = Some(wave);
        }
    }
    for ((survey, sending), sent) in waves {
        let responses = |wave: Option<&Wave>| {
            wave.map_or_else(|| "not sent".into(), |wave| of(wave.responses.as_ref(), ToString::to_string))
        };
        rows.push([format!("answers to {}{}", plain(survey), nth(sending)), responses(sent[0]), responses(sent[1])]);
    }
    say!("\n{} each, from the same seeds; the middle, and where 8 in 10 lie", count(before.times as usize, "forecast"));
    output::table(["", "AS IT STANDS", "AMENDED"], &rows);
    if before.little_data {
        say!("note: little has happened yet; the forecasts rest on what the template assumes");
    }
}

fn row(what: &str, compared: &Compared, say_it: impl Fn(&Forecast) -> String) -> [String; 3] {
    [what.into(), say_it(&compared.before), say_it(&compared.after)]
}
