//! Bytes that are no plugin: each is refused at the gate, with the reason.

use crate::cohort::Question;
use serde_json::json;
use turnabout_core::ports::{Components, PluginFault, PluginRef, Rules};
use turnabout_sandbox::{Limits, PluginKind, Sandbox};

fn refusal(component: &[u8]) -> PluginFault {
    Sandbox::new(crate::patient()).unwrap().install(component).unwrap_err().fault
}

fn refused_text(text: &str) -> PluginFault {
    refusal(&wat::parse_str(text).unwrap())
}

#[test]
fn what_is_no_component_is_refused() {
    for bytes in [&b""[..], b"not wasm", b"\0asm\x01\0\0\0", b"\x7fELF\x02\x01\x01\0"] {
        let fault = refusal(bytes);
        assert!(matches!(fault, PluginFault::Contract(_)), "{bytes:?}: {fault}");
    }
}

#[test]
fn an_import_from_wasi_is_refused_by_name() {
    let fault = refused_text(
        r#"(component
            (import "wasi:clocks/wall-clock@0.2.0" (instance
                (export "now" (func (result u64))))))"#,
    );
    let said = "it imports 'wasi:clocks/wall-clock@0.2.0', and may import nothing but the log";
    assert_eq!(fault, PluginFault::Contract(said.into()));
}

#[test]
fn a_log_of_another_shape_is_refused() {
    let fault = refused_text(
        r#"(component
            (import "turnabout:plugin/log@1.0.0" (instance
                (export "write" (func (param "message" string))))))"#,
    );
    assert!(matches!(&fault, PluginFault::Contract(said) if said.contains("imports or exports")), "{fault}");
}

#[test]
fn a_component_without_a_rule_is_refused() {
    let fault = refused_text("(component)");
    assert!(matches!(&fault, PluginFault::Contract(said) if said.contains("turnabout:plugin/rule")), "{fault}");
}

#[test]
fn a_rule_of_another_shape_is_refused() {
    let fault = refused_text(
        r#"(component
            (core module $m (func (export "describe") (result i32) i32.const 1))
            (core instance $i (instantiate $m))
            (func $describe (result u32) (canon lift (core func $i "describe")))
            (instance $rule (export "describe" (func $describe)))
            (export "turnabout:plugin/rule@1.0.0" (instance $rule)))"#,
    );
    assert!(matches!(fault, PluginFault::Contract(_)), "{fault}");
}

const HOSTILE: &[u8] = include_bytes!("../../../../plugins/dist/hostile.wasm");

/// A good component with one more core module, which is instantiated after the others.
///
/// A component is a sequence of sections, so two more at its end make one more valid component: the module (section
/// 1) and its instantiation without arguments (section 2).
fn with_module(text: &str) -> Vec<u8> {
    let mut component = HOSTILE.to_vec();
    let modules = core_modules(&component);
    let module = wat::parse_str(text).unwrap();
    for (section, body) in [(1, module), (2, vec![1, 0, modules, 0])] {
        component.push(section);
        // A length below 128 is one byte in LEB128.
        component.push(u8::try_from(body.len()).ok().filter(|length| *length < 128).unwrap());
        component.extend(body);
    }
    component
}

/// Counts the core modules of a component: its sections of kind 1.
pub(crate) fn core_modules(component: &[u8]) -> u8 {
    let (mut at, mut modules) = (8, 0);
    while at < component.len() {
        modules += u8::from(component[at] == 1);
        let (mut length, mut shift) = (0, 0);
        loop {
            at += 1;
            length |= usize::from(component[at] & 127) << shift;
            shift += 7;
            if component[at] < 128 {
                break;
            }
        }
        at += 1 + length;
    }
    modules
}

#[test]
fn a_component_with_a_harmless_module_more_is_let_through() {
    let sandbox = Sandbox::new(Limits::standard()).unwrap();
    let sha256 = sandbox.install(&with_module("(module (func $start) (start $start))")).unwrap();
    assert_eq!(Question::new(&sha256, &json!({}), 1, 1).score(&sandbox).unwrap().scores, [0.5]);
}

#[test]
fn a_component_that_misbehaves_as_it_starts_is_refused() {
    let crash = refusal(&with_module("(module (func $start unreachable) (start $start))"));
    assert_eq!(crash, PluginFault::Trap("it panicked".into()));
    let endless = refusal(&with_module("(module (func $start (loop $l (br $l))) (start $start))"));
    assert_eq!(endless, PluginFault::Fuel(Limits::standard().base_fuel));
}

#[test]
fn a_component_that_is_born_too_large_is_refused() {
    // Nine memories, and eight are allowed; then tables beyond their number.
    let fault = refusal(&with_module(
        "(module (memory 1) (memory 1) (memory 1) (memory 1) (memory 1) (memory 1) (memory 1) (memory 1))",
    ));
    assert!(matches!(&fault, PluginFault::Contract(said) if said.contains("memories")), "{fault}");
    let fault = refusal(&with_module("(module (table 30000 funcref))"));
    assert!(matches!(&fault, PluginFault::Contract(said) if said.contains("table")), "{fault}");
}

#[test]
fn what_would_answer_differently_elsewhere_is_refused() {
    for (what, module) in [
        (
            "relaxed",
            "(module (func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1))))",
        ),
        ("thread", "(module (memory 1 1 shared))"),
        ("memory64", "(module (memory i64 1))"),
    ] {
        let fault = refusal(&with_module(module));
        assert!(matches!(fault, PluginFault::Contract(_)), "{what}: {fault}");
    }
}

#[test]
fn a_component_that_is_too_large_is_refused_unread() {
    let limits = Limits { component_bytes: 100, ..Limits::standard() };
    let fault = Sandbox::new(limits).unwrap().install(&[0; 101]).unwrap_err().fault;
    assert_eq!(fault, PluginFault::Contract("it has 101 bytes, and 100 are allowed".into()));
}

#[test]
fn a_kept_component_is_held_against_its_hash_and_let_through_the_gate_when_it_is_asked_for() {
    let sandbox = Sandbox::new(Limits::standard()).unwrap();
    let pinned = |sha256: &str| PluginRef { id: "own".into(), sha256: sha256.into() };
    let fault = sandbox.keep(&pinned(&"0".repeat(64)), HOSTILE).unwrap_err().fault;
    assert!(matches!(&fault, PluginFault::Contract(said) if said.contains("is pinned")), "{fault}");

    let sha256 = Sandbox::new(Limits::standard()).unwrap().install(HOSTILE).unwrap();
    sandbox.keep(&pinned(&sha256), HOSTILE).unwrap();
    assert_eq!(sandbox.examine(&pinned(&sha256)), Ok(PluginKind::Rule));
    assert_eq!(Question::new(&sha256, &json!({}), 1, 1).score(&sandbox).unwrap().scores, [0.5]);

    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    sandbox.keep(&pinned(empty), b"").unwrap();
    assert!(matches!(sandbox.examine(&pinned(empty)).unwrap_err().fault, PluginFault::Contract(_)));
}

#[test]
fn a_hash_that_nobody_installed_is_missing() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let error = Question::new(&"0".repeat(64), &json!({}), 1, 1).score(&sandbox).unwrap_err();
    assert_eq!(error.fault, PluginFault::Missing);
    assert_eq!(error.to_string(), "plugin 'asked' is not installed");
}

#[test]
fn what_was_taken_in_once_is_kept_though_it_would_be_too_much_to_compile_today() {
    let sandbox = Sandbox::new(Limits { code_bytes: 10, ..Limits::standard() }).unwrap();
    let sha256 = Sandbox::new(Limits::standard()).unwrap().install(HOSTILE).unwrap();
    let own = PluginRef { id: "own".into(), sha256 };
    sandbox.keep(&own, HOSTILE).unwrap();
    let refused = sandbox.examine(&own).unwrap_err().fault;
    assert!(matches!(refused, PluginFault::Contract(_)), "a template that brings it is refused: {refused:?}");
    assert!(Rules::describe(&sandbox, &own).is_ok(), "a run that has pinned it goes on");
}
