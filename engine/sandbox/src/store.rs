//! The store of one call: its limits, its log, its last words. Nothing else in this crate makes a store.

use crate::contract::Level;
use crate::fault::clip;
use crate::limits::Limits;
use crate::usage::Usage;
use crate::work::worked;
use std::time::Duration;
use wasmtime::component::WasmStr;
use wasmtime::{Engine, ResourceLimiter, Store, StoreContextMut, UpdateDeadline};

/// What the host keeps beside one instance.
#[derive(Debug)]
pub(crate) struct State {
    /// The fuel it started with.
    pub(crate) fuel: u64,
    /// Its deadline.
    pub(crate) deadline_ms: u64,
    /// How much of its text is shown.
    pub(crate) message_characters: usize,
    /// The last thing it logged as an error: a panic's message, if it traps next.
    pub(crate) last_words: Option<String>,
    /// Whether what it logs may be written down: the log of a logic could hold answers.
    private: bool,
    /// How much it may still log.
    log_bytes: usize,
    log_line_fuel: u64,
    memory_bytes: usize,
    /// What all its memories have together.
    memory_used: usize,
    table_elements: usize,
    counts: Counts,
}

#[derive(Debug)]
struct Counts {
    instances: usize,
    tables: usize,
    memories: usize,
}

/// A plugin asked for more memory than this.
#[derive(Debug, thiserror::Error)]
#[error("more than {0} bytes of memory")]
pub(crate) struct MemoryExceeded(pub(crate) usize);

/// What a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// So many pairs.
    Pairs(usize),
    /// What somebody answered: nothing of it is written into a log.
    Answers,
}

/// Makes the store of one call.
pub(crate) fn new(engine: &Engine, limits: &Limits, memory_bytes: usize, work: Work) -> Store<State> {
    let pairs = match work {
        Work::Pairs(pairs) => pairs,
        Work::Answers => 0,
    };
    let fuel = limits.fuel_for(pairs);
    let state = State {
        fuel,
        deadline_ms: limits.deadline_ms,
        message_characters: limits.message_characters,
        last_words: None,
        private: work == Work::Answers,
        log_bytes: limits.log_bytes,
        log_line_fuel: limits.log_line_fuel,
        memory_bytes,
        memory_used: 0,
        table_elements: limits.table_elements,
        counts: Counts {
            // Components count as instances too, hence twice.
            instances: 2 * limits.core_instances as usize,
            tables: limits.tables as usize,
            memories: limits.memories as usize,
        },
    };
    let mut store = Store::new(engine, state);
    store.limiter(|state| state);
    store.set_fuel(fuel).expect("invariant: the engine is configured to consume fuel");
    // Ticks count the time that passes, of which a thread has worked at most as much: when they are over, its own time is looked
    // at. Whoever makes a store calls on the same thread. Without a deadline an epoch engine traps at once.
    let (most, limits_of_call) = (Duration::from_millis(limits.deadline_ms), limits.clone());
    let until = worked().saturating_add(most);
    store.set_epoch_deadline(limits.ticks(most));
    store.epoch_deadline_callback(move |_| {
        let left = until.saturating_sub(worked());
        let over = left.is_zero();
        Ok(if over { UpdateDeadline::Interrupt } else { UpdateDeadline::Continue(limits_of_call.ticks(left)) })
    });
    store.set_hostcall_fuel(limits.output_bytes);
    store
}

/// What a call used that is over.
pub(crate) fn usage(store: &Store<State>) -> Usage {
    let state = store.data();
    // Fuel is always counted: the engine is configured to.
    let left = store.get_fuel().unwrap_or_default();
    Usage { calls: 1, fuel: state.fuel.saturating_sub(left), memory_bytes: state.memory_used }
}

impl ResourceLimiter for State {
    /// Fails rather than refuses: a guest that sees a refusal aborts, and the reason would be lost.
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.memory_used = self.memory_used.saturating_add(desired.saturating_sub(current));
        if self.memory_used > self.memory_bytes {
            return Err(MemoryExceeded(self.memory_bytes).into());
        }
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= self.table_elements)
    }

    fn instances(&self) -> usize {
        self.counts.instances
    }

    fn tables(&self) -> usize {
        self.counts.tables
    }

    fn memories(&self) -> usize {
        self.counts.memories
    }
}

/// The log, the one thing a plugin may import.
///
/// Every line costs fuel, also one that is dropped, so that a plugin that logs for ever is refused like one that loops
/// for ever.
pub(crate) fn write_log(
    mut store: StoreContextMut<'_, State>,
    (level, message): (Level, WasmStr),
) -> wasmtime::Result<()> {
    let text = message.to_str(&store)?.into_owned();
    let cost = store.data().log_line_fuel.saturating_add(text.len() as u64);
    let fuel = store.get_fuel()?.saturating_sub(cost);
    store.set_fuel(fuel)?;
    let state = store.data_mut();
    if level == Level::Error {
        state.last_words = Some(clip(&text, state.message_characters));
    }
    if let Some(left) = state.log_bytes.checked_sub(text.len()) {
        state.log_bytes = left;
        let text = if state.private {
            format!("a logic logged {} bytes, which are not shown: they may hold answers", text.len())
        } else {
            clip(&text, state.message_characters)
        };
        match level {
            Level::Debug => tracing::debug!(target: "turnabout::plugin", "{text}"),
            Level::Info => tracing::info!(target: "turnabout::plugin", "{text}"),
            Level::Warn | Level::Error => tracing::warn!(target: "turnabout::plugin", "{text}"),
        }
    } else {
        state.log_bytes = 0;
    }
    Ok(())
}
