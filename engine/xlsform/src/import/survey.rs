//! The survey as a whole: its sheets put together.

use super::{
    choices::Lists,
    extra::{Extra, Fact},
    languages, left_out,
    questions::Reader,
    references, settings, sheet,
    table::{self, Line},
};
use crate::{
    column::Column,
    problem::{Cell, Problems, shown},
    workbook::Sheet,
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Scale, Score, Survey, SurveyMode, Text, Threshold};

/// What the sheets say.
pub(super) struct Read {
    pub(super) name: Option<SmolStr>,
    pub(super) survey: Survey,
    pub(super) places: BTreeMap<SmolStr, Cell>,
    pub(super) expressions: BTreeMap<(SmolStr, SmolStr), Cell>,
}

pub(super) fn read(sheets: &[Sheet], problems: &mut Problems) -> Option<Read> {
    for other in sheets.iter().filter(|sheet| !super::SHEETS.contains(&super::plain(&sheet.name).as_str())) {
        // A sheet whose name begins so is one for the author alone.
        if !other.name.starts_with('_') {
            let cell = Cell { sheet: other.name.clone(), row: 1, column: 1 };
            let message = format!("the sheet '{}' is not known, and left out", shown(&other.name));
            let help = "the sheets are survey, choices, settings and turnabout";
            problems.warn("xlsform::unknown_sheet", cell, message, help);
        }
    }
    let Some(form) = sheet(sheets, "survey").filter(|sheet| !sheet.rows.is_empty()) else {
        problems.whole("xlsform::no_survey", "the workbook has no sheet 'survey' with questions", "is it an XLSForm?");
        return None;
    };
    let settings = settings::read(sheet(sheets, "settings"), problems);
    let mut extra = Extra::read(sheet(sheets, "turnabout"), problems);
    let mut form = table::read(form, false, &[Column::Type, Column::Name], problems);
    form.lines.retain(|line| left_out::is_asked(line, problems));
    let choices = sheet(sheets, "choices");
    let choices = choices.map(|sheet| table::read(sheet, true, &[Column::ListName, Column::Name], problems));
    let choices = choices.unwrap_or(table::Table { lines: Vec::new(), languages: Vec::new() });

    let listed = names(extra.take("survey", "", "languages"));
    let mut languages = listed;
    for language in form.languages.iter().chain(&choices.languages) {
        if !languages.contains(language) {
            languages.push(language.clone());
        }
    }
    let first = languages.first().cloned().unwrap_or_else(|| SmolStr::new_static("en"));
    let default_language = settings.default_language.unwrap_or(first);
    if !languages.is_empty() && !languages.contains(&default_language) {
        languages.insert(0, default_language.clone());
    }

    let mut lists = Lists::read(choices, &default_language, problems);
    let mut reader = Reader {
        default_language: &default_language,
        lists: &mut lists,
        extra: &mut extra,
        problems: &mut *problems,
        names: BTreeMap::new(),
    };
    let questions = reader.questions(&form.lines);
    let places = reader.names.iter().map(|(name, line)| (SmolStr::new(name), line.at(Column::Name))).collect();
    let expressions = reader.names.iter().flat_map(|(name, line)| expressions_of(name, line)).collect();
    let mut survey = Survey::new("", "", questions);
    survey.languages = languages;
    survey.default_language = default_language;
    texts(&mut survey, settings.title.as_deref(), settings.name.as_ref(), &mut extra, problems);
    facts(&mut survey, &mut extra, problems);
    let answered: BTreeSet<String> = survey.items().iter().map(|item| item.name.to_string()).collect();
    survey.scales = scales(&mut extra, &answered, problems);
    references::check(&form.lines, &lists, &answered, problems);
    languages::check(&form.lines, &lists, &survey, problems);
    if survey.questions.is_empty() && !problems.has_errors() {
        problems.whole("xlsform::no_survey", "the sheet 'survey' asks nothing", "write a question");
    }
    lists.unused(problems);
    extra.left(problems);
    Some(Read { name: settings.name, survey, places, expressions })
}

/// Where the expressions of a row stand. The keys of a survey are called as the columns are.
fn expressions_of(name: &str, line: &Line<'_>) -> Vec<((SmolStr, SmolStr), Cell)> {
    let place = |column: Column| {
        let (cell, _) = line.cells(column).next()?;
        Some(((name.into(), column.heading().into()), cell))
    };
    references::EXPRESSIONS.into_iter().filter_map(place).collect()
}

fn texts(
    survey: &mut Survey,
    title: Option<&str>,
    name: Option<&SmolStr>,
    extra: &mut Extra<'_>,
    problems: &mut Problems,
) {
    let nowhere = |row| Cell { sheet: "settings".into(), row, column: 1 };
    survey.title = match (extra.text("title", &survey.default_language), title) {
        // The form's own title counts for the language that it is in.
        (Some(Text::In(mut texts)), title) => {
            if let Some(title) = title {
                texts.insert(survey.default_language.clone(), title.to_owned());
            }
            Text::In(texts)
        }
        (_, Some(title)) => title.into(),
        (Some(title), None) => title,
        (None, None) => {
            let message = "the form has no title, and is called by its id";
            problems.warn("xlsform::no_title", nowhere(1), message, "write form_title into the sheet 'settings'");
            Text::Plain(name.map_or("Survey", SmolStr::as_str).to_owned())
        }
    };
    survey.introduction = extra.text("introduction", &survey.default_language).unwrap_or_else(|| {
        let message = "forms have no introduction, and a survey needs one";
        let help = "add a row to a sheet 'turnabout' with the columns of, name, field, language, value: of 'survey', \
                    field 'introduction', and as its value what the survey is for and who reads the answers";
        problems.warn("xlsform::no_introduction", nowhere(1), message, help);
        Text::default()
    });
    survey.purpose = extra.text("purpose", &survey.default_language);
}

fn facts(survey: &mut Survey, extra: &mut Extra<'_>, problems: &mut Problems) {
    let mut fact = |field: &str| extra.take("survey", "", field);
    let text = |fact: Option<Fact<'_>>| fact.map(|fact| fact.value.to_owned());
    survey.by = names(fact("by"));
    if let Some(logic) = fact("logic") {
        survey.logic = logic.value.trim().into();
    }
    survey.invitation = fact("invitation").map(|fact| fact.value.trim().into());
    survey.reminder = fact("reminder").map(|fact| fact.value.trim().into());
    survey.licence = text(fact("licence"));
    survey.attribution = text(fact("attribution"));
    survey.permission = text(fact("permission"));
    let mut wrong = |fact: Fact<'_>, what: &str, help: &str| {
        problems.error("xlsform::value", fact.cell, format!("'{}' is {what}", shown(fact.value)), help);
    };
    if let Some(found) = fact("remind_before") {
        match found.value.trim().parse() {
            Ok(period) => survey.remind_before = period,
            Err(_) => wrong(found, "no period", "write for example 3 days"),
        }
    }
    if let Some(found) = fact("requires_permission") {
        match found.value.trim().to_lowercase().as_str() {
            "yes" | "true" => survey.requires_permission = true,
            "no" | "false" => {}
            _ => wrong(found, "neither yes nor no", "write yes or no"),
        }
    }
    if let Some(found) = fact("mode") {
        match found.value.trim() {
            "confidential" => survey.mode = SurveyMode::Confidential,
            "anonymous" => survey.mode = SurveyMode::Anonymous,
            "named" => survey.mode = SurveyMode::Named,
            _ => wrong(found, "no mode", "write confidential, anonymous or named"),
        }
    }
    if let Some(found) = fact("threshold") {
        match found.value.trim().parse().ok().and_then(|people: u8| Threshold::new(people).ok()) {
            Some(threshold) => survey.threshold = threshold,
            None => wrong(found, "no threshold", "write how many people a result needs: at least 5, at most 255"),
        }
    }
}

fn scales(extra: &mut Extra<'_>, answered: &BTreeSet<String>, problems: &mut Problems) -> Vec<Scale> {
    let mut scales = Vec::new();
    for name in extra.scales.clone() {
        let mut fact = |field: &str| extra.take("scale", name, field);
        let items = fact("items");
        let Some(cell) = items.as_ref().map(|items| items.cell.clone()) else { continue };
        let mut wrong = |cell: Cell, message: String, help: &str| problems.error("xlsform::value", cell, message, help);
        let items = names(items);
        for item in items.iter().filter(|item| !answered.contains(item.as_str())) {
            let message = format!("the scale '{}' names '{}', which has no answer", shown(name), shown(item));
            wrong(cell.clone(), message, "name questions or statements");
        }
        let reverse = names(fact("reverse"));
        if let Some(item) = reverse.iter().find(|item| !items.contains(item)) {
            let message = format!("the scale '{}' reverses '{}', which is none of its items", shown(name), shown(item));
            wrong(cell.clone(), message, "add it to the items");
        }
        let score = match fact("score") {
            None => Score::Mean,
            Some(score) if score.value.trim() == "mean" => Score::Mean,
            Some(score) if score.value.trim() == "sum" => Score::Sum,
            Some(score) => {
                wrong(score.cell, format!("'{}' is no score of a scale", shown(score.value)), "write mean or sum");
                Score::Mean
            }
        };
        let least = fact("least").and_then(|least| {
            let number = least.value.trim().parse().ok();
            if number.is_none() {
                wrong(least.cell, format!("'{}' is no number of items", shown(least.value)), "write digits");
            }
            number
        });
        scales.push(Scale { name: name.into(), items, reverse, score, least });
    }
    scales
}

/// Names with spaces between.
fn names(fact: Option<Fact<'_>>) -> Vec<SmolStr> {
    fact.map(|fact| fact.value.split_whitespace().map(SmolStr::from).collect()).unwrap_or_default()
}
