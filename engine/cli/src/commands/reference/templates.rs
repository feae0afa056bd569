//! The page of the shipped templates: what a client can set.

use super::cell;
use crate::{failure::Failure, house::House};
use std::{fmt::Write as _, path::PathBuf};
use turnabout_core::bundle::Bundle;
use turnabout_model::Value;

const HEAD: &str = "# The settings of the templates

What a client sets in `client.toml` under `[settings]`, or with `--set` and `--setting`.
";

/// Every template with its settings.
pub(super) fn page(templates: &[PathBuf]) -> Result<String, Failure> {
    let house = House::new()?;
    let mut page = String::from(HEAD);
    for path in templates {
        tell(&mut page, &house.load(path, true)?).expect("invariant: a string takes all");
    }
    Ok(page)
}

fn tell(page: &mut String, bundle: &Bundle) -> std::fmt::Result {
    let programme = &bundle.programme;
    write!(page, "\n## {}\n\n{}\n", programme.name, cell(&programme.summary))?;
    write!(page, "\n| setting | default | takes | what it does |\n| --- | --- | --- | --- |\n")?;
    for (name, setting) in &programme.settings {
        let default = match setting.default_value() {
            Value::Text(text) => format!("\"{text}\""),
            Value::Period(period) => format!("\"{period}\""),
            Value::Int(n) => n.to_string(),
            Value::Float(n) => n.to_string(),
            Value::Bool(on) => on.to_string(),
            _ => String::new(),
        };
        writeln!(page, "| `{name}` | `{default}` | {} | {} |", cell(&setting.wants()), cell(setting.help()))?;
    }
    Ok(())
}
