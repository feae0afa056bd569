//! A client of a running server: where it is, what lets us in, and what it answers.

use crate::failure::Failure;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use turnabout_live::views::{Page, RunSummary};
use turnabout_model::{IdError, RunId};
use turnabout_server::{Problem, Token};

/// How long a request may take; a server gives up before.
const REQUEST_TIME: Duration = Duration::from_mins(1);
/// The most bytes of an answer: a page of 500 journal entries, each with a proposal of thousands of pairs, stays below.
const ANSWER_BYTES: u64 = 256 * 1024 * 1024;
/// How often a request is sent when the connection breaks. Every write carries a key, so it takes effect once.
const ATTEMPTS: u32 = 2;
/// The most items a server gives at once.
const PAGE_ITEMS: usize = 500;
/// The most pages that are read of one list.
const PAGES: usize = 100_000;
/// How many runs are named that a beginning fits.
const LISTED: usize = 5;
/// How many characters of an id behind `run-` name a run for what can't be undone: as many as say when it started.
const CERTAIN: usize = 10;

/// Which server, and what lets one in
#[derive(Debug, clap::Args)]
pub(crate) struct Server {
    /// The server's address
    #[arg(
        long = "server",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080",
        env = "TURNABOUT_SERVER",
        value_parser = address
    )]
    url: String,
    /// The operator's token; by default the one in the data folder
    #[arg(long, env = "TURNABOUT_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The server's data folder, where its token lies
    #[arg(long, value_name = "DIR", default_value = "turnabout-data", env = "TURNABOUT_DATA")]
    data: PathBuf,
}

/// Reads an address such as `http://127.0.0.1:8080`.
fn address(text: &str) -> Result<String, String> {
    let uri: ureq::http::Uri = text.parse().map_err(|_| "write it as http://HOST:PORT".to_owned())?;
    match (uri.scheme_str(), uri.query()) {
        (Some("http"), None) => Ok(text.trim_end_matches('/').to_owned()),
        (Some("https"), _) => {
            Err("this command does not speak TLS; run it on the server's machine, or through a tunnel to it".into())
        }
        _ => Err("write it as http://HOST:PORT".into()),
    }
}

impl Server {
    /// A client for it. Nothing is sent yet.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let token = match &self.token {
            Some(token) => Token::new(token)?,
            None => kept(&self.data)?,
        };
        // The token goes to this server alone: through no proxy, and to no address that an answer names.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(REQUEST_TIME))
            .build();
        Ok(Client { agent: config.into(), server: self.url.clone(), token })
    }
}

/// The token that a server keeps in its data folder.
fn kept(data: &Path) -> Result<Token, Failure> {
    let path = data.join(turnabout_server::TOKEN_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Token::new(&text)?),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(Failure::Input {
                what: format!("no server was started here, so there is no token: {} does not exist", path.display()),
                hint: "Start one: turnabout serve --template DIR. Or name the data folder of one that runs with --data, or \
                       give its token with --token or TURNABOUT_TOKEN, and its address with --server."
                    .into(),
            })
        }
        Err(source) => Err(Failure::File { path: path.display().to_string(), source }),
    }
}

/// A run as somebody names it: by its id, or by as much of its beginning as is told apart.
#[derive(Debug, Clone)]
pub(crate) struct RunName(String);

impl RunName {
    /// Whether so much of the id is given that nobody names a run by it without having looked it up.
    fn is_certain(&self) -> bool {
        self.0.trim_start_matches("run-").len() >= CERTAIN
    }
}

impl FromStr for RunName {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let name = text.trim().trim_end_matches("...").trim_end_matches('\u{2026}').to_ascii_lowercase();
        // A beginning is one of an id that is filled up.
        let digits = name.strip_prefix("run-").filter(|digits| !digits.is_empty() && digits.is_ascii());
        let filled = digits.map_or_else(|| text.to_owned(), |digits| format!("run-{digits:0<26}"));
        match filled.parse::<RunId>() {
            Ok(_) => Ok(Self(name)),
            Err(error) => Err(IdError { found: text.chars().take(64).collect(), ..error }),
        }
    }
}

/// What a write sends.
pub(crate) enum Body {
    /// JSON.
    Json(Value),
    /// A list as CSV.
    Csv(Vec<u8>),
}

/// A client of a running server.
pub(crate) struct Client {
    agent: ureq::Agent,
    server: String,
    token: Token,
}

impl Client {
    /// Gets what is at a path.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.look(path, &[])
    }

    /// The run that somebody names.
    pub(crate) fn run(&self, RunName(name): &RunName) -> Result<RunId, Failure> {
        if let Ok(run) = name.parse() {
            return Ok(run);
        }
        let all: Page<RunSummary> = self.read(&self.list("/runs", None)?)?;
        let mut found: Vec<RunId> = all.items.into_iter().map(|run| run.id).collect();
        found.retain(|run| run.as_str().starts_with(name.as_str()));
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(Failure::NotFound {
                what: format!("there is no run whose id begins with '{name}'"),
                hint: "List them with: turnabout run list".into(),
            }),
            several => {
                let named: Vec<&str> = several.iter().take(LISTED).map(RunId::as_str).collect();
                let and = if several.len() > LISTED { " and more" } else { "" };
                Err(Failure::Input {
                    what: format!("{} runs begin with '{name}': {}{and}", several.len(), named.join(", ")),
                    hint: "Write more of the id.".into(),
                })
            }
        }
    }

    /// The run that somebody names for what can't be undone: by its id, or by a good part of it.
    pub(crate) fn certain_run(&self, name: &RunName) -> Result<RunId, Failure> {
        if name.is_certain() {
            return self.run(name);
        }
        Err(Failure::Input {
            what: format!("'{}' is too little of an id for what can't be undone", name.0),
            hint: format!(
                "Write the whole id, or at least {CERTAIN} characters after run-. List the runs with: turnabout run list"
            ),
        })
    }

    /// Gets a whole list, page by page, as one object with its `items`.
    pub(crate) fn list(&self, path: &str, after: Option<String>) -> Result<Value, Failure> {
        let (mut items, mut after) = (Vec::new(), after);
        for _ in 0..PAGES {
            let mut query = vec![("limit", PAGE_ITEMS.to_string())];
            query.extend(after.take().map(|after| ("after", after)));
            let mut page = self.look(path, &query)?;
            match page.get_mut("items").map(Value::take) {
                Some(Value::Array(more)) => items.extend(more),
                _ => return Err(self.not_ours(format!("{path} has no items"))),
            }
            after = page.get("next").and_then(Value::as_str).map(str::to_owned);
            if after.is_none() {
                return Ok(serde_json::json!({ "items": items }));
            }
        }
        Err(self.not_ours(format!("{path} has more than {PAGES} pages")))
    }

    /// Posts a body, under a key that lets the server do it once.
    pub(crate) fn post(&self, path: &str, body: &Body) -> Result<Value, Failure> {
        let mut key = [0; 16];
        getrandom::fill(&mut key).map_err(|error| Failure::Internal(error.to_string()))?;
        let key = hex::encode(key);
        let (kind, bytes) = match body {
            Body::Json(value) => ("application/json", value.to_string().into_bytes()),
            Body::Csv(bytes) => ("text/csv", bytes.clone()),
        };
        self.send(|| {
            let request = self.agent.post(self.url(path)).header("authorization", self.bearer());
            request.header("idempotency-key", &key).header("content-type", kind).send(&bytes[..])
        })
    }

    /// Reads an answer as what it should be.
    pub(crate) fn read<T: DeserializeOwned>(&self, answer: &Value) -> Result<T, Failure> {
        T::deserialize(answer).map_err(|error| self.not_ours(format!("its answer does not fit: {error}")))
    }

    fn look(&self, path: &str, query: &[(&str, String)]) -> Result<Value, Failure> {
        self.send(|| {
            let request = self.agent.get(self.url(path)).header("authorization", self.bearer());
            query.iter().fold(request, |request, (name, value)| request.query(*name, value)).call()
        })
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.server)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token.reveal())
    }

    fn not_ours(&self, what: impl Into<String>) -> Failure {
        Failure::Answer { server: self.server.clone(), what: what.into() }
    }

    fn send(&self, ask: impl Fn() -> Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Failure> {
        let mut attempt = 1;
        let (status, text) = loop {
            match ask().and_then(whole) {
                Ok(answer) => break answer,
                Err(ureq::Error::Io(error)) if broken(&error) && attempt < ATTEMPTS => attempt += 1,
                Err(ureq::Error::Protocol(error)) => return Err(self.not_ours(error.to_string())),
                Err(source) => {
                    return Err(Failure::Unreachable { server: self.server.clone(), source: Box::new(source) });
                }
            }
        };
        if (200..300).contains(&status) {
            return serde_json::from_slice(&text).map_err(|_| self.not_ours("its answer is no JSON"));
        }
        match serde_json::from_slice::<Problem>(&text) {
            Ok(problem) => Err(Failure::Server(Box::new(problem))),
            Err(_) => Err(self.not_ours(format!("it answers with status {status}"))),
        }
    }
}

/// Reads an answer to its end.
fn whole(mut response: ureq::http::Response<ureq::Body>) -> Result<(u16, Vec<u8>), ureq::Error> {
    let status = response.status().as_u16();
    let bytes = response.body_mut().with_config().limit(ANSWER_BYTES).read_to_vec()?;
    Ok((status, bytes))
}

/// Tells whether a connection broke that had stood, as when a server restarts.
fn broken(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}

/// Writes a name so that it is one part of a path, whatever it holds.
pub(crate) fn part(name: &str) -> String {
    let mut part = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) {
            part.push(char::from(byte));
        } else {
            part.push('%');
            part.push_str(&hex::encode_upper([byte]));
        }
    }
    part
}

/// Reads a list of people from a file, up to a byte more than a list may have: who reads it then says that it is too
/// large.
pub(crate) fn people_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = turnabout_template::limits::MAX_CSV_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(source) => Err(Failure::File { path: path.display().to_string(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_http_and_its_last_slash_goes() {
        for (text, expect) in [
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:8080/", Some("http://[::1]:8080")),
            ("http://host/behind/", Some("http://host/behind")),
            ("https://host", None),
            ("127.0.0.1:8080", None),
            ("http://host?x=1", None),
            ("", None),
        ] {
            assert_eq!(address(text).ok().as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn a_name_stays_one_part_of_a_path() {
        for (name, expect) in [("ambulance", "ambulance"), ("../runs", "%2E%2E%2Fruns"), ("a b?é", "a%20b%3F%C3%A9")] {
            assert_eq!(part(name), expect);
        }
    }
}
