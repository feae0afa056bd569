//! A live engine on a data folder.

use crate::{code_cache::standard_sandbox, failure::Failure};
use std::{
    net::{SocketAddr, ToSocketAddrs as _},
    path::Path,
    str::FromStr,
    sync::Arc,
};
use turnabout_core::limits::Limits;
use turnabout_live::{Clock, Engine, FolderMail, Letters, Links, LiveLimits, Parts};
use turnabout_render::messages::MessageCheck;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_server::Post;
use turnabout_store::SledStore;

/// Opens the store of a data folder and builds a live engine on it.
pub(crate) fn open(data: &Path, clock: Arc<dyn Clock>) -> Result<Arc<Engine>, Failure> {
    let store = SledStore::open(data)?;
    let sandbox = Arc::new(standard_sandbox()?);
    let parts = Parts {
        store: Arc::new(store),
        rules: sandbox.clone(),
        logics: sandbox,
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock,
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    };
    Ok(Arc::new(Engine::new(parts)?))
}

/// Installs the template of a folder; its notes are not printed here, `turnabout check` does that.
pub(crate) fn install(engine: &Engine, path: &Path) -> Result<turnabout_live::Installed, Failure> {
    let (files, origins) = turnabout_template::read_folder_traced(path)?;
    match engine.install(files.clone()) {
        Err(turnabout_live::LiveError::Template(problems)) => {
            let (problems, files) = origins.trace(problems, files);
            crate::diagnostics::print(&problems, &files);
            Err(Failure::Template { path: path.display().to_string(), errors: problems.len() })
        }
        other => Ok(other?),
    }
}

/// The folder inside a data folder in which letters lie.
pub(crate) const MAIL: &str = "mail";

/// Where letters go: a file each, in a folder that only this process writes. What they say is written with `letters`.
pub(crate) fn post(data: &Path, letters: Letters) -> Result<Post, Failure> {
    Ok(Post { mail: Arc::new(mail(data)?), compose: Arc::new(letters) })
}

/// Writes letters whose links lead to `base`, if people reach the server anywhere.
pub(crate) fn letters(engine: &Engine, base: Option<&str>) -> Result<Letters, Failure> {
    Ok(match base {
        Some(base) => Letters::new().with_links(Links::new(engine.link_key()?, base)),
        None => Letters::new(),
    })
}

/// The folder for letters inside a data folder.
pub(crate) fn mail(data: &Path) -> Result<FolderMail, Failure> {
    let folder = data.join(MAIL);
    FolderMail::new(&folder).map_err(|source| Failure::File { path: folder.display().to_string(), source })
}

/// Where to listen: an address with a port, or a name of this machine with one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listen(pub(crate) SocketAddr);

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = text.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
        found.map(Self).ok_or_else(|| "write an address and a port, such as 127.0.0.1:8080 or localhost:8080".into())
    }
}

impl Listen {
    /// Finds out at once whether somebody else listens there.
    pub(crate) fn check(self) -> Result<(), Failure> {
        let address = self.0;
        let bound = std::net::TcpListener::bind(address);
        bound.map(drop).map_err(|source| turnabout_server::ServeError::Listen { address, source }.into())
    }
}

/// Where people reach the server, as links in letters say it.
#[derive(Debug, Clone)]
pub(crate) struct PublicUrl(pub(crate) String);

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_end_matches('/');
        let wanted = "write where people reach this server, such as https://mentoring.example.org; without https only \
                      localhost will do, since the link opens what somebody answers";
        let (scheme, rest) = text.split_once("://").ok_or(wanted)?;
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:[]".contains(c);
        let own = ["localhost", "127.0.0.1"].contains(&host);
        let safe = scheme == "https" || (scheme == "http" && own);
        if safe && !host.is_empty() && rest.chars().all(plain) { Ok(Self(text.to_owned())) } else { Err(wanted.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_https_but_on_ones_own_machine() {
        for (text, expect) in [
            ("https://mentoring.example.org/", Some("https://mentoring.example.org")),
            ("https://example.org:8443/mentoring", Some("https://example.org:8443/mentoring")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://mentoring.example.org", None),
            ("http://localhost.example.org", None),
            ("mentoring.example.org", None),
            ("https://", None),
            ("https://example.org/?a=b", None),
            ("javascript://example.org", None),
        ] {
            assert_eq!(text.parse::<PublicUrl>().ok().map(|url| url.0).as_deref(), expect, "{text}");
        }
    }
}
