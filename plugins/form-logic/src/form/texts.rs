//! Texts with answers in them: `${name}`.

use super::{Form, Item};
use crate::expression::is_name;
use crate::problem::{Code, Column, Problems};
use crate::survey::Text;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// As it is.
    Plain(&'t str),
    /// An answer.
    Answer(&'t str),
    /// What starts like an answer and is none.
    Broken(&'t str),
}

/// Cuts a text into pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        pieces.push(Piece::Plain(&rest[..start]));
        let end = rest[start..].find('}').map_or(rest.len(), |end| start + end + 1);
        let piece = &rest[start..end];
        let name = piece.strip_prefix("${").and_then(|name| name.strip_suffix('}')).map(str::trim);
        pieces.push(match name.filter(|name| is_name(name)) {
            Some(name) => Piece::Answer(name),
            None => Piece::Broken(piece),
        });
        rest = &rest[end..];
    }
    pieces.push(Piece::Plain(rest));
    pieces
}

/// Looks at every text of a survey.
pub(super) fn check(form: &Form<'_>, problems: &mut Problems) {
    for item in form.items.iter().filter(|item| item.statement.is_none()) {
        let question = item.question;
        let mut texts = vec![
            (Column::Label, &question.label),
            (Column::RequiredMessage, &question.required_message),
            (Column::ConstraintMessage, &question.constraint_message),
        ];
        texts.extend(question.choices.iter().map(|choice| (Column::Choices, &choice.label)));
        texts.extend(question.statements.iter().map(|statement| (Column::Statements, &statement.label)));
        for (column, text) in texts {
            check_text(form, item, column, text, problems);
        }
    }
}

fn check_text(form: &Form<'_>, item: &Item<'_>, column: Column, text: &Text, problems: &mut Problems) {
    let mut wrong = |code, message: &[&str]| problems.add(item.name(), column, code, message.concat());
    for (language, text) in text.iter() {
        for piece in pieces(text) {
            match piece {
                Piece::Plain(_) => {}
                Piece::Answer(name) => match form.item(name) {
                    None => {
                        wrong(
                            Code::UnknownName,
                            &["there is no question '", name, "' whose answer could be filled in"],
                        );
                    }
                    Some((_, read)) if !read.has_answer() => {
                        wrong(Code::NoAnswer, &["'", name, "' has no answer that could be filled in"]);
                    }
                    Some(_) => {}
                },
                Piece::Broken(piece) => wrong(Code::Expression, &["'", piece, "' names no question: write ${name}"]),
            }
        }
        let known = &form.survey.languages;
        if !language.is_empty() && !known.is_empty() && known.iter().all(|other| other != language) {
            wrong(Code::Untranslated, &["'", language, "' is not among the survey's languages"]);
        }
    }
    // A plain string is for all languages.
    let has = |wanted: &str| text.iter().any(|(language, _)| language.is_empty() || language == wanted);
    if !text.is_empty() {
        for language in form.survey.languages.iter().filter(|language| !has(language)) {
            wrong(Code::Untranslated, &["the text is missing in '", language, "'"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, pieces};

    #[test]
    fn a_text_is_cut_at_its_answers() {
        for (text, expect) in [
            ("", vec![Plain("")]),
            ("costs $5 {x}", vec![Plain("costs $5 {x}")]),
            ("Dear ${name}, ${ age }!", vec![Plain("Dear "), Answer("name"), Plain(", "), Answer("age"), Plain("!")]),
            ("${a b}${", vec![Plain(""), Broken("${a b}"), Plain(""), Broken("${"), Plain("")]),
        ] {
            assert_eq!(pieces(text), expect, "{text}");
        }
    }
}
