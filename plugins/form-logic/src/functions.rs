//! The functions that expressions may call, by name.
//!
//! The list is ODK's, less what needs the form's XML, a place on Earth, or chance; source: ODK's "Form operators and
//! functions" and the ODK XForms specification.

pub(crate) mod choices;
pub(crate) mod dates;
pub(crate) mod numbers;
pub(crate) mod text;

use crate::expression::Fault;

macro_rules! functions {
    ($($variant:ident $name:literal $least:literal $most:expr, $takes:literal;)*) => {
        /// A function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Function { $($variant),* }

        impl Function {
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            /// As it is written.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The fewest and the most arguments, and both in words.
            pub(crate) fn arguments(self) -> (usize, usize, &'static str) {
                match self { $(Self::$variant => ($least, $most, $takes)),* }
            }
        }

        /// The names of all functions.
        pub const NAMES: &[&str] = &[$($name),*];
    };
}

/// As many as fit.
const MANY: usize = usize::MAX;

functions! {
    Abs "abs" 1 1, "one number";
    Boolean "boolean" 1 1, "one value";
    BooleanFromString "boolean-from-string" 1 1, "one text";
    Ceiling "ceiling" 1 1, "one number";
    ChoiceName "jr:choice-name" 2 2, "a choice and a question, jr:choice-name(${q}, '${q}'),";
    Coalesce "coalesce" 1 MANY, "one value or more";
    Concat "concat" 0 MANY, "any number of values";
    Contains "contains" 2 2, "two texts";
    CountSelected "count-selected" 1 1, "one question";
    Date "date" 1 1, "one value";
    DecimalDateTime "decimal-date-time" 1 1, "one date";
    EndsWith "ends-with" 2 2, "two texts";
    False "false" 0 0, "no arguments";
    Floor "floor" 1 1, "one number";
    FormatDate "format-date" 2 2, "a date and a format";
    FormatDateTime "format-date-time" 2 2, "a date and a format";
    If "if" 3 3, "a condition and two values";
    Int "int" 1 1, "one number";
    Join "join" 1 MANY, "a separator and values";
    Max "max" 1 MANY, "one number or more";
    Min "min" 1 MANY, "one number or more";
    NormalizeSpace "normalize-space" 0 1, "at most one text";
    Not "not" 1 1, "one condition";
    Now "now" 0 0, "no arguments";
    Number "number" 0 1, "at most one value";
    Once "once" 1 1, "one value";
    Pow "pow" 2 2, "two numbers";
    Regex "regex" 2 2, "a text and a pattern";
    Round "round" 1 2, "a number and maybe a number of places";
    Selected "selected" 2 2, "a question and a choice";
    SelectedAt "selected-at" 2 2, "a question and a place, counted from 0,";
    Sqrt "sqrt" 1 1, "one number";
    StartsWith "starts-with" 2 2, "two texts";
    String "string" 0 1, "at most one value";
    StringLength "string-length" 0 1, "at most one text";
    Substr "substr" 2 3, "a text, a start and maybe an end";
    Substring "substring" 2 3, "a text, a start and maybe a length";
    SubstringAfter "substring-after" 2 2, "two texts";
    SubstringBefore "substring-before" 2 2, "two texts";
    Sum "sum" 1 MANY, "one number or more";
    Today "today" 0 0, "no arguments";
    Translate "translate" 3 3, "three texts";
    True "true" 0 0, "no arguments";
}

/// Functions that XLSForm has and this logic does not, with the reason.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("random", "logic gives the same result for the same answers"),
    ("uuid", "logic gives the same result for the same answers"),
    ("randomize", "logic gives the same result for the same answers"),
    ("position", "there are no repeats"),
    ("count", "there are no repeats"),
    ("count-non-empty", "there are no repeats"),
    ("indexed-repeat", "there are no repeats"),
    ("current", "paths into the form's XML are not supported"),
    ("instance", "there are no other instances"),
    ("pulldata", "there are no other instances"),
    ("jr:itext", "write the text in the label"),
    ("version", "the engine records it with the answers"),
    ("digest", "an answer is kept as it is given"),
    ("area", "places are not asked for"),
    ("distance", "places are not asked for"),
    ("geofence", "places are not asked for"),
];

/// The function of a name.
pub(crate) fn named(name: &str) -> Result<Function, Fault> {
    if let Some(function) = Function::ALL.iter().find(|function| function.name() == name) {
        return Ok(*function);
    }
    if let Some((name, reason)) = UNSUPPORTED.iter().find(|(unsupported, _)| *unsupported == name) {
        return Err(Fault::Unsupported(name, reason));
    }
    Err(Fault::UnknownFunction(name.into(), near(name)))
}

/// The function that is meant, if the name differs only in case, or in `_` and missing `-`.
fn near(name: &str) -> Option<&'static str> {
    let plain = |name: &str| -> String {
        let name = name.rsplit(':').next().unwrap_or(name);
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    match plain(name).as_str() {
        "length" | "len" => Some("string-length"),
        "ceil" => Some("ceiling"),
        "power" => Some("pow"),
        wanted => NAMES.iter().copied().find(|known| plain(known) == wanted),
    }
}
