//! The golden cases, natively; `turnabout plugin test` asks the component the same ones.

mod golden;

#[test]
fn the_cases_of_the_folder_hold() {
    golden::rule::<my_plugin::MyPlugin>(env!("CARGO_MANIFEST_DIR"));
}

#[test]
fn the_settings_keep_their_schema() {
    turnabout_plugin_sdk::testing::check_settings::<my_plugin::MyPlugin>();
}
