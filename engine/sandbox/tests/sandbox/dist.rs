//! The committed components: built from the sources beside them, listed, and of this place only.

use crate::source::{hexadecimal, source_sha256};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use turnabout_sandbox::{Sandbox, earlier_plugins, standard_plugins};

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins")
}

fn index() -> Vec<toml::Table> {
    let text = std::fs::read_to_string(plugins().join("dist/index.toml")).unwrap();
    let index: toml::Table = text.parse().unwrap();
    index["plugin"].as_array().unwrap().iter().map(|entry| entry.as_table().unwrap().clone()).collect()
}

#[test]
fn components_are_built_from_the_sources_beside_them() {
    for entry in index() {
        let id = entry["id"].as_str().unwrap();
        assert_eq!(
            entry["source_sha256"].as_str().unwrap(),
            source_sha256(&plugins(), id).unwrap(),
            "the component of {id} is stale: run plugins/build and commit plugins/dist"
        );
        let component = std::fs::read(plugins().join("dist").join(entry["file"].as_str().unwrap())).unwrap();
        assert_eq!(entry["sha256"].as_str().unwrap(), hexadecimal(&Sha256::digest(&component)), "{id}");
        // A logic brings a language of its own, with regular expressions; there is one, and it is compiled once.
        let most = if entry["kind"].as_str().unwrap() == "logic" { 384 << 10 } else { 128 << 10 };
        assert!(component.len() < most, "{id} has {} bytes, and each is compiled on a user's machine", component.len());
        let text = String::from_utf8_lossy(&component);
        for place in ["/home/", "/root/", "/work/", "/usr/", "/tmp/", "crates.io"] {
            assert!(!text.contains(place), "{id} names {place}");
        }
    }
}

#[test]
fn every_plugin_of_the_index_comes_with_the_engine() {
    let listed: Vec<(String, String)> = index()
        .iter()
        .filter(|entry| !entry["fixture"].as_bool().unwrap())
        .map(|entry| (entry["id"].as_str().unwrap().into(), entry["sha256"].as_str().unwrap().into()))
        .collect();
    let embedded: Vec<(String, String)> =
        standard_plugins().iter().map(|plugin| (plugin.id.into(), plugin.sha256.to_string())).collect();
    assert_eq!(listed, embedded);
}

#[test]
fn what_came_with_an_engine_before_is_there_for_ever() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let ballot_1_0_0 = "49b3c72f0a0edc652d500fc82b730aa9fa7ae33bd5c87e358b09f79f4188ca9a";
    let found: Vec<(&str, &str)> = earlier_plugins().iter().map(|plugin| (plugin.id, plugin.sha256.as_str())).collect();
    assert_eq!(found, [("ballot", ballot_1_0_0)]);
    assert!(sandbox.has(ballot_1_0_0));
}

#[test]
fn every_plugin_of_the_workspace_is_listed() {
    let mut folders: Vec<String> = std::fs::read_dir(plugins())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("plugin.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let listed: Vec<String> = index().iter().map(|entry| entry["id"].as_str().unwrap().into()).collect();
    assert_eq!(folders, listed);
}
