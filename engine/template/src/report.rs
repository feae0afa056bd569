//! Collects diagnostics, so that one problem does not hide the next.

use crate::limits::MAX_DIAGNOSTICS;
use turnabout_model::{Diagnostic, Severity};

/// The diagnostics found so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    found: Vec<Diagnostic>,
}

impl Report {
    /// Adds one.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds several.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(diagnostics);
    }

    /// Counts the errors.
    pub(crate) fn errors(&self) -> usize {
        self.found.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// Tells whether there is an error in a file.
    pub(crate) fn has_errors_in(&self, file: &str) -> bool {
        let here = |d: &Diagnostic| d.labels.first().is_some_and(|label| label.file == file);
        self.found.iter().any(|d| d.severity == Severity::Error && here(d))
    }

    /// Tells whether one of these was found.
    pub(crate) fn has_any(&self, codes: &[&str]) -> bool {
        self.found.iter().any(|found| codes.contains(&found.code.as_str()))
    }

    /// Tells whether something was found, and all errors are of one code.
    pub(crate) fn has_only(&self, code: &str) -> bool {
        let mut errors = self.found.iter().filter(|found| found.severity == Severity::Error).peekable();
        errors.peek().is_some() && errors.all(|found| found.code == code)
    }

    /// Leaves out what was found under these codes, where it only follows from something else.
    pub(crate) fn forget(&mut self, codes: &[&str]) {
        self.found.retain(|found| !codes.contains(&found.code.as_str()));
    }

    /// Returns them in the order of files and lines; the worst [`MAX_DIAGNOSTICS`] if there are more.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.found.len() > MAX_DIAGNOSTICS {
            let left_out = self.found.len() - MAX_DIAGNOSTICS;
            self.found.sort_by_key(|d| std::cmp::Reverse(d.severity));
            let worst = self.found[MAX_DIAGNOSTICS].severity;
            self.found.truncate(MAX_DIAGNOSTICS);
            // A result without errors stays one: the note is as severe as the worst problem it stands for.
            let mut note =
                Diagnostic::error("template::too_many_problems", format!("{left_out} more problems are not shown"))
                    .help("mend the first ones and check again: later ones often follow from them");
            note.severity = worst;
            self.sort();
            self.found.push(note);
        } else {
            self.sort();
        }
        self.found
    }

    fn sort(&mut self) {
        // Problems without a place come first; the manifest before the rest, since the rest leans on it.
        self.found.sort_by_cached_key(|d| {
            d.labels.first().map(|label| (label.file != "programme.toml", label.file.clone(), label.bytes.start))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_limit_the_worst_are_kept_and_the_rest_counted() {
        let mut report = Report::default();
        for n in 0..MAX_DIAGNOSTICS {
            report.push(Diagnostic::warning("a::b", format!("{n}")));
        }
        report.push(Diagnostic::error("c::d", "bad"));
        report.push(Diagnostic::warning("a::b", "last"));
        let found = report.finish();
        assert_eq!(found.len(), MAX_DIAGNOSTICS + 1);
        assert_eq!(found.iter().filter(|d| d.severity == Severity::Error).count(), 1);
        assert_eq!(found.last().unwrap().message, "2 more problems are not shown");
    }
}
