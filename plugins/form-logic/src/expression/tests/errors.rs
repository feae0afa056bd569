use super::super::{Expression, MOST_DEPTH};

/// The error as the text underlined, and its sentence.
fn error(text: &str) -> String {
    text.parse::<Expression>().map_or_else(|error| error.to_string(), |expression| panic!("{expression}"))
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    for (text, expect) in [
        ("", "at byte 0: a value is missing here"),
        ("${age} >", "at byte 8: a value is missing here"),
        ("(1 + 2", "at byte 6: a closing parenthesis is missing here"),
        ("concat('a' 'b')", "at byte 11: a closing parenthesis or a comma is missing here"),
        ("1 2", "at byte 2: an operator or the end is missing here"),
        ("${a} == 1", "at byte 6: a value is missing here"),
        ("${a} = yes", "at byte 7: 'yes' stands alone: write ${yes} for an answer, 'yes' in quotes for text"),
        ("age > 1", "at byte 0: 'age' stands alone: write ${age} for an answer, 'age' in quotes for text"),
        ("'abc", "at byte 0: the text has no end: close it with the quote it starts with"),
        ("${a} = ‘x’", "at byte 7: a typographic quote: write ' or \""),
        ("1 & 2", "at byte 2: '&' means nothing here: remove it, or put text in quotes"),
        ("$a", "at byte 0: a '$' must start the name of a question: write ${name}"),
        ("${a b}", "at byte 0: a '$' must start the name of a question: write ${name}"),
        ("${", "at byte 0: a '$' must start the name of a question: write ${name}"),
        ("/data/age", "at byte 0: paths into the form's XML are not supported: write ${name}"),
        ("../age", "at byte 0: paths into the form's XML are not supported: write ${name}"),
        ("1 + lenght('a')", "at byte 4: there is no function lenght()"),
        ("Count_Selected(${a})", "at byte 0: there is no function Count_Selected(): did you mean count-selected()?"),
        ("choice-name('a', '${b}')", "at byte 0: there is no function choice-name(): did you mean jr:choice-name()?"),
        ("random()", "at byte 0: random() can't be used: logic gives the same result for the same answers"),
        ("if(1, 2)", "at byte 0: if() takes a condition and two values and has 2"),
        ("today(1)", "at byte 0: today() takes no arguments and has 1"),
    ] {
        assert_eq!(error(text), expect, "{text}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let deep = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(deep(MOST_DEPTH - 1).parse::<Expression>().is_ok());
    let too_deep = "the parts lie more than 64 deep in each other: move the inner ones to calculations";
    assert_eq!(error(&deep(MOST_DEPTH)), format!("at byte {MOST_DEPTH}: {too_deep}"));
    assert!(error(&"-".repeat(8000)).ends_with(too_deep));
    assert!(error(&"not(".repeat(2000)).ends_with(too_deep));
    assert!(error(&" ".repeat(8193)).starts_with("at byte 0: the expression is longer than 8192 bytes"));
    // Many in a row are not deep.
    assert!(vec!["${a} = 1"; 600].join(" or ").parse::<Expression>().is_ok());
}

#[test]
fn the_bounds_in_the_sentences_are_the_bounds() {
    assert_eq!((super::super::MOST_BYTES, MOST_DEPTH, super::super::MOST_TEXT), (8192, 64, 65536));
}

#[test]
fn a_text_cant_grow_without_end() {
    let growing = (0..20).fold("'0123456789'".to_owned(), |inner, _| format!("concat({inner}, 'x', 'y')"));
    assert_eq!(super::value(&growing).len(), 50);
    let long = format!("concat({})", vec!["'0123456789012345678901234567890123456789'"; 180].join(", "));
    let nested = format!("join({long}, '', '', '', '', '', '', '', '', '', '', '')");
    assert!(nested.len() < 8192);
    assert_eq!(super::value(&nested), "at byte 0: the text grows beyond 65536 bytes: join fewer answers");
}
