//! Keys of steps and scopes: 64 bits that are the same in every process, for ever, since journals keep them.

use turnabout_model::StepKey;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The key of a scope: a branch in a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeKey(pub u64);

/// The scope at the top of a journey.
pub const ROOT: ScopeKey = ScopeKey(0);

/// The key of a step: its scope, its verb, its label and its occurrence.
pub fn step_key(scope: ScopeKey, verb: &str, label: &str, nth: u32) -> StepKey {
    let verb = xxh3_64_with_seed(verb.as_bytes(), scope.0);
    let label = xxh3_64_with_seed(label.as_bytes(), verb);
    StepKey(xxh3_64_with_seed(&nth.to_le_bytes(), label))
}

/// The key of a branch of a composite step. Never [`ROOT`] in practice: that would take a 64-bit hash of zero.
pub fn branch_scope(step: StepKey, branch: u32) -> ScopeKey {
    ScopeKey(xxh3_64_with_seed(&branch.to_le_bytes(), step.0))
}

/// A number from 0 up to but not including 1, from 53 bits of a hash.
pub(super) fn unit_interval(seed: u64, step: StepKey) -> f64 {
    let bits = xxh3_64_with_seed(&step.0.to_le_bytes(), seed) >> 11;
    #[allow(clippy::cast_precision_loss)] // 53 bits fit a double exactly
    let numerator = bits as f64;
    numerator / 9_007_199_254_740_992.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Journals on disk depend on these: a change here is a change of format.
    #[test]
    fn keys_never_change() {
        let hold = step_key(ROOT, "hold", "engagement-day", 0);
        assert_eq!(hold.to_string(), "c244ed89f3cc1b52");
        let inner = step_key(branch_scope(hold, 3), "send", "", 1);
        assert_eq!(inner.to_string(), "4b4edc8e6cad33ca");
    }
}
