//! Every limit on a plugin, in one place.

use std::time::Duration;

/// What a plugin may use. There is no default: [`Limits::standard`] is the engine's choice, said by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest component that is installed, in bytes.
    pub component_bytes: usize,
    /// The code of one component, nested modules and all, in bytes. Compilation has neither fuel nor a deadline: this and
    /// the nine bounds after it stand in their place, and `weight.rs` holds a component to them before anything is compiled.
    /// Python's interpreter is the largest known, with 6.5 MB of code.
    pub code_bytes: usize,
    /// The functions of one component, each of which takes memory while it is compiled. 13,484 in Python.
    pub functions: usize,
    /// The code of one function, in bytes. 427 KB in Python.
    pub function_bytes: usize,
    /// The locals of one function. 271 in Python.
    pub function_locals: usize,
    /// What one type of function, or of a block, takes. 19 values together with what it gives in Python.
    pub function_parameters: usize,
    /// What one type of function, or of a block, gives: two bytes of a call would be as many values for a compiler to keep.
    /// The contract's own functions give one.
    pub function_results: usize,
    /// The loops of one function: a compiler's time grows with their square. 81 in Python.
    pub function_loops: usize,
    /// The blocks of one function that take values or give several: a compiler's memory grows with their square. None in the
    /// interpreters.
    pub function_wide_blocks: usize,
    /// What one function costs to compile, in units of about a microsecond of one core; `weight.rs` says what costs what.
    /// Bounds the memory of a compiler too.
    pub function_cost: usize,
    /// What all functions cost to compile together, in such units.
    pub code_cost: usize,
    /// From this size on a component carries an interpreter (Python, JavaScript) and gets the larger memory.
    pub interpreter_from_bytes: usize,
    /// The memory of one call, in bytes.
    pub memory_bytes: usize,
    /// The memory of one call of a component with an interpreter, in bytes.
    pub interpreter_memory_bytes: usize,
    /// The wasm stack, in bytes.
    pub stack_bytes: usize,
    /// The core instances of one component.
    pub core_instances: u32,
    /// The tables of one component.
    pub tables: u32,
    /// The elements of one table.
    pub table_elements: usize,
    /// The linear memories of one component: it may have the bytes above in all of them together. A Rust plugin has one, an
    /// interpreter some small ones for what takes the place of WASI.
    pub memories: u32,
    /// What every call may burn: about one unit an instruction.
    pub base_fuel: u64,
    /// What a call may burn for each pair beyond that.
    pub fuel_per_pair: u64,
    /// How many pairs one call is asked about, unless a single row has more. Part of the budget, so it does not
    /// depend on the machine.
    pub pairs_per_call: usize,
    /// How long a processor may work on one call, in milliseconds; what passes while others have the processor does not
    /// count. A backstop: the fuel for one call is burnt in less, unless the machine is slow, so that what a plugin is refused
    /// for is the same everywhere.
    pub deadline_ms: u64,
    /// How often the deadline is looked at, in milliseconds.
    pub tick_ms: u64,
    /// What one call may pass to the host at once, in bytes: its result, or one line of log.
    pub output_bytes: usize,
    /// What one call may log altogether, in bytes. The rest is dropped.
    pub log_bytes: usize,
    /// What a log line costs, in fuel, beside a unit a byte.
    pub log_line_fuel: u64,
    /// The longest text of a plugin that is shown to a person, in characters.
    pub message_characters: usize,
    /// The reasons that explain one pair.
    pub reasons: usize,
    /// The calls that run at once; the instance pool has a place for each.
    pub calls_at_once: u32,
    /// How long a call waits for such a place, in milliseconds, before the host is busy.
    pub wait_ms: u64,
}

impl Limits {
    /// The limits of a served or local engine.
    pub const fn standard() -> Self {
        Self {
            component_bytes: 32 << 20,
            code_bytes: 12 << 20,
            functions: 40_000,
            function_bytes: 512 << 10,
            function_locals: 512,
            function_parameters: 32,
            function_results: 4,
            function_loops: 1_000,
            function_wide_blocks: 64,
            function_cost: 1_000_000,
            code_cost: 40_000_000,
            interpreter_from_bytes: 1 << 20,
            memory_bytes: 64 << 20,
            interpreter_memory_bytes: 128 << 20,
            stack_bytes: 512 << 10,
            core_instances: 64,
            tables: 32,
            table_elements: 20_000,
            memories: 8,
            base_fuel: 100_000_000,
            fuel_per_pair: 20_000,
            pairs_per_call: 16_384,
            deadline_ms: 2_000,
            tick_ms: 10,
            output_bytes: 8 << 20,
            log_bytes: 16 << 10,
            log_line_fuel: 1_000,
            message_characters: 400,
            reasons: 64,
            calls_at_once: 16,
            wait_ms: 10_000,
        }
    }

    /// The memory of a component of this size.
    pub fn memory_for(&self, component_bytes: usize) -> usize {
        if component_bytes >= self.interpreter_from_bytes { self.interpreter_memory_bytes } else { self.memory_bytes }
    }

    /// The fuel of a call about so many pairs.
    pub(crate) fn fuel_for(&self, pairs: usize) -> u64 {
        let pairs = u64::try_from(pairs).unwrap_or(u64::MAX);
        self.base_fuel.saturating_add(self.fuel_per_pair.saturating_mul(pairs))
    }

    /// The ticks in which a thread can't have worked longer than this; one more than fit, since the first may come at once.
    pub(crate) fn ticks(&self, work: Duration) -> u64 {
        let ticks = work.as_millis() / u128::from(self.tick_ms.max(1)) + 1;
        u64::try_from(ticks).unwrap_or(u64::MAX)
    }
}
