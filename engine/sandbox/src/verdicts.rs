//! Checks on what a rule returns. Nothing a plugin says is believed before it went through here.

use crate::contract::wit;
use crate::limits::Limits;
use turnabout_core::ports::{PluginFault, Reason, RuleDescription};

/// Checks a block of so many pairs: lengths, finite scores in range, vetoes with declared reasons. A block without
/// vetoes may leave their list empty, and gets one.
pub(crate) fn check_block(mut block: wit::Block, pairs: usize, reasons: usize) -> Result<wit::Block, PluginFault> {
    if block.scores.len() != pairs {
        return Err(bad(format!("{} scores for {pairs} pairs", block.scores.len())));
    }
    if block.vetoes.is_empty() {
        block.vetoes = vec![0; pairs];
    }
    if block.vetoes.len() != pairs {
        return Err(bad(format!("{} vetoes for {pairs} pairs", block.vetoes.len())));
    }
    for (pair, (score, veto)) in block.scores.iter_mut().zip(&block.vetoes).enumerate() {
        if usize::from(*veto) > reasons {
            return Err(bad(format!("the veto {veto} for pair {pair}, and it declares {reasons} reasons")));
        }
        if *veto != 0 {
            // Not read by contract, so not kept either.
            *score = 0.0;
        } else if !(0.0..=1.0).contains(score) {
            return Err(bad(format!("the score {score} for pair {pair}, which is not between 0 and 1")));
        }
    }
    Ok(block)
}

/// Checks an explanation: not too long, weights in range, declared reasons.
pub(crate) fn check_reasons(
    said: &[wit::Reason],
    description: &RuleDescription,
    limits: &Limits,
) -> Result<Vec<Reason>, PluginFault> {
    if said.len() > limits.reasons {
        return Err(bad(format!("{} reasons for one pair, and {} are allowed", said.len(), limits.reasons)));
    }
    let check = |reason: &wit::Reason| {
        let Some((code, _)) = description.reasons.get(usize::from(reason.code)) else {
            let declared = description.reasons.len();
            return Err(bad(format!("the reason {}, and it declares {declared} reasons", reason.code)));
        };
        if !(0.0..=1.0).contains(&reason.weight) {
            return Err(bad(format!("the weight {} for '{code}', which is not between 0 and 1", reason.weight)));
        }
        Ok(Reason { code: code.clone(), weight: reason.weight })
    };
    said.iter().map(check).collect()
}

fn bad(what: String) -> PluginFault {
    PluginFault::BadOutput(what)
}
