//! `turnabout run start`: a run of a template that the server has.

use super::show::print_summary;
use crate::{
    client::{Body, Client, Server, part, people_file},
    commands::people::import,
    failure::Failure,
    output,
};
use serde_json::{Map, Value, json};
use std::{path::PathBuf, process::ExitCode};
use turnabout_live::views::{RunSummary, SettingView, TemplateDetail};

/// Starts a run of a template
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The template, by name or by the hash of a version
    #[arg(long, value_name = "NAME")]
    template: String,
    /// For whom it runs
    #[arg(long, value_name = "NAME")]
    client: String,
    /// A setting that differs from the template's default, for example `recruitment=6 weeks`
    #[arg(long = "setting", value_name = "KEY=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Who takes part, taken in once it has started
    #[arg(long, value_name = "FILE.csv")]
    people: Option<PathBuf>,
    /// The IANA time zone of its people; the template's by default
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as KEY=VALUE".into()),
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    // Read before anything starts: a file that is not there should not leave an empty run behind.
    let people = args.people.as_deref().map(|path| Ok::<_, Failure>((path, people_file(path)?))).transpose()?;
    let client = args.server.client()?;
    let mut body = json!({ "template": args.template, "client": args.client, "settings": settings(args, &client)? });
    if let Some(zone) = &args.time_zone {
        body["time_zone"] = json!(zone);
    }
    let mut answer = client.post("/runs", &Body::Json(body))?;
    let started: RunSummary = client.read(&answer)?;
    let mut taken_in = None;
    if let Some((path, csv)) = people {
        let added = import::send(&client, &started.id, csv).map_err(|source| Failure::HalfStarted {
            run: started.id.clone(),
            people: path.display().to_string(),
            source: Box::new(source),
        })?;
        // What the start answered had nobody in it yet.
        answer = client.get(&format!("/runs/{}", started.id))?;
        taken_in = Some(added);
    }
    if args.json {
        if let Some(added) = taken_in {
            answer["people"] = added;
        }
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    print_summary(&client.read(&answer)?);
    if let Some(added) = taken_in {
        import::print(&client.read(&added)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings as the template's types want them. One that does not fit goes as text: the server says what it wants.
fn settings(args: &Args, client: &Client) -> Result<Map<String, Value>, Failure> {
    let mut settings = Map::new();
    if args.settings.is_empty() {
        return Ok(settings);
    }
    let template: TemplateDetail = client.read(&client.get(&format!("/templates/{}", part(&args.template)))?)?;
    for (name, text) in &args.settings {
        let known: Option<&SettingView> = template.settings.iter().find(|known| known.name == *name);
        let value = typed(known.map(|known| known.holds.as_str()).unwrap_or_default(), text);
        if settings.insert(name.clone(), value).is_some() {
            let what = format!("the setting '{name}' is given twice");
            return Err(Failure::Input { what, hint: "Give it once.".into() });
        }
    }
    Ok(settings)
}

fn typed(holds: &str, text: &str) -> Value {
    let read = match holds {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        "switch" => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    read.unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_takes_the_type_that_the_template_gives_it() {
        for (holds, text, expect) in [
            ("integer", "12", json!(12)),
            ("integer", "twelve", json!("twelve")),
            ("number", "0.5", json!(0.5)),
            ("number", "NaN", json!("NaN")),
            ("switch", "true", json!(true)),
            ("text", "12", json!("12")),
            ("period", "5 weeks", json!("5 weeks")),
            ("", "true", json!("true")),
        ] {
            assert_eq!(typed(holds, text), expect, "{holds} {text}");
        }
    }

    #[test]
    fn a_setting_is_a_key_and_a_value() {
        assert_eq!(setting("a = b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(setting("a="), Ok(("a".into(), String::new())));
        assert!(setting("a").is_err() && setting("=b").is_err());
    }
}
