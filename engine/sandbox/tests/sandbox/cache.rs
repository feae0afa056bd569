//! Compiled components on disk: found again, compiled anew when they are broken, and not kept where others may write.

use std::fs;
use std::path::Path;
use turnabout_core::ports::{PluginRef, RuleDescription, Rules as _};
use turnabout_sandbox::{CodeCache, CodeCacheError, Limits, Sandbox, standard_plugins};

/// What a standard rule says of itself in a new sandbox, and how many components the cache had of it.
fn described(home: &Path) -> (RuleDescription, usize) {
    let cache = CodeCache::open(home).unwrap();
    let sandbox = Sandbox::with_cache(Limits::standard(), Some(&cache)).unwrap();
    let standard = standard_plugins().iter().find(|standard| standard.id == "difference").unwrap();
    let sha256 = sandbox.install(standard.component).unwrap();
    (sandbox.describe(&PluginRef { id: "difference".into(), sha256 }).unwrap(), cache.found())
}

/// Cuts every entry short, and says how many there were.
fn cut(folder: &Path) -> usize {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| match fs::read(&path) {
            Err(_) => cut(&path),
            Ok(bytes) if bytes.len() > 1_000 => {
                fs::write(&path, &bytes[..1_000]).unwrap();
                1
            }
            Ok(_) => 0,
        })
        .sum()
}

#[test]
fn what_one_sandbox_compiled_the_next_one_finds_and_a_broken_entry_is_compiled_anew() {
    let home = tempfile::tempdir().unwrap();
    let (first, found) = described(home.path());
    assert_eq!(found, 0);
    assert_eq!(described(home.path()), (first.clone(), 1));
    assert_eq!(cut(home.path()), 1);
    assert_eq!(described(home.path()), (first, 0));
}

#[test]
fn a_folder_that_can_not_be_made_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "a file").unwrap();
    assert!(matches!(CodeCache::open(&file), Err(CodeCacheError::Unwritable { .. })));
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_may_write_into_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    assert!(CodeCache::open(home.path()).is_ok());
    let own = home.path().join("components");
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o700);
    fs::set_permissions(&own, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(matches!(CodeCache::open(home.path()), Err(CodeCacheError::Foreign(_))));
}
