//! Building an engine: chosen packages, own verbs, every limit set, nothing of the outside reachable.

use crate::{
    ScriptLimits,
    call::{OUT_OF_OPERATIONS, OUT_OF_TIME},
    composites, lists, time, verbs,
    work::worked,
};
use rhai::{
    Dynamic, Engine, Module,
    module_resolvers::StaticModuleResolver,
    packages::{
        ArithmeticPackage, BasicArrayPackage, BasicFnPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage,
        BasicStringPackage, LogicPackage, MoreStringPackage, Package,
    },
};
use std::{cell::Cell, time::Duration};
use turnabout_core::verbs::Verbs;

/// The file that holds the main function.
pub(crate) const MAIN: &str = "programme.rhai";

/// How many operations pass between two looks at how long a script has worked.
const LOOK_EVERY: u64 = 1024;

/// What the evaluation on this thread may still use. A thread evaluates one script at a time.
///
/// rhai counts operations too, but a closure that a native function calls begins its count anew each time.
#[derive(Debug, Clone, Copy)]
struct Budget {
    operations: u64,
    /// How long the thread has worked when the evaluation is stopped.
    until: Duration,
}

thread_local! {
    static BUDGET: Cell<Option<Budget>> = const { Cell::new(None) };
}

/// Builds an engine that knows the verbs and nothing of the outside.
///
/// `LanguageCorePackage` is left out: it brings rhai's blocking `sleep`, which no limit can stop.
pub(crate) fn build(limits: &ScriptLimits, own: &Verbs, modules: StaticModuleResolver) -> Engine {
    let mut engine = Engine::new_raw();
    // One module for all of them: a call that is not cached yet looks into each module in turn.
    let mut functions = Module::new();
    ArithmeticPackage::init(&mut functions);
    LogicPackage::init(&mut functions);
    BasicStringPackage::init(&mut functions);
    MoreStringPackage::init(&mut functions);
    BasicIteratorPackage::init(&mut functions);
    BasicFnPackage::init(&mut functions);
    BasicMathPackage::init(&mut functions);
    BasicArrayPackage::init(&mut functions);
    BasicMapPackage::init(&mut functions);
    // Packages look their functions up by walking a list unless told otherwise.
    functions.register_lazy_functions().build_index();
    engine.register_global_module(functions.into());
    engine
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .set_max_operations(limits.operations)
        .set_max_call_levels(limits.call_levels)
        .set_max_expr_depths(limits.expression_depth, limits.expression_depth)
        .set_max_string_size(limits.string_bytes)
        .set_max_array_size(limits.list_items)
        .set_max_map_size(limits.map_fields)
        .set_max_variables(limits.variables)
        .set_max_functions(limits.functions)
        .set_max_modules(limits.modules)
        .set_module_resolver(modules);
    engine.disable_symbol("eval").disable_symbol("print").disable_symbol("debug");
    engine.on_progress(|_| {
        let budget = BUDGET.get()?;
        let Some(operations) = budget.operations.checked_sub(1) else { return Some(Dynamic::from(OUT_OF_OPERATIONS)) };
        BUDGET.set(Some(Budget { operations, ..budget }));
        let look = operations % LOOK_EVERY == 0;
        let over = look && worked() > budget.until;
        over.then(|| Dynamic::from(OUT_OF_TIME))
    });
    time::register(&mut engine);
    lists::register(&mut engine);
    verbs::register(&mut engine, own);
    composites::register(&mut engine);
    engine
}

/// Runs an evaluation that is stopped when it has used what it may.
pub(crate) fn within_limits<T>(limits: &ScriptLimits, evaluate: impl FnOnce() -> T) -> T {
    let until = worked().saturating_add(Duration::from_millis(limits.work_ms));
    let before = BUDGET.replace(Some(Budget { operations: limits.operations, until }));
    let result = evaluate();
    BUDGET.set(before);
    result
}
