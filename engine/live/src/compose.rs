//! Writes messages out with the renderer, from the run and its people as they are when a message leaves.

use crate::{
    Compose, Contact, FormOf, Letter, Links, LiveError, MailError, Opens, Snapshot,
    loaded::bundle_of,
    views::{AgreementDetail, AgreementView},
};
use smol_str::{SmolStr, format_smolstr};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use turnabout_core::{
    bundle::Bundle,
    run::{Agreement, Message, Pair},
};
use turnabout_model::{AgreementId, BundleHash, PairId, ParticipantId, Period, Recipient, SessionId, Value, WaveId};
use turnabout_render::messages as render;

/// Writes the messages of all bundles, each bundle compiled once.
#[derive(Debug, Default)]
pub struct Letters {
    books: Mutex<HashMap<BundleHash, Arc<render::MessageBook>>>,
    links: Option<Links>,
}

/// Compiled books that are kept; past that all are compiled again as they are needed.
const BOOKS: usize = 32;

impl Letters {
    /// Creates a writer that has compiled nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Letters say where to answer, sign or read what they are about; without links they don't.
    #[must_use]
    pub fn with_links(mut self, links: Links) -> Self {
        self.links = Some(links);
        self
    }

    /// Where whoever a message goes to answers, signs or reads what it is about.
    fn link(&self, of: Snapshot<'_>, message: &Message) -> Option<String> {
        let about = |name: &str| message.about.get(name).and_then(Value::as_text);
        let opens = match &message.to {
            Recipient::Participant(participant) => {
                let participant = *participant;
                if let Some(id) = about("agreement") {
                    let agreement = of.run.agreement(id.parse().ok()?)?;
                    agreement.between.contains(&participant).then_some(())?;
                    Opens::Agreement { agreement: agreement.id, participant }
                } else {
                    let wave = of.run.wave(about("wave")?.parse::<WaveId>().ok()?)?;
                    wave.audience.contains(&participant).then_some(())?;
                    Opens::Form(FormOf { wave: wave.id, participant })
                }
            }
            Recipient::Contact => Opens::Concerns { contact: of.contacts.contact.as_ref()?.email.clone() },
            Recipient::Coordinator | Recipient::Sponsor => return None,
        };
        Some(self.links.as_ref()?.to(of.run.id.as_ref()?, opens))
    }

    /// Where whoever a message goes to tells the contact what is wrong; nowhere if nobody is named.
    fn link_to_raise(&self, of: Snapshot<'_>, to: &Recipient) -> Option<String> {
        let Recipient::Participant(participant) = *to else { return None };
        of.contacts.contact.as_ref()?;
        Some(self.links.as_ref()?.to(of.run.id.as_ref()?, Opens::Raising { participant }))
    }

    fn book(&self, bundle: &Bundle) -> Result<Arc<render::MessageBook>, MailError> {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = books.get(&bundle.hash) {
            return Ok(Arc::clone(book));
        }
        let book = render::MessageBook::compile(&bundle.files).map_err(|problems| {
            let first = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            MailError::Permanent(format!("the template's messages have {} problems: {first}", problems.len()))
        })?;
        if books.len() >= BOOKS {
            books.clear();
        }
        Ok(Arc::clone(books.entry(bundle.hash.clone()).or_insert(Arc::new(book))))
    }
}

impl Compose for Letters {
    fn compose(&self, of: Snapshot<'_>, message: &Message) -> Result<Letter, MailError> {
        let book = self.book(of.bundle)?;
        let (to, role) = addressee(of, &message.to)?;
        let mut data = render::MessageData { link: self.link(of, message), ..data(of, &book, message, &to, role) };
        data.contact.link = self.link_to_raise(of, &message.to);
        let written = book.render(&message.template, &data);
        let written = written.map_err(|error| MailError::Permanent(error.to_string()))?;
        let run = of.run.id.as_ref().map(ToString::to_string).unwrap_or_default();
        Ok(Letter {
            id: format!("{run}.{}", message.id),
            to_name: to.name,
            to_email: to.email,
            subject: written.subject,
            text: written.body,
        })
    }
}

/// Who gets it, and as what.
fn addressee(of: Snapshot<'_>, to: &Recipient) -> Result<(Contact, SmolStr), MailError> {
    let named = |contact: &Option<Contact>, role: &'static str| match contact {
        Some(contact) => Ok((contact.clone(), SmolStr::new_static(role))),
        // Somebody may still be named.
        None => Err(MailError::Transient(format!("nobody is named as the {role} of this run"))),
    };
    match to {
        Recipient::Participant(id) => {
            let person = of.people.get(*id).ok_or_else(|| MailError::Permanent(format!("{id} is erased")))?;
            let contact = Contact { name: person.name.clone(), email: person.email.clone() };
            Ok((contact, format_smolstr!("{}", person.role)))
        }
        Recipient::Coordinator => named(&of.contacts.coordinator, "coordinator"),
        Recipient::Sponsor => named(&of.contacts.sponsor, "sponsor"),
        Recipient::Contact => named(&of.contacts.contact, "contact"),
    }
}

impl Letters {
    /// Shows an agreement with its text as the two of the pair read it.
    pub fn agreement(&self, of: Snapshot<'_>, id: AgreementId) -> Result<AgreementDetail, LiveError> {
        let agreement = of.run.agreement(id).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{id}")))?;
        let unwritten = |why: String| LiveError::Unwritten { what: format_smolstr!("{id}"), why };
        // The two sign what they were given to read, whatever the template says by now.
        let bundle = bundle_of(agreement.bundle.as_ref(), of.bundle, of.past);
        let known = bundle.agreements.get(&agreement.name);
        if known.is_none_or(|text| text.hash != agreement.text) {
            return Err(unwritten("the template has another text by now".into()));
        }
        let book = self.book(bundle).map_err(|error| unwritten(error.to_string()))?;
        let written = book.agreement(&agreement.name, &agreed(of, agreement));
        let written = written.map_err(|error| unwritten(error.to_string()))?;
        Ok(AgreementDetail {
            agreement: AgreementView::of(agreement),
            title: written.subject,
            text: written.body,
            hash: agreement.text.clone(),
        })
    }
}

/// What an agreement can show.
fn agreed(of: Snapshot<'_>, agreement: &Agreement) -> render::AgreementData {
    render::AgreementData {
        about: about(of, of.run.pair(agreement.pair)),
        programme: programme(of),
        coordinator: contact(of.contacts.coordinator.as_ref(), "your programme coordinator"),
        contact: contact(of.contacts.contact.as_ref(), "your contact for concerns"),
        settings: settings(of),
    }
}

fn about(of: Snapshot<'_>, pair: Option<&Pair>) -> render::About {
    let name = |id: ParticipantId| of.people.get(id).map(|person| person.name.clone());
    render::About {
        pair: pair.map(|pair| format_smolstr!("{}", pair.id)),
        mentor: pair.and_then(|pair| name(pair.mentor)),
        mentee: pair.and_then(|pair| name(pair.mentee)),
    }
}

fn programme(of: Snapshot<'_>) -> render::ProgrammeFacts {
    render::ProgrammeFacts {
        summary: of.bundle.programme.summary.clone(),
        template: of.bundle.programme.name.clone(),
        organisation: of.contacts.organisation.clone().unwrap_or_else(|| of.run.client.to_string()),
    }
}

fn settings(of: Snapshot<'_>) -> BTreeMap<SmolStr, Value> {
    match &*of.run.settings {
        Value::Map(settings) => settings.clone(),
        _ => BTreeMap::new(),
    }
}

fn data(
    of: Snapshot<'_>,
    book: &render::MessageBook,
    message: &Message,
    to: &Contact,
    role: SmolStr,
) -> render::MessageData {
    let id = |name: &str| message.about.get(name).and_then(Value::as_text);
    let pair = id("pair").and_then(|id| of.run.pair(id.parse::<PairId>().ok()?));
    let session = id("session").and_then(|id| of.run.session(id.parse::<SessionId>().ok()?));
    let wave = id("wave").and_then(|id| of.run.wave(id.parse::<WaveId>().ok()?));
    let agreement = id("agreement").and_then(|id| of.run.agreement(id.parse::<AgreementId>().ok()?));
    let zone = &of.run.zone;
    let session = session.map(|session| {
        let kind = of.bundle.programme.sessions.get(&session.plan.diary);
        let title = kind.map_or_else(|| session.plan.name.to_string(), |kind| kind.title.clone());
        let seconds = session.plan.ends.duration_since(session.plan.starts).as_secs();
        let lasts = kind.map_or(Period::seconds(seconds), |kind| kind.lasts);
        render::SessionFacts::new(title, session.plan.starts, lasts, zone)
    });
    let survey = wave.map(|wave| {
        let title = of.survey_of(wave).map_or_else(|| wave.survey.to_string(), |s| s.own_title().into());
        render::SurveyFacts::new(title, wave.closes, zone)
    });
    let agreement = agreement.map(|agreement| {
        let title = book.agreement(&agreement.name, &agreed(of, agreement)).map(|written| written.subject);
        render::AgreementFacts::new(title.unwrap_or_else(|_| agreement.name.to_string()), agreement.closes, zone)
    });
    let pause = match message.about.get("pause") {
        Some(Value::Instant(until)) => Some(render::PauseFacts::new(*until, zone)),
        _ => None,
    };
    render::MessageData {
        recipient: render::Person { name: to.name.clone(), role },
        about: about(of, pair),
        session,
        survey,
        agreement,
        pause,
        record: match &message.to {
            Recipient::Participant(id) => Some(of.took_part(*id).facts(zone)),
            Recipient::Coordinator | Recipient::Sponsor | Recipient::Contact => None,
        },
        lessons: match &message.to {
            Recipient::Coordinator => render::lessons(&of.handover.lessons),
            Recipient::Participant(_) | Recipient::Sponsor | Recipient::Contact => None,
        },
        programme: programme(of),
        coordinator: contact(of.contacts.coordinator.as_ref(), "your programme coordinator"),
        contact: render::Listener {
            who: contact(of.contacts.contact.as_ref(), "your contact for concerns"),
            link: None,
        },
        settings: settings(of),
        link: None,
    }
}

/// A contact in a text; one that nobody has named is called what they are.
fn contact(named: Option<&Contact>, otherwise: &str) -> render::Contact {
    match named {
        Some(contact) => render::Contact { name: contact.name.clone(), email: contact.email.clone() },
        None => render::Contact { name: otherwise.into(), email: SmolStr::new_static("no address given") },
    }
}
