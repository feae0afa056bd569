//! The diary of a run: what was planned, held and called off.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_core::{bundle::Bundle, run::Run};
use turnabout_model::SessionStatus;

/// A session in the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionStory {
    /// The script's name for it.
    pub name: SmolStr,
    /// The title that people saw.
    pub title: String,
    /// What it is, for example `training`.
    pub kind: SmolStr,
    /// When it starts, as last planned.
    pub starts: Timestamp,
    /// How far it has come.
    pub status: SessionStatus,
    /// How many were invited.
    pub invited: usize,
    /// How many came.
    pub attended: usize,
}

/// The sessions of a run in order of time.
pub(super) fn sessions(run: &Run, bundle: &Bundle) -> Vec<SessionStory> {
    let mut sessions: Vec<_> = run.sessions.iter().collect();
    sessions.sort_by_key(|session| (session.plan.starts, session.plan.session));
    let told = sessions.into_iter().map(|session| {
        let kind = bundle.programme.sessions.get(&session.plan.diary);
        SessionStory {
            name: session.plan.name.clone(),
            title: kind.map_or_else(|| session.plan.name.to_string(), |kind| kind.title.clone()),
            kind: session.plan.kind.clone(),
            starts: session.plan.starts,
            status: session.status,
            invited: session.plan.audience.len(),
            attended: session.attended.len(),
        }
    });
    told.collect()
}
