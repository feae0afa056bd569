//! What happens without a request: runs are woken when they are due, messages leave, and old answers are forgotten.

mod answers;
mod mail;
mod timers;

pub(crate) use answers::forget_answers;
pub use mail::Post;
pub(crate) use mail::send_mail;
pub(crate) use timers::wake_runs;
