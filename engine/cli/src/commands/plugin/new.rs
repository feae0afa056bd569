//! `turnabout plugin new NAME`: a plugin's folder that builds, with cases that hold.

use crate::{
    failure::Failure,
    plugin::{Kind, Language, scaffold},
};
use std::{path::PathBuf, process::ExitCode};

/// Makes the folder of a new plugin, which builds and has cases that hold
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Its name: small letters, digits and hyphens
    #[arg(value_parser = name)]
    name: String,
    /// The language it is written in
    #[arg(long, value_enum)]
    lang: Language,
    /// Whether it scores pairs or runs surveys
    #[arg(long, value_enum)]
    kind: Kind,
    /// Where to make it; a folder of its name by default
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// A name that is a crate, a module and a file everywhere.
fn name(text: &str) -> Result<String, String> {
    let sound = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.ends_with('-')
        && !text.contains("--");
    if sound { Ok(text.to_owned()) } else { Err("write small letters, digits and single hyphens: same-site".into()) }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = args.to.clone().unwrap_or_else(|| PathBuf::from(&args.name));
    scaffold::write(&folder, &args.name, args.lang, args.kind)?;
    say!("{} is a new {} in {}", folder.display(), args.kind.word(), args.lang.word());
    say!("Its README.md says what to do next; the first steps:");
    say!("  cd {}", folder.display());
    for step in args.lang.first_steps() {
        say!("  {step}");
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_one_everywhere() {
        for (text, expect) in [
            ("same-site", true),
            ("a1", true),
            ("", false),
            ("Same", false),
            ("1a", false),
            ("a--b", false),
            ("a-", false),
            ("../a", false),
        ] {
            assert_eq!(name(text).is_ok(), expect, "{text}");
        }
    }
}
