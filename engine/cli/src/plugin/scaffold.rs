//! The folders that a new plugin begins as: plugins/scaffolds, with the sdk and the contract.

use super::{Kind, Language};
use crate::failure::Failure;
use include_dir::{Dir, include_dir};
use std::{fs, path::Path};

static RUST_RULE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/rust/rule");
static RUST_LOGIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/rust/logic");
static PYTHON_RULE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/python/rule");
static PYTHON_LOGIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/python/logic");
static JS_RULE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/js/rule");
static JS_LOGIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/js/logic");
static RUST_GOLDEN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/rust/golden");
static SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/sdk");
static PYTHON_SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/python/sdk");
static JS_SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/scaffolds/js/sdk");
static WIT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugins/wit");

/// Which versions a Rust plugin begins with: those that the standard plugins are built with.
const LOCK: &str = include_str!("../../../../plugins/Cargo.lock");

/// Writes a new plugin's folder, which may not be there yet.
pub(crate) fn write(folder: &Path, name: &str, language: Language, kind: Kind) -> Result<(), Failure> {
    if folder.symlink_metadata().is_ok() {
        let what = format!("{} is there already, and was left as it is", folder.display());
        return Err(Failure::Input { what, hint: "Name another folder with --to.".into() });
    }
    let scaffold = match (language, kind) {
        (Language::Rust, Kind::Rule) => &RUST_RULE,
        (Language::Rust, Kind::Logic) => &RUST_LOGIC,
        (Language::Python, Kind::Rule) => &PYTHON_RULE,
        (Language::Python, Kind::Logic) => &PYTHON_LOGIC,
        (Language::Js, Kind::Rule) => &JS_RULE,
        (Language::Js, Kind::Logic) => &JS_LOGIC,
    };
    put_all(scaffold, folder, Some(name))?;
    put_all(&WIT, &folder.join("wit"), None)?;
    match language {
        Language::Rust => {
            put_all(&SDK, &folder.join("sdk"), None)?;
            put_all(&RUST_GOLDEN, &folder.join("tests/golden"), None)?;
            put(&folder.join("Cargo.lock"), LOCK.as_bytes())
        }
        Language::Python => put_all(&PYTHON_SDK, folder, None),
        Language::Js => put_all(&JS_SDK, folder, None),
    }
}

fn put_all(from: &Dir<'_>, to: &Path, name: Option<&str>) -> Result<(), Failure> {
    for file in from.files() {
        let Some(own) = file.path().file_name().map(|own| own.to_string_lossy()) else { continue };
        // Kept without its dot, or it would hide files of this repository.
        let path = to.join(if own == "gitignore" { ".gitignore" } else { &own });
        match (name, file.contents_utf8()) {
            (Some(name), Some(text)) => put(&path, named(text, name).as_bytes())?,
            _ => put(&path, file.contents())?,
        }
    }
    for inner in from.dirs() {
        let Some(own) = inner.path().file_name() else { continue };
        put_all(inner, &to.join(own), name)?;
    }
    Ok(())
}

/// The scaffold is a plugin called my-plugin, in the ways that languages write names.
fn named(text: &str, name: &str) -> String {
    let camel: String = name.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
    text.replace("my-plugin", name).replace("my_plugin", &name.replace('-', "_")).replace("MyPlugin", &camel)
}

fn put(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, content).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scaffold_takes_the_name_in_every_way_of_writing_it() {
        assert_eq!(named("my-plugin my_plugin MyPlugin", "same-site"), "same-site same_site SameSite");
    }

    #[test]
    fn every_scaffold_has_a_manifest_cases_and_the_contract() {
        let home = std::env::temp_dir().join(format!("turnabout-scaffolds-{}", std::process::id()));
        for language in [Language::Rust, Language::Python, Language::Js] {
            for kind in [Kind::Rule, Kind::Logic] {
                let folder = home.join(format!("{}-{}", language.word(), kind.world()));
                write(&folder, "same-site", language, kind).unwrap();
                let read = super::super::Folder::read(&folder).unwrap();
                assert_eq!((read.manifest.kind, read.manifest.language), (kind, language));
                assert_eq!(read.manifest.id, "same-site");
                assert!(folder.join("wit/plugin.wit").is_file() && folder.join("README.md").is_file());
                assert!(super::super::cases::read(&folder).unwrap().len() >= 3);
                assert!(matches!(write(&folder, "same-site", language, kind), Err(Failure::Input { .. })));
            }
        }
        fs::remove_dir_all(&home).unwrap();
    }
}
