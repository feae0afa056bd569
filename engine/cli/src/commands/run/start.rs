//! `turnabout run start`: a run of a template that the server has.

use super::show::{print_summary, print_surveys};
use crate::{
    client::{Body, Client, RunName, Server, part, people_file},
    client_file,
    commands::people::import,
    failure::Failure,
    output,
};
use serde_json::{Map, Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_live::views::{RunDetail, RunSummary, SettingView, TemplateDetail};
use turnabout_template::client::Client as ClientSays;

/// Starts a run of a template
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The template, by name, by NAME@VERSION or by the hash of a version; the client file's by default
    #[arg(long, value_name = "NAME", required_unless_present_any = ["client_file", "renews"])]
    template: Option<String>,
    /// For whom it runs; the client file's by default
    #[arg(long, value_name = "NAME", required_unless_present_any = ["client_file", "renews"])]
    client: Option<String>,
    /// A run that is over: the new one takes over its template, client, contacts, time zone and settings, unless they are
    /// given, the alumni who agreed to it, and what was learned
    #[arg(long, value_name = "RUN")]
    renews: Option<RunName>,
    /// Start it though one of the same template and client is under way
    #[arg(long, conflicts_with = "renews")]
    another: bool,
    /// What the client changes and who runs it: client.toml or the client's folder, for example examples/ambulance-trust
    #[arg(long, value_name = "FILE.toml")]
    client_file: Option<PathBuf>,
    /// A setting that differs from the template's default, for example `recruitment=6 weeks`
    #[arg(long = "setting", value_name = "KEY=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    #[command(flatten)]
    people: PeopleArgs,
    /// The IANA time zone of its people; the template's by default
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
    /// Print the run's id alone, for scripts
    #[arg(long, conflicts_with = "json")]
    id: bool,
}

/// Who is taken in.
#[derive(Debug, clap::Args)]
struct PeopleArgs {
    /// Who takes part, taken in once it has started; the client file's list by default, except of a run that renews one
    #[arg(long, value_name = "FILE.csv")]
    people: Option<PathBuf>,
    /// Take nobody in, though the client file names a list
    #[arg(long, conflicts_with = "people")]
    no_people: bool,
}

/// The name under which a server has the client's template. A client that changes more than settings is served as a
/// template of its own, under the client's name: `turnabout serve --template examples/broadcaster`.
pub(super) fn template_of(file: &Path, says: &ClientSays) -> String {
    let folder = file.parent().unwrap_or(Path::new(""));
    let own = turnabout_template::is_own_template(folder) || !says.diary.is_open();
    let named = says.template.trim_end_matches('/').rsplit('/').next().unwrap_or(&says.template);
    if own { says.name.to_string() } else { named.to_owned() }
}

pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as KEY=VALUE".into()),
    }
}

/// The list of people that is taken in. A cohort that renews another is other people: the client's list may be that of the last.
fn list(args: &Args, of_file: Option<(&Path, &ClientSays)>) -> Option<PathBuf> {
    let (path, says) = match of_file {
        Some(of_file) if args.people.people.is_none() && !args.people.no_people && args.renews.is_none() => of_file,
        _ => return args.people.people.clone(),
    };
    let list = path.parent().unwrap_or(Path::new("")).join(says.people.as_ref()?);
    eprintln!("note: takes in {}, which {} names; --no-people leaves it out", list.display(), path.display());
    Some(list)
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client_file = args.client_file.as_deref().map(client_file::named);
    let file = client_file.as_deref().map(client_file::read).transpose()?;
    let of_file = client_file.as_deref().zip(file.as_ref());
    // Read before anything starts: a file that is not there should not leave an empty run behind.
    let people = list(args, of_file).map(|path| Ok::<_, Failure>((people_file(&path)?, path))).transpose()?;
    let client = args.server.client()?;
    let renews = args.renews.as_ref().map(|run| client.run(run)).transpose()?;
    let template = args.template.clone().or_else(|| of_file.map(|(path, says)| template_of(path, says)));
    let template = match (template, &renews) {
        (Some(template), _) => Some(template),
        // Its settings and people are those of the template that it takes over.
        (None, Some(before)) => {
            let before: RunSummary = client.read(&client.get(&format!("/runs/{before}"))?)?;
            Some(before.template.to_string())
        }
        (None, None) => None,
    };
    let template = template.unwrap_or_default();
    if let Some((csv, _)) = &people {
        // A list that is wrong should not leave an empty run behind.
        client.post(&format!("/templates/{}/people/check", part(&template)), &Body::Csv(csv.clone()))?;
    }
    let mut given = file.as_ref().map_or_else(|| json!({}), |file| json!(file.settings));
    for (name, value) in settings(&args.settings, &template, &client)? {
        given[name] = value;
    }
    let mut body = json!({ "template": template, "settings": given });
    if let Some(name) = args.client.clone().or_else(|| file.as_ref().map(|file| file.name.to_string())) {
        body["client"] = json!(name);
    }
    if let Some(before) = &renews {
        body["renews"] = json!(before);
    }
    if args.another {
        body["another"] = json!(true);
    }
    match &file {
        Some(file) => {
            body["contacts"] = json!(client_file::contacts(file));
            for part in file.stand_ins() {
                eprintln!(
                    "note: letters to the {part} would go to the address that `client new` wrote, which nobody reads; name \
                     the {part} in client.toml"
                );
            }
        }
        None if renews.is_some() => {}
        None => {
            eprintln!("note: nobody is named who hears concerns or runs the programme; name them with --client-file");
        }
    }
    let zone = args.time_zone.clone().or_else(|| file.as_ref()?.time_zone.as_ref().map(ToString::to_string));
    if let Some(zone) = zone {
        body["time_zone"] = json!(zone);
    }
    let started: RunSummary = client.read(&client.post("/runs", &Body::Json(body))?)?;
    let mut taken_in = None;
    if let Some((csv, path)) = people {
        let added = import::send(&client, &started.id, csv, false).map_err(|source| Failure::HalfStarted {
            run: started.id.clone(),
            people: path.display().to_string(),
            source: Box::new(source),
        })?;
        taken_in = Some(added);
    }
    if args.id {
        say!("{}", started.id);
        return Ok(ExitCode::SUCCESS);
    }
    // What the start answered had nobody in it yet, and not what people will be told about their answers.
    let mut answer = client.get(&format!("/runs/{}", started.id))?;
    if args.json {
        if let Some(added) = taken_in {
            answer["people"] = added;
        }
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let detail: RunDetail = client.read(&answer)?;
    print_summary(&detail.run);
    if let Some(added) = taken_in {
        import::print(&client.read(&added)?);
    }
    print_surveys(&detail.surveys);
    Ok(ExitCode::SUCCESS)
}

/// The settings as the template's types want them. One that does not fit goes as text: the server says what it wants.
pub(super) fn settings(
    given: &[(String, String)],
    template: &str,
    client: &Client,
) -> Result<Map<String, Value>, Failure> {
    let mut settings = Map::new();
    if given.is_empty() {
        return Ok(settings);
    }
    let template: TemplateDetail = client.read(&client.get(&format!("/templates/{}", part(template)))?)?;
    for (name, text) in given {
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
    fn a_client_with_changes_of_its_own_is_a_template_of_its_own() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        for (client, expect) in [("ambulance-trust", "ambulance"), ("broadcaster", "northlight-broadcasting")] {
            let path = examples.join(client).join("client.toml");
            assert_eq!(template_of(&path, &client_file::read(&path).unwrap()), expect);
        }
    }

    #[test]
    fn a_setting_is_a_key_and_a_value() {
        assert_eq!(setting("a = b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(setting("a="), Ok(("a".into(), String::new())));
        assert!(setting("a").is_err() && setting("=b").is_err());
    }
}
