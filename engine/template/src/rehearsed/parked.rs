//! Journeys that could not go on.

use super::{About, Played, in_rehearsals};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Problem};

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let mut found: Vec<(Problem, Vec<&str>)> = Vec::new();
    for Played { name, plan, rehearsed } in played {
        // A rehearsal may be about just that.
        if plan.expect.iter().any(|expected| expected.count.as_deref() == Some("parked") && expected.is != Some(0)) {
            continue;
        }
        for problem in rehearsed.run.journeys.iter().filter_map(|journey| journey.problem()) {
            // The same line of many journeys is one mistake.
            match found.iter_mut().find(|(known, _)| known.position == problem.position && known.code == problem.code) {
                Some((_, names)) if names.contains(name) => {}
                Some((_, names)) => names.push(name),
                None => found.push((problem.clone(), vec![name])),
            }
        }
    }
    let told = found.iter().map(|(problem, names)| {
        let mut told = of_problem(problem, about.files);
        if let Some(label) = told.labels.first_mut() {
            label.text = format!("the journey is parked here {}", in_rehearsals(names));
        }
        told
    });
    told.collect()
}

/// Why a journey is parked, with the line of the script to underline.
pub fn of_problem(problem: &Problem, files: &TemplateFiles) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(problem.code.clone(), problem.message.clone());
    diagnostic.help.clone_from(&problem.help);
    let Some(at) = &problem.position else { return diagnostic };
    let text = files.get(&at.file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let bytes = word_at(&text, at.line, at.column);
    diagnostic.at(at.file.clone(), bytes, "the journey is parked here")
}

/// The bytes of the word that begins at a line and column, each from 1.
pub fn word_at(text: &str, line: u32, column: u32) -> std::ops::Range<usize> {
    let before = (line.max(1) - 1) as usize;
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let skipped = text[start..].chars().take((column.max(1) - 1) as usize).map(char::len_utf8).sum::<usize>();
    let begin = (start + skipped).min(text.len());
    let word =
        text[begin..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
    begin..(begin + word.max(1)).min(text.len())
}
