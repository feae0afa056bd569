//! The golden cases, natively; `turnabout plugin test` asks the component the same ones.

mod golden;

#[test]
fn the_cases_of_the_folder_hold() {
    golden::logic::<my_plugin::MyPlugin>(env!("CARGO_MANIFEST_DIR"));
}
