//! `turnabout run send-again RUN PERSON`: for somebody who has lost their letters.

use crate::{
    client::{Body, Client, RunName, Server},
    failure::Failure,
    output,
};
use serde_json::json;
use std::process::ExitCode;
use turnabout_live::views::{Page, ParticipantView, SentAgain};
use turnabout_model::{ParticipantId, ParticipantStatus, RunId};

/// Sends somebody again the last letter about everything that still waits for them: surveys to answer, agreements to sign
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// Who: their id, such as person-12, or their e-mail address
    person: String,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let person = find(&client, &run, &args.person)?;
    let answer = client.post(&format!("/runs/{run}/participants/{person}/send-again"), &Body::Json(json!({})))?;
    if args.json {
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let sent: SentAgain = client.read(&answer)?;
    for letter in &sent.letters {
        say!("{} goes to {person} again, as {}", letter.template, letter.message);
    }
    Ok(ExitCode::SUCCESS)
}

/// Somebody by their id or address; of several with one address, the one who has not left.
fn find(client: &Client, run: &RunId, person: &str) -> Result<ParticipantId, Failure> {
    if let Ok(id) = person.parse() {
        return Ok(id);
    }
    let all: Page<ParticipantView> = client.read(&client.list(&format!("/runs/{run}/participants"), None)?)?;
    let named = |view: &&ParticipantView| view.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(person));
    // Of somebody who has left the server says so.
    let left = |view: &&ParticipantView| view.status == ParticipantStatus::Withdrawn;
    let found = all.items.iter().filter(named).min_by_key(|view| left(view));
    found.map(|view| view.id).ok_or_else(|| Failure::NotFound {
        what: format!("nobody in {run} has the id or e-mail address '{person}'"),
        hint: "Write an id such as person-12, or the address in the list of people.".into(),
    })
}
