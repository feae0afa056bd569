//! The one place that makes a handlebars registry.

use handlebars::{Handlebars, no_escape};

/// Helpers that a message must not have: they loop, look around or write to a log.
const UNWANTED: [&str; 6] = ["each", "with", "lookup", "raw", "log", "len"];

/// Makes a registry: strict, so that a gap is an error; unescaped, since messages are plain text and no HTML.
pub(super) fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(no_escape);
    // The check refuses them already; what is not there can't be reached by a way the check has missed.
    for helper in UNWANTED {
        registry.unregister_helper(helper);
    }
    registry
}
