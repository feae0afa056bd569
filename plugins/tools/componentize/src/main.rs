//! Makes components of core modules and keeps `dist/index.toml`: the native half of `plugins/build`.
//!
//! `componentize PLUGINS MODULES OUT RUSTC`: for every folder of PLUGINS that has a `plugin.toml`, takes the core module
//! of that name from MODULES, writes the component to OUT, and describes them all in OUT/index.toml.

mod source;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::{Path, PathBuf};
use wit_component::ComponentEncoder;

/// What `plugin.toml` says, as far as it matters here.
#[derive(Deserialize)]
struct Manifest {
    id: String,
    version: String,
    kind: String,
    #[serde(default)]
    fixture: bool,
}

/// `dist/index.toml`.
#[derive(Serialize)]
struct Index {
    /// The compiler, without which the bytes can't be expected to come out the same.
    rustc: String,
    plugin: Vec<Entry>,
}

/// One component of the index.
#[derive(Serialize)]
struct Entry {
    id: String,
    version: String,
    /// What it exports: `rule` or `logic`.
    kind: String,
    file: String,
    sha256: String,
    source_sha256: String,
    /// Whether it is there for tests only.
    fixture: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [plugins, modules, out, rustc] = arguments.as_slice() else {
        return Err("usage: componentize PLUGINS MODULES OUT RUSTC".into());
    };
    let (plugins, modules, out) = (Path::new(plugins), Path::new(modules), Path::new(out));
    std::fs::create_dir_all(out)?;
    let mut index = Index { rustc: rustc.clone(), plugin: Vec::new() };
    for folder in folders(plugins)? {
        let manifest: Manifest = toml::from_str(&std::fs::read_to_string(folder.join("plugin.toml"))?)?;
        index.plugin.push(build(plugins, modules, out, manifest)?);
    }
    let text = format!(
        "# Written by plugins/build. A test compares source_sha256 with the sources.\n{}",
        toml::to_string(&index)?
    );
    std::fs::write(out.join("index.toml"), text)?;
    Ok(())
}

/// The plugins' folders, in order of their names.
fn folders(plugins: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(plugins)? {
        let path = entry?.path();
        if path.join("plugin.toml").exists() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn build(plugins: &Path, modules: &Path, out: &Path, manifest: Manifest) -> Result<Entry, Box<dyn Error>> {
    let Manifest { id, version, kind, fixture } = manifest;
    let module = std::fs::read(modules.join(format!("{}.wasm", id.replace('-', "_"))))?;
    // The module carries its world in a custom section that wit-bindgen wrote; the encoder reads it from there.
    let component = ComponentEncoder::default().validate(true).module(&module)?.encode()?;
    let file = format!("{id}.wasm");
    std::fs::write(out.join(&file), &component)?;
    let sha256 = source::hexadecimal(&Sha256::digest(&component));
    let source_sha256 = source::source_sha256(plugins, &id)?;
    Ok(Entry { id, version, kind, file, sha256, source_sha256, fixture })
}
