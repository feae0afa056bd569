//! Requests that are done once: the answer lies under the caller's key, written in the batch of its effect.

use crate::{
    Engine, LiveError, Outcome,
    act::Once,
    rows::{self, IdempotencyRow},
};
use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};
use turnabout_core::ports::{Batch, StoreTable};

/// The answer that a request got before, if it came before. The same key with another request is refused.
pub(crate) fn recall<A: DeserializeOwned>(engine: &Engine, once: &Once) -> Result<Option<Outcome<A>>, LiveError> {
    once.check(engine.live.key_chars)?;
    let Some(value) = engine.store.get(StoreTable::Idempotency, once.key.as_bytes())? else { return Ok(None) };
    let row: IdempotencyRow = rows::read(&value, "an earlier request", "its answer")?;
    if row.fingerprint != once.fingerprint {
        return Err(LiveError::KeyReused(once.key.clone()));
    }
    let answer = serde_json::from_value(row.answer).map_err(|error| LiveError::Damaged {
        run: "an earlier request".into(),
        what: format!("its answer: {error}"),
    })?;
    Ok(Some(Outcome { version: row.version, at: row.at, answer, replayed: true }))
}

impl Engine {
    /// Forgets the answers to requests that are so old that nobody will send them again. Returns how many.
    pub fn forget_answers(&self) -> Result<usize, LiveError> {
        let kept = SignedDuration::from_hours(24 * self.live.answers_kept_days);
        let oldest = self.clock.now().saturating_sub(kept).unwrap_or(jiff::Timestamp::MIN);
        let mut old = Vec::new();
        self.every_row(StoreTable::Idempotency, b"", |row| {
            let answer: IdempotencyRow = rows::read(&row.value, "an earlier request", "its answer")?;
            if answer.at < oldest {
                old.push(rows::delete(StoreTable::Idempotency, row.key.clone()));
            }
            Ok(())
        })?;
        for some in old.chunks(self.live.index_page) {
            self.store.commit(Batch { rows: some.to_vec(), ..Batch::default() })?;
        }
        Ok(old.len())
    }
}

/// Writes the answer under the key, in the batch of its effect, unless somebody else has claimed the key.
pub(crate) fn claim<A: Serialize>(once: &Once, outcome: &Outcome<A>, batch: &mut Batch) {
    let key = once.key.as_bytes().to_vec();
    let row = IdempotencyRow {
        fingerprint: once.fingerprint.clone(),
        version: outcome.version,
        at: outcome.at,
        answer: serde_json::to_value(&outcome.answer).expect("invariant: answers are plain data with text keys"),
    };
    batch.absent.push((StoreTable::Idempotency, key.clone()));
    batch.rows.push(rows::put(StoreTable::Idempotency, key, &row));
}
