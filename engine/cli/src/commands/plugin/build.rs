//! `turnabout plugin build DIR`: from sources to a component, and the line that pins it.

use crate::{failure::Failure, plugin};
use std::{path::PathBuf, process::ExitCode};

/// Builds a plugin's component into its folder dist, and prints the line that pins it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its plugin.toml
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// A template or client that gets the component into its plugins, and the line that pins it into its manifest
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = plugin::Folder::read(&args.folder)?;
    let component = plugin::build(&folder)?;
    let sha256 = turnabout_sandbox::component_sha256(&component);
    say!("{}: {} bytes", folder.component().display(), component.len());
    if let Some(target) = &args.into {
        let manifest = plugin::install(target, &folder.manifest.id, &component)?;
        say!("{} has it in plugins, and {} pins it:", target.display(), manifest.display());
        say!("{} = \"{sha256}\"", folder.manifest.id);
        return Ok(ExitCode::SUCCESS);
    }
    say!("Copy it into plugins/ of a template or client, and pin it there in [plugins]:");
    say!("{} = \"{sha256}\"", folder.manifest.id);
    Ok(ExitCode::SUCCESS)
}
