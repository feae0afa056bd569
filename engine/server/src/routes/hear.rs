//! The page behind the link in a letter to the contact: what people said is wrong, which nobody else can read.

use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::{Forms, PageFault, page, see_again},
    routes::door::{LinkPath, let_in, no_such_link},
};
use axum::{extract::State, response::Response};
use turnabout_core::decide::{Input, Refusal};
use turnabout_live::{Engine, Heard, HeardConcern, LiveError, Opens};
use turnabout_model::RunId;
use turnabout_render::form::{DocumentButton, DocumentPage, DocumentPart, document_page, form_style};

/// Where the page lies.
pub(crate) const PATH: &str = "/concerns/{run}/{code}";

/// What the path says.
type Parts = LinkPath<(String, String)>;

/// Shows the contact what waits for them. Nothing is changed: mail programs follow links too.
pub(crate) async fn show(State(app): State<App>, LinkPath(parts): Parts) -> Result<Response, PageFault> {
    let heard = app.engine(move |engine| {
        let run = open(engine, parts)?;
        engine.heard(&run)
    });
    Ok(shown(&heard.await?))
}

/// Notes that the contact has dealt with a concern.
pub(crate) async fn close(
    State(app): State<App>,
    // Even of a link that is wrong the form is read: whoever still sends it would find the connection closed.
    link: Result<Parts, PageFault>,
    form: Result<WriteForm, Fault>,
) -> Result<Response, PageFault> {
    let (LinkPath(parts), fields) = (link?, form?.fields);
    let closed = app.engine(move |engine| {
        let run = open(engine, parts)?;
        let named = fields.iter().find(|(name, _)| name == "close").and_then(|(_, id)| id.parse().ok());
        let Some(concern) = named else { return Ok(()) };
        match engine.submit(&run, Input::CloseConcern { concern }, |_| ()) {
            Ok(_) | Err(LiveError::Refused(Refusal::AlreadySo { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    });
    closed.await?;
    Ok(see_again())
}

/// Lets the contact in, and nobody else: the code is theirs, and another contact has another.
fn open(engine: &Engine, (run, code): (String, String)) -> Result<RunId, LiveError> {
    let run: RunId = run.parse().map_err(|_| no_such_link())?;
    let contact = engine.hears(&run)?.ok_or_else(no_such_link)?;
    let_in(engine, &run, Opens::Concerns { contact }, &code)?;
    Ok(run)
}

fn shown(heard: &Heard) -> Response {
    let lead = match (heard.open.len(), heard.closed) {
        (0, 0) => "Nobody has raised a concern.".to_owned(),
        (0, _) => "Every concern has been dealt with.".to_owned(),
        (1, _) => "One concern waits for you. You alone can read it.".to_owned(),
        (open, _) => format!("{open} concerns wait for you. You alone can read them."),
    };
    let part = |concern: &HeardConcern| {
        let raised = concern.raised.to_zoned(heard.zone.clone()).strftime("%-d %B %Y").to_string();
        let by = match &concern.by {
            Some(by) => format!("From {by}."),
            None => "Whoever raised it did not say who they are.".to_owned(),
        };
        DocumentPart {
            heading: Some(format!("Raised on {raised}")),
            text: concern.text.trim().to_owned(),
            about: vec![by],
            button: Some(DocumentButton {
                name: "close".into(),
                value: concern.id.to_string(),
                says: "I have dealt with it".into(),
            }),
            second: None,
        }
    };
    let html = document_page(&DocumentPage {
        title: "Concerns",
        lead,
        parts: heard.open.iter().map(part).collect(),
        look: &heard.look,
    });
    page(html, &form_style(&heard.look), Forms::Here)
}
