//! What a person must look at.

use serde::Serialize;
use smol_str::SmolStr;
use std::fmt;

/// Something that both sides changed, each in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The file in the merged tree.
    pub path: SmolStr,
    /// What is the matter.
    #[serde(flatten)]
    pub kind: ConflictKind,
}

/// What is the matter with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "conflict", rename_all = "snake_case")]
pub enum ConflictKind {
    /// Both changed the same lines: the file has markers.
    SameLines {
        /// In how many places.
        places: usize,
    },
    /// Both added the file, and differently: it has markers.
    BothAdded {
        /// In how many places.
        places: usize,
    },
    /// Both changed a file that is no text: the fork's is there, and the upstream's beside it.
    Binary {
        /// Where the upstream's is.
        upstream: SmolStr,
    },
    /// The upstream deleted what the fork changed: the fork's is there.
    DeletedUpstream,
    /// The fork deleted what the upstream changed: it stays deleted, and the upstream's lies beside its place.
    DeletedHere {
        /// Where the upstream's is.
        upstream: SmolStr,
    },
    /// Both renamed the file, and differently: it has the fork's name.
    BothRenamed {
        /// What the upstream calls it.
        upstream: SmolStr,
    },
    /// The upstream renamed it to what the fork has given to another file: it has the fork's name.
    NameTaken {
        /// What the upstream calls it.
        upstream: SmolStr,
        /// What the fork renamed to that, by its former name; nothing if it has a file of its own there.
        #[serde(skip_serializing_if = "Option::is_none")]
        renamed: Option<SmolStr>,
    },
    /// The upstream's file would lie where the fork has something else: the fork's is there, and the upstream's beside it.
    Taken {
        /// Where the upstream's is.
        upstream: SmolStr,
    },
}

impl ConflictKind {
    /// Where the upstream's file lies beside the fork's or its place, if it does.
    pub fn beside(&self) -> Option<&SmolStr> {
        match self {
            Self::Binary { upstream } | Self::Taken { upstream } | Self::DeletedHere { upstream } => Some(upstream),
            Self::SameLines { .. }
            | Self::BothAdded { .. }
            | Self::DeletedUpstream
            | Self::BothRenamed { .. }
            | Self::NameTaken { .. } => None,
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        let places = |places: &usize| if *places == 1 { "1 place".to_owned() } else { format!("{places} places") };
        match &self.kind {
            ConflictKind::SameLines { places: n } => write!(f, "{path}: both changed the same lines, in {}", places(n)),
            ConflictKind::BothAdded { places: n } => write!(f, "{path}: both added it, and differ in {}", places(n)),
            ConflictKind::Binary { upstream } => {
                write!(f, "{path}: both changed it, and it is no text: keep it, or {upstream} in its place")
            }
            ConflictKind::DeletedUpstream => {
                write!(f, "{path}: the upstream deleted it, and you changed it: keep it, or delete it")
            }
            ConflictKind::DeletedHere { upstream } => {
                write!(
                    f,
                    "{path}: you deleted it, and the upstream changed it: delete {upstream}, or give it the name {path}"
                )
            }
            ConflictKind::BothRenamed { upstream } => {
                write!(f, "{path}: both renamed it; the upstream calls it {upstream}: keep the one name or the other")
            }
            ConflictKind::NameTaken { upstream, renamed: Some(renamed) } => write!(
                f,
                "{path}: the upstream renamed it {upstream}, and you renamed {renamed} {upstream}: give one of the two another name"
            ),
            ConflictKind::NameTaken { upstream, renamed: None } => write!(
                f,
                "{path}: the upstream renamed it {upstream}, where you have another file: leave it so, or give one of the two \
                 another name"
            ),
            ConflictKind::Taken { upstream } => {
                write!(f, "{path}: the upstream's file would take the place of yours: keep it, or {upstream} instead")
            }
        }
    }
}
