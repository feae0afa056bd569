//! Diagnostics in a terminal: the text underlined, what is wrong, what to do.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};
use std::io::IsTerminal as _;
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Severity};

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
