//! A rule that misbehaves on request: the fixture behind the sandbox's tests.
//!
//! It is built on the bare contract, since the SDK refuses most of this. Settings are one word in quotes; see
//! `misbehave`.
#![allow(unsafe_code, reason = "the generated entry points take raw pointers from the host")]

#[allow(missing_docs, reason = "generated: the documentation is in wit/plugin.wit")]
mod bindings {
    wit_bindgen::generate!({ path: "../wit", world: "rule-plugin" });
}

use bindings::exports::turnabout::plugin::rule::{
    Attribute, Block, Cohort, ColumnKind, Description, Failure, Guest, Reason, ReasonText,
};
use bindings::turnabout::plugin::log;
use std::hint::black_box;

struct Hostile;

impl Guest for Hostile {
    fn describe() -> Description {
        Description {
            id: "hostile".into(),
            version: "1.0.0".into(),
            mentor_attributes: vec![Attribute { name: "topics".into(), kind: ColumnKind::Set }],
            mentee_attributes: Vec::new(),
            settings_schema: r#"{ "type": "object", "properties": {} }"#.into(),
            reasons: vec![ReasonText { code: "because".into(), text: "Because.".into() }],
        }
    }

    fn score(cohort: Cohort) -> Result<Block, Failure> {
        let pairs = (cohort.mentors.rows * cohort.mentees.rows) as usize;
        let mut block = Block { scores: vec![0.5; pairs], vetoes: Vec::new() };
        let columns = cohort.mentors.columns.len() + cohort.mentees.columns.len();
        // The settings are `{"do":"word"}`; reading them by hand keeps the fixture small.
        let word = cohort.settings.split('"').nth(3).unwrap_or_default();
        match word {
            "not-a-number" => block.scores[pairs - 1] = f32::NAN,
            "infinite" => block.scores[0] = f32::INFINITY,
            "above-one" => block.scores[0] = 1.5,
            "below-zero" => block.scores[0] = -0.001,
            "too-few" => drop(block.scores.pop()),
            "too-many" => block.scores.push(0.5),
            "unknown-veto" => {
                block.vetoes = vec![0; pairs];
                block.vetoes[0] = 2;
            }
            "odd-vetoes" => block.vetoes = vec![0; pairs + 1],
            "vetoed-nonsense" => {
                block.scores[0] = f32::NAN;
                block.vetoes = vec![0; pairs];
                block.vetoes[0] = 1;
            }
            // As many scores as there are columns passed, so that a test sees what reaches a plugin.
            "count-columns" => block.scores = vec![columns as f32 / 10.0; pairs],
            "giant-output" => block.scores = vec![0.5; 3 << 20],
            other => misbehave(other)?,
        }
        Ok(block)
    }

    fn explain(cohort: Cohort, _: u32, _: u32) -> Result<Vec<Reason>, Failure> {
        let (code, weight, times) = match cohort.settings.split('"').nth(3).unwrap_or_default() {
            "unknown-reason" => (7, 0.5, 1),
            "heavy-reason" => (0, 2.0, 1),
            "many-reasons" => (0, 0.5, 100_000),
            _ => (0, 0.5, 1),
        };
        Ok(vec![Reason { code, weight }; times])
    }
}

fn misbehave(how: &str) -> Result<(), Failure> {
    match how {
        "fail" => return Err(Failure { message: "I would rather not".into() }),
        "fail-at-length" => return Err(Failure { message: "very ".repeat(100_000) }),
        "panic" => std::process::abort(),
        "loop" => loop {
            black_box(());
        },
        "hog" => {
            let mut hoard = Vec::new();
            loop {
                hoard.push(black_box(vec![1u8; 1 << 20]));
            }
        }
        "recurse" => {
            black_box(descend(0));
        }
        "log-much" => (0..10_000).for_each(|_| log::write(log::Level::Info, "A line like any other.")),
        "log-giant" => log::write(log::Level::Info, &"x".repeat(12 << 20)),
        "log-for-ever" => {
            let line = "x".repeat(1 << 20);
            loop {
                log::write(log::Level::Info, &line);
            }
        }
        "last-words" => {
            log::write(log::Level::Error, "the cohort is too strange");
            std::process::abort()
        }
        _ => {}
    }
    Ok(())
}

/// Goes deeper than any stack.
#[expect(unconditional_recursion, reason = "that is the point")]
fn descend(depth: u64) -> u64 {
    black_box(descend(black_box(depth + 1))) + depth
}

bindings::export!(Hostile with_types_in bindings);
