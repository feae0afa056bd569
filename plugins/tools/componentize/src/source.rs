//! The hash of what a component is built from. Shared, as a file, with the test that finds stale components.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Hashes everything that one plugin's component depends on: the lock file, the workspace, the contract, the SDK and
/// the plugin's own folder, less its README.
///
/// Paths are relative and sorted, and line ends are kept as `.gitattributes` fixes them, so machines agree.
pub(crate) fn source_sha256(plugins: &Path, id: &str) -> std::io::Result<String> {
    let mut files = vec![plugins.join("Cargo.lock"), plugins.join("Cargo.toml")];
    for folder in ["wit", "sdk", id] {
        collect(&plugins.join(folder), &mut files)?;
    }
    let mut named: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| {
            let relative = file.strip_prefix(plugins).unwrap_or(&file);
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            (parts.join("/"), file)
        })
        .collect();
    named.sort();
    let mut hasher = Sha256::new();
    for (name, file) in named {
        let bytes = std::fs::read(file)?;
        // Name and length first, so that moving a byte from one file to the next changes the hash.
        hasher.update(format!("{name}\0{}\0", bytes.len()));
        hasher.update(bytes);
    }
    Ok(hexadecimal(&hasher.finalize()))
}

/// Writes bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_none_or(|extension| extension != "md") {
            files.push(path);
        }
    }
    Ok(())
}
