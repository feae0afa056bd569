//! Broken surveys: what a designer reads about each mistake.

use super::{check, load};
use crate::{
    limits::{MAX_GROUP_DEPTH, MAX_ITEMS},
    read_survey,
    testing::{FakeMessages, FakeScripts, MANIFEST, print, sound},
};
use insta::assert_snapshot;
use std::fmt::Write as _;
use turnabout_core::ports::{
    Components, Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, PluginError, PluginFault, PluginKind,
    PluginRef,
};
use turnabout_model::Survey;

/// A survey in which as much as possible is wrong between questions.
const TANGLED: &str = r#"title = { en = "Half-way", cy = "Hanner ffordd" }
introduction = "How it is going"
languages = ["en", "cy"]
default_language = "de"
requires_permission = true
threshold = 4
by = ["role", "grade", "sites", "faith"]

[[questions]]
name = "trust"
text = { en = "Dear ${nmae}, how far do you agree?", fr = "Bonjour" }
type = "likert"
points = 4
labels = ["not at all", "wholly"]
statements = [{ name = "heard", label = "I am heard, ${ }" }, { name = "form", label = "I hold back" }]

[[questions]]
name = "pair"
type = "group"
required = true
relevant = "${trust} > 3 and ${heart} = 'yes'"

[[questions.questions]]
name = "form"
text = "How do you meet?"
type = "single"
required = "${heard} > 2"
choices = ["in person", { name = "in_person", label = "${pair}" }, { name = "by video", label = "" }]

[[questions]]
name = "often"
text = 5
type = "integer"
least = 3
most = 1

[[scales]]
name = "openness"
items = ["heard", "held", "often", "often", "trust", "form"]
reverse = ["often", "form", "held_back"]
least = 7

[[scales]]
name = "openness"
items = ["heard"]
"#;

#[test]
fn everything_that_is_wrong_in_a_survey_is_said_at_once() {
    let faith = "[attributes.faith]\nkind = \"category\"\nhelp = \"h\"\nspecial = true\n\n[attributes.grade]";
    let manifest = MANIFEST.replacen("[attributes.grade]", faith, 1);
    let mut files = sound();
    files.insert("programme.toml".into(), manifest.into_bytes());
    files.insert("surveys/half-way.toml".into(), TANGLED.as_bytes().to_vec());
    let problems = load(files.clone(), &FakeScripts, &FakeMessages).unwrap_err();
    assert_snapshot!(print(&problems, &files), @r#"
    error[survey::unknown_language] the default language 'de' is not among the survey's languages
      surveys/half-way.toml:4:20 `\"de\"` is not there
      help: add 'de' to `languages`, or name one of them as `default_language`
    warning[survey::no_permission] the owner of these questions has to permit their use: no run starts before somebody says that they did
      surveys/half-way.toml:5:1 `requires_permission` needs a permission
      help: once they have, a client says so in client.toml, [permissions]; if they permit it to everybody who uses the template, add `permission = "Jo Marsh, licensing desk, 2026-03-02"` here: who, and when
    error[toml::out_of_bounds] this number has to be from 5 to 255
      surveys/half-way.toml:6:13 `4` out of bounds
      help: write a number from 5 to 255
    error[survey::unknown_breakdown] people have no attribute 'sites' by which results could be shown
      surveys/half-way.toml:7:24 `\"sites\"` unknown attribute
      help: there is 'role', 'topics', 'faith', 'grade'
    error[survey::special_breakdown] 'faith' is special-category data, and results are never broken down by it
      surveys/half-way.toml:7:33 `\"faith\"` special category
      help: remove it: such data is for the rules that declare it, and shown to nobody
    error[survey::untranslated] this text is missing in 'cy'
      surveys/half-way.toml:11:8 `{ en = \"Dear ${nmae}, how far do you agree?\", fr = \"Bonjour\" }` not there in every language
      help: translate it, or write one text for all languages
    error[survey::unknown_answer] no question of this survey is called 'nmae'
      surveys/half-way.toml:11:21 `${nmae}` here
      help: there is 'form', 'heard', 'often'
    error[survey::unknown_language] 'fr' is not among the survey's languages
      surveys/half-way.toml:11:54 `fr` unknown language
      help: there is 'en', 'cy'; or add it to `languages` above the first question
    error[survey::labels] there are 4 points and 2 labels
      surveys/half-way.toml:14:10 `[\"not at all\", \"wholly\"]` do not match
      help: write one label for each point, from the least agreement to the most, or none at all
    error[survey::broken_reference] '${ }' names no question
      surveys/half-way.toml:15:54 `${ }` here
      help: write ${name} with the name of a question
    error[toml::unknown_key] a group of questions has no key 'required'
      surveys/half-way.toml:20:1 `required` unknown key
      help: there is 'name', 'text', 'type', 'relevant', 'questions'
    error[survey::no_answer] 'trust' has no answer of its own
      surveys/half-way.toml:21:13 `${trust}` here
      help: notes, groups and questions with statements have none: name a question or a statement
    error[survey::unknown_answer] no question of this survey is called 'heart'
      surveys/half-way.toml:21:30 `${heart}` here
      help: did you mean 'heard'?
    error[survey::duplicate_question] two questions are called 'form'
      surveys/half-way.toml:24:8 `\"form\"` the second
      surveys/half-way.toml:15:72 `\"form\"` the first
      help: give each its own name: answers are kept by it
    error[survey::duplicate_choice] the choice 'in_person' is there twice
      surveys/half-way.toml:28:34 `\"in_person\"` again
      help: remove one of them
    error[survey::no_answer] 'pair' has no answer of its own
      surveys/half-way.toml:28:56 `${pair}` here
      help: notes, groups and questions with statements have none: name a question or a statement
    error[toml::bad_value] 'by video' can't be the name of a choice
      surveys/half-way.toml:28:77 `\"by video\"` this
      help: write it without white space and in 200 characters at most: for example 'by_video'
    error[toml::empty] this text is empty
      surveys/half-way.toml:28:97 `\"\"` say something here
      help: write it between the quotes, in words for whoever reads it
    error[toml::wrong_type] this is a whole number, not text or a section
      surveys/half-way.toml:32:8 `5` wrong kind of value
      help: put it in quotes: "like this"
    error[survey::bounds] no number is at least 3 and at most 1
      surveys/half-way.toml:35:8 `1` less than `least`
      help: exchange the two
    error[survey::scale] no question of this survey is called 'held'
      surveys/half-way.toml:39:19 `\"held\"` can't be an item
      help: there is 'form', 'heard', 'often'
    error[survey::scale] 'often' is there twice
      surveys/half-way.toml:39:36 `\"often\"` again
      help: remove one of them
    error[survey::scale] 'trust' has no answer of its own
      surveys/half-way.toml:39:45 `\"trust\"` can't be an item
      help: name its statements or questions
    error[survey::scale] 'often' has no points that could be reversed
      surveys/half-way.toml:40:12 `\"often\"` not Likert
      help: only Likert answers are reversed
    error[survey::scale] 'held_back' is not among the items of this scale
      surveys/half-way.toml:40:29 `\"held_back\"` no item
      help: there is 'heard', 'held', 'often', 'often', 'trust', 'form'
    error[survey::scale] the scale has 6 items, so that no more can be needed
      surveys/half-way.toml:41:9 `7` too many
      help: need fewer, or all by leaving it out
    error[survey::duplicate_scale] two scales are called 'openness'
      surveys/half-way.toml:44:8 `\"openness\"` the second
      help: give each its own name
    "#);
}

#[test]
fn a_survey_in_two_languages_with_scales_loads() {
    let survey = "title = \"Half-way\"\nintroduction = \"i\"\ninvitation = \"invitation\"\nlanguages = [\"en\", \"cy\"]\n\
        by = [\"role\", \"grade\"]\nthreshold = 5\nrequires_permission = true\npermission = \"Jo Marsh, 2026-03-02\"\n\
        [[questions]]\nname = \"met\"\ntype = \"integer\"\ntext = { en = \"How often?\", cy = \"Pa mor aml?\" }\n\
        [[questions]]\nname = \"why\"\ntype = \"text\"\ntext = \"Why ${met}?\"\nrelevant = \"${met} < 2\"\n\
        [[scales]]\nname = \"met\"\nitems = [\"met\"]\n";
    let mut files = sound();
    files.insert("surveys/half-way.toml".into(), survey.as_bytes().to_vec());
    let (bundle, notes) = load(files.clone(), &FakeScripts, &FakeMessages).unwrap();
    assert_eq!((print(&notes, &files), bundle.surveys["half-way"].scales.len()), (String::new(), 1));
}

/// The codes of what is wrong with a survey alone.
fn codes(survey: &str) -> Vec<String> {
    let problems = read_survey("s.toml", survey).map_or_else(|problems| problems, |_| Vec::new());
    problems.into_iter().map(|problem| problem.code.into()).collect()
}

#[test]
fn groups_lie_in_each_other_only_so_deep() {
    let nested = |depth: usize| {
        let mut text = String::from("title = \"t\"\nintroduction = \"i\"\n");
        for level in 1..=depth {
            let header = vec!["questions"; level].join(".");
            let _ = writeln!(text, "[[{header}]]\nname = \"g{level}\"\ntype = \"group\"");
        }
        let header = vec!["questions"; depth + 1].join(".");
        format!("{text}[[{header}]]\nname = \"q\"\ntype = \"note\"\ntext = \"t\"\n")
    };
    assert_eq!(codes(&nested(MAX_GROUP_DEPTH)), [""; 0]);
    assert_eq!(codes(&nested(MAX_GROUP_DEPTH + 1)), ["survey::too_large"]);
}

#[test]
fn a_survey_has_so_many_questions_and_statements() {
    let with = |items: usize| {
        let mut text = String::from("title = \"t\"\nintroduction = \"i\"\n");
        for group in 0..items / 100 {
            let statements: Vec<String> =
                (1..100).map(|n| format!("{{ name = \"s{group}-{n}\", label = \"l\" }}")).collect();
            let statements = statements.join(", ");
            let _ = writeln!(
                text,
                "[[questions]]\nname = \"q{group}\"\ntype = \"likert\"\ntext = \"t\"\nstatements = [{statements}]"
            );
        }
        text
    };
    assert_eq!(codes(&with(MAX_ITEMS)), [""; 0]);
    assert_eq!(codes(&with(MAX_ITEMS + 100)), ["survey::too_large"]);
}

#[test]
fn an_anonymous_survey_asks_nothing_that_needs_to_know_who_answers() {
    let text = "title = \"t\"\nintroduction = \"i\"\nmode = \"anonymous\"\nby = [\"role\"]\n\
        [[questions]]\nname = \"wanted\"\ntype = \"ranking\"\ntext = \"?\"\n\
        [[questions]]\nname = \"drinks\"\ntype = \"ranking\"\ntext = \"?\"\nchoices = [\"tea\", \"coffee\"]\n";
    assert_eq!(codes(text), ["survey::not_anonymous"; 2]);
    assert_eq!(codes(&text.replace("anonymous", "named")), [""; 0]);
}

/// A logic that finds a problem wherever an expression says `nonsense`.
pub(super) struct FakeLogics;

impl Components for FakeLogics {
    fn keep(&self, _: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
        Ok(())
    }

    fn examine(&self, _: &PluginRef) -> Result<PluginKind, PluginError> {
        Ok(PluginKind::Logic)
    }
}

impl Logics for FakeLogics {
    fn check(&self, plugin: &PluginRef, _: &str, survey: &Survey) -> Result<Vec<LogicProblem>, PluginError> {
        if plugin.sha256.starts_with('0') {
            return Err(PluginError { plugin: plugin.id.clone(), fault: PluginFault::Missing });
        }
        let wrong = survey.all_questions().into_iter().filter_map(|question| {
            let at = question.relevant.as_ref()?.find("nonsense")?;
            Some(LogicProblem {
                question: question.name.clone(),
                column: "relevant".into(),
                code: "expression".into(),
                message: "that is no expression".into(),
                at: Some((at, at + 8)),
            })
        });
        Ok(wrong.collect())
    }

    fn check_flags(
        &self,
        plugin: &PluginRef,
        _: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Vec<LogicProblem>, PluginError> {
        Err(PluginError { plugin: plugin.id.clone(), fault: PluginFault::Missing })
    }

    fn flags(&self, _: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError> {
        Ok(Vec::new())
    }

    fn judge(&self, _: JudgeRequest<'_>) -> Result<Judgement, PluginError> {
        Ok(Judgement::default())
    }
}

#[test]
fn an_expression_is_tried_by_the_logic_that_the_template_pins() {
    let said = |expression: &str, pin: &str| {
        let mut files = sound();
        let mut edit = |file: &str, edit: &dyn Fn(&str) -> String| {
            let text = edit(std::str::from_utf8(&files[file]).unwrap());
            files.insert(file.into(), text.into_bytes());
        };
        let more = "[[questions]]\nname = \"more\"\ntype = \"text\"\ntext = \"?\"\nrelevant = ";
        edit("surveys/half-way.toml", &|survey| format!("{survey}\n{more}\"{expression}\"\n"));
        edit("programme.toml", &|manifest| manifest.replace("[plugins]\n", &format!("[plugins]\n{pin}")));
        let Err(found) = check(files.clone(), &FakeScripts, &FakeMessages, &FakeLogics) else { return String::new() };
        let label = &found[0].labels[0];
        let text = std::str::from_utf8(&files[&label.file]).unwrap();
        format!("{}: {}: {}", found[0].code, &text[label.bytes.clone()], found[0].message)
    };
    let pin = "form-logic = \"1111111111111111111111111111111111111111111111111111111111111111\"\n";
    let missing = "form-logic = \"0000000000000000000000000000000000000000000000000000000000000000\"\n";
    for (expression, pin, expect) in [
        ("1 = 1", pin, ""),
        ("1 = nonsense", pin, "survey::logic: nonsense: that is no expression"),
        ("1 = 1", "", "survey::no_logic: \"1 = 1\": [plugins] has no 'form-logic', which this survey needs"),
        ("1 = 1", missing, "plugin::missing: "),
    ] {
        let found = said(expression, pin);
        assert!(found.starts_with(expect) && found.is_empty() == expect.is_empty(), "{expression}: {found}");
    }
}

#[test]
fn consent_is_a_question_that_people_can_say_no_to() {
    let survey = |consent: &str, asks: &str| {
        format!(
            "title = \"t\"\nintroduction = \"i\"\n[[questions]]\nname = \"story\"\ntype = \"text\"\ntext = \"t\"\n\
             consent = \"{consent}\"\n[[questions]]\nname = \"shared\"\ntext = \"t\"\n{asks}\n"
        )
    };
    let single = |choices: &str| format!("type = \"single\"\nchoices = [{choices}]");
    for (consent, asks, said) in [
        ("shared", single("\"named\", \"unnamed\", \"no\""), None),
        ("shared", single("{ name = \"unnamed\", label = \"Yes\" }"), None),
        ("shard", single("\"named\""), Some("no question of this survey is called 'shard'")),
        ("story", single("\"named\""), Some("'story' can't be its own consent")),
        ("shared", "type = \"text\"".into(), Some("'shared' is no question with a single choice")),
        (
            "shared",
            single("\"named\", \"yes\""),
            Some("'shared' has the choice 'yes', which says nothing about consent"),
        ),
        ("shared", single("\"no\""), Some("nobody can agree in 'shared'")),
        (
            "shared",
            format!("{}\ncalculation = \"'named'\"", single("\"named\"")),
            Some("'shared' is computed, and consent is given by people"),
        ),
    ] {
        let found = read_survey("s.toml", &survey(consent, &asks)).err().unwrap_or_default();
        let found: Vec<(&str, &str)> = found.iter().map(|one| (&*one.code, &*one.message)).collect();
        let expect: Vec<(&str, &str)> = said.into_iter().map(|message| ("survey::consent", message)).collect();
        assert_eq!(found, expect, "{consent}: {asks}");
    }
    let on_a_number = "title = \"t\"\nintroduction = \"i\"\n[[questions]]\nname = \"n\"\ntype = \"integer\"\n\
                       text = \"t\"\nconsent = \"n\"\n";
    assert_eq!(codes(on_a_number)[0], "toml::unknown_key", "only words and choices are passed on");
}

#[test]
fn consent_is_no_figure_for_a_programme_that_measures_nothing() {
    let audited = |consent: &str| {
        let mut files = sound();
        let manifest = MANIFEST.replacen('\n', "\nmeasures = false\n", 1);
        files.insert("programme.toml".into(), manifest.into_bytes());
        let survey = format!(
            "title = \"t\"\nintroduction = \"i\"\ninvitation = \"invitation\"\n[[questions]]\nname = \"story\"\ntype = \"text\"\n\
             text = \"t\"\n{consent}[[questions]]\nname = \"shared\"\ntype = \"single\"\ntext = \"t\"\n\
             choices = [\"named\", \"no\"]\n"
        );
        files.insert("surveys/half-way.toml".into(), survey.into_bytes());
        let (_, notes) = load(files, &FakeScripts, &FakeMessages).unwrap();
        notes.iter().any(|note| note.code == "audit::measures_after_all")
    };
    assert!(audited(""), "a choice alone can be counted");
    assert!(!audited("consent = \"shared\"\n"));
}

#[test]
fn the_surveys_of_the_templates_can_be_read() {
    for survey in ["ambulance/surveys/closing", "police/surveys/evaluation", "race-equity/surveys/story"] {
        let path = format!("{}/../../workflows/{survey}.toml", env!("CARGO_MANIFEST_DIR"));
        let read = read_survey(survey, &std::fs::read_to_string(path).unwrap()).unwrap();
        assert!(!read.consent_questions().is_empty(), "{survey}");
    }
}
