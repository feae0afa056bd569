//! What goes out.

use super::{Fault, Problem};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::collections::BTreeMap;
use turnabout_live::views::Page;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ContentBuilder, Ref, RefOr, Response as Described, ResponseBuilder},
};

/// One thing, or a problem.
pub(crate) type Shown<T> = Result<Json<T>, Fault>;

/// A page of things, or a problem.
pub(crate) type Listed<T> = Result<Json<Page<T>>, Fault>;

/// Something that was created: 201 with its address, or 200 if the same request had created it before.
#[derive(Debug)]
pub(crate) struct Created<T> {
    /// Where it is.
    pub(crate) location: String,
    /// What it is.
    pub(crate) body: T,
    /// Whether an earlier request with the same key did it.
    pub(crate) replayed: bool,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let status = if self.replayed { StatusCode::OK } else { StatusCode::CREATED };
        let mut response = (status, Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// The answer of every operation that goes wrong.
pub(crate) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
        let response = ResponseBuilder::new()
            .description("What is wrong, with a stable `code` and a `hint`")
            .content("application/problem+json", content)
            .build();
        BTreeMap::from([("default".to_owned(), RefOr::T(response))])
    }
}
