//! `turnabout survey analyse FILE.csv`: did the same people change from before to after?

use crate::{client_file, failure::Failure, output};
use std::{path::PathBuf, process::ExitCode};
use turnabout_statistics::{Analysis, NoAnswer, analyse, read_csv};

/// Compares before with after for the same people: columns `pre` and `post`, a row a person, blank for missing
///
/// Only people with both values count as changed or not. The interval is a t interval, the test Wilcoxon's signed-rank
/// test, the sizes are the matched rank-biserial correlation and Hedges' g.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The answers
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let read = read_csv(&client_file::bytes(&args.file)?);
    let read = read.map_err(|problems| Failure::Answers { path: args.file.display().to_string(), problems })?;
    let figures = analyse(read.rows).map_err(|why: NoAnswer| Failure::Input {
        what: format!("{}: {why}", args.file.display()),
        hint: "Look at the values in the columns pre and post.".into(),
    })?;
    if args.json {
        output::json(&figures)?;
    } else {
        print(&figures);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(figures: &Analysis) {
    say!("{} rows, {} of them with both values", figures.n, figures.n_paired);
    let number = |name: &str, value: Option<f64>| {
        if let Some(value) = value {
            say!("  {name:<24}{value:.4}");
        }
    };
    number("mean before", figures.mean_pre);
    number("mean after", figures.mean_post);
    number("mean change", figures.mean_change);
    if let Some(interval) = figures.ci95 {
        say!("  {:<24}{:.4} to {:.4}", "95 % interval", interval.lower, interval.upper);
    }
    number("p (Wilcoxon)", figures.wilcoxon_p);
    number("rank-biserial", figures.rank_biserial);
    number("d_z", figures.d_z);
    number("Hedges' g", figures.hedges_g);
    for (field, why) in &figures.reasons {
        say!("  no {field}: {why}");
    }
}
