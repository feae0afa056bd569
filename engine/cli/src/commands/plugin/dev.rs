//! `turnabout plugin dev DIR`: builds, tests and rehearses again whenever a file is saved.

use crate::{
    failure::Failure,
    output::plain,
    plugin::{self, dev::Workshop, watch},
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Duration,
};

/// How long it waits between two looks at the files.
const PAUSE: Duration = Duration::from_millis(250);

/// Builds a plugin, asks its cases and rehearses a template with it, again whenever a file is saved
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its plugin.toml
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// A template or client that is rehearsed with the new component in the place of its own; its files are left as they are
    #[arg(long, value_name = "DIR")]
    rehearse: Option<PathBuf>,
    /// Do so once, and end with 1 if anything is wrong
    #[arg(long)]
    once: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    // What can't be a plugin's folder, or a template's, will not become one by being watched.
    plugin::Folder::read(&args.folder)?;
    if let Some(target) = &args.rehearse {
        turnabout_template::read_folder(target)?;
    }
    let roots: Vec<&Path> = [Some(args.folder.as_path()), args.rehearse.as_deref()].into_iter().flatten().collect();
    let mut workshop = Workshop::new(&args.folder, args.rehearse.as_deref());
    let mut seen = watch::look(&roots);
    loop {
        let turn = workshop.turn(&mut plugin::build);
        for line in &turn.lines {
            say!("{}", plain(line));
        }
        if args.once {
            return Ok(if turn.sound { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        say!("waiting for a change; Ctrl-C ends it\n");
        seen = watch::wait(&roots, &seen, &mut || thread::sleep(PAUSE));
    }
}
