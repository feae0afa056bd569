//! What waits for a decision.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use turnabout_live::views::{Page, TaskView};
use utoipa::IntoParams;

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only those that are open, or only those that are closed.
    open: Option<bool>,
    /// The `next` of the page before; nothing for the first page.
    after: Option<String>,
    /// How many items at most.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
}

/// Lists decisions that wait for a person, closed ones too.
#[utoipa::path(get, path = "/runs/{run}/tasks", tag = "tasks", params(RunPath, Which),
    responses((status = 200, description = "A page of tasks", body = Page<TaskView>), Problems))]
pub(crate) async fn list_tasks(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(which): Query<Which>,
) -> Listed<TaskView> {
    let Which { open, after, limit } = which;
    let place = PageQuery { after, limit }.counted(&app.limits)?;
    app.read(path.run, move |of| {
        let tasks = of.run.tasks.iter().filter(|task| open.is_none_or(|open| open == task.choice.is_none()));
        Ok(page_of(tasks.map(TaskView::of), |task| task.id.0, place))
    })
    .await
}
