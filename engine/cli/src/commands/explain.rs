//! `turnabout explain CODE`: what an error code means and what to do.

use crate::failure::Failure;
use serde::Deserialize;
use std::{collections::BTreeMap, process::ExitCode};

/// Explains an error code such as `script::divergence`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The code; without it, every code is listed
    code: Option<String>,
}

/// What a code means and what to do.
#[derive(Debug, Deserialize)]
pub(super) struct Explanation {
    /// What it means: first a sentence of one line.
    pub(super) means: String,
    /// The way out.
    #[serde(rename = "do")]
    pub(super) what_to_do: String,
}

const TEXT: &str = include_str!("../../codes.toml");

/// Every code with its explanation.
pub(super) fn catalogue() -> Result<BTreeMap<String, Explanation>, Failure> {
    toml::from_str(TEXT).map_err(|error| Failure::Internal(format!("codes.toml: {error}")))
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let codes = catalogue()?;
    let Some(code) = &args.code else {
        for (code, explanation) in &codes {
            say!("{code:<32} {}", explanation.means.lines().next().unwrap_or_default());
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(explanation) = codes.get(code.as_str()) else {
        let near: Vec<&str> = codes.keys().filter(|known| known.contains(code.as_str())).map(String::as_str).collect();
        return Err(Failure::NotFound {
            what: format!("there is no code '{code}'"),
            hint: if near.is_empty() {
                "Run turnabout explain to list every code.".into()
            } else {
                format!("Did you mean {}?", near.join(", "))
            },
        });
    };
    if let Some(lint) = turnabout_template::audit::lints().find(|lint| lint.code == code) {
        say!("{code}: a lint of the audit, for the standard of {}", lint.standard);
        say!("\n{}\n\nWhat to do: {}", explanation.means.trim(), explanation.what_to_do.trim());
        say!(
            "\nTo waive it, write into programme.toml:\n\n[[waivers]]\nlint = \"{code}\"\nreason = \"why it does not apply here\""
        );
        return Ok(ExitCode::SUCCESS);
    }
    say!("{code}\n\n{}\n\nWhat to do: {}", explanation.means.trim(), explanation.what_to_do.trim());
    Ok(ExitCode::SUCCESS)
}
