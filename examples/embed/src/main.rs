//! An HR system that runs a programme of reverse mentoring inside itself: with its own store (a file of JSON lines), its own
//! clock (office hours) and its own verb (`notify_payroll`).
//!
//! ```text
//! cargo run -p embed -- FOLDER     lives six weeks on a simulated clock; what happened stays in FOLDER/ledger.jsonl
//! ```

mod ledger;
mod office_clock;
mod payroll;

use jiff::{Timestamp, tz::TimeZone};
use ledger::Ledger;
use office_clock::OfficeClock;
use payroll::{NotifyPayroll, Payroll};
use std::{
    error::Error,
    io::Write,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use turnabout_core::{
    decide::Input,
    limits::Limits,
    verbs::{OwnVerb, Verbs},
};
use turnabout_live::{
    Clock as _, Contact, Contacts, Engine, Letter, Letters, LiveLimits, Mail, MailError, NewRun, Parts,
};
use turnabout_model::{MeetingForm, PairId, ParticipantStatus, ProposalId, RunId, SessionId};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};

const PEOPLE: &str = "role,name,email\n\
    mentor,Amara Diaz,amara@example.org\n\
    mentor,Ben Okoro,ben@example.org\n\
    mentee,Clara Vance,clara@example.org\n\
    mentee,Dev Rao,dev@example.org\n";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("say in which folder to keep the ledger: embed FOLDER")?;
    live(Path::new(&folder), &mut std::io::stdout().lock())
}

// ANCHOR: engine
/// An engine out of the office's own parts.
fn engine(folder: &Path, clock: Arc<OfficeClock>) -> Result<Engine, Box<dyn Error>> {
    let verbs = Verbs::new([Arc::new(NotifyPayroll) as Arc<dyn OwnVerb>])?;
    let plugins = Arc::new(Sandbox::new(turnabout_sandbox::Limits::standard())?);
    Ok(Engine::new(Parts {
        store: Arc::new(Ledger::open(&folder.join("ledger.jsonl"))?),
        rules: plugins.clone(),
        logics: plugins,
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard()).with_verbs(verbs)),
        messages: Arc::new(MessageCheck),
        clock,
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    })?)
}
// ANCHOR_END: engine

/// The office: the engine, with what is around it.
struct Office<'a> {
    engine: Engine,
    clock: Arc<OfficeClock>,
    payroll: Payroll,
    post: Post,
    letters: Letters,
    out: &'a mut dyn Write,
}

/// Mail that only notes to whom it went.
#[derive(Default)]
struct Post(Mutex<Vec<String>>);

impl Mail for Post {
    fn send(&self, letter: Letter) -> Result<(), MailError> {
        let line = format!("'{}' goes to {}", letter.subject, letter.to_name);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        Ok(())
    }
}

impl Office<'_> {
    fn say(&mut self, line: &str) -> std::io::Result<()> {
        let now = self.clock.now().to_zoned(TimeZone::UTC);
        writeln!(self.out, "{}  {line}", now.strftime("%d %b %H:%M"))
    }

    // ANCHOR: work
    /// Does what is due now: wakes runs, sends letters, carries out errands. A server of one's own does this in a loop.
    fn work(&mut self) -> Result<(), Box<dyn Error>> {
        for (run, problem) in self.engine.wake_due()?.failed {
            self.say(&format!("{run} could not be woken: {problem}"))?;
        }
        self.engine.deliver(&self.post, &self.letters)?;
        let errands = self.engine.carry_out(&self.payroll)?;
        if errands.put_off > 0 {
            self.say("payroll does not answer; it is asked again later")?;
        }
        let said = [&self.post.0, &self.payroll.said]
            .map(|said| std::mem::take(&mut *said.lock().unwrap_or_else(PoisonError::into_inner)));
        for line in said.concat() {
            self.say(&line)?;
        }
        Ok(())
    }
    // ANCHOR_END: work

    /// Lets time pass until a moment, stopping wherever a run is due.
    fn until(&mut self, moment: &str) -> Result<(), Box<dyn Error>> {
        let moment: Timestamp = moment.parse()?;
        while let Some(due) = self.engine.next_due()?.filter(|due| *due <= moment) {
            self.clock.turn_to(due);
            self.work()?;
        }
        self.clock.turn_to(moment);
        self.work()
    }

    /// Something happens to the run.
    fn act(&mut self, run: &RunId, what: &str, input: Input) -> Result<(), Box<dyn Error>> {
        self.say(what)?;
        self.engine.submit(run, input, |_| ())?;
        self.work()
    }
}

/// Lives the programme, and says what happens.
fn live(folder: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let clock = Arc::new(OfficeClock::at("2026-03-02T09:00:00Z".parse()?, TimeZone::UTC));
    let engine = engine(folder, Arc::clone(&clock))?;
    let (payroll, post, letters) = (Payroll::default(), Post::default(), Letters::new());
    let mut office = Office { engine, clock, payroll, post, letters, out };

    // ANCHOR: start
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("template");
    office.engine.install(turnabout_template::read_folder(&template)?)?;
    let noor = Contact { name: "Noor Hale".into(), email: "noor@example.org".into() };
    let new = NewRun {
        template: "apprentices".into(),
        client: "head office".into(),
        contacts: Contacts { contact: Some(noor), ..Contacts::default() },
        ..NewRun::default()
    };
    let run = office.engine.start(new, None, |decision| decision.after.run.id.clone())?.answer;
    let run = run.ok_or("a run that has started has an id")?;
    office.engine.import(&run, PEOPLE.as_bytes(), ParticipantStatus::Accepted, None)?;
    // ANCHOR_END: start
    office.say("the programme starts with 4 people")?;

    office.until("2026-03-16T09:00:00Z")?;
    let session = SessionId(1);
    let (everyone, over) = office.engine.read(&run, |of| {
        let everyone = of.run.participants.keys().copied().collect();
        (everyone, of.run.session(session).map(|session| session.plan.ends))
    })?;
    office.until(&over.ok_or("the kick-off was not planned")?.to_string())?;
    office.act(&run, "everybody came to the kick-off", Input::HoldSession { session, attended: everyone })?;
    office.act(&run, "HR publishes the pairs", Input::PublishProposal { proposal: ProposalId(1) })?;
    office.until("2026-03-30T09:00:00Z")?;
    for (pair, on) in [(PairId(1), "2026-04-01T14:00:00Z"), (PairId(2), "2026-04-08T14:00:00Z")] {
        office.until(on)?;
        let meeting =
            Input::RecordMeeting { pair, on: on.parse()?, minutes: 60, form: MeetingForm::Video, took_place: true };
        office.act(&run, &format!("{pair} met"), meeting)?;
    }
    let (status, entries) = office.engine.read(&run, |of| (of.run.status().word(), of.run.version))?;
    office.say(&format!("the run is {status}, with {entries} entries in its journal"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_that_restarts_goes_on_from_its_ledger() {
        let folder = tempfile::tempdir().unwrap();
        live(folder.path(), &mut Vec::new()).unwrap();
        let clock = Arc::new(OfficeClock::at("2026-05-01T09:00:00Z".parse().unwrap(), TimeZone::UTC));
        let engine = engine(folder.path(), clock).unwrap();
        let runs = engine.runs(None, 10).unwrap().items;
        let errands = engine.read(&runs[0].id, |of| of.run.errands.clone()).unwrap();
        assert_eq!((runs.len(), errands.len()), (1, 2));
        assert!(errands.iter().all(|errand| errand.answer.is_some()));
    }

    #[test]
    fn an_engine_without_the_verb_says_where_the_template_calls_it() {
        let folder = turnabout_template::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("template")).unwrap();
        let scripts = RhaiScripts::new(ScriptLimits::standard());
        let problems = turnabout_template::load(folder, &scripts, &MessageCheck).unwrap_err();
        let unknown: Vec<_> = problems.iter().filter(|problem| problem.code == "script::unknown_verb").collect();
        assert_eq!(unknown.len(), 1);
        assert_eq!(unknown[0].message, "there is no verb or function notify_payroll");
        assert_eq!(unknown[0].labels[0].file, "programme.rhai");
    }
}
