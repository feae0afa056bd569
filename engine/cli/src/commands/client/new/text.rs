//! What stands in a new client's files.

use super::Args;
use serde_json::Value;
use std::{fmt::Write as _, str::FromStr};
use turnabout_core::bundle::Bundle;
use turnabout_model::{Programme, Setting};
use turnabout_template::client::ClientPerson;

/// Somebody as a command line gives them: `Sam Reed <sam@example.org>`.
#[derive(Debug, Clone)]
pub(super) struct Who {
    name: String,
    email: String,
}

impl FromStr for Who {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.trim().strip_suffix('>').and_then(|text| text.split_once('<'));
        let (name, email) = parts.ok_or("write it as \"Sam Reed <sam@example.org>\"")?;
        Ok(Self { name: name.trim().into(), email: email.trim().into() })
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `client.toml`: what was given, and what is to be filled in.
pub(super) fn client_toml(args: &Args, name: &str, template: &str, programme: &Programme) -> String {
    let mut out = format!(
        "# What {name} changes of the template, and who runs the programme. Words and questions of its own: see README.md.\n\
         name = {}\ntemplate = {}\n# people = \"people.csv\"\n# time_zone = {}\n\n",
        quoted(name),
        quoted(template),
        quoted(&programme.time_zone),
    );
    let missing = [&args.coordinator, &args.sponsor, &args.contact].iter().any(|who| who.is_none());
    if missing || args.organisation.is_none() {
        out.push_str("# Fill in whoever is called after their part.\n");
    }
    let mut person = |part: &str, what: &str, given: &Option<Who>| {
        let stand_in = || {
            let ClientPerson { name, email } = ClientPerson::stand_in(part, name);
            Who { name, email: email.into() }
        };
        let who = given.clone().unwrap_or_else(stand_in);
        let (name, email) = (quoted(&who.name), quoted(&who.email));
        let _ = write!(out, "# {what}\n{part} = {{ name = {name}, email = {email} }}\n");
    };
    person("coordinator", "Who runs it day by day.", &args.coordinator);
    person("sponsor", "Who stands for it.", &args.sponsor);
    person("contact", "Whom concerns reach: somebody outside the programme's reporting line.", &args.contact);
    let known: Vec<String> = programme.diary.free.iter().map(ToString::to_string).collect();
    let known = if known.is_empty() { "none".into() } else { known.join(", ") };
    let _ = write!(
        out,
        "\n# Days without sessions, beside the template's ({known}): bank holidays, for instance, as \"2027-03-26\"; \
         \"12-27\" is a day\n# of every year, and \"12-27..12-31\" from one through another.\n[diary]\nfree = []\n"
    );
    out.push_str("\n# What differs from the template's defaults: take the # away and write your own.\n[settings]\n");
    for (name, setting) in &programme.settings {
        let given = args.settings.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        setting_lines(&mut out, name, setting, given);
    }
    // One that the template does not have is refused with what it has.
    for (n, (name, value)) in args.settings.iter().enumerate() {
        let before = args.settings[..n].iter().any(|(before, _)| before == name);
        if !before && !programme.settings.contains_key(name.as_str()) {
            let _ = writeln!(out, "{} = {}", key(name), quoted(value));
        }
    }
    let organisation = args.organisation.clone().unwrap_or_else(|| name.to_owned());
    let colour =
        args.colour.as_ref().map_or("# colour = \"#1d70b8\"".to_owned(), |it| format!("colour = {}", quoted(it)));
    let _ = write!(out, "\n[brand]\norganisation = {}\n{colour}\n", quoted(&organisation));
    out
}

/// A key, in quotes where it has to be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A setting with its help, its type and bounds, and its value: the one that was given, or the default as a comment.
fn setting_lines(out: &mut String, name: &str, setting: &Setting, given: Option<&str>) {
    let said = serde_json::to_value(setting).unwrap_or_default();
    let text = |key: &str| said[key].as_str().unwrap_or_default().replace('\n', " ");
    let default = toml_of(&said["default"]);
    let _ =
        writeln!(out, "# {}: {}; {default} unless you set it.", text("help").trim_end_matches('.'), setting.wants());
    let value = given.map(|given| match text("type").as_str() {
        "integer" if given.parse::<i64>().is_ok() => given.to_owned(),
        "number" if given.parse::<f64>().is_ok_and(f64::is_finite) => given.to_owned(),
        "switch" if ["true", "false"].contains(&given) => given.to_owned(),
        _ => quoted(given),
    });
    let _ = match value {
        Some(value) => writeln!(out, "{name} = {value}"),
        None => writeln!(out, "# {name} = {default}"),
    };
}

fn toml_of(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text).replace('\n', "\\n"),
        other => other.to_string(),
    }
}

/// `changes.toml`: what of the manifest a client may say otherwise.
pub(super) fn changes_toml(args: &Args, programme: &Programme) -> String {
    let length = args.settings.iter().find(|(name, _)| name == "length").map(|(_, value)| value);
    let default = serde_json::to_value(programme.settings.get("length")).unwrap_or_default();
    let manifest = programme.length.to_string();
    // The manifest says how long the programme is, as its setting does where the two are the same.
    let length = match length {
        Some(length) if default["default"].as_str() == Some(&manifest) => format!("length = {}", quoted(length)),
        _ => format!("# length = {}", quoted(&manifest)),
    };
    let one_line = |text: &str| quoted(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    format!(
        "# What differs from the manifest of the template, table by table; everything else stays as it is.\n\
         # summary = {}\n# purpose = {}\n{length}\n",
        one_line(&programme.summary),
        one_line(&programme.purpose),
    )
}

/// `README.md`: what else can be tailored.
pub(super) fn readme(name: &str, template: &Bundle) -> String {
    let programme = &template.programme;
    let names = |names: Vec<&str>| if names.is_empty() { "none".into() } else { names.join(", ") };
    let messages = names(template.messages.keys().map(smol_str::SmolStr::as_str).collect());
    let surveys = names(template.surveys.keys().map(smol_str::SmolStr::as_str).collect());
    let survey = template.surveys.keys().next().map_or("NAME", smol_str::SmolStr::as_str);
    format!(
        "# {name}\n\n\
         The template {} {}, tailored. Nothing of it is copied: what the template learns, this client has at once.\n\n\
         - `client.toml`: settings, brand, and who runs the programme.\n\
         - `changes.toml`: what differs from the template's manifest, for example its summary.\n\
         - `messages/NAME.hbs` takes the place of a message: {messages}.\n\
         - `surveys/NAME.toml` tailors a survey ({surveys}). Whatever it says takes the place of what the template says, and\n  \
           `[[add]]` is a question of your own, after another one or at the end:\n\n\
         ```toml\n# surveys/{survey}.toml\n[[add]]\nname = \"our_own\"\ntext = \"What should we ask next time?\"\n\
         type = \"text\"\n# after = \"NAME\"\n```\n\n\
         - `words/TAG.toml` is laid over what pages say around surveys in a language: `turnabout survey words TAG --template .`\n\
         - `rehearsals/`: the programme with invented people. A client with rehearsals of its own has only those.\n\n\
         ```sh\nturnabout check .\nturnabout test .\nturnabout rehearse . --report report.html\n```\n\n\
         To change the script, fork the template: `turnabout fork`.\n",
        programme.name, programme.version,
    )
}
