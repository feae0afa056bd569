//! Every limit of a script, in one place.

/// What one evaluation of a script may use. There is no default: whoever builds an engine says what it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptLimits {
    /// Operations of rhai.
    pub operations: u64,
    /// Milliseconds that a processor works on it: operations alone don't bound it, and the time that passes would be longer on a
    /// busy machine, where a sound script must not be stopped.
    pub work_ms: u64,
    /// Calls inside calls.
    pub call_levels: usize,
    /// Expressions inside expressions, in functions and outside.
    pub expression_depth: usize,
    /// Bytes of one text, and of all texts in a list or a map together: rhai counts them so.
    pub string_bytes: usize,
    /// Items of one list.
    pub list_items: usize,
    /// Fields of one map.
    pub map_fields: usize,
    /// Variables in scope.
    pub variables: usize,
    /// Functions of one script.
    pub functions: usize,
    /// Modules that one script imports.
    pub modules: usize,
    /// Bytes of one script.
    pub script_bytes: usize,
}

impl ScriptLimits {
    /// The limits that a server runs with.
    pub const fn standard() -> Self {
        Self {
            operations: 500_000,
            work_ms: 500,
            call_levels: 24,
            expression_depth: 48,
            // A cohort has everyone's id twice: 20,000 people, as many as a run may have, take 480,000 bytes.
            string_bytes: 512 * 1024,
            list_items: 50_000,
            map_fields: 1_000,
            variables: 500,
            functions: 500,
            modules: 50,
            script_bytes: 256 * 1024,
        }
    }
}
