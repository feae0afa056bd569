//! What must hold before a merge takes the fork's place: it is sound, and its rehearsals meet what they expect.

use crate::{diagnostics, failure::Failure, house::House, output::plain};
use serde::Serialize;
use turnabout_core::{
    bundle::TemplateFiles,
    rehearse::{rehearse, verdicts},
};
use turnabout_model::{Diagnostic, Problem, Severity};

/// What checking and rehearsing a template came to.
#[derive(Debug, Default)]
pub(crate) struct Proof {
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) rehearsals: usize,
    pub(crate) met: usize,
    pub(crate) missed: Vec<Missed>,
    problems: Vec<Problem>,
}

/// An expectation that was not met.
#[derive(Debug, Serialize)]
pub(crate) struct Missed {
    pub(crate) rehearsal: String,
    pub(crate) say: String,
    pub(crate) found: String,
}

/// Checks a template as `turnabout check` does and rehearses it as `turnabout test` does.
pub(crate) fn prove(house: &House, files: &TemplateFiles) -> Result<Proof, Failure> {
    let (bundle, diagnostics) = house.examine_files(files.clone());
    let mut proof = Proof { diagnostics, ..Proof::default() };
    let Some(bundle) = bundle else { return Ok(proof) };
    house.prepare(&bundle)?;
    for (name, plan) in &bundle.rehearsals {
        proof.rehearsals += 1;
        let mut missed =
            |say: String, found: String| proof.missed.push(Missed { rehearsal: name.to_string(), say, found });
        let rehearsed = match rehearse(&bundle, plan, plan.seed, house.for_rehearsal()) {
            Ok(rehearsed) => rehearsed,
            Err(error) => {
                missed("It can begin".into(), error.to_string());
                continue;
            }
        };
        for verdict in verdicts(&rehearsed, &plan.expect) {
            if verdict.met {
                proof.met += 1;
            } else {
                missed(verdict.say, verdict.found);
            }
        }
        proof.problems.extend(rehearsed.run.journeys.iter().filter_map(|journey| journey.problem()).cloned());
    }
    Ok(proof)
}

impl Proof {
    /// How many errors the check found.
    pub(crate) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// Whether it may take the fork's place.
    pub(crate) fn holds(&self) -> bool {
        self.errors() == 0 && self.missed.is_empty()
    }

    /// Prints what does not hold, for a person.
    pub(crate) fn print(&self, files: &TemplateFiles) {
        let errors: Vec<Diagnostic> =
            self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).cloned().collect();
        diagnostics::print(&errors, files);
        for missed in &self.missed {
            eprintln!("  NOT MET  {}: {} ({})", plain(&missed.rehearsal), plain(&missed.say), plain(&missed.found));
        }
        if !self.missed.is_empty() {
            diagnostics::print_problems(self.problems.iter(), files);
        }
    }
}
