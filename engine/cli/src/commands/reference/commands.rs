//! The page of commands.

use super::cell;
use crate::commands::Cli;
use clap::{Command, CommandFactory as _};
use std::fmt::Write as _;

/// Every command with its arguments.
pub(super) fn page() -> String {
    let mut page = String::from("# Commands\n\n`turnabout help COMMAND` prints the same, shorter.\n");
    let mut program = Cli::command();
    program.build();
    tell(&mut page, &program, "");
    page
}

fn tell(page: &mut String, command: &Command, before: &str) {
    let name = format!("{before} {}", command.get_name());
    let name = name.trim_start();
    let inner: Vec<&Command> =
        command.get_subcommands().filter(|inner| !inner.is_hide_set() && inner.get_name() != "help").collect();
    if inner.is_empty() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        write!(page, "\n## {name}\n\n{}.\n\n", cell(&about).trim_end_matches('.'))
            .expect("invariant: a string takes all");
        arguments(page, command);
    }
    for inner in inner {
        tell(page, inner, name);
    }
}

fn arguments(page: &mut String, command: &Command) {
    let told = command.get_arguments().filter(|argument| !argument.is_hide_set() && argument.get_id() != "help");
    let rows: Vec<String> = told
        .map(|argument| {
            let values = argument.get_value_names().unwrap_or_default().join(" ");
            let takes = argument.get_action().takes_values();
            let name = match argument.get_long() {
                Some(long) if takes => format!("--{long} {values}"),
                Some(long) => format!("--{long}"),
                None => values,
            };
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            format!("| `{}` | {} |\n", name.trim_end(), cell(&help))
        })
        .collect();
    if !rows.is_empty() {
        write!(page, "| | |\n| --- | --- |\n{}", rows.concat()).expect("invariant: a string takes all");
    }
}
