//! What is wrong with a form, in words for the person who fills it in: no names of choices, no ids.

use super::OpenForm;
use crate::{AnswerFault, AnswerProblem};
use serde_json::Value as Json;
use turnabout_model::{Phrase, Question, QuestionKind, Said, Text};
use turnabout_render::form::FormFault;

/// What is wrong with a form, in which a text may have so many characters.
pub(super) fn in_words(open: &OpenForm, most_chars: usize) -> Vec<FormFault> {
    let items = open.survey.items();
    let fault = |wrong: &AnswerProblem| {
        let question = items.iter().find(|item| *item.name == wrong.question).map(|item| item.question);
        FormFault { question: wrong.question.clone(), what: say(open, wrong, question, most_chars) }
    };
    open.form.wrong.iter().map(fault).collect()
}

fn say(open: &OpenForm, wrong: &AnswerProblem, question: Option<&Question>, most_chars: usize) -> Said {
    let wording = &open.wording;
    let kind = question.map(|question| &question.kind);
    let answer = open.form.answers.get(&wrong.question);
    match wrong.fault {
        AnswerFault::Missing => {
            let own = question.and_then(|question| own(open, question.required_message.as_ref()));
            own.unwrap_or_else(|| wording.say(Phrase::NotAnswered))
        }
        AnswerFault::Condition => {
            let own = question.and_then(|question| question.constraint_message.as_ref());
            if own.is_none_or(Text::is_empty) && open.survey.has_standard_logic() {
                wording.say(Phrase::NotPossible)
            } else {
                // The survey's words with answers filled in, or those of a logic that speaks for itself.
                in_its_language(open, &wrong.what)
            }
        }
        AnswerFault::SharedPlace => wording.say(Phrase::SharedPlace),
        AnswerFault::NotThere => wording.say(Phrase::NotThere),
        AnswerFault::TooMuch if kind.is_some_and(QuestionKind::asks_for_people) => {
            wording.fill(Phrase::TooManyPeople, &[("most", &open.most_named.to_string())])
        }
        AnswerFault::TooMuch => wording.fill(Phrase::TextTooLong, &[("most", &most_chars.to_string())]),
        AnswerFault::Unfit => match kind {
            Some(QuestionKind::Date) => wording.say(Phrase::NotDate),
            Some(QuestionKind::Integer { least, most }) => {
                let what = amiss(answer.and_then(Json::as_i64), *least, *most).unwrap_or(Phrase::NotWhole);
                number(open, what, WHOLE, (*least, *most))
            }
            Some(QuestionKind::Decimal { least, most }) => {
                let what = amiss(answer.and_then(Json::as_f64), *least, *most).unwrap_or(Phrase::NotNumber);
                number(open, what, ANY, (*least, *most))
            }
            _ => wording.say(Phrase::NotChoice),
        },
    }
}

/// What the survey itself says, if it says anything.
fn own(open: &OpenForm, text: Option<&Text>) -> Option<Said> {
    let text = open.survey.say(text?, open.wording.language()).trim();
    (!text.is_empty()).then(|| in_its_language(open, text))
}

fn in_its_language(open: &OpenForm, text: &str) -> Said {
    Said { text: text.trim_end_matches('.').to_owned(), language: open.wording.language().clone() }
}

/// What to write in place of a number that can't be taken: whatever it is, with a least, with a most, with both.
type ToWrite = [Phrase; 4];
const WHOLE: ToWrite = [Phrase::WriteWhole, Phrase::WriteWholeFrom, Phrase::WriteWholeTo, Phrase::WriteWholeBetween];
const ANY: ToWrite = [Phrase::WriteNumber, Phrase::WriteNumberFrom, Phrase::WriteNumberTo, Phrase::WriteNumberBetween];

/// On which side of its bounds a number lies, if it is one.
fn amiss<T: PartialOrd>(number: Option<T>, least: Option<T>, most: Option<T>) -> Option<Phrase> {
    let number = number?;
    if least.is_some_and(|least| number < least) {
        Some(Phrase::TooSmall)
    } else {
        most.is_some_and(|most| number > most).then_some(Phrase::TooLarge)
    }
}

/// What is wrong with a number, and what to write.
fn number<T: ToString>(open: &OpenForm, what: Phrase, write: ToWrite, (least, most): (Option<T>, Option<T>)) -> Said {
    let [any, from, to, between] = write;
    let how = match (&least, &most) {
        (None, None) => any,
        (Some(_), None) => from,
        (None, Some(_)) => to,
        (Some(_), Some(_)) => between,
    };
    let [least, most] = [least, most].map(|bound| bound.map(|bound| bound.to_string()).unwrap_or_default());
    open.wording.join([(what, &[]), (how, &[("least", &least), ("most", &most)])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::FormView;
    use jiff::{Timestamp, tz::TimeZone};
    use serde_json::json;
    use std::collections::BTreeMap;
    use turnabout_model::Wording;
    use turnabout_render::{Look, form::FormSaid};

    #[test]
    fn nobody_has_to_know_what_a_program_calls_things() {
        let survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "met", "type": "single", "text": "?", "choices": ["yes", "no"], "required": true,
              "required_message": "Say whether you met." },
            { "name": "years", "type": "integer", "text": "?", "least": 0, "most": 50 },
            { "name": "since", "type": "date", "text": "?" },
            { "name": "more", "type": "text", "text": "?", "constraint_message": "Write less." },
            { "name": "wanted", "type": "ranking", "text": "?" } ] }));
        let wrong = |question: &str, fault, what: &str, help: &str| AnswerProblem {
            question: question.into(),
            what: what.into(),
            help: help.into(),
            fault,
        };
        let problems = vec![
            wrong("met", AnswerFault::Missing, "an answer is required", "choose one of: yes, no"),
            wrong("more", AnswerFault::Missing, "an answer is required", "write something"),
            wrong("years", AnswerFault::Unfit, "the number is too large", "write a whole number from 0 to 50"),
            wrong("since", AnswerFault::Unfit, "that is no date of the calendar", "write year-month-day"),
            wrong("more", AnswerFault::TooMuch, "the text is too long", "write 10000 characters at most"),
            wrong("wanted", AnswerFault::NotThere, "person-3 is no mentee who takes part", "list ids"),
            wrong("more", AnswerFault::Condition, "Write less", "change this answer"),
            wrong("met", AnswerFault::Condition, "This answer is not possible here", "change this answer"),
        ];
        let open = OpenForm {
            survey: survey.unwrap(),
            wording: Wording::default(),
            said: FormSaid::Nothing,
            faults: Vec::new(),
            kept: String::new(),
            form: FormView {
                complete: false,
                visible: Vec::new(),
                required: Vec::new(),
                wrong: problems,
                computed: BTreeMap::new(),
                labels: BTreeMap::new(),
                answers: BTreeMap::from([("years".into(), json!(51))]),
            },
            people: Vec::new(),
            most_named: 3,
            closes: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
            look: Look::default(),
        };
        let said: Vec<String> = in_words(&open, 10_000).into_iter().map(|fault| fault.what.text).collect();
        let expect = [
            "Say whether you met",
            "this is not answered yet",
            "the number is too large; write a whole number from 0 to 50",
            "write day, month and year, the year with four digits",
            "the text is too long; write 10000 characters at most",
            "somebody whom you named has left meanwhile; look at the list again",
            "Write less",
            "this answer is not possible here",
        ];
        assert_eq!(said, expect);
    }
}
