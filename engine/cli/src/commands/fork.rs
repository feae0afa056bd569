//! `turnabout fork TEMPLATE FOLDER`: a template of one's own that can still take what its upstream learns.

use crate::{
    failure::Failure,
    fork::{Upstream, new_folder, relative},
    house::House,
    output,
};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_lineage::{MANIFEST, forked};
use turnabout_model::Severity;

/// Makes a template of your own from another, which it remembers, so that it can take later changes of it
///
/// The script modules that a template shares with its neighbours come along. `turnabout upstream` shows and takes what
/// changes upstream. To change settings, messages and questions alone, a client needs no fork: see `turnabout client new`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The template to begin with, for example workflows/police
    template: PathBuf,
    /// The new folder; its last part is the fork's name
    folder: PathBuf,
    /// The fork's name, if it is not the folder's
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Print what was made as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    name: &'a str,
    folder: String,
    files: usize,
    upstream: Of<'a>,
}

#[derive(Serialize)]
struct Of<'a> {
    template: &'a str,
    version: &'a str,
    hash: &'a str,
    from: &'a str,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let name = name_of(&args.folder, args.name.as_deref())?;
    let (files, origins) = turnabout_template::read_folder_traced(&args.template)?;
    let upstream = Upstream::of(args.template.clone(), files);
    let (bundle, diagnostics) = House::new()?.examine_files(upstream.files.clone());
    if bundle.is_none() {
        let (diagnostics, files) = origins.trace(diagnostics, upstream.files);
        crate::diagnostics::print(&diagnostics, &files);
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        return Err(Failure::Template { path: args.template.display().to_string(), errors });
    }
    if !relative(&args.template, &args.folder).starts_with("..") {
        let what = format!("{} lies within the template that it is to be a fork of", args.folder.display());
        return Err(Failure::Input { what, hint: "Name a folder beside it or elsewhere.".into() });
    }
    let mut files = upstream.files.clone();
    if let Some(manifest) = files.get_mut(MANIFEST) {
        *manifest = forked(&String::from_utf8_lossy(manifest), &name, &upstream.lineage()).into_bytes();
    }
    let record = upstream.record(&args.folder);
    new_folder(&args.folder, |folder| record.write_fork(folder, &files, &upstream.files))?;
    let folder = args.folder.display().to_string();
    if args.json {
        output::json(&Answer {
            name: &name,
            folder,
            files: files.len(),
            upstream: Of {
                template: &upstream.name,
                version: &upstream.version,
                hash: &upstream.hash,
                from: &record.from,
            },
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    say!("{folder}: {name}, a fork of {} {}", upstream.name, upstream.version);
    say!("Change what you like, and then: turnabout test {folder}");
    say!("What changes upstream is shown by: turnabout upstream diff {folder}");
    Ok(ExitCode::SUCCESS)
}

/// A name that was given, or that of the folder, if it can be a template's.
pub(super) fn name_of(folder: &Path, given: Option<&str>) -> Result<String, Failure> {
    let of_folder = || folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = given.map_or_else(of_folder, str::to_owned);
    match turnabout_template::check_name(&name) {
        Ok(()) => Ok(name),
        Err((what, help)) => {
            let other = if given.is_none() { ", or give another with --name" } else { "" };
            Err(Failure::Input { what, hint: format!("{}{other}.", capital(&help)) })
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
