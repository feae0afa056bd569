//! Names that differ in nothing but capitals: one file on some disks, two on others.

use super::error::ForkError;
use crate::failure::Failure;
use smol_str::SmolStr;
use std::{collections::BTreeMap, path::Path};
use turnabout_core::bundle::TemplateFiles;
use turnabout_lineage::MANIFEST;

/// Refuses to put merged files in the place of a fork's where its disk would take two of their names for one; on a disk that
/// tells them apart it only says so, since others may have the fork on one that does not.
pub(crate) fn check(fork: &Path, current: &TemplateFiles, merged: &TemplateFiles) -> Result<(), Failure> {
    let Some((one, other)) = alike(current, merged) else { return Ok(()) };
    if is_one_to_the_disk(fork) {
        return Err(ForkError::Alike { one, other }.into());
    }
    eprintln!("warning: {one} and {other} differ in capitals alone; macOS and Windows take them for one file");
    Ok(())
}

/// Two names of the files that there are or are to be that differ in capitals alone, if there are any.
fn alike(current: &TemplateFiles, merged: &TemplateFiles) -> Option<(SmolStr, SmolStr)> {
    let mut known: BTreeMap<String, &SmolStr> = BTreeMap::new();
    for path in merged.keys().chain(current.keys()) {
        match known.get(&path.to_lowercase()) {
            Some(other) if *other != path => return Some(((*other).clone(), path.clone())),
            _ => drop(known.insert(path.to_lowercase(), path)),
        }
    }
    None
}

/// Tells whether a fork's disk finds its manifest under a name in capitals.
fn is_one_to_the_disk(fork: &Path) -> bool {
    fork.join(MANIFEST.to_uppercase()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> TemplateFiles {
        paths.iter().map(|path| (SmolStr::new(path), Vec::new())).collect()
    }

    #[test]
    fn names_that_one_disk_takes_for_one_are_found_before_anything_is_written() {
        for (current, merged, expect) in [
            (["a.md", "b.md"], ["a.md", "b.md"], None),
            (["a.md", "b.md"], ["a.md", "c.md"], None),
            (["a.md", "B.md"], ["a.md", "b.md"], Some(("b.md", "B.md"))),
            (["a.md", "c.md"], ["Notes/x.md", "notes/X.md"], Some(("Notes/x.md", "notes/X.md"))),
        ] {
            let found = alike(&files(&current), &files(&merged));
            assert_eq!(
                found.as_ref().map(|(one, other)| (one.as_str(), other.as_str())),
                expect,
                "{current:?} {merged:?}"
            );
        }
    }

    #[test]
    fn a_disk_that_takes_them_for_one_stops_the_update_and_says_which() {
        let home = std::env::temp_dir().join(format!("turnabout-capitals-{}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        let (current, merged) = (files(&["a.md"]), files(&["A.md"]));
        // As a disk that ignores capitals would have it: the manifest is found under either name.
        std::fs::write(home.join("PROGRAMME.TOML"), "").unwrap();
        let error = check(&home, &current, &merged).unwrap_err();
        assert!(error.to_string().contains("A.md and a.md"), "{error}");
        std::fs::remove_dir_all(&home).unwrap();
        assert!(check(&home, &current, &merged).is_ok(), "a disk that tells them apart takes both");
    }
}
