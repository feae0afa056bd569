//! Writes the reports of a template's rehearsals, to be looked at in a browser:
//! `cargo run -p turnabout-render --example report -- workflows/ambulance target`

use std::{error::Error, fs, path::Path};
use turnabout_core::{
    limits::Limits,
    rehearse::{House, Rehearsed, rehearse, verdicts},
};
use turnabout_render::{
    Look,
    messages::MessageCheck,
    pages::{RunCard, StatusPage, status_page},
    report::{ManyReport, RehearsalReport, Summary, many_report, rehearsal_report},
};
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};

const TIMES: u64 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [template, out] = arguments.as_slice() else {
        return Err("name a template's folder and where to write".into());
    };
    let sandbox = Sandbox::with_standard_plugins()?;
    let files = turnabout_template::read_folder(Path::new(template))?;
    let scripts = RhaiScripts::new(ScriptLimits::standard());
    let (bundle, _) = turnabout_template::load(files, &scripts, &MessageCheck)
        .map_err(|problems| problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("\n"))?;
    let house = House { rules: &sandbox, limits: Limits::standard() };
    let mut runs = Vec::new();
    for (name, plan) in &bundle.rehearsals {
        let write = |kind: &str, page: String| fs::write(Path::new(out).join(format!("{name}-{kind}.html")), page);
        let rehearsed = rehearse(&bundle, plan, plan.seed, house)?;
        let verdicts_of = |rehearsed: &Rehearsed| verdicts(rehearsed, &plan.expect);
        let report = RehearsalReport::of(&rehearsed, &bundle, &verdicts_of(&rehearsed));
        write("report", rehearsal_report(&report, &Look::default()))?;
        let mut summaries = Vec::new();
        for seed in 0..TIMES {
            let rehearsed = rehearse(&bundle, plan, seed, house)?;
            summaries.push(Summary::of(&rehearsed, &verdicts_of(&rehearsed)));
        }
        write("many", many_report(&ManyReport::of(&summaries), &Look::default()))?;
        runs.extend(RunCard::of(&rehearsed.run, rehearsed.run.started));
    }
    let [version, api, openapi] = ["0.1.0", "/api/v1", "/api/v1/openapi.json"].map(Into::into);
    let page = status_page(&StatusPage { version, runs, more_runs: 0, api, openapi });
    fs::write(Path::new(out).join("status.html"), page)?;
    Ok(())
}
