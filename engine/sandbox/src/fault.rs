//! What went wrong, from wasmtime's errors to the port's.

use crate::store::{MemoryExceeded, State};
use turnabout_core::ports::PluginFault;
use wasmtime::{PoolConcurrencyLimitError, Store, Trap};

/// Says that a component does not keep the contract.
pub(crate) fn contract(what: impl Into<String>) -> PluginFault {
    PluginFault::Contract(what.into())
}

/// Reads why a call ended without a result.
pub(crate) fn of_call(error: &wasmtime::Error, store: &Store<State>) -> PluginFault {
    let state = store.data();
    if let Some(MemoryExceeded(bytes)) = error.downcast_ref() {
        return PluginFault::Memory(*bytes);
    }
    if error.is::<PoolConcurrencyLimitError>() {
        return PluginFault::Busy;
    }
    let what = match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => return PluginFault::Fuel(state.fuel),
        Some(Trap::Interrupt) => return PluginFault::Deadline(state.deadline_ms),
        Some(Trap::UnreachableCodeReached) => "it panicked".to_owned(),
        Some(Trap::StackOverflow) => "its stack overflowed".to_owned(),
        // A Rust plugin keeps its own stack at the start of its memory, and runs below it.
        Some(Trap::MemoryOutOfBounds) => "its stack overflowed, or it reached outside its memory".to_owned(),
        Some(other) => other.to_string(),
        // No trap and no limit: the call returned, and what it returned (or logged) can't be read.
        None => return PluginFault::BadOutput(clip(&format!("{error:#}"), state.message_characters)),
    };
    PluginFault::Trap(match &state.last_words {
        Some(words) => format!("{what}: {words}"),
        None => what,
    })
}

/// Shortens a plugin's text and takes the control characters out of it, so that it can't reach a terminal.
pub(crate) fn clip(text: &str, most_characters: usize) -> String {
    let mut characters = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    let mut clipped: String = characters.by_ref().take(most_characters).collect();
    if characters.next().is_some() {
        clipped.push('…');
    }
    clipped
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn text_is_shortened_by_characters_and_cleaned() {
        for (text, expected) in [("über", "über"), ("überall", "über…"), ("a\x1b[3", "a [3"), ("", "")] {
            assert_eq!(clip(text, 4), expected);
        }
    }
}
