//! The link in somebody's letter.

use crate::{
    page::PageFault,
    routes::door::{LinkPath, let_in, no_such_link},
};
use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
};
use smol_str::SmolStr;
use turnabout_live::{Engine, FormOf, LiveError};
use turnabout_model::RunId;

/// What a link says, before anybody has looked whether it is right.
#[derive(Debug, Clone)]
pub(crate) struct Link(Opened);

/// A link whose code is right: the way to somebody's form.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) run: RunId,
    pub(crate) of: FormOf,
    pub(crate) code: String,
    /// The language that is asked for.
    pub(crate) language: Option<SmolStr>,
}

impl<S: Send + Sync> FromRequestParts<S> for Link {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageFault> {
        let path = LinkPath::<(String, String, String, String)>::from_request_parts(parts, state).await?;
        let LinkPath((run, wave, participant, code)) = path;
        let (Ok(run), Ok(wave), Ok(participant)) = (run.parse(), wave.parse(), participant.parse()) else {
            return Err(no_such_link().into());
        };
        Ok(Self(Opened { run, of: FormOf { wave, participant }, code, language: language(&parts.uri) }))
    }
}

impl Link {
    /// Opens it, if its code is right.
    pub(crate) fn open(self, engine: &Engine) -> Result<Opened, LiveError> {
        let Self(link) = self;
        let_in(engine, &link.run, link.of, &link.code)?;
        Ok(link)
    }
}

fn language(uri: &Uri) -> Option<SmolStr> {
    let query = uri.query()?;
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "language").map(|(_, tag)| SmolStr::new(tag))
}
