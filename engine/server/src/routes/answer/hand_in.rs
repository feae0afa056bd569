//! Answers that come back from a form: handed in, or kept for later.

use super::{
    link::Link,
    show::{fill_in, language_of, say_over},
};
use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::{PageFault, notice},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use turnabout_live::{FormOver, FormSent, FormTaken, OpenForm, OverWhy};
use turnabout_render::form::{FormSaid, NoticePage};

/// Takes answers.
pub(crate) async fn hand_in(
    State(app): State<App>,
    // Even of a link that is wrong the form is read: whoever still sends it would find the connection closed.
    link: Result<Link, PageFault>,
    form: Result<WriteForm, Fault>,
) -> Result<Response, PageFault> {
    let (link, fields) = (link?, form?.fields);
    let taken = app.engine(move |engine| {
        let link = link.open(engine)?;
        engine.take_form(&link.run, link.of, FormSent { code: &link.code, fields: &fields })
    });
    Ok(match taken.await? {
        FormTaken::HandedIn(open) => {
            // Where it leads is relative, since a proxy may have put something before the path.
            let to = HeaderValue::from_str(&language_of(&open.survey, &open.language));
            let location = to.unwrap_or(HeaderValue::from_static("?"));
            (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
        }
        FormTaken::Kept(open) => say_kept(&open),
        FormTaken::Again(open) => {
            let mut response = fill_in(&open);
            if !open.faults.is_empty() || open.said != FormSaid::Nothing {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            response
        }
        FormTaken::Over(over) if over.why == OverWhy::HandedIn => say_too_late(&over),
        FormTaken::Over(over) => say_over(&over),
    })
}

fn say_kept(open: &OpenForm) -> Response {
    let paragraphs = vec![
        "Nothing is handed in yet. To go on, follow the link in your letter, on any device.".to_owned(),
        format!("You can answer until {}. What is not handed in by then is deleted.", open.closes_at()),
    ];
    let to = language_of(&open.survey, &open.language);
    let kept = NoticePage {
        over: open.survey.say(&open.survey.title, &open.language),
        title: "Your answers are kept for you",
        paragraphs,
        purpose: None,
        language: &open.language,
        onward: Some(("Go on answering now", &to)),
        look: &open.look,
    };
    notice(StatusCode::OK, &kept)
}

/// Sent a second time, from a page that was still open.
fn say_too_late(over: &FormOver) -> Response {
    let first = "What you sent first counts. If you sent something else just now, it was not taken.";
    let late = NoticePage {
        over: &over.title,
        title: "You have handed this in already",
        paragraphs: vec![first.to_owned()],
        purpose: None,
        language: &over.language,
        onward: None,
        look: &over.look,
    };
    notice(StatusCode::CONFLICT, &late)
}
