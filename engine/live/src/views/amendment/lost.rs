//! What waits and can't be kept when a script is amended: told before anything is proposed that lets it go.

use serde::{Deserialize, Serialize};
use turnabout_core::amend::Lost;

/// A step that waits and that the proposed mappings let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LostView {
    /// Which, such as `task(Call them)#0`.
    pub step: String,
    /// Whether the new script asks for it anew at once, from the beginning.
    pub asked_anew: bool,
}

impl LostView {
    pub(super) fn of(lost: &Lost) -> Self {
        Self { step: lost.step.to_string(), asked_anew: lost.is_asked_anew }
    }
}

/// What becomes of them, in a sentence each for those that are asked anew and those that are not.
pub(super) fn said(lost: &[Lost]) -> Option<String> {
    let steps = |anew: bool| {
        let such = lost.iter().filter(|lost| lost.is_asked_anew == anew);
        such.map(|lost| lost.step.to_string()).collect::<Vec<_>>().join(", ")
    };
    let becomes = [(true, "it is let go, and the new script asks for it anew"), (false, "it is let go")];
    let said: Vec<String> = becomes
        .into_iter()
        .map(|(anew, becomes)| (steps(anew), becomes))
        .filter(|(steps, _)| !steps.is_empty())
        .map(|(steps, becomes)| format!("No mapping keeps what waits in {steps}: {becomes}."))
        .collect();
    (!said.is_empty()).then(|| said.join("\n"))
}
