//! Files that appear whole or not at all.

use crate::failure::Failure;
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays as it is, and nothing is written.
    Keep,
    /// It is replaced if it is an earlier page or table of the same kind: whoever asks for a report again wants the new one, and
    /// whoever named another file by mistake keeps it.
    ReplaceReport,
    /// It is replaced.
    Replace,
}

/// What every page of ours says of itself near its beginning.
const OUR_PAGE: &str = "<meta name=\"generator\" content=\"Turnabout\">";

/// How much of a file is read to tell what it is, in bytes.
const BEGINNING: u64 = 4096;

impl Existing {
    /// What becomes of a report that is there, with `--force` or without.
    pub(crate) fn of_report(force: bool) -> Self {
        if force { Self::Replace } else { Self::ReplaceReport }
    }

    /// The same, once it is known whether the file there is one like this.
    fn decided(self, path: &Path, content: &[u8]) -> Self {
        match self {
            Self::ReplaceReport if is_like(path, content) => Self::Replace,
            Self::ReplaceReport => Self::Keep,
            other => other,
        }
    }
}

/// Tells whether a file is an earlier one of these: a page of ours, or a table with the same headings.
fn is_like(path: &Path, content: &[u8]) -> bool {
    // A link may lead to what somebody else keeps.
    if !path.symlink_metadata().is_ok_and(|there| there.is_file()) {
        return false;
    }
    let mut there = Vec::new();
    if File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut there)).is_err() {
        return false;
    }
    let (there, new) = (String::from_utf8_lossy(&there), String::from_utf8_lossy(content));
    if new.contains(OUR_PAGE) {
        there.contains(OUR_PAGE)
    } else {
        there.lines().next().is_some_and(|line| !line.is_empty() && new.lines().next() == Some(line))
    }
}

/// Refuses a path that ends otherwise than it should, so that `--force` replaces no file of another kind.
pub(crate) fn ends_in(path: &Path, ending: &str) -> Result<(), Failure> {
    if path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return Ok(());
    }
    let what = format!("{} is not the name of a .{ending} file", path.display());
    Err(Failure::Input { what, hint: format!("Name a file that ends in .{ending} with --to.") })
}

/// Refuses a file that is there already; what is written later looks once more.
pub(crate) fn free(path: &Path, existing: Existing) -> Result<(), Failure> {
    if existing == Existing::Keep && path.symlink_metadata().is_ok() { Err(taken(path)) } else { Ok(()) }
}

/// Writes a file beside its place, and puts it there when it is whole.
pub(crate) fn write(path: &Path, content: &[u8], existing: Existing) -> Result<(), Failure> {
    let Some(name) = path.file_name() else {
        return Err(Failure::Input {
            what: format!("{} is no file", path.display()),
            hint: "Name a file with --to.".into(),
        });
    };
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        // A pipe or a device takes what it is given, and nothing takes its place.
        return fs::write(path, content).map_err(|source| Failure::File { path: path.display().to_string(), source });
    }
    let existing = existing.decided(path, content);
    let part = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = fill(&part, content).and_then(|()| put(&part, path, existing));
    // After a rename nothing is there; else nothing may stay.
    let _ = fs::remove_file(&part);
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => taken(path),
        _ => Failure::File { path: path.display().to_string(), source },
    })
}

fn fill(part: &PathBuf, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(part)?;
    file.write_all(content)?;
    file.sync_all()
}

fn put(part: &Path, path: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Replace {
        return fs::rename(part, path);
    }
    // A link is refused where a file is; a rename would replace one that came meanwhile.
    match fs::hard_link(part, path) {
        // Some places know no links: a memory stick, a share.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
                && !path.try_exists()? =>
        {
            fs::rename(part, path)
        }
        done => done,
    }
}

fn taken(path: &Path) -> Failure {
    Failure::Input {
        what: format!("{} is there already, and was left as it is", path.display()),
        hint: "Name another file, or replace this one with --force.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_takes_the_place_of_an_earlier_one_and_of_nothing_else() {
        let folder = std::env::temp_dir().join(format!("turnabout-new-report-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.html");
        let page = |text: &str| format!("<!doctype html><head>{OUR_PAGE}</head>{text}").into_bytes();
        for (there, new, replaced) in [
            (page("one"), page("two"), true),
            (b"<!doctype html>somebody's own".to_vec(), page("two"), false),
            (b"name = \"acme\"".to_vec(), page("two"), false),
            (b"survey,n\na,1\n".to_vec(), b"survey,n\na,2\n".to_vec(), true),
            (b"name,email\na,1\n".to_vec(), b"survey,n\na,2\n".to_vec(), false),
            (Vec::new(), b"survey,n\n".to_vec(), false),
        ] {
            fs::write(&path, &there).unwrap();
            assert_eq!(write(&path, &new, Existing::of_report(false)).is_ok(), replaced);
            assert_eq!(fs::read(&path).unwrap(), if replaced { new.clone() } else { there });
            write(&path, &new, Existing::of_report(true)).unwrap();
            assert_eq!(fs::read(&path).unwrap(), new);
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_is_replaced_only_on_purpose_and_nothing_else_stays() {
        let folder = std::env::temp_dir().join(format!("turnabout-new-file-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.toml");
        write(&path, b"first", Existing::Keep).unwrap();
        assert!(matches!(write(&path, b"second", Existing::Keep), Err(Failure::Input { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"third", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert!(matches!(write(&folder.join("no/a.toml"), b"x", Existing::Keep), Err(Failure::File { .. })));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "a part was left");
        fs::remove_dir_all(&folder).unwrap();
    }
}
