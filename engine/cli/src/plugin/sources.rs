//! Whether a component is what its sources give: by their contents, which a build writes down beside it. Moments of files say
//! nothing after a checkout or a copy.

use super::{Folder, watch};
use std::{
    fs,
    path::{Path, PathBuf},
};
use turnabout_sandbox::component_sha256;

/// What lies in a plugin's folder and is no source of its component.
const BESIDE: [&str; 3] = ["cases", "tests", "README.md"];

/// Writes down which component was built of which sources.
pub(super) fn note(folder: &Folder, component: &[u8]) -> std::io::Result<()> {
    let text = format!("component {}\nsources {}\n", component_sha256(component), hash(&folder.path));
    fs::write(record(folder), text)
}

/// What stands against a component, if its sources are not those it was built of; nothing where no build wrote that down.
pub(super) fn stale(folder: &Folder, component: &[u8]) -> Option<String> {
    let text = fs::read_to_string(record(folder)).ok()?;
    let noted = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let file = folder.component();
    let file = file.display();
    if noted("component")? != component_sha256(component) {
        return Some(format!("{file} is not what the last build wrote"));
    }
    (noted("sources")? != hash(&folder.path)).then(|| format!("the sources were changed after {file} was built"))
}

fn record(folder: &Folder) -> PathBuf {
    folder.component().with_extension("sources")
}

/// The hash of everything that a component is built of: each file's path, size and bytes, in order.
fn hash(folder: &Path) -> String {
    let mut all = Vec::new();
    for path in watch::look(&[folder]).into_keys() {
        let Ok(own) = path.strip_prefix(folder) else { continue };
        let beside = own.iter().next().is_some_and(|first| BESIDE.iter().any(|name| first == *name));
        if beside {
            continue;
        }
        // What can't be read is a difference as soon as it can be.
        let bytes = fs::read(&path).unwrap_or_default();
        all.extend_from_slice(format!("{}\n{}\n", own.display(), bytes.len()).as_bytes());
        all.extend_from_slice(&bytes);
    }
    component_sha256(&all).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plugin::{Kind, Language, scaffold};

    #[test]
    fn a_component_is_stale_when_a_source_says_something_else_and_not_when_a_case_does() {
        let home = std::env::temp_dir().join(format!("turnabout-stale-{}", std::process::id()));
        scaffold::write(&home, "same-site", Language::Python, Kind::Rule).unwrap();
        let folder = Folder::read(&home).unwrap();
        fs::create_dir(home.join("dist")).unwrap();
        assert_eq!(stale(&folder, b"one"), None, "nothing was written down");
        note(&folder, b"one").unwrap();
        assert_eq!(stale(&folder, b"one"), None);

        let app = fs::read_to_string(home.join("app.py")).unwrap();
        fs::write(home.join("app.py"), format!("{app}\n")).unwrap();
        let said = stale(&folder, b"one").unwrap();
        assert!(said.starts_with("the sources were changed after "), "{said}");
        fs::write(home.join("app.py"), app).unwrap();
        fs::write(home.join("cases/one.json"), "{}").unwrap();
        assert_eq!(stale(&folder, b"one"), None, "the same words again, and a case is no source");

        let said = stale(&folder, b"two").unwrap();
        assert!(said.ends_with("is not what the last build wrote"), "{said}");
        fs::remove_dir_all(&home).unwrap();
    }
}
