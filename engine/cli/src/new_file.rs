//! Files that appear whole or not at all.

use crate::failure::Failure;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays as it is, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
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
