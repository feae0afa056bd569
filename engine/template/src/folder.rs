//! Reads a template's folder: the only I/O of this crate.

use crate::{
    layout,
    limits::{MAX_COMPONENTS_BYTES, MAX_FILES, MAX_FOLDER_DEPTH, MAX_PATH_BYTES, MAX_TEMPLATE_BYTES},
    tailored::Origins,
};
use smol_str::{SmolStr, format_smolstr};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use turnabout_core::bundle::TemplateFiles;

/// Why a folder could not be read as a template.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is nothing there.
    #[error("there is no folder {0}: is the path right?")]
    Missing(PathBuf),
    /// It is a file.
    #[error("{0} is a file: give the template's folder instead")]
    NotAFolder(PathBuf),
    /// It is a folder of something else.
    #[error("{0} is no template: it has neither programme.toml nor client.toml")]
    NotATemplate(PathBuf),
    /// A client's file that can't be used. [`read_folder_to_check`] tells all that is wrong with it, with its places.
    #[error("{path} can't be used: {why}")]
    Client {
        /// The file.
        path: PathBuf,
        /// Why not: the first thing that is wrong, with its line if it has one.
        why: String,
    },
    /// Too many files.
    #[error("{0} has more than {MAX_FILES} files: is it really a template's folder?")]
    TooManyFiles(PathBuf),
    /// One file is too large.
    #[error("{path} has {bytes} bytes; such a file of a template has at most {most}")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// What it may have.
        most: usize,
    },
    /// All files together are too large.
    #[error("the files of {0} have more than {MAX_TEMPLATE_BYTES} bytes together")]
    TooLargeTogether(PathBuf),
    /// All components together are too large.
    #[error("the components of {0} have more than {MAX_COMPONENTS_BYTES} bytes together")]
    ComponentsTooLarge(PathBuf),
    /// Folders in folders in folders.
    #[error("{0} lies more than {MAX_FOLDER_DEPTH} folders deep")]
    TooDeep(PathBuf),
    /// The path is too long.
    #[error("the path of {0} is longer than {MAX_PATH_BYTES} bytes")]
    PathTooLong(PathBuf),
    /// A link that leads out of the template, to nothing or to a folder.
    #[error("{0} is a link that does not lead to a file of the same template: copy the file instead")]
    Link(PathBuf),
    /// A name that is no UTF-8 or has a control character or a backslash.
    #[error("{} has a name that not every computer can read: rename it", .0.display())]
    Name(PathBuf),
    /// The disk.
    #[error("{path} could not be read: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

/// Reads the files of a template by their path in it.
///
/// A client's folder, which has a `client.toml` and no manifest, reads as the template that it names with the client's
/// changes.
///
/// Hidden files and what editors leave behind are skipped. The script modules of the folder `lib` beside the template
/// (`workflows/lib/NAME.rhai`) are included as `lib/NAME.rhai`, so that the bundle holds all it needs; a module of the
/// same name in the template's own `lib` wins.
pub fn read_folder(path: &Path) -> Result<TemplateFiles, FolderError> {
    read_folder_traced(path).map(|(files, _)| files)
}

/// Does what [`read_folder`] does, and knows where each part of a client's files was written: what is wrong with them can
/// then be shown there.
///
/// # Errors
/// As [`read_folder`]; a client's file with something in it that can't be carried out is refused whole.
pub fn read_folder_traced(path: &Path) -> Result<(TemplateFiles, Origins), FolderError> {
    let (files, origins) = read_folder_to_check(path)?;
    match origins.refusal(path) {
        Some(refusal) => Err(refusal),
        None => Ok((files, origins)),
    }
}

/// Does what [`read_folder_traced`] does, and reads a client's files as far as they can be read. What could not be carried
/// out is left out of the files, so that they are there to be checked and for nothing else: [`Origins::trace`] tells of it,
/// and [`Origins::refusal`] whether there is anything of the kind.
pub fn read_folder_to_check(path: &Path) -> Result<(TemplateFiles, Origins), FolderError> {
    let root = existing(path)?;
    if !root.join("programme.toml").is_file() && root.join("client.toml").is_file() {
        return crate::tailored::read(path);
    }
    Ok((with_shared(path, read_own(path)?)?, Origins::default()))
}

/// Reads the files of a template that lie in its folder, without the modules that it shares with its neighbours.
///
/// This is what a fork consists of, and what [`read_folder`] adds [`with_shared`] to.
pub fn read_own(path: &Path) -> Result<TemplateFiles, FolderError> {
    let root = existing(path)?;
    if !root.join("programme.toml").is_file() {
        return Err(FolderError::NotATemplate(path.into()));
    }
    let mut reader = Reader::new(path, &root);
    reader.folder(&root, "", 0)?;
    Ok(reader.files)
}

/// Adds the script modules of the folder `lib` beside a template's folder to files that are, or are to be, that template.
pub fn with_shared(path: &Path, files: TemplateFiles) -> Result<TemplateFiles, FolderError> {
    let root = canonical(path)?;
    let mut reader = Reader::new(path, &root);
    for (name, content) in &files {
        *reader.budget(name) += content.len();
    }
    reader.files = files;
    if let Some(shared) = root.parent().map(|parent| parent.join("lib")).filter(|lib| lib.is_dir()) {
        let shared = canonical(&shared)?;
        if shared != root {
            let mut modules = Reader { root: &shared, only_scripts: true, ..reader };
            modules.folder(&shared, "lib/", MAX_FOLDER_DEPTH)?;
            return Ok(modules.files);
        }
    }
    Ok(reader.files)
}

fn existing(path: &Path) -> Result<PathBuf, FolderError> {
    let metadata = fs::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => FolderError::Missing(path.into()),
        _ => FolderError::Io { path: path.into(), source },
    })?;
    if metadata.is_dir() { canonical(path) } else { Err(FolderError::NotAFolder(path.into())) }
}

/// Reads some folders of a folder that is no template itself.
pub(crate) fn read_beside(path: &Path, folders: &[&str]) -> Result<TemplateFiles, FolderError> {
    let root = canonical(path)?;
    let mut reader = Reader::new(path, &root);
    for folder in folders.iter().filter(|folder| root.join(folder).is_dir()) {
        let real = canonical(&root.join(folder))?;
        if !real.starts_with(&root) {
            return Err(FolderError::Link(path.join(folder)));
        }
        reader.folder(&real, &format!("{folder}/"), 1)?;
    }
    Ok(reader.files)
}

fn canonical(path: &Path) -> Result<PathBuf, FolderError> {
    fs::canonicalize(path).map_err(|source| FolderError::Io { path: path.into(), source })
}

struct Reader<'a> {
    /// The folder as the caller named it, for errors.
    shown: &'a Path,
    /// The real folder that no link may leave.
    root: &'a Path,
    files: TemplateFiles,
    bytes: usize,
    component_bytes: usize,
    only_scripts: bool,
}

impl<'a> Reader<'a> {
    fn new(shown: &'a Path, root: &'a Path) -> Self {
        Self { shown, root, files: TemplateFiles::new(), bytes: 0, component_bytes: 0, only_scripts: false }
    }

    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), FolderError> {
        let failed = |source| FolderError::Io { path: folder.into(), source };
        let mut entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        // The order of the first error must not depend on the file system.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name();
            let name = name
                .to_str()
                .filter(|name| !name.chars().any(|c| c.is_control() || c == '\\'))
                .ok_or_else(|| FolderError::Name(path.clone()))?;
            if is_left_behind(name) {
                continue;
            }
            let inner = format_smolstr!("{prefix}{name}");
            let kind = entry.file_type().map_err(|source| FolderError::Io { path: path.clone(), source })?;
            if kind.is_dir() {
                if self.only_scripts {
                    continue;
                }
                if depth >= MAX_FOLDER_DEPTH {
                    return Err(FolderError::TooDeep(path));
                }
                self.folder(&path, &format!("{inner}/"), depth + 1)?;
            } else {
                let is_script = Path::new(name).extension().is_some_and(|extension| extension == "rhai");
                if self.only_scripts && (!is_script || self.files.contains_key(&inner)) {
                    continue;
                }
                let real = if kind.is_symlink() { self.target(&path)? } else { path.clone() };
                self.file(&real, inner, &path)?;
            }
        }
        Ok(())
    }

    /// A link is followed only to a file within the folder: else a template could show any file of the machine.
    fn target(&self, link: &Path) -> Result<PathBuf, FolderError> {
        let target = fs::canonicalize(link).map_err(|_| FolderError::Link(link.into()))?;
        if target.starts_with(self.root) && target.is_file() { Ok(target) } else { Err(FolderError::Link(link.into())) }
    }

    fn file(&mut self, real: &Path, inner: SmolStr, shown: &Path) -> Result<(), FolderError> {
        if inner.len() > MAX_PATH_BYTES {
            return Err(FolderError::PathTooLong(shown.into()));
        }
        if self.files.len() >= MAX_FILES {
            return Err(FolderError::TooManyFiles(self.shown.into()));
        }
        let failed = |source| FolderError::Io { path: shown.into(), source };
        let metadata = fs::metadata(real).map_err(failed)?;
        if !metadata.is_file() {
            // A pipe or a device would block for ever.
            return Err(FolderError::Link(shown.into()));
        }
        let most = layout::most_bytes(&inner);
        if metadata.len() > most as u64 {
            return Err(FolderError::TooLarge { path: shown.into(), bytes: metadata.len(), most });
        }
        let content = fs::read(real).map_err(failed)?;
        *self.budget(&inner) += content.len();
        if self.bytes > MAX_TEMPLATE_BYTES {
            return Err(FolderError::TooLargeTogether(self.shown.into()));
        }
        if self.component_bytes > MAX_COMPONENTS_BYTES {
            return Err(FolderError::ComponentsTooLarge(self.shown.into()));
        }
        self.files.insert(inner, content);
        Ok(())
    }

    /// What files of a kind have used of what they may: components are far larger than all else together.
    fn budget(&mut self, name: &str) -> &mut usize {
        if layout::is_component(name) { &mut self.component_bytes } else { &mut self.bytes }
    }
}

/// Tells what editors, merges and desktops leave behind; it is no part of a template and would change its hash.
fn is_left_behind(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".bak", ".orig", ".rej", ".swp", ".tmp"].iter().any(|end| name.ends_with(end))
        || ["Thumbs.db", "desktop.ini", "__MACOSX"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::MAX_FILE_BYTES;

    fn write(root: &Path, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[test]
    fn a_folder_brings_its_files_and_the_shared_modules() {
        let home = tempfile::tempdir().unwrap();
        write(
            home.path(),
            &[
                ("police/programme.toml", "t"),
                ("police/messages/hello.hbs", "m"),
                ("police/messages/hello.hbs~", "old"),
                ("police/.git/config", "hidden"),
                ("police/.upstream/files/messages/hello.hbs", "as it was"),
                ("police/lib/own.rhai", "own"),
                ("lib/own.rhai", "shared"),
                ("lib/cohort.rhai", "c"),
                ("lib/notes.md", "n"),
            ],
        );
        let files = read_folder(&home.path().join("police")).unwrap();
        let got: Vec<_> =
            files.iter().map(|(path, text)| (path.as_str(), std::str::from_utf8(text).unwrap())).collect();
        assert_eq!(
            got,
            [("lib/cohort.rhai", "c"), ("lib/own.rhai", "own"), ("messages/hello.hbs", "m"), ("programme.toml", "t")]
        );
    }

    #[test]
    fn every_refusal_names_the_path() {
        let home = tempfile::tempdir().unwrap();
        let at = |path: &str| home.path().join(path);
        write(home.path(), &[("file", "x"), ("empty/readme", "x"), ("big/programme.toml", "x")]);
        fs::write(at("big/huge.md"), vec![b'x'; MAX_FILE_BYTES + 1]).unwrap();
        write(home.path(), &[("deep/programme.toml", "x"), ("deep/a/b/c/d/e/f", "x")]);
        write(home.path(), &[("many/programme.toml", "x")]);
        for n in 0..=MAX_FILES {
            fs::write(at("many").join(format!("{n}.md")), "").unwrap();
        }
        write(home.path(), &[("heavy/programme.toml", "x")]);
        for n in 0..=MAX_TEMPLATE_BYTES / MAX_FILE_BYTES {
            fs::write(at("heavy").join(format!("{n}.md")), vec![b'x'; MAX_FILE_BYTES]).unwrap();
        }
        for (path, expect) in [
            ("nowhere", "there is no folder"),
            ("file", "is a file"),
            ("empty", "it has neither programme.toml nor client.toml"),
            ("big", "huge.md has 524289 bytes"),
            ("deep", "folders deep"),
            ("many", "more than 500 files"),
            ("heavy", "bytes together"),
        ] {
            let error = read_folder(&at(path)).unwrap_err().to_string();
            assert!(error.contains(expect) && error.contains(path), "{path}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_template_is_refused_and_one_within_is_read() {
        use std::os::unix::{ffi::OsStrExt, fs::symlink};
        let home = tempfile::tempdir().unwrap();
        write(home.path(), &[("secret", "s"), ("t/programme.toml", "x"), ("t/messages/a.hbs", "a")]);
        symlink("a.hbs", home.path().join("t/messages/b.hbs")).unwrap();
        assert_eq!(read_folder(&home.path().join("t")).unwrap()["messages/b.hbs"], b"a");
        symlink(home.path().join("secret"), home.path().join("t/messages/c.hbs")).unwrap();
        assert!(matches!(read_folder(&home.path().join("t")), Err(FolderError::Link(_))));
        fs::remove_file(home.path().join("t/messages/c.hbs")).unwrap();
        // Neither may a client's folder as a whole be a link to somewhere else.
        let client = home.path().join("client");
        write(&client, &[("client.toml", "x")]);
        fs::create_dir(home.path().join("private")).unwrap();
        symlink(home.path().join("private"), client.join("messages")).unwrap();
        assert!(matches!(read_beside(&client, &["messages"]), Err(FolderError::Link(_))));
        fs::write(home.path().join("t").join(std::ffi::OsStr::from_bytes(b"\xff.md")), "x").unwrap();
        assert!(matches!(read_folder(&home.path().join("t")), Err(FolderError::Name(_))));
    }
}
