//! Diagnostics in a terminal: the text underlined, what is wrong, what to do.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};
use std::io::IsTerminal as _;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Problem, Severity};

/// Prints diagnostics to the terminal, worst last so that it is seen first.
pub(crate) fn print(diagnostics: &[Diagnostic], files: &TemplateFiles) {
    let theme =
        if std::io::stderr().is_terminal() { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    for diagnostic in sorted {
        let report = report(diagnostic, files);
        let mut text = String::new();
        if handler.render_report(&mut text, report.as_ref()).is_ok() {
            eprintln!("{text}");
        }
    }
}

/// Prints why journeys are parked, the line of the script underlined.
pub(crate) fn print_problems<'a>(problems: impl Iterator<Item = &'a Problem>, files: &TemplateFiles) {
    let diagnostics: Vec<Diagnostic> = problems.map(|problem| of_problem(problem, files)).collect();
    print(&diagnostics, files);
}

fn of_problem(problem: &Problem, files: &TemplateFiles) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(problem.code.clone(), problem.message.clone());
    diagnostic.help.clone_from(&problem.help);
    let Some(at) = &problem.position else { return diagnostic };
    let text = files.get(&at.file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let bytes = word_at(&text, at.line, at.column);
    diagnostic.at(at.file.clone(), bytes, "the journey is parked here")
}

/// The bytes of the word that begins at a line and column, each from 1.
pub(crate) fn word_at(text: &str, line: u32, column: u32) -> std::ops::Range<usize> {
    let before = (line.max(1) - 1) as usize;
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let skipped = text[start..].chars().take((column.max(1) - 1) as usize).map(char::len_utf8).sum::<usize>();
    let begin = (start + skipped).min(text.len());
    let word =
        text[begin..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
    begin..(begin + word.max(1)).min(text.len())
}

fn report(diagnostic: &Diagnostic, files: &TemplateFiles) -> Report {
    let severity = match diagnostic.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Advice => miette::Severity::Advice,
    };
    let mut shown = MietteDiagnostic::new(diagnostic.message.clone())
        .with_code(diagnostic.code.to_string())
        .with_severity(severity);
    if let Some(help) = &diagnostic.help {
        shown = shown.with_help(help.clone());
    }
    // One source can be shown; labels in other files are few and are named in the help.
    let Some(first) = diagnostic.labels.first() else { return Report::new(shown) };
    let labels = diagnostic.labels.iter().filter(|label| label.file == first.file);
    let labels = labels.map(|label| LabeledSpan::new_with_span(Some(label.text.clone()), label.bytes.clone()));
    let shown = shown.with_labels(labels);
    let text = files.get(&first.file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    Report::new(shown).with_source_code(NamedSource::new(first.file.as_str(), text))
}
