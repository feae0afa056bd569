//! A list of thousands of strings that all point at one megabyte: a plugin has it for nothing, and the host would copy each.

use turnabout_sandbox::{Inspection, Limits, Sandbox, Step};
use wit_component::{DecodedWasm, StringEncoding, decode, embed_component_metadata};

const HOSTILE: &[u8] = include_bytes!("../../../../plugins/dist/hostile.wasm");

/// Which list of its description holds the strings.
#[derive(Debug, Clone, Copy)]
enum List {
    /// What it reads of mentors: a name and a kind.
    Attributes,
    /// Its reasons: a code and a text, both of them such strings.
    Reasons,
}

/// A rule that describes itself with so many strings of so many bytes, which all lie in the same place, and does no more.
fn aliasing(list: List, strings: u32, bytes: u32) -> Vec<u8> {
    // The description lies at 16 and the list at 2 MB, the string at 64 KB. A record of attributes has 12 bytes, of reasons 16.
    let (offset, size, second) = match list {
        List::Attributes => (32, 12, "i32.const 0 i32.store8 offset=8".to_owned()),
        List::Reasons => {
            (56, 16, format!("i32.const 65536 i32.store offset=8 local.get $at i32.const {bytes} i32.store offset=12"))
        }
    };
    let module = format!(
        r#"(module
            (memory (export "memory") 40)
            (data (i32.const 0) "own1.0.0{{}}")
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 1048576)
            (func (export "turnabout:plugin/rule@1.0.0#describe") (result i32) (local $at i32) (local $left i32)
                (i32.store offset=16 (i32.const 0) (i32.const 0)) (i32.store offset=20 (i32.const 0) (i32.const 3))
                (i32.store offset=24 (i32.const 0) (i32.const 3)) (i32.store offset=28 (i32.const 0) (i32.const 5))
                (i32.store offset=48 (i32.const 0) (i32.const 8)) (i32.store offset=52 (i32.const 0) (i32.const 2))
                (i32.store offset={offset} (i32.const 0) (i32.const 2097152))
                (i32.store offset={length} (i32.const 0) (i32.const {strings}))
                (local.set $at (i32.const 2097152)) (local.set $left (i32.const {strings}))
                (loop $next
                    (i32.store (local.get $at) (i32.const 65536)) (i32.store offset=4 (local.get $at) (i32.const {bytes}))
                    local.get $at {second}
                    (local.set $at (i32.add (local.get $at) (i32.const {size})))
                    (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
                i32.const 16)
            (func (export "turnabout:plugin/rule@1.0.0#score") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32) unreachable)
            (func (export "turnabout:plugin/rule@1.0.0#explain")
                (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) unreachable))"#,
        length = offset + 4,
    );
    let mut module = wat::parse_str(&module).unwrap_or_else(|error| panic!("{error}: {module}"));
    let Ok(DecodedWasm::Component(resolve, world)) = decode(HOSTILE) else { panic!("the fixture is a component") };
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    turnabout_sandbox::componentize(&module).unwrap()
}

fn inspect(component: &[u8]) -> Inspection {
    Sandbox::new(Limits::standard()).unwrap().inspect(component)
}

#[test]
fn two_thousand_strings_over_one_megabyte_are_not_copied() {
    for list in [List::Attributes, List::Reasons] {
        let component = aliasing(list, 2_000, 1 << 20);
        let found = inspect(&component);
        let [complaint] = found.complaints.as_slice() else { panic!("{list:?}: {:?}", found.complaints) };
        assert_eq!(
            (complaint.step, complaint.code),
            (Step::Describes, "plugin::bad_output"),
            "{list:?}: {complaint:?}"
        );
        assert!(complaint.what.contains("too much data"), "{list:?}: {complaint:?}");
    }
}

#[test]
fn a_few_short_strings_in_the_same_place_are_a_description() {
    for list in [List::Attributes, List::Reasons] {
        let found = inspect(&aliasing(list, 1, 3));
        assert!(found.reached > Step::Describes, "{list:?}: {:?}", found.complaints);
        assert!(found.rule.is_some_and(|rule| rule.id == "own"), "{list:?}");
    }
}
