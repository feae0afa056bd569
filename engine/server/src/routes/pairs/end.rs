//! Ending a pair.

use crate::{
    api::{KeyHeader, PairPath, Path, Problems, Shown, Write},
    app::App,
    routes::runs::cancel::Reason,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::PairView};

/// Ends a pair.
#[utoipa::path(post, path = "/runs/{run}/pairs/{pair}/end", tag = "matching", params(PairPath, KeyHeader),
    request_body = Reason, responses((status = 200, description = "The pair", body = PairView), Problems))]
pub(crate) async fn end_pair(
    State(app): State<App>,
    Path(PairPath { run, pair }): Path<PairPath>,
    write: Write<Reason>,
) -> Shown<PairView> {
    let reason = write.body.checked()?;
    let request = Request::from(Input::EndPair { pair, reason }).once(write.once);
    let ended = app.submit(run, request, move |d| {
        d.after.run.pair(pair).map(PairView::of).expect("invariant: the core has ended it")
    });
    Ok(Json(ended.await?.answer))
}
