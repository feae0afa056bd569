//! One rehearsal, counted.

use super::{
    Leaver, PairStory, Parked, Refused, Sending, SessionStory, Stage, SurveyBar, Week, leavers::leavers, pairs::pairs,
    sendings::sendings, sessions::sessions, stages, troubles, weeks::weeks,
};
use jiff::tz::TimeZone;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{
    bundle::Bundle,
    rehearse::{Outcome, Rehearsed, Titles, Verdict},
    run::Pause,
};
use turnabout_model::{ParticipantId, Person};

/// What the report of a rehearsal shows. Everybody in it is invented, so they stand in it by their invented names.
#[derive(Debug, Clone)]
pub struct RehearsalReport {
    /// One sentence on the template.
    pub summary: String,
    /// What everybody in it is called: nobody is real.
    pub names: BTreeMap<ParticipantId, String>,
    /// The template's version.
    pub version: SmolStr,
    /// The zone in which days and times are told.
    pub zone: TimeZone,
    /// The counts and dates.
    pub outcome: Outcome,
    /// What was expected, and whether it was met.
    pub verdicts: Vec<Verdict>,
    /// The stages as stretches of time.
    pub stages: Vec<Stage>,
    /// When it was paused.
    pub pauses: Vec<Pause>,
    /// The diary, in order of time.
    pub sessions: Vec<SessionStory>,
    /// The surveys as stretches of time.
    pub surveys: Vec<SurveyBar>,
    /// Every week with its load.
    pub weeks: Vec<Week>,
    /// Every message, in order.
    pub sendings: Vec<Sending>,
    /// Every pair, in order of id.
    pub pairs: Vec<PairStory>,
    /// Who withdrew.
    pub leavers: Vec<Leaver>,
    /// The journeys that are parked.
    pub parked: Vec<Parked>,
    /// What people tried and were refused.
    pub refused: Vec<Refused>,
    /// Whether the run has warned that its journal is long.
    pub long_journal: bool,
}

impl RehearsalReport {
    /// Counts a rehearsal of a bundle.
    pub fn of(rehearsed: &Rehearsed, bundle: &Bundle, verdicts: &[Verdict]) -> Self {
        let Rehearsed { run, events, refusals, .. } = rehearsed;
        let outcome = Outcome::of(rehearsed);
        let until = outcome.ends;
        Self {
            summary: bundle.programme.summary.clone(),
            names: names(&rehearsed.people),
            version: bundle.programme.version.clone(),
            zone: run.zone.clone(),
            verdicts: verdicts.to_vec(),
            stages: stages::stages(run, until),
            pauses: run.pauses().map(|pause| Pause { until: pause.until.min(until), ..pause.clone() }).collect(),
            sessions: sessions(run, bundle),
            surveys: stages::surveys(run, events, bundle, until),
            weeks: titled(weeks(run, events, until), &rehearsed.titles),
            sendings: sendings(run, &rehearsed.titles),
            pairs: pairs(run, events, until),
            leavers: leavers(run, events),
            parked: troubles::parked(run),
            refused: troubles::refused(refusals),
            long_journal: run.warned,
            outcome,
        }
    }
}

impl RehearsalReport {
    /// What somebody is called; by their id if nobody named them.
    pub fn known_as(&self, who: ParticipantId) -> String {
        self.names.get(&who).cloned().unwrap_or_else(|| who.to_string())
    }
}

/// The names of people. Two who drew the same are told apart by their ids.
fn names(people: &[Person]) -> BTreeMap<ParticipantId, String> {
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for person in people {
        *bearers.entry(&person.name).or_default() += 1;
    }
    let name = |person: &Person| match bearers[person.name.as_str()] {
        1 => person.name.clone(),
        _ => format!("{} ({})", person.name, person.id),
    };
    people.iter().map(|person| (person.id, name(person))).collect()
}

/// Weeks whose sessions are called as people know them.
fn titled(mut weeks: Vec<Week>, titles: &Titles) -> Vec<Week> {
    for session in weeks.iter_mut().flat_map(|week| &mut week.sessions) {
        *session = titles.session(session).into();
    }
    weeks
}
