//! The reader beside `serde_json`: what one reads the other reads, to the same value.

use super::read;
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
