//! A survey as the standard logic component takes it; `plugins/form-logic/README.md` says what the members mean.

use super::{Choice, Condition, Question, QuestionKind, Scale, Statement, Survey, Text};
use serde_json::{Map, Value as Json, json};

impl Survey {
    /// The survey for the logic component. `name` is that of its file, for the author's eyes.
    ///
    /// Bounds of numbers and whether a person exists are no matter of logic: whoever takes answers checks them. People
    /// who are named, wanted or not, are a ranking without choices.
    pub fn logic_json(&self, name: &str) -> Json {
        let mut json = Map::new();
        json.insert("name".into(), name.into());
        json.insert("default_language".into(), self.default_language.as_str().into());
        list(&mut json, "languages", &self.languages, |language| language.as_str().into());
        json.insert("questions".into(), self.questions.iter().map(question).collect());
        list(&mut json, "scales", &self.scales, scale);
        Json::Object(json)
    }
}

fn question(question: &Question) -> Json {
    let mut json = Map::new();
    json.insert("name".into(), question.name.as_str().into());
    json.insert("type".into(), kind(&question.kind).into());
    if !question.text.is_empty() {
        json.insert("label".into(), text(&question.text));
    }
    match &question.required {
        Condition::Never => None,
        Condition::Always => json.insert("required".into(), true.into()),
        Condition::If(expression) => json.insert("required".into(), expression.as_str().into()),
    };
    for (member, message) in
        [("required_message", &question.required_message), ("constraint_message", &question.constraint_message)]
    {
        if let Some(message) = message {
            json.insert(member.into(), text(message));
        }
    }
    for (member, expression) in
        [("relevant", &question.relevant), ("constraint", &question.constraint), ("calculation", &question.calculation)]
    {
        if let Some(expression) = expression {
            json.insert(member.into(), expression.as_str().into());
        }
    }
    list(&mut json, "choices", question.kind.choices(), choice);
    match &question.kind {
        QuestionKind::Likert { points, statements, .. } => {
            json.insert("points".into(), (*points).into());
            list(&mut json, "statements", statements, statement);
        }
        QuestionKind::Group { questions } => {
            json.insert("questions".into(), questions.iter().map(self::question).collect());
        }
        _ => {}
    }
    Json::Object(json)
}

fn kind(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single { .. } => "single",
        QuestionKind::Multiple { .. } => "multiple",
        QuestionKind::Likert { .. } => "likert",
        QuestionKind::Text => "text",
        QuestionKind::Integer { .. } => "integer",
        QuestionKind::Decimal { .. } => "decimal",
        QuestionKind::Date => "date",
        QuestionKind::Note => "note",
        QuestionKind::Group { .. } => "group",
        QuestionKind::Ranking { .. } | QuestionKind::Avoid => "ranking",
        QuestionKind::Calculate => "calculate",
    }
}

fn text(text: &Text) -> Json {
    match text {
        Text::Plain(text) => text.as_str().into(),
        Text::In(texts) => {
            texts.iter().map(|(language, text)| (language.to_string(), Json::from(text.as_str()))).collect()
        }
    }
}

fn choice(choice: &Choice) -> Json {
    json!({ "name": choice.name.as_str(), "label": text(&choice.label) })
}

fn statement(statement: &Statement) -> Json {
    json!({ "name": statement.name.as_str(), "label": text(&statement.label) })
}

fn scale(scale: &Scale) -> Json {
    // Scales are written alike there and here.
    serde_json::to_value(scale).unwrap_or_default()
}

fn list<T>(json: &mut Map<String, Json>, member: &str, items: &[T], write: impl Fn(&T) -> Json) {
    if !items.is_empty() {
        json.insert(member.into(), items.iter().map(write).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first JSON of the component's README: its example of a survey.
    fn example() -> Json {
        let readme = include_str!("../../../../plugins/form-logic/README.md");
        let (_, rest) = readme.split_once("```json\n").unwrap();
        serde_json::from_str(rest.split_once("```").unwrap().0).unwrap()
    }

    #[test]
    fn it_is_what_the_components_readme_shows() {
        let survey: Survey = serde_json::from_value(json!({
            "title": "Baseline", "introduction": "i", "languages": ["en", "de"],
            "questions": [
                { "name": "again", "type": "single", "required": true, "choices": [
                    { "name": "yes", "label": "Yes" }, { "name": "no", "label": "No" }],
                  "text": { "en": "Seen before?", "de": "Schon dabei?" } },
                { "name": "trust", "type": "likert", "relevant": "${again} = 'no'", "text": "How far do you agree?",
                  "statements": [
                    { "name": "heard", "label": "I am heard" }, { "name": "held_back", "label": "I hold back" }] }],
            "scales": [{ "name": "trust", "items": ["heard", "held_back"], "reverse": ["held_back"], "least": 2 }],
        }))
        .unwrap();
        assert_eq!(survey.logic_json("baseline"), example());
    }

    #[test]
    fn every_member_that_the_readme_names_is_written() {
        let readme = include_str!("../../../../plugins/form-logic/README.md");
        let table = |head: &str| -> Vec<String> {
            let rows = readme.split_once(head).unwrap().1.lines().skip(2).take_while(|line| line.starts_with('|'));
            let first = rows.map(|line| line.split('|').nth(1).unwrap());
            first.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(ToOwned::to_owned)).collect()
        };
        let survey: Survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "all", "type": "likert", "text": "?", "required": "1 = 1", "required_message": "r",
              "relevant": "1 = 1", "constraint": ". = 1", "constraint_message": "c", "calculation": "1",
              "statements": [{ "name": "s", "label": "S" }] },
            { "name": "one", "type": "single", "text": "?", "choices": ["in person"] },
            { "name": "g", "type": "group", "questions": [{ "name": "not", "type": "avoid", "text": "?" }] }],
            "scales": [{ "name": "x", "items": ["s"], "reverse": ["s"], "score": "sum", "least": 1 }] }))
        .unwrap();
        let json = survey.logic_json("all");
        let questions = json["questions"].as_array().unwrap();
        let members = table("| of a question | what it is |");
        assert_eq!(members.len(), 13, "{members:?}");
        for member in members {
            assert!(questions.iter().any(|question| question.get(&member).is_some()), "{member}");
        }
        for member in table("| of a scale | what it is |") {
            assert!(json["scales"][0].get(&member).is_some(), "{member}");
        }
        assert_eq!(questions[1]["choices"][0], json!({ "name": "in_person", "label": "in person" }));
        assert_eq!(questions[2]["questions"][0]["type"], "ranking");
    }
}
