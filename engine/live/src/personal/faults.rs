//! What is wrong with a form, in words for the person who fills it in: no names of choices, no ids.

use super::OpenForm;
use crate::{AnswerFault, AnswerProblem};
use turnabout_model::QuestionKind;
use turnabout_render::form::FormFault;

/// What is wrong with a form.
pub(super) fn in_words(open: &OpenForm) -> Vec<FormFault> {
    let fault = |wrong: &AnswerProblem| FormFault { question: wrong.question.clone(), what: say(open, wrong) };
    open.form.wrong.iter().map(fault).collect()
}

fn say(open: &OpenForm, wrong: &AnswerProblem) -> String {
    let items = open.survey.items();
    let question = items.iter().find(|item| *item.name == wrong.question).map(|item| item.question);
    match wrong.fault {
        AnswerFault::Missing => {
            let own = question.and_then(|question| question.required_message.as_ref());
            let own = own.map(|text| open.survey.say(text, &open.language).trim()).filter(|text| !text.is_empty());
            own.unwrap_or("this is not answered yet").trim_end_matches('.').to_owned()
        }
        AnswerFault::SharedPlace => "two have the same place; give each one of its own".into(),
        AnswerFault::NotThere => "somebody whom you named has left meanwhile; look at the list again".into(),
        AnswerFault::Condition => wrong.what.clone(),
        AnswerFault::TooMuch => format!("{}; {}", wrong.what, wrong.help),
        AnswerFault::Unfit => match question.map(|question| &question.kind) {
            Some(QuestionKind::Date) => "write day, month and year, the year with four digits".into(),
            Some(QuestionKind::Integer { .. } | QuestionKind::Decimal { .. }) => {
                format!("{}; {}", wrong.what, wrong.help)
            }
            _ => wrong.what.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::FormView;
    use jiff::{Timestamp, tz::TimeZone};
    use serde_json::json;
    use std::collections::BTreeMap;
    use turnabout_render::{Look, form::FormSaid};

    #[test]
    fn nobody_has_to_know_what_a_program_calls_things() {
        let survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "met", "type": "single", "text": "?", "choices": ["yes", "no"], "required": true,
              "required_message": "Say whether you met." },
            { "name": "years", "type": "integer", "text": "?", "least": 0, "most": 50 },
            { "name": "since", "type": "date", "text": "?" },
            { "name": "more", "type": "text", "text": "?" },
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
        ];
        let open = OpenForm {
            survey: survey.unwrap(),
            language: "en".into(),
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
                answers: BTreeMap::new(),
            },
            people: Vec::new(),
            most_named: 3,
            closes: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
            look: Look::default(),
        };
        let said: Vec<String> = in_words(&open).into_iter().map(|fault| fault.what).collect();
        let expect = [
            "Say whether you met",
            "this is not answered yet",
            "the number is too large; write a whole number from 0 to 50",
            "write day, month and year, the year with four digits",
            "the text is too long; write 10000 characters at most",
            "somebody whom you named has left meanwhile; look at the list again",
            "Write less",
        ];
        assert_eq!(said, expect);
    }
}
