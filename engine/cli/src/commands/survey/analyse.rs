//! `turnabout survey analyse FILE.csv`: did the same people change from before to after?

use crate::{
    client_file,
    failure::{Failure, count},
    output,
};
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

/// The figures that are shown, by their keys in the JSON. The others have an answer where the test has one.
const SHOWN: [(&str, &str); 8] = [
    ("mean_pre", "mean before"),
    ("mean_post", "mean after"),
    ("mean_change", "mean change"),
    ("ci95", "95 % interval"),
    ("wilcoxon_p", "p (Wilcoxon)"),
    ("rank_biserial", "rank-biserial"),
    ("d_z", "d_z"),
    ("hedges_g", "Hedges' g"),
];

fn print(figures: &Analysis) {
    say!("{}, {} with both values", count(figures.n, "row"), figures.n_paired);
    let numbers = [
        figures.mean_pre,
        figures.mean_post,
        figures.mean_change,
        None,
        figures.wilcoxon_p,
        figures.rank_biserial,
        figures.d_z,
        figures.hedges_g,
    ];
    for ((key, name), value) in SHOWN.into_iter().zip(numbers) {
        let interval = figures.ci95.filter(|_| key == "ci95");
        if let Some(interval) = interval {
            say!("  {name:<24}{:.4} to {:.4}", interval.lower, interval.upper);
        } else if let Some(value) = value {
            say!("  {name:<24}{value:.4}");
        }
    }
    for line in missing(figures) {
        say!("  {line}");
    }
}

/// Why figures can't be had, a line a reason.
fn missing(figures: &Analysis) -> Vec<String> {
    let mut whys: Vec<(String, Vec<&str>)> = Vec::new();
    for (key, name) in SHOWN {
        let Some(why) = figures.reasons.get(key).map(ToString::to_string) else { continue };
        match whys.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(name),
            None => whys.push((why, vec![name])),
        }
    }
    let line = |(why, names): (String, Vec<&str>)| match names.len() {
        all if all == SHOWN.len() => format!("no figure: {why}"),
        _ => format!("no {}: {why}", names.join(", no ")),
    };
    whys.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_had_is_said_in_words_a_line_a_reason() {
        for (rows, expect) in [
            (
                vec![(Some(2.0), Some(4.0))],
                vec![
                    "no figure: 1 row has both a pre and a post value, and 2 are needed; unpaired data is never change",
                ],
            ),
            (
                vec![(Some(3.0), Some(3.0)), (Some(4.0), Some(4.0)), (Some(5.0), Some(5.0))],
                vec![
                    "no 95 % interval, no d_z, no Hedges' g: the values do not vary, so there is no spread to measure by",
                    "no p (Wilcoxon), no rank-biserial: none of the 3 pairs changed, so there are no signs to rank",
                ],
            ),
            (vec![(Some(2.0), Some(4.0)), (Some(3.0), Some(4.0)), (Some(5.0), Some(5.0))], vec![]),
        ] {
            assert_eq!(missing(&analyse(rows).unwrap()), expect);
        }
    }
}
