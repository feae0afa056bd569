//! The engine under all plugins: its settings, its pool of instances, and the ticker behind the deadlines.

use crate::cache::CodeCache;
use crate::contract::LOG;
use crate::limits::Limits;
use crate::permits::Permits;
use crate::store::{State, write_log};
use std::time::Duration;
use wasmtime::component::Linker;
use wasmtime::{Config, Engine, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig, WasmFeatures};

/// One engine, shared by every plugin and thread.
pub(crate) struct Machine {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<State>,
    pub(crate) limits: Limits,
    pub(crate) permits: Permits,
}

impl Machine {
    pub(crate) fn new(limits: Limits, cache: Option<&CodeCache>) -> wasmtime::Result<Self> {
        // A pool makes a fresh instance for a few microseconds, but reserves address space that a machine may not
        // give (`ulimit -v`, some containers). Instances on demand give the same answers, more slowly.
        let engine = Engine::new(&config(&limits, true, cache)).or_else(|error| {
            tracing::info!("no room for a pool of instances: {error:#}");
            Engine::new(&config(&limits, false, cache))
        })?;
        let mut linker = Linker::new(&engine);
        linker.instance(LOG)?.func_wrap("write", write_log)?;
        start_ticker(&engine, Duration::from_millis(limits.tick_ms.max(1)))?;
        let permits = Permits::new(limits.calls_at_once);
        Ok(Self { engine, linker, limits, permits })
    }
}

fn config(limits: &Limits, pooled: bool, cache: Option<&CodeCache>) -> Config {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(limits.stack_bytes)
        // The same bits on every machine.
        .cranelift_nan_canonicalization(true)
        .wasm_features(WasmFeatures::RELAXED_SIMD | WasmFeatures::THREADS | WasmFeatures::MEMORY64, false)
        // A plugin's calls are plain functions; what asynchronous ones need is neither set up nor accepted.
        .concurrency_support(false)
        // A plugin's own compiler has optimised it: doing so again costs a third of the compilation and gains nothing
        // (benches/score.rs, 36 ns a pair either way).
        .cranelift_opt_level(OptLevel::None)
        .parallel_compilation(true)
        // Plugins are stripped, so a backtrace tells nothing.
        .wasm_backtrace_max_frames(None)
        .cache(cache.map(CodeCache::inner));
    if pooled {
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)));
    }
    config
}

fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let calls = limits.calls_at_once;
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(calls)
        .total_core_instances(calls * limits.core_instances)
        .total_memories(calls * limits.memories)
        .total_tables(calls * limits.tables)
        .max_core_instances_per_component(limits.core_instances)
        .max_memories_per_component(limits.memories)
        .max_tables_per_component(limits.tables)
        .table_elements(limits.table_elements)
        .max_memory_size(limits.memory_bytes.max(limits.interpreter_memory_bytes));
    pool
}

/// Raises the epoch at every tick until the engine is gone.
fn start_ticker(engine: &Engine, tick: Duration) -> std::io::Result<()> {
    let engine = engine.weak();
    let body = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(tick);
        }
    };
    std::thread::Builder::new().name("plugin-ticker".into()).spawn(body).map(drop)
}
