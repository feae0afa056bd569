//! Mail into a folder: one text file a message, for demonstrations and for trying a template out.

use crate::{Letter, Mail, MailError};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Writes each letter into a folder, as `RUN.message-N.txt`. A letter that is delivered again replaces itself.
#[derive(Debug, Clone)]
pub struct FolderMail {
    folder: PathBuf,
}

impl FolderMail {
    /// Delivers into a folder, which is created for its owner alone if it is missing: a letter may open a form.
    pub fn new(folder: impl AsRef<Path>) -> io::Result<Self> {
        let folder = folder.as_ref().to_path_buf();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        Ok(Self { folder })
    }
}

impl Mail for FolderMail {
    fn send(&self, letter: Letter) -> Result<(), MailError> {
        let line = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let Letter { id, to_name, to_email, subject, text } = &letter;
        let file = self.folder.join(format!("{id}.txt"));
        let content = format!("To: {} <{}>\nSubject: {}\n\n{text}", line(to_name), line(to_email), line(subject));
        fs::write(&file, content)
            .map_err(|error| MailError::Transient(format!("{} can't be written: {error}", file.display())))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn letters_are_for_the_owner_of_the_folder_alone() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("mail");
        FolderMail::new(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
