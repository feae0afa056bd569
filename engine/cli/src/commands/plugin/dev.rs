//! `turnabout plugin dev DIR`: builds, tests and rehearses again whenever a file is saved.

use crate::{
    failure::Failure,
    output::plain,
    plugin::{
        self,
        dev::Workshop,
        series::{Fresh, Series},
        watch,
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::{Duration, Instant},
};

/// How long it waits between two looks at the files.
const PAUSE: Duration = Duration::from_millis(250);

/// The series of rehearsals rests after each as many times as long as that took: a fifth of one core is its share.
const REST: u32 = 4;

/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Builds a plugin, asks its cases and rehearses a template with it, again whenever a file is saved
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its plugin.toml
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// A template or client that is rehearsed with the new component in the place of its own; its files are left as they are
    #[arg(long, value_name = "DIR")]
    rehearse: Option<PathBuf>,
    /// How many rehearsals run with each component, with seeds 1, 2, 3 and on, until the next is built; endless by default
    #[arg(long, value_name = "N", requires = "rehearse")]
    rehearsals: Option<usize>,
    /// Do so once, with as many rehearsals as are asked for, and end with 1 if anything is wrong
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
    let mut running: Option<Sender<Fresh>> = None;
    loop {
        let turn = workshop.turn(&mut plugin::build);
        for line in &turn.lines {
            say!("{}", plain(line));
        }
        if args.once {
            if let Some(fresh) = turn.fresh {
                once(fresh, args.rehearsals.unwrap_or_default());
            }
            return Ok(if turn.sound { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        if let Some(fresh) = turn.fresh {
            running = Some(go_on(running, fresh, args.rehearsals));
        }
        say!("waiting for a change; Ctrl-C ends it\n");
        seen = watch::wait(&roots, &seen, &mut || thread::sleep(PAUSE));
    }
}

fn say(line: &str) {
    say!("{}", plain(line));
}

/// Rehearses so many times with one component.
fn once(fresh: Fresh, rehearsals: usize) {
    let mut series = Series::new(fresh);
    for _ in 0..rehearsals {
        series.rehearse(&mut |_| None, &mut |line| say(&line));
    }
    if rehearsals > 0 {
        say(&series.line());
    }
}

/// Gives a component to the series of rehearsals that runs, or begins one.
fn go_on(running: Option<Sender<Fresh>>, fresh: Fresh, rehearsals: Option<usize>) -> Sender<Fresh> {
    let fresh = match running {
        Some(running) => match running.send(fresh) {
            Ok(()) => return running,
            Err(lost) => lost.0,
        },
        None => fresh,
    };
    let (give, take) = channel();
    thread::spawn(move || rehearse_on(fresh, &take, rehearsals));
    give
}

/// Rehearses again and again until nobody can give a newer component.
fn rehearse_on(first: Fresh, take: &Receiver<Fresh>, rehearsals: Option<usize>) {
    let mut series = Series::new(first);
    let mut waiting = None;
    loop {
        let began = now();
        series.rehearse(&mut |_| waiting.take().or_else(|| take.try_recv().ok()), &mut |line| say(&line));
        let rests = if rehearsals.is_some_and(|most| series.rehearsals() >= most) {
            say(&format!("{}; it rests until the next build", series.line()));
            take.recv().map_err(drop)
        } else {
            use std::sync::mpsc::RecvTimeoutError;
            match take.recv_timeout((began.elapsed() * REST).min(LONGEST_REST)) {
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => Err(()),
                Ok(fresh) => Ok(fresh),
            }
        };
        match rests {
            Ok(fresh) => waiting = Some(fresh),
            Err(()) => return,
        }
    }
}

/// How long a rehearsal took is measured by the clock.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}
