//! What facilitators note of a session: beside the journal, and only with the consent of those who were there.

use crate::{
    AnswerFault, AnswerProblem, Engine, LiveError, keys,
    limits::LiveLimits,
    rows::{self, NotesRow},
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_core::{
    ports::{Batch, StoreTable},
    run::Session,
};
use turnabout_model::{RunId, SessionId, SessionNotes, SessionStatus};

impl Engine {
    /// The notes of a session with the version that they have: 0 and empty if nobody has written any.
    pub fn notes(&self, run: &RunId, session: SessionId) -> Result<(u32, SessionNotes), LiveError> {
        self.with_run(run, |engine, loaded| {
            loaded.run.session(session).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))?;
            let row = engine.notes_row(run, session)?;
            Ok(row.map_or_else(|| (0, SessionNotes::of(session)), |row| (row.version, row.notes)))
        })
    }

    /// Keeps the notes of a session that was held, in place of those there were in the version that the writer has seen.
    /// Returns the new version.
    pub fn keep_notes(&self, run: &RunId, notes: &SessionNotes, seen: u32) -> Result<u32, LiveError> {
        self.with_run(run, |engine, loaded| {
            let session = notes.session;
            let held = loaded.run.session(session).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))?;
            let version = engine.notes_row(run, session)?.map_or(0, |row| row.version);
            if version != seen {
                return Err(LiveError::NotesChanged { version, seen });
            }
            let problems = problems(notes, held, &engine.live);
            if !problems.is_empty() {
                return Err(LiveError::Notes(problems));
            }
            let row = NotesRow { version: version + 1, notes: notes.clone() };
            let row = rows::put(StoreTable::Notes, keys::notes(run, session), &row);
            engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            Ok(version + 1)
        })
    }

    /// The notes of all sessions of a run.
    pub(crate) fn all_notes(&self, run: &RunId) -> Result<Vec<SessionNotes>, LiveError> {
        let mut notes = Vec::new();
        self.every_row(StoreTable::Notes, &keys::of_run(run), |row| {
            let row: NotesRow = rows::read(&row.value, run.as_str(), "the notes of a session")?;
            notes.push(row.notes);
            Ok(())
        })?;
        Ok(notes)
    }

    fn notes_row(&self, run: &RunId, session: SessionId) -> Result<Option<NotesRow>, LiveError> {
        let value = self.store.get(StoreTable::Notes, &keys::notes(run, session))?;
        value.map(|value| rows::read(&value, run.as_str(), "the notes of a session")).transpose()
    }
}

fn problems(notes: &SessionNotes, session: &Session, limits: &LiveLimits) -> Vec<AnswerProblem> {
    let mut found = Vec::new();
    let mut problem = |at: SmolStr, what: String, help: &str| {
        found.push(AnswerProblem { question: at, what, help: help.to_owned(), fault: AnswerFault::Unfit });
    };
    if session.status != SessionStatus::Held {
        problem("session".into(), "the session has not been held".into(), "record first who came");
    }
    let anything = notes.quotes.len() + notes.themes.len() + notes.learning.len() > 0;
    if anything && notes.consented.is_empty() {
        problem(
            "consented".into(),
            "nobody has agreed that notes are kept".into(),
            "ask those who came, and name who agrees",
        );
    }
    let everybody = session.attended.iter().all(|who| notes.consented.contains(who));
    if !everybody && notes.quotes.iter().any(|quote| quote.released && quote.by.is_none()) {
        let what = "a quote without a speaker is released, and not everybody who came has agreed".into();
        problem("quotes".into(), what, "say whose words they are, or keep them to yourself");
    }
    for who in notes.consented.iter().filter(|who| !session.attended.contains(who)) {
        let help = "name only people who were there";
        problem("consented".into(), format!("{who} did not come to this session"), help);
    }
    for (number, quote) in notes.quotes.iter().enumerate() {
        if let Some(by) = quote.by.filter(|by| !notes.consented.contains(by)) {
            let help = "ask them and add them to `consented`, or leave the quote out";
            problem(format_smolstr!("quotes[{number}]"), format!("{by} has not agreed to be quoted"), help);
        }
    }
    for (at, one, most, texts) in [
        ("quotes", "quote", limits.note_chars, notes.quotes.iter().map(|quote| quote.text.as_str()).collect()),
        ("learning", "learning point", limits.note_chars, notes.learning.iter().map(String::as_str).collect()),
        (
            "themes",
            "theme",
            limits.theme_chars,
            notes.themes.iter().map(|theme| theme.name.as_str()).collect::<Vec<_>>(),
        ),
    ] {
        for (number, text) in texts.into_iter().enumerate() {
            let (at, has) = (format_smolstr!("{at}[{number}]"), text.chars().count());
            let place = number + 1;
            if text.trim().is_empty() {
                problem(at, format!("{one} {place} is empty"), "write it, or leave it out");
            } else if has > most {
                let what = format!("{one} {place} has {has} characters, and {most} are kept");
                problem(at, what, "shorten it");
            }
        }
    }
    let most = limits.notes_per_session;
    for (at, count) in
        [("quotes", notes.quotes.len()), ("learning", notes.learning.len()), ("themes", notes.themes.len())]
    {
        if count > most {
            problem(at.into(), format!("there are {count}, and {most} are kept"), "keep those that matter most");
        }
    }
    found
}
