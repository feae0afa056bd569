//! Gives messages to the mail server, and settles those that are no longer worth sending.

use crate::app::App;
use std::sync::Arc;
use tokio::sync::watch;
use turnabout_live::{Compose, Mail};

/// How messages leave.
#[derive(Clone)]
pub struct Post {
    /// The mail server.
    pub mail: Arc<dyn Mail>,
    /// Writes messages out.
    pub compose: Arc<dyn Compose>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Post(..)")
    }
}

/// Sends messages round after round, until the server stops. Without a mail server messages wait in the outbox, and
/// only the stale ones are settled.
pub(crate) async fn send_mail(app: App, post: Option<Post>, mut stopping: watch::Receiver<bool>) {
    loop {
        let post = post.clone();
        let told = stopping.clone();
        let sent = app.engine(move |engine| match post {
            // A long outbox must not keep the server from stopping.
            Some(post) => engine.deliver_while(&|| !*told.borrow(), &*post.mail, &*post.compose).map(drop),
            None => engine.settle_stale().map(drop),
        });
        if let Err(problem) = sent.await {
            tracing::warn!(code = %problem.code, "the outbox could not be worked through: {}", problem.detail);
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(app.limits.mail_rest) => {}
        }
    }
}
