//! Where a template comes from.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The upstream of a fork, as it was when the fork was made or last updated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// The upstream's name.
    pub template: SmolStr,
    /// Its version.
    pub version: SmolStr,
    /// The content hash of its files: 64 hexadecimal digits.
    pub hash: SmolStr,
}
