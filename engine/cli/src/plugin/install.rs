//! A component into a template's or client's folder, and the line that pins it.

use crate::{
    failure::Failure,
    new_file::{self, Existing},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Copies a component into the folder `plugins` of a template or client, and pins it in its manifest. Returns the manifest.
pub(crate) fn install(target: &Path, id: &str, component: &[u8]) -> Result<PathBuf, Failure> {
    let manifest = manifest_of(target)?;
    let failed = |path: &Path, source| Failure::File { path: path.display().to_string(), source };
    let text = match fs::read_to_string(&manifest) {
        Ok(text) => text,
        // A client without changes begins with this one.
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(failed(&manifest, source)),
    };
    let sha256 = turnabout_sandbox::component_sha256(component);
    let text = pinned(&text, id, &sha256).ok_or_else(|| Failure::Input {
        what: format!("{} has [plugins] in a form that can't be changed here", manifest.display()),
        hint: format!("Write into it: {id} = \"{sha256}\""),
    })?;
    let folder = target.join("plugins");
    fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
    new_file::write(&folder.join(format!("{id}.wasm")), component, Existing::Replace)?;
    new_file::write(&manifest, text.as_bytes(), Existing::Replace)?;
    Ok(manifest)
}

/// Where a template, or a client, pins what it brings.
fn manifest_of(target: &Path) -> Result<PathBuf, Failure> {
    let manifest = target.join("programme.toml");
    if manifest.is_file() {
        return Ok(manifest);
    }
    if target.join("client.toml").is_file() {
        return Ok(target.join("changes.toml"));
    }
    Err(turnabout_template::FolderError::NotATemplate(target.into()).into())
}

/// The manifest with the pin in it, and everything else as it was; nothing if it can't be done line by line.
fn pinned(text: &str, id: &str, sha256: &str) -> Option<String> {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let pin = format!("{id} = \"{sha256}\"{ending}");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(ToOwned::to_owned).collect();
    if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
        last.push_str(ending);
    }
    let header = lines.iter().position(|line| line.trim() == "[plugins]");
    if let Some(header) = header {
        let after = &lines[header + 1..];
        let section = after.iter().take_while(|line| !line.trim_start().starts_with('['));
        let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().trim_matches('"').to_owned());
        match section.into_iter().position(|line| key(line).as_deref() == Some(id)) {
            Some(at) => lines[header + 1 + at] = pin,
            None => lines.insert(header + 1, pin),
        }
    } else {
        if !lines.is_empty() {
            lines.push(ending.to_owned());
        }
        lines.extend([format!("[plugins]{ending}"), pin]);
    }
    let text = lines.concat();
    let table = text.parse::<toml::Table>().ok()?;
    (table.get("plugins")?.get(id)?.as_str()? == sha256).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::pinned;

    #[test]
    fn a_pin_is_written_where_pins_are_and_nothing_else_changes() {
        for (before, after) in [
            ("", Some("[plugins]\nown = \"abc\"\n")),
            ("# ours\nsummary = \"s\"\n", Some("# ours\nsummary = \"s\"\n\n[plugins]\nown = \"abc\"\n")),
            (
                "[plugins]\nother = \"1\" # why\nown = \"2\"\n\n[brand]\nown = \"3\"\n",
                Some("[plugins]\nother = \"1\" # why\nown = \"abc\"\n\n[brand]\nown = \"3\"\n"),
            ),
            ("[plugins]\nown-too = \"2\"\n", Some("[plugins]\nown = \"abc\"\nown-too = \"2\"\n")),
            ("a = 1\r\n[plugins]\r\nb = \"1\"", Some("a = 1\r\n[plugins]\r\nown = \"abc\"\r\nb = \"1\"\r\n")),
            ("plugins = { own = \"2\" }\n", None),
            ("[plugins\n", None),
        ] {
            assert_eq!(pinned(before, "own", "abc").as_deref(), after, "{before}");
        }
    }
}
