//! Diagnostics in a terminal: the text underlined, what is wrong, what to do.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};
use std::io::IsTerminal as _;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Label, Problem, Severity};

/// Prints diagnostics to the terminal, worst last so that it is seen first.
pub(crate) fn print(diagnostics: &[Diagnostic], files: &TemplateFiles) {
    let theme =
        if std::io::stderr().is_terminal() { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    for diagnostic in sorted {
        let mut text = String::new();
        for part in parts(diagnostic, files) {
            // A part that can't be drawn is left out; the others say what is wrong.
            let _ = handler.render_report(&mut text, part.as_ref());
        }
        eprintln!("{text}");
    }
}

/// Prints why journeys are parked, the line of the script underlined.
pub(crate) fn print_problems<'a>(problems: impl Iterator<Item = &'a Problem>, files: &TemplateFiles) {
    let diagnostics: Vec<Diagnostic> =
        problems.map(|problem| turnabout_template::rehearsed::of_problem(problem, files)).collect();
    print(&diagnostics, files);
}

/// A diagnostic as it is drawn: what is wrong with its first file, then a part for each further file, the help at the end.
fn parts(diagnostic: &Diagnostic, files: &TemplateFiles) -> Vec<Report> {
    let severity = match diagnostic.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Advice => miette::Severity::Advice,
    };
    let mut of_files: Vec<(&str, Vec<&Label>)> = Vec::new();
    for label in &diagnostic.labels {
        match of_files.iter_mut().find(|(file, _)| *file == label.file) {
            Some((_, labels)) => labels.push(label),
            None => of_files.push((&label.file, vec![label])),
        }
    }
    let first = MietteDiagnostic::new(diagnostic.message.clone())
        .with_code(diagnostic.code.to_string())
        .with_severity(severity);
    let further = of_files
        .iter()
        .skip(1)
        .map(|(file, _)| MietteDiagnostic::new(format!("and in {file}")).with_severity(miette::Severity::Advice));
    let mut drawn: Vec<MietteDiagnostic> = std::iter::once(first).chain(further).collect();
    if let (Some(last), Some(help)) = (drawn.last_mut(), &diagnostic.help) {
        last.help = Some(help.clone());
    }
    let mut of_files = of_files.into_iter();
    let with_source = |shown: MietteDiagnostic| match of_files.next() {
        None => Report::new(shown),
        Some((file, labels)) => {
            let text = files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            let spans = labels.iter().map(|l| LabeledSpan::new_with_span(Some(l.text.clone()), l.bytes.clone()));
            Report::new(shown.with_labels(spans)).with_source_code(NamedSource::new(file, text))
        }
    };
    drawn.into_iter().map(with_source).collect()
}
