//! `turnabout reference FOLDER`: the pages of the book that the program writes itself.

mod api;
mod codes;
mod commands;
mod library;
mod messages;
mod practice;
mod templates;
mod verbs;

use crate::{failure::Failure, new_file};
use std::{path::PathBuf, process::ExitCode};

/// Writes the reference of the book: verbs, files, messages, the library, commands, the API, error codes
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder, for example docs/src/reference
    folder: PathBuf,
    /// The templates whose settings are told
    #[arg(value_name = "TEMPLATE", default_values = ["workflows/ambulance", "workflows/police", "workflows/race-equity", "workflows/tpc-foundations"])]
    templates: Vec<PathBuf>,
    /// The folder of the modules that templates share
    #[arg(long, value_name = "DIR", default_value = "workflows/lib")]
    library: PathBuf,
    /// Write nothing; fail if a page there is not what the program would write
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let pages = [
        ("verbs.md", verbs::page()),
        ("files.md", files()),
        ("messages.md", messages::page()?),
        ("library.md", library::page(&args.library, &args.templates)?),
        ("templates.md", templates::page(&args.templates)?),
        ("practice.md", practice::page()),
        ("commands.md", commands::page()),
        ("api.md", api::page()?),
        ("codes.md", codes::page()?),
    ];
    let mut old = Vec::new();
    for (name, page) in pages {
        let path = args.folder.join(name);
        let page = format!("<!-- Written by `turnabout reference`: do not edit. -->\n{}\n", page.trim_end());
        if !args.check {
            new_file::write(&path, page.as_bytes(), new_file::Existing::Replace)?;
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&page) {
            old.push(name);
        }
    }
    if old.is_empty() {
        say!(
            "The reference in {} is what this program {}.",
            args.folder.display(),
            if args.check { "says" } else { "wrote" }
        );
        return Ok(ExitCode::SUCCESS);
    }
    say!("These pages are not what this program would write: {}.", old.join(", "));
    say!("Run turnabout reference {} to write them anew.", args.folder.display());
    Ok(ExitCode::FAILURE)
}

fn files() -> String {
    format!(
        "# The files of a template\n\nEvery key that a file may have. A key that is not here is an error, with the nearest \
         one that is.\n\nA *name* has lower-case letters, digits and hyphens and begins with a letter; the *name of an answer* may have \
         capitals, `_` and `.` too; 60 characters at most. A *length of time* is a number and a unit: `90 minutes`, `2 days`, \
         `5 weeks`, `1 month`.\n\n{}",
        turnabout_template::reference()
    )
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}
