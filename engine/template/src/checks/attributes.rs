//! Attributes have names of their own in the CSV of people.

use super::Sources;
use crate::{people::FIXED_COLUMNS, report::Report};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for (name, attribute) in sources.manifest.entries_of("attributes") {
        if FIXED_COLUMNS.contains(&name) {
            report.push(
                attribute
                    .key_error("attribute::reserved", format!("'{name}' is a column of every list of people"), "taken")
                    .help(format!("choose another name, for example 'their_{name}'")),
            );
        }
    }
}
