//! The documents beside the journals, as they are stored: JSON, with every later field optional.

use crate::views::RunSummary;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{
    bundle::TemplateFiles,
    ports::{RowChange, StoreTable},
};
use turnabout_model::{ConcernId, ParticipantId, SessionNotes};

use crate::LiveError;

/// A run's summary, and where its timer row lies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RunRow {
    #[serde(flatten)]
    pub(crate) summary: RunSummary,
    /// The moment in the key of its timer row, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) timer: Option<i64>,
}

/// What a person said is wrong, for the contact alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ConcernRow {
    pub(crate) concern: ConcernId,
    pub(crate) raised: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<ParticipantId>,
    pub(crate) text: String,
}

/// What was noted of a session, and how often it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NotesRow {
    pub(crate) version: u32,
    pub(crate) notes: SessionNotes,
}

/// Answers not handed in yet. Only whoever has the key gets them back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DraftRow {
    /// The SHA-256 of the key, in hexadecimal.
    pub(crate) key: String,
    pub(crate) answers: BTreeMap<SmolStr, serde_json::Value>,
}

/// How the delivery of a message or an errand stands. What it is lies in the journal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OutboxRow {
    /// How often it was given to the mail server.
    #[serde(default)]
    pub(crate) deliveries: u32,
    /// Not to be tried again before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) not_before: Option<Timestamp>,
    /// When it is no longer worth sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stale_at: Option<Timestamp>,
    /// What went wrong the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
}

/// A request that was answered, and the answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct IdempotencyRow {
    pub(crate) fingerprint: String,
    pub(crate) version: u64,
    pub(crate) at: Timestamp,
    pub(crate) answer: serde_json::Value,
}

/// A bundle: the template's files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BundleRow {
    pub(crate) name: SmolStr,
    pub(crate) version: SmolStr,
    pub(crate) summary: String,
    pub(crate) installed: Timestamp,
    pub(crate) files: BTreeMap<SmolStr, StoredFile>,
}

/// A file of a bundle. Templates are text; anything else is kept as it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StoredFile {
    Text(String),
    Hex(String),
}

impl BundleRow {
    pub(crate) fn pack(files: &TemplateFiles) -> BTreeMap<SmolStr, StoredFile> {
        let pack = |content: &Vec<u8>| match std::str::from_utf8(content) {
            Ok(text) => StoredFile::Text(text.to_owned()),
            Err(_) => StoredFile::Hex(hex::encode(content)),
        };
        files.iter().map(|(path, content)| (path.clone(), pack(content))).collect()
    }

    pub(crate) fn unpack(self) -> Result<TemplateFiles, hex::FromHexError> {
        let unpack = |(path, file)| {
            Ok(match file {
                StoredFile::Text(text) => (path, text.into_bytes()),
                StoredFile::Hex(digits) => (path, hex::decode(digits)?),
            })
        };
        self.files.into_iter().map(unpack).collect()
    }
}

/// Writes a row.
pub(crate) fn put(table: StoreTable, key: Vec<u8>, value: &impl Serialize) -> RowChange {
    let value = serde_json::to_vec(value).expect("invariant: rows are plain data with text keys");
    RowChange { table, key, value: Some(value) }
}

/// Deletes a row.
pub(crate) fn delete(table: StoreTable, key: Vec<u8>) -> RowChange {
    RowChange { table, key, value: None }
}

/// Reads the value of a row; `of` names whose it is in the error.
pub(crate) fn read<T: DeserializeOwned>(value: &[u8], of: &str, what: &str) -> Result<T, LiveError> {
    serde_json::from_slice(value)
        .map_err(|error| LiveError::Damaged { run: of.into(), what: format!("{what}: {error}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_pack_and_unpack_whatever_they_hold() {
        let files: TemplateFiles =
            [("a.toml".into(), b"x = 1".to_vec()), ("logo.png".into(), vec![0xff, 0, 0x80])].into();
        let row = BundleRow {
            name: "a".into(),
            version: "1".into(),
            summary: String::new(),
            installed: Timestamp::UNIX_EPOCH,
            files: BundleRow::pack(&files),
        };
        let json = serde_json::to_vec(&row).unwrap();
        assert_eq!(read::<BundleRow>(&json, "a", "bundle").unwrap().unpack().unwrap(), files);
    }
}
