//! The binary says what it is.
//!
//! It is also why `cargo test` builds the binary before the whole-system tests in `tests/cli` and `tests/live` run it.

#[test]
fn the_binary_says_its_version() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_turnabout")).arg("--version").output();
    let said = said.expect("the binary runs");
    assert_eq!(String::from_utf8_lossy(&said.stdout), format!("turnabout {}\n", env!("CARGO_PKG_VERSION")));
}
