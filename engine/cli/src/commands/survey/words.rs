//! `turnabout survey words TAG`: what pages say around surveys, to be translated.

use crate::{
    diagnostics,
    failure::Failure,
    new_file::{self, Existing},
};
use std::{fs, path::PathBuf, process::ExitCode};
use turnabout_core::bundle::TemplateFiles;
use turnabout_template::NoWords;

/// Writes the words around surveys (buttons, errors, notices) in a language, to be translated
///
/// Every phrase is there, with its English text above it; what a template has already is filled in. The file's place in a template
/// or client is words/TAG.toml.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The language, as surveys name it: for example cy
    #[arg(value_name = "TAG")]
    language: String,
    /// The folder of the template or client whose words are filled in, for example workflows/police
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// The file to write; without it the words are printed
    #[arg(long, value_name = "FILE.toml")]
    to: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long, requires = "to")]
    force: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let files = match &args.template {
        Some(folder) => turnabout_template::read_folder(folder)?,
        None => TemplateFiles::new(),
    };
    let words = turnabout_template::words_to_translate(&args.language, &files).map_err(|why| match why {
        NoWords::Language { what, help } => Failure::Input { what, hint: help },
        NoWords::Unreadable { path, problems } => {
            diagnostics::print(&problems, &files);
            Failure::Input {
                what: format!("{path} can't be read, so nothing was written"),
                hint: "Mend the file first: what is translated in it would be lost.".into(),
            }
        }
    })?;
    let Some(to) = &args.to else {
        say!("{}", words.trim_end());
        return Ok(ExitCode::SUCCESS);
    };
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    new_file::ends_in(to, "toml")?;
    new_file::free(to, existing)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|source| Failure::File { path: folder.display().to_string(), source })?;
    }
    new_file::write(to, words.as_bytes(), existing)?;
    say!("{}: translate what is between the quotes", to.display());
    Ok(ExitCode::SUCCESS)
}
