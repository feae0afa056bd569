//! The contract's types and entry points of a logic, as wit-bindgen generates them. A logic needs [`crate::Logic`]
//! instead.
#![allow(
    missing_docs,
    unreachable_pub,
    unsafe_code,
    clippy::pedantic,
    reason = "generated: the documentation is in wit/plugin.wit, and crossing the boundary takes raw pointers"
)]

wit_bindgen::generate!({
    path: "../wit",
    world: "logic-plugin",
    pub_export_macro: true,
    export_macro_name: "export_logic_bindings",
    default_bindings_module: "turnabout_plugin_sdk::logic_bindings",
    // One `log` for both worlds, so that its notes are written in one place.
    with: { "turnabout:plugin/log@1.0.0": crate::bindings::turnabout::plugin::log },
});
