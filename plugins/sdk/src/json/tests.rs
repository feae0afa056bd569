//! The reader beside `serde_json`: what one reads the other reads, to the same value.

use super::{read, read_long, write};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn values_are_read_as_serde_json_reads_them() {
    for text in [
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "-7",
        "42",
        "123456789012345",
        "0.1",
        "-2.5",
        "1e3",
        "1E-7",
        "12.50e+2",
        "0.000001",
        "3.14159265358979",
        "9e22",
        "1e-22",
        "0e9",
        "\"\"",
        "\"über\"",
        r#""a\"b\\c\/d\n\t\r\b\f""#,
        r#""\u00e9\ud83d\ude00""#,
        "[]",
        "[1, [2, []], {}]",
        "{}",
        r#"{"a":1,"b":{"c":[true,null]}}"#,
        " {\n\t\"a\" : [ 1 , 2 ] } ",
    ] {
        let expected: Value = serde_json::from_str(text).expect("serde_json reads it");
        assert_eq!(read::<Value>(text).map_err(|error| error.0), Ok(expected), "{text}");
    }
}

#[test]
fn what_serde_json_refuses_is_refused() {
    for text in [
        "",
        "nul",
        "tru",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "--1",
        "1 2",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12é\"",
        "\"\\ud800\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:2}",
        "]",
        "}",
        "\"a\\",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "serde_json refuses {text}");
        assert!(read::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn numbers_of_fifteen_digits_are_exact() {
    for mantissa in [1u64, 3, 7, 99, 12345, 999_999_999_999_999, 123_456_789_012_345] {
        for power in -22..=22 {
            let text = format!("-{mantissa}e{power}");
            let expected: f64 = text.parse().expect("a number");
            let read: f64 = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(read.to_bits(), expected.to_bits(), "{text}");
        }
    }
}

#[test]
fn what_can_not_be_exact_is_refused() {
    for text in ["1234567890123456", "0.1234567890123456", "1e23", "1e-23", "1e999999999999"] {
        assert!(read::<f64>(text).is_err(), "{text}");
    }
    assert!(read::<Value>(&("[".repeat(40) + &"]".repeat(40))).is_err(), "too deep");
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    weights: BTreeMap<String, f32>,
    kind: Kind,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Plain,
    Least(u32),
    Between { from: f64, to: f64 },
    Both(u8, u8),
}

#[test]
fn typed_settings_are_read() {
    for text in [
        r#"{ "kind": "plain" }"#,
        r#"{ "name": null, "kind": { "least": 3 } }"#,
        r#"{ "name": "x", "weights": { "a": 1, "b": 0.5 }, "kind": { "between": { "from": 1, "to": 2.5 } } }"#,
        r#"{ "kind": { "both": [1, 2] } }"#,
    ] {
        let expected: Settings = serde_json::from_str(text).expect("serde_json reads it");
        assert_eq!(read::<Settings>(text).map_err(|error| error.0), Ok(expected), "{text}");
    }
}

#[test]
fn a_mistake_is_named() {
    for (text, expected) in [
        (r#"{ "kin": 1 }"#, "unknown field `kin`, expected one of name, weights, kind"),
        (r#"{ "kind": "other" }"#, "unknown variant `other`, expected one of plain, least, between, both"),
        (r#"{ "name": 3, "kind": "plain" }"#, "invalid type: a number, expected a string"),
        (r#"{ "kind": { "least": -1 } }"#, "invalid value: a number, expected u32"),
        ("{}", "missing field `kind`"),
        (r#"{ "kind": "plain", "kind": "plain" }"#, "duplicate field `kind`"),
        (r#"{ "kind" "plain" }"#, "not JSON: no colon at '\"plain\" }'"),
    ] {
        assert_eq!(read::<Settings>(text).map_err(|error| error.0), Err(expected.to_owned()), "{text}");
    }
}

#[test]
fn long_numbers_are_read_where_they_may_come() {
    for text in
        ["0.30000000000000004", "1234567890123456", "-123456789012345678901234567890", "1e300", "-1.5e-300", "5e-324"]
    {
        // Rust's own reader, because serde_json's is not exact.
        assert_eq!(read_long::<f64>(text).map_err(|error| error.0), Ok(text.parse().expect("a number")), "{text}");
        assert!(read::<f64>(text).is_err(), "{text}");
    }
    for text in ["1234567890123456.", "1e999", "12345678901234567-1", "1.2345678901234567e", "0123456789012345678"] {
        assert!(read_long::<Value>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_written_reads_back() {
    for text in [
        "null",
        "true",
        "-7",
        "0.30000000000000004",
        "1e300",
        r#""\u00e9 \" \\ \n \t \u0001 \ud83d\ude00""#,
        "[]",
        "{}",
        r#"[1,[2,{}],"x",{"a":{"b":[null]},"c":false}]"#,
    ] {
        let value: Value = serde_json::from_str(text).expect("serde_json reads it");
        let written = write(&value).map_err(|error| error.0).expect(text);
        assert_eq!(serde_json::from_str::<Value>(&written).expect("it is JSON"), value, "{text} became {written}");
    }
}

#[test]
fn types_are_written_as_serde_json_writes_them() {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        OneWord,
        Holds(u8),
    }

    #[derive(serde::Serialize)]
    struct Everything {
        kinds: (Kind, Kind),
        none: Option<u8>,
        some: Option<&'static str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        left_out: Vec<u8>,
        names: BTreeMap<String, f64>,
        letter: char,
    }

    let value = Everything {
        kinds: (Kind::OneWord, Kind::Holds(3)),
        none: None,
        some: Some("x"),
        left_out: Vec::new(),
        names: BTreeMap::from([("half".into(), 0.5)]),
        letter: 'ü',
    };
    let written = write(&value).map_err(|error| error.0).expect("it is written");
    assert_eq!(written, serde_json::to_string(&value).expect("serde_json writes it"));
    assert_eq!(write(&f64::NAN).map_err(|error| error.0), Ok("null".into()));
    assert!(write(&BTreeMap::from([(1u8, 2u8)])).is_err(), "the name of a member is text");
}
