//! How entries, heads and rows are framed, so that bit rot and tampering are found and named.
//!
//! Numbers are little-endian, `crc` is CRC-32 (IEEE) and hashes are SHA-256.
//!
//! - an entry: format (1 byte), length of the payload (4), crc (4), hash of the previous entry (32), payload. The crc
//!   covers run, version and everything but itself. The hash of an entry covers run, version and the whole frame.
//! - a head: format (1), crc (4), version (8), hash of the last entry (32). The crc covers the key and the rest.
//! - a row: format (1), crc (4), value. The crc covers the key and the value, so that a row in the wrong place is found.
//!
//! The chain finds a changed, missing or reordered entry. It does not stop somebody who rewrites the whole chain and its
//! head: that takes a copy of the head elsewhere, such as in a backup.

use crc32fast::Hasher as Crc;
use sha2::{Digest, Sha256};
use turnabout_model::RunId;

/// The format that this version writes. An older one must stay readable for ever.
const FORMAT: u8 = 1;
const ENTRY_START: usize = 1 + 4 + 4 + 32;
const HEAD_BYTES: usize = 1 + 4 + 8 + 32;
const ROW_START: usize = 1 + 4;

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// What the first entry carries as the hash of the entry before it.
pub(super) const NO_ENTRY: Hash = [0; 32];

/// The head of a run's journal: how far it goes, and the hash of its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) version: u64,
    pub(super) hash: Hash,
}

impl Head {
    /// The head of a journal without entries; it is never stored.
    pub(super) const EMPTY: Self = Self { version: 0, hash: NO_ENTRY };
}

/// An entry whose frame is sound.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opened<'a> {
    pub(super) previous: Hash,
    pub(super) hash: Hash,
    pub(super) payload: &'a [u8],
}

/// Frames the entry that follows `head`, and returns the head after it.
pub(super) fn seal_entry(run: &RunId, head: &Head, payload: &[u8]) -> (Vec<u8>, Head) {
    let version = head.version + 1;
    let length = u32::try_from(payload.len()).expect("invariant: an entry has at most 8 MiB").to_le_bytes();
    let crc = entry_crc(run, version, &length, &head.hash, payload);
    let mut frame = Vec::with_capacity(ENTRY_START + payload.len());
    frame.push(FORMAT);
    frame.extend_from_slice(&length);
    frame.extend_from_slice(&crc);
    frame.extend_from_slice(&head.hash);
    frame.extend_from_slice(payload);
    let hash = entry_hash(run, version, &frame);
    (frame, Head { version, hash })
}

/// Opens an entry's frame and says what is wrong with it, if anything is.
pub(super) fn open_entry<'a>(run: &RunId, version: u64, frame: &'a [u8]) -> Result<Opened<'a>, String> {
    check_format(frame)?;
    let (start, payload) = frame.split_at_checked(ENTRY_START).ok_or("it is too short")?;
    let (length, crc) = (&start[1..5], &start[5..9]);
    let mut previous = NO_ENTRY;
    previous.copy_from_slice(&start[9..]);
    if crc != entry_crc(run, version, length, &previous, payload) {
        return Err("its checksum is wrong".into());
    }
    if u32::try_from(payload.len()).map(u32::to_le_bytes).ok().as_ref().map(<[u8; 4]>::as_slice) != Some(length) {
        return Err("its length is wrong".into());
    }
    Ok(Opened { previous, hash: entry_hash(run, version, frame), payload })
}

/// Frames a head.
pub(super) fn seal_head(key: &[u8], head: &Head) -> Vec<u8> {
    let version = head.version.to_le_bytes();
    let crc = crc_of(&[key, &[FORMAT], &version, &head.hash]);
    [&[FORMAT][..], &crc, &version, &head.hash].concat()
}

/// Opens a head's frame.
pub(super) fn open_head(key: &[u8], frame: &[u8]) -> Result<Head, String> {
    check_format(frame)?;
    if frame.len() != HEAD_BYTES {
        return Err("its length is wrong".into());
    }
    if frame[1..5] != crc_of(&[key, &[FORMAT], &frame[5..]]) {
        return Err("its checksum is wrong".into());
    }
    let (mut version, mut hash) = ([0; 8], NO_ENTRY);
    version.copy_from_slice(&frame[5..13]);
    hash.copy_from_slice(&frame[13..]);
    Ok(Head { version: u64::from_le_bytes(version), hash })
}

/// Frames a row's value.
pub(super) fn seal_row(key: &[u8], value: &[u8]) -> Vec<u8> {
    [&[FORMAT][..], &crc_of(&[key, &[FORMAT], value]), value].concat()
}

/// Opens a row's frame in place: what is left is the value.
pub(super) fn open_row(key: &[u8], mut frame: Vec<u8>) -> Result<Vec<u8>, String> {
    check_format(&frame)?;
    let (start, value) = frame.split_at_checked(ROW_START).ok_or("it is too short")?;
    if start[1..] != crc_of(&[key, &[FORMAT], value]) {
        return Err("its checksum is wrong".into());
    }
    frame.drain(..ROW_START);
    Ok(frame)
}

fn check_format(frame: &[u8]) -> Result<(), String> {
    match frame.first() {
        Some(&FORMAT) => Ok(()),
        Some(other) => Err(format!("its format is {other}, and this version reads {FORMAT}")),
        None => Err("it is empty".into()),
    }
}

fn entry_crc(run: &RunId, version: u64, length: &[u8], previous: &Hash, payload: &[u8]) -> [u8; 4] {
    crc_of(&[run.as_str().as_bytes(), &version.to_be_bytes(), &[FORMAT], length, previous, payload])
}

fn entry_hash(run: &RunId, version: u64, frame: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(run.as_str().as_bytes());
    hasher.update(version.to_be_bytes());
    hasher.update(frame);
    hasher.finalize().into()
}

fn crc_of(parts: &[&[u8]]) -> [u8; 4] {
    let mut crc = Crc::new();
    for part in parts {
        crc.update(part);
    }
    crc.finalize().to_le_bytes()
}
