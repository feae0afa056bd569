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

/// Every route of the server's own description.
pub(super) fn page() -> Result<String, Failure> {
    let document: Json = serde_json::from_str(&turnabout_server::openapi_document())
        .map_err(|error| Failure::Internal(format!("the description of the API: {error}")))?;
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, route) in methods.as_object().into_iter().flatten() {
            let about = route["summary"].as_str().or(route["description"].as_str()).unwrap_or_default();
            let row = format!("| `{} {path}` | {} |", method.to_uppercase(), cell(about));
            groups.entry(route["tags"][0].as_str().unwrap_or("other")).or_default().push(row);
        }
    }
    let mut page = String::from(HEAD);
    for (group, rows) in groups {
        write!(page, "\n## {group}\n\n| | |\n| --- | --- |\n{}\n", rows.join("\n"))
            .expect("invariant: a string takes all");
    }
    Ok(page)
}
