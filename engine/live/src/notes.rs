//! What facilitators note of a session: beside the journal, and only with the consent of those who were there.

use crate::{AnswerProblem, Engine, LiveError, keys, limits::LiveLimits, rows};
use smol_str::{SmolStr, format_smolstr};
use turnabout_core::{
    ports::{Batch, StoreTable},
    run::Session,
};
use turnabout_model::{RunId, SessionId, SessionNotes, SessionStatus};

impl Engine {
    /// The notes of a session; empty if nobody has written any.
    pub fn notes(&self, run: &RunId, session: SessionId) -> Result<SessionNotes, LiveError> {
        self.with_run(run, |engine, loaded| {
            loaded.run.session(session).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))?;
            match engine.store.get(StoreTable::Notes, &keys::notes(run, session))? {
                Some(value) => rows::read(&value, run.as_str(), "the notes of a session"),
                None => Ok(SessionNotes::of(session)),
            }
        })
    }

    /// Keeps the notes of a session that was held, in place of those there were.
    pub fn keep_notes(&self, run: &RunId, notes: &SessionNotes) -> Result<(), LiveError> {
        self.with_run(run, |engine, loaded| {
            let session = notes.session;
            let held = loaded.run.session(session).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))?;
            let problems = problems(notes, held, &engine.live);
            if !problems.is_empty() {
                return Err(LiveError::Notes(problems));
            }
            let row = rows::put(StoreTable::Notes, keys::notes(run, session), notes);
            engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            Ok(())
        })
    }
}

fn problems(notes: &SessionNotes, session: &Session, limits: &LiveLimits) -> Vec<AnswerProblem> {
    let mut found = Vec::new();
    let mut problem = |at: SmolStr, what: String, help: &str| {
        found.push(AnswerProblem { question: at, what, help: help.to_owned() });
    };
    if session.status != SessionStatus::Held {
        problem("session".into(), "the session has not been held".into(), "record first who came");
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
    let quotes = notes.quotes.iter().map(|quote| ("quotes", quote.text.as_str()));
    let learning = notes.learning.iter().map(|text| ("learning", text.as_str()));
    let themes = notes.themes.iter().map(|theme| ("themes", theme.name.as_str()));
    for (at, text) in quotes.chain(learning).chain(themes) {
        let most = if at == "themes" { limits.theme_chars } else { limits.note_chars };
        let has = text.chars().count();
        if text.trim().is_empty() || has > most {
            let what = format!("a text here has {has} characters, and 1 to {most} are kept");
            problem(at.into(), what, "shorten it, or leave it out");
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
