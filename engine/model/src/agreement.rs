//! Agreements that the two of a pair sign before they meet: what the journal knows of them, which is never their text.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The front matter of an agreement, from `agreements/NAME.hbs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementHead {
    /// Its title, a template as the text is.
    pub title: String,
    /// The message that asks the two to read and sign it.
    #[serde(default = "agreement")]
    pub invitation: SmolStr,
}

/// The message that asks to sign where an agreement names none.
fn agreement() -> SmolStr {
    AgreementHead::INVITATION
}

impl AgreementHead {
    /// The message that asks to sign where an agreement names none.
    pub const INVITATION: SmolStr = SmolStr::new_static("agreement");
}
