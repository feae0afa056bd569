//! `turnabout test PATH...`: a template's rehearsals are its tests.

use crate::{
    client_file, diagnostics,
    failure::Failure,
    house::{self, House},
};
use std::{path::PathBuf, process::ExitCode};
use turnabout_core::rehearse::{rehearse, verdicts};

/// Runs every rehearsal of templates and checks what each expects
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The templates' folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let house = House::new()?;
    let (mut met, mut missed, mut not_done) = (0, 0, 0);
    for path in house::templates(&args.paths)? {
        let bundle = house.load(path, true)?;
        house.prepare(&bundle)?;
        // A client's settings may leave no time for what its template's rehearsals order: that is told and fails nothing.
        let own = client_file::of_folder(path).is_none() || client_file::has_own_rehearsals(path);
        if bundle.rehearsals.is_empty() {
            say!("{}: no rehearsals", bundle.programme.name);
            missed += 1;
        }
        for (name, plan) in &bundle.rehearsals {
            say!("{} / {name}: {}", bundle.programme.name, plan.summary);
            let rehearsed = rehearse(&bundle, plan, plan.seed, house.for_rehearsal())?;
            let verdicts = verdicts(&rehearsed, &plan.expect);
            super::rehearse::print_verdicts(&verdicts);
            super::rehearse::print_not_done(&rehearsed);
            let parked = rehearsed.run.journeys.iter().filter_map(|journey| journey.problem());
            diagnostics::print_problems(parked, &bundle.files);
            met += verdicts.iter().filter(|verdict| verdict.met).count();
            missed += verdicts.iter().filter(|verdict| !verdict.met).count();
            not_done += if own { rehearsed.not_done.len() } else { 0 };
        }
    }
    let lost = if not_done == 0 { String::new() } else { format!(", {not_done} ordered and not done") };
    say!("\n{met} met, {missed} not met{lost}");
    Ok(if missed + not_done == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
