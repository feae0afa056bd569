//! Which files were changed: looked at again and again, since that works on every disk and needs no other crate.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What tools write beside the sources, and no author changes.
const MADE: [&str; 6] = ["dist", "target", "node_modules", "__pycache__", "Cargo.lock", "package-lock.json"];

/// How deep folders are looked into: a link to a folder above would have no end.
const DEPTH: usize = 8;

/// Files with their moment and size.
pub(crate) type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Looks at all files below these folders, without hidden ones and what tools make.
pub(crate) fn look(roots: &[&Path]) -> Seen {
    let mut seen = Seen::new();
    for root in roots {
        below(root, DEPTH, &mut seen);
    }
    seen
}

fn below(folder: &Path, depth: usize, seen: &mut Seen) {
    // What can't be read now may be written just now: the next look will tell.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name.ends_with('~') || MADE.contains(&&*name) {
            continue;
        }
        let Ok(metadata) = fs::metadata(entry.path()) else { continue };
        if metadata.is_dir() {
            if depth > 0 {
                below(&entry.path(), depth - 1, seen);
            }
        } else {
            seen.insert(entry.path(), (metadata.modified().ok(), metadata.len()));
        }
    }
}

/// Looks until something differs from what was seen, and then until nothing changes any more: an editor that saves several
/// files is waited for. Between two looks it pauses.
pub(crate) fn wait(roots: &[&Path], seen: &Seen, pause: &mut dyn FnMut()) -> Seen {
    let mut last = seen.clone();
    loop {
        pause();
        let now = look(roots);
        if now == last && now != *seen {
            return now;
        }
        last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_when_it_is_over_and_what_tools_make_is_not() {
        let home = std::env::temp_dir().join(format!("turnabout-watch-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = home.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("app.py", "one");
        let roots = [home.as_path()];
        let seen = look(&roots);
        let mut pauses = 0;
        // What happens while it pauses: a build, then two saves of an editor.
        let after = wait(&roots, &seen, &mut || {
            pauses += 1;
            match pauses {
                1 => write("dist/app.wasm", "made"),
                2 => write(".git/index", "hidden"),
                3 => write("app.py", "longer"),
                4 => write("cases/new.json", "{}"),
                _ => {}
            }
        });
        assert_eq!(pauses, 5, "it waits for the second save, and once more");
        let names: Vec<_> = after.keys().map(|path| path.strip_prefix(&home).unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["app.py", "cases/new.json"]);
        fs::remove_dir_all(&home).unwrap();
    }
}
