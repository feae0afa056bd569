//! Properties over random expressions: read, print and read again; never a panic.

use super::super::{Expression, Node, Operator, Part, Scope};
use super::Given;
use crate::functions::Function;
use proptest::prelude::*;

fn node(part: Part) -> Node {
    Node { part, at: 0..0 }
}

fn expressions() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        prop_oneof![0.0..1e6f64, Just(1.0), Just(0.1 + 0.2), Just(1e-9)].prop_map(Part::Number),
        "[ -~&&[^']]{0,6}".prop_map(Part::Text),
        "[a-c]".prop_map(Part::Answer),
        "[0-9]{1,4}(-[0-9]{2}-[0-9]{2})?".prop_map(Part::Text),
        Just(Part::This),
    ]
    .prop_map(node);
    leaf.prop_recursive(6, 40, 4, |inner| {
        let chain =
            (inner.clone(), prop::collection::vec((0usize..13, inner.clone()), 1..3)).prop_map(|(first, rest)| {
                let level = Operator::ALL[rest[0].0].level();
                let same: Vec<_> = Operator::ALL.into_iter().filter(|operator| operator.level() == level).collect();
                Part::Chain(Box::new(first), rest.into_iter().map(|(n, node)| (same[n % same.len()], node)).collect())
            });
        let call = (0..Function::ALL.len(), prop::collection::vec(inner.clone(), 4), 0usize..4).prop_map(
            |(n, some, count)| {
                let (least, most, _) = Function::ALL[n].arguments();
                Part::Call(Function::ALL[n], some[..count.clamp(least, most)].to_vec())
            },
        );
        prop_oneof![inner.prop_map(|inner| Part::Minus(Box::new(inner))), chain, call].prop_map(node)
    })
}

fn evaluate(expression: &Expression) {
    let answers = [("a", "3"), ("b", "x y z"), ("c", "2026-01-31")];
    let given = Given(answers.into_iter().map(|(name, answer)| (name.into(), answer.into())).collect());
    let scope = Scope { answers: &given, this: "own", today: "2026-01-31", now: "2026-01-31T09:00:00-09:30" };
    if let Ok(value) = expression.evaluate(scope) {
        let number = value.number(0);
        assert!(number.is_nan() || !value.into_text().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_printed_reads_back(root in expressions()) {
        let expression = Expression { root };
        let text = expression.to_string();
        prop_assert_eq!(text.parse::<Expression>().map_err(|error| format!("{text}: {error}")), Ok(expression));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        if let Ok(expression) = text.parse::<Expression>() {
            evaluate(&expression);
        }
    }

    #[test]
    fn no_text_of_an_expressions_signs_panics(
        words in prop::collection::vec(prop_oneof![
            Just("("), Just(")"), Just(","), Just("-"), Just("+"), Just("*"), Just("div"), Just("mod"), Just("and"),
            Just("="), Just("!="), Just("<"), Just("."), Just("1"), Just("'"), Just("\""), Just("${a}"), Just("${"),
            Just("if("), Just("concat("), Just("not("), Just("é"), Just("jr:choice-name("), Just("x"), Just(":"),
        ], 0..30),
        space in prop::bool::ANY,
    ) {
        let text = words.join(if space { " " } else { "" });
        match text.parse::<Expression>() {
            Ok(expression) => {
                evaluate(&expression);
                prop_assert_eq!(expression.to_string().parse::<Expression>(), Ok(expression));
            }
            Err(error) => prop_assert!(text.get(error.at.clone()).is_some(), "{} {:?}", text, error),
        }
    }

    #[test]
    fn no_values_panic(root in expressions()) {
        evaluate(&Expression { root });
    }
}
