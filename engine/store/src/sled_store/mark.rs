//! A note outside the database of how far it has acknowledged, so that a loss inside it shows.
//!
//! When sled opens and finds a record whose checksum is wrong, it takes it for the torn end of its log and carries on
//! without whatever came after. After a kill that is right. After a flipped bit it silently takes back what was
//! acknowledged: 115 of 300 single flips in a file of 1.7 MB did so, and every chain still verified, being shorter.
//!
//! So every group carries a number, inside the database; and after the sync the number is written here. It is never
//! synced but when the store opens: it may lag after a power cut, which hides a loss at worst, and it is never ahead,
//! since it is written after what it notes is durable. It costs one small write a group.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use turnabout_core::ports::StoreError;

const NAME: &str = "turnabout.mark";

/// Two places, written in turn, a sector apart: a write that is torn leaves the other.
const PLACES: u64 = 2;
const PLACE_BYTES: usize = 512;

/// The number (8 bytes, little-endian) and its CRC-32 (4).
const NOTE_BYTES: usize = 12;

/// The file.
#[derive(Debug)]
pub(super) struct Mark {
    file: File,
}

impl Mark {
    /// Opens the mark of a database whose last group has the number `held`, and refuses it if more was acknowledged.
    pub(super) fn open(folder: &Path, held: u64) -> Result<Self, StoreError> {
        let path: PathBuf = folder.join(NAME);
        let failed = |error: io::Error| super::folder::failure("use", &path, &error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        let mut bytes = Vec::new();
        (&mut file).take(PLACES * PLACE_BYTES as u64).read_to_end(&mut bytes).map_err(failed)?;
        let remedy = format!(
            "restore a backup; or, to go on with what the database holds, such as after you have restored one, delete {}",
            path.display()
        );
        match noted(&bytes) {
            Ok(noted) if noted > held => {
                return Err(StoreError::Stopped(format!(
                    "the database has lost what it had acknowledged: it acknowledged {noted} groups of changes and holds \
                     {held}, so its file is damaged or the disk does not keep what it says it has written; {remedy}"
                )));
            }
            Ok(_) => {}
            Err(()) => {
                return Err(StoreError::Stopped(format!(
                    "{} is damaged, so it is not known whether the database is whole; {remedy}",
                    path.display()
                )));
            }
        }
        let mut mark = Self { file };
        mark.write(held).and_then(|()| mark.file.sync_all()).map_err(failed)?;
        Ok(mark)
    }

    /// Notes that the group of this number, and all before it, are durable.
    pub(super) fn write(&mut self, number: u64) -> io::Result<()> {
        let bytes = number.to_le_bytes();
        let mut note = [0; NOTE_BYTES];
        note[..8].copy_from_slice(&bytes);
        note[8..].copy_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
        self.file.seek(SeekFrom::Start(number % PLACES * PLACE_BYTES as u64))?;
        self.file.write_all(&note)
    }
}

/// The highest number that is noted; 0 if none ever was; an error if there are notes and none of them is sound.
fn noted(bytes: &[u8]) -> Result<u64, ()> {
    let mut written = false;
    let mut highest = None;
    for place in bytes.chunks(PLACE_BYTES) {
        // A file that was lengthened and never written, as a power cut can leave it, is all zeros.
        written |= place.iter().any(|byte| *byte != 0);
        let Some((number, crc)) = place.get(..NOTE_BYTES).and_then(|note| note.split_first_chunk::<8>()) else {
            continue;
        };
        if crc == crc32fast::hash(number).to_le_bytes() {
            highest = highest.max(Some(u64::from_le_bytes(*number)));
        }
    }
    if written { highest.ok_or(()) } else { Ok(0) }
}
