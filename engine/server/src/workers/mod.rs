//! What happens without a request: runs are woken when they are due, and messages leave.

mod mail;
mod timers;

pub use mail::Post;
pub(crate) use mail::send_mail;
pub(crate) use timers::wake_runs;
