//! `turnabout survey export SURVEY --to FILE.xlsx`: a survey as a workbook that ODK, Kobo and others take.

use crate::{
    client_file, diagnostics,
    failure::Failure,
    new_file::{self, Existing},
    output,
};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_model::{Diagnostic, Survey};
use turnabout_xlsform::{ExportError, export};

/// Writes a survey as an XLSForm workbook, which `turnabout survey import` reads back without a loss
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The survey: a file such as workflows/police/surveys/election.toml, or with --template a name such as election
    survey: String,
    /// The folder of the template or client that has the survey, for example workflows/police
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// The workbook to write
    #[arg(long, value_name = "FILE.xlsx")]
    to: PathBuf,
    /// Replace the workbook if it is there already
    #[arg(long)]
    force: bool,
    /// Print what was written, or what is wrong with the survey, as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    survey: &'a str,
    file: Option<String>,
    questions: Option<usize>,
    diagnostics: &'a [Diagnostic],
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    new_file::ends_in(&args.to, "xlsx")?;
    new_file::free(&args.to, existing)?;
    let found = find(args)?;
    let survey = match turnabout_template::read_survey(&found.file, &found.text) {
        Ok(survey) => survey,
        Err(problems) if args.json => {
            let answer = Answer { ok: false, survey: &found.name, file: None, questions: None, diagnostics: &problems };
            output::json(&answer)?;
            return Ok(ExitCode::from(2));
        }
        Err(problems) => {
            diagnostics::print(&problems, &[(found.file.as_str().into(), found.text.into_bytes())].into());
            return Err(Failure::Survey { path: found.file, errors: problems.len() });
        }
    };
    let workbook = export(&found.name, &survey).map_err(|error| unwritable(&found.file, &error))?;
    new_file::write(&args.to, &workbook, existing)?;
    said(args, &found.name, &survey)?;
    Ok(ExitCode::SUCCESS)
}

/// A survey's file as it is written.
struct Found {
    name: String,
    file: String,
    text: String,
}

fn find(args: &Args) -> Result<Found, Failure> {
    let Some(template) = &args.template else { return alone(Path::new(&args.survey)) };
    let files = turnabout_template::read_folder(template)?;
    let name = args.survey.trim_end_matches(".toml").trim_start_matches("surveys/");
    let file = format!("surveys/{name}.toml");
    let Some(bytes) = files.get(file.as_str()) else {
        let surveys = files.keys().filter_map(|path| path.strip_prefix("surveys/")?.strip_suffix(".toml"));
        let surveys: Vec<&str> = surveys.collect();
        let hint = match surveys.as_slice() {
            [] => "The template has no surveys.".into(),
            known => format!("The template has: {}", known.join(", ")),
        };
        return Err(Failure::NotFound { what: format!("{} has no survey '{name}'", template.display()), hint });
    };
    Ok(Found { name: name.to_owned(), text: text(&file, bytes.clone())?, file })
}

fn alone(path: &Path) -> Result<Found, Failure> {
    if path.is_dir() || !path.extension().is_some_and(|own| own.eq_ignore_ascii_case("toml")) {
        return Err(Failure::Input {
            what: format!("{} is no survey's file", path.display()),
            hint: "Name a file such as workflows/police/surveys/election.toml, or the template with --template DIR."
                .into(),
        });
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let file = path.display().to_string();
    Ok(Found { name, text: text(&file, client_file::bytes(path)?)?, file })
}

fn text(file: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|_| Failure::Input {
        what: format!("{file} is not UTF-8 text"),
        hint: "Save the file as UTF-8 in your editor.".into(),
    })
}

fn unwritable(file: &str, error: &ExportError) -> Failure {
    match error {
        ExportError::TooLong(_) => {
            Failure::Input { what: format!("{file}: {error}"), hint: "Write less, or in several notes.".into() }
        }
        ExportError::Unwritable(why) => Failure::Internal(format!("{file}: {error}: {why}")),
    }
}

fn said(args: &Args, name: &str, survey: &Survey) -> Result<(), Failure> {
    let questions = survey.items().len();
    let file = args.to.display().to_string();
    if args.json {
        let answer = Answer { ok: true, survey: name, file: Some(file), questions: Some(questions), diagnostics: &[] };
        return output::json(&answer);
    }
    say!("{file}: {name}, {}", crate::failure::count(questions, "question"));
    Ok(())
}
