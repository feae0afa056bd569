//! The page behind the link in a letter about an agreement: one of the two reads it and signs, or says in private that they
//! would rather not be in this pair.

use crate::{
    api::{Fault, WriteForm},
    app::App,
    page::{Forms, PageFault, notice, page, see_again},
    routes::door::{LinkPath, let_in, no_such_link},
};
use axum::{extract::State, http::StatusCode, response::Response};
use turnabout_core::decide::{Input, Refusal};
use turnabout_live::{Act, Engine, Letters, LiveError, Opens, Request, views::AgreementDetail};
use turnabout_model::{AgreementId, PairId, ParticipantId, RunId};
use turnabout_render::{
    Look,
    form::{
        DocumentButton, DocumentPage, DocumentPart, NoticePage, SecondThought, document_page, form_style,
        with_whole_paragraphs,
    },
};

/// Where the page lies.
pub(crate) const PATH: &str = "/sign/{run}/{agreement}/{participant}/{code}";

/// What the path says.
type Parts = LinkPath<(String, String, String, String)>;

/// A link whose code is right.
struct Opened {
    run: RunId,
    agreement: AgreementId,
    participant: ParticipantId,
}

/// An agreement as one of the two has it before them.
struct Before {
    detail: AgreementDetail,
    /// The other one's name.
    partner: String,
    look: Look,
}

/// Shows the agreement. Nothing is changed: mail programs follow links too.
pub(crate) async fn show(State(app): State<App>, LinkPath(parts): Parts) -> Result<Response, PageFault> {
    let letters = std::sync::Arc::clone(&app.letters);
    let found = app.engine(move |engine| {
        let link = open(engine, parts)?;
        let before = read(engine, &letters, &link)?;
        Ok((before, link.participant))
    });
    let (before, participant) = found.await?;
    Ok(shown(&before, participant))
}

/// Takes a signature, or a word in private.
pub(crate) async fn answer(
    State(app): State<App>,
    // Even of a link that is wrong the form is read: whoever still sends it would find the connection closed.
    link: Result<Parts, PageFault>,
    form: Result<WriteForm, Fault>,
) -> Result<Response, PageFault> {
    let (LinkPath(parts), fields) = (link?, form?.fields);
    let said = fields.iter().rev().find(|(name, _)| name == "do").map(|(_, value)| value.clone());
    let letters = std::sync::Arc::clone(&app.letters);
    let taken = app.engine(move |engine| {
        let link = open(engine, parts)?;
        let before = read(engine, &letters, &link)?;
        let Opened { run, agreement, participant } = link;
        match said.as_deref() {
            Some("sign") => once(engine.submit(&run, Input::Sign { agreement, participant }, |_| ()).map(drop))?,
            Some("decline") => {
                let pair: PairId = before.detail.agreement.pair;
                let act = Act::DeclinePair { pair, by: participant };
                once(engine.submit(&run, Request::from(act), |_| ()).map(drop))?;
                return Ok(Some(before.look));
            }
            _ => {}
        }
        Ok(None)
    });
    Ok(match taken.await? {
        None => see_again(),
        Some(look) => {
            let paragraphs = vec![
                "This pair has ended. Neither your partner nor anybody else is told whose word it was, and the two of you are \
                 not paired again."
                    .to_owned(),
                "If the programme goes on for you, you will hear of it.".to_owned(),
            ];
            let title = "Thank you for saying so";
            notice(StatusCode::OK, &NoticePage { over: "", title, paragraphs, look: &look })
        }
    })
}

/// Sent twice, it is done once.
fn once(done: Result<(), LiveError>) -> Result<(), LiveError> {
    match done {
        Err(LiveError::Refused(Refusal::AlreadySo { .. })) => Ok(()),
        other => other,
    }
}

fn open(
    engine: &Engine,
    (run, agreement, participant, code): (String, String, String, String),
) -> Result<Opened, LiveError> {
    let (Ok(run), Ok(agreement), Ok(participant)) = (run.parse(), agreement.parse(), participant.parse()) else {
        return Err(no_such_link());
    };
    let_in(engine, &run, Opens::Agreement { agreement, participant }, &code)?;
    Ok(Opened { run, agreement, participant })
}

fn read(engine: &Engine, letters: &Letters, link: &Opened) -> Result<Before, LiveError> {
    engine.read(&link.run, |of| {
        let detail = letters.agreement(of, link.agreement)?;
        let partner = of.run.pair(detail.agreement.pair).and_then(|pair| pair.partner_of(link.participant));
        let partner = partner.and_then(|partner| of.people.get(partner)).map(|person| person.name.clone());
        Ok(Before { detail, partner: partner.unwrap_or_else(|| "your partner".into()), look: of.contacts.look() })
    })?
}

fn shown(before: &Before, participant: ParticipantId) -> Response {
    let Before { detail: AgreementDetail { agreement, title, text, .. }, partner, look } = before;
    let signed = agreement.signed.contains(&participant);
    if !agreement.open && !agreement.complete {
        let why = "It can no longer be signed: the pair or the programme has ended, or a later letter asks for it anew. Then \
                   follow the link in that one.";
        let paragraphs = vec![why.to_owned()];
        let closed = NoticePage { over: title, title: "This agreement is closed", paragraphs, look };
        return notice(StatusCode::GONE, &closed);
    }
    let lead = match (signed, agreement.complete) {
        (_, true) => "Both of you have signed. This is what you have agreed on.".to_owned(),
        (true, false) => format!("You have signed. As soon as {partner} has too, you two can meet."),
        (false, false) => "Read it, and sign it if every sentence fits you. If one does not, say so first.".to_owned(),
    };
    let button = |value: &str, says: &str| DocumentButton { name: "do".into(), value: value.into(), says: says.into() };
    let part = DocumentPart {
        heading: None,
        text: with_whole_paragraphs(text),
        about: Vec::new(),
        button: (!signed).then(|| button("sign", "I have read it, and I sign")),
        second: agreement.open.then(|| SecondThought {
            says: "I would rather not be in this pair".into(),
            means: "You need no reason. The pair ends, nobody is told whose word it was, and the two of you are not paired \
                    again. It can’t be taken back."
                .into(),
            button: button("decline", "End this pair"),
        }),
    };
    let html = document_page(&DocumentPage { title, lead, parts: vec![part], look });
    page(html, &form_style(look), Forms::Here)
}
