//! Forgets the answers to requests that nobody will send again.

use crate::app::App;
use tokio::sync::watch;
use turnabout_live::Engine;

/// Tidies round after round, until the server stops.
pub(crate) async fn forget_answers(app: App, mut stopping: watch::Receiver<bool>) {
    loop {
        if let Err(problem) = app.engine(Engine::forget_answers).await {
            tracing::warn!(code = %problem.code, "old answers could not be forgotten: {}", problem.detail);
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(app.limits.tidy_rest) => {}
        }
    }
}
