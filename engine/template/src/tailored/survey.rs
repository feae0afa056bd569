//! What a client changes of a template's survey without copying it.

use super::{lay_over, origins::Came};
use crate::{document::Document, report::Report, suggest};
use smol_str::SmolStr;
use toml::{Table, Value};
use turnabout_model::Diagnostic;

/// The key under which a client lists questions of its own.
const ADD: &str = "add";

/// Tells whether a client's survey is laid over the template's: one with questions of its own takes its place.
pub(super) fn lies_over(own: &Table) -> bool {
    !own.contains_key("questions")
}

/// Lays a client's survey over the template's: each `[[add]]` is a question of the client's own, after the question that
/// it names with `after` or else at the end; every other key takes the place of the template's. Returns the survey, and where
/// each of its questions comes from.
///
/// What can't be added so stays in it, where a check finds it with all else that is wrong; [`misplaced`] says what it was meant
/// to be.
pub(super) fn tailored(mut under: Table, mut own: Table) -> (Table, Vec<Came>) {
    let added = own.remove(ADD);
    lay_over(&mut under, own);
    let theirs = under.get("questions").and_then(Value::as_array).map_or(0, Vec::len);
    let mut came: Vec<Came> = (0..theirs).map(Came::Theirs).collect();
    let (questions, all) = match (added, under.get_mut("questions")) {
        (Some(Value::Array(questions)), Some(Value::Array(all))) => (questions, all),
        (Some(other), _) => {
            under.insert(ADD.into(), other);
            return (under, came);
        }
        (None, _) => return (under, came),
    };
    // Several that come after the same question keep their order.
    let mut last_added: Vec<(String, usize)> = Vec::new();
    for (number, mut question) in questions.into_iter().enumerate() {
        let named = question.get("after").and_then(Value::as_str).map(str::to_owned);
        let found = named.as_ref().and_then(|after| {
            all.iter().position(|known| known.as_table().and_then(self::name) == Some(after.as_str()))
        });
        let at = match (named, found) {
            (Some(after), Some(found)) => {
                if let Some(question) = question.as_table_mut() {
                    question.remove("after");
                }
                let behind = last_added.iter().filter(|(named, _)| *named == after).map(|(_, at)| *at).max();
                let at = behind.map_or(found + 1, |at| at + 1);
                last_added.push((after, at));
                at
            }
            _ => all.len(),
        };
        for (_, known) in last_added.iter_mut().rev().skip(1).filter(|(_, known)| *known >= at) {
            *known += 1;
        }
        all.insert(at, question);
        came.insert(at, Came::Added(number));
    }
    (under, came)
}

/// What is wrong with where a client adds questions, in its own survey's text.
pub(super) fn misplaced(path: &SmolStr, own: &str, theirs: &str) -> Vec<Diagnostic> {
    let mut unread = Report::default();
    let (own, theirs) =
        (Document::parse(path.clone(), own, &mut unread), Document::parse(path.clone(), theirs, &mut unread));
    let Some(added) = own.root().get(ADD) else { return Vec::new() };
    if added.kind() != "a list" {
        let help = "write each question of your own below a line [[add]]";
        return vec![added.key_error("client::misplaced", "'add' is no list of questions", "no list").help(help)];
    }
    let mut known: Vec<&str> =
        theirs.root().items_of("questions").into_iter().filter_map(|question| question.text_of("name")).collect();
    let mut found = Vec::new();
    for question in added.items() {
        if let Some(after) = question.get("after") {
            let name = question.text_of("name").unwrap_or_default();
            match after.text() {
                Some(text) if known.contains(&text) => {}
                Some(text) => {
                    let message = format!(
                        "'{name}' is to come after '{text}', and the survey has no such question before it at its top level"
                    );
                    let none = "name a question of the template's survey, or leave `after` out to add it at the end";
                    let help = suggest::help(text, known.iter().copied(), none);
                    // At the key, as the check tells of a key that should not be there: this takes its place.
                    found.push(after.key_error("client::misplaced", message, "no such question").help(help));
                }
                None => found.push(
                    after
                        .key_error(
                            "client::misplaced",
                            format!("`after` of '{name}' is no name of a question"),
                            "no name",
                        )
                        .help("write the name of a question in quotes"),
                ),
            }
        }
        known.extend(question.text_of("name"));
    }
    found
}

fn name(question: &Table) -> Option<&str> {
    question.get("name").and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNDER: &str = "title = \"T\"\nthreshold = 11\n[[questions]]\nname = \"a\"\n[[questions]]\nname = \"b\"\n";

    fn names(own: &str) -> String {
        let (survey, came) = tailored(UNDER.parse().unwrap(), own.parse().unwrap());
        assert_eq!(came.len(), survey["questions"].as_array().unwrap().len());
        let names: Vec<&str> =
            survey["questions"].as_array().unwrap().iter().filter_map(|q| name(q.as_table()?)).collect();
        format!("{} {} {}", survey["title"].as_str().unwrap(), survey["threshold"], names.join(" "))
    }

    #[test]
    fn a_question_comes_at_the_end_or_after_the_one_it_names() {
        for (own, expect) in [
            ("", "T 11 a b"),
            ("title = \"Ours\"\n[[add]]\nname = \"x\"", "Ours 11 a b x"),
            ("[[add]]\nname = \"x\"\nafter = \"a\"\n[[add]]\nname = \"y\"\nafter = \"a\"", "T 11 a x y b"),
            (
                "[[add]]\nname = \"x\"\nafter = \"b\"\n[[add]]\nname = \"y\"\nafter = \"a\"\n[[add]]\nname = \"z\"\nafter = \"b\"",
                "T 11 a y b x z",
            ),
            ("[[add]]\nname = \"x\"\n[[add]]\nname = \"y\"\nafter = \"x\"", "T 11 a b x y"),
        ] {
            assert_eq!(names(own), expect, "{own}");
            assert_eq!(misplaced(&"s.toml".into(), own, UNDER), [], "{own}");
        }
    }

    #[test]
    fn what_can_not_be_added_stays_for_the_check_and_is_told_at_its_place() {
        for (own, expect, at, said) in [
            ("[[add]]\nname = \"x\"\nafter = \"c\"", "T 11 a b x", "after", "'x' is to come after 'c'"),
            (
                "[[add]]\nname = \"x\"\nafter = \"y\"\n[[add]]\nname = \"y\"",
                "T 11 a b x y",
                "after",
                "no such question before it",
            ),
            ("[[add]]\nname = \"x\"\nafter = 1", "T 11 a b x", "after", "`after` of 'x' is no name"),
            ("add = 1", "T 11 a b", "add", "'add' is no list"),
        ] {
            assert_eq!(names(own), expect, "{own}");
            let found = misplaced(&"s.toml".into(), own, UNDER);
            assert_eq!(found.len(), 1, "{own}: {found:?}");
            assert!(found[0].message.contains(said), "{own}: {found:?}");
            assert_eq!(&own[found[0].labels[0].bytes.clone()], at, "{own}");
        }
    }
}
