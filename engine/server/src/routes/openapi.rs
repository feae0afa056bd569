//! The description of the API.

use crate::router;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use std::sync::OnceLock;

/// Shows this document. It needs no token.
#[utoipa::path(get, path = "/openapi.json", tag = "server", security(()),
    responses((status = 200, description = "The OpenAPI 3.1 document", body = Object)))]
pub(crate) async fn openapi() -> Response {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| {
        serde_json::to_string(&router::document()).expect("invariant: the document is plain data with text keys")
    });
    ([(header::CONTENT_TYPE, "application/json")], document.as_str()).into_response()
}
