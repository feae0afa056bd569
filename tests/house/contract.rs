//! The contract with plugins grows by new interfaces alone: components that were built for it go on running.

use super::source::root;
use std::collections::BTreeMap;

/// The interfaces and worlds of a contract by their heads, without what only people read.
fn items(wit: &str) -> BTreeMap<String, String> {
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    let mut item = String::new();
    for line in wit.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        if ["interface ", "world ", "package "].iter().any(|head| line.starts_with(head)) {
            line.clone_into(&mut item);
        }
        let text = items.entry(item.clone()).or_default();
        text.push_str(line);
        text.push('\n');
    }
    items
}

/// What of an earlier contract is no longer as it was.
fn changed(earlier: &str, now: &str) -> Vec<String> {
    let now = items(now);
    items(earlier).into_iter().filter(|(item, text)| now.get(item) != Some(text)).map(|(item, _)| item).collect()
}

#[test]
fn a_component_that_was_built_for_the_contract_still_fits_it() {
    let now = std::fs::read_to_string(root().join("plugins/wit/plugin.wit")).unwrap();
    let earlier = std::fs::read_to_string(root().join("tests/golden/contract-1.0.0.wit")).unwrap();
    assert_eq!(items(&earlier).len(), 6, "a package, three interfaces and two worlds");
    let changed = changed(&earlier, &now);
    assert!(changed.is_empty(), "plugins have built upon {changed:?}: leave it, and add an interface or a new major");
}

#[test]
fn a_record_that_grew_is_noticed_and_a_new_interface_is_not() {
    let now = std::fs::read_to_string(root().join("plugins/wit/plugin.wit")).unwrap();
    let more = format!("{now}\ninterface forecast {{\n    guess: func() -> u32;\n}}\n");
    assert!(changed(&now, &more).is_empty());
    let grown = now.replacen("        version: string,\n", "        version: string,\n        author: string,\n", 1);
    assert_eq!(changed(&now, &grown), ["interface rule {"]);
    assert_eq!(changed(&now, &now.replace("@1.0.0", "@1.1.0")), ["package turnabout:plugin@1.0.0;"]);
}
