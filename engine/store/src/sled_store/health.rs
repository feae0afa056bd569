//! Whether the store still runs. The first error of the disk or the database stops it for good.

use std::sync::OnceLock;
use turnabout_core::ports::StoreError;

/// The cause for which the store has stopped, if it has.
///
/// After a failed fsync the kernel may have dropped what it could not write, and a second fsync succeeds all the same.
/// So nothing is tried again: the process ends, and what is durable is found when the store is opened again.
#[derive(Debug, Default)]
pub(super) struct Health(OnceLock<String>);

impl Health {
    /// Refuses if the store has stopped.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        match self.0.get() {
            None => Ok(()),
            Some(cause) => Err(StoreError::Stopped(cause.clone())),
        }
    }

    /// Stops the store. The first cause stays.
    pub(super) fn stop(&self, cause: String) -> StoreError {
        StoreError::Stopped(self.0.get_or_init(|| cause).clone())
    }

    /// Stops the store after an error of the database while reading.
    pub(super) fn stop_reading(&self, error: &sled::Error) -> StoreError {
        self.stop(format!("the database could not be read: {error}"))
    }
}
