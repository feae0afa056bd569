//! `turnabout client new FOLDER`: a client's folder with everything that can be tailored in it.

mod rehearsal;
mod text;

use crate::{
    commands::fork::name_of,
    diagnostics,
    failure::{Failure, count},
    fork::{new_folder, prove, relative, write_files},
    house::House,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use text::{Who, client_toml};
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    rehearse::{Verdict, rehearse, verdicts},
};
use turnabout_model::{Diagnostic, Event, RehearsalPlan};
use turnabout_template::client::ClientFile;

/// Writes the folder of a client: the template's settings to choose from, its brand, and who runs the programme
///
/// It is checked, and the programme rehearsed with the client's settings, before anything is written.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The new folder; its last part is the client's name
    folder: PathBuf,
    /// The template, for example workflows/police
    #[arg(long, value_name = "TEMPLATE")]
    template: PathBuf,
    /// The client's name, if it is not the folder's
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A setting that differs from the template's default, for example `length=4 months`
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// The organisation's name, as pages and messages show it
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The colour of headers, for example "#00594c"
    #[arg(long, value_name = "COLOUR")]
    colour: Option<String>,
    /// Who runs the programme day by day, for example "Sam Reed <sam@example.org>"
    #[arg(long, value_name = "PERSON")]
    coordinator: Option<Who>,
    /// Who stands for it
    #[arg(long, value_name = "PERSON")]
    sponsor: Option<Who>,
    /// The contact for concerns, outside the programme's reporting line
    #[arg(long, value_name = "PERSON")]
    contact: Option<Who>,
}

/// With how many seeds an expectation of the template must hold to stay one of a client with other settings.
const SEEDS: u64 = 10;

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as KEY=VALUE".into()),
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let of_folder = args.folder.file_name().map(|name| tidy(&name.to_string_lossy()));
    let name = name_of(&args.folder, args.name.as_deref().or(of_folder.as_deref()))?;
    let house = House::new()?;
    let template = house.load(&args.template, true)?;
    if !args.template.join("programme.toml").is_file() {
        let what = format!("{} is a client's folder, and no template", args.template.display());
        return Err(Failure::Input { what, hint: "Name the template that it tailors.".into() });
    }
    let way = relative(&args.folder, &args.template);
    let client = client_toml(args, &name, &way, &template.programme);
    sound(&client, &template, &args.settings)?;
    let mut files = TemplateFiles::from([
        ("client.toml".into(), client.into_bytes()),
        ("changes.toml".into(), text::changes_toml(args, &template.programme).into_bytes()),
        ("README.md".into(), text::readme(&name, &template).into_bytes()),
    ]);
    let mut left_out = 0;
    new_folder(&args.folder, |folder| {
        write_files(folder, &files)?;
        if let Some((rehearsals, missed)) = rehearsed(&house, folder, &template)? {
            left_out = missed;
            files = rehearsals;
            write_files(folder, &files)?;
        }
        proved(&house, folder)
    })?;
    let folder = args.folder.display();
    say!("{folder}: {name}, tailored from {} {}", template.programme.name, template.programme.version);
    if left_out > 0 {
        say!(
            "{} of the template's rehearsal did not hold with these settings: see rehearsals/",
            count(left_out, "expectation")
        );
    }
    if args.settings.iter().any(|(name, _)| name == "length") {
        say!("The template's summary may still speak of its own length: say it anew in changes.toml");
    }
    say!("Fill in client.toml, and then: turnabout test {folder}");
    Ok(ExitCode::SUCCESS)
}

/// A folder's name as a client's.
fn tidy(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Refuses a client file that has problems, all of them underlined at once, and settings that were given twice.
fn sound(client: &str, template: &Bundle, given: &[(String, String)]) -> Result<(), Failure> {
    let mut problems = ClientFile::problems("client.toml", client, &template.programme);
    for (n, (key, value)) in given.iter().enumerate() {
        if given[..n].iter().any(|(before, _)| before == key) {
            // The file has what was given first.
            let line = format!("\n{key} = ");
            let at = client.find(&line).map_or(0..0, |at| at + 1..at + 1 + key.len());
            problems.push(
                Diagnostic::error("setting::twice", format!("the setting '{key}' is given twice, again as '{value}'"))
                    .at("client.toml", at, "given before")
                    .help("give it once"),
            );
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    diagnostics::print(&problems, &[("client.toml".into(), client.as_bytes().to_vec())].into());
    Err(Failure::Input {
        what: "what was given makes no client file; nothing was written".into(),
        hint: "Mend what is underlined above, and try again.".into(),
    })
}

/// The template's steady rehearsal with the client's settings, with what does not hold left out, and how many expectations
/// that are; beside it one in which a concern is raised and a mentor leaves, if nothing of the kind is in the first.
fn rehearsed(house: &House, folder: &Path, template: &Bundle) -> Result<Option<(TemplateFiles, usize)>, Failure> {
    let bundle = house.load(folder, true)?;
    let first = bundle.usual_rehearsal();
    let Some((name, plan)) = first else { return Ok(None) };
    house.prepare(&bundle)?;
    let judged = |n: u64| -> Result<Vec<Verdict>, Failure> {
        Ok(verdicts(&rehearse(&bundle, plan, plan.seed.wrapping_add(n), house.for_rehearsal())?, &plan.expect))
    };
    let mut found = judged(0)?;
    // A number that holds with one seed by luck would not outlast the client's next change.
    let seeds = if bundle.programme.settings == template.programme.settings { 1 } else { SEEDS };
    for n in 1..seeds {
        for (known, other) in found.iter_mut().zip(judged(n)?).filter(|(known, other)| known.met && !other.met) {
            *known = other;
        }
    }
    let path = smol_str::format_smolstr!("rehearsals/{name}.toml");
    let text = template.files.get(&path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let mut files = TemplateFiles::new();
    if let Some(content) = leaving(house, &bundle, plan, &text)? {
        files.insert("rehearsals/somebody-leaves.toml".into(), content.into_bytes());
    }
    let (text, left_out) = rehearsal::that_holds(&text, &plan.expect, &found);
    files.insert(path, text.into_bytes());
    Ok(Some((files, left_out)))
}

/// The rehearsal in which somebody leaves, two weeks after the first pair was formed; nothing if no pair ever is.
fn leaving(house: &House, bundle: &Bundle, plan: &RehearsalPlan, text: &str) -> Result<Option<String>, Failure> {
    if !plan.concerns.is_empty() || !plan.withdrawals.is_empty() || !plan.declines.is_empty() {
        return Ok(None);
    }
    let lived = rehearse(bundle, plan, plan.seed, house.for_rehearsal())?;
    let formed = lived.events.iter().find(|(_, event)| matches!(event, Event::PairFormed { .. })).map(|(at, _)| *at);
    let Some(formed) = formed else { return Ok(None) };
    let days = formed.duration_since(lived.run.started).as_hours() / 24 + 14;
    let Ok(days) = i32::try_from(days) else { return Ok(None) };
    let declines = bundle.program.defines("on_pair_ended", 1);
    let plan = rehearsal::in_which_somebody_leaves(plan, days, declines);
    let lived = rehearse(bundle, &plan, plan.seed, house.for_rehearsal())?;
    let verdicts = verdicts(&lived, &plan.expect);
    Ok(Some(rehearsal::text_in_which_somebody_leaves(text, &plan, days, &verdicts)))
}

fn proved(house: &House, folder: &Path) -> Result<(), Failure> {
    let files = turnabout_template::read_folder(folder)?;
    let proof = prove(house, &files)?;
    if proof.holds() {
        return Ok(());
    }
    proof.print(&files);
    Err(Failure::Input {
        what: "with these settings the programme does not come to its end; nothing was written".into(),
        hint: "Give others with --set.".into(),
    })
}
