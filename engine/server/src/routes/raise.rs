//! The page behind the link in a participant's letters: they tell the contact what is wrong, with their name or without.

use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::{Forms, PageFault, notice, page},
    routes::door::{let_in, no_such_link},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use sha2::{Digest as _, Sha256};
use smol_str::format_smolstr;
use turnabout_core::decide::Refusal;
use turnabout_live::{Act, Contact, Engine, LiveError, Once, Opens, Request};
use turnabout_model::{ParticipantId, RunId};
use turnabout_render::{
    Look,
    form::{NoticePage, RaiseFault, RaisePage, Raised, form_style, raise_page, read_raised},
};

/// Where the page lies.
pub(crate) const PATH: &str = "/raise/{run}/{participant}/{code}";

/// What the path says.
type Parts = Path<(String, String, String)>;

/// A link whose code is right, with whoever reads what is written behind it.
struct Opened {
    run: RunId,
    participant: ParticipantId,
    reader: Reader,
}

/// Who reads it, and whose programme it is.
struct Reader {
    /// Nobody, if nobody is named any more.
    contact: Option<Contact>,
    look: Look,
    /// Whether the programme is over, so that nothing is taken in any more.
    over: bool,
}

/// What came of something that was sent.
enum Taken {
    /// It is with the contact.
    Sent,
    /// It can't be sent so.
    Faults(Vec<RaiseFault>),
    /// There is nobody here to send it to.
    Nobody,
}

/// Shows the page. Nothing is changed: mail programs follow links too.
pub(crate) async fn show(State(app): State<App>, Path(parts): Parts) -> Result<Response, PageFault> {
    let opened = app.engine(move |engine| Ok((open(engine, parts)?, turnabout_live::page_mark()?)));
    let (Opened { reader, .. }, mark) = opened.await?;
    Ok(write(&reader, &Raised { page: mark, ..Raised::default() }, &[]))
}

/// Takes what somebody wrote.
pub(crate) async fn send(
    State(app): State<App>,
    Path(parts): Parts,
    form: Result<WriteForm, Fault>,
) -> Result<Response, PageFault> {
    let raised = read_raised(&form?.fields);
    let taken = app.engine(move |engine| {
        let opened = open(engine, parts)?;
        let taken = take(engine, &opened, &raised)?;
        Ok((opened.reader, raised, taken))
    });
    let (reader, raised, taken) = taken.await?;
    Ok(match (taken, &reader.contact) {
        (Taken::Sent, Some(contact)) => sent(contact, raised.named == Some(true), &reader.look),
        (Taken::Faults(faults), Some(_)) => {
            let mut response = write(&reader, &raised, &faults);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            response
        }
        _ => nobody(&reader),
    })
}

fn open(engine: &Engine, (run, participant, code): (String, String, String)) -> Result<Opened, LiveError> {
    let (Ok(run), Ok(participant)) = (run.parse(), participant.parse()) else { return Err(no_such_link()) };
    let_in(engine, &run, Opens::Raising { participant }, &code)?;
    let reader = engine.read(&run, |of| Reader {
        contact: of.contacts.contact.clone(),
        look: of.contacts.look(),
        over: of.run.is_over(),
    })?;
    Ok(Opened { run, participant, reader })
}

fn take(engine: &Engine, opened: &Opened, raised: &Raised) -> Result<Taken, LiveError> {
    let mut faults = Vec::new();
    if raised.text.is_empty() {
        faults.push(RaiseFault::Empty);
    }
    let Some(named) = raised.named.filter(|_| faults.is_empty()) else {
        faults.extend(raised.named.is_none().then_some(RaiseFault::Unnamed));
        return Ok(Taken::Faults(faults));
    };
    let by = named.then_some(opened.participant);
    let act = Act::RaiseConcern { by, text: raised.text.clone() };
    let request = Request::from(act).once(Some(once(&opened.run, raised)));
    match engine.submit(&opened.run, request, |_| ()) {
        Ok(_) => Ok(Taken::Sent),
        Err(LiveError::Length { most, found, .. }) => Ok(Taken::Faults(vec![RaiseFault::TooLong { most, found }])),
        Err(LiveError::NobodyHears | LiveError::Refused(Refusal::Over(_))) => Ok(Taken::Nobody),
        Err(error) => Err(error),
    }
}

/// The promise to take it once, however often the button is pressed. It says nothing of who wrote: it is kept.
fn once(run: &RunId, raised: &Raised) -> Once {
    let mut digest = Sha256::new();
    for part in [run.as_str(), &raised.page, &raised.text, if raised.named == Some(true) { "named" } else { "" }] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let digest = hex::encode(digest.finalize());
    Once { key: format_smolstr!("raise-{digest}"), fingerprint: digest }
}

fn write(reader: &Reader, so_far: &Raised, faults: &[RaiseFault]) -> Response {
    let Some(contact) = reader.contact.as_ref().filter(|_| !reader.over) else { return nobody(reader) };
    let look = &reader.look;
    let html = raise_page(&RaisePage { contact: &contact.name, email: &contact.email, so_far, faults, look });
    page(html, &form_style(look), Forms::Here)
}

fn sent(contact: &Contact, named: bool, look: &Look) -> Response {
    let name = &contact.name;
    let first = format!("{name} has it, and nobody else can read it.");
    let second = if named {
        format!("{name} knows that it comes from you, and can answer you.")
    } else {
        format!("It was sent without your name. If you want an answer after all, write to {}.", contact.email)
    };
    say(StatusCode::OK, "Thank you for saying so", vec![first, second], look)
}

fn nobody(reader: &Reader) -> Response {
    let why = if reader.over { "This programme is over." } else { "Nobody is named to read it at the moment." };
    let instead = match &reader.contact {
        Some(contact) => format!("You can still write to {} ({}).", contact.name, contact.email),
        None => "Ask whoever runs the programme whom you can turn to.".to_owned(),
    };
    say(StatusCode::GONE, "Nothing can be sent from here", vec![why.to_owned(), instead], &reader.look)
}

fn say(status: StatusCode, title: &str, paragraphs: Vec<String>, look: &Look) -> Response {
    notice(status, &NoticePage { over: "", title, paragraphs, purpose: None, language: "en", onward: None, look })
}
