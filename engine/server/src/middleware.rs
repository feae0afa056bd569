//! What lies around every route.

use crate::{api::Fault, app::App};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::any::Any;

/// Lets the operator in, and nobody else.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let presented = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = presented.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    if token.is_some_and(|token| app.token.is(token)) {
        return next.run(request).await;
    }
    Fault::no_token().into_response()
}

/// Gives a request so much time and no more.
pub(crate) async fn within_time(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.limits.request_time;
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::timeout(limit.as_secs()).into_response(),
    }
}

/// Counts answers by status.
pub(crate) async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    app.requests.count(response.status().as_u16());
    response
}

/// Answers are for the one who asked and are what they say they are.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Answers a request in which something panicked.
#[allow(clippy::needless_pass_by_value)] // the signature the layer asks for
pub(crate) fn panicked(why: Box<dyn Any + Send>) -> Response {
    let text = why.downcast_ref::<String>().map(String::as_str).or_else(|| why.downcast_ref::<&str>().copied());
    tracing::error!("a request panicked: {}", text.unwrap_or("for no reason that it gave"));
    Fault::internal().into_response()
}

/// Answers a request for something that is not there.
pub(crate) async fn nothing_there(uri: Uri) -> Response {
    Fault::not_found(uri.path()).into_response()
}

/// Answers a request with a method that its path does not take.
pub(crate) async fn wrong_method(method: Method, uri: Uri) -> Response {
    let mut response = Fault::method(method.as_str(), uri.path()).into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
