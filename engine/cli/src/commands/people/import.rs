//! `turnabout people import FILE.csv`: a list of people, taken in whole or not at all.

use crate::{
    client::{Body, Client, RunName, Server, people_file},
    failure::{Failure, count},
    house::House,
    output::{self, plain},
};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_live::views::Added;
use turnabout_model::{Role, RunId};
use turnabout_template::people::{Imported, RowError, read_csv};

/// Takes everyone on a list into a run, or nobody: every row that is wrong is then named
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The list: columns role, name, email, manager, one for each attribute of the template, and consent
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The run, as `turnabout run list` names it; it may come first
    #[arg(value_name = "RUN", conflicts_with_all = ["check", "run"])]
    into: Option<String>,
    /// The run likewise
    #[arg(long, value_name = "RUN", conflicts_with = "check")]
    run: Option<RunName>,
    /// Pass over those who take part already, instead of refusing the list
    #[arg(long, conflicts_with = "check")]
    skip_known: bool,
    /// Only check the list against a template, without a server
    #[arg(long, requires = "template")]
    check: bool,
    /// The folder of the template to check against, for example workflows/ambulance
    #[arg(long, value_name = "DIR", requires = "check")]
    template: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer, or the outcome of the check, as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let (file, run) = named(args)?;
    let csv = people_file(&file)?;
    match (&run, &args.template) {
        (Some(run), _) => {
            let client = args.server.client()?;
            let answer = send(&client, &client.run(run)?, csv, args.skip_known)?;
            if args.json {
                output::json(&answer)?;
            } else {
                print(&client.read(&answer)?);
            }
            Ok(ExitCode::SUCCESS)
        }
        (None, Some(template)) => check(args, &csv, template),
        (None, None) => Err(Failure::Input {
            what: "neither a run nor a template is named".into(),
            hint: format!(
                "Take the list into a run: turnabout people import {0} --run RUN, where RUN is one of `turnabout run list`; \
                 or check it alone: turnabout people import {0} --check --template DIR",
                file.display()
            ),
        }),
    }
}

/// The list and the run, in whichever order they were given.
fn named(args: &Args) -> Result<(PathBuf, Option<RunName>), Failure> {
    let Some(other) = &args.into else { return Ok((args.file.clone(), args.run.clone())) };
    let first = args.file.to_string_lossy();
    match (other.parse(), first.parse()) {
        (Ok(run), _) => Ok((args.file.clone(), Some(run))),
        (Err(_), Ok(run)) if !args.file.exists() => Ok((PathBuf::from(other), Some(run))),
        (Err(error), _) => Err(Failure::Input {
            what: error.to_string(),
            hint: format!(
                "Write it so: turnabout people import {first} --run RUN; `turnabout run list` names the runs."
            ),
        }),
    }
}

/// Has a server take in a list.
pub(in crate::commands) fn send(
    client: &Client,
    run: &RunId,
    csv: Vec<u8>,
    skip_known: bool,
) -> Result<Value, Failure> {
    let query = if skip_known { "?skip_known=true" } else { "" };
    client.post(&format!("/runs/{run}/participants/import{query}"), &Body::Csv(csv))
}

/// Prints who was taken in.
pub(in crate::commands) fn print(added: &Added) {
    say!(
        "{} taken in",
        match added.added.len() {
            1 => "1 person was".to_owned(),
            number => format!("{number} people were"),
        }
    );
    for notice in &added.notices {
        say!("  {}", plain(notice));
    }
}

fn check(args: &Args, csv: &[u8], template: &Path) -> Result<ExitCode, Failure> {
    let bundle = House::new()?.load(template, true)?;
    let read = read_csv(csv, &bundle.programme);
    match read {
        Ok(imported) if args.json => output::json(&sound(&imported))?,
        Ok(imported) => {
            let (mentors, mentees) = roles(&imported);
            let (mentors, mentees) = (count(mentors, "mentor"), count(mentees, "mentee"));
            say!("{} is sound for {}: {mentors}, {mentees}", args.file.display(), bundle.programme.name);
            for notice in &imported.notices {
                say!("  row {}, column '{}': {}", notice.row, notice.column, plain(&notice.what));
            }
        }
        Err(errors) if args.json => {
            output::json(&json!({ "ok": false, "errors": errors.iter().map(row_error).collect::<Vec<_>>() }))?;
            return Ok(ExitCode::from(2));
        }
        Err(errors) => return Err(Failure::People { path: args.file.display().to_string(), errors }),
    }
    Ok(ExitCode::SUCCESS)
}

fn roles(imported: &Imported) -> (usize, usize) {
    let mentors = imported.people.iter().filter(|person| person.role == Role::Mentor).count();
    (mentors, imported.people.len() - mentors)
}

fn sound(imported: &Imported) -> Value {
    let (mentors, mentees) = roles(imported);
    let notices = imported.notices.iter().map(|n| json!({ "row": n.row, "column": n.column, "what": n.what }));
    json!({ "ok": true, "mentors": mentors, "mentees": mentees, "notices": notices.collect::<Vec<_>>() })
}

fn row_error(error: &RowError) -> Value {
    json!({ "row": error.row, "column": error.column, "what": error.what, "help": error.help })
}
