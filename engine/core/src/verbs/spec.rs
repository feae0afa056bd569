//! What a verb is called, takes and returns: registered with scripts, and written into the editors' definitions.

/// A parameter of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in the words of the documentation.
    pub holds: &'static str,
}

/// A verb as scripts and documentation know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerbSpec {
    /// Its name.
    pub name: &'static str,
    /// What it must be given.
    pub required: &'static [Parameter],
    /// What it may be given besides, in order.
    pub optional: &'static [Parameter],
    /// Which required parameter is the step's label: its index, if one is.
    pub label: Option<usize>,
    /// It has its value at once, so the script goes on in the same wake.
    pub immediate: bool,
    /// What it returns, in the words of the documentation.
    pub returns: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// A composite verb: it takes closures, and its insides are branches of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Composite {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub required: &'static [Parameter],
    /// What it returns.
    pub returns: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// What scripts can call beside verbs: it depends on its arguments and the run alone, and is never journaled.
pub const HELPERS: [&str; 10] =
    ["months", "weeks", "days", "hours", "minutes", "settings", "without", "among", "run_started", "random"];

/// The composite verbs.
pub const COMPOSITES: [Composite; 4] = [
    Composite {
        name: "together",
        required: &[Parameter { name: "branches", holds: "a list of closures without parameters" }],
        returns: "a list of what the branches returned, in order",
        about: "Runs branches side by side and goes on when all have returned.",
    },
    Composite {
        name: "race",
        required: &[Parameter { name: "branches", holds: "a list of closures without parameters" }],
        returns: "what the first branch to return has returned",
        about: "Runs branches side by side and goes on when one has returned; the others stop waiting.",
    },
    Composite {
        name: "repeat_until",
        required: &[
            Parameter { name: "end", holds: "a period from now, or a moment" },
            Parameter { name: "body", holds: "a closure; it may take the number of the round, from 1" },
        ],
        returns: "how many rounds were completed",
        about: "Runs its body again and again until the end; the round that is under way then stops waiting.",
    },
    Composite {
        name: "every",
        required: &[
            Parameter { name: "period", holds: "a period" },
            Parameter { name: "length", holds: "a period from now, or a moment" },
            Parameter { name: "body", holds: "a closure; it may take the number of the round, from 1" },
        ],
        returns: "how many rounds were completed",
        about: "Runs its body after each period until the length is over; a round whose successor is due is skipped.",
    },
];
