//! A client's file, `client.toml`: a template tailored without forking it.

mod contrast;

use crate::{
    checks::accept_all,
    document::{self, Document, Node},
    folder::FolderError,
    limits::MAX_CLIENT_BYTES,
    report::Report,
    shapes,
    tailored::is_of_the_template,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Diagnostic, Diary, Programme, Severity, Value};

/// What a client file says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// The client's name: lower case, digits and hyphens.
    pub name: SmolStr,
    /// The path of the template, from the client file's folder.
    pub template: String,
    /// The IANA time zone, if it is not the template's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<SmolStr>,
    /// The path of the CSV of people, from the client file's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<String>,
    /// Settings that differ from the defaults, not yet held against the template: see [`ClientFile::settings`].
    #[serde(default)]
    pub settings: BTreeMap<SmolStr, Value>,
    /// The days without sessions, beside those of the template.
    #[serde(default, skip_serializing_if = "Diary::is_open")]
    pub diary: Diary,
    /// Who runs the programme day by day.
    pub coordinator: ClientPerson,
    /// Who stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<ClientPerson>,
    /// The contact for concerns, outside the programme's reporting line.
    pub contact: ClientPerson,
    /// Who permitted the client to ask somebody else's questions, and when, by the name of the survey.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub permissions: BTreeMap<SmolStr, String>,
    /// How pages and messages look.
    pub brand: Brand,
}

/// Somebody with a part in a client's programme who is no participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientPerson {
    /// The full name.
    pub name: String,
    /// The e-mail address.
    pub email: SmolStr,
}

/// The parts in a client's programme that `turnabout client new` writes stand-ins for.
const PARTS: [&str; 3] = ["coordinator", "sponsor", "contact"];

impl ClientPerson {
    /// Who stands in for somebody with a part, `coordinator`, `sponsor` or `contact`, until the client names them. The address
    /// is one that nobody has.
    pub fn stand_in(part: &str, client: &str) -> Self {
        Self { name: format!("The {part}"), email: format!("{part}@{client}.example").into() }
    }

    /// Tells whether an address is that of the stand-in: whoever it is called after, nobody reads it.
    fn stands_in(part: &str, client: &str, email: &str) -> bool {
        email == Self::stand_in(part, client).email
    }
}

impl Client {
    /// The parts whose letters would go to the stand-in that a new client's file has, in their order.
    pub fn stand_ins(&self) -> Vec<&'static str> {
        let named = [Some(&self.coordinator), self.sponsor.as_ref(), Some(&self.contact)];
        let parts = PARTS.into_iter().zip(named);
        let still = |(part, who): &(&'static str, Option<&ClientPerson>)| {
            who.is_some_and(|who| ClientPerson::stands_in(part, &self.name, &who.email))
        };
        parts.filter(still).map(|(part, _)| part).collect()
    }
}

/// How pages and messages look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The organisation's name.
    pub organisation: String,
    /// The colour of headers, `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<SmolStr>,
}

impl Brand {
    /// The colour, if text can be read on it and in it on white (WCAG 2.2 AA).
    pub fn readable_colour(&self) -> Option<&str> {
        let colour = self.colour.as_deref()?;
        contrast::with_white(colour).is_some_and(|ratio| ratio >= contrast::LEAST).then_some(colour)
    }
}

/// A client file that has been read.
#[derive(Debug, Clone)]
pub struct ClientFile {
    /// What it says.
    pub client: Client,
    /// Warnings and advice about it.
    pub notes: Vec<Diagnostic>,
    file: SmolStr,
    text: String,
}

impl ClientFile {
    /// Reads a client file, or reports all its problems; `file` is the path that diagnostics show.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > MAX_CLIENT_BYTES {
            let message = format!("{file} has {} bytes; it may have {MAX_CLIENT_BYTES}", text.len());
            return Err(vec![Diagnostic::error("client::too_large", message).help("is it really a client file?")]);
        }
        let mut report = Report::default();
        let document = Document::parse(file, text, &mut report);
        let root = document.root();
        let sound = document::check(root, &shapes::CLIENT, &mut report);
        people(root, &mut report);
        stand_ins(root, &mut report);
        brand(root, &mut report);
        let client = if sound { root.read::<Client>(&mut report) } else { None };
        match client {
            Some(client) if report.errors() == 0 => {
                Ok(Self { client, notes: report.finish(), file: file.into(), text: text.into() })
            }
            _ => Err(in_the_other_file(root, report.finish())),
        }
    }

    /// Everything that is wrong with the file of a client whose template can't be read, `why` among it if the file itself is
    /// sound: where the file names the template, if it is the template that can't be read, and otherwise nowhere. `file` is the
    /// path that diagnostics show.
    pub fn without_template(file: &str, text: &str, why: &FolderError) -> Vec<Diagnostic> {
        let mut found = match Self::parse(file, text) {
            Err(problems) => return problems,
            Ok(read) => read.notes,
        };
        // What lies in the client's own folder is named in full, and is not the template's fault.
        let is_template =
            matches!(why, FolderError::Missing(_) | FolderError::NotAFolder(_) | FolderError::NotATemplate(_));
        if !is_template {
            found.push(Diagnostic::error("template::folder", why.to_string()));
            return found;
        }
        let document = Document::parse(file, text, &mut Report::default());
        let named = document.root().get("template").unwrap_or(document.root());
        found.push(
            named
                .error("template::folder", why.to_string(), "this template")
                .help("name the template's folder, counted from this file"),
        );
        found
    }

    /// Everything that is wrong with a client file, its settings held against the template's too; nothing if it can be used.
    /// `file` is the path that diagnostics show.
    pub fn problems(file: &str, text: &str, programme: &Programme) -> Vec<Diagnostic> {
        let mut found = Self::parse(file, text).err().unwrap_or_default();
        // Of what is no TOML the parser has said so.
        for problem in settings(file, text, programme).err().unwrap_or_default() {
            if !found.contains(&problem) {
                found.push(problem);
            }
        }
        found
    }

    /// Checks the settings against the template's and returns *all* settings of the run: the client's, and the
    /// template's defaults for the rest.
    pub fn settings(&self, programme: &Programme) -> Result<BTreeMap<SmolStr, Value>, Vec<Diagnostic>> {
        settings(&self.file, &self.text, programme)
    }
}

fn settings(file: &str, text: &str, programme: &Programme) -> Result<BTreeMap<SmolStr, Value>, Vec<Diagnostic>> {
    let mut report = Report::default();
    let document = Document::parse(file, text, &mut report);
    let known: Vec<&str> = programme.settings.keys().map(SmolStr::as_str).collect();
    let given = document.root().get("settings");
    let mut settings: BTreeMap<_, _> =
        programme.settings.iter().map(|(name, setting)| (name.clone(), setting.default_value())).collect();
    settings.extend(accept_all(given, |name| programme.settings.get(name), &known, &mut report));
    if report.errors() == 0 { Ok(settings) } else { Err(report.finish()) }
}

/// A concern must not land with the person it may be about.
fn people(root: Node<'_>, report: &mut Report) {
    let email = |who: &str| root.get(who).and_then(|person| person.get("email"));
    let same = |one: Node<'_>, other: Option<Node<'_>>| match (one.text(), other.and_then(Node::text)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    if let Some(contact) = email("contact") {
        if same(contact, email("coordinator")) {
            report.push(
                contact
                    .error("client::contact_inside", "the contact for concerns is the coordinator", "the same person")
                    .help("name somebody outside the programme's reporting line: concerns may be about the programme"),
            );
        } else if same(contact, email("sponsor")) {
            report.push(
                contact
                    .warning("client::contact_inside", "the contact for concerns is the sponsor", "the same person")
                    .help("name somebody outside the programme's reporting line"),
            );
        }
    }
    if root.get("sponsor").is_none() {
        let at = root.get("name").unwrap_or(root);
        let advice = at
            .warning("client::no_sponsor", "nobody stands for the programme as its sponsor", "this client")
            .help("add `sponsor = { name = \"...\", email = \"...\" }`: a named sponsor is EMCC's first standard");
        report.push(Diagnostic { severity: Severity::Advice, ..advice });
    }
}

/// Letters to a stand-in reach nobody, and a concern least of all.
fn stand_ins(root: Node<'_>, report: &mut Report) {
    let client = root.text_of("name").unwrap_or_default();
    for part in PARTS {
        let Some(person) = root.get(part) else { continue };
        if person.text_of("email").is_some_and(|email| ClientPerson::stands_in(part, client, email)) {
            report.push(
                person
                    .warning(
                        "client::stand_in",
                        format!("nobody reads the {part}'s address"),
                        "written by `client new`",
                    )
                    .help("write who it is, and an address that they read: letters would go to this one"),
            );
        }
    }
}

/// Says of keys that only a template's manifest has where a client writes them.
fn in_the_other_file(root: Node<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for (_, node) in root.entries().into_iter().filter(|(name, _)| is_of_the_template(name)) {
        let here = |one: &&mut Diagnostic| {
            one.code == "toml::unknown_key" && one.labels.first().is_some_and(|label| label.bytes == node.key_span())
        };
        for one in found.iter_mut().filter(here) {
            one.help = Some("it belongs in changes.toml, which is laid over the template's programme.toml".into());
        }
    }
    found
}

fn brand(root: Node<'_>, report: &mut Report) {
    let colour = root.get("brand").and_then(|brand| brand.get("colour"));
    let Some((node, ratio)) = colour.and_then(|node| Some((node, contrast::with_white(node.text()?)?))) else { return };
    if ratio < contrast::LEAST {
        report.push(
            node.warning(
                "client::pale_colour",
                format!("white text on this colour has a contrast of {ratio:.1} to 1"),
                "too pale",
            )
            .help(format!("choose a darker one: WCAG 2.2 AA asks for {} to 1", contrast::LEAST)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MANIFEST, print};
    use insta::assert_snapshot;

    const CLIENT: &str = r##"name = "northshire"
template = "../workflows/harbour"
people = "people.csv"
coordinator = { name = "Sam Reed", email = "sam@example.org" }
sponsor = { name = "Kit Moor", email = "kit@example.org" }
contact = { name = "Ife Obi", email = "ife@example.com" }

[settings]
rounds = 4

[brand]
organisation = "Northshire Harbour"
colour = "#1d70b8"
"##;

    fn programme() -> Programme {
        toml::from_str(MANIFEST).unwrap()
    }

    fn printed(text: &str) -> String {
        let files = [("client.toml".into(), text.as_bytes().to_vec())].into();
        match ClientFile::parse("client.toml", text) {
            Ok(file) => format!("read\n{}", print(&file.notes, &files)),
            Err(problems) => print(&problems, &files),
        }
    }

    #[test]
    fn a_client_is_read_and_its_settings_complete_those_of_the_template() {
        let file = ClientFile::parse("client.toml", CLIENT).unwrap();
        assert_eq!(file.notes, []);
        assert_eq!(file.client.brand.organisation, "Northshire Harbour");
        let settings = file.settings(&programme()).unwrap();
        assert_eq!(settings["rounds"], Value::Int(4));
        assert_eq!(settings["rhythm"], turnabout_model::Period::weeks(4).into());
    }

    #[test]
    fn what_is_wrong_is_said_at_once() {
        let text = CLIENT
            .replace("organisation", "organization")
            .replace("ife@example.com", "SAM@example.org")
            .replace("#1d70b8", "#ffdd00")
            .replace("kit@example.org", "kit");
        assert_snapshot!(printed(&text), @r##"
        error[toml::bad_value] 'kit' is not an e-mail address
          client.toml:5:40 `\"kit\"` this
          help: write one address, for example 'sam@example.org'
        error[client::contact_inside] the contact for concerns is the coordinator
          client.toml:6:39 `\"SAM@example.org\"` the same person
          help: name somebody outside the programme's reporting line: concerns may be about the programme
        error[toml::missing_key] [brand] needs 'organisation'
          client.toml:11:2 `brand` is not there
          help: add a line such as `organisation = "Northshire Police"`
        error[toml::unknown_key] [brand] has no key 'organization'
          client.toml:12:1 `organization` unknown key
          help: did you mean 'organisation'?
        warning[client::pale_colour] white text on this colour has a contrast of 1.3 to 1
          client.toml:13:10 `\"#ffdd00\"` too pale
          help: choose a darker one: WCAG 2.2 AA asks for 4.5 to 1
        "##);
        let text = CLIENT.replace("sponsor =", "# sponsor =");
        assert_snapshot!(printed(&text), @r#"
        read
        advice[client::no_sponsor] nobody stands for the programme as its sponsor
          client.toml:1:8 `\"northshire\"` this client
          help: add `sponsor = { name = "...", email = "..." }`: a named sponsor is EMCC's first standard
        "#);
    }

    #[test]
    fn settings_are_held_against_the_template() {
        let text = CLIENT.replace("rounds = 4", "rounds = 40\nrythm = \"5 weeks\"\nrhythm = true");
        let problems = ClientFile::parse("client.toml", &text).unwrap().settings(&programme()).unwrap_err();
        assert_eq!(ClientFile::problems("client.toml", &text, &programme()), problems);
        let pale = text.replace("\"#1d70b8\"", "\"bad\"");
        let all = ClientFile::problems("client.toml", &pale, &programme());
        let codes: Vec<&str> = all.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, ["toml::bad_value", "setting::value", "setting::unknown", "setting::value"], "all at once");
        let files = [("client.toml".into(), text.into_bytes())].into();
        assert_snapshot!(print(&problems, &files), @"
        error[setting::value] setting 'rounds' is 40; it must be from 1 to 12
          client.toml:9:10 `40` this value
          help: write from 1 to 12
        error[setting::unknown] the template has no setting 'rythm'
          client.toml:10:1 `rythm` unknown setting
          help: did you mean 'rhythm'?
        error[setting::value] setting 'rhythm' wants a length of time such as '5 weeks', not true or false
          client.toml:11:10 `true` this value
          help: write a length of time such as '5 weeks'
        ");
    }
}
