//! The operator's token: who has it may do everything.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};
use subtle::ConstantTimeEq as _;

/// The least length of a token that somebody chose, in bytes.
const LEAST_BYTES: usize = 16;

/// The name of the file with the token in a data folder.
pub const FILE: &str = "token";

/// The operator's token. It is never written to a log.
#[derive(Clone)]
pub struct Token(String);

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Too easily guessed, or no token at all.
    #[error("a token has at least {LEAST_BYTES} visible ASCII characters")]
    Weak,
    /// The file can't be read or written.
    #[error("the token file {path} can't be {what}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers: {0}")]
    Entropy(String),
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// Takes a token that somebody chose.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if text.len() < LEAST_BYTES || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Weak);
        }
        Ok(Self(text.into()))
    }

    /// Reads the token of a data folder, or draws one and writes it there, for its owner alone.
    pub fn of_folder(folder: &Path) -> Result<Self, TokenError> {
        let path = folder.join(FILE);
        let failed = |what| {
            let path = path.clone();
            move |source| TokenError::File { path, what, source }
        };
        match fs::read_to_string(&path) {
            Ok(text) => return Self::new(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed("read")(error)),
        }
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|error| TokenError::Entropy(error.to_string()))?;
        let token = Self(hex::encode(bytes));
        fs::create_dir_all(folder).map_err(failed("written"))?;
        // Written beside its place and moved there whole: a kill in between leaves no half of a token.
        let draft = folder.join(format!("{FILE}.draft"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft).map_err(failed("written"))?;
        file.write_all(token.0.as_bytes()).and_then(|()| file.sync_all()).map_err(failed("written"))?;
        fs::rename(&draft, &path).map_err(failed("written"))?;
        Ok(token)
    }

    /// The token as text, to be shown to the operator.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Tells whether somebody presented this token, in a time that does not depend on how much of it is right.
    pub(crate) fn is(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_token_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let token = Token::of_folder(folder.path()).unwrap();
        assert_eq!(token.reveal().len(), 48);
        assert!(Token::of_folder(folder.path()).unwrap().is(token.reveal()));
        #[cfg(unix)]
        {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&fs::metadata(folder.path().join(FILE)).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        // What a kill may leave behind does no harm.
        fs::remove_file(folder.path().join(FILE)).unwrap();
        fs::write(folder.path().join("token.draft"), "").unwrap();
        assert_eq!(Token::of_folder(folder.path()).unwrap().reveal().len(), 48);
        fs::write(folder.path().join(FILE), "short").unwrap();
        assert!(matches!(Token::of_folder(folder.path()), Err(TokenError::Weak)));
    }

    #[test]
    fn a_weak_token_is_refused_and_no_token_is_ever_printed() {
        assert!(Token::new("fifteen-letters").is_err());
        assert!(Token::new("with a space in it").is_err());
        let token = Token::new("sixteen-letters!").unwrap();
        assert_eq!(format!("{token:?}"), "Token(..)");
        assert!(!token.is("sixteen-letters") && !token.is(""));
    }
}
