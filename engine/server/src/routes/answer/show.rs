//! The form behind a link, as it was left the last time.

use super::link::Link;
use crate::{
    app::App,
    page::{Forms, PageFault, page},
};
use axum::{extract::State, http::StatusCode, response::Response};
use turnabout_live::{FormOver, OpenForm, OverWhy, PersonalAsked, PersonalForm};
use turnabout_model::Survey;
use turnabout_render::form::{FormPage, SurveyNotice, Told, form_page, form_style, survey_notice};

/// Shows the form, or says why there is nothing to fill in any more. Nothing is changed: mail programs follow links too.
pub(crate) async fn show(State(app): State<App>, link: Link) -> Result<Response, PageFault> {
    let found = app.engine(move |engine| {
        let link = link.open(engine)?;
        let asked = PersonalAsked { code: &link.code, language: link.language.as_deref() };
        engine.personal_form(&link.run, link.of, asked)
    });
    Ok(match found.await? {
        PersonalForm::Open(open) => fill_in(&open),
        PersonalForm::Over(over) => say_over(&over),
    })
}

/// The form to fill in.
pub(super) fn fill_in(open: &OpenForm) -> Response {
    let form = &open.form;
    let html = form_page(&FormPage {
        survey: &open.survey,
        wording: &open.wording,
        visible: &form.visible,
        required: &form.required,
        computed: &form.computed,
        labels: &form.labels,
        answers: &form.answers,
        faults: open.faults.clone(),
        people: &open.people,
        most_named: open.most_named,
        closes: open.closes,
        zone: &open.zone,
        kept: &open.kept,
        said: open.said,
        look: &open.look,
    });
    page(html, &form_style(&open.look), Forms::Here)
}

/// Why there is nothing to fill in.
pub(super) fn say_over(over: &FormOver) -> Response {
    let (status, told) = match over.why {
        OverWhy::HandedIn => (StatusCode::OK, Told::HandedIn { purpose: over.purpose.as_deref() }),
        OverWhy::Closed => (StatusCode::GONE, Told::Closed),
        OverWhy::NotAsked => (StatusCode::GONE, Told::NotAsked),
    };
    let FormOver { title, wording, look, .. } = over;
    tell(status, &SurveyNotice { told, survey: title, wording, look })
}

/// Answers with what a survey has to say in place of its form.
pub(super) fn tell(status: StatusCode, notice: &SurveyNotice<'_>) -> Response {
    let mut response = page(survey_notice(notice), &form_style(notice.look), Forms::None);
    *response.status_mut() = status;
    response
}

/// The same address in a language: nothing but a question mark for the survey's own.
pub(super) fn language_of(survey: &Survey, language: &str) -> String {
    if language == survey.default_language { "?".into() } else { format!("?language={language}") }
}
