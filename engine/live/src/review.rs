//! Looking into a proposal: why two people, and what instead.

use crate::{Engine, LiveError, views::PairReviewView};
use smol_str::format_smolstr;
use turnabout_core::{
    decide::{Context, Refusal},
    matching,
};
use turnabout_model::{ParticipantId, ProposalId, RunId};

impl Engine {
    /// Says why a draft pairs a mentor and a mentee or does not, rule by rule, and what would be instead. It asks the
    /// plugins again, so it is for pairs that somebody looks at.
    pub fn review_pair(
        &self,
        run: &RunId,
        proposal: ProposalId,
        mentor: ParticipantId,
        mentee: ParticipantId,
    ) -> Result<PairReviewView, LiveError> {
        self.with_run(run, |engine, loaded| {
            let context = Context {
                now: engine.clock.now(),
                bundle: &loaded.bundle,
                rules: &*engine.rules,
                records: &loaded.people,
                limits: engine.limits,
            };
            match matching::review(&loaded.run, context, proposal, mentor, mentee) {
                None => Err(LiveError::NotInRun(format_smolstr!("{proposal}"))),
                Some(Err(error)) => Err(Refusal::Matching(Box::new(error)).into()),
                Some(Ok(review)) => Ok(PairReviewView::of(review)),
            }
        })
    }
}
