//! Bodies, and the promise to do a request once.

use super::Fault;
use crate::app::App;
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Request},
    http::{HeaderMap, Method, Uri, header},
};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use smol_str::SmolStr;
use turnabout_live::Once;
use utoipa::IntoParams;

/// The header that makes a request safe to repeat.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code)] // it only describes the header
pub(crate) struct KeyHeader {
    /// A key of the client's choice, for example a UUID: the same key with the same request takes effect once and gets
    /// the same answer.
    #[param(rename = "Idempotency-Key", required = false)]
    idempotency_key: Option<String>,
}

/// A JSON body with the promise to do the request once, if the client wants it.
pub(crate) struct Write<T> {
    pub(crate) body: T,
    pub(crate) once: Option<Once>,
}

/// A CSV body with the promise.
pub(crate) struct WriteCsv {
    pub(crate) csv: Bytes,
    pub(crate) once: Option<Once>,
}

/// A form as a browser sends it: the fields in order.
pub(crate) struct WriteForm {
    pub(crate) fields: Vec<(String, String)>,
}

/// No body, with the promise.
pub(crate) struct WriteNothing {
    pub(crate) once: Option<Once>,
}

impl<T: DeserializeOwned> FromRequest<App> for Write<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let received = Received::read(request, "application/json", app.limits.json_bytes, app).await?;
        let body = serde_json::from_slice(&received.bytes).map_err(|error| bad_json(&error))?;
        Ok(Self { body, once: received.once()? })
    }
}

impl FromRequest<App> for WriteCsv {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let received = Received::read(request, "text/csv", app.limits.csv_bytes, app).await?;
        let once = received.once()?;
        Ok(Self { csv: received.bytes, once })
    }
}

impl FromRequest<App> for WriteForm {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let received = Received::read(request, "application/x-www-form-urlencoded", app.limits.form_bytes, app).await?;
        let fields = form_urlencoded::parse(&received.bytes);
        Ok(Self { fields: fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect() })
    }
}

impl FromRequest<App> for WriteNothing {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let received = Received::read(request, "", app.limits.json_bytes, app).await?;
        let text = received.bytes.trim_ascii();
        if !text.is_empty() && text != b"{}" {
            let detail = "this operation takes no body";
            return Err(Fault::bad_request("request::body", detail, "Send the request without a body."));
        }
        Ok(Self { once: received.once()? })
    }
}

fn bad_json(error: &serde_json::Error) -> Fault {
    use serde_json::error::Category;
    let detail = match error.classify() {
        Category::Data => format!("the body does not fit this operation: {error}"),
        Category::Eof => format!("the body ends too early: {error}"),
        Category::Syntax | Category::Io => format!("the body is no JSON: {error}"),
    };
    Fault::bad_request("request::json", detail, "Look at the operation's body in /api/v1/openapi.json.")
}

/// A request that was read whole.
struct Received {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
}

impl Received {
    async fn read(request: Request, wanted: &str, most: usize, app: &App) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let found = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = found.split(';').next().unwrap_or_default().trim();
        if !wanted.is_empty() && !essence.eq_ignore_ascii_case(wanted) {
            let problem = Fault::media_type(found, wanted);
            drain(body, app.limits.drained_bytes).await;
            return Err(problem);
        }
        let bytes = read_whole(body, most, app.limits.drained_bytes).await?;
        Ok(Self { method: parts.method, uri: parts.uri, headers: parts.headers, bytes })
    }

    /// The promise to do it once: the key, and a digest of everything that makes the request what it is.
    fn once(&self) -> Result<Option<Once>, Fault> {
        let Some(key) = self.headers.get("idempotency-key") else { return Ok(None) };
        let Ok(key) = key.to_str() else {
            let detail = "an idempotency key has visible ASCII characters only";
            return Err(Fault::bad_request("live::bad_key", detail, "Use for example a UUID."));
        };
        let mut digest = Sha256::new();
        let uri = self.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        for part in [self.method.as_str().as_bytes(), uri.as_bytes(), &self.bytes] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Ok(Some(Once { key: SmolStr::new(key), fingerprint: hex::encode(digest.finalize()) }))
    }
}

/// Reads a body up to a number of bytes. Of a larger one the rest is read and thrown away, within reason: a client that
/// is still sending would else see a closed connection instead of the answer.
async fn read_whole(mut body: Body, most: usize, drained: usize) -> Result<Bytes, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = next(&mut body).await {
        let piece = piece.map_err(|error| {
            let detail = format!("the body could not be read: {error}");
            Fault::bad_request("request::body", detail, "Send the whole body.")
        })?;
        if bytes.len() + piece.len() > most {
            drain(body, drained).await;
            return Err(Fault::too_large(most));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

async fn drain(mut body: Body, most: usize) {
    let mut read = 0;
    while let Some(Ok(piece)) = next(&mut body).await {
        read += piece.len();
        if read > most {
            return;
        }
    }
}

async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    let frame = std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context)).await;
    // Trailers carry nothing that is asked for.
    frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default()))
}
