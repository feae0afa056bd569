//! Plugins of one's own: new folders, the check of components, and a client that brings one.

use crate::program::{project, turnabout};
use std::{fs, path::Path};

const HOSTILE: &str = "plugins/dist/hostile.wasm";

#[test]
fn a_new_plugin_is_a_folder_and_none_is_overwritten() {
    let home = tempfile::tempdir().unwrap();
    for language in ["rust", "python", "js"] {
        for kind in ["rule", "logic"] {
            let folder = home.path().join(format!("{language}-{kind}"));
            let folder = folder.to_str().unwrap();
            let arguments = ["plugin", "new", "same-site", "--lang", language, "--kind", kind, "--to", folder];
            let said = turnabout(&arguments);
            assert_eq!(said.code, Some(0), "{said:?}");
            assert!(fs::read_to_string(Path::new(folder).join("plugin.toml")).unwrap().contains("id = \"same-site\""));
            let again = turnabout(&arguments);
            assert_eq!(again.code, Some(2), "{again:?}");
            assert!(again.err.contains("is there already"), "{again:?}");
            let unbuilt = turnabout(&["plugin", "test", folder]);
            assert!(unbuilt.err.contains("turnabout plugin build"), "{unbuilt:?}");
        }
    }
    let bad = turnabout(&["plugin", "new", "../x", "--lang", "rust", "--kind", "rule"]);
    assert_eq!(bad.code, Some(2), "{bad:?}");
}

#[test]
fn a_component_is_checked_and_what_is_none_is_told_what_to_do() {
    let said = turnabout(&["plugin", "check", "plugins/dist/difference.wasm"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.out.matches("  ok  ").count(), 8, "{said:?}");
    let said = turnabout(&["plugin", "check", "README.md"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("help: name the .wasm file") && said.err.contains("error[cli::plugin]"), "{said:?}");
}

/// The broadcaster's client with the fixture in its folder, pinned by a hash, and asked to behave in its plan.
fn client(home: &Path, pin: &str) -> String {
    let from = project().join("examples/broadcaster");
    for folder in ["", "messages", "rehearsals"] {
        fs::create_dir_all(home.join(folder)).unwrap();
        for entry in fs::read_dir(from.join(folder)).unwrap().map(Result::unwrap).filter(|e| e.path().is_file()) {
            fs::copy(entry.path(), home.join(folder).join(entry.file_name())).unwrap();
        }
    }
    fs::create_dir_all(home.join("plugins")).unwrap();
    fs::copy(project().join(HOSTILE), home.join("plugins/own.wasm")).unwrap();
    let edit = |file: &str, edit: &dyn Fn(String) -> String| {
        let text = edit(fs::read_to_string(home.join(file)).unwrap());
        fs::write(home.join(file), text).unwrap();
    };
    let workflows = project().join("workflows").display().to_string();
    edit("client.toml", &|text| text.replace("../../workflows", &workflows));
    edit("changes.toml", &|text| {
        text.replace("[plugins]", &format!("[plugins]\nown = \"{pin}\""))
            .replace("rules = [", "rules = [{ plugin = \"own\", weight = 1.0, settings = { do = \"behave\" } },")
    });
    home.to_str().unwrap().to_owned()
}

#[test]
fn a_client_rehearses_with_a_component_of_its_own_and_another_one_is_refused_with_its_hash() {
    let index: toml::Table = fs::read_to_string(project().join("plugins/dist/index.toml")).unwrap().parse().unwrap();
    let plugins = index["plugin"].as_array().unwrap();
    let fixture = plugins.iter().find(|plugin| plugin["id"].as_str() == Some("hostile")).unwrap();
    let hash = fixture["sha256"].as_str().unwrap();

    let home = tempfile::tempdir().unwrap();
    let folder = client(home.path(), hash);
    let said = turnabout(&["check", &folder]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let said = turnabout(&["rehearse", &folder]);
    assert!(said.code == Some(0) && said.out.contains(" pairs"), "{said:?}");

    let home = tempfile::tempdir().unwrap();
    let said = turnabout(&["check", &client(home.path(), &"0".repeat(64))]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("plugin::mismatch") && said.err.contains(hash), "{said:?}");
}
