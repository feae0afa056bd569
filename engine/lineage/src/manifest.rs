//! What of a manifest is the fork's own: its name, its lineage, and its version once it has one.
//!
//! These are single lines of `programme.toml`, and a merge that saw them would conflict at every update: the upstream's new
//! version stands beside the fork's own name.

use crate::{
    Tree,
    endings::{same, text},
};
use smol_str::SmolStr;
use toml_writer::{ToTomlValue as _, TomlStringBuilder};

/// The manifest's path.
pub const MANIFEST: &str = "programme.toml";

/// Where a fork comes from, as its manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// The upstream's name.
    pub template: SmolStr,
    /// Its version.
    pub version: SmolStr,
    /// The content hash of its files.
    pub hash: SmolStr,
}

impl Lineage {
    fn line(&self) -> String {
        format!(
            "lineage = {{ template = {}, version = {}, hash = {} }}",
            quoted(&self.template),
            quoted(&self.version),
            quoted(&self.hash)
        )
    }
}

/// A TOML string in one line.
fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// The manifest of an upstream as that of a new fork: another name, and where it comes from below it.
pub fn forked(manifest: &str, name: &str, lineage: &Lineage) -> String {
    let named = with_line(manifest, "name", Some(&format!("name = {}", quoted(name))));
    with_lineage(&named, lineage)
}

/// A manifest with this lineage in place of the one it has. One that was written as a section of its own is left alone.
pub fn with_lineage(manifest: &str, lineage: &Lineage) -> String {
    let section = manifest.lines().any(|line| line.trim() == "[lineage]");
    if section { manifest.to_owned() } else { with_line(manifest, "lineage", Some(&lineage.line())) }
}

/// The tree of an upstream with those lines of the fork's manifest that are its own. `base` says which upstream the fork
/// began with: the fork's version is its own once it differs from that.
pub fn aligned(upstream: &Tree, base: &Tree, ours: &Tree) -> Tree {
    let manifest = |tree: &Tree| tree.get(MANIFEST).and_then(|bytes| text(bytes)).map(str::to_owned);
    let (Some(before), Some(own), Some(theirs)) = (manifest(base), manifest(ours), manifest(upstream)) else {
        return upstream.clone();
    };
    let mut text = theirs;
    for key in ["name", "lineage"] {
        text = with_line(&text, key, line_of(&own, key).as_deref());
    }
    let version = line_of(&own, "version");
    if version.is_some() && version != line_of(&before, "version") {
        text = with_line(&text, "version", version.as_deref());
    }
    let mut tree = upstream.clone();
    if !same(text.as_bytes(), &tree[MANIFEST]) {
        tree.insert(MANIFEST.into(), text.into_bytes());
    }
    tree
}

fn line_of(manifest: &str, key: &str) -> Option<String> {
    find(manifest, key).map(|range| manifest[range].trim_end().to_owned())
}

/// Puts a line in place of a key's, or below the name where there is none; without a line the key's is taken out.
fn with_line(manifest: &str, key: &str, line: Option<&str>) -> String {
    let ending = if manifest.contains("\r\n") { "\r\n" } else { "\n" };
    let new = line.map(|line| format!("{line}{ending}")).unwrap_or_default();
    let mut text = manifest.to_owned();
    if let Some(range) = find(manifest, key) {
        text.replace_range(range, &new);
    } else if let Some(name) = find(manifest, "name") {
        let open = !text[name.clone()].ends_with('\n');
        text.insert_str(name.end, &if open { format!("{ending}{new}") } else { new });
    }
    text
}

/// The bytes of the line that gives a key before the first section, its end included. Texts over several lines are skipped.
fn find(manifest: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let (mut at, mut within) = (0, None);
    for line in manifest.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if within.is_none() {
            if line.trim_start().starts_with('[') {
                return None;
            }
            let gives = line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
            if gives {
                return Some(range);
            }
        }
        for quotes in ["\"\"\"", "'''"] {
            if within.is_none_or(|open| open == quotes) && line.matches(quotes).count() % 2 == 1 {
                within = if within.is_some() { None } else { Some(quotes) };
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICE: &str = "name = \"police\"\nversion = \"1.0.0\"\npurpose = \"\"\"\nname = \"a text\"\n[not a section\n\"\"\"\n\
                          licence = \"MIT\"\n\n[settings.name]\nname = \"x\"\n";

    fn lineage(version: &str) -> Lineage {
        Lineage { template: "police".into(), version: version.into(), hash: "ab".into() }
    }

    #[test]
    fn a_fork_gets_a_name_and_a_lineage_and_nothing_else_changes() {
        let fork = forked(POLICE, "acme", &lineage("1.0.0"));
        let lines = "name = \"acme\"\nlineage = { template = \"police\", version = \"1.0.0\", hash = \"ab\" }\nversion";
        assert!(fork.starts_with(lines), "{fork}");
        assert!(fork.ends_with(&POLICE[POLICE.find("version").unwrap()..]), "{fork}");
        let later = with_lineage(&fork, &lineage("2.0"));
        assert_eq!(later, fork.replacen("version = \"1.0.0\", hash", "version = \"2.0\", hash", 1));
        assert_eq!(quoted("a\"b\\\u{1b}"), "\"a\\\"b\\\\\\u001B\"");
        assert_eq!(find(POLICE, "licence").map(|range| &POLICE[range]), Some("licence = \"MIT\"\n"));
        assert_eq!(find(POLICE, "nam"), None);
        let crlf = POLICE.replace('\n', "\r\n");
        assert_eq!(forked(&crlf, "acme", &lineage("1.0.0")), fork.replace('\n', "\r\n"));
    }

    #[test]
    fn the_version_is_the_upstreams_until_the_fork_has_one() {
        let tree = |text: &str| Tree::from([(MANIFEST.into(), text.as_bytes().to_vec())]);
        let fork = forked(POLICE, "acme", &lineage("1.0.0"));
        let newer = POLICE.replacen("1.0.0", "1.1.0", 1);
        let text = |tree: &Tree| String::from_utf8(tree[MANIFEST].clone()).unwrap();
        let seen = text(&aligned(&tree(&newer), &tree(POLICE), &tree(&fork)));
        assert!(seen.contains("name = \"acme\"\nlineage = ") && seen.contains("\nversion = \"1.1.0\"\n"), "{seen}");
        let own = fork.replacen("\nversion = \"1.0.0\"", "\nversion = \"3\"", 1);
        let seen = text(&aligned(&tree(&newer), &tree(POLICE), &tree(&own)));
        assert!(seen.contains("\nversion = \"3\"\n") && !seen.contains("1.1.0"), "{seen}");
    }
}
