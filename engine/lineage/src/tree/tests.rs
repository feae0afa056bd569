use super::*;
use proptest::prelude::*;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())).collect()
}

const LONG: &str =
    "a line that is long enough\nanother one of them\nand a third to be safe\nthe fourth line\nthe fifth line\n";

fn edited(from: &str, to: &str) -> String {
    assert!(LONG.contains(from));
    LONG.replace(from, to)
}

/// Merges, and shows files and conflicts as text.
fn merged(
    base: &[(&str, &str)],
    ours: &[(&str, &str)],
    theirs: &[(&str, &str)],
) -> (BTreeMap<String, String>, Vec<String>) {
    let (base, ours, theirs) = (tree(base), tree(ours), tree(theirs));
    let merged = merge(Trees { base: &base, ours: &ours, theirs: &theirs });
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let files = merged.files.into_iter().map(|(path, bytes)| (path.to_string(), text(bytes))).collect();
    (files, merged.conflicts.iter().map(ToString::to_string).collect())
}

#[test]
fn an_edit_follows_a_rename_of_the_other_side() {
    let (mine, theirs) = (edited("another one", "quite another one"), LONG.to_owned());
    for (here, there) in [("a.hbs", "b.hbs"), ("b.hbs", "a.hbs")] {
        let (files, conflicts) = merged(&[("a.hbs", LONG)], &[(here, &mine)], &[(there, &theirs)]);
        assert_eq!(conflicts, [""; 0]);
        assert_eq!(files.into_iter().collect::<Vec<_>>(), [("b.hbs".to_owned(), mine.clone())], "{here} {there}");
    }
    let theirs = LONG.replace("fifth", "last");
    let (files, conflicts) = merged(&[("a.hbs", LONG)], &[("a.hbs", &mine)], &[("b.hbs", &theirs)]);
    assert_eq!(conflicts, [""; 0]);
    assert_eq!(files["b.hbs"], mine.replace("fifth", "last"));
}

#[test]
fn a_deletion_against_an_edit_keeps_what_the_fork_did_and_says_so() {
    let mine = edited("third", "3rd");
    let (files, conflicts) = merged(&[("a", LONG)], &[("a", &mine)], &[]);
    assert_eq!(files["a"], mine);
    assert!(conflicts[0].contains("the upstream deleted it"), "{conflicts:?}");
    // What the fork deleted stays deleted, and what the upstream made of it lies beside.
    let (files, conflicts) = merged(&[("a", LONG)], &[], &[("a", &mine)]);
    assert_eq!((files.get("a"), &files["a.upstream"]), (None, &mine));
    assert!(conflicts[0].contains("you deleted it"), "{conflicts:?}");
    for (ours, theirs) in [(&[][..], &[("a", LONG)][..]), (&[("a", LONG)], &[]), (&[], &[])] {
        let (files, conflicts) = merged(&[("a", LONG)], ours, theirs);
        assert!(files.is_empty() && conflicts.is_empty(), "{files:?}");
    }
}

#[test]
fn two_renames_to_one_name_are_both_told() {
    let other = "something else that is long enough to be told apart\nfrom every line of the first one, and longer\n";
    let base = [("a.hbs", LONG), ("b.hbs", other)];
    let (files, conflicts) = merged(&base, &[("x.hbs", LONG), ("b.hbs", other)], &[("a.hbs", LONG), ("x.hbs", other)]);
    assert_eq!((files["x.hbs"].as_str(), files["b.hbs"].as_str()), (LONG, other), "nothing is lost");
    assert_eq!(
        conflicts,
        ["b.hbs: the upstream renamed it x.hbs, and you renamed a.hbs x.hbs: give one of the two another name"]
    );
    // A file that is new in the fork is nothing that it renamed.
    let mine = "a file of my own, which nobody else has\nor has ever had before\n";
    let (_, conflicts) =
        merged(&base, &[("a.hbs", LONG), ("b.hbs", other), ("x.hbs", mine)], &[("a.hbs", LONG), ("x.hbs", other)]);
    assert!(
        conflicts[0].starts_with("b.hbs: the upstream renamed it x.hbs, where you have another file"),
        "{conflicts:?}"
    );
}

#[test]
fn two_names_for_one_file_and_two_files_for_one_name_are_conflicts() {
    let (files, conflicts) = merged(&[("a", LONG)], &[("b", LONG)], &[("c", LONG)]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["b"]);
    assert!(conflicts[0].contains("the upstream calls it c"), "{conflicts:?}");
    // The fork has a file of its own where the upstream's goes.
    let (files, conflicts) = merged(&[("a", LONG)], &[("a", LONG), ("b", "mine\n")], &[("b", LONG)]);
    assert_eq!((files["a"].as_str(), files["b"].as_str()), (LONG, "mine\n"));
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    // The upstream needs a folder where the fork has a file.
    let (files, conflicts) = merged(&[], &[("x", "mine\n")], &[("x/y", "theirs\n")]);
    assert_eq!((files["x"].as_str(), files["x.upstream"].as_str()), ("mine\n", "theirs\n"));
    assert!(conflicts[0].contains("x.upstream"), "{conflicts:?}");
    let (files, conflicts) = merged(&[], &[("x", "1\n")], &[("x", "2\n")]);
    assert!(files["x"].starts_with("<<<<<<< yours\n1\n"), "{files:?}");
    assert!(conflicts[0].contains("both added it"), "{conflicts:?}");
    let (files, conflicts) = merged(&[], &[("x", "1\n")], &[("x", "1\r\n")]);
    assert!(files["x"] == "1\n" && conflicts.is_empty());
}

#[test]
fn bytes_that_both_changed_are_both_kept() {
    let (files, conflicts) = merged(&[("p.wasm", "\0a")], &[("p.wasm", "\0b")], &[("p.wasm", "\0c")]);
    assert_eq!((files["p.wasm"].as_str(), files["p.wasm.upstream"].as_str()), ("\0b", "\0c"));
    assert!(conflicts[0].contains("p.wasm.upstream"), "{conflicts:?}");
}

fn some_tree() -> impl Strategy<Value = Tree> {
    let path = prop_oneof![Just("a"), Just("b"), Just("c"), Just("d/e"), Just("d"), Just("programme.toml")];
    let line = prop_oneof![
        Just("one line of some length"),
        Just("two lines of some length"),
        Just("three"),
        Just("name = \"x\""),
        Just("\0")
    ];
    proptest::collection::btree_map(path, proptest::collection::vec(line, 0..6), 0..5).prop_map(|files| {
        let files: BTreeMap<&str, Vec<&str>> = files;
        let both = files.contains_key("d") && files.contains_key("d/e");
        files
            .into_iter()
            .filter(|(path, _)| !(both && *path == "d"))
            .map(|(path, lines)| (path.into(), lines.iter().flat_map(|line| line.bytes().chain(*b"\n")).collect()))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_side_that_did_nothing_changes_nothing(base in some_tree(), other in some_tree()) {
        let quiet = |ours: &Tree, theirs: &Tree| merge(Trees { base: &base, ours, theirs });
        prop_assert_eq!(quiet(&other, &base), Merged { files: other.clone(), conflicts: Vec::new() });
        prop_assert_eq!(quiet(&other, &other), Merged { files: other.clone(), conflicts: Vec::new() });
        let taken = quiet(&base, &other);
        prop_assert_eq!(&taken.conflicts, &Vec::new());
        prop_assert_eq!(taken.files.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    }

    #[test]
    fn no_new_line_of_the_fork_is_lost_and_no_path_is_file_and_folder(
        base in some_tree(), ours in some_tree(), theirs in some_tree()
    ) {
        let merged = merge(Trees { base: &base, ours: &ours, theirs: &theirs });
        let lines = |tree: &Tree| -> BTreeSet<Vec<u8>> {
            tree.values().flat_map(|bytes| bytes.split(|b| *b == b'\n')).map(<[u8]>::to_vec).collect()
        };
        let (before, after) = (lines(&base), lines(&merged.files));
        for line in lines(&ours).difference(&before) {
            prop_assert!(after.contains(line), "{:?} is lost from {:?}", line, merged);
        }
        for path in merged.files.keys() {
            let folder = format!("{path}/");
            prop_assert!(!merged.files.keys().any(|other| other.starts_with(&folder)), "{:?}", merged);
        }
    }
}
