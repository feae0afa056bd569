//! Letters for the script.

pub(crate) mod send;

use turnabout_live::LiveError;

/// The longest name and key of a signal, in characters.
const MOST: usize = 200;

/// Refuses a name or a key that is empty or long.
fn short(what: &'static str, text: &str) -> Result<(), LiveError> {
    let found = text.chars().count();
    if (1..=MOST).contains(&found) { Ok(()) } else { Err(LiveError::Length { what, most: MOST, found }) }
}
