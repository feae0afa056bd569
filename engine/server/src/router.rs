//! Every route, in one place.
//!
//! A route and its description are one declaration, so the document of the API can't miss one.

use crate::{
    app::App,
    middleware::{count, guard, headers, panicked, within_time},
    routes::{
        agreements, answer, concerns, evaluation, health, hear, journal, meetings, metrics, openapi, outbox, pairs,
        participants, proposals, raise, recruitments, runs, sessions, sign, signals, status, tasks, templates,
        test_clock, timeline, waves,
    },
};
use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The frame of the document: what it is and how one is let in.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Turnabout",
        description = "Reverse-mentoring programmes. Ids in answers name things within a run; times are RFC 3339 in UTC. \
                       Every error is `application/problem+json` with a stable `code` and a `hint`."
    ),
    modifiers(&Bearer),
    security(("token" = [])),
    components(schemas(crate::api::Problem, crate::api::ProblemItem)),
    tags(
        (name = "templates", description = "Programmes that can be run"),
        (name = "runs", description = "Programmes that run"),
        (name = "participants", description = "Mentors and mentees"),
        (name = "matching", description = "Proposals and pairs"),
        (name = "agreements", description = "What pairs agree on before they meet"),
        (name = "diary", description = "Sessions and meetings"),
        (name = "surveys", description = "Surveys that were sent"),
        (name = "results", description = "What a programme came to, as far as it may be shown"),
        (name = "tasks", description = "Decisions that wait for a person"),
        (name = "signals", description = "Letters for the script"),
        (name = "concerns", description = "Concerns, by number"),
        (name = "records", description = "What happened and what is to be sent"),
        (name = "server", description = "The server itself"),
    )
)]
struct Frame;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// Routes that anybody may ask.
fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health::health)).routes(routes!(openapi::openapi))
}

/// Routes for the operator.
fn guarded() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(metrics::metrics))
        .routes(routes!(templates::list::list_templates))
        .routes(routes!(templates::show::show_template))
        .routes(routes!(templates::check_people::check_people))
        .routes(routes!(runs::list::list_runs, runs::start::start_run))
        .routes(routes!(runs::show::show_run))
        .routes(routes!(runs::lessons::show_lessons))
        .routes(routes!(runs::resume::resume_run))
        .routes(routes!(runs::pause::pause_run))
        .routes(routes!(runs::unpause::unpause_run))
        .routes(routes!(runs::amend::amend_run))
        .routes(routes!(runs::forecast::forecast_run))
        .routes(routes!(runs::cancel::cancel_run))
        .routes(routes!(participants::list::list_participants, participants::add::add_participant))
        .routes(routes!(participants::import::import_participants))
        .routes(routes!(participants::show::show_participant))
        .routes(routes!(participants::certificate::print_certificate))
        .routes(routes!(participants::set_status::set_participant_status))
        .routes(routes!(participants::consent::keep_alumni_consent))
        .routes(routes!(participants::withdraw::withdraw_participant))
        .routes(routes!(participants::send_again::send_letters_again))
        .routes(routes!(recruitments::close::close_recruitment))
        .routes(routes!(proposals::list::list_proposals))
        .routes(routes!(proposals::show::show_proposal))
        .routes(routes!(proposals::publish::publish_proposal))
        .routes(routes!(proposals::revise::revise_proposal))
        .routes(routes!(proposals::review::review_pair))
        .routes(routes!(proposals::compare::compare_proposals))
        .routes(routes!(pairs::list::list_pairs))
        .routes(routes!(pairs::at_risk::list_pairs_at_risk))
        .routes(routes!(pairs::end::end_pair))
        .routes(routes!(pairs::decline::decline_pair))
        .routes(routes!(sessions::list::list_sessions, sessions::plan::plan_session))
        .routes(routes!(sessions::show::show_session))
        .routes(routes!(sessions::rounds::plan_rounds))
        .routes(routes!(sessions::rounds::print_rounds))
        .routes(routes!(sessions::notes::show_notes, sessions::notes::keep_notes))
        .routes(routes!(sessions::held::hold_session))
        .routes(routes!(sessions::reschedule::reschedule_session))
        .routes(routes!(sessions::cancel::cancel_session))
        .routes(routes!(agreements::list::list_agreements))
        .routes(routes!(agreements::show::show_agreement))
        .routes(routes!(agreements::sign::sign_agreement))
        .routes(routes!(meetings::list::list_meetings, meetings::record::record_meeting))
        .routes(routes!(waves::list::list_waves))
        .routes(routes!(waves::show::show_wave))
        .routes(routes!(waves::respond::respond))
        .routes(routes!(waves::look::look_at_form))
        .routes(routes!(waves::draft::save_draft, waves::draft::show_draft))
        .routes(routes!(evaluation::show_evaluation))
        .routes(routes!(evaluation::list_figures))
        .routes(routes!(evaluation::print_evaluation))
        .routes(routes!(tasks::list::list_tasks))
        .routes(routes!(tasks::close::close_task))
        .routes(routes!(signals::send::send_signal))
        .routes(routes!(concerns::list::list_concerns, concerns::raise::raise_concern))
        .routes(routes!(concerns::close::close_concern))
        .routes(routes!(outbox::list_outbox))
        .routes(routes!(timeline::show_timeline))
        .routes(routes!(journal::show_journal))
}

/// Where the API lies.
const API: &str = "/api/v1";

/// Describes the API.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    OpenApiRouter::with_openapi(Frame::openapi()).nest(API, open()).nest(API, guarded()).into_openapi()
}

/// Puts the routes together.
pub(crate) fn router(app: App) -> Router {
    let (open, _) = OpenApiRouter::new().nest(API, open()).split_for_parts();
    let (guarded, _) = OpenApiRouter::new().nest(API, guarded()).split_for_parts();
    let mut guarded = guarded;
    if app.test_clock.is_some() {
        guarded = guarded.route("/test/clock", post(test_clock::set_clock));
    }
    let guarded = guarded.route_layer(middleware::from_fn_with_state(app.clone(), guard));
    // The outermost layer comes last: a panic anywhere is answered, and every answer is counted.
    Router::new()
        .route("/", get(status::status))
        .route(answer::PATH, get(answer::show).post(answer::hand_in))
        .route(sign::PATH, get(sign::show).post(sign::answer))
        .route(hear::PATH, get(hear::show).post(hear::close))
        .route(raise::PATH, get(raise::show).post(raise::send))
        .merge(open)
        .merge(guarded)
        .fallback(crate::middleware::nothing_there)
        .method_not_allowed_fallback(crate::middleware::wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), within_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(crate::page::in_words))
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn_with_state(app.clone(), count))
        .with_state(app)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_that_is_written_is_routed_and_described() {
        fn written(folder: &std::path::Path) -> usize {
            let mut found = 0;
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found += if path.is_dir() {
                    written(&path)
                } else {
                    std::fs::read_to_string(&path).unwrap().matches("#[utoipa::path(").count()
                };
            }
            found
        }
        let document = document();
        let described = |item: &utoipa::openapi::PathItem| {
            [&item.get, &item.post, &item.put, &item.delete, &item.patch].into_iter().flatten().count()
        };
        let described: usize = document.paths.paths.values().map(described).sum();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes");
        assert_eq!(described, written(&folder));
    }

    #[test]
    fn every_operation_has_its_own_id_a_summary_and_a_problem() {
        let document = serde_json::to_value(document()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let mut ids = std::collections::BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(ids.insert(id.to_owned()), "{id} names two operations");
                assert!(operation["summary"].is_string(), "{method} {path}");
                assert!(operation["responses"]["default"].is_object() || id == "openapi", "{method} {path}");
                let named: Vec<_> = path.matches('{').collect();
                let described = operation["parameters"]
                    .as_array()
                    .map_or(0, |parameters| parameters.iter().filter(|parameter| parameter["in"] == "path").count());
                assert_eq!(named.len(), described, "{method} {path}");
            }
        }
    }

    #[test]
    fn every_schema_that_is_named_is_there() {
        let document = serde_json::to_value(document()).unwrap();
        let text = document.to_string();
        for (at, _) in text.match_indices("#/components/schemas/") {
            let name = &text[at + 21..];
            let name = &name[..name.find('"').unwrap()];
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
    }
}
