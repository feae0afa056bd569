//! From sources to a component, with the tools of each language.

use super::{Folder, Language, sources};
use crate::failure::Failure;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The target of Rust plugins: no WASI, so nothing to import but the log.
const TARGET: &str = "wasm32-unknown-unknown";

/// Builds a plugin's component into its folder `dist`, and returns it.
pub(crate) fn build(folder: &Folder) -> Result<Vec<u8>, Failure> {
    let out = folder.component();
    if let Some(dist) = out.parent() {
        fs::create_dir_all(dist).map_err(|source| file(dist, source))?;
    }
    match folder.manifest.language {
        Language::Rust => rust(folder, &out)?,
        Language::Python => python(folder, &out)?,
        Language::Js => js(folder, &out)?,
    }
    let component = fs::read(&out).map_err(|source| file(&out, source))?;
    sources::note(folder, &component).map_err(|source| file(&out, source))?;
    Ok(component)
}

fn file(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), source }
}

/// Runs a tool in the plugin's folder. Its output is the author's to read: of a tool that runs and fails it says what to mend.
/// One that is not there has to be installed.
fn run(command: &mut Command, folder: &Folder, install: &str) -> Result<(), Failure> {
    let program = Path::new(command.get_program());
    let shown = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let status = command
        .current_dir(&folder.path)
        .status()
        .map_err(|error| Failure::Input { what: format!("{shown} could not be run: {error}"), hint: install.into() })?;
    if status.success() {
        return Ok(());
    }
    let hint = "Mend what it says above, and build again.".into();
    Err(Failure::Input { what: format!("{shown} failed, {status}"), hint })
}

fn rust(folder: &Folder, out: &Path) -> Result<(), Failure> {
    let root = fs::canonicalize(&folder.path).map_err(|source| file(&folder.path, source))?;
    // A Rust plugin keeps its stack at the start of its memory; and nothing of this machine belongs into a component.
    // Flags are parted by a character that no path has: a folder's name may hold spaces.
    let flags = format!("-C\x1flink-arg=-zstack-size=131072\x1f--remap-path-prefix={}=plugin", root.display());
    let mut command = match (has_target(), debian()) {
        (true, _) => Command::new("cargo"),
        (false, true) => {
            let mut command = Command::new("/usr/bin/cargo");
            command.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
            command.args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"]);
            command
        }
        (false, false) => {
            return Err(Failure::Input {
                what: format!("the Rust target {TARGET} is not installed"),
                hint: format!(
                    "Run: rustup target add {TARGET}; or, on Debian: apt-get install rustc-web cargo-web rust-web-src lld"
                ),
            });
        }
    };
    let target = root.join("target");
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags).env("CARGO_TARGET_DIR", &target);
    command.args(["build", "--release", "--lib", "--target", TARGET]);
    run(&mut command, folder, "Install Rust: https://rustup.rs")?;
    let module = format!("{}.wasm", folder.manifest.id.replace('-', "_"));
    let module = target.join(TARGET).join("release").join(module);
    let module = fs::read(&module).map_err(|source| file(&module, source))?;
    let component = turnabout_sandbox::componentize(&module).map_err(|error| Failure::Input {
        what: error.to_string(),
        hint: "Export the plugin with export_rule! or export_logic!.".into(),
    })?;
    fs::write(out, component).map_err(|source| file(out, source))
}

/// Tells whether rustup's compiler has the target.
fn has_target() -> bool {
    let said = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    said.is_ok_and(|said| PathBuf::from(String::from_utf8_lossy(&said.stdout).trim()).is_dir())
}

/// Tells whether Debian's compiler is there with the sources of the standard library.
fn debian() -> bool {
    ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/lib/rustlib/src/rust", "/usr/bin/wasm-ld"]
        .iter()
        .all(|path| Path::new(path).exists())
}

fn python(folder: &Folder, out: &Path) -> Result<(), Failure> {
    let own = folder.path.join(".venv/bin/componentize-py");
    let tool = if own.is_file() { fs::canonicalize(&own).unwrap_or(own) } else { "componentize-py".into() };
    let out = std::path::absolute(out).map_err(|source| file(out, source))?;
    let mut command = Command::new(tool);
    // The author's own error is all there is to see; where in the tool it was met helps nobody.
    command.env("RUST_BACKTRACE", "0").env("RUST_LIB_BACKTRACE", "0");
    command.args(["--quiet", "--wit-path", "wit", "--world", folder.manifest.kind.world()]);
    command.args(["componentize", "--stub-wasi", "--python-path", ".", "app", "--output"]).arg(out);
    run(
        &mut command,
        folder,
        "Install it into the plugin's folder: python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
    )
}

fn js(folder: &Folder, out: &Path) -> Result<(), Failure> {
    let own = folder.path.join("node_modules/.bin/componentize-qjs");
    let tool = if own.exists() { std::path::absolute(&own).unwrap_or(own) } else { "componentize-qjs".into() };
    let out = std::path::absolute(out).map_err(|source| file(out, source))?;
    let mut command = Command::new(tool);
    command.args(["--wit", "wit", "--js", "app.js", "--module-root", ".", "--world", folder.manifest.kind.world()]);
    command.args(["--stub-wasi", "--sync", "--output"]).arg(out);
    run(&mut command, folder, "Install it into the plugin's folder: npm install")
}
