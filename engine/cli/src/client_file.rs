//! `client.toml`: what a client changes of a template, and who runs the programme for it.

use crate::failure::Failure;
use std::path::{Path, PathBuf};
use turnabout_core::bundle::TemplateFiles;
use turnabout_live::{Contact, Contacts};
use turnabout_model::Diagnostic;
use turnabout_render::Look;
use turnabout_template::{
    FolderError,
    client::{Client, ClientFile, ClientPerson},
};

/// Reads the bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::File { path: path.display().to_string(), source })
}

/// The client's file of a folder that is a client's and no template.
pub(crate) fn of_folder(folder: &Path) -> Option<PathBuf> {
    let file = folder.join("client.toml");
    (file.is_file() && !folder.join("programme.toml").is_file()).then_some(file)
}

/// Whether a client's folder brings rehearsals of its own, in the place of its template's.
pub(crate) fn has_own_rehearsals(folder: &Path) -> bool {
    folder.join("rehearsals").is_dir()
}

/// Everything there is to say of a client's file whose template can't be read, with the file.
pub(crate) fn without_template(path: &Path, why: &FolderError) -> Result<(Vec<Diagnostic>, TemplateFiles), Failure> {
    let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
    let found = ClientFile::without_template("client.toml", &text, why);
    Ok((found, [("client.toml".into(), text.into_bytes())].into()))
}

/// Everything there is to say about a client's file.
pub(crate) fn problems(path: &Path) -> Result<Vec<Diagnostic>, Failure> {
    let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
    Ok(ClientFile::parse("client.toml", &text).map_or_else(|problems| problems, |file| file.notes))
}

/// The client's file that somebody names: the file itself, or the folder that it lies in.
pub(crate) fn named(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("client.toml") } else { path.to_path_buf() }
}

/// Reads a client's file, or prints all that is wrong with it.
pub(crate) fn read(path: &Path) -> Result<Client, Failure> {
    let name = path.file_name().map_or_else(|| "client.toml".into(), |name| name.to_string_lossy().into_owned());
    let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
    match ClientFile::parse(&name, &text) {
        Ok(file) => Ok(file.client),
        Err(problems) => {
            let files = [(name.into(), text.into_bytes())].into();
            crate::diagnostics::print(&problems, &files);
            Err(Failure::Template { path: path.display().to_string(), errors: problems.len() })
        }
    }
}

/// What reports of a folder look like: its client's brand, or nobody's. A colour on which white can't be read stays away.
pub(crate) fn look(folder: &Path) -> Result<Look, Failure> {
    let Some(file) = of_folder(folder) else { return Ok(Look::default()) };
    let brand = read(&file)?.brand;
    Ok(Look::of(&brand.organisation, brand.readable_colour()))
}

/// Who runs the programme for a client.
pub(crate) fn contacts(client: &Client) -> Contacts {
    let contact = |person: &ClientPerson| Contact { name: person.name.clone(), email: person.email.clone() };
    Contacts {
        organisation: Some(client.brand.organisation.clone()),
        colour: client.brand.colour.clone(),
        coordinator: Some(contact(&client.coordinator)),
        sponsor: client.sponsor.as_ref().map(contact),
        contact: Some(contact(&client.contact)),
        permissions: client.permissions.clone(),
    }
}
