//! Every limit of this crate, in one place.

/// The most bytes a message's file may have.
pub const MAX_MESSAGE_BYTES: usize = 32 * 1024;
/// The most bytes a message's body may have once it is rendered.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// The most characters a subject may have once it is rendered: longer ones are cut by every mail program.
pub const MAX_SUBJECT_CHARS: usize = 200;
/// How deep conditions may lie in each other.
pub const MAX_NESTING: usize = 8;
/// The most problems reported for one message.
pub const MAX_PROBLEMS: usize = 50;
/// The most rows that a table of a report shows; what is left out is counted.
pub const MAX_ROWS: usize = 1_000;
/// The most lanes that a timeline draws; every one is in the table beneath.
pub const MAX_LANES: usize = 40;
/// The most weeks that a report counts: the longest rehearsal is five years.
pub const MAX_WEEKS: usize = 270;
/// The most bars of a histogram.
pub const MAX_BARS: usize = 12;
/// The most rounds of a table plan side by side: so many columns of long names fit A4 across.
pub const MAX_ROUNDS_ABREAST: usize = 7;
/// The most places that a form offers for a ballot. The API takes as many as people may be named.
pub const MAX_PLACES: usize = 10;
/// The most points of a scale that stand side by side with words under them, "No answer" counted.
pub const MAX_SCALE: usize = 6;
