//! From the contract's calls to a [`Rule`] and back. Refuses what the host would refuse, with a better sentence.

use crate::bindings::exports::turnabout::plugin::rule as wit;
use crate::{ColumnKind, Description, Failure, Part, Rule, Table, Verdict, json, log};
use std::marker::PhantomData;

/// A rule behind the contract's functions. `export_rule!` makes a component of it.
#[derive(Debug)]
pub struct Exported<R>(PhantomData<R>);

impl<R: Rule> wit::Guest for Exported<R> {
    fn describe() -> wit::Description {
        log::report_panics();
        let Description { id, version, mentor_attributes, mentee_attributes, settings_schema, reasons } =
            R::DESCRIPTION;
        wit::Description {
            id: id.into(),
            version: version.into(),
            mentor_attributes: attributes(mentor_attributes),
            mentee_attributes: attributes(mentee_attributes),
            settings_schema: settings_schema.into(),
            reasons: reasons
                .iter()
                .map(|reason| wit::ReasonText { code: reason.code.into(), text: reason.text.into() })
                .collect(),
        }
    }

    fn score(cohort: wit::Cohort) -> Result<wit::Block, wit::Failure> {
        log::report_panics();
        Ok(block::<R>(cohort)?)
    }

    fn explain(cohort: wit::Cohort, mentor: u32, mentee: u32) -> Result<Vec<wit::Reason>, wit::Failure> {
        log::report_panics();
        Ok(reasons::<R>(cohort, mentor as usize, mentee as usize)?)
    }
}

fn block<R: Rule>(cohort: wit::Cohort) -> Result<wit::Block, Failure> {
    let (mentors, mentees) = (cohort.mentors.rows as usize, cohort.mentees.rows as usize);
    let mut rule = prepare::<R>(cohort)?;
    let mut scores = Vec::with_capacity(mentors * mentees);
    let mut vetoes = Vec::new();
    let mut row = vec![Verdict::Score(0.0); mentees];
    for mentor in 0..mentors {
        rule.row(mentor, &mut row);
        for verdict in &row {
            match *verdict {
                Verdict::Score(score) if (0.0..=1.0).contains(&score) => scores.push(score),
                Verdict::Score(_) => return Err(Failure::new("the rule gave a score that is not between 0 and 1")),
                Verdict::Veto(code) => {
                    // The list is empty until the first veto: most blocks of most rules have none.
                    vetoes.resize(scores.len(), 0);
                    vetoes.push(1 + index_of::<R>(code)?);
                    scores.push(0.0);
                }
            }
        }
    }
    if !vetoes.is_empty() {
        vetoes.resize(scores.len(), 0);
    }
    Ok(wit::Block { scores, vetoes })
}

fn reasons<R: Rule>(cohort: wit::Cohort, mentor: usize, mentee: usize) -> Result<Vec<wit::Reason>, Failure> {
    if mentor >= cohort.mentors.rows as usize || mentee >= cohort.mentees.rows as usize {
        return Err(Failure::new("the pair to explain is not in the cohort"));
    }
    let rule = prepare::<R>(cohort)?;
    let parts = rule.explain(mentor, mentee);
    parts.iter().map(|Part { code, weight }| Ok(wit::Reason { code: index_of::<R>(code)?, weight: *weight })).collect()
}

fn prepare<R: Rule>(cohort: wit::Cohort) -> Result<R, Failure> {
    let settings = json::read(&cohort.settings)
        .map_err(|error| Failure::new(["the settings can't be used: ", &error.0].concat()))?;
    R::prepare(settings, Table::from(cohort.mentors), Table::from(cohort.mentees))
}

fn index_of<R: Rule>(code: &str) -> Result<u16, Failure> {
    let index = R::DESCRIPTION.reasons.iter().position(|reason| reason.code == code);
    index
        .and_then(|index| u16::try_from(index).ok())
        .ok_or_else(|| Failure::new(["the rule gave the reason '", code, "', which it does not declare"].concat()))
}

fn attributes(attributes: &[crate::Attribute]) -> Vec<wit::Attribute> {
    let kind = |kind| match kind {
        ColumnKind::Number => wit::ColumnKind::Number,
        ColumnKind::Category => wit::ColumnKind::Category,
        ColumnKind::Set => wit::ColumnKind::Set,
    };
    attributes
        .iter()
        .map(|attribute| wit::Attribute { name: attribute.name.into(), kind: kind(attribute.kind) })
        .collect()
}

impl From<Failure> for wit::Failure {
    fn from(failure: Failure) -> Self {
        Self { message: failure.message().into() }
    }
}
