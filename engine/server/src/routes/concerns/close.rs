//! A concern that was dealt with.

use crate::{
    api::{ConcernPath, KeyHeader, Path, Problems, Shown, WriteNothing},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::ConcernView};

/// Notes that the contact has dealt with a concern.
#[utoipa::path(post, path = "/runs/{run}/concerns/{concern}/close", tag = "concerns",
    params(ConcernPath, KeyHeader),
    responses((status = 200, description = "The concern", body = ConcernView), Problems))]
pub(crate) async fn close_concern(
    State(app): State<App>,
    Path(ConcernPath { run, concern }): Path<ConcernPath>,
    write: WriteNothing,
) -> Shown<ConcernView> {
    let request = Request::from(Input::CloseConcern { concern }).once(write.once);
    let closed = app.submit(run, request, move |d| {
        d.after.run.concern(concern).map(ConcernView::of).expect("invariant: the core has closed it")
    });
    Ok(Json(closed.await?.answer))
}
