//! Renamed files: one that is gone and one that is new, with the same content or nearly.

use crate::{
    Tree,
    endings::{same, text},
    limits::{MAX_RENAME_PAIRS, RENAME_LIKENESS},
};
use smol_str::SmolStr;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Finds which files of `before` have another path in `after`: the old path and the new one.
///
/// Files with the same content are taken first, then the most alike; equals in the order of their paths. A rename keeps
/// the ending of the name, and a file that is still there was not renamed.
pub(crate) fn renames(before: &Tree, after: &Tree) -> BTreeMap<SmolStr, SmolStr> {
    let gone: Vec<_> = before.iter().filter(|(path, _)| !after.contains_key(*path)).collect();
    let new: Vec<_> = after.iter().filter(|(path, _)| !before.contains_key(*path)).collect();
    let look_closer = gone.len() * new.len() <= MAX_RENAME_PAIRS;
    let mut candidates = Vec::new();
    for (old, was) in &gone {
        for (path, is) in new.iter().filter(|(path, _)| ending(path) == ending(old)) {
            let likeness = if same(was, is) {
                101
            } else if look_closer {
                likeness(was, is)
            } else {
                0
            };
            if likeness >= RENAME_LIKENESS {
                candidates.push((Reverse(likeness), (*old).clone(), (*path).clone()));
            }
        }
    }
    candidates.sort();
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, old, path) in candidates {
        if !found.contains_key(&old) && taken.insert(path.clone()) {
            found.insert(old, path);
        }
    }
    found
}

fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// How much of the longer lines two texts share, in hundredths. Lines of a brace or a rule are alike everywhere and do not
/// count.
fn likeness(one: &[u8], other: &[u8]) -> usize {
    let (Some(one), Some(other)) = (text(one), text(other)) else { return 0 };
    let (one, other) = (lines(one), lines(other));
    let weight = |lines: &BTreeMap<&str, usize>| lines.iter().map(|(line, times)| line.len() * times).sum::<usize>();
    let all = weight(&one) + weight(&other);
    let shared = one.iter().map(|(line, times)| line.len() * times.min(other.get(line).unwrap_or(&0))).sum::<usize>();
    (200 * shared).checked_div(all).unwrap_or_default()
}

fn lines(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| line.len() > 3) {
        *found.entry(line).or_default() += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        files.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_file_is_followed_to_where_it_went() {
        let text = "+++\nsubject = \"Welcome\"\n+++\nDear you,\n\nthank you for volunteering.\nWe meet on Monday.\n";
        let before = tree(&[("m/a.hbs", text), ("m/b.hbs", "something else entirely\n"), ("m/c.hbs", "the third\n")]);
        let changed = text.replace("Monday", "Tuesday");
        for (after, expect) in [
            (tree(&[("m/hello.hbs", text)]), &[("m/a.hbs", "m/hello.hbs")][..]),
            (tree(&[("m/hello.hbs", &changed)]), &[("m/a.hbs", "m/hello.hbs")]),
            // The same content wins over what is alike.
            (tree(&[("m/hello.hbs", &changed), ("m/z.hbs", text)]), &[("m/a.hbs", "m/z.hbs")]),
            // A copy is no rename, another ending is another kind of file, and nothing alike is nothing renamed.
            (tree(&[("m/a.hbs", text), ("m/z.hbs", text)]), &[]),
            (tree(&[("m/a.txt", text)]), &[]),
            (tree(&[("m/z.hbs", "nothing that anybody has said before\n")]), &[]),
        ] {
            let found = renames(&before, &after);
            let found: Vec<_> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
            assert_eq!(found, expect);
        }
    }
}
