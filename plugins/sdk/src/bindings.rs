//! The contract's types and entry points as wit-bindgen generates them. A rule needs [`crate::Rule`] instead.
#![allow(
    missing_docs,
    unreachable_pub,
    unsafe_code,
    clippy::pedantic,
    reason = "generated: the documentation is in wit/plugin.wit, and crossing the boundary takes raw pointers"
)]

wit_bindgen::generate!({
    path: "../wit",
    world: "rule-plugin",
    pub_export_macro: true,
    export_macro_name: "export_bindings",
    default_bindings_module: "turnabout_plugin_sdk::bindings",
});
