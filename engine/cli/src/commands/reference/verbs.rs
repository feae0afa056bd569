//! The page of verbs.

use std::fmt::Write as _;
use turnabout_core::verbs::{COMPOSITES, Parameter, specs};

const HEAD: &str = "# Verbs

What a script can call. A *durable* verb is a step: it happens once, its value is in the journal, and a replay hands it back.
`definitions` prints the same for editors. A period is a length of time (`weeks(2)`), a moment an instant; `moment + period` is a
moment in the run's time zone.
";

/// Every verb, what it takes and returns.
pub(super) fn page() -> String {
    let mut page = String::from(HEAD);
    for spec in specs() {
        entry(&mut page, spec.name, spec.required, spec.optional, (spec.about, spec.returns));
    }
    page.push_str("\n# Verbs around others\n");
    for composite in &COMPOSITES {
        entry(&mut page, composite.name, composite.required, &[], (composite.about, composite.returns));
    }
    page.push_str("\n# Helpers\n\nNo steps: they depend on their arguments and the run alone.\n\n| call | gives | |\n| --- | --- | --- |\n");
    for (name, parameters, returns, about) in turnabout_script::helpers() {
        line(&mut page, &format!("| `{name}({parameters})` | {returns} | {about} |"));
    }
    page
}

fn entry(
    page: &mut String,
    name: &str,
    required: &[Parameter],
    optional: &[Parameter],
    (about, returns): (&str, &str),
) {
    let mut call: Vec<String> = required.iter().map(|parameter| parameter.name.to_owned()).collect();
    call.extend(optional.iter().map(|parameter| format!("{}?", parameter.name)));
    line(page, &format!("\n## {name}\n\n`{name}({})`\n\n{about}\n", call.join(", ")));
    for parameter in required.iter().chain(optional) {
        line(page, &format!("- `{}`: {}", parameter.name, parameter.holds));
    }
    line(page, &format!("\nReturns {returns}."));
}

fn line(page: &mut String, line: &str) {
    writeln!(page, "{line}").expect("invariant: a string takes all");
}
