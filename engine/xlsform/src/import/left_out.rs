//! What a row says beyond what a survey keeps: it is left out, and that is said.

use super::table::Line;
use crate::{
    column::Column,
    problem::{Problems, shown},
};
use turnabout_model::{Question, QuestionKind};

/// Tells whether a row is there for more than its author: one that is disabled is not asked.
pub(super) fn is_asked(line: &Line<'_>, problems: &mut Problems) -> bool {
    let disabled = line
        .word(Column::Disabled)
        .is_some_and(|word| ["yes", "true", "true()"].iter().any(|yes| word.eq_ignore_ascii_case(yes)));
    if disabled {
        let message = "this row is disabled, and it is left out";
        problems.warn("xlsform::row_left_out", line.at(Column::Disabled), message, "nothing has to be done");
    }
    !disabled
}

/// Takes away what only an answer that somebody gives can have, and says so.
pub(super) fn unanswered(question: &mut Question, line: &Line<'_>, problems: &mut Problems) {
    let calculation = question.calculation.take();
    let lost = [
        (Column::Required, !std::mem::take(&mut question.required).is_never()),
        (Column::RequiredMessage, question.required_message.take().is_some()),
        (Column::Constraint, question.constraint.take().is_some()),
        (Column::ConstraintMessage, question.constraint_message.take().is_some()),
        (Column::Calculation, calculation.is_some()),
    ];
    for (column, _) in lost.into_iter().filter(|(_, lost)| *lost) {
        let message = format!("nobody answers this row, and its '{}' is left out", column.heading());
        let help = "write it beside a question, or say it in a label";
        problems.warn("xlsform::row_left_out", line.at(column), message, help);
    }
}

/// Warns of an appearance that is left out: only those that the type says anyway are not.
pub(super) fn appearance(line: &Line<'_>, kind: &QuestionKind, problems: &mut Problems) {
    let Some(appearance) = line.word(Column::Appearance) else { return };
    if appearance == "likert" && matches!(kind, QuestionKind::Likert { .. }) {
        return;
    }
    let message = format!("how a question looks is not kept: '{}' is left out", shown(appearance));
    let help = "nothing has to be done";
    problems.warn("xlsform::row_left_out", line.at(Column::Appearance), message, help);
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{said, sheet};

    #[test]
    fn what_nobody_answers_has_nothing_that_an_answer_has() {
        let sheets = [
            sheet(
                "survey",
                "type | name | label | required | constraint | appearance | disabled | relevant
                 begin group | g | About you | yes | | table-list
                 note | n | Hello | yes | . > 1
                 end group
                 text | why | Why? | perhaps
                 text | when | When? | | | | | pulldata('towns', 'x') = 1
                 text | whom | Whom? | | | | yes | ${gone} = 1",
            ),
            sheet("settings", "form_title\nA form\nAnother"),
            sheet("turnabout", "of | name | field | value\nsurvey || introduction | i"),
        ];
        let expect = "\
warning unknown_column settings!A3 the settings are one row under headings, and this cell is left out
warning row_left_out survey!G7 this row is disabled, and it is left out
warning row_left_out survey!D3 nobody answers this row, and its 'required' is left out
warning row_left_out survey!E3 nobody answers this row, and its 'constraint' is left out
warning row_left_out survey!D2 nobody answers this row, and its 'required' is left out
warning row_left_out survey!F2 how a question looks is not kept: 'table-list' is left out
error value survey!D5 'perhaps' says neither yes nor no
warning function survey!H6 surveys have no function 'pulldata()'
";
        assert_eq!(said(&sheets), expect);
    }

    #[test]
    fn a_text_that_is_not_in_every_language_is_named_with_its_cell() {
        let sheets = [
            sheet(
                "survey",
                "type | name | label::en | label::cy | required_message
                 select_one days | day | Which day? | Pa ddiwrnod?
                 text | why | Why? | | Please",
            ),
            sheet("choices", "list_name | name | label::en\ndays | mon | Monday"),
            sheet("settings", "form_title\nA form"),
            sheet("turnabout", "of | name | field\nsurvey || introduction"),
        ];
        let expect = [
            "error column turnabout!A1 the sheet has no column 'value'",
            "error untranslated survey!C3 this label is missing in cy",
            "error untranslated choices!C2 this label is missing in cy",
        ];
        let said = said(&sheets);
        assert_eq!(said.lines().filter(|line| line.starts_with("error")).collect::<Vec<_>>(), expect);
    }
}
