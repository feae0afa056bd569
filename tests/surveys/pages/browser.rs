//! A reader of letters with a plain browser: follows links, fills in forms, and has no script.

use crate::house::House;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use turnabout_live::{Letter, Letters, Links, Mail, MailError};
use turnabout_server::{Running, ServerOptions, Token};

/// A server on a house, and what came by mail.
pub(super) struct Site {
    pub(super) house: House,
    server: Running,
    agent: ureq::Agent,
    /// The link that each person got, by name.
    links: BTreeMap<String, String>,
}

/// A page as a browser has it.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) status: u16,
    pub(super) html: String,
    pub(super) location: String,
}

#[derive(Default)]
struct Letterbox(Mutex<Vec<Letter>>);

impl Mail for Letterbox {
    fn send(&self, letter: Letter) -> Result<(), MailError> {
        self.0.lock().unwrap().push(letter);
        Ok(())
    }
}

impl Site {
    /// Serves a house, and delivers its letters.
    pub(super) fn of(house: House) -> Self {
        let mut site = Self::silent(house);
        site.deliver();
        site
    }

    /// Serves a house whose letters have not left yet.
    fn silent(house: House) -> Self {
        let token = Token::new("a-token-for-the-tests").unwrap();
        let clock = Some(house.clock.clone());
        let options = ServerOptions { test_clock: clock, ..ServerOptions::new("127.0.0.1:0".parse().unwrap(), token) };
        let server = Running::start(Arc::clone(&house.engine), options).unwrap();
        // A connection each: where there is nothing, a server closes without having read what was sent.
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        let agent = config.max_idle_connections(0).build().into();
        Self { house, server, agent, links: BTreeMap::new() }
    }

    /// Delivers the letters that wait; the last link that somebody got counts. Says to whom they went.
    pub(super) fn deliver(&mut self) -> Vec<String> {
        let base = self.url("");
        let letters = Letters::new().with_links(Links::new(self.house.engine.link_key().unwrap(), &base));
        let letterbox = Letterbox::default();
        self.house.engine.deliver(&letterbox, &letters).unwrap();
        let letters = letterbox.0.into_inner().unwrap();
        let link = |letter: &Letter| letter.text.lines().find(|line| line.starts_with(&base)).map(ToOwned::to_owned);
        self.links.extend(letters.iter().filter_map(|letter| Some((letter.to_name.clone(), link(letter)?))));
        letters.into_iter().map(|letter| letter.to_name).collect()
    }

    /// Presses a button of a page.
    pub(super) fn press(&self, url: &str, name: &str, value: &str) -> Shown {
        shown(self.agent.post(url).send_form([(name, value)]).unwrap())
    }

    /// The link in somebody's letter.
    pub(super) fn link(&self, name: &str) -> String {
        self.links.get(name).unwrap_or_else(|| panic!("{name} got no link: {:?}", self.links)).clone()
    }

    /// An address on the server.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    pub(super) fn open(&self, url: &str) -> Shown {
        shown(self.agent.get(url).call().unwrap())
    }

    /// Sends a form with what was filled in, and with whatever the page itself had in it.
    pub(super) fn fill_in(&self, url: &str, page: &Shown, filled: &[(&str, &str)]) -> Shown {
        let mut fields = page.controls();
        fields.retain(|(name, _)| !filled.iter().any(|(other, _)| other == name));
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        shown(self.agent.post(url).send_form(fields).unwrap())
    }

    pub(super) fn put(&self, url: &str) -> Shown {
        shown(self.agent.put(url).send("").unwrap())
    }

    pub(super) fn send(&self, url: &str, kind: &str, body: &str) -> Shown {
        shown(self.agent.post(url).header("content-type", kind).send(body).unwrap())
    }
}

fn shown(mut response: ureq::http::Response<ureq::Body>) -> Shown {
    let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    Shown {
        status: response.status().as_u16(),
        html: response.body_mut().read_to_string().unwrap(),
        location: location.unwrap_or_default(),
    }
}

impl Shown {
    /// What a browser would send as it stands, without a button.
    pub(super) fn controls(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for tag in tags(&self.html, "<input ") {
            let ticked = tag.contains(" checked");
            match attribute(tag, "type").as_deref() {
                Some("radio" | "checkbox") if !ticked => {}
                _ => fields.push((attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap())),
            }
        }
        for (at, _) in self.html.match_indices("<textarea ") {
            let whole = &self.html[at..];
            let (tag, rest) = whole.split_once('>').unwrap();
            let text = rest.split_once("</textarea>").unwrap().0;
            // A line end right after the tag is none of the text.
            fields.push((attribute(tag, "name").unwrap(), text.strip_prefix('\n').unwrap_or(text).to_owned()));
        }
        for (at, _) in self.html.match_indices("<select ") {
            let whole = self.html[at..].split_once("</select>").unwrap().0;
            let chosen = tags(whole, "<option ").find(|tag| tag.contains(" selected"));
            fields.push((attribute(whole, "name").unwrap(), attribute(chosen.unwrap(), "value").unwrap()));
        }
        fields
    }

    /// The radio buttons of a question: how many, and which is chosen.
    pub(super) fn radios(&self, name: &str) -> (usize, Option<String>) {
        let own = |tag: &&str| attribute(tag, "name").as_deref() == Some(name) && tag.contains("type=\"radio\"");
        let all: Vec<&str> = tags(&self.html, "<input ").filter(own).collect();
        let chosen = all.iter().find(|tag| tag.contains(" checked"));
        (all.len(), chosen.and_then(|tag| attribute(tag, "value")))
    }
}

/// The tags that begin so, up to their end.
fn tags<'h>(html: &'h str, beginning: &'static str) -> impl Iterator<Item = &'h str> {
    html.match_indices(beginning).map(|(at, _)| html[at..].split('>').next().unwrap())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(
        rest.split_once('"')?.0.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
    )
}
