//! What a client changes of a template's survey without copying it.

use super::{lay_over, origins::Came};
use toml::{Table, Value};

/// The key under which a client lists questions of its own.
const ADD: &str = "add";

/// Tells whether a client's survey is laid over the template's: one with questions of its own takes its place.
pub(super) fn lies_over(own: &Table) -> bool {
    !own.contains_key("questions")
}

/// Lays a client's survey over the template's: each `[[add]]` is a question of the client's own, after the question that
/// it names with `after` or else at the end; every other key takes the place of the template's. Returns the survey, and where
/// each of its questions comes from.
pub(super) fn tailored(mut under: Table, mut own: Table) -> Result<(Table, Vec<Came>), String> {
    let added = own.remove(ADD);
    lay_over(&mut under, own);
    let theirs = under.get("questions").and_then(Value::as_array).map_or(0, Vec::len);
    let mut came: Vec<Came> = (0..theirs).map(Came::Theirs).collect();
    let questions = match added {
        None => return Ok((under, came)),
        Some(Value::Array(questions)) => questions,
        Some(_) => return Err("`add` is no list: write each question of your own below a line [[add]]".into()),
    };
    let Some(Value::Array(all)) = under.get_mut("questions") else {
        return Err("the template's survey has no questions to add to".into());
    };
    // Several that come after the same question keep their order.
    let mut last_added: Vec<(String, usize)> = Vec::new();
    for (number, question) in questions.into_iter().enumerate() {
        let Value::Table(mut question) = question else {
            return Err("a question that is added is no table: write it below a line [[add]]".into());
        };
        let name = name(&question).unwrap_or_default().to_owned();
        let at = match question.remove("after") {
            None => all.len(),
            Some(Value::String(after)) => {
                let found = all.iter().position(|known| known.as_table().and_then(self::name) == Some(&after));
                let found = found.ok_or_else(|| {
                    format!("'{name}' is to come after '{after}', and the survey has no such question at its top level")
                })?;
                let behind = last_added.iter().filter(|(named, _)| *named == after).map(|(_, at)| *at).max();
                let at = behind.map_or(found + 1, |at| at + 1);
                last_added.push((after, at));
                at
            }
            Some(_) => return Err(format!("`after` of '{name}' is no name of a question")),
        };
        for (_, known) in last_added.iter_mut().rev().skip(1).filter(|(_, known)| *known >= at) {
            *known += 1;
        }
        all.insert(at, Value::Table(question));
        came.insert(at, Came::Added(number));
    }
    Ok((under, came))
}

fn name(question: &Table) -> Option<&str> {
    question.get("name").and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(own: &str) -> Result<String, String> {
        let under = "title = \"T\"\nthreshold = 11\n[[questions]]\nname = \"a\"\n[[questions]]\nname = \"b\"\n";
        let (survey, came) = tailored(under.parse().unwrap(), own.parse().unwrap())?;
        assert_eq!(came.len(), survey["questions"].as_array().unwrap().len());
        assert!(!survey.contains_key("add"));
        let names: Vec<&str> =
            survey["questions"].as_array().unwrap().iter().filter_map(|q| name(q.as_table().unwrap())).collect();
        Ok(format!("{} {} {}", survey["title"].as_str().unwrap(), survey["threshold"], names.join(" ")))
    }

    #[test]
    fn a_question_comes_at_the_end_or_after_the_one_it_names() {
        for (own, expect) in [
            ("", Ok("T 11 a b")),
            ("title = \"Ours\"\n[[add]]\nname = \"x\"", Ok("Ours 11 a b x")),
            ("[[add]]\nname = \"x\"\nafter = \"a\"\n[[add]]\nname = \"y\"\nafter = \"a\"", Ok("T 11 a x y b")),
            (
                "[[add]]\nname = \"x\"\nafter = \"b\"\n[[add]]\nname = \"y\"\nafter = \"a\"\n[[add]]\nname = \"z\"\nafter = \"b\"",
                Ok("T 11 a y b x z"),
            ),
            ("[[add]]\nname = \"x\"\n[[add]]\nname = \"y\"\nafter = \"x\"", Ok("T 11 a b x y")),
            ("[[add]]\nname = \"x\"\nafter = \"c\"", Err("'x' is to come after 'c'")),
            ("[[add]]\nname = \"x\"\nafter = 1", Err("`after` of 'x'")),
            ("add = 1", Err("`add` is no list")),
            ("add = [1]", Err("is no table")),
        ] {
            match (names(own), expect) {
                (Ok(got), Ok(expect)) => assert_eq!(got, expect, "{own}"),
                (Err(got), Err(expect)) => assert!(got.contains(expect), "{own}: {got}"),
                (got, _) => panic!("{own}: {got:?}"),
            }
        }
    }
}
