//! Surveys at random: every type of question, in groups and languages, and texts as people write them.

use proptest::{collection::vec, option, prelude::*};
use turnabout_model::{
    Choice, Condition, Period, Question, QuestionKind, Scale, Score, Statement, Survey, SurveyMode, Text, Threshold,
};

/// A text that says something: with signs that spreadsheets and XML treat in their own way, and sometimes blank space.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zA-Zäéß .,'?!-]{1,12}",
        1 => Just("=1+1".to_owned()),
        1 => Just("_x0041_ <b>&amp;</b> \"q\" \r\n\t😀 ${q0}".to_owned()),
        1 => Just("5".to_owned()),
        1 => Just("yes".to_owned()),
        1 => " {0,2}[a-z]{1,3} {0,2}",
    ];
    vec(piece, 1..3).prop_map(|pieces| pieces.concat()).prop_filter("says nothing", |text| !text.trim().is_empty())
}

fn text(languages: &'static [&'static str]) -> BoxedStrategy<Text> {
    let plain = words().prop_map(Text::Plain);
    if languages.is_empty() {
        return plain.boxed();
    }
    let each = vec(words(), languages.len())
        .prop_map(|texts| Text::In(languages.iter().map(|language| (*language).into()).zip(texts).collect()));
    prop_oneof![1 => plain, 2 => each].boxed()
}

fn expression() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("${q0} = 'yes' and ${q0} != ''".to_owned()),
        Just("count-selected(.) < 3".to_owned()),
        Just("if(${q0} = 'true', \"a\", 'b')".to_owned()),
        Just(" . > 1 ".to_owned()),
    ]
}

fn choices(languages: &'static [&'static str]) -> impl Strategy<Value = Vec<Choice>> {
    let named = (0..5_usize, text(languages)).prop_map(|(n, label)| (["a", "1", "2", "yes", "é-x"][n], label));
    let labelled = vec(named, 1..5).prop_map(|choices| {
        let mut found: Vec<Choice> = Vec::new();
        for (name, label) in choices {
            if found.iter().all(|choice| choice.name != name) {
                found.push(Choice { name: name.into(), label });
            }
        }
        found
    });
    let points = (2..=11_u8).prop_map(|n| (1..=n).map(|point| Choice::plain(&point.to_string())).collect());
    prop_oneof![3 => labelled, 1 => points, 1 => Just(vec![Choice::plain("in person"), Choice::plain("by video")])]
}

/// A kind of question with its answers; the names of statements are given later.
fn kind(languages: &'static [&'static str]) -> BoxedStrategy<QuestionKind> {
    let likert = (2..=11_u8, 0..3_usize, any::<bool>()).prop_flat_map(move |(points, statements, labelled)| {
        let labels = if labelled { usize::from(points) } else { 0 };
        let statements = vec(text(languages).prop_map(|label| Statement { name: "".into(), label }), statements);
        (vec(text(languages), labels), statements, any::<bool>()).prop_map(move |(labels, statements, numbers)| {
            let numbered = || (1..=points).map(|point| Text::Plain(point.to_string())).collect();
            let labels = if labelled && numbers { numbered() } else { labels };
            QuestionKind::Likert { points, labels, statements }
        })
    });
    let bound = || option::of(-1_000_000..1_000_000_i64);
    let broken = || option::of(prop_oneof![-1e6..1e6_f64, Just(0.1), Just(-1e300)]);
    prop_oneof![
        1 => choices(languages).prop_map(|choices| QuestionKind::Single { choices }),
        1 => choices(languages).prop_map(|choices| QuestionKind::Multiple { choices }),
        1 => choices(languages).prop_map(|choices| QuestionKind::Ranking { choices }),
        4 => likert,
        1 => (bound(), bound()).prop_map(|(least, most)| QuestionKind::Integer { least, most }),
        1 => (broken(), broken()).prop_map(|(least, most)| QuestionKind::Decimal { least, most }),
        1 => Just(QuestionKind::Text),
        1 => Just(QuestionKind::Date),
        1 => Just(QuestionKind::Note),
        1 => Just(QuestionKind::Ranking { choices: Vec::new() }),
        1 => Just(QuestionKind::Avoid),
        1 => Just(QuestionKind::Calculate),
    ]
    .boxed()
}

fn question(languages: &'static [&'static str]) -> BoxedStrategy<Question> {
    let required = prop_oneof![
        Just(Condition::Never),
        Just(Condition::Always),
        expression().prop_map(Condition::If),
        Just(Condition::If("true()".into()))
    ];
    let answered = (required, option::of(expression()), option::of(expression()));
    let said = (text(languages), option::of(text(languages)), option::of(text(languages)));
    (kind(languages), said, answered, option::of(expression()))
        .prop_map(
            |(kind, (text, required_message, constraint_message), (required, constraint, calculation), relevant)| {
                let mut question = Question { relevant, ..Question::new("", text, kind) };
                match &question.kind {
                    QuestionKind::Note => {}
                    QuestionKind::Calculate => question.calculation = Some(calculation.unwrap_or("1 + 1".into())),
                    kind => {
                        let statements =
                            matches!(kind, QuestionKind::Likert { statements, .. } if !statements.is_empty());
                        question.calculation = calculation.filter(|_| !statements);
                        question.required = required;
                        question.constraint = constraint;
                        question.required_message = required_message;
                        question.constraint_message = constraint_message;
                        if matches!(kind, QuestionKind::Text | QuestionKind::Single { .. })
                            && question.relevant.is_some()
                        {
                            question.consent = Some("q0".into());
                        }
                    }
                }
                question
            },
        )
        .boxed()
}

fn questions(languages: &'static [&'static str], depth: u32) -> BoxedStrategy<Vec<Question>> {
    if depth == 0 {
        return vec(question(languages), 1..4).boxed();
    }
    let group = (option::of(text(languages)), option::of(expression()), questions(languages, depth - 1)).prop_map(
        |(text, relevant, questions)| {
            let kind = QuestionKind::Group { questions };
            Question { relevant, ..Question::new("", text.unwrap_or_default(), kind) }
        },
    );
    vec(prop_oneof![4 => question(languages), 1 => group], 1..6).boxed()
}

/// Gives every question, group and statement a name of its own, the first `q0`.
fn name(questions: &mut [Question], next: &mut usize) {
    let named = |next: &mut usize| {
        let name = format!("{}{next}", if *next % 3 == 2 { "long_Name-" } else { "q" });
        *next += 1;
        smol_str::SmolStr::from(name)
    };
    for question in questions {
        question.name = named(next);
        match &mut question.kind {
            QuestionKind::Likert { statements, .. } => statements.iter_mut().for_each(|s| s.name = named(next)),
            QuestionKind::Group { questions } => name(questions, next),
            _ => {}
        }
    }
}

/// A survey.
pub(crate) fn survey() -> impl Strategy<Value = Survey> {
    let languages: [&'static [&'static str]; 4] = [&[], &["en", "cy"], &["de", "English", "pt-BR"], &["cy"]];
    (0..languages.len()).prop_flat_map(move |which| {
        let languages = languages[which];
        let texts = (text(languages), text(languages), option::of(text(languages)));
        let facts = (0..3_usize, 5..=255_u8, any::<bool>(), vec(option::of(words()), 3), 0..2_u32);
        (texts, questions(languages, 2), facts).prop_map(
            move |((title, introduction, purpose), mut questions, facts)| {
                // What expressions read.
                let first = QuestionKind::Single { choices: vec![Choice::plain("yes"), Choice::plain("true")] };
                questions.insert(0, Question::new("", "First", first));
                name(&mut questions, &mut 0);
                let mut survey = Survey::new(title, introduction, questions);
                let (mode, threshold, requires_permission, said, sum) = facts;
                survey.purpose = purpose;
                survey.mode = [SurveyMode::Confidential, SurveyMode::Anonymous, SurveyMode::Named][mode];
                survey.threshold = Threshold::new(threshold).expect("5 or more");
                survey.requires_permission = requires_permission;
                [survey.licence, survey.attribution, survey.permission] = said.try_into().expect("three");
                survey.languages = languages.iter().map(|language| (*language).into()).collect();
                if let Some(last) = languages.last() {
                    survey.default_language = (*last).into();
                } else if mode == 1 {
                    survey.default_language = "cy".into();
                }
                if mode == 2 {
                    survey.by = vec!["role".into(), "grade".into()];
                    survey.invitation = Some("survey".into());
                    survey.reminder = Some("survey-reminder".into());
                    survey.remind_before = Period::weeks(1);
                    survey.logic = "own-logic".into();
                }
                let items: Vec<_> = survey.items().iter().map(|item| item.name.clone()).take(4).collect();
                if sum > 0 {
                    let reverse = items.iter().skip(2).cloned().collect();
                    let score = if threshold % 2 == 0 { Score::Sum } else { Score::Mean };
                    survey.scales.push(Scale {
                        name: "b".into(),
                        items: items.clone(),
                        reverse,
                        score,
                        least: Some(1),
                    });
                    survey.scales.push(Scale {
                        name: "a".into(),
                        items,
                        reverse: vec![],
                        score: Score::Mean,
                        least: None,
                    });
                }
                survey
            },
        )
    })
}
