//! Pages for people: what a browser may do with them, and what they say when something went wrong.

use crate::{
    api::Fault,
    routes::{answer, hear, raise, sign},
};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use turnabout_render::{
    Look,
    form::{NoticePage, form_style, notice_page},
};

/// Where a page's forms may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// It has none.
    None,
    /// To this server.
    Here,
}

/// Answers with a page that has one style and nothing else: no script, nothing from elsewhere, no frame around it. Its
/// address is told to nobody, since it may open something.
pub(crate) fn page(html: String, style: &str, forms: Forms) -> Response {
    let style = BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()));
    // The tick of a check box is a picture within the style.
    let (pictures, action) = match forms {
        Forms::None => ("'none'", "'none'"),
        Forms::Here => ("data:", "'self'"),
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src {pictures}; base-uri 'none'; form-action {action}; \
         frame-ancestors 'none'"
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Answers with a page that has something to say.
pub(crate) fn notice(status: StatusCode, notice: &NoticePage<'_>) -> Response {
    let mut response = page(notice_page(notice), &form_style(notice.look), Forms::None);
    *response.status_mut() = status;
    response
}

/// What went wrong, told to a person in a browser.
#[derive(Debug)]
pub(crate) struct PageFault(StatusCode);

impl<T: Into<Fault>> From<T> for PageFault {
    fn from(fault: T) -> Self {
        Self(fault.into().status)
    }
}

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        let Self(status) = self;
        let (title, paragraphs): (_, &[&str]) = match status {
            StatusCode::NOT_FOUND => (
                "This link does not work",
                &[
                    "It may have been cut off on the way: copy it whole from your letter into the address line.",
                    "If it still does not work, ask whoever runs the programme.",
                ],
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("This is too long", &["Go back in your browser, shorten it, and send it again. Nothing was changed."])
            }
            StatusCode::SERVICE_UNAVAILABLE => (
                "There is too much to do at the moment",
                &["Wait a few seconds, go back in your browser and try again."],
            ),
            _ => (
                "Something went wrong here",
                &[
                    "Go back in your browser and try again.",
                    "If it happens again, tell whoever runs the programme; what went wrong is in the server's log.",
                ],
            ),
        };
        let paragraphs = paragraphs.iter().map(|text| (*text).to_owned()).collect();
        let look = Look::default();
        let told = NoticePage { over: "", title, paragraphs, look: &look };
        notice(status, &told)
    }
}

/// Sends a browser back to the page that it came from, so that nothing is sent twice when it is loaded again. Where it leads is
/// relative, since a proxy may have put something before the path.
pub(crate) fn see_again() -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static("?"))]).into_response()
}

/// What letters link to.
const FOR_PEOPLE: [&str; 4] = [answer::PATH, sign::PATH, hear::PATH, raise::PATH];

/// Tells whether a path is meant to be one that letters link to, even if it was cut off on the way.
fn is_for_people(path: &str) -> bool {
    fn room(path: &str) -> Option<&str> {
        path.split('/').nth(1)
    }
    FOR_PEOPLE.iter().any(|place| room(place) == room(path))
}

/// Behind the links in letters everything that goes wrong is told on a page, wherever it went wrong: a person reads it.
pub(crate) async fn in_words(request: Request, next: Next) -> Response {
    let person = is_for_people(request.uri().path());
    let response = next.run(request).await;
    let problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if person && problem { PageFault(response.status()).into_response() } else { response }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_do_nothing_but_be_read_and_sent_back() {
        let look = Look::of("Harbour", Some("#12436d"));
        let html = notice_page(&NoticePage { over: "", title: "Thank you", paragraphs: vec![], look: &look });
        let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).unwrap();
        let digest = BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()));
        let response = page(html.clone(), &form_style(&look), Forms::Here);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(style.contains("#12436d") && policy.contains(&format!("style-src 'sha256-{digest}'")), "{policy}");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
        assert!(!html.contains("<script") && !html.contains(" style=\""));
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer");
    }
}
