//! `turnabout serve`: the API and the status page, on a data folder.

use crate::{failure::Failure, live};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use turnabout_live::{Clock, ManualClock, SystemClock};
use turnabout_server::{ServerOptions, Token, serve};

/// Serves live programmes over HTTP
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that keeps everything
    #[arg(long, value_name = "DIR", default_value = "turnabout-data", env = "TURNABOUT_DATA")]
    data: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "TURNABOUT_LISTEN")]
    listen: live::Listen,
    /// The https address at which people reach this server, for the links in their letters
    #[arg(long, value_name = "URL", env = "TURNABOUT_PUBLIC")]
    public: Option<live::PublicUrl>,
    /// The templates to install, for example workflows/ambulance
    #[arg(long = "template", value_name = "DIR")]
    templates: Vec<PathBuf>,
    /// The operator's token; drawn and kept in the data folder by default
    #[arg(long, env = "TURNABOUT_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// For tests: a clock that starts here and moves only through POST /test/clock
    #[arg(long, hide = true, value_name = "TIME")]
    test_clock: Option<jiff::Timestamp>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    start_logging();
    let by_hand = args.test_clock.map(ManualClock::at);
    let clock: Arc<dyn Clock> = match &by_hand {
        Some(clock) => Arc::new(clock.clone()),
        None => Arc::new(SystemClock),
    };
    let engine = live::open(&args.data, clock)?;
    for path in &args.templates {
        let installed = live::install(&engine, path)?;
        say!("Installed {} {}", installed.template.name, installed.template.version);
    }
    let token = match &args.token {
        Some(token) => Token::new(token)?,
        None => Token::of_folder(&args.data)?,
    };
    let public = args.public.as_ref().map(|url| url.0.as_str());
    let post = live::post(&args.data, live::letters(&engine, public)?)?;
    let options = ServerOptions { test_clock: by_hand, post: Some(post), ..ServerOptions::new(args.listen.0, token) };
    let kept = args.token.is_none().then(|| args.data.join(turnabout_server::TOKEN_FILE));
    serve(engine, options, |address| {
        say!("Listening on http://{address}");
        if let Some(path) = kept {
            say!("The operator's token is in {}", path.display());
        }
        if public.is_none() {
            say!(
                "Letters have no links to answer surveys, sign agreements or read concerns: say with --public where people reach this server"
            );
        }
        say!("Letters are written to {}; this version sends no e-mail", args.data.join(live::MAIL).display());
    })?;
    say!("Stopped. Everything that was answered is kept.");
    Ok(ExitCode::SUCCESS)
}

/// Logs go to standard error; `RUST_LOG` says how much. Tokens, names and answers are never logged.
pub(super) fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // A second call in one process is no harm: the first logger stays.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
