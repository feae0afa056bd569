//! Surveys as workbooks, out and in again through the program.

use crate::program::{project, turnabout};
use std::{
    fs,
    path::{Path, PathBuf},
};
use turnabout_model::{Question, QuestionKind, Survey};
use turnabout_template::read_survey;
use turnabout_xlsform::{export, import};

/// Every survey of the templates.
fn shipped() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for template in fs::read_dir(project().join("workflows")).unwrap() {
        let Ok(surveys) = fs::read_dir(template.unwrap().path().join("surveys")) else { continue };
        found.extend(surveys.map(|survey| survey.unwrap().path()));
    }
    found.sort();
    found
}

fn read(path: &Path) -> Survey {
    read_survey("survey.toml", &fs::read_to_string(path).unwrap()).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn every_survey_of_the_templates_comes_back_as_it_went() {
    let surveys = shipped();
    assert!(surveys.len() >= 8, "{surveys:?}");
    let folder = tempfile::tempdir().unwrap();
    for path in surveys {
        let (workbook, back) = (folder.path().join("form.xlsx"), folder.path().join("back.toml"));
        let said = turnabout(&["survey", "export", text(&path), "--to", text(&workbook), "--force"]);
        assert_eq!(said.code, Some(0), "{}: {said:?}", path.display());
        let said = turnabout(&["survey", "import", text(&workbook), "--to", text(&back), "--force"]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{}: {said:?}", path.display());
        assert_eq!(read(&back), read(&path), "{}", path.display());
    }
}

#[test]
fn a_survey_is_named_within_its_template_and_read_back_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let workbook = folder.path().join("closing.xlsx");
    let of = ["--template", "workflows/ambulance", "--to", text(&workbook)];
    let answer = turnabout(&[["survey", "export", "closing"].as_slice(), &of, &["--json"]].concat()).json();
    assert_eq!((&answer["ok"], &answer["survey"]), (&true.into(), &"closing".into()));
    assert_eq!(answer["diagnostics"], serde_json::json!([]));

    let said = turnabout(&["survey", "import", text(&workbook)]);
    let shipped = read(&project().join("workflows/ambulance/surveys/closing.toml"));
    assert_eq!(read_survey("survey.toml", &said.out).unwrap(), shipped);
    let answer = turnabout(&["survey", "import", text(&workbook), "--json"]).json();
    assert_eq!(read_survey("survey.toml", answer["toml"].as_str().unwrap()).unwrap(), shipped);
    assert_eq!((&answer["survey"], &answer["file"]), (&"closing".into(), &serde_json::Value::Null));
}

#[test]
fn nothing_is_replaced_without_force_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (workbook, toml) = (folder.path().join("form.xlsx"), folder.path().join("form.toml"));
    let survey = "workflows/ambulance/surveys/midpoint.toml";
    fs::write(&workbook, "mine").unwrap();
    let export = ["survey", "export", survey, "--to", text(&workbook)];
    let said = turnabout(&export);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
    assert!(said.err.contains("error[cli::input]") && said.err.contains("is there already"), "{}", said.err);
    assert!(said.err.contains("--force"), "{}", said.err);
    assert_eq!(fs::read(&workbook).unwrap(), b"mine");
    assert_eq!(turnabout(&[&export[..], &["--force"]].concat()).code, Some(0));

    fs::write(&toml, "mine").unwrap();
    let import = ["survey", "import", text(&workbook), "--to", text(&toml)];
    assert_eq!(turnabout(&import).code, Some(2));
    assert_eq!(fs::read(&toml).unwrap(), b"mine");
    assert_eq!(turnabout(&[&import[..], &["--force"]].concat()).code, Some(0));
    assert!(fs::read_to_string(&toml).unwrap().starts_with("title"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a part was left");
}

#[test]
fn what_is_no_survey_and_no_workbook_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("broken.toml"), "title = \"A\"\nintroduction = \"B\"\nquestion = []\n").unwrap();
    fs::write(at("text.xlsx"), "type,name,label\n").unwrap();
    let (broken, text_file) = (at("broken.toml"), at("text.xlsx"));
    let (out_toml, out_xlsx) = (at("out.toml"), at("out.xlsx"));
    let (broken, text_file, out_toml, out_xlsx) = (text(&broken), text(&text_file), text(&out_toml), text(&out_xlsx));
    let police = ["--template", "workflows/police"];
    for (arguments, parts) in [
        (vec!["export", "no.toml", "--to", out_xlsx], vec!["error[cli::file]", "no.toml"]),
        (vec!["export", "workflows/police", "--to", out_xlsx], vec!["error[cli::input]", "--template"]),
        (vec!["export", "no", police[0], police[1], "--to", out_xlsx], vec!["cli::not_found", "election"]),
        (vec!["export", "election", "--template", "engine", "--to", out_xlsx], vec!["error[template::folder]"]),
        (vec!["export", "election", police[0], police[1], "--to", "here"], vec!["error[cli::input]", ".xlsx"]),
        (vec!["export", "election", police[0], police[1], "--to", "no/where/a.xlsx"], vec!["error[cli::file]"]),
        (vec!["export", broken, "--to", out_xlsx], vec!["broken.toml:3:", "error[cli::survey]"]),
        (vec!["import", "no.xlsx"], vec!["error[cli::file]", "no.xlsx"]),
        (vec!["import", text_file], vec!["error[cli::workbook]", "this is no .xlsx workbook"]),
        (vec!["import", text_file, "--to", "here.xlsx"], vec!["error[cli::input]", ".toml"]),
        (vec!["import", "engine", "--to", out_toml], vec!["error[cli::file]", "engine"]),
    ] {
        let said = turnabout(&[&["survey"], arguments.as_slice()].concat());
        assert_eq!(said.code, Some(2), "{arguments:?}: {said:?}");
        for part in parts {
            assert!(said.err.contains(part), "{arguments:?}: no '{part}' in {}", said.err);
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something was written");
}

#[test]
fn problems_are_named_by_sheet_row_and_column_also_those_that_only_the_template_sees() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("police");
    fs::create_dir_all(template.join("surveys")).unwrap();
    for file in ["programme.toml", "programme.rhai"] {
        fs::copy(project().join("workflows/police").join(file), template.join(file)).unwrap();
    }
    // What a workbook can say and a template refuses: a scale of words, and a breakdown by what the template does not know.
    let mut survey = read(&project().join("workflows/ambulance/surveys/midpoint.toml"));
    let item = |kind: &str| {
        survey.items().iter().find(|item| format!("{:?}", item.question.kind).starts_with(kind)).map(|i| i.name.clone())
    };
    let words = item("Text").expect("a question that is answered in words");
    survey.by = vec!["shoe-size".into()];
    survey.scales = vec![turnabout_model::Scale {
        name: "odd".into(),
        items: vec![words],
        reverse: vec![],
        score: turnabout_model::Score::Mean,
        least: None,
    }];
    let narrow = QuestionKind::Integer { least: Some(5), most: Some(3) };
    survey.questions.insert(0, Question::new("between", "How many?", narrow));
    let workbook = folder.path().join("form.xlsx");
    fs::write(&workbook, export("form", &survey).unwrap()).unwrap();
    assert!(import(&fs::read(&workbook).unwrap()).is_ok(), "a workbook alone can't tell");
    let to = template.join("surveys/form.toml");
    let said = turnabout(&["survey", "import", text(&workbook), "--to", text(&to)]);
    assert_eq!(said.code, Some(2), "{said:?}");
    for part in [
        "survey::unknown_breakdown",
        "'shoe-size'",
        "survey::scale",
        "sheet 'survey', row 2, column B: ",
        "error[cli::survey]",
        "nothing was written",
    ] {
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    assert!(!to.exists());
}

#[test]
fn a_form_of_somebody_else_comes_in_with_a_warning_for_all_that_is_left_out() {
    let form = "tests/cli/forms/garden-club.xlsx";
    let said = turnabout(&["survey", "import", form]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
    for part in
        ["error[cli::workbook]", "sheet 'settings', row 1, column A: forms have no introduction", "--introduction"]
    {
        assert!(said.err.contains(part), "no '{part}' in {}", said.err);
    }
    let introduced = ["survey", "import", form, "--introduction", "To plan the year; the committee reads it"];
    let said = turnabout(&introduced);
    assert_eq!(said.code, Some(0), "{said:?}");
    let warnings: Vec<&str> = said.err.lines().map(|line| line.split_once("; ").unwrap().0).collect();
    assert_eq!(
        warnings,
        [
            "warning[xlsform::unknown_column]: sheet 'survey', row 1, column H: the column 'colour' is not known, and left out",
            "warning[xlsform::column_left_out]: sheet 'survey', row 1, column E: surveys have nothing like the column 'hint', \
             and it is left out",
            "warning[xlsform::row_left_out]: sheet 'survey', row 2, column A: 'start' is written by a device and not asked, \
             and it is left out",
            "warning[xlsform::row_left_out]: sheet 'survey', row 5, column G: how a question looks is not kept: 'minimal' is \
             left out",
        ]
    );
    let survey = read_survey("survey.toml", &said.out).unwrap();
    let names: Vec<&str> = survey.items().iter().map(|item| item.name.as_str()).collect();
    assert_eq!((survey.own_title(), names.as_slice()), ("Garden club", ["digs", "years", "tools"].as_slice()));
    assert_eq!(survey.items()[1].question.relevant.as_deref(), Some("${digs} = 'yes'"));

    let answer = turnabout(&[&introduced[..], &["--json"]].concat()).json();
    assert_eq!((&answer["ok"], &answer["questions"]), (&true.into(), &3.into()));
    let first = &answer["diagnostics"][0];
    assert_eq!((&first["severity"], &first["code"]), (&"warning".into(), &"xlsform::unknown_column".into()));
    assert_eq!(first["cell"], serde_json::json!({ "sheet": "survey", "row": 1, "column": "H" }));
}

/// A form in which the second question leans on a choice that the first does not have, and the fourth compares many answers
/// with one.
fn unlogical() -> Survey {
    let choices = || ["yes", "no"].map(turnabout_model::Choice::plain).to_vec();
    let mut questions = vec![
        Question::new("met", "Have you met?", QuestionKind::Single { choices: choices() }),
        Question::new("often", "How often?", QuestionKind::Text),
        Question::new("means", "By which means?", QuestionKind::Multiple { choices: choices() }),
        Question::new("why", "Why so?", QuestionKind::Text),
    ];
    questions[1].relevant = Some("${met} = 'maybe'".into());
    questions[3].relevant = Some("${means} = 'yes'".into());
    Survey::new("Half-way", "To see how it goes", questions)
}

#[test]
fn an_expression_that_the_logic_refuses_is_named_by_its_cell_in_a_template_or_alone() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("police");
    fs::create_dir_all(template.join("surveys")).unwrap();
    for file in ["programme.toml", "programme.rhai"] {
        fs::copy(project().join("workflows/police").join(file), template.join(file)).unwrap();
    }
    let workbook = folder.path().join("form.xlsx");
    fs::write(&workbook, export("form", &unlogical()).unwrap()).unwrap();
    let read = import(&fs::read(&workbook).unwrap()).unwrap();
    let cell = |name: &str| read.expressions[&(name.into(), "relevant".into())].to_string();
    let (first, second) = (cell("often"), cell("why"));
    assert!(first.starts_with("sheet 'survey', row 3, column ") && second.contains("row 5"), "{first} {second}");
    for to in [template.join("surveys/half.toml"), folder.path().join("half.toml")] {
        let said = turnabout(&["survey", "import", text(&workbook), "--to", text(&to)]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
        let flat: String = said.err.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert_eq!(flat.matches("survey::logic").count(), 2, "once each: {}", said.err);
        for part in [&format!("{first}: 'met' has no choice 'maybe'"), &format!("{second}: "), "error[cli::survey]"] {
            assert!(flat.contains(part), "no '{part}' in {}", said.err);
        }
        assert!(!to.exists());
        let answer = turnabout(&["survey", "import", text(&workbook), "--to", text(&to), "--json"]);
        assert_eq!(answer.code, Some(2), "{answer:?}");
        let found: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!((&found["ok"], &found["diagnostics"][0]["cell"]["row"]), (&false.into(), &3.into()), "{found}");
    }
}

#[test]
fn an_introduction_that_is_given_is_not_missed_because_something_else_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let workbook = folder.path().join("form.xlsx");
    let mut survey = unlogical();
    survey.introduction = turnabout_model::Text::default();
    survey.questions[1].relevant = Some("${nobody} = 'yes'".into());
    fs::write(&workbook, export("form", &survey).unwrap()).unwrap();
    let import = ["survey", "import", text(&workbook)];
    let without = turnabout(&import);
    assert!(without.err.contains("no question with an answer is called 'nobody'"), "{}", without.err);
    assert!(without.err.contains("have no introduction"), "{}", without.err);
    let with = turnabout(&[&import[..], &["--introduction", "For you."]].concat());
    assert!(with.err.contains("no question with an answer is called 'nobody'"), "{}", with.err);
    assert!(!with.err.contains("introduction"), "{}", with.err);
}
