//! Answers that come back from a form: handed in, or kept for later.

use super::{
    link::Link,
    show::{fill_in, language_of, say_over, tell},
};
use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::PageFault,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use turnabout_live::{FormOver, FormSent, FormTaken, OpenForm, OverWhy};
use turnabout_render::form::{FormSaid, SurveyNotice, Told};

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
            let to = HeaderValue::from_str(&language_of(&open.survey, open.wording.language()));
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
    let OpenForm { survey, wording, look, closes, zone, .. } = open;
    let form = language_of(survey, wording.language());
    let told = Told::Kept { closes: *closes, zone, form: &form };
    let survey = survey.say(&survey.title, wording.language());
    tell(StatusCode::OK, &SurveyNotice { told, survey, wording, look })
}

/// Sent a second time, from a page that was still open.
fn say_too_late(over: &FormOver) -> Response {
    let FormOver { title, wording, look, .. } = over;
    tell(StatusCode::CONFLICT, &SurveyNotice { told: Told::TooLate, survey: title, wording, look })
}
