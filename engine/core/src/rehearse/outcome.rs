//! What came out of a rehearsal, for people and programs.

use super::Rehearsed;
use crate::run::{Pair, Participant, Run, RunStatus};
use jiff::Timestamp;
use serde::Serialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{MessageOutcome, ParticipantStatus, Problem, Role, SessionStatus};

/// A session in an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionOutcome {
    /// What it is, for example `training`.
    pub kind: SmolStr,
    /// The script's name for it.
    pub name: SmolStr,
    /// When it starts, as last planned.
    pub planned: Timestamp,
    /// Whether it took place.
    pub held: bool,
    /// How many were invited.
    pub invited: usize,
    /// How many came.
    pub attended: usize,
}

/// A sending of a survey in an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaveOutcome {
    /// The survey.
    pub survey: SmolStr,
    /// How many were asked.
    pub invited: usize,
    /// How many answered.
    pub completed: usize,
}

/// What came out of a rehearsal. Counts and times, no person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The template's name.
    pub template: SmolStr,
    /// The seed.
    pub seed: u64,
    /// How the run stands at the end: `finished`, or what kept it from that.
    pub status: &'static str,
    /// When the run started.
    pub starts: Timestamp,
    /// When it ended, or the last moment that was lived.
    pub ends: Timestamp,
    /// How many mentors took part.
    pub mentors: usize,
    /// How many mentees took part.
    pub mentees: usize,
    /// How many pairs were formed.
    pub pairs: usize,
    /// How many pairs signed an agreement, both of them.
    pub agreements: usize,
    /// The sessions in order of time.
    pub sessions: Vec<SessionOutcome>,
    /// How many meetings took place.
    pub meetings: usize,
    /// When the first took place.
    pub first_meeting: Option<Timestamp>,
    /// How many messages were sent.
    pub messages: usize,
    /// How many were skipped because they were past their time.
    pub stale: usize,
    /// How many of each.
    pub messages_by_name: BTreeMap<SmolStr, usize>,
    /// The surveys that were sent.
    pub waves: Vec<WaveOutcome>,
    /// The stages with the moment each was reached.
    pub stages: Vec<(Timestamp, SmolStr)>,
    /// How many withdrew.
    pub withdrawals: usize,
    /// How many concerns were raised.
    pub concerns: usize,
    /// The entries of the journal.
    pub journal_entries: u64,
    /// The journeys of the script.
    pub journeys: usize,
    /// Why journeys are parked, if any are.
    pub problems: Vec<Problem>,
}

impl Outcome {
    /// Sums a rehearsal up.
    pub fn of(rehearsed: &Rehearsed) -> Self {
        let Rehearsed { run, events, ended, .. } = rehearsed;
        let took_part = |role: Role| {
            let mut with_role =
                run.participants.values().filter(|p| p.role == role && !p.only_alumnus).collect::<Vec<_>>();
            with_role.retain(|p| matches!(p.status, ParticipantStatus::Accepted | ParticipantStatus::Withdrawn));
            with_role.len()
        };
        let mut messages_by_name = BTreeMap::new();
        for message in &run.messages {
            *messages_by_name.entry(message.template.clone()).or_insert(0) += 1;
        }
        let left = |p: &&Participant| p.status == ParticipantStatus::Withdrawn && !p.only_alumnus;
        let withdrawals = run.participants.values().filter(left).count();
        Self {
            template: run.template.clone(),
            seed: run.seed,
            status: if run.status() == RunStatus::Running { "stalled" } else { run.status().word() },
            starts: run.started,
            ends: run.ended.unwrap_or(*ended),
            mentors: took_part(Role::Mentor),
            mentees: took_part(Role::Mentee),
            pairs: run.pairs.len(),
            agreements: run.pairs.iter().filter(|pair| has_agreed(run, pair)).count(),
            sessions: sessions(run),
            meetings: run.meetings.iter().filter(|meeting| meeting.took_place).count(),
            first_meeting: run.meetings.iter().filter(|m| m.took_place).map(|m| m.on).min(),
            messages: run.messages.len(),
            stale: run.messages.iter().filter(|message| message.outcome == Some(MessageOutcome::Stale)).count(),
            messages_by_name,
            waves: run
                .waves
                .iter()
                .map(|w| WaveOutcome {
                    survey: w.survey.clone(),
                    invited: w.audience.len(),
                    completed: w.responded.len(),
                })
                .collect(),
            stages: run.stages.clone(),
            withdrawals,
            concerns: run.concerns.len(),
            journal_entries: events.len() as u64,
            journeys: run.journeys.len(),
            problems: run.journeys.iter().filter_map(|journey| journey.problem().cloned()).collect(),
        }
    }
}

fn has_agreed(run: &Run, pair: &Pair) -> bool {
    run.agreements.iter().any(|agreement| agreement.pair == pair.id && agreement.is_complete())
}

fn sessions(run: &Run) -> Vec<SessionOutcome> {
    let mut sessions: Vec<_> = run.sessions.iter().collect();
    sessions.sort_by_key(|session| (session.plan.starts, session.plan.session));
    sessions
        .into_iter()
        .map(|session| SessionOutcome {
            kind: session.plan.kind.clone(),
            name: session.plan.name.clone(),
            planned: session.plan.starts,
            held: session.status == SessionStatus::Held,
            invited: session.plan.audience.len(),
            attended: session.attended.len(),
        })
        .collect()
}
