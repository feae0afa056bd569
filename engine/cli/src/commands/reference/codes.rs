//! The page of error codes.

use crate::{commands::explain, failure::Failure};
use std::fmt::Write as _;

/// Every code, what it means and what to do.
pub(super) fn page() -> Result<String, Failure> {
    let mut page = String::from(
        "# Error codes\n\nEvery error has a code. `turnabout explain CODE` prints the same as this page.\n",
    );
    for (code, explanation) in explain::catalogue()? {
        let explain::Explanation { means, what_to_do } = explanation;
        let plain = |text: &str| text.trim().replace('<', "&lt;");
        write!(page, "\n## {code}\n\n{}\n\n**What to do:** {}\n", plain(&means), plain(&what_to_do))
            .expect("invariant: a string takes all");
    }
    Ok(page)
}
