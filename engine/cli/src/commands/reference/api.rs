//! The page of the API.

use super::cell;
use crate::failure::Failure;
use serde_json::Value as Json;
use std::{collections::BTreeMap, fmt::Write as _};

const HEAD: &str = "# The API

Every path but the server's own needs `Authorization: Bearer TOKEN`. A running server describes itself, with every shape, at
`/api/v1/openapi.json`. An error is a problem document (RFC 9457) with a code of the [list of error codes](codes.md). A request
that writes may carry an `Idempotency-Key`: sent again with the same key it has its effect once.
";

/// Every route of the server's own description, and a body for each that takes one.
pub(super) fn page() -> Result<String, Failure> {
    let document: Json = serde_json::from_str(&turnabout_server::openapi_document())
        .map_err(|error| Failure::Internal(format!("the description of the API: {error}")))?;
    let mut groups: BTreeMap<&str, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, route) in methods.as_object().into_iter().flatten() {
            let about = route["summary"].as_str().or(route["description"].as_str()).unwrap_or_default();
            let call = format!("{} {path}", method.to_uppercase());
            let (rows, bodies) = groups.entry(route["tags"][0].as_str().unwrap_or("other")).or_default();
            rows.push(format!("| `{call}` | {} |", cell(about)));
            bodies.extend(body(&document, &call, &route["requestBody"]["content"])?);
        }
    }
    let mut page = String::from(HEAD);
    for (group, (rows, bodies)) in groups {
        write!(page, "\n## {group}\n\n| | |\n| --- | --- |\n{}\n{}", rows.join("\n"), bodies.concat())
            .expect("invariant: a string takes all");
    }
    Ok(page)
}

/// An example of what an operation takes, from the description; nothing if it takes nothing.
fn body(document: &Json, call: &str, content: &Json) -> Result<Option<String>, Failure> {
    if content.get("text/csv").is_some() {
        return Ok(Some(format!("\n`{call}` takes [a list of people](people.md) as `text/csv`.\n")));
    }
    let Some(schema) = content["application/json"].get("schema") else { return Ok(None) };
    let named = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')).and_then(|at| document.pointer(at));
    let example = named.unwrap_or(schema).get("example");
    let example = example.ok_or_else(|| Failure::Internal(format!("the body of {call} has no example")))?;
    let example = serde_json::to_string_pretty(example).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Some(format!("\n`{call}` takes for example:\n\n```json\n{example}\n```\n")))
}
