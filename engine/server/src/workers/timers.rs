//! Wakes runs when they are due.

use crate::app::App;
use std::time::Duration;
use tokio::sync::watch;

/// Wakes runs when they are due, until the server stops.
pub(crate) async fn wake_runs(app: App, mut stopping: watch::Receiver<bool>) {
    loop {
        let rest = match round(&app).await {
            Some(rest) => rest,
            None => app.limits.timer_rest,
        };
        // Commits come in crowds; the timers are looked at once for a crowd.
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(app.limits.timer_pause) => {}
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = app.committed.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Wakes what is due and says how long nothing else is; nothing if that could not be found out.
async fn round(app: &App) -> Option<Duration> {
    let woken = app.engine(turnabout_live::Engine::wake_due).await.ok()?;
    for (run, error) in &woken.failed {
        tracing::warn!(%run, code = error.code(), "a run could not be woken and rests: {error}");
    }
    let due = app.engine(|engine| Ok((engine.next_due()?, engine.clock().now()))).await.ok()?;
    let (Some(due), now) = due else { return Some(app.limits.timer_rest) };
    let rest = Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO);
    Some(rest.min(app.limits.timer_rest))
}
