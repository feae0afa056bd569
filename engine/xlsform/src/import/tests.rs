//! Workbooks as other people make them: what is read, what is said about the rest.

use super::{Imported, import};
use crate::{
    limits::{MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_GROUP_DEPTH, MAX_ROWS},
    problem::CellProblem,
    workbook::{Table, write},
};
use turnabout_model::{QuestionKind, Severity, Text};

/// A sheet from lines of cells with `|` between; the first has the headings.
pub(super) fn sheet(name: &'static str, lines: &str) -> Table {
    let mut rows = lines.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect());
    Table { name, headings: rows.next().unwrap(), rows: rows.collect() }
}

fn read(sheets: &[Table]) -> Result<Imported, Vec<CellProblem>> {
    import(&write(sheets).unwrap())
}

/// What is said about a workbook, a line a problem: how bad, which code, in which cell and what.
pub(super) fn said(sheets: &[Table]) -> String {
    let problems = read(sheets).map_or_else(|problems| problems, |imported| imported.warnings);
    let lines = problems.iter().map(|problem| {
        let word = if problem.severity == Severity::Error { "error" } else { "warning" };
        let cell =
            problem.cell.as_ref().map_or("-".into(), |cell| format!("{}!{}{}", cell.sheet, cell.letters(), cell.row));
        format!("{word} {} {cell} {}\n", problem.code.trim_start_matches("xlsform::"), problem.message)
    });
    lines.collect()
}

#[test]
fn a_form_of_somebody_else_is_read() {
    let imported = read(&[
        sheet(
            "Survey",
            "type | name | label::English (en) | label::Français (fr) | required | relevant | hint | constraint | calculation
             deviceid | device
             begin group | About | About you | Vous
             select one from yes_no | met | Have you met? | Avez-vous rencontré ? | TRUE
             int | Age | How old? | Quel âge ? | | ${met} = '1' | in years | . > 15
             end group
             select_multiple days | days | Which days? | Quels jours ? | no
             calculate | twice | | | | | | | ${Age} * 2",
        ),
        sheet(
            "choices",
            "list name | name | label::English (en) | label::Français (fr) | colour
             yes_no | 1 | Yes | Oui
             yes_no | 0 | No | Non
             days | mon | Monday | Lundi
             towns | york | York | York",
        ),
        sheet("settings", "form_title | form_id | version\nA form | a-form | 3"),
        sheet("_notes", "anything"),
        sheet("Notes", "anything"),
    ])
    .unwrap();
    let survey = imported.survey;
    assert_eq!((imported.name.as_deref(), survey.own_title()), (Some("a-form"), "A form"));
    assert_eq!((survey.languages.join(" "), survey.default_language.as_str()), ("en fr".into(), "en"));
    let items = survey.items();
    let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["met", "Age", "days", "twice"]);
    assert_eq!(items[0].text().in_language("fr", "en"), "Avez-vous rencontré ?");
    assert_eq!(items[1].question.relevant.as_deref(), Some("${met} = '1'"));
    assert_eq!(items[1].question.kind, QuestionKind::Integer { least: None, most: None });
    let said: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 7, "{said:#?}");
    assert!(said[0].starts_with("sheet 'Notes', row 1, column A: the sheet 'Notes' is not known"), "{}", said[0]);
    assert!(
        said.iter().any(|line| line.starts_with("sheet 'choices', row 1, column E: the column 'colour' is not known"))
    );
    assert!(said.iter().any(|line| line.starts_with("sheet 'Survey', row 1, column G: surveys have nothing like the")));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let sheets = [
        sheet(
            "survey",
            "type | name | label | relevant | type | calculation
             select_one town | town | Where?
             geopoint | place | Where exactly?
             lickert | trust | How far?
             text | a b | Spaces
             text | why
             text | why | Again, ${whom}?
             | lost | No type
             note | hello | Hello ${hello} ${}
             end group
             begin group | g | Empty
             end group
             begin repeat | r | Children
             integer | age | How old? | ${agee} > 3
             end repeat
             begin group | open | No end
             decimal | h | Hours",
        ),
        sheet(
            "choices",
            "list_name | name | label
             days | mon day | Monday
             days | tue
             days | tue | Tuesday
             | wed | Wednesday",
        ),
        sheet("settings", "form_title\nA form"),
        sheet(
            "turnabout",
            "of | name | field | language | value | colour
             survey | | introduction | | Hello
             survey | | mode | | secret
             survey | | threshold | | 4
             survey | | requires_permission | | perhaps
             question | h | least | | none
             question | why | type | | ranked
             question | nobody | least | | 1
             scale | s | items | | age trust
             scale | s | reverse | | why
             scale | s | score | | median
             scale | s | least | | all",
        ),
    ];
    assert_eq!(said(&sheets), EXPECTED);
}

const EXPECTED: &str = "\
warning unknown_column turnabout!F1 the column 'colour' is not known, and left out
error column survey!E1 the column 'type' is there twice
error name choices!B2 'mon day' can't be the name of a choice
warning label choices!B3 the choice 'tue' has no label, and is shown by its name
error list choices!B4 the list 'days' has the choice 'tue' twice
error list choices!B5 a choice needs the name of its list and a name of its own
error list survey!A2 there is no list of choices 'town'
error type survey!A3 surveys have no questions of type 'geopoint'
error type survey!A4 'lickert' is no type of a question
error name survey!B5 'a b' can't be a name here
error label survey!B6 the question 'why' has no label
error value turnabout!E7 'ranked' is no type of a question that is answered with text
error name survey!B7 another row is called 'why' already: sheet 'survey', row 6, column B
error value turnabout!E7 'ranked' is no type of a question that is answered with text
error type survey!B8 this row has no type
error groups survey!A10 a group ends here that has not begun
error groups survey!B11 the group 'g' has no questions
error type survey!A13 surveys have no questions of type 'begin repeat'
error value turnabout!E6 'none' is no number that could be a bound here
error groups survey!A16 this group has no end
error value turnabout!E5 'perhaps' is neither yes nor no
error value turnabout!E3 'secret' is no mode
error value turnabout!E4 '4' is no threshold
error value turnabout!E9 the scale 's' names 'trust', which has no answer
error value turnabout!E9 the scale 's' reverses 'why', which is none of its items
error value turnabout!E11 'median' is no score of a scale
error value turnabout!E12 'all' is no number of items
error reference survey!C7 no question with an answer is called 'whom'
error reference survey!C9 no question with an answer is called 'hello'
error reference survey!C9 '${}' names no question
error reference survey!D14 no question with an answer is called 'agee'
warning unused_list choices!A2 no question uses the list 'days', and it is left out
warning fact_left_out turnabout!E8 'least' of 'question nobody' says nothing here, and is left out
";

#[test]
fn bounds_that_somebody_changed_in_the_constraint_give_way() {
    let form = |constraint: &str| {
        let imported = read(&[
            sheet("survey", &format!("type | name | label | constraint\ninteger | age | Age | {constraint}")),
            sheet("settings", "form_title\nA form"),
            sheet("turnabout", "of | name | field | value\nsurvey || introduction | i\nquestion | age | least | 16"),
        ])
        .unwrap();
        let question = imported.survey.questions[0].clone();
        (question.kind, question.constraint, imported.warnings.len())
    };
    assert_eq!(form(". >= 16"), (QuestionKind::Integer { least: Some(16), most: None }, None, 0));
    let changed = form(". >= 18");
    assert_eq!(changed, (QuestionKind::Integer { least: None, most: None }, Some(". >= 18".into()), 1));
}

#[test]
fn statements_that_somebody_changed_become_a_group() {
    let form = |required: &str| {
        let imported = read(&[
            sheet(
                "survey",
                &format!(
                    "type | name | label | appearance | required
                     begin_group | trust | How far? | field-list
                     select_one p | heard | I am heard | likert | yes
                     select_one p | safe | I am safe | likert | {required}
                     end_group"
                ),
            ),
            sheet("choices", "list_name | name | label\np | 1 | no\np | 2 | yes"),
            sheet("settings", "form_title\nA form"),
            sheet(
                "turnabout",
                "of | name | field | value\nsurvey || introduction | i\nquestion | trust | type | likert",
            ),
        ])
        .unwrap();
        (imported.survey.questions[0].kind.clone(), imported.warnings.len())
    };
    let (QuestionKind::Likert { points, labels, statements }, 0) = form("yes") else { panic!() };
    assert_eq!((points, labels, statements.len()), (2, vec![Text::from("no"), Text::from("yes")], 2));
    let (QuestionKind::Group { questions }, 1) = form("no") else { panic!() };
    assert_eq!(questions.len(), 2);
}

#[test]
fn what_is_no_form_is_refused_within_limits() {
    let one = |problems: Vec<CellProblem>| {
        let mut errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        let first = errors.next().unwrap().message.clone();
        assert!(errors.next().is_none(), "{problems:#?}");
        first
    };
    let refused = |bytes: &[u8]| one(import(bytes).unwrap_err());
    assert!(refused(b"type,name,label").starts_with("this is no .xlsx workbook: it is another kind of file"));
    assert!(refused(b"\xd0\xcf\x11\xe0").starts_with("this is no .xlsx workbook: it is one of an older format"));
    assert!(one(import(&vec![0; MAX_BYTES + 1]).unwrap_err()).starts_with("the workbook has more than"));
    assert!(one(read(&[sheet("data", "a | b")]).unwrap_err()).starts_with("the workbook has no sheet 'survey'"));

    // A hundred times this many cells take a few kilobytes: what counts is what they unpack to.
    let long = "x".repeat(32_767);
    let rows: Vec<Vec<String>> = (0..2_200).map(|n| vec![format!("{n}{}", &long[5..])]).collect();
    let bomb = Table { name: "survey", headings: vec!["type".into()], rows };
    assert!(one(read(&[bomb]).unwrap_err()).starts_with("the workbook unpacks to more than"));

    let rows = vec![vec!["note".to_owned()]; MAX_ROWS as usize];
    let far = Table { name: "survey", headings: vec!["type".into()], rows };
    assert!(one(read(&[far]).unwrap_err()).starts_with("a sheet ends at row"));
    let wide = vec!["type".to_owned(); MAX_COLUMNS as usize + 1];
    assert!(
        one(read(&[Table { name: "survey", headings: wide, rows: vec![] }]).unwrap_err()).starts_with("a sheet ends")
    );
    let columns = MAX_CELLS / 2_000 + 1;
    let many =
        Table { name: "survey", headings: vec!["type".into(); columns], rows: vec![vec!["x".into(); columns]; 2_000] };
    assert!(one(read(&[many]).unwrap_err()).starts_with("a sheet ends"));

    let nested = |groups: usize, ended: &str| {
        let begun = (0..groups).map(|n| format!("begin group | g{n} | G\n")).collect::<Vec<_>>().concat();
        read(&[sheet("survey", &format!("type | name | label\n{begun}note | n | N\n{}", ended.repeat(groups)))])
    };
    let problems = nested(200, "").unwrap_err();
    assert!(problems.iter().any(|problem| problem.message == "these groups lie too deep in each other"));
    assert!(nested(MAX_GROUP_DEPTH, "end group\n").is_ok());
}
