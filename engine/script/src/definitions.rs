//! Definitions for editors, written from the verbs' own specifications.

use std::fmt::Write as _;
use turnabout_core::verbs::{COMPOSITES, Parameter, Verbs, specs};

/// The functions that are no verbs: they depend on their arguments and the run alone.
const DEFINED: [(&str, &str, &str, &str); 10] = [
    ("months", "n: int", "Period", "A number of calendar months."),
    ("weeks", "n: int", "Period", "A number of weeks."),
    ("days", "n: int", "Period", "A number of days."),
    ("hours", "n: int", "Period", "A number of hours."),
    ("minutes", "n: int", "Period", "A number of minutes."),
    ("settings", "", "map", "The settings of the run, the template's defaults among them."),
    ("without", "people: array, others: array", "array", "The people, in their order, who are not among the others."),
    ("among", "people: array, others: array", "array", "The people, in their order, who are among the others."),
    ("run_started", "", "Moment", "When the run started."),
    ("random", "", "float", "A number from 0 up to 1 that depends on the run's seed and the place in the script."),
];

/// The functions that are no verbs: name, parameters, what they give, and a sentence.
pub fn helpers() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    DEFINED.into_iter()
}

/// Writes the definitions of everything that a script can call, the verbs that are brought among them: without any it is the
/// file `workflows/api/turnabout.d.rhai`.
pub fn definitions(own: &Verbs) -> String {
    let mut text = String::from(
        "// What a programme's script can call. Generated from the engine; do not edit.\n// A Period is a length of \
         time, a Moment an instant; `moment + period` is a moment in the run's time zone.\n\nmodule static;\n",
    );
    for spec in specs().copied().chain(own.specs()) {
        for count in 0..=spec.optional.len() {
            let parameters: Vec<&Parameter> = spec.required.iter().chain(&spec.optional[..count]).collect();
            entry(&mut text, spec.name, &parameters, spec.returns, spec.about);
        }
    }
    for composite in &COMPOSITES {
        let parameters: Vec<&Parameter> = composite.required.iter().collect();
        entry(&mut text, composite.name, &parameters, composite.returns, composite.about);
    }
    for (name, parameters, returns, about) in DEFINED {
        write!(text, "\n/// {about}\nfn {name}({parameters}) -> {returns};\n").expect("invariant: a string takes all");
    }
    text
}

fn entry(text: &mut String, name: &str, parameters: &[&Parameter], returns: &str, about: &str) {
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    add(format!("\n/// {about}"));
    for parameter in parameters {
        add(format!("/// - `{}`: {}", parameter.name, parameter.holds));
    }
    add(format!("/// Returns {returns}."));
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    add(format!("fn {name}({});", names.join(", ")));
}

#[cfg(test)]
mod tests {
    use super::DEFINED;
    use turnabout_core::verbs::HELPERS;

    #[test]
    fn every_helper_is_defined() {
        assert_eq!(DEFINED.map(|(name, ..)| name), HELPERS);
    }
}
