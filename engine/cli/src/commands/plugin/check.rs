//! `turnabout plugin check FILE.wasm|DIR`: everything that is wrong with a component, and what to do. Of a folder also whether the
//! component is its own, and answers its cases.

use crate::{
    failure::{Failure, count},
    output::plain,
    plugin,
};
use std::{path::PathBuf, process::ExitCode};
use turnabout_sandbox::{Inspection, PluginKind, Step};

/// Checks a component as the install gate does: says all that is wrong, and what to do
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The component, or the folder of a plugin that was built: then its cases are asked too
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Build it first
    #[arg(long)]
    build: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let (file, component) = plugin::component(&args.path, plugin::First::of(args.build))?;
    let sandbox = plugin::sandbox()?;
    let mut found = sandbox.inspect(&component);
    let folder = if args.path.is_dir() { Some(plugin::Folder::read(&args.path)?) } else { None };
    if let Some(folder) = &folder {
        plugin::own::hold(&sandbox, folder, &mut found)?;
    }
    if args.json {
        json(&found)?;
    } else {
        print(&found, folder.is_some());
    }
    if found.is_sound() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::Plugin { path: file.display().to_string(), errors: found.complaints.len() })
}

fn print(found: &Inspection, with_cases: bool) {
    let kind = match found.kind {
        Some(PluginKind::Rule) => "a matching rule",
        Some(PluginKind::Logic) => "the logic of surveys",
        None => "no plugin yet",
    };
    say!("sha256 {}, {}, {kind}", found.sha256, count(found.bytes, "byte"));
    let taken = |step: &Step| found.kind.is_none_or(|kind| step.concerns(kind)) && (*step != Step::Cases || with_cases);
    for step in Step::ALL.into_iter().filter(taken) {
        let wrong: Vec<_> = found.complaints.iter().filter(|complaint| complaint.step == step).collect();
        let mark = match (step > found.reached, wrong.is_empty()) {
            (true, _) => "not seen",
            (false, true) => "ok      ",
            (false, false) => "WRONG   ",
        };
        say!("  {mark}  {}", step.title());
        for complaint in wrong {
            say!("            [{}] {}", complaint.code, plain(&complaint.what));
            say!("            help: {}", plain(&complaint.help));
        }
    }
}

fn json(found: &Inspection) -> Result<(), Failure> {
    let complaints: Vec<_> = found
        .complaints
        .iter()
        .map(
            |one| serde_json::json!({ "step": one.step.title(), "code": one.code, "what": one.what, "help": one.help }),
        )
        .collect();
    crate::output::json(&serde_json::json!({
        "sha256": found.sha256,
        "bytes": found.bytes,
        "ok": found.is_sound(),
        "complaints": complaints,
    }))
}
