//! The page of the audit.

use super::cell;
use std::fmt::Write as _;
use turnabout_template::audit;

const HEAD: &str = "# Good practice

`turnabout check` holds a template against the six core standards of EMCC's International Standards for Mentoring and Coaching
Programmes (ISMCP), as far as files can show it. A template waives a lint with a reason:

```toml
[[waivers]]
lint = \"audit::no_review\"
reason = \"The celebration looks back on the year with both sides.\"
```

| lint | standard | | what it looks for, and why |
| --- | --- | --- | --- |
";

/// Every lint, its standard, and why it is there.
pub(super) fn page() -> String {
    let mut page = String::from(HEAD);
    for lint in audit::lints() {
        let severity = format!("{:?}", lint.severity).to_lowercase();
        writeln!(page, "| `{}` | {} | {severity} | {} |", lint.code, lint.standard, cell(lint.why))
            .expect("invariant: a string takes all");
    }
    page
}
