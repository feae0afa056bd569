//! The page behind the link in a participant's letters: they tell the contact what is wrong, with their name or without.

use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::{Forms, PageFault, notice, page},
    routes::door::{LinkPath, let_in, no_such_link},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
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
type Parts = LinkPath<(String, String, String)>;

/// A link whose code is right, with whoever reads what is written behind it.
#[derive(Clone)]
struct Opened {
    run: RunId,
    participant: ParticipantId,
    reader: Reader,
}

/// Who reads it, and whose programme it is.
#[derive(Clone)]
struct Reader {
    /// Nobody, if nobody is named.
    contact: Option<Contact>,
    /// Whether they are somebody else than the coordinator.
    outside: bool,
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
    /// It can't be sent at all.
    Not(WhyNot),
}

/// Why nothing can be sent from here.
#[derive(Clone, Copy)]
enum WhyNot {
    /// The programme is over.
    Over,
    /// Nobody is named to read it.
    Nobody,
    /// More waits for them than they can read.
    Full,
}

/// Shows the page. Nothing is changed: mail programs follow links too.
pub(crate) async fn show(State(app): State<App>, LinkPath(parts): Parts) -> Result<Response, PageFault> {
    let opened = app.engine(move |engine| Ok((open(engine, parts)?, turnabout_live::page_mark()?)));
    let (Opened { reader, .. }, mark) = opened.await?;
    Ok(match &reader.contact {
        _ if reader.over => not_sent(WhyNot::Over, &reader),
        Some(contact) => write(contact, &reader, &Raised { page: mark, ..Raised::default() }, &[]),
        None => not_sent(WhyNot::Nobody, &reader),
    })
}

/// Takes what somebody wrote. Whatever goes wrong, they get it back.
pub(crate) async fn send(
    State(app): State<App>,
    // Even of a link that is wrong the form is read: whoever still sends it would find the connection closed.
    link: Result<Parts, PageFault>,
    form: Result<WriteForm, Fault>,
) -> Result<Response, PageFault> {
    let (LinkPath(parts), fields) = (link?, form?.fields);
    let raised = read_raised(&fields);
    let opened = app.engine(move |engine| open(engine, parts)).await?;
    let reader = opened.reader.clone();
    let Some(contact) = &reader.contact else { return Ok(not_sent(WhyNot::Nobody, &reader)) };
    let sending = raised.clone();
    Ok(match app.engine(move |engine| take(engine, &opened, &sending)).await {
        Ok(Taken::Sent) => sent(contact, raised.named == Some(true), &reader.look),
        Ok(Taken::Not(why)) => not_sent(why, &reader),
        Ok(Taken::Faults(faults)) => {
            let page = write(contact, &reader, &raised, &faults);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Err(fault) => (fault.status, write(contact, &reader, &raised, &[RaiseFault::Unsure])).into_response(),
    })
}

fn open(engine: &Engine, (run, participant, code): (String, String, String)) -> Result<Opened, LiveError> {
    let (Ok(run), Ok(participant)) = (run.parse(), participant.parse()) else { return Err(no_such_link()) };
    let_in(engine, &run, Opens::Raising { participant }, &code)?;
    let reader = engine.read(&run, |of| {
        let address = |contact: &Option<Contact>| contact.as_ref().map(|contact| contact.email.to_lowercase());
        Reader {
            contact: of.contacts.contact.clone(),
            outside: address(&of.contacts.contact) != address(&of.contacts.coordinator),
            look: of.contacts.look(),
            over: of.run.is_over(),
        }
    })?;
    Ok(Opened { run, participant, reader })
}

fn take(engine: &Engine, opened: &Opened, raised: &Raised) -> Result<Taken, LiveError> {
    let (most, found) = (engine.limits().concern_chars, raised.text.chars().count());
    let mut faults = Vec::new();
    if found == 0 {
        faults.push(RaiseFault::Empty);
    } else if found > most {
        faults.push(RaiseFault::TooLong { most, found });
    }
    faults.extend(raised.named.is_none().then_some(RaiseFault::Unnamed));
    if !faults.is_empty() {
        return Ok(Taken::Faults(faults));
    }
    let by = (raised.named == Some(true)).then_some(opened.participant);
    let act = Act::RaiseConcern { by, text: raised.text.clone() };
    let request = Request::from(act).once(Some(once(&opened.run, raised)));
    match engine.submit(&opened.run, request, |_| ()) {
        Ok(_) => Ok(Taken::Sent),
        Err(LiveError::Refused(Refusal::Over(_))) => Ok(Taken::Not(WhyNot::Over)),
        Err(LiveError::NobodyHears) => Ok(Taken::Not(WhyNot::Nobody)),
        Err(LiveError::ManyConcerns(_)) => Ok(Taken::Not(WhyNot::Full)),
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

fn write(contact: &Contact, reader: &Reader, so_far: &Raised, faults: &[RaiseFault]) -> Response {
    let Reader { outside, look, .. } = reader;
    let (name, email) = (&contact.name, &contact.email);
    let html = raise_page(&RaisePage { contact: name, email, outside: *outside, so_far, faults, look });
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

fn not_sent(why: WhyNot, reader: &Reader) -> Response {
    let (status, why) = match why {
        WhyNot::Over => (StatusCode::GONE, "This programme is over."),
        WhyNot::Nobody => (StatusCode::GONE, "Nobody is named to read it."),
        WhyNot::Full => (StatusCode::CONFLICT, "More waits to be read than anybody can read, so this was not sent."),
    };
    let instead = match &reader.contact {
        Some(contact) => format!("You can write to {} ({}).", contact.name, contact.email),
        None => "Ask whoever runs the programme whom you can turn to.".to_owned(),
    };
    say(status, "Nothing can be sent from here", vec![why.to_owned(), instead], &reader.look)
}

fn say(status: StatusCode, title: &str, paragraphs: Vec<String>, look: &Look) -> Response {
    notice(status, &NoticePage { over: "", title, paragraphs, look })
}
