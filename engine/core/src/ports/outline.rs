//! What a script says in so many words: found by reading it, in branches that no rehearsal takes too.

use smol_str::SmolStr;
use std::{collections::BTreeSet, ops::Range};

/// A script and the modules beside it, as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The functions of every file; what stands outside of them is a function without a name.
    pub functions: Vec<Function>,
    /// Which file imports which module, and as what.
    pub imports: Vec<Import>,
}

/// A function as written. Its closures are a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The file, as the template names it.
    pub file: SmolStr,
    /// Its name; empty for what stands outside of functions.
    pub name: SmolStr,
    /// How many parameters it takes.
    pub parameters: usize,
    /// What they are called.
    pub names: Vec<SmolStr>,
    /// The bytes of its name in the file.
    pub bytes: Range<usize>,
    /// What it calls, in the order of the text.
    pub calls: Vec<Call>,
    /// The texts that stand in it in quotes.
    pub texts: BTreeSet<Text>,
    /// The fields that it reads or writes, of whatever: `length` for `settings().length`.
    pub fields: BTreeSet<SmolStr>,
}

/// A call of a verb, a helper or a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is called.
    pub name: SmolStr,
    /// The module it is called in, as the file names it: `sessions` for `sessions::hold_for_all(...)`.
    pub module: Option<SmolStr>,
    /// Whether it stands behind a dot: what is before it is given too.
    pub method: bool,
    /// What it is given.
    pub arguments: Vec<Argument>,
    /// The bytes at which each argument begins, up to the end of its first word, number or text.
    pub given: Vec<Range<usize>>,
    /// The bytes of its name in the file.
    pub bytes: Range<usize>,
}

/// What a call is given, as far as the text alone says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A text in quotes, or the beginning of one.
    Text(Text),
    /// A map, with the names of its fields.
    Map(Vec<(SmolStr, Argument)>),
    /// A list.
    List(Vec<Argument>),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float,
    /// True or false.
    Bool,
    /// A range such as `0..10`.
    Range,
    /// A period of so many of a unit: `weeks(5)`.
    Period(i64),
    /// A variable, or a parameter of the function.
    Variable(SmolStr),
    /// A field of something: `mentors` for `cohort().mentors`.
    Field(SmolStr),
    /// What a call returns: `cohort` for `cohort()`.
    Returned(SmolStr),
    /// Anything else: only a run knows.
    Unknown,
}

/// A text in quotes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// What it says.
    pub text: SmolStr,
    /// False if more is put behind it: `"drop-in " + n`.
    pub whole: bool,
}

/// An import of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The file that imports.
    pub file: SmolStr,
    /// The module: its path without the ending, for example `lib/sessions`.
    pub module: SmolStr,
    /// What the file calls it.
    pub alias: SmolStr,
}

impl Text {
    /// Whether the text is a name, or becomes one: whole, with words behind it (`drop-in 2`), or as its beginning.
    pub fn names(&self, name: &str) -> bool {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        first == name || (!self.whole && name.starts_with(self.text.as_str()))
    }
}
