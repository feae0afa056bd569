//! `turnabout run amend RUN --to TEMPLATE`: a run goes on under another bundle, if every journey continues.

use super::{
    amendment, compared,
    show::print_summary,
    start::{setting, settings, template_of},
};
use crate::{
    client::{Body, Client, RunName, Server},
    client_file,
    failure::{Failure, count},
    output::{self, plain},
};
use serde_json::{Value, json};
use std::{num::NonZeroU32, path::Path, process::ExitCode};
use turnabout_live::views::{AmendmentView, Page, RunSummary};
use turnabout_model::{Mapping, RunId, StepPattern};

/// How many times a run goes on before and after, unless it is said otherwise.
const TIMES: u32 = 50;

/// Lets a run go on under another version of its template, if every journey continues
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    run: Option<RunName>,
    /// Look at every run of a template that is not over instead, and say which would diverge; nothing is changed
    #[arg(long, value_name = "TEMPLATE")]
    all: Option<String>,
    /// The template that the server has, by name, which means its latest version, by NAME@VERSION, or by the hash of a
    /// version; or a client's file, such as examples/ambulance-trust/client.toml
    #[arg(long, value_name = "TEMPLATE")]
    to: String,
    /// Only say what it would mean for every journey; nothing is changed
    #[arg(long)]
    dry_run: bool,
    /// With --dry-run: how many times the run goes on as it stands and amended, from the same seeds, to compare the two; 0
    /// forecasts nothing
    #[arg(long, value_name = "N", requires = "dry_run", conflicts_with = "all",
        value_parser = clap::value_parser!(u32).range(0..=200))]
    times: Option<u32>,
    /// The same seed gives the same forecasts
    #[arg(long, default_value_t = 7, requires = "dry_run")]
    seed: u64,
    /// A step that the new script calls otherwise, for example `hold(drop-in)=meet-up`
    #[arg(long, value_name = "STEP=LABEL", value_parser = renamed)]
    rename: Vec<Mapping>,
    /// A step that the new script no longer has, for example `send(hello)`; if it waits, it is let go
    #[arg(long, value_name = "STEP", value_parser = skipped)]
    skip: Vec<Mapping>,
    /// Which branch of the new script a branch of an open `together` or `race` is, counted from 1, for example
    /// `together#0:1=2`, or `together#0:1=gone` if it is no longer there; needed only where the dry run can't tell
    #[arg(long, value_name = "STEP:BRANCH=BRANCH", value_parser = branch)]
    branch: Vec<Mapping>,
    /// What becomes of waiting steps that the new script would have end at another time
    #[arg(long, value_enum, default_value_t)]
    deadline: Deadline,
    /// A setting that gets another value, for example `patience=6 weeks`
    #[arg(long = "setting", value_name = "KEY=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

/// What becomes of changed deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Deadline {
    /// They end when they were to end
    #[default]
    Keep,
    /// They end when the new script says, counted from when they began
    Recompute,
}

fn renamed(text: &str) -> Result<Mapping, String> {
    let (from, to) = text.rsplit_once('=').ok_or("write it as STEP=LABEL, such as hold(drop-in)=meet-up")?;
    if to.trim().is_empty() {
        return Err("the new label is empty".into());
    }
    let from: StepPattern = from.parse().map_err(|error| format!("{error}"))?;
    Ok(Mapping::Renamed { from, to: to.trim().into() })
}

fn skipped(text: &str) -> Result<Mapping, String> {
    let step: StepPattern = text.parse().map_err(|error| format!("{error}"))?;
    Ok(Mapping::Skipped { step })
}

fn branch(text: &str) -> Result<Mapping, String> {
    let wrong = "write it as STEP:BRANCH=BRANCH, such as together#0:1=2, or STEP:BRANCH=gone";
    let number = |text: &str| text.trim().parse::<NonZeroU32>().map_err(|_| wrong.to_owned());
    let (which, to) = text.rsplit_once('=').ok_or(wrong)?;
    let (of, from) = which.rsplit_once(':').ok_or(wrong)?;
    let of: StepPattern = of.parse().map_err(|error| format!("{error}"))?;
    let to = if to.trim() == "gone" { None } else { Some(number(to)?) };
    Ok(Mapping::Branch { of, from: number(from)?, to })
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let body = body(args, &client)?;
    match (&args.run, &args.all) {
        (Some(run), _) => amend(args, &client, &client.run(run)?, body),
        (None, Some(template)) => look_at_all(args, &client, template, &body),
        // The command line asks for one of the two.
        (None, None) => Ok(ExitCode::from(2)),
    }
}

/// What is asked for: the template and settings of a client's file, and over them what is given.
fn body(args: &Args, client: &Client) -> Result<Value, Failure> {
    let file = client_file::named(Path::new(&args.to));
    // A template of the server may be called as a folder here is.
    let is_file =
        file.extension().is_some_and(|ending| ending == "toml") && (file.is_file() || !Path::new(&args.to).is_dir());
    let says = if is_file { Some(client_file::read(&file)?) } else { None };
    let template = says.as_ref().map_or_else(|| args.to.clone(), |says| template_of(&file, says));
    let permissions = says.as_ref().map_or_else(|| json!({}), |says| json!(says.permissions));
    let mut given = says.map_or_else(|| json!({}), |says| json!(says.settings));
    for (name, value) in settings(&args.settings, &template, client)? {
        given[name] = value;
    }
    let mappings: Vec<&Mapping> = args.rename.iter().chain(&args.skip).chain(&args.branch).collect();
    let deadlines = if args.deadline == Deadline::Keep { "keep" } else { "recompute" };
    Ok(
        json!({ "template": template, "settings": given, "mappings": mappings, "deadlines": deadlines, "permissions": permissions }),
    )
}

fn look(client: &Client, run: &RunId, body: &Value) -> Result<Value, Failure> {
    let mut asked = body.clone();
    asked["dry_run"] = json!(true);
    Ok(client.post(&format!("/runs/{run}/amendments"), &Body::Json(asked))?["judged"].take())
}

fn amend(args: &Args, client: &Client, run: &RunId, body: Value) -> Result<ExitCode, Failure> {
    let mut asked = body.clone();
    if args.dry_run
        && let times @ 1.. = args.times.unwrap_or(TIMES)
    {
        asked["times"] = json!(times);
        asked["seed"] = json!(args.seed);
    }
    let answer = look(client, run, &asked)?;
    let judged: AmendmentView = client.read(&answer)?;
    if !judged.clean || args.dry_run {
        if args.json {
            output::json(&answer)?;
        } else {
            amendment::print(&judged);
            if let Some(compared) = &judged.forecast {
                compared::print(compared);
            }
            if judged.clean {
                say!("\nEvery journey continues. Nothing was changed: this was a dry run.");
            } else {
                say!("\nNothing was changed.");
            }
        }
        return Ok(if judged.clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    // What was looked at is what is taken: a name would mean whichever version is the latest by now.
    let mut body = body;
    body["template"] = json!(judged.to);
    let done = client.post(&format!("/runs/{run}/amendments"), &Body::Json(body))?;
    if args.json {
        output::json(&done)?;
    } else {
        amendment::print(&judged);
        let summary: RunSummary = client.read(&done["run"])?;
        say!("\nAmended.");
        print_summary(&summary);
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks at every run of a template that is not over.
fn look_at_all(args: &Args, client: &Client, template: &str, body: &Value) -> Result<ExitCode, Failure> {
    if let Some((name, _)) = template.split_once('@') {
        return Err(Failure::Input {
            what: format!("--all looks at the runs of every version, so '{}' is too much", plain(template)),
            hint: format!("Write --all {}.", plain(name)),
        });
    }
    let page: Page<RunSummary> = client.read(&client.list("/runs", None)?)?;
    let open = page.items.into_iter().filter(|run| run.template == template && run.ended.is_none());
    let (mut answers, mut rows, mut diverge) = (Vec::new(), Vec::new(), 0);
    for run in open {
        let (answer, word) = match look(client, &run.id, body) {
            Ok(answer) => {
                let judged: AmendmentView = client.read(&answer)?;
                let word = amendment::in_short(&judged);
                diverge += usize::from(!judged.clean);
                (answer, word)
            }
            Err(Failure::Server(problem)) => {
                let same = problem.code == "run::already_so";
                diverge += usize::from(!same);
                let word = if same { "is under it already".into() } else { plain(&problem.detail) };
                (json!({ "run": run.id, "problem": *problem }), word)
            }
            Err(failure) => return Err(failure),
        };
        answers.push(answer);
        rows.push([run.id.to_string(), run.client.to_string(), word]);
    }
    if args.json {
        output::json(&json!({ "items": answers }))?;
    } else if rows.is_empty() {
        say!("No run of {} is under way.", plain(template));
    } else {
        output::table(["RUN", "CLIENT", "WOULD"], &rows);
        say!("\n{} of {} would not continue. Nothing was changed.", diverge, count(rows.len(), "run"));
    }
    Ok(if diverge == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_is_a_step_and_its_new_label() {
        assert_eq!(renamed("hold(drop-in)=meet-up").unwrap().to_string(), "--rename \"hold(drop-in)=meet-up\"");
        assert!(renamed("drop-in").is_err() && renamed("drop-in= ").is_err() && renamed("=x").is_err());
        assert!(skipped("").is_err());
    }

    #[test]
    fn a_branch_is_a_step_and_two_numbers() {
        for text in ["programme/together#0:1=2", "race:3=gone", "together@00000000000000ff:1=1"] {
            assert_eq!(branch(text).unwrap().to_string(), format!("--branch \"{text}\""));
        }
        for text in ["together", "together:1", "together=2", "together:0=1", "together:1=0", "together:one=2", ":1=2"] {
            assert!(branch(text).is_err(), "{text}");
        }
    }
}
