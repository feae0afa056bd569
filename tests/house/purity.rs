//! The inside is pure: no files, network, threads, clock, randomness, terminal or async in model/, assignment/, lineage/,
//! statistics/ and core/.

use crate::source::{code, names, relative, shipped};

/// Modules of the standard library that touch the world.
const WORLD: [&str; 6] = ["fs", "net", "thread", "env", "process", "io"];
/// Names that read a clock, draw at random, print or wait. Random streams from a seed that is an argument are fine.
const FORBIDDEN: [&str; 13] = [
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "rand",
    "getrandom",
    "thread_rng",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "async",
    "await",
];

/// What in a piece of code is not pure.
fn impurities(code: &str) -> Vec<String> {
    let mut found: Vec<String> =
        FORBIDDEN.into_iter().filter(|name| names(code, name)).map(ToOwned::to_owned).collect();
    found.extend(
        std_modules(code).into_iter().filter(|name| WORLD.contains(&name.as_str())).map(|n| format!("std::{n}")),
    );
    found
}

/// The modules of the standard library that code names, by path or in a group: `use std::{fs, io::Read}`.
fn std_modules(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, path) in code.match_indices("std::") {
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => found.push(word(std::mem::take(&mut item).trim_start())),
                _ if depth == 0 => item.push(c),
                _ => {}
            }
        }
        found.push(word(item.trim_start()));
    }
    found
}

#[test]
fn the_inside_touches_nothing_outside_its_arguments() {
    for name in ["model", "assignment", "lineage", "statistics", "core"] {
        let sources = shipped(name);
        assert!(sources.len() > 5, "the sources of engine/{name} were not found");
        for source in sources {
            let found = impurities(&code(source.before_tests()));
            assert!(found.is_empty(), "{} names {}", relative(&source.path), found.join(", "));
        }
    }
}

#[test]
fn impurities_are_found_however_they_are_written() {
    for (code, expect) in [
        ("let x = std::fs::read(p);", "std::fs"),
        ("use std::{collections::{BTreeMap, fs}, io::Read as _, net};", "std::io std::net"),
        ("use std::{collections::BTreeMap, fmt};", ""),
        ("let now = Timestamp::now();", "Timestamp::now"),
        ("use rand_chacha::ChaCha8Rng; let operand = 1;", ""),
        ("rand::random()", "rand"),
        ("async fn f() { g().await }", "async await"),
        ("println!()", "println!"),
        ("writeln!(f)?; use std::time::Duration;", ""),
    ] {
        assert_eq!(impurities(code).join(" "), expect, "{code}");
    }
}
