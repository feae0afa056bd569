//! Notes for a developer. The host bounds them and drops the rest; in a native build they go nowhere.

#[cfg(target_family = "wasm")]
use crate::bindings::turnabout::plugin::log::{Level, write};

/// Writes a line of detail for the plugin's developer.
pub fn debug(message: &str) {
    #[cfg(target_family = "wasm")]
    write(Level::Debug, message);
    let _ = message;
}

/// Writes a line that a designer of programmes may want to read.
pub fn info(message: &str) {
    #[cfg(target_family = "wasm")]
    write(Level::Info, message);
    let _ = message;
}

/// Writes a line about something odd that does not spoil the result.
pub fn warn(message: &str) {
    #[cfg(target_family = "wasm")]
    write(Level::Warn, message);
    let _ = message;
}

/// Sends a panic's message to the host: a trap alone would lose it.
pub(crate) fn report_panics() {
    #[cfg(target_family = "wasm")]
    std::panic::set_hook(Box::new(|panic| write(Level::Error, &panic.to_string())));
}
