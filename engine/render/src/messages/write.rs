//! A writer with an end: what is rendered can't grow without limit.

use std::io::{Error, Write};

/// Collects text up to a number of bytes.
pub(super) struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    /// Whether there was more.
    pub full: bool,
}

impl Bounded {
    /// An empty one.
    pub(super) fn new(most: usize) -> Self {
        Self { bytes: Vec::new(), most, full: false }
    }

    /// What was written.
    pub(super) fn text(self) -> String {
        String::from_utf8(self.bytes).expect("invariant: handlebars writes text, in whole pieces")
    }
}

impl Write for &mut Bounded {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + piece.len() > self.most {
            self.full = true;
            return Err(Error::other("the text is too long"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
