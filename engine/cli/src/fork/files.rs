//! Folders that appear whole or not at all, and files that reach the disk.

use crate::failure::Failure;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Component, Path, PathBuf},
};
use turnabout_core::bundle::TemplateFiles;

/// Names what could not be read or written.
pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> Failure + '_ {
    |source| Failure::File { path: path.display().to_string(), source }
}

/// Writes a file that is not there yet, with its folders.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    let fill = || {
        let mut file = File::create(path)?;
        file.write_all(content)?;
        file.sync_all()
    };
    fill().map_err(failed(path))
}

/// Writes files below a folder.
pub(crate) fn write_all(folder: &Path, files: &TemplateFiles) -> Result<(), Failure> {
    files.iter().try_for_each(|(path, content)| write(&folder.join(path.as_str()), content))
}

/// Tells the disk to keep what was renamed or removed in a folder.
pub(super) fn settle(folder: &Path) -> Result<(), Failure> {
    // Some systems open no folders; there the rename is settled by itself.
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    let _ = folder;
    Ok(())
}

/// A path beside another, with something put before and after its name.
pub(super) fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{before}{name}{after}"))
}

/// Makes a folder with its files: `fill` writes them into another, which takes the name when it is whole. A folder that is
/// there already is refused.
pub(crate) fn new_folder(path: &Path, fill: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    if path.file_name().is_none() {
        let what = format!("{} is no name of a new folder", path.display());
        return Err(Failure::Input { what, hint: "Name a folder that is not there yet.".into() });
    }
    if path.symlink_metadata().is_ok() {
        let what = format!("{} is there already, and was left as it is", path.display());
        return Err(Failure::Input { what, hint: "Name a folder that is not there yet.".into() });
    }
    let part = beside(path, ".", &format!(".{}.part", std::process::id()));
    let made = fill(&part).and_then(|()| fs::rename(&part, path).map_err(failed(path)));
    if made.is_err() {
        let _ = fs::remove_dir_all(&part);
    }
    made?;
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), settle)
}

/// The way from a folder to another path, with `/` between the steps; where there is none, the whole path.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
    let whole = |path: &Path| std::path::absolute(path).map_or_else(|_| path.into(), |path| tidy(&path));
    let real = |path: &Path| {
        // The folder may not be there yet; what holds it is.
        let ancestor = path.ancestors().find_map(|some| Some((some, fs::canonicalize(some).ok()?)));
        ancestor.and_then(|(some, real)| Some(real.join(path.strip_prefix(some).ok()?))).unwrap_or_else(|| path.into())
    };
    let (from, to) = (real(&whole(from)), real(&whole(to)));
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if from.components().next() != to.components().next() {
        return to.display().to_string();
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|step| step.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    if steps.is_empty() { ".".into() } else { steps.join("/") }
}

fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            step => out.push(step),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_folder_to_another() {
        for (from, to, expect) in [
            ("a", "b", "../b"),
            ("a", "workflows/police", "../workflows/police"),
            ("x/y", "x/z/w", "../z/w"),
            ("x", "x", "."),
            ("x/../y", "./z", "../z"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), expect, "{from} {to}");
        }
    }
}
