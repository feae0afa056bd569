//! What every request shares: the engine, the way to it, and the operator's token.

use crate::{ServerLimits, api::Fault, metrics::Requests, token::Token};
use axum::Json;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore, watch};
use turnabout_live::{Decision, Engine, Letters, LiveError, ManualClock, Outcome, Request, Snapshot};
use turnabout_model::RunId;

/// What every request shares.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) engine: Arc<Engine>,
    pub(crate) token: Token,
    pub(crate) limits: ServerLimits,
    /// Writes out what people read and sign.
    pub(crate) letters: Arc<Letters>,
    /// Moves the engine's clock, if the server was built for tests.
    pub(crate) test_clock: Option<ManualClock>,
    pub(crate) requests: Requests,
    /// A turn to call the engine.
    turns: Arc<Semaphore>,
    /// Told after each commit.
    pub(crate) committed: Arc<Notify>,
    /// Why the server has to stop, once it has to.
    pub(crate) stopping: watch::Sender<Option<String>>,
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    pub(crate) fn new(
        engine: Arc<Engine>,
        token: Token,
        limits: ServerLimits,
        test_clock: Option<ManualClock>,
    ) -> Self {
        let committed = Arc::new(Notify::new());
        let told = Arc::clone(&committed);
        engine.on_commit(move || told.notify_one());
        Self(Arc::new(Shared {
            engine,
            token,
            limits,
            letters: Arc::new(Letters::new()),
            test_clock,
            requests: Requests::default(),
            turns: Arc::new(Semaphore::new(limits.engine_calls)),
            committed,
            stopping: watch::Sender::new(None),
        }))
    }

    /// Calls the engine on a thread of its own, since the disk may take its time. At most so many calls run at once.
    ///
    /// A call goes on when its request is given up: what it was about to commit is committed.
    pub(crate) async fn engine<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Engine) -> Result<T, LiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = tokio::time::timeout(self.limits.turn_time, Arc::clone(&self.turns).acquire_owned());
        let Ok(Ok(turn)) = turn.await else { return Err(Fault::busy()) };
        let engine = Arc::clone(&self.engine);
        let called = tokio::task::spawn_blocking(move || {
            let result = call(&engine);
            drop(turn);
            result
        });
        match called.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                if error.is_fatal() {
                    self.stop_because(error.to_string());
                }
                Err(error.into())
            }
            Err(panic) => {
                tracing::error!("a call of the engine failed: {panic}");
                Err(Fault::internal())
            }
        }
    }

    /// Looks at a run.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        run: RunId,
        look: impl FnOnce(Snapshot<'_>) -> Result<T, LiveError> + Send + 'static,
    ) -> Result<Json<T>, Fault> {
        self.engine(move |engine| engine.read(&run, look)?).await.map(Json)
    }

    /// Submits a request to a run.
    pub(crate) async fn submit<A: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        run: RunId,
        request: Request,
        answer: impl Fn(Decision<'_>) -> A + Send + 'static,
    ) -> Result<Outcome<A>, Fault> {
        self.engine(move |engine| engine.submit(&run, request, answer)).await
    }

    /// Waits until no call of the engine is under way, and lets no further one begin.
    pub(crate) async fn finish_calls(&self) {
        let all = u32::try_from(self.limits.engine_calls).unwrap_or(u32::MAX);
        let _ = tokio::time::timeout(self.limits.stop_time, self.turns.acquire_many(all)).await;
        self.turns.close();
    }

    /// Stops the server for a reason that is no wish.
    pub(crate) fn stop_because(&self, reason: String) {
        self.stopping.send_if_modified(|why| {
            let first = why.is_none();
            if first {
                tracing::error!("the server stops: {reason}");
                *why = Some(reason);
            }
            first
        });
    }
}
