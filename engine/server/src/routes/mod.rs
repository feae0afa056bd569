//! The operations, one a file.

pub(crate) mod agreements;
pub(crate) mod answer;
pub(crate) mod concerns;
pub(crate) mod door;
pub(crate) mod evaluation;
pub(crate) mod health;
pub(crate) mod hear;
pub(crate) mod journal;
pub(crate) mod meetings;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod outbox;
pub(crate) mod pairs;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod recruitments;
pub(crate) mod runs;
pub(crate) mod sessions;
pub(crate) mod sign;
pub(crate) mod signals;
pub(crate) mod status;
pub(crate) mod tasks;
pub(crate) mod templates;
pub(crate) mod test_clock;
pub(crate) mod timeline;
pub(crate) mod waves;
