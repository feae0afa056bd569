//! Taking what somebody sends with their form.

use super::{
    FormOver, OpenForm, PersonalForm,
    faults::in_words,
    show::{Answers, asked_of, mark},
};
use crate::{Act, Engine, FormOf, LiveError, Request, act::within_bytes, draft::digest, keys, rows, rows::DraftRow};
use std::collections::BTreeSet;
use turnabout_core::{
    decide::Refusal,
    ports::{Batch, StoreTable},
};
use turnabout_model::{QuestionKind, RunId, SurveyMode};
use turnabout_render::form::{FormSaid, Wish, read_posted};

/// What a browser sent.
#[derive(Debug, Clone, Copy)]
pub struct FormSent<'a> {
    /// The code of the link, which the draft lies under.
    pub code: &'a str,
    /// The fields in order.
    pub fields: &'a [(String, String)],
}

/// What became of a form that was sent.
#[derive(Debug, Clone, PartialEq)]
pub enum FormTaken {
    /// It is handed in.
    HandedIn(Box<OpenForm>),
    /// It is kept for later.
    Kept(Box<OpenForm>),
    /// It is to be shown again, and says why.
    Again(Box<OpenForm>),
    /// It came too late.
    Over(FormOver),
}

impl Engine {
    /// Takes a form. Handed in is what is complete, and of which everything that is asked was on the page; everything else
    /// is kept, where the survey lets it be, and shown again with what is wrong.
    ///
    /// What was answered meanwhile elsewhere, in another window for example, is not lost: the answers of this page go over
    /// it, and all of it is shown before anything is handed in.
    pub fn take_form(&self, run: &RunId, of: FormOf, sent: FormSent<'_>) -> Result<FormTaken, LiveError> {
        let (posted, open, merged) = self.with_run(run, |engine, loaded| {
            let (wave, survey) = asked_of(loaded, of)?;
            let posted = read_posted(survey, sent.fields);
            let left = engine.left(run, of, survey, sent.code)?;
            let mut answers = posted.answers.clone();
            if !left.is_empty() && mark(survey, &left) != posted.kept {
                for (name, answer) in left {
                    answers.entry(name).or_insert(answer);
                }
            }
            let merged = answers != posted.answers;
            let open = engine.stands(loaded, (wave, survey), of.participant, &answers, posted.language.as_deref())?;
            Ok((posted, open, merged))
        })?;
        let mut open = match open {
            PersonalForm::Open(open) => open,
            PersonalForm::Over(over) => return Ok(FormTaken::Over(over)),
        };
        let keeps = open.survey.mode != SurveyMode::Anonymous;
        let new = news(&open, &posted.seen);
        if posted.wish == Wish::HandIn && open.form.complete && new == FormSaid::Nothing && !merged {
            return self.hand_in(run, of, open);
        }
        if keeps {
            self.keep_own_draft(run, of, sent.code, &open.form.answers)?;
        }
        open.said = match posted.wish {
            Wish::Keep if keeps => return Ok(FormTaken::Kept(open)),
            // Half of an anonymous form would lie under the name of whoever is to come back to it.
            Wish::Keep => FormSaid::NotKept,
            Wish::Language => FormSaid::Nothing,
            Wish::HandIn if merged => FormSaid::Merged,
            Wish::HandIn => new,
        };
        if posted.wish == Wish::HandIn {
            // What nobody has seen yet can't be wrong.
            let seen = |question: &smol_str::SmolStr| posted.seen.contains(question);
            open.faults =
                in_words(&open, self.live.answer_chars).into_iter().filter(|fault| seen(&fault.question)).collect();
        }
        Ok(FormTaken::Again(open))
    }

    fn hand_in(&self, run: &RunId, of: FormOf, open: Box<OpenForm>) -> Result<FormTaken, LiveError> {
        let FormOf { wave, participant } = of;
        let language = Some(open.wording.language().clone());
        let act = Act::Respond { wave, participant, answers: open.form.answers.clone(), language };
        match self.submit(run, Request::from(act), |_| ()) {
            // Sent twice at once: the other one was first.
            Ok(_) | Err(LiveError::Refused(Refusal::AlreadySo { .. })) => Ok(FormTaken::HandedIn(open)),
            Err(error) => Err(error),
        }
    }

    /// Keeps a draft under the code of its person's link. What was kept under another key gives way: it is theirs alone.
    fn keep_own_draft(&self, run: &RunId, of: FormOf, code: &str, answers: &Answers) -> Result<(), LiveError> {
        within_bytes(answers, self.live.draft_bytes)?;
        self.with_run(run, |engine, loaded| {
            // A wave that has closed meanwhile has no drafts.
            turnabout_core::decide::may_respond(&loaded.run, of.wave, of.participant)?;
            let row = DraftRow { key: digest(code), answers: answers.clone() };
            let row = rows::put(StoreTable::Drafts, keys::response(run, of.wave, of.participant), &row);
            Ok(engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?)
        })
    }
}

/// What has come up that was not on the page: questions, each statement counted, or something to read.
fn news(open: &OpenForm, seen: &BTreeSet<smol_str::SmolStr>) -> FormSaid {
    let is_new = |name: &smol_str::SmolStr| open.form.visible.contains(name) && !seen.contains(name);
    let items = open.survey.items();
    let questions = items.iter().filter(|item| item.question.calculation.is_none() && is_new(item.name)).count();
    let notes = open.survey.all_questions();
    let mut notes = notes.iter().filter(|question| question.kind == QuestionKind::Note);
    match questions {
        0 if notes.any(|note| is_new(&note.name)) => FormSaid::Read,
        0 => FormSaid::Nothing,
        more => FormSaid::More(more),
    }
}
