//! `turnabout survey import FILE.xlsx`: a workbook as a template's survey.

use super::imported::{Finding, Placed, check};
use crate::{
    client_file, diagnostics,
    failure::{Failure, count},
    new_file::{self, Existing},
    output::{self, plain},
};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_model::{Severity, Survey};
use turnabout_xlsform::{CellProblem, Imported, import};

/// Reads an XLSForm workbook as a survey, and checks it as `turnabout check` does
///
/// Every problem is named with its sheet, row and column. What is to lie in a template's folder surveys is checked within
/// it, with the logic that the template pins; anything else with the logic that comes with the engine. What a survey cannot
/// keep is left out with a warning. Nothing is written if there is an error.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workbook
    #[arg(value_name = "FILE.xlsx")]
    file: PathBuf,
    /// The file to write, for example workflows/police/surveys/half-way.toml; else the survey goes to standard output
    #[arg(long, value_name = "surveys/NAME.toml")]
    to: Option<PathBuf>,
    /// What the survey is for and who reads the answers, if the workbook does not say
    #[arg(long, value_name = "TEXT")]
    introduction: Option<String>,
    /// Replace the file if it is there already
    #[arg(long)]
    force: bool,
    /// Print the outcome and all diagnostics as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    /// The form's id.
    survey: Option<&'a str>,
    /// The file that was written.
    file: Option<String>,
    /// The survey, if it was written to no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    toml: Option<&'a str>,
    questions: Option<usize>,
    diagnostics: &'a [Finding],
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    if let Some(to) = &args.to {
        new_file::ends_in(to, "toml")?;
        new_file::free(to, existing)?;
    }
    let introduction = args.introduction.as_deref().filter(|text| !text.trim().is_empty());
    let imported = match import(&client_file::bytes(&args.file)?) {
        Ok(imported) => introduced(imported, introduction),
        Err(problems) => return refused(args, unless_introduced(problems, introduction)),
    };
    if imported.warnings.iter().any(|problem| problem.severity == Severity::Error) {
        return refused(args, imported.warnings);
    }
    let (survey, warnings) = (&imported.survey, &imported.warnings);
    let toml = written(survey)?;
    let file = args.to.as_deref().unwrap_or(Path::new("survey.toml"));
    let placed = Placed { file, toml: &toml, imported: &imported };
    let found = check(&placed)?;
    let sound = !found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if let (Some(to), true) = (&args.to, sound) {
        new_file::write(to, toml.as_bytes(), existing)?;
    }
    if args.json {
        let mut all: Vec<Finding> = warnings.iter().cloned().map(Finding::from).collect();
        all.extend(found.into_iter().map(|diagnostic| placed.finding(diagnostic)));
        let answer = Answer {
            ok: sound,
            survey: imported.name.as_deref(),
            file: args.to.as_ref().filter(|_| sound).map(|to| to.display().to_string()),
            toml: args.to.is_none().then_some(toml.as_str()),
            questions: Some(survey.items().len()),
            diagnostics: &all,
        };
        output::json(&answer)?;
        return Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(2) });
    }
    warn(warnings);
    let shown: Vec<_> = found.into_iter().map(|diagnostic| placed.with_cell(diagnostic)).collect();
    diagnostics::print(&shown, &[(placed.name(), toml.clone().into_bytes())].into());
    let errors = shown.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 0 {
        return Err(Failure::Survey { path: args.file.display().to_string(), errors });
    }
    match &args.to {
        Some(to) => say!("{}: {}", to.display(), count(survey.items().len(), "question")),
        None => say!("{}", toml.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Gives a survey the introduction that a form has no place for; without one it is no survey.
fn introduced(mut imported: Imported, introduction: Option<&str>) -> Imported {
    if let Some(text) = introduction.filter(|_| imported.survey.introduction.is_empty()) {
        imported.survey.introduction = text.into();
    }
    imported.warnings = unless_introduced(imported.warnings, introduction);
    imported
}

/// That a form has no introduction is an error, unless one is given.
fn unless_introduced(mut problems: Vec<CellProblem>, introduction: Option<&str>) -> Vec<CellProblem> {
    let of_it = |problem: &CellProblem| problem.code == "xlsform::no_introduction";
    if introduction.is_some() {
        problems.retain(|problem| !of_it(problem));
    }
    for problem in problems.iter_mut().filter(|problem| of_it(problem)) {
        problem.severity = Severity::Error;
        problem.help = format!("give it with --introduction TEXT, or {}", problem.help);
    }
    problems
}

fn written(survey: &Survey) -> Result<String, Failure> {
    turnabout_template::write_survey(survey).map_err(|error| Failure::Internal(error.to_string()))
}

fn refused(args: &Args, problems: Vec<CellProblem>) -> Result<ExitCode, Failure> {
    if args.json {
        let all: Vec<Finding> = problems.into_iter().map(Finding::from).collect();
        let answer = Answer { ok: false, survey: None, file: None, toml: None, questions: None, diagnostics: &all };
        output::json(&answer)?;
        return Ok(ExitCode::from(2));
    }
    let (errors, warnings): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.severity == Severity::Error);
    warn(&warnings);
    Err(Failure::Workbook { path: args.file.display().to_string(), errors })
}

fn warn(warnings: &[CellProblem]) {
    for warning in warnings {
        eprintln!("warning[{}]: {}", warning.code, plain(&warning.to_string()));
    }
}
