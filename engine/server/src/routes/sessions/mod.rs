//! The diary.

pub(crate) mod cancel;
pub(crate) mod held;
pub(crate) mod list;
pub(crate) mod notes;
pub(crate) mod plan;
pub(crate) mod reschedule;
pub(crate) mod rounds;
pub(crate) mod show;

use crate::{api::Shown, app::App};
use axum::Json;
use turnabout_live::{Request, views::SessionView};
use turnabout_model::{RunId, SessionId};

/// Changes a session and shows it.
async fn change(app: &App, run: RunId, session: SessionId, request: Request) -> Shown<SessionView> {
    let changed = app.submit(run, request, move |d| {
        d.after.run.session(session).map(SessionView::of).expect("invariant: the core has changed it")
    });
    Ok(Json(changed.await?.answer))
}
