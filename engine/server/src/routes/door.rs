//! Who comes by a link in a letter: let in with the right code, and told the same whatever is wrong.

use crate::page::PageFault;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use smol_str::SmolStr;
use turnabout_live::{Engine, LiveError, Opens};
use turnabout_model::RunId;

/// Lets nobody past whose code is not the link's. What there is behind it is not told either.
pub(crate) fn let_in(engine: &Engine, run: &RunId, opens: impl Into<Opens>, code: &str) -> Result<(), LiveError> {
    if engine.link_key()?.is_code(run, opens, code) { Ok(()) } else { Err(no_such_link()) }
}

/// What is said of every link that is not right.
pub(crate) fn no_such_link() -> LiveError {
    LiveError::NotInRun(SmolStr::new_static("such link"))
}

/// What the address of a link says. One that can't be read is like any other that is wrong.
pub(crate) struct LinkPath<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for LinkPath<T> {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageFault> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(said)| Self(said)).map_err(|_| no_such_link().into())
    }
}
