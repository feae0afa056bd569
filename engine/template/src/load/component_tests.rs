//! A template's own components: pinned, let through the gate, and what they are used for.

use crate::{
    hash::component_hash,
    load, read_folder,
    testing::{FakeMessages, FakeScripts, print, sound},
};
use insta::assert_snapshot;
use smol_str::SmolStr;
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    ports::{
        Components, Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, PluginError, PluginFault,
        PluginKind, PluginRef,
    },
};
use turnabout_model::Survey;

const PATH: &str = "plugins/shared-topics.wasm";
const PINNED: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// The sound template with a component for its one rule, and that pinned.
fn with_component(component: &[u8]) -> TemplateFiles {
    let mut files = sound();
    let manifest = String::from_utf8(files["programme.toml"].clone()).unwrap();
    let manifest = manifest.replace(PINNED, &component_hash(component));
    files.insert("programme.toml".into(), manifest.into_bytes());
    files.insert(PATH.into(), component.to_vec());
    files
}

fn loaded(files: &TemplateFiles) -> Result<Bundle, String> {
    match load(files.clone(), &FakeScripts, &FakeMessages) {
        Ok((bundle, notes)) => {
            assert_eq!(notes, []);
            Ok(bundle)
        }
        Err(problems) => Err(print(&problems, files)),
    }
}

#[test]
fn a_pinned_component_is_part_of_the_bundle_and_of_its_hash() {
    let bundle = loaded(&with_component(b"\0asm\x0d")).unwrap();
    let components: Vec<_> = bundle.components().collect();
    let plugin = PluginRef { id: "shared-topics".into(), sha256: component_hash(b"\0asm\x0d").into() };
    assert_eq!(components, [(plugin, &b"\0asm\x0d"[..])]);
    let without = loaded(&sound()).unwrap();
    assert_eq!(without.components().count(), 0);
    assert_ne!(bundle.hash, without.hash);
}

#[test]
fn another_component_than_the_pinned_one_is_refused_with_its_hash() {
    let mut files = with_component(b"one");
    files.insert(PATH.into(), b"two".to_vec());
    assert_snapshot!(loaded(&files).unwrap_err(), @r#"
    error[plugin::mismatch] plugins/shared-topics.wasm is another component than the one pinned
      programme.toml:53:17 `\"7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\"` not its hash
      help: if you have just built it, write `shared-topics = "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"`; else put the pinned one back
    "#);
}

#[test]
fn a_component_that_nobody_pins_is_refused_with_the_line_to_add() {
    let mut files = sound();
    files.insert("plugins/tenure.wasm".into(), b"two".to_vec());
    assert_snapshot!(loaded(&files).unwrap_err(), @r#"
    error[plugin::unpinned] [plugins] does not pin the component plugins/tenure.wasm
      plugins/tenure.wasm:1:1 `` this component
      help: add `tenure = "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"` to [plugins] of the manifest, or of changes.toml
    "#);
}

/// Says of every component what it was told to, and that it has it.
struct Gate(Result<PluginKind, PluginFault>);

impl Components for Gate {
    fn keep(&self, _: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
        Ok(())
    }

    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError> {
        self.0.clone().map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })
    }
}

impl Logics for Gate {
    fn check(&self, _: &PluginRef, _: &str, _: &Survey) -> Result<Vec<LogicProblem>, PluginError> {
        Ok(Vec::new())
    }

    fn judge(&self, _: JudgeRequest<'_>) -> Result<Judgement, PluginError> {
        Ok(Judgement::default())
    }

    fn check_flags(
        &self,
        _: &PluginRef,
        _: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Vec<LogicProblem>, PluginError> {
        Ok(Vec::new())
    }

    fn flags(&self, _: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError> {
        Ok(Vec::new())
    }
}

#[test]
fn what_the_gate_says_is_said_at_the_pin() {
    let codes = |said| -> Vec<SmolStr> {
        let gate = Gate(said);
        match crate::check(with_component(b"one"), &FakeScripts, &FakeMessages, &gate) {
            Ok(_) => Vec::new(),
            Err(problems) => {
                assert_eq!(problems[0].labels[0].file, "programme.toml");
                problems.into_iter().map(|problem| problem.code).collect()
            }
        }
    };
    assert_eq!(codes(Ok(PluginKind::Rule)), [""; 0]);
    assert_eq!(codes(Ok(PluginKind::Logic)), ["plugin::kind"]);
    assert_eq!(codes(Err(PluginFault::Contract("it imports the clock".into()))), ["plugin::contract"]);
}

#[test]
fn a_client_brings_a_component_of_its_own_which_may_be_larger_than_a_text() {
    let home = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    for (path, bytes) in sound() {
        write(&format!("template/{path}"), &bytes);
    }
    let component = vec![7; crate::limits::MAX_TEMPLATE_BYTES + 1];
    write("acme/client.toml", b"name = \"acme\"\ntemplate = \"../template\"\n");
    let changes = format!("[plugins]\nshared-topics = \"{}\"\n", component_hash(&component));
    write("acme/changes.toml", changes.as_bytes());
    write("acme/plugins/shared-topics.wasm", &component);
    let bundle = loaded(&read_folder(&home.path().join("acme")).unwrap()).unwrap();
    assert_eq!(bundle.components().map(|(_, bytes)| bytes.len()).collect::<Vec<_>>(), [component.len()]);
}
