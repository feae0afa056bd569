//! Serving: from a listener to a clean stop.

use crate::{
    Post, ServerLimits, Token,
    app::App,
    router::router,
    workers::{forget_answers, send_mail, wake_runs},
};
use std::{
    future::{Future, IntoFuture as _},
    io,
    net::SocketAddr,
    sync::Arc,
    thread,
};
use tokio::{
    net::TcpListener,
    runtime::Runtime,
    sync::{oneshot, watch},
    task::JoinSet,
};
use turnabout_live::{Engine, ManualClock};

/// How the server serves.
#[derive(Debug)]
pub struct ServerOptions {
    /// Where it listens; port 0 for any that is free.
    pub listen: SocketAddr,
    /// The operator's token.
    pub token: Token,
    /// What it takes and how long it waits.
    pub limits: ServerLimits,
    /// How messages leave; without it they wait in the outbox.
    pub post: Option<Post>,
    /// The engine's own clock, for tests: it moves only through `POST /test/clock`, and no worker runs.
    pub test_clock: Option<ManualClock>,
}

impl ServerOptions {
    /// Options with the standard limits.
    pub fn new(listen: SocketAddr, token: Token) -> Self {
        Self { listen, token, limits: ServerLimits::standard(), post: None, test_clock: None }
    }
}

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The operating system gave no threads.
    #[error("can't start the server's threads: {0}")]
    Threads(io::Error),
    /// Connections could no longer be accepted.
    #[error("connections can't be accepted any more: {0}")]
    Accept(io::Error),
    /// The store has stopped, so the server has to.
    #[error("{0}")]
    Store(String),
}

/// Serves until the process is told to stop (SIGINT or SIGTERM), then lets requests and commits under way finish.
///
/// `ready` is told the address as soon as requests are taken. When this returns, no call of the engine is under way:
/// dropping the store then closes it.
pub fn serve(engine: Arc<Engine>, options: ServerOptions, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        let listener = listen(options.listen).await?;
        if let Ok(address) = listener.local_addr() {
            ready(address);
        }
        serve_on(listener, engine, options, told_to_stop()).await
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    served
}

/// A server on a thread of its own, for embedders and tests.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<Result<(), ServeError>>>,
}

impl Running {
    /// Starts a server on a thread of its own.
    pub fn start(engine: Arc<Engine>, options: ServerOptions) -> Result<Self, ServeError> {
        let runtime = runtime()?;
        let listener = runtime.block_on(listen(options.listen))?;
        let failed = |source| ServeError::Listen { address: options.listen, source };
        let address = listener.local_addr().map_err(failed)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::Builder::new().name("turnabout-server".into()).spawn(move || {
            let stopped = async move { drop(stopped.await) };
            let served = runtime.block_on(serve_on(listener, engine, options, stopped));
            runtime.shutdown_timeout(std::time::Duration::from_secs(1));
            served
        });
        Ok(Self { address, stop: Some(stop), thread: Some(thread.map_err(ServeError::Threads)?) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it and waits until requests and commits under way have finished.
    pub fn stop(mut self) -> Result<(), ServeError> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), ServeError> {
        drop(self.stop.take());
        match self.thread.take().map(thread::JoinHandle::join) {
            Some(Ok(served)) => served,
            Some(Err(_)) => Err(ServeError::Store("the server's thread panicked; its log says why".into())),
            None => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.finish() {
            tracing::error!("{error}");
        }
    }
}

fn runtime() -> Result<Runtime, ServeError> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Threads)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

async fn serve_on(
    listener: TcpListener,
    engine: Arc<Engine>,
    options: ServerOptions,
    told: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let ServerOptions { token, limits, post, test_clock, .. } = options;
    let by_hand = test_clock.is_some();
    let app = App::new(engine, token, limits, test_clock);
    let (stop, stopping) = watch::channel(false);
    let mut workers = JoinSet::new();
    if !by_hand {
        workers.spawn(wake_runs(app.clone(), stopping.clone()));
        workers.spawn(send_mail(app.clone(), post, stopping.clone()));
        workers.spawn(forget_answers(app.clone(), stopping.clone()));
    }
    let mut stops = stopping.clone();
    let served = axum::serve(listener, router(app.clone()))
        .with_graceful_shutdown(async move { drop(stops.wait_for(|stop| *stop).await) })
        .into_future();
    let mut served = Box::pin(served);
    let mut broken = app.stopping.subscribe();
    let ended = tokio::select! {
        ended = &mut served => Some(ended),
        () = told => None,
        _ = broken.wait_for(Option::is_some) => None,
    };
    let _ = stop.send(true);
    let ended = match ended {
        Some(ended) => ended,
        // Connections that never end must not keep the server from stopping.
        None => tokio::time::timeout(limits.stop_time, served).await.unwrap_or(Ok(())),
    };
    while workers.join_next().await.is_some() {}
    app.finish_calls().await;
    let why = app.stopping.borrow().clone();
    match (why, ended) {
        (Some(why), _) => Err(ServeError::Store(why)),
        (None, ended) => ended.map_err(ServeError::Accept),
    }
}

/// Waits for SIGINT or SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { () = interrupted => {}, () = terminated => {} }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
