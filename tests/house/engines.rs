//! Each foreign engine is named by one crate, so that it can be replaced in one place.

use crate::{
    manifests::{crates, dependencies},
    source::{EMBED, code, files, names, relative, root},
};

/// The engines, and the crate whose business each is.
const ENGINES: [(&str, &str); 8] = [
    ("rhai", "script"),
    ("wasmtime", "sandbox"),
    ("sled", "store"),
    ("handlebars", "render"),
    ("calamine", "xlsform"),
    ("rust_xlsxwriter", "xlsform"),
    ("diffy", "lineage"),
    ("axum", "server"),
];

#[test]
fn an_engine_is_in_one_manifest_only() {
    let homes = crates().into_iter().map(|name| (format!("engine/{name}"), name));
    let others = ["tests", EMBED].map(|folder| (folder.to_owned(), folder.to_owned()));
    for (folder, name) in homes.chain(others) {
        let taken = dependencies(&root().join(&folder).join("Cargo.toml"), true);
        for (engine, home) in ENGINES.iter().filter(|(_, home)| *home != name) {
            assert!(!taken.contains(*engine), "{folder}/Cargo.toml names {engine}, which is the business of {home}");
        }
    }
}

#[test]
fn an_engine_is_in_the_sources_of_one_crate_only() {
    let mut seen = 0;
    for folder in crates().iter().map(|name| format!("engine/{name}")).chain(["tests".into(), EMBED.into()]) {
        for file in files(&root().join(&folder)) {
            let code = code(&std::fs::read_to_string(&file).unwrap());
            for (engine, home) in ENGINES {
                if folder == format!("engine/{home}") {
                    seen += usize::from(names(&code, engine));
                } else {
                    assert!(!names(&code, engine), "{} names {engine}, the business of {home}", relative(&file));
                }
            }
        }
    }
    assert!(seen > 0, "the engines were not found even at home");
}
