//! The content hash of a template.

use sha2::{Digest, Sha256};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{BundleHash, TextHash};

/// Hashes a template's files: SHA-256 over a version line, then for each file in order of its path the length of the
/// path, the path, the length of the content and the content.
///
/// The lengths (eight bytes, big-endian) make the encoding unambiguous: no two sets of files share one.
pub fn content_hash(files: &TemplateFiles) -> BundleHash {
    let mut hasher = Sha256::new();
    hasher.update(b"turnabout-bundle-1\n");
    for (path, content) in files {
        for part in [path.as_bytes(), content.as_slice()] {
            // A length always fits: usize is at most 64 bits.
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    BundleHash(hex::encode(hasher.finalize()).into())
}

/// The SHA-256 of a component, in lower-case hexadecimal: what a manifest pins.
pub(crate) fn component_hash(component: &[u8]) -> String {
    hex::encode(Sha256::digest(component))
}

/// Hashes a text that people sign: SHA-256 over its bytes.
pub(crate) fn text_hash(text: &str) -> TextHash {
    TextHash(hex::encode(Sha256::digest(text.as_bytes())).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(files: &[(&str, &str)]) -> BundleHash {
        content_hash(&files.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())).collect())
    }

    #[test]
    fn moving_bytes_between_path_and_content_changes_the_hash() {
        let all = [
            hash(&[]),
            hash(&[("a", "bc")]),
            hash(&[("ab", "c")]),
            hash(&[("a", "b"), ("c", "")]),
            hash(&[("a", ""), ("b", "c")]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert_eq!(one.0.len(), 64);
            assert!(all[i + 1..].iter().all(|other| other != one));
        }
    }

    #[test]
    fn the_hash_of_known_files_never_changes() {
        // A golden value: runs pin their bundle by it.
        insta::assert_snapshot!(hash(&[("programme.toml", "name = \"a\"\n")]), @"1efe7d3622c8efd7d8e0fe30725ba876ffbc7404298fc2eae660e73dae1f57d4");
    }
}
