//! Deciding a task.

use crate::{
    api::{KeyHeader, Path, Problems, Shown, TaskPath, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use smol_str::SmolStr;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::TaskView};
use utoipa::ToSchema;

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"choice": "done"}))]
pub(crate) struct CloseTask {
    /// One of the task's choices.
    #[schema(value_type = String, example = "done")]
    choice: SmolStr,
}

/// Decides a task; the script goes on with the choice.
#[utoipa::path(post, path = "/runs/{run}/tasks/{task}/close", tag = "tasks", params(TaskPath, KeyHeader),
    request_body = CloseTask, responses((status = 200, description = "The task", body = TaskView), Problems))]
pub(crate) async fn close_task(
    State(app): State<App>,
    Path(TaskPath { run, task }): Path<TaskPath>,
    write: Write<CloseTask>,
) -> Shown<TaskView> {
    let request = Request::from(Input::CloseTask { task, choice: write.body.choice }).once(write.once);
    let closed = app.submit(run, request, move |d| {
        d.after.run.task(task).map(TaskView::of).expect("invariant: the core has closed it")
    });
    Ok(Json(closed.await?.answer))
}
