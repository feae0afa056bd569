//! Where compiled components are kept between commands: the user's folder for what can be made again.

use crate::failure::Failure;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use turnabout_sandbox::{CodeCache, Limits, Sandbox};

/// The variable that names another folder, or says `off`.
const VARIABLE: &str = "TURNABOUT_CACHE";

/// One a process: several sandboxes share it. Nothing fails because there is none.
static CACHE: LazyLock<Option<CodeCache>> = LazyLock::new(|| {
    let variable = |name: &str| std::env::var_os(name);
    let (folder, asked) = place(&variable)?;
    let opened = CodeCache::open(&folder);
    if let (Err(error), Asked::Yes) = (&opened, asked) {
        eprintln!("note: {VARIABLE} is not used, and components are compiled anew: {error}");
    }
    opened.ok()
});

/// Whether somebody named the folder, who is to hear that it can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Yes,
    No,
}

/// The cache of this process, if there is one.
pub(crate) fn code_cache() -> Option<&'static CodeCache> {
    CACHE.as_ref()
}

/// A sandbox without the standard plugins.
pub(crate) fn sandbox() -> Result<Sandbox, Failure> {
    Sandbox::with_cache(Limits::standard(), code_cache()).map_err(|error| Failure::Internal(error.to_string()))
}

/// A sandbox with the plugins that come with the engine.
pub(crate) fn standard_sandbox() -> Result<Sandbox, Failure> {
    Sandbox::with_standard_plugins_and_cache(code_cache()).map_err(|error| Failure::Internal(error.to_string()))
}

/// The folder, and whether it was asked for; none if it is off, or the system names none.
fn place(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<(PathBuf, Asked)> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(named) = set(VARIABLE) {
        return (named != "off").then(|| (named.into(), Asked::Yes));
    }
    // As the XDG specification has it, a path that is not absolute does not count.
    let absolute = |name: &str| set(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || absolute("HOME");
    let of_user = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| home().map(|home| home.join(".cache")))
    };
    of_user.map(|folder| (folder.join(Path::new("turnabout")), Asked::No))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_one_that_is_named_or_the_users() {
        let asked = |path: &str| Some((PathBuf::from(path), Asked::Yes));
        let own = |path: &str| Some((PathBuf::from(path), Asked::No));
        for (variables, expect) in [
            (&[("HOME", "/home/a"), (VARIABLE, "off")][..], None),
            (&[("HOME", "/home/a"), (VARIABLE, "here")], asked("here")),
            (&[("HOME", "/home/a"), (VARIABLE, "")], own("/home/a/.cache/turnabout")),
            (&[("HOME", "/home/a"), ("XDG_CACHE_HOME", "/c")], own("/c/turnabout")),
            (&[("HOME", "/home/a"), ("XDG_CACHE_HOME", "c")], own("/home/a/.cache/turnabout")),
            (&[("HOME", "a")], None),
            (&[], None),
        ] {
            let variable = |name: &str| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| value.into());
            assert_eq!(place(&variable), expect, "{variables:?}");
        }
    }
}
