//! Writes a table plan of 19 rounds with long names, to be printed:
//! `cargo run -p turnabout-render --example tables -- target`

use jiff::{SignedDuration, Timestamp};
use std::{error::Error, fs, path::Path};
use turnabout_render::pages::{TableDate, TablePlan, TableRound, table_plan_page};

const NAMES: [&str; 19] = [
    "Whitfield",
    "Fairbairn",
    "Featherstonehaugh",
    "Okonkwo-Adeyemi",
    "Cholmondeley",
    "Papadimitriou",
    "Wolstenholme",
    "Venkataraghavan",
    "Marjoribanks",
    "Szczepanik",
    "Oyelaran",
    "Throckmorton",
    "Brzezinski",
    "Quartermaine",
    "Abernethy",
    "Ramachandran",
    "Leveson-Gower",
    "Mwangi",
    "Li",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("name where to write")?;
    let starts: Timestamp = "2026-07-01T09:00:00Z".parse()?;
    let mut rounds = Vec::new();
    for at in 0..NAMES.len() {
        let starts = starts + SignedDuration::from_mins(8 * i64::try_from(at)?);
        let dates = (0..NAMES.len()).map(|table| TableDate {
            table: table + 1,
            mentor: format!("Bartholomew {}", NAMES[table]),
            mentee: format!("Alexandrina {}", NAMES[(table + at) % NAMES.len()]),
        });
        rounds.push(TableRound { starts, ends: starts + SignedDuration::from_mins(6), dates: dates.collect() });
    }
    let plan = TablePlan { session: "speed-dating".into(), time_zone: "Europe/London".into(), rounds };
    fs::write(Path::new(&out).join("tables.html"), table_plan_page(&plan))?;
    Ok(())
}
