//! The inspection of components that would hurt: each is refused with its code at its step, or contained, and everything that
//! is wrong is said. Together with the misbehaviours of the fixture these are the hostile suite.

use crate::cohort::Question;
use serde_json::json;
use std::{collections::BTreeSet, sync::LazyLock};
use turnabout_core::ports::PluginKind;
use turnabout_sandbox::{Inspection, Limits, Sandbox, Step, standard_plugins};

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::new(crate::patient()).unwrap());

const HOSTILE: &[u8] = include_bytes!("../../../../plugins/dist/hostile.wasm");

fn inspect(bytes: &[u8]) -> Inspection {
    SANDBOX.inspect(bytes)
}

/// The step and code of everything that is wrong.
fn complaints(found: &Inspection) -> Vec<(Step, &'static str)> {
    found.complaints.iter().map(|complaint| (complaint.step, complaint.code)).collect()
}

fn component(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The fixture with one more core module, instantiated when it starts. Sections may follow one another in any order.
fn with_module(text: &str) -> Vec<u8> {
    fn length(mut value: usize, out: &mut Vec<u8>) {
        loop {
            let byte = u8::try_from(value & 127).unwrap();
            value >>= 7;
            out.push(if value > 0 { byte | 128 } else { byte });
            if value == 0 {
                return;
            }
        }
    }
    let mut bytes = HOSTILE.to_vec();
    let modules = crate::malformed::core_modules(HOSTILE);
    for (section, body) in [(1, wat::parse_str(text).unwrap()), (2, vec![1, 0, modules, 0])] {
        bytes.push(section);
        length(body.len(), &mut bytes);
        bytes.extend(body);
    }
    bytes
}

#[test]
fn the_standard_plugins_are_sound() {
    for standard in standard_plugins() {
        let found = inspect(standard.component);
        assert_eq!(found.complaints, [], "{}", standard.id);
        assert_eq!((found.kind, found.sha256), (Some(standard.kind), standard.sha256.clone()));
    }
}

/// Bytes that are no component.
fn no_components() -> Vec<(&'static str, Vec<u8>)> {
    let mut cut = HOSTILE.to_vec();
    cut.truncate(HOSTILE.len() / 2);
    let mut torn = HOSTILE.to_vec();
    let middle = torn.len() / 2;
    torn[middle..middle + 64].fill(0xff);
    vec![
        ("nothing", Vec::new()),
        ("a text", b"fn programme(settings) {}".to_vec()),
        ("a program of the machine", b"\x7fELF\x02\x01\x01\0".to_vec()),
        ("an archive", b"PK\x03\x04".to_vec()),
        ("a header alone", b"\0asm".to_vec()),
        ("an unknown version", b"\0asm\xff\0\x01\0".to_vec()),
        ("a core module", component("(module (func (export \"score\")))")),
        ("half a component", cut),
        ("a torn component", torn),
    ]
}

#[test]
fn bytes_that_are_no_component_are_refused_as_such() {
    for (what, bytes) in no_components() {
        let found = inspect(&bytes);
        assert_eq!(complaints(&found), [(Step::Component, "plugin::contract")], "{what}");
        assert!(!found.complaints[0].help.is_empty() && found.kind.is_none(), "{what}");
    }
}

/// Imports that no plugin may have: a clock, chance, files, the network, and logs of no version of ours.
const IMPORTS: [&str; 8] = [
    "wasi:clocks/wall-clock@0.2.0",
    "wasi:random/random@0.2.0",
    "wasi:filesystem/types@0.2.0",
    "wasi:sockets/tcp@0.2.0",
    "wasi:http/outgoing-handler@0.2.0",
    "wasi:cli/environment@0.2.0",
    "turnabout:plugin/log@2.0.0",
    "turnabout:plugin/store@1.0.0",
];

#[test]
fn every_import_that_is_forbidden_is_named_at_once() {
    let instance = |name: &str| format!("(import \"{name}\" (instance))");
    for import in IMPORTS {
        let found = inspect(&component(&format!("(component {})", instance(import))));
        assert_eq!(found.complaints[0].step, Step::Imports, "{import}");
        assert!(found.complaints[0].what.contains(import), "{import}: {:?}", found.complaints);
    }
    let all: String = IMPORTS.iter().map(|import| instance(import)).collect();
    let found = inspect(&component(&format!("(component {all})")));
    let steps: Vec<Step> = found.complaints.iter().map(|complaint| complaint.step).collect();
    assert_eq!(steps, [&[Step::Imports; 8][..], &[Step::Exports]].concat(), "all at once, and that it exports nothing");
}

/// Interfaces that are not exported in their shape, and the step at which that is seen.
const SHAPES: [(&str, Step); 4] = [
    ("turnabout:plugin/rule@1.0.0", Step::Describes),
    ("turnabout:plugin/logic@1.0.0", Step::Describes),
    ("turnabout:plugin/rule@2.0.0", Step::Exports),
    ("wasi:http/incoming-handler@0.2.0", Step::Exports),
];

#[test]
fn exports_of_another_shape_are_refused() {
    let lifted = |interface: &str| {
        format!(
            r#"(component
                (core module $m (func (export "describe") (result i32) i32.const 1))
                (core instance $i (instantiate $m))
                (func $describe (result u32) (canon lift (core func $i "describe")))
                (instance $own (export "describe" (func $describe)))
                (export "{interface}" (instance $own)))"#
        )
    };
    for (interface, step) in SHAPES {
        let found = inspect(&component(&lifted(interface)));
        assert_eq!(complaints(&found), [(step, "plugin::contract")], "{interface}: {:?}", found.complaints);
    }
}

/// Core modules that misbehave as they start, and the code of what contains them.
fn starts() -> Vec<(&'static str, String, &'static str)> {
    vec![
        ("a trap", "(module (func $s unreachable) (start $s))".to_owned(), "plugin::trap"),
        ("a loop", "(module (func $s (loop $l (br $l))) (start $s))".into(), "plugin::fuel"),
        ("a recursion", "(module (func $s (call $s)) (start $s))".into(), "plugin::trap"),
        ("a division by zero", "(module (func $s (drop (i32.div_u (i32.const 1) (i32.const 0)))) (start $s))".into(), "plugin::trap"),
        ("a read outside", "(module (memory 1) (func $s (drop (i32.load (i32.const 99999999)))) (start $s))".into(), "plugin::trap"),
        ("an empty table", "(module (type $t (func)) (table 1 funcref) (func $s (call_indirect (type $t) (i32.const 0))) (start $s))".into(), "plugin::trap"),
        (
            "a hog",
            "(module (memory 1) (func $s (loop $l (drop (memory.grow (i32.const 64))) (br $l))) (start $s))".into(),
            "plugin::memory",
        ),
        (
            "a fill without end",
            "(module (memory 16) (func $s (loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 1048576)) (br $l))) (start $s))".into(),
            "plugin::fuel",
        ),
        ("a data segment outside", "(module (memory 1) (data (i32.const 99999999) \"x\"))".into(), "plugin::trap"),
        ("an element outside", "(module (table 1 funcref) (func $f) (elem (i32.const 9) $f))".into(), "plugin::trap"),
        ("a birth beyond its memory", "(module (memory 1024))".into(), "plugin::memory"),
        ("two memories beyond the limit together", "(module (memory 1023))".into(), "plugin::memory"),
    ]
}

#[test]
fn what_happens_as_it_starts_is_contained() {
    for (what, module, code) in starts() {
        let found = inspect(&with_module(&module));
        assert_eq!(complaints(&found), [(Step::Starts, code)], "{what}: {:?}", found.complaints);
        let sha256 = SANDBOX.install(HOSTILE).unwrap();
        assert_eq!(Question::new(&sha256, &json!({}), 1, 1).score(&SANDBOX).unwrap().scores, [0.5], "after {what}");
    }
}

/// Core modules that are refused before they start.
fn unstarted() -> Vec<(&'static str, String)> {
    vec![
        ("threads", "(module (memory 1 1 shared))".to_owned()),
        ("64-bit memory", "(module (memory i64 1))".into()),
        (
            "relaxed SIMD",
            "(module (func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1))))"
                .into(),
        ),
        ("a table as large as a hall", "(module (table 3000000 funcref))".into()),
        ("forty tables", format!("(module {})", "(table 1 funcref) ".repeat(40))),
        ("nine memories", format!("(module {})", "(memory 1) ".repeat(9))),
        ("a memory for the whole machine", "(module (memory 65536))".into()),
    ]
}

#[test]
fn what_no_machine_agrees_on_or_no_host_has_room_for_is_refused_unstarted() {
    for (what, module) in unstarted() {
        let found = inspect(&with_module(&module));
        assert_eq!(complaints(&found), [(Step::Component, "plugin::contract")], "{what}: {:?}", found.complaints);
    }
}

/// Compilation has neither fuel nor a deadline: what is bounded is what is compiled, and these are hard shapes within the bounds. They come through, and do nothing.
#[test]
fn what_is_hard_to_compile_is_compiled_and_harmless() {
    let deep = format!("(module (func {} {}))", "block ".repeat(2_000), "end ".repeat(2_000));
    let wide = format!("(module (func (param i32) block local.get 0 br_table {} end))", "0 ".repeat(20_000));
    let many = format!("(module {})", "(func (result i32) i32.const 1) ".repeat(5_000));
    for (what, module) in [("deep blocks", deep), ("a wide table of jumps", wide), ("many functions", many)] {
        let found = inspect(&with_module(&module));
        assert_eq!((found.complaints.as_slice(), found.kind), (&[][..], Some(PluginKind::Rule)), "{what}");
    }
}

/// Core modules that a compiler would be busy with for minutes, or need gigabytes for, and the bound that each is beyond.
static BOMBS: LazyLock<Vec<(&str, String, &str)>> = LazyLock::new(|| {
    let step = |n: usize| format!("(local.set {} (i32.add (local.get {}) (local.get {})))", n % 7, n % 5, n % 3);
    let steps = |number: usize| (0..number).map(step).collect::<String>();
    let functions = |locals: usize, body: &str, times: usize| {
        format!("(module {})", format!("(func (local {}) {body})", "i32 ".repeat(locals)).repeat(times))
    };
    let values = "i32 ".repeat(33);
    let wide = "(block (param i32 i32) (result i32 i32) (br_if 0 (i32.const 0)))".repeat(65);
    let jumps = "(block (br_if 0 (local.get 0)))".repeat(4_000);
    vec![
        ("300,000 steps with 2,000 locals", functions(2_000, &steps(300_000), 1), "bytes of code in one function"),
        ("10,000 steps 200 times", functions(100, &steps(10_000), 200), "bytes of code, and "),
        ("2,000 locals", functions(2_000, "", 1), "locals in one function"),
        ("many loops", functions(2, &"(loop (br_if 0 (local.get 1)))".repeat(1_001), 1), "loops in one function"),
        (
            "a type of many values",
            format!("(module (type (func (param {values}))))"),
            "parameters in one function type",
        ),
        (
            "a type of many results",
            "(module (type (func (result i32 i32 i32 i32 i32))))".into(),
            "results in one function type",
        ),
        (
            "wide blocks",
            format!("(module (func i32.const 0 i32.const 0 {wide} drop drop))"),
            "blocks that take values or give several",
        ),
        (
            "calls through a table",
            format!(
                "(module (type $t (func)) (table 1 funcref) (func {}))",
                "(call_indirect (type $t) (i32.const 0))".repeat(6_000)
            ),
            "units of work for the compiler in one function",
        ),
        ("jumps in many functions", functions(1, &jumps, 200), "units of work for the compiler, and "),
        ("very many functions", format!("(module {})", "(func)".repeat(40_001)), "functions, and "),
    ]
});

#[test]
fn what_would_take_too_long_to_compile_is_refused_unread() {
    for (what, module, bound) in BOMBS.iter() {
        let bytes = with_module(module);
        let found = inspect(&bytes);
        assert_eq!(
            (complaints(&found).as_slice(), found.reached),
            (&[(Step::Size, "plugin::contract")][..], Step::Size),
            "{what}"
        );
        let said = &found.complaints[0].what;
        assert!(
            said.starts_with("it would take too long to compile: it has ") && said.contains(*bound),
            "{what}: {said}"
        );
        assert!(SANDBOX.install(&bytes).is_err(), "{what} is not installed either");
    }
}

/// What the interpreters of Python and JavaScript have of each thing that is bounded, one beside another.
#[test]
fn what_interpreters_are_made_of_is_compiled() {
    let long = format!("(func {})", "(drop (i32.const 100))".repeat(85_000));
    let wide = format!("(func (local {}) {})", "i32 ".repeat(271), "(block (br_if 0 (local.get 270)))".repeat(625));
    let round = format!("(func (local {}) {})", "i32 ".repeat(45), "(loop (br_if 0 (local.get 44)))".repeat(81));
    let values = format!("(func (param {}))", "i32 ".repeat(19));
    let found = inspect(&with_module(&format!("(module {long} {wide} {round} {values})")));
    assert_eq!((found.complaints.as_slice(), found.kind), (&[][..], Some(PluginKind::Rule)));
}

#[test]
fn a_component_that_is_too_large_is_not_read() {
    let sandbox = Sandbox::new(Limits { component_bytes: 100, ..Limits::standard() }).unwrap();
    let found = sandbox.inspect(HOSTILE);
    assert_eq!((complaints(&found).as_slice(), found.reached), (&[(Step::Size, "plugin::contract")][..], Step::Size));
}

#[test]
fn every_step_has_a_title_of_its_own() {
    let titles: BTreeSet<&str> = Step::ALL.iter().map(|step| step.title()).collect();
    assert_eq!(titles.len(), Step::ALL.len());
}

#[test]
fn what_is_wrong_with_an_answer_is_not_said_of_its_repetition() {
    // The fixture gives a half to everyone: here it is a two, the constant of its score.
    let mut bytes = HOSTILE.to_vec();
    let half = [&[0x43][..], &0.5_f32.to_le_bytes()].concat();
    let places: Vec<usize> = (0..bytes.len() - half.len()).filter(|at| bytes[*at..].starts_with(&half)).collect();
    for at in places {
        bytes[at + 1..at + 5].copy_from_slice(&2.0_f32.to_le_bytes());
    }
    let found = inspect(&bytes);
    assert_eq!(complaints(&found), [(Step::Answers, "plugin::bad_output")], "{:?}", found.complaints);
    assert_eq!(found.reached, Step::Answers, "whether it repeats itself was not looked at");
}

/// How many hostile plugins there have to be.
const AT_LEAST: usize = 40;

#[test]
fn the_hostile_suite_has_many_plugins_each_with_its_name_and_its_error() {
    let mut names: Vec<&str> = Vec::new();
    names.extend(no_components().iter().map(|(name, _)| *name));
    names.extend(IMPORTS);
    names.extend(SHAPES.iter().map(|(name, _)| *name));
    names.extend(starts().iter().map(|(name, _, _)| *name));
    names.extend(unstarted().iter().map(|(name, _)| *name));
    names.extend(BOMBS.iter().map(|(name, _, _)| *name));
    names.push("a component that is too large");
    names.extend(crate::hostile::WAYS);
    let different: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(different.len(), names.len(), "each is another one: {names:?}");
    assert!(names.len() >= AT_LEAST, "{} of {AT_LEAST}: {names:?}", names.len());
}
